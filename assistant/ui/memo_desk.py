"""What the Memo tab does for one person: opens, changes, drafts and exports memos."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from assistant.errors import InputError
from assistant.memos import editing
from assistant.memos.drafting import Briefings, missing, section_of
from assistant.memos.export import EXPORTS
from assistant.memos.memo import Memo
from assistant.memos.numbering import numbers
from assistant.memos.shelf import Conflict, SavedMemo, Shelf
from assistant.memos.template import Asked, Order, load_template, template_files
from assistant.memos.tokens import TokenProblem, put_back
from assistant.ui import memo_requests as asked
from assistant.ui import render_memo, render_memos
from assistant.ui.memo_collector import Collector
from assistant.ui.memo_fields import before_typing, fields_of, kept_anyway, problems_since, with_fields
from assistant.ui.memo_preview import Notes, preview
from assistant.ui.memo_requests import Reply
from assistant.work.conversations import Conversations

_TRIES = 3
_NAME = 60


@dataclass(frozen=True, slots=True)
class Desk:
    """The memos of one person and the conversations from which they collect; `today` is for the ages of sources.

    Each request is answered as JSON. Raises `AssistantError` with what to tell.
    """

    briefings: Briefings
    shelf: Shelf
    conversations: Conversations
    today: Callable[[], date] = date.today

    def reply(self, request: asked.Request) -> Reply:
        """Does what is asked. Where another window changed the memo meanwhile, it says so and changes nothing."""
        try:
            return self._reply(request)
        except Conflict as conflict:
            newer = conflict.newer
            return {
                "conflict": render_memos.conflict(newer.summary),
                "revision": newer.revision,
                **self._shown(newer, None),
            }

    def _reply(self, request: asked.Request) -> Reply:
        match request:
            case asked.List():
                return {"html": render_memos.listed(self.shelf.list(), template_files())}
            case asked.Create():
                return self._created(request)
            case asked.Open():
                return self._whole(self.shelf.open(request.id), request.base)
            case asked.Rename():
                self.shelf.rename(request.id, request.title)
                return {}
            case asked.Discard():
                return self._discarded(request)
            case asked.Save():
                return self._saved(request)
            case asked.Change():
                return self._changed(request)
            case asked.Unremove():
                return self._unremoved(request)
            case asked.Add():
                return self._added(request)
            case asked.DraftOn():
                return self._drafted(request)
            case asked.Versions():
                return {"html": render_memos.versions(self.shelf.versions(request.id))}
            case asked.Restore():
                return self._restored(request)
            case asked.Export():
                return self._exported(request)
            case asked.Collect():
                return self._collector.collected(request)
            case asked.Uncollect():
                return self._collector.uncollected(request)

    @property
    def _collector(self) -> Collector:
        return Collector(self.briefings, self.shelf, self.conversations)

    # --- a memo as the page shows it ---------------------------------------------------------------------------------
    def _whole(self, saved: SavedMemo, base: asked.Fields | None = None) -> Reply:
        """All of an open memo."""
        notes = self._notes(saved.memo)
        asking = _asking(saved)
        return {
            **self._shown(saved, base),
            "html": render_memos.opened(saved.memo, notes, render_memo.drafting(*asking) if asking else ""),
            "draft": asking is not None,
            "asking": "Asking the briefings: {}, {} of {}".format(*asking) if asking else "",
        }

    def _shown(self, saved: SavedMemo, base: asked.Fields | None) -> Reply:
        """What changes in an open memo while somebody types, and what stands in its fields."""
        memo, notes = saved.memo, self._notes(saved.memo)
        found = problems_since(before_typing(memo, base), memo)
        return {
            "id": saved.summary.id,
            "revision": saved.revision,
            "fields": fields_of(memo),
            "previews": [preview(section.text, notes) for section in memo.sections],
            "problems": [
                render_memo.problems([one for one in found if one.section == number])
                for number in range(len(memo.sections))
            ],
            "references": render_memo.references(memo, notes),
        }

    def _notes(self, memo: Memo) -> Notes:
        return Notes(memo.references, numbers(memo), self.today())

    # --- the list ----------------------------------------------------------------------------------------------------
    def _created(self, request: asked.Create) -> Reply:
        topic = " ".join(request.topic.split())
        if not request.template:
            return self._whole(self.shelf.open(self.shelf.create(Memo(topic or "Untitled memo", topic, ""))))
        if not any(character.isalnum() for character in topic):
            raise InputError("the topic has no words: say in a few words what the memo is about")
        template = load_template(request.template)
        memo = Memo(template.title.format(topic=topic), topic, template.name)
        return self._whole(self.shelf.open(self.shelf.create(memo, unfinished=True)))

    def _discarded(self, request: asked.Discard) -> Reply:
        if request.undo:
            self.shelf.undelete(request.id)
            return {"notice": render_memo.told(f"“{self.shelf.open(request.id).summary.title}” is back.")}
        title = self.shelf.open(request.id).summary.title
        self.shelf.delete(request.id)
        return {"notice": render_memos.discarded(title, request.id)}

    # --- what is typed -----------------------------------------------------------------------------------------------
    def _saved(self, request: asked.Save) -> Reply:
        current = self.shelf.open(request.id)
        if request.anyway:
            states = [current.memo]
            with suppress(InputError):  # it was not kept: then nothing was taken out of the memo since
                states.append(self.shelf.version(request.id, request.revision))
            mine = kept_anyway(states, request.fields)
            self.shelf.save(request.id, mine, revision=current.revision, why="conflict")
            return {**self._whole(self.shelf.open(request.id)), "replaced": current.revision}
        if len(request.fields.sections) != len(current.memo.sections):
            raise Conflict(current)
        self.shelf.save(request.id, with_fields(current.memo, request.fields), revision=request.revision)
        return self._shown(self.shelf.open(request.id), request.base)

    # --- sections ----------------------------------------------------------------------------------------------------
    def _changed(self, request: asked.Change) -> Reply:
        memo, number = self._at(request.id, request.revision), request.section
        if request.do == "move":
            return self._stored(request.id, request.revision, editing.moved(memo, number, request.to))
        if request.do == "put back":
            lost = TokenProblem("lost", request.token, number, memo.references.get(request.token))
            return self._stored(request.id, request.revision, put_back(memo, lost))
        left = editing.without_section(memo, number)
        heading = memo.sections[number].heading or f"Section {number + 1}"
        notice = render_memos.removed(heading, number, request.revision)
        return {**self._stored(request.id, request.revision, left), "notice": notice, "said": f"Deleted {heading}"}

    def _unremoved(self, request: asked.Unremove) -> Reply:
        memo = self._at(request.id, request.revision)
        earlier = self.shelf.version(request.id, request.version)
        if request.section >= len(earlier.sections):
            raise InputError("this section cannot be brought back: look into the versions of the memo")
        return self._stored(request.id, request.revision, editing.brought_back(memo, earlier, request.section))

    def _added(self, request: asked.Add) -> Reply:
        words = " ".join(request.words.split())
        if not request.asking:
            memo = editing.with_section(self._at(request.id, request.revision), words or "New section")
            return self._stored(request.id, request.revision, memo)
        if not words:
            raise InputError("write the question that the section is to answer")
        return self._whole(self._answered(request.id, Asked(words, words)))

    def _drafted(self, request: asked.DraftOn) -> Reply:
        saved = self.shelf.open(request.id)
        if request.leave:
            self.shelf.save(request.id, saved.memo, revision=request.revision, unfinished=False)
            return self._whole(self.shelf.open(request.id))
        template = load_template(saved.memo.template)
        left = missing(saved.memo, template)
        if left:
            saved = self._answered(request.id, left[0], order=template.order)
        if len(left) <= 1:
            self.shelf.save(request.id, saved.memo, revision=saved.revision, unfinished=False)
        return self._whole(self.shelf.open(request.id))

    def _answered(self, key: str, wanted: Asked, *, order: Order = "relevance") -> SavedMemo:
        """The memo with a section that the briefings answered, even where it was changed while they were asked."""
        saved = self.shelf.open(key)
        section = section_of(self.briefings, saved.memo, wanted, order=order)
        for _ in range(_TRIES):
            memo = replace(saved.memo, sections=(*saved.memo.sections, section))
            try:
                self.shelf.save(key, memo, revision=saved.revision)
                break
            except Conflict as conflict:
                if conflict.newer.memo.references != saved.memo.references:  # its tokens may be taken
                    section = section_of(self.briefings, conflict.newer.memo, wanted, order=order)
                saved = conflict.newer
        else:
            raise InputError("this memo is being changed in another window: try again")
        return self.shelf.open(key)

    def _at(self, key: str, revision: int) -> Memo:
        """The memo at the revision that the window shows. Raises `Conflict` where it is another one by now."""
        saved = self.shelf.open(key)
        if saved.revision != revision:
            raise Conflict(saved)
        return saved.memo

    def _stored(self, key: str, revision: int, memo: Memo) -> Reply:
        self.shelf.save(key, memo, revision=revision)
        return self._whole(self.shelf.open(key))

    # --- versions and files ------------------------------------------------------------------------------------------
    def _restored(self, request: asked.Restore) -> Reply:
        if request.do == "restore":
            self._at(request.id, request.revision)
            self.shelf.restore(request.id, request.version)
            return {**self._whole(self.shelf.open(request.id)), "said": "The version is back"}
        memo = self.shelf.version(request.id, request.version)
        return {"html": render_memos.version(memo, self._notes(memo), request.version)}

    def _exported(self, request: asked.Export) -> Reply:
        written = EXPORTS.get(request.suffix)
        if written is None:
            raise InputError(f"{request.suffix!r} is in no format of memos")
        memo = self.shelf.open(request.id).memo
        stem = "-".join("".join(c if c.isalnum() else " " for c in memo.title).split())[:_NAME].strip("-") or "memo"
        return {"name": f"{stem}{request.suffix}", "content": b64encode(written(memo)).decode("ascii")}


def _asking(saved: SavedMemo) -> tuple[str, int, int] | None:
    """The heading of a draft that comes next, its number, and how many there are; None where no draft goes on."""
    if not saved.summary.unfinished:
        return None
    try:
        template = load_template(saved.memo.template)
    except InputError:
        return None
    left, total = missing(saved.memo, template), len(template.sections)
    return (left[0].heading, total - len(left) + 1, total) if left else None
