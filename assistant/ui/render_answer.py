"""The finished answer of one question -> HTML: quotes or written text, its sources, or that there is none.

Pure; every piece of text is escaped here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby, pairwise

from assistant.memos.before import Led, led_by, opened
from assistant.types import Answer, Citation, Passage, Span
from assistant.ui import render_context, render_memo, render_written
from assistant.ui.collecting import key_of
from assistant.ui.render_citation import chip, in_sentence, marked, place, place_of, with_chips
from assistant.ui.wording import abstained_said, byline, excerpt, page_name, parts_missing, with_references
from assistant.work.reviewing import sentences_of

_SHOWN_PASSAGES = 4
_EXCERPT = 260


def finished(
    answer: Answer,
    *,
    today: date | None = None,
    again: str = "",
    position: int | None = None,
    tools: str = "",
) -> str:
    """An answer, or the card that says that there is none. `again` is the button that asks once more, if any.

    `position` is that of the turn in its conversation, if it goes on; documents that are not used can be asked then.
    `tools` is the HTML of what can be done with an answer that is kept, whose sentences become elements for it.
    """
    sentences = sentences_of(answer) if tools else ()
    abstained = answer.outcome == "abstained"
    body = _abstained(answer, today, position) if abstained else _answered(answer, today, position, sentences)
    return f"{body}{_actions(answer, f'{again}{tools}')}"


def prose(
    text: str,
    citations: Sequence[Citation],
    today: date | None = None,
    *,
    numbered: bool = True,
    sentences: Sequence[Span] = (),
    as_chip: Callable[[Citation], str] | None = None,
) -> str:
    """An answer in quotes: a paragraph for each line, with the citation chips at the ends of what they support.

    Items that follow one another in the answer are a list below what leads to them in the document. The chips of quotes
    beside an answer with numbers of its own are not `numbered`. `sentences` become elements of their own; `as_chip`
    makes other HTML of a citation than the button of the page.
    """

    def end_of(citation: Citation) -> int:
        return len(text[: citation.answer_span.end].rstrip())  # a chip never stands alone on a line

    strong = [span for one in citations if (span := _answering_words(one)) is not None]
    before = {start: _before(one) for start, one in opened(citations).items()}
    led = {one.answer_span.start: lead for one in citations if (lead := led_by(one)) is not None}
    ordered = sorted(citations, key=lambda one: (end_of(one), one.marker))
    shown = as_chip or (lambda one: chip(one, today, numbered=numbered))
    chips = {end: "".join(map(shown, group)) for end, group in groupby(ordered, end_of)}
    edges = sorted({edge for one in sentences for edge in (one.start, one.end)})

    def styled(start: int, end: int) -> str:
        cuts = [start, *(edge for edge in edges if start < edge < end), end]
        return "".join(
            in_sentence(sentences, Span(first, last), marked(text, strong, first, last, "strong"))
            for first, last in pairwise(cuts)
            if first < last
        )

    lines: list[_Line] = []
    position = 0
    for line in text.split("\n"):
        pieces, start, end = [], position, position + len(line)
        for cut in sorted(cut for cut in chips if position < cut <= end or cut == position == 0):
            pieces.append(with_chips(text, position, cut, chips[cut], styled))
            position = cut
        pieces.append(styled(position, end))
        lines.append(_Line(before.get(start, ""), "".join(pieces), led.get(start)))
        position = end + 1
    blocks = ("".join(_block(list(group))) for _, group in groupby(lines, lambda one: one.led))
    return f'<div class="prose">{"".join(blocks)}</div>'


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of an answer: HTML of what is shown ahead of it and of its own, and where that stands in its document."""

    before: str
    body: str
    led: Led | None


def _block(lines: Sequence[_Line]) -> Iterator[str]:
    """Lines under one lead: several are a list below it."""
    if lines[0].led is None or len(lines) < 2:
        yield from (f"<p>{one.before}{one.body}</p>" for one in lines if f"{one.before}{one.body}".strip())
        return
    yield f"<p>{lines[0].before}</p>" if lines[0].before else ""
    yield f"<ul>{''.join(f'<li>{one.body}</li>' for one in lines)}</ul>"


def _answered(answer: Answer, today: date | None, position: int | None, sentences: Sequence[Span]) -> str:
    missing = ""
    if answer.missing:
        items = "".join(f"<li>{escape(part)}</li>" for part in answer.missing)
        meant = render_context.meant(answer, position=position)
        missing = f'<div class="card missing"><h3>Not in the briefings</h3><ul>{items}</ul>{meant}</div>'
    if answer.writer:
        text = render_written.written(answer, today, sentences=sentences)
    else:
        quoted = prose(answer.text, answer.citations, today, sentences=sentences)
        text = quoted + render_written.withheld(answer.statements)
    return f"{text}{missing}{_notes(answer)}{_around(answer, today, position)}{_references(answer, today)}"


def _abstained(answer: Answer, today: date | None, position: int | None) -> str:
    parts = "".join(f"<li>{escape(part)}</li>" for part in parts_missing(answer))
    listed = f'<p>Nothing was found about:</p><ul class="parts">{parts}</ul>' if parts else ""
    filtered = (
        "<p>Only documents that pass your filters were searched; remove a filter to search all.</p>"
        if answer.filters and not answer.filters.documents
        else ""
    )
    heading, said = abstained_said(answer)
    return (
        f'<div class="card abstained"><h3>{heading}</h3>'
        f"<p>{said} <q>{escape(answer.query)}</q>, so nothing is claimed.</p>{listed}{filtered}"
        f"{_notes(answer)}{render_context.meant(answer, position=position)}</div>"
        f"{render_written.withheld(answer.statements)}{_around(answer, today)}"
        f"{nearest(answer.passages[:_SHOWN_PASSAGES], today)}"
    )


def _around(answer: Answer, today: date | None, position: int | None = None) -> str:
    known = render_context.coverage(answer.coverage, today, position=position)
    against = render_context.likeliest(answer, today) + render_context.contrary(answer, today)
    return against + render_context.disagreements(answer.disagreements, today) + known


def nearest(passages: Sequence[Passage], today: date | None, *, label: str = "Nearest passages") -> str:
    """The passages as cards that show them in the source pane, under a heading; nothing without any."""
    if not passages:
        return ""
    cards = []
    for passage in passages:
        stands_for = place(passage.source, passage.chunk.span, passage.also_in)
        cards.append(
            f'<li><button type="button" class="passage" data-do="cite" {stands_for} data-kind="passage">'
            f'<span class="title">{escape(passage.source.title)}</span>'
            f'<span class="byline">{escape(byline(passage.source, today))}</span>'
            f'<span class="excerpt">{escape(excerpt(passage.chunk.text, _EXCERPT))}</span>'
            "</button></li>"
        )
    return f'<h3 class="label">{label}</h3><ul class="passages">{"".join(cards)}</ul>'


def _before(citation: Citation) -> str:
    """The sentence before the quoted one, apart from the answer."""
    assert citation.before is not None
    said = escape(citation.before.quote)
    return f'<span class="before"><span class="unseen">Before it: </span>{said}</span> '


def _answering_words(citation: Citation) -> Span | None:
    """The words of the answer that answer; None where nobody read them out or the answer is not the quote itself."""
    if citation.words is None or len(citation.answer_span) != len(citation.span):
        return None
    return citation.words.shifted(citation.answer_span.start - citation.span.start)


def _references(answer: Answer, today: date | None) -> str:
    """The documents behind the answer: each once, with the numbers of its citations."""
    by_document: dict[str, list[Citation]] = {}
    for citation in sorted(answer.citations, key=lambda one: one.marker):
        by_document.setdefault(citation.source.document_id, []).append(citation)
    items = []
    for cited in by_document.values():
        first = cited[0]
        numbers = ", ".join(dict.fromkeys(str(one.marker) for one in cited))
        page = page_name(first.page_index, first.page_label) if len(cited) == 1 else None
        said = " · ".join(part for part in (byline(first.source, today), page) if part)
        items.append(
            f'<li><button type="button" class="reference" data-do="cite" {place_of(first)} data-kind="reference">'
            f'<span class="numbers">{numbers}</span><span class="title">{escape(first.source.title)}</span>'
            f'<span class="byline">{escape(said)}</span></button></li>'
        )
    return f'<h3 class="label">Sources</h3><ul class="references">{"".join(items)}</ul>' if items else ""


def _notes(answer: Answer) -> str:
    return "".join(f'<p class="note">{escape(note[:1].upper() + note[1:])}.</p>' for note in _sentences(answer.notes))


def _sentences(notes: Sequence[str]) -> list[str]:
    return [note.strip().removesuffix(".") for note in notes if note.strip()]


def _actions(answer: Answer, again: str) -> str:
    collect = render_memo.collect(key_of(answer))
    if answer.outcome == "abstained":
        return f'<div class="actions">{collect}{again}</div>'
    seconds = f"{answer.seconds * 1000:.0f} ms" if answer.seconds < 1 else f"{answer.seconds:.1f} s"
    return (
        f'<div class="actions"><button type="button" class="quiet" data-do="copy" '
        f'data-text="{escape(with_references(answer))}">Copy with references</button>{collect}{again}'
        f'<span class="time">answered in {seconds}</span></div>'
    )
