"""A memo in the page -> HTML: its sections as fields with a preview beside each, its references, what was collected.

Pure; every piece of text is escaped here or in `memo_preview`. What a browser does with the elements is in
`static/memo.js` and `static/collect.js`: they carry data attributes and no handlers.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.memos.memo import Memo, Section
from assistant.memos.numbering import notes, numbers
from assistant.memos.tokens import TokenProblem
from assistant.types import Document, Span
from assistant.ui.memo_preview import Notes, chip, preview
from assistant.ui.wording import byline, excerpt

FORMATS = {
    ".docx": "Word",
    ".pdf": "PDF",
    ".html": "Web page",
    ".md": "Markdown",
    ".bib": "BibTeX",
    ".csl.json": "CSL JSON",
}
"""What the page offers to export, with what people call it."""

_QUOTE = 220
_ROWS = 7


def fields(memo: Memo, notes_: Notes) -> str:
    """All sections of a memo, each with its fields, its preview and the buttons that move or delete it."""
    last = len(memo.sections) - 1
    items = "".join(
        _section(section, number, last, preview(section.text, notes_)) for number, section in enumerate(memo.sections)
    )
    return f'<ol class="sections">{items}</ol>' if items else '<p class="nothing">This memo has no sections yet.</p>'


def read_only(memo: Memo, notes_: Notes) -> str:
    """The sections of a memo as they are read, without fields."""
    return "".join(
        f'<h4>{escape(section.heading)}</h4><div class="preview prose">{preview(section.text, notes_)}</div>'
        for section in memo.sections
    )


def references(memo: Memo, notes_: Notes) -> str:
    """The list of what is cited, with the numbers of every export; each can be read, and cited once more."""
    cited, used = notes(memo), numbers(memo)
    tokens = {number: token for token, number in reversed(list(used.items()))}
    items = []
    for number, reference in enumerate(cited, start=1):
        token = tokens[number]
        items.append(
            f'<li>{chip(reference, number, notes_.today)}<span class="what">'
            f'<span class="title">{escape(reference.source.title)}</span>'
            f'<span class="byline">{escape(byline(reference.source))}</span>'
            f'<q class="quote">{escape(excerpt(reference.quote, _QUOTE))}</q></span>'
            f'<button type="button" class="quiet" data-do="memo-cite" data-token="{token}" '
            f'title="Put [^{token}] where the cursor was" aria-label="Cite {number} again, where the cursor was">'
            f"<code>[^{token}]</code></button></li>"
        )
    if not items:
        return '<p class="nothing">Nothing is cited yet.</p>'
    return f'<ol class="notes">{"".join(items)}</ol>'


def problems(found: Sequence[TokenProblem]) -> str:
    """What an edit did to the citations of one section; a lost one can be put back."""
    return "".join(f'<p class="note" data-kind="{one.kind}">{_problem(one)}</p>' for one in found)


def drafting(heading: str, number: int, total: int) -> str:
    """How far a draft is: the heading that is asked next, or would be if the draft went on."""
    return (
        f'<div class="drafting"><p role="status"><span class="asking"><span class="pulse" aria-hidden="true"></span>'
        f'Asking the briefings: </span><span class="waiting">Not drafted yet: </span><b>{escape(heading)}</b> '
        f'<span class="at">{number} of {total}</span></p>'
        f'<progress max="{total}" value="{number - 1}" aria-label="Sections that are drafted"></progress>'
        '<button type="button" class="quiet asking" data-do="memo-cancel">Cancel</button>'
        '<button type="button" class="quiet waiting" data-do="memo-resume">Go on drafting</button>'
        '<button type="button" class="quiet waiting" data-do="memo-leave">Leave it out</button></div>'
    )


def collect(answer: str) -> str:
    """The button that adds the answer with this key to a memo."""
    key = escape(answer)
    return f'<button type="button" class="quiet" data-do="collect-answer" data-answer="{key}">Add to memo</button>'


def tools(document: Document, mark: Span | None) -> str:
    """What can be done with the marked words of a document: collected in a memo, copied with their reference."""
    place = f' data-start="{mark.start}" data-end="{mark.end}"' if mark else " hidden"
    source = document.source
    return (
        f'<div class="quoting" role="group" aria-label="The marked words" data-document="{escape(source.document_id)}" '
        f'data-hash="{escape(source.content_hash)}"{place}>'
        '<button type="button" class="quiet" data-do="collect-quote">Add quote to memo</button>'
        '<button type="button" class="quiet" data-do="collect-sentence" hidden>Add sentence to memo</button>'
        '<span class="copying"><button type="button" class="quiet" data-do="copy-quote">Copy quote</button>'
        '<select aria-label="How a quote is copied"><option value="none">without reference</option>'
        '<option value="inline" selected>with inline reference</option>'
        '<option value="footnote">with a footnote</option>'
        '<option value="json">as JSON</option></select></span></div>'
    )


def added(said: str, memo: str, revision: int, *, version: int, made: bool) -> str:
    """The line that says what was added to which memo, with the way to it and back.

    That made the memo `revision`; it was `version` before, or was `made` for it.
    """
    data = (
        f'data-id="{escape(memo)}" data-revision="{revision}" data-version="{version}" '
        f'data-made="{"yes" if made else "no"}"'
    )
    new = "" if made else f'<button type="button" class="quiet" data-do="elsewhere" {data}>New memo instead</button>'
    return (
        f'<p class="notice"><span class="message">{escape(said)}</span>'
        f'<button type="button" class="quiet" data-do="memo-open" {data}>Open memo</button>'
        f'<button type="button" class="quiet" data-do="uncollect" {data}>Undo</button>{new}{_CLOSE}</p>'
    )


def there_already(said: str, memo: str) -> str:
    """The line that says that a memo has what was to be added, with the way to it; it can be added all the same."""
    return (
        f'<p class="notice"><span class="message">{escape(said)}</span>'
        f'<button type="button" class="quiet" data-do="memo-open" data-id="{escape(memo)}">Open memo</button>'
        f'<button type="button" class="quiet" data-do="collect-again">Add it again</button>'
        '<button type="button" class="quiet" data-do="collect-anew">New memo</button>'
        f"{_CLOSE}</p>"
    )


def told(said: str) -> str:
    """A line that says what was done, and can be closed."""
    return f'<p class="notice"><span class="message">{escape(said)}</span>{_CLOSE}</p>'


_CLOSE = '<button type="button" class="small" data-do="close-notice" aria-label="Close the notice">×</button>'


def _section(section: Section, number: int, last: int, shown: str) -> str:
    name = escape(section.heading.strip() or f"Section {number + 1}")
    at = f'data-section="{number}"'
    asked = f'<p class="asked">Asked: {escape(section.question)}</p>' if section.question.strip() else ""
    up = _tool("memo-up", "↑", f"Move up: {name}", at, disabled=number == 0)
    down = _tool("memo-down", "↓", f"Move down: {name}", at, disabled=number == last)
    delete = _tool("memo-remove", "×", f"Delete the section: {name}", at)
    return (
        f'<li {at} data-question="{escape(section.question)}"><h2 class="unseen">{name}</h2>'
        '<div class="bar"><input type="text" class="heading" maxlength="500" '
        f'aria-label="Heading of section {number + 1}" placeholder="Heading" value="{escape(section.heading)}">'
        f'<span class="tools" role="group" aria-label="Section {number + 1}">{up}{down}{delete}</span></div>{asked}'
        f'<div class="pair"><textarea rows="{_ROWS}" spellcheck="true" placeholder="Markdown" '
        f'aria-label="Text of section {number + 1}: {name}">\n{escape(section.text)}</textarea>'
        f'<div class="preview prose" role="region" aria-label="Preview: {name}">{shown}</div></div>'
        '<div class="problems" role="status"></div></li>'
    )


def _tool(do: str, sign: str, name: str, data: str, *, disabled: bool = False) -> str:
    off = " disabled" if disabled else ""
    return (
        f'<button type="button" class="small" data-do="{do}" {data} aria-label="{name}" title="{name}"{off}>'
        f'<span aria-hidden="true">{sign}</span></button>'
    )


def _problem(one: TokenProblem) -> str:
    quote = f" “{escape(excerpt(one.reference.quote, 90))}”" if one.reference else ""
    if one.kind == "lost":
        return (
            f"The citation <code>[^{one.token}]</code>{quote} is not in the memo any more. "
            f'<button type="button" class="link" data-do="memo-back" data-section="{one.section}" '
            f'data-token="{one.token}">Put back</button>'
        )
    if one.kind == "doubled":
        return f"The citation <code>[^{one.token}]</code>{quote} stands more than once."
    return f"<code>[^{one.token}]</code> stands for no source: nothing is cited there."
