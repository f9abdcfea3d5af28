"""The Memo tab -> HTML: the list of memos, the frame of the open one, its versions, and what is told about it.

Pure; every piece of text is escaped here or in `render_memo`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from assistant.memos.memo import Memo
from assistant.memos.shelf import MemoSummary
from assistant.memos.versions import Version, Why
from assistant.ui import render_memo
from assistant.ui.memo_preview import Notes
from assistant.ui.wording import day

_WHY: dict[Why, str] = {
    "begun": "as it began",
    "time": "while it was being written",
    "structure": "before sections changed",
    "citations": "before it lost a citation",
    "restored": "before an earlier version was put back",
    "collected": "before something was added to it",
    "conflict": "from another window",
}
_TOLD = '<div class="told"></div>'
_RENAMING = """
<dialog id="memo-renaming" aria-labelledby="memo-renaming-title">
  <form method="dialog">
    <h2 id="memo-renaming-title">Rename this memo</h2>
    <input type="text" maxlength="300" required aria-labelledby="memo-renaming-title" autocomplete="off">
    <div class="buttons">
      <button value="rename" class="strong">Rename</button>
      <button value="" formnovalidate>Cancel</button>
    </div>
  </form>
</dialog>
"""


def listed(memos: Sequence[MemoSummary], templates: Iterable[str] = ()) -> str:
    """The list of memos, and the line that begins a new one by a template."""
    options = "".join(f'<option value="{escape(name)}">{escape(_words(name))}</option>' for name in templates)
    items = "".join(map(_item, memos))
    there = (
        f'<ul class="memos">{items}</ul>'
        if items
        else ('<p class="nothing">No memos yet. Draft one here, or press “Add to memo” under an answer.</p>')
    )
    return (
        f'<div class="memo-list"><h1>Memos</h1>{_TOLD}<div class="making">'
        '<label>Topic<input type="text" id="memo-topic" maxlength="300" autocomplete="off" '
        'placeholder="what it is about, named as the briefings do"></label>'
        f'<label>Template<select id="memo-template">{options}<option value="">Empty memo</option></select></label>'
        '<button type="button" class="quiet strong" data-do="memo-create">Begin</button></div>'
        f"{there}{_RENAMING}</div>"
    )


def opened(memo: Memo, notes: Notes, draft: str) -> str:
    """An open memo; `draft` is how far its draft is, if it goes on."""
    exports = "".join(
        f'<button type="button" class="quiet" data-do="memo-export" data-suffix="{suffix}" '
        f'aria-label="Export as {name}, {suffix}">{suffix}</button>'
        for suffix, name in render_memo.FORMATS.items()
    )
    return (
        '<div class="memo"><h1 class="unseen">Memo</h1><div class="memo-bar">'
        '<button type="button" class="quiet" data-do="memo-list">'
        '<span aria-hidden="true">←</span> All memos</button><span class="saved" data-state="saved">Saved'
        '</span><button type="button" class="quiet" data-do="memo-versions">Versions</button></div>'
        f'{_TOLD}<input type="text" class="memo-title" maxlength="300" aria-label="Title of the memo" '
        f'value="{escape(memo.title)}">'
        f'<div class="exports" role="group" aria-label="Export"><span class="label">Export</span>{exports}</div>'
        f'<div class="versions" hidden></div><div class="draft">{draft}</div>'
        f"{render_memo.fields(memo, notes)}"
        '<div class="adding"><label>New section'
        '<input type="text" id="memo-new" maxlength="500" autocomplete="off" placeholder="a question, or a heading">'
        '</label><button type="button" class="quiet" data-do="memo-add" data-asking="yes">Answer from the briefings'
        '</button><button type="button" class="quiet" data-do="memo-add">Add empty</button></div>'
        '<h2 class="label">References</h2>'
        f'<div class="cited">{render_memo.references(memo, notes)}</div></div>'
    )


def conflict(newer: MemoSummary) -> str:
    """What is told where another window changed the memo meanwhile, with both choices."""
    when = newer.changed.astimezone()
    return (
        f'<p class="notice problem" role="alert"><span>This memo was changed in another window at {when:%H:%M}. '
        "What you wrote here is not saved. Whichever you keep, the other one stays under Versions.</span>"
        '<button type="button" class="quiet" data-do="memo-mine">Keep what stands here</button>'
        '<button type="button" class="quiet" data-do="memo-theirs">Take the other one</button></p>'
    )


def discarded(title: str, memo: str) -> str:
    """The line that says that a memo is deleted, with the undo."""
    return (
        f'<p class="notice" role="status"><span>Deleted “{escape(title)}”.</span>'
        f'<button type="button" class="quiet" data-do="memo-discard" data-undo="yes" data-id="{escape(memo)}">Undo'
        "</button></p>"
    )


def removed(heading: str, section: int, version: int) -> str:
    """The line that says that a section is deleted, with the undo; it is still in `version`."""
    return (
        f'<p class="notice" role="status"><span>Deleted the section “{escape(heading)}”.</span>'
        f'<button type="button" class="quiet" data-do="memo-unremove" data-section="{section}" '
        f'data-version="{version}">Undo</button></p>'
    )


def versions(found: Sequence[Version]) -> str:
    """The earlier versions, newest first; each can be looked at."""
    if not found:
        return '<h2>Versions</h2><p class="nothing">There is no earlier version yet.</p>'
    items = "".join(
        f'<li><button type="button" class="link" data-do="memo-version" data-version="{one.number}">'
        f"{day(one.saved.astimezone().date())}, {one.saved.astimezone():%H:%M:%S}</button> "
        f'<span class="byline">{_count(one.sections)}, {_WHY[one.why]}</span></li>'
        for one in found
    )
    return f'<h2>Versions</h2><ol class="kept">{items}</ol><div class="shown"></div>'


def version(memo: Memo, notes: Notes, number: int) -> str:
    """An earlier version, to be read, with the button that puts it back."""
    return (
        f'<h3 tabindex="-1">{escape(memo.title)}</h3>'
        f'<button type="button" class="quiet" data-do="memo-restore" data-version="{number}">Restore this version'
        f"</button>{render_memo.read_only(memo, notes)}"
    )


def _item(one: MemoSummary) -> str:
    key, title = escape(one.id), escape(one.title)
    draft = ", not drafted to the end" if one.unfinished else ""
    return (
        f'<li><button type="button" class="memo-line" data-do="memo-open" data-id="{key}">'
        f'<span class="title">{title}</span><span class="byline">{day(one.changed.astimezone().date())} · '
        f'{_count(one.sections)}{draft}</span></button><button type="button" class="small" data-do="memo-rename" '
        f'data-id="{key}" data-title="{title}" title="Rename" aria-label="Rename: {title}">'
        '<span aria-hidden="true">✎</span></button>'
        f'<button type="button" class="small" data-do="memo-discard" data-id="{key}" title="Delete" '
        f'aria-label="Delete: {title}"><span aria-hidden="true">×</span></button></li>'
    )


def _count(sections: int) -> str:
    return "1 section" if sections == 1 else f"{sections} sections"


def _words(name: str) -> str:
    said = name.replace("-", " ")
    return said[:1].upper() + said[1:]
