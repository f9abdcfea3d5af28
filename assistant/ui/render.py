"""Turns of a conversation, and the empty page -> HTML.

Pure; every piece of text is escaped here or in the modules that this one puts together, so it may go into the page as
it is. What a browser does with the elements is in `static/page.js`: they carry data attributes and no handlers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from threading import Event

from assistant.language.number_words import counted
from assistant.types import Answer, Citation, DateRange, Filters, Passage, Statement, Turn
from assistant.ui import render_answer, render_written
from assistant.ui.branches import Branch, branch_at
from assistant.ui.wording import day, format_name, period

_FIRST_PASSAGES = 3
_NO_BRIEFINGS = (
    '<p class="begin">There are no briefings yet. <button type="button" class="link" data-do="library">'
    "Add some in the Library</button></p>"
)
_STOPPED = '<p class="note">Stopped. This answer is not complete.</p>'


@dataclass(frozen=True, slots=True)
class Progress:
    """A question on its way: what has been said of its answer so far.

    `quoted` is the answer in quotes that is shown while a language model writes one. `position` counts the turns
    before this one; `former` is what was there before this question was edited. `halted` is set once nothing more of
    it is to be shown, `ended` once all that was to be shown of it is on its way to the page. `left` is set where the
    page shows another conversation by then, `kept` where the finished answer was saved.
    """

    question: str
    query: str | None = None
    time: DateRange | None = None
    found: tuple[Passage, ...] | None = None
    text: str = ""
    citations: tuple[Citation, ...] = ()
    waiting_for: str | None = None
    quoted: Answer | None = None
    statements: tuple[Statement, ...] = ()
    position: int = 0
    former: Branch | None = None
    halted: Event = field(default_factory=Event, compare=False, repr=False)
    ended: Event = field(default_factory=Event, compare=False, repr=False)
    left: Event = field(default_factory=Event, compare=False, repr=False)
    kept: Event = field(default_factory=Event, compare=False, repr=False)


def unmarked(_: Turn) -> str:
    """No marks on a turn, and no tools."""
    return ""


def turn(
    one: Turn,
    *,
    position: int = 0,
    former: Branch | None = None,
    last: bool = False,
    today: date | None = None,
    marks: str = "",
    tools: str = "",
    finished: bool = True,
) -> str:
    """A question with its answer, or the card that says that there is none.

    Above it are `marks`, below it `tools`: HTML of what there is to say about it, and of what can be done with it.
    `position` counts the turns before it; only the last turn of a conversation can be asked again. An answer that was
    stopped is not `finished`, and says so.
    """
    again = _again(one.question, position) if last else ""
    answer = render_answer.finished(
        one.answer, today=today, again=again, position=position if finished else None, tools=tools
    )
    body = f"{_searched_for(one.answer, position)}{marks}{'' if finished else _STOPPED}{answer}"
    state = "done" if finished else "stopped"
    return _turn(one.question, body, state, edit=_pencil(one.question, position), former=_former(former, today))


def held(conversation: str) -> str:
    """Tells the page's script which conversation is open, so that it is there again when the page is loaded anew."""
    return f'<span hidden data-held="{escape(conversation)}"></span>'


def progress(now: Progress, *, today: date | None = None) -> str:
    """A question whose answer is being found, or written."""
    if now.quoted is not None and now.quoted.outcome == "answered":
        body = _writing(now, _status("Writing an answer from these …"), today)
    elif now.text:
        body = render_answer.prose(now.text, now.citations, today)
    elif now.waiting_for:
        body = _status(f"{now.waiting_for} Your question is answered as soon as the assistant is ready.")
    elif now.query is None:
        body = _status("Reading the question …")
    elif now.found is None:
        body = _status("Searching the briefings …")
    else:
        passages = "1 passage" if len(now.found) == 1 else f"{len(now.found)} passages"
        status = _status(f"{passages} found, choosing the sentences that answer …")
        first = render_answer.nearest(now.found[:_FIRST_PASSAGES], today, label="First passages")
        body = f'{status}<div aria-live="off">{first}</div>'  # a screen reader waits for the answer
    rewritten = _rewritten(now.question, now.query) if now.query else ""
    return _turn(now.question, f"{rewritten}{body}", "running", former=_former(now.former, today))


def stopped(now: Progress, *, today: date | None = None) -> str:
    """A question that was stopped, with what had been said until then."""
    note = _STOPPED
    if now.quoted is not None and now.quoted.outcome == "answered":
        body = _writing(now, note, today)
    else:
        body = (render_answer.prose(now.text, now.citations, today) if now.text else "") + note
    again = f'<p class="actions">{_again(now.question, now.position)}</p>'
    edit = _pencil(now.question, now.position)
    return _turn(now.question, f"{body}{again}", "stopped", edit=edit, former=_former(now.former, today))


def failed(question: str, reason: str, *, position: int = 0) -> str:
    """A question that could not be answered as it was asked; `reason` says what to do."""
    sentence = reason[:1].upper() + reason[1:]
    card = f'<div class="card problem" role="alert"><h3>That did not work</h3><p>{escape(sentence)}</p></div>'
    again = f'<p class="actions">{_again(question, position)}</p>'
    return _turn(question, f"{card}{again}", "failed", edit=_pencil(question, position))


def editing(*, is_query: bool) -> str:
    """The line above the box while an earlier question, or the query that was made of it, is being edited."""
    what = (
        "You are editing a query: it is searched for as it stands."
        if is_query
        else "You are editing an earlier question: the conversation goes on from before it."
    )
    return (
        f'<p class="notice editing" role="status"><span>{what}</span>'
        '<button type="button" class="quiet" data-do="unedit">Cancel</button></p>'
    )


def welcome(examples: Sequence[str], documents: int, *, ready: bool = True) -> str:
    """The empty page: what this is, what may be asked, which keys there are.

    Where there are no documents once all was read and it is `ready`, it leads to where some are added.
    """
    count = counted(documents, "document") if documents else "your briefings"
    buttons = "".join(
        f'<li><button type="button" class="example" data-do="ask" data-question="{escape(one)}">{escape(one)}</button>'
        "</li>"
        for one in examples[:6]
    )
    begin = _NO_BRIEFINGS if ready and not documents else ""
    offered = f'<h2>Try one of these</h2><ul class="examples">{buttons}</ul>' if buttons else ""
    return (
        '<div class="welcome"><h1>Ask the briefings</h1>'
        f'<p class="lead">Ask {escape(count)} a question. Every sentence of the answer rests on a document, and '
        "a click on its number shows the exact words where they stand.</p>"
        f"{begin}{offered}"
        '<p class="keys"><kbd>/</kbd> ask <kbd>j</kbd><kbd>k</kbd> next and previous citation '
        "<kbd>Esc</kbd> close the source</p></div>"
    )


def filter_chips(
    filters: Filters,
    titles: Iterable[tuple[str, str]] = (),
    unread: Sequence[str] = (),
    *,
    backwards: bool = False,
) -> str:
    """The filters in force, each with a button that removes it.

    `titles` names documents by their id; `unread` are dates that could not be read; `backwards` says that the first
    date is after the second.
    """
    named = dict(titles)
    chips: list[tuple[str, str, str]] = []
    if filters.dates:
        chips.append(("dates", "", period(filters.dates)))
    chips += [("publisher", name, name) for name in filters.publishers]
    chips += [("format", kind, format_name(kind)) for kind in filters.media_types]
    chips += [("document", one, named.get(one, one)) for one in filters.documents]
    wrong = "".join(
        f'<p class="note" role="alert">“{escape(one)}” is not a date: write it as 2023-05-31.</p>' for one in unread
    )
    if backwards:
        wrong += '<p class="note" role="alert">From is after To: these dates are left out until one is changed.</p>'
    if not chips:
        return wrong
    items = "".join(
        f'<li><button type="button" class="chip" data-do="unfilter" data-kind="{kind}" data-value="{escape(value)}" '
        f'aria-label="Remove the filter {escape(said)}">{escape(said)} <span aria-hidden="true">×</span></button></li>'
        for kind, value, said in chips
    )
    return f'{wrong}<ul class="chips" aria-label="Filters in force">{items}</ul>'


def _turn(question: str, body: str, state: str, *, edit: str = "", former: str = "") -> str:
    busy = ' aria-busy="true"' if state == "running" else ""
    return (
        f'<article class="turn" data-state="{state}"{busy}>'
        f'<div class="asked"><h2 class="question">{escape(question)}</h2>{edit}</div>{former}'
        f'<div class="reply">{body}</div></article>'
    )


def _pencil(question: str, position: int) -> str:
    return (
        f'<button type="button" class="pencil" data-do="edit" data-turn="{position}" '
        f'data-question="{escape(question)}" title="Edit" aria-label="Edit the question: {escape(question)}">'
        '<span aria-hidden="true">✎</span></button>'
    )


def _again(question: str, position: int) -> str:
    return (
        f'<button type="button" class="quiet" data-do="regenerate" data-turn="{position}" '
        f'data-question="{escape(question)}">Ask again</button>'
    )


def _former(branch: Branch | None, today: date | None) -> str:
    """The turns before an edit, under a fold, to be read only."""
    if branch is None:
        return ""
    shown = "".join(
        _turn(
            one.question,
            render_answer.finished(one.answer, today=today),
            "done",
            former=_former(branch_at(branch.left, position), today),
        )
        for position, one in enumerate(branch.turns, start=branch.at)
    )
    return f'<details class="former"><summary>Edited; show the earlier version</summary>{shown}</details>'


def _writing(now: Progress, line: str, today: date | None) -> str:
    """What has been written and verified, above the quotes that it is written from."""
    assert now.quoted is not None
    text = render_written.written_prose(now.text, now.citations, now.statements, today)
    quotes = render_answer.prose(now.quoted.text, now.quoted.citations, today, numbered=False)
    return (
        f'<div class="draft">{text}</div>{line}'
        f'<section class="evidence" aria-label="From the briefings"><h3 class="label">From the briefings</h3>{quotes}'
        "</section>"
    )


def _status(text: str) -> str:
    return f'<p class="status" role="status"><span class="pulse" aria-hidden="true"></span>{escape(text)}</p>'


def _rewritten(question: str, query: str, edit: str = "") -> str:
    if " ".join(query.split()).casefold() == " ".join(question.split()).casefold():
        return ""
    return f'<p class="searched">Searched for: <q>{escape(query)}</q>{edit}</p>'


def _searched_for(answer: Answer, position: int) -> str:
    edit = (
        f'<button type="button" class="link" data-do="edit" data-turn="{position}" data-query="yes" '
        f'data-question="{escape(answer.query)}" aria-label="Edit what was searched for: {escape(answer.query)}">'
        "Edit</button>"
    )
    chips = _only_in(len(answer.filters.documents))
    if answer.as_of:
        said = day(answer.as_of)
        keep = "time" if answer.time else ""
        chips += _time_chip(answer, f"As of {said}", f"Ask again with briefings after {said}", keep)
    if answer.time:
        said = escape(period(answer.time))
        keep = "as-of" if answer.as_of else ""
        chips += _time_chip(answer, f"Ranked by time: {said}", f"Ask again without ranking by {said}", keep)
    return f"{_rewritten(answer.question, answer.query, edit)}{chips}"


def _only_in(documents: int) -> str:
    """Says that some documents alone were searched; nothing where all were."""
    if not documents:
        return ""
    return f'<p class="searched">Searched in {"1 document" if documents == 1 else f"{documents} documents"} only</p>'


def _time_chip(answer: Answer, said: str, name: str, keep: str) -> str:
    """A time that was read from the question, as a button that asks again without it; what it is to `keep` stays."""
    return (
        f'<button type="button" class="chip" data-do="again" data-question="{escape(answer.question)}" '
        f'data-keep="{keep}" aria-label="{name}">{said} <span aria-hidden="true">×</span></button>'
    )
