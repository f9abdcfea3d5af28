"""Turns of a conversation -> HTML. Pure; every piece of text is escaped here, so it may go into the page as it is.

What a browser does with the elements is in `static/page.js`: they carry data attributes and no handlers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from assistant.types import Answer, Citation, DateRange, Filters, Passage, Source, Span, Turn
from assistant.ui.wording import byline, excerpt, format_name, page_name, period, with_references

_SHOWN_PASSAGES = 4
_EXCERPT = 260
_LONG_WORD = 24


@dataclass(frozen=True, slots=True)
class Progress:
    """A question on its way: what has been said of its answer so far."""

    question: str
    query: str | None = None
    time: DateRange | None = None
    found: int | None = None
    text: str = ""
    citations: tuple[Citation, ...] = ()
    waiting_for: str | None = None


def turns(done: Sequence[Turn]) -> str:
    """The finished turns of a conversation."""
    return "".join(turn(one) for one in done)


def turn(one: Turn) -> str:
    """A question with its finished answer, or the card that says that there is none."""
    answer = one.answer
    body = _abstained(answer) if answer.outcome == "abstained" else _answered(answer)
    return _turn(one.question, f"{_searched_for(answer)}{body}", state="done")


def progress(now: Progress) -> str:
    """A question whose answer is being found."""
    if now.text:
        body = _prose(now.text, now.citations)
    elif now.waiting_for:
        body = _status(f"{now.waiting_for} Your question is answered as soon as the assistant is ready.")
    elif now.query is None:
        body = _status("Reading the question …")
    elif now.found is None:
        body = _status("Searching the briefings …")
    else:
        passages = "1 passage" if now.found == 1 else f"{now.found} passages"
        body = _status(f"{passages} found, choosing the sentences that answer …")
    rewritten = _rewritten(now.question, now.query) if now.query else ""
    return _turn(now.question, f"{rewritten}{body}", state="running")


def stopped(now: Progress) -> str:
    """A question that was stopped, with what had been said until then."""
    said = _prose(now.text, now.citations) if now.text else ""
    return _turn(now.question, f'{said}<p class="note">Stopped. This answer is not complete.</p>', state="stopped")


def failed(question: str, reason: str) -> str:
    """A question that could not be answered as it was asked; `reason` says what to do."""
    sentence = reason[:1].upper() + reason[1:]
    card = f'<div class="card problem" role="alert"><h3>That did not work</h3><p>{escape(sentence)}</p></div>'
    return _turn(question, card, state="failed")


def welcome(examples: Sequence[str], documents: int) -> str:
    """The empty page: what this is, what may be asked, which keys there are."""
    count = f"{documents} briefing{'' if documents == 1 else 's'}" if documents else "your briefings"
    buttons = "".join(
        f'<li><button type="button" class="example" data-do="ask" data-question="{escape(one)}">{escape(one)}</button>'
        "</li>"
        for one in examples[:6]
    )
    offered = f'<h2>Try one of these</h2><ul class="examples">{buttons}</ul>' if buttons else ""
    return (
        '<div class="welcome"><h1>Ask the briefings</h1>'
        f'<p class="lead">Ask {escape(count)} a question. Every sentence of the answer is quoted from a document, and '
        "a click on its number shows the exact words where they stand.</p>"
        f"{offered}"
        '<p class="keys"><kbd>/</kbd> ask <kbd>j</kbd><kbd>k</kbd> next and previous citation '
        "<kbd>Esc</kbd> close the source</p></div>"
    )


def filter_chips(filters: Filters, titles: Iterable[tuple[str, str]] = (), unread: Sequence[str] = ()) -> str:
    """The filters in force, each with a button that removes it.

    `titles` names documents by their id; `unread` are dates that could not be read.
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
    if not chips:
        return wrong
    items = "".join(
        f'<li><button type="button" class="chip" data-do="unfilter" data-kind="{kind}" data-value="{escape(value)}" '
        f'aria-label="Remove the filter {escape(said)}">{escape(said)} <span aria-hidden="true">×</span></button></li>'
        for kind, value, said in chips
    )
    return f'{wrong}<ul class="chips" aria-label="Filters in force">{items}</ul>'


def _turn(question: str, body: str, *, state: str) -> str:
    busy = ' aria-busy="true"' if state == "running" else ""
    return (
        f'<article class="turn" data-state="{state}"{busy}><h2 class="question">{escape(question)}</h2>'
        f'<div class="reply">{body}</div></article>'
    )


def _status(text: str) -> str:
    return f'<p class="status" role="status"><span class="pulse" aria-hidden="true"></span>{escape(text)}</p>'


def _rewritten(question: str, query: str) -> str:
    if " ".join(query.split()).casefold() == " ".join(question.split()).casefold():
        return ""
    return f'<p class="searched">Searched for: <q>{escape(query)}</q></p>'


def _searched_for(answer: Answer) -> str:
    ranked = ""
    if answer.time:
        said = escape(period(answer.time))
        ranked = (
            f'<button type="button" class="chip" data-do="again" data-question="{escape(answer.question)}" '
            f'aria-label="Ask again without ranking by {said}">Ranked by time: {said} '
            '<span aria-hidden="true">×</span></button>'
        )
    return f"{_rewritten(answer.question, answer.query)}{ranked}"


def _answered(answer: Answer) -> str:
    missing = ""
    if answer.missing:
        items = "".join(f"<li>{escape(part)}</li>" for part in answer.missing)
        missing = f'<div class="card missing"><h3>Not in the briefings</h3><ul>{items}</ul></div>'
    return f"{_prose(answer.text, answer.citations)}{missing}{_notes(answer)}{_references(answer)}{_actions(answer)}"


def _abstained(answer: Answer) -> str:
    missing = [part for part in answer.missing if part.casefold() != answer.query.casefold()]
    parts = "".join(f"<li>{escape(part)}</li>" for part in missing)
    listed = f'<p>Nothing was found about:</p><ul class="parts">{parts}</ul>' if parts else ""
    filtered = (
        "<p>Only documents that pass your filters were searched; remove a filter to search all.</p>"
        if answer.filters
        else ""
    )
    near = _nearest(answer.passages[:_SHOWN_PASSAGES])
    return (
        '<div class="card abstained"><h3>The briefings don’t say</h3>'
        f"<p>No sentence in them answers <q>{escape(answer.query)}</q>, so nothing is claimed.</p>{listed}{filtered}"
        f"{_notes(answer)}</div>{near}"
    )


def _nearest(passages: Sequence[Passage]) -> str:
    if not passages:
        return ""
    cards = []
    for passage in passages:
        place = _place(passage.source, passage.chunk.span, passage.also_in)
        cards.append(
            f'<li><button type="button" class="passage" data-do="cite" {place} data-kind="passage">'
            f'<span class="title">{escape(passage.source.title)}</span>'
            f'<span class="byline">{escape(byline(passage.source))}</span>'
            f'<span class="excerpt">{escape(excerpt(passage.chunk.text, _EXCERPT))}</span>'
            "</button></li>"
        )
    return f'<h3 class="label">Nearest passages</h3><ul class="passages">{"".join(cards)}</ul>'


def _prose(text: str, citations: Sequence[Citation]) -> str:
    """The answer's text, a paragraph for each line, with the citation chips at the ends of what they support."""

    def end_of(citation: Citation) -> int:
        return len(text[: citation.answer_span.end].rstrip())  # a chip never stands alone on a line

    strong = [span for one in citations if (span := answering_words(one)) is not None]
    before = {one.answer_span.start: _before(one) for one in citations if one.before is not None}
    ordered = sorted(citations, key=lambda one: (end_of(one), one.marker))
    chips = {end: "".join(_chip(one) for one in group) for end, group in groupby(ordered, end_of)}
    paragraphs, position = [], 0
    for line in text.split("\n"):
        pieces, end = [before.get(position, "")], position + len(line)
        for cut in sorted(cut for cut in chips if position < cut <= end or cut == position == 0):
            pieces.append(_with_chips(text, position, cut, chips[cut], strong))
            position = cut
        pieces.append(_escaped(text, position, end, strong))
        if "".join(pieces).strip():
            paragraphs.append(f"<p>{''.join(pieces)}</p>")
        position = end + 1
    return f'<div class="prose">{"".join(paragraphs)}</div>'


def _before(citation: Citation) -> str:
    """The sentence before the quoted one, apart from the answer."""
    assert citation.before is not None
    said = escape(citation.before.quote)
    return f'<span class="before"><span class="unseen">Before it: </span>{said}</span> '


def answering_words(citation: Citation) -> Span | None:
    """The words of the answer that answer; None where nobody read them out or the answer is not the quote itself."""
    if citation.words is None or len(citation.answer_span) != len(citation.span):
        return None
    return citation.words.shifted(citation.answer_span.start - citation.span.start)


def _with_chips(text: str, start: int, end: int, chips: str, strong: Sequence[Span]) -> str:
    """A stretch of the answer with its chips, which stay on the line of its last word."""
    last = text[start:end].rpartition(" ")[2]
    if len(last) > _LONG_WORD:
        return f"{_escaped(text, start, end, strong)}{chips}"
    cut = end - len(last)
    together = f"{_escaped(text, cut, end, strong)}{chips}"
    return f'{_escaped(text, start, cut, strong)}<span class="together">{together}</span>'


def _escaped(text: str, start: int, end: int, strong: Sequence[Span]) -> str:
    """A stretch of the answer as HTML, with the words that answer in bold."""
    pieces, position = [], start
    for span in sorted(strong):
        first, last = max(span.start, position), min(span.end, end)
        if first < last:
            pieces += [escape(text[position:first]), f"<strong>{escape(text[first:last])}</strong>"]
            position = last
    return "".join([*pieces, escape(text[position:end])])


def _chip(citation: Citation) -> str:
    return (
        f'<button type="button" class="cite" data-do="cite" {_place_of(citation)} '
        f'aria-label="Citation {citation.marker}: {escape(citation.source.title)}">{citation.marker}</button>'
    )


def _place_of(citation: Citation) -> str:
    return _place(citation.source, citation.span, citation.also_in)


def _place(source: Source, span: Span, also_in: Sequence[Source]) -> str:
    """The attributes that say which words of which document an element stands for."""
    also = " ".join(dict.fromkeys(one.document_id for one in also_in))
    return (
        f'data-document="{escape(source.document_id)}" data-hash="{escape(source.content_hash)}" '
        f'data-start="{span.start}" data-end="{span.end}" data-also="{escape(also)}"'
    )


def _references(answer: Answer) -> str:
    """The documents behind the answer: each once, with the numbers of its citations."""
    by_document: dict[str, list[Citation]] = {}
    for citation in sorted(answer.citations, key=lambda one: one.marker):
        by_document.setdefault(citation.source.document_id, []).append(citation)
    items = []
    for cited in by_document.values():
        first = cited[0]
        numbers = ", ".join(dict.fromkeys(str(one.marker) for one in cited))
        page = page_name(first.page_index, first.page_label) if len(cited) == 1 else None
        said = " · ".join(part for part in (byline(first.source), page) if part)
        items.append(
            f'<li><button type="button" class="reference" data-do="cite" {_place_of(first)} data-kind="reference">'
            f'<span class="numbers">{numbers}</span><span class="title">{escape(first.source.title)}</span>'
            f'<span class="byline">{escape(said)}</span></button></li>'
        )
    return f'<h3 class="label">Sources</h3><ul class="references">{"".join(items)}</ul>' if items else ""


def _notes(answer: Answer) -> str:
    return "".join(f'<p class="note">{escape(note[:1].upper() + note[1:])}.</p>' for note in _sentences(answer.notes))


def _sentences(notes: Sequence[str]) -> list[str]:
    return [note.strip().removesuffix(".") for note in notes if note.strip()]


def _actions(answer: Answer) -> str:
    seconds = f"{answer.seconds * 1000:.0f} ms" if answer.seconds < 1 else f"{answer.seconds:.1f} s"
    return (
        f'<p class="actions"><button type="button" class="quiet" data-do="copy" '
        f'data-text="{escape(with_references(answer))}">Copy with references</button>'
        f'<span class="time">answered in {seconds}</span></p>'
    )
