"""Collects evidence from answers and sources in the memos of one person, and takes it back."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import InputError
from assistant.memos import editing
from assistant.memos.drafting import Briefings
from assistant.memos.memo import Memo
from assistant.memos.shelf import Shelf
from assistant.types import Answer
from assistant.ui import memo_requests as asked
from assistant.ui import render_memo
from assistant.ui.collecting import evidence_of, heading_of, key_of, with_evidence
from assistant.ui.memo_requests import Reply
from assistant.work.conversations import Conversations


@dataclass(frozen=True, slots=True)
class Collector:
    """Finds the answer that is meant in the conversations, and saves the memo with it."""

    briefings: Briefings
    shelf: Shelf
    conversations: Conversations

    def collected(self, request: asked.Collect) -> Reply:
        """Adds what is meant to the memo, or to a new one; gives its id and the line that says so.

        What the memo has already is not added; the line says that and asks whether to add it again.
        """
        answer = self._answer(request)
        if answer is None and request.what != "quote":
            raise InputError("this answer is not among the saved ones: ask again, and add it then")
        evidence = evidence_of(request, answer)
        key = "" if request.anew else self._target(request.memo)
        made = not key
        title = answer.question if answer else self.briefings.document(request.document).source.title
        saved = self.shelf.open(key) if key else None
        before = saved.memo if saved else Memo(heading_of(title), "", "")
        noun = {"answer": "The answer", "sentence": "The sentence", "quote": "The quote"}[request.what]
        if saved and not request.again and editing.holds(before, evidence, documents=self.briefings):
            said = f"{noun} is in “{saved.summary.title}” already."
            return {"id": key, "notice": render_memo.there_already(said, key)}
        after = with_evidence(before, evidence, answer, self.briefings)
        if saved is None:
            key = self.shelf.create(after)
        else:
            self.shelf.save(key, after, revision=saved.revision, why="collected")
        stored = self.shelf.open(key)
        said = f"{noun} was added to {'the new memo ' if made else ''}“{stored.summary.title}”."
        version = saved.revision if saved else 0
        notice = render_memo.added(said, key, stored.revision, version=version, made=made)
        return {"id": key, "notice": notice}

    def uncollected(self, request: asked.Uncollect) -> Reply:
        """Takes back what was collected last; `InputError` where the memo was changed since."""
        saved = self.shelf.open(request.id)
        if saved.revision != request.revision:
            raise InputError("the memo was changed since: open it, and take out there what should not be in it")
        if request.made:
            self.shelf.delete(request.id)
            return {"id": "", "notice": render_memo.told(f"Undone: “{saved.summary.title}” is deleted again.")}
        self.shelf.restore(request.id, request.version)
        return {"id": request.id, "notice": render_memo.told(f"Undone: “{saved.summary.title}” is as it was before.")}

    def _target(self, wanted: str) -> str:
        """The memo that is meant: this one, or the one that was changed last; empty where there is none."""
        there = [one.id for one in self.shelf.list()]
        return wanted if wanted in there else there[0] if there else ""

    def _answer(self, request: asked.Collect) -> Answer | None:
        if not request.answer or not request.conversation:
            return None
        turns = self.conversations.open(request.conversation).turns
        return next((one.turn.answer for one in reversed(turns) if key_of(one.turn.answer) == request.answer), None)
