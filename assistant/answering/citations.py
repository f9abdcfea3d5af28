"""Numbers the evidence of an answer and ties each sentence of the answer to its place in a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.evidence import Evidence
from assistant.language.pointing_back import points_back
from assistant.language.sentences import sentence_spans
from assistant.language.taking_back import says_what_is_right, takes_back
from assistant.reading.checks.calendar_dates import without_dates
from assistant.types import Before, Citation, Passage, Side, Source, Span

Cited = tuple[Evidence, tuple[Source, ...]]
"""Evidence and the other documents that say the same."""

_FIGURE = re.compile(r"\d(?:[\d,.]*\d)?")
_BETWEEN = "\n"  # sentences of different places do not run on; each stands on its own line


def cite(sentences: Sequence[Cited]) -> tuple[str, tuple[Citation, ...]]:
    """The text of an extractive answer, one sentence a line, with the citation of each sentence.

    Markers count from 1 in the order of the answer; evidence that comes twice keeps its first marker. Quote and
    answer are the same characters, which is asserted.
    """
    text = ""
    citations: list[Citation] = []
    markers: dict[tuple[str, Span], int] = {}
    corrected = [(_with_what_takes_it_back(found), also_in) for found, also_in in sentences]
    wrong = _figures_taken_back([evidence for evidence, _ in corrected])
    for evidence, also_in in corrected:
        chunk = evidence.passage.chunk
        start = len(text) + (len(_BETWEEN) if text else 0)
        text = f"{text}{_BETWEEN}{evidence.text}" if text else evidence.text
        marker = markers.setdefault((chunk.document_id, evidence.span), len(markers) + 1)
        citation = citation_of(evidence.passage, evidence.span, Span(start, len(text)), marker)
        citations.append(replace(citation, also_in=also_in, words=_left(evidence, wrong), before=before_of(evidence)))
    for citation in citations:
        assert citation.quote == citation.answer_span.of(text), "an extractive answer must say what it quotes"
    return text, tuple(citations)


def said_once(sentences: Sequence[Cited]) -> list[Cited]:
    """The sentences without what would be shown twice: ahead of one that points back to it, and as a quote of its own.

    Of "The mayor spoke. She declined." the better one keeps its place: the second follows the first, or has it shown
    ahead of it.
    """
    items = {evidence.place: (evidence, others) for evidence, others in reversed(sentences)}
    order = list(dict.fromkeys(evidence.place for evidence, _ in sentences))
    for place in list(order):
        evidence, _ = items[place]
        before = None if evidence.leads else before_of(evidence)
        above = None if before is None else (place[0], before.span)
        if above not in order or place not in order:
            continue
        moved = place if order.index(above) < order.index(place) else above
        order.remove(moved)
        if moved == place:
            order.insert(order.index(above) + 1, place)
    return [items[place] for place in order]


def _with_what_takes_it_back(evidence: Evidence) -> Evidence:
    """The evidence as far as the sentences that take it back and say what is right, where its paragraph has them.

    What a briefing corrects must never be quoted without the correction.
    """
    chunk = evidence.passage.chunk
    later = [span for span in chunk.sentences if span.start >= evidence.span.end][:2]
    if not later or not takes_back(chunk.quote(later[0])):
        return evidence
    later = later[:1] if says_what_is_right(chunk.quote(later[0])) else later
    spans = [Span(evidence.span.start, each.end) for each in reversed(later)]
    span = next((span for span in spans if "\n" not in chunk.quote(span)), evidence.span)
    answer = evidence.answer if span == evidence.span else None  # what is taken back is no answer
    return replace(evidence, span=span, text=chunk.quote(span), answer=answer)


def _figures_taken_back(shown: Sequence[Evidence]) -> frozenset[str]:
    """The figures that a sentence of the answer gives and, further on, says to be wrong, but for those that are right.

    "The report said that 2,100 soldiers are at work. The right number is 1,200.": then 2,100 is no answer anywhere.
    """
    wrong: set[str] = set()
    for evidence in shown:
        parts = [span.of(evidence.text) for span in sentence_spans(evidence.text)]
        back = next((place for place, part in enumerate(parts) if place and takes_back(part)), None)
        if back is not None:
            said, right = " ".join(parts[:back]), " ".join(parts[back:])
            wrong |= _figures(said) - _figures(right)
    return frozenset(wrong)


def _figures(text: str) -> set[str]:
    return set(_FIGURE.findall(without_dates(text)))


def _left(evidence: Evidence, wrong: frozenset[str]) -> Span | None:
    """The words that answer, unless a figure of them is taken back elsewhere in the answer."""
    return None if _figures(evidence.words) & wrong else evidence.answer


def citation_of(passage: Passage, span: Span, answer_span: Span, marker: int) -> Citation:
    """Ties a stretch of an answer to the stretch `span` of a passage's document."""
    chunk = passage.chunk
    at = chunk.locator(span)
    return Citation(
        marker=marker,
        answer_span=answer_span,
        source=passage.source,
        chunk_id=chunk.id,
        span=span,
        quote=chunk.quote(span),
        headings=at.headings,
        page_index=at.page_index,
        page_label=chunk.page_labels(span),
        also_in=passage.also_in,
    )


def before_of(evidence: Evidence) -> Before | None:
    """What a sentence is not understood without: what leads to an item of a list, or the sentence before it.

    That is shown before one that begins with a word that points back, and a question before what replies to it ("Has
    anybody died?", "Nobody has."). None for other sentences, and where the passage has no such sentence.
    """
    if evidence.leads:
        return evidence.leads[-1]
    chunk = evidence.passage.chunk
    earlier = [span for span in chunk.sentences if span.end <= evidence.span.start]
    before = Before(earlier[-1], chunk.quote(earlier[-1])) if earlier else None
    if before is None or not (points_back(evidence.text) or before.quote.endswith("?")):
        return None
    return before


def side_of(evidence: Evidence, words: Span) -> Side:
    """The sentence as it is shown beside an answer, some of its words marked.

    One that points back ("It was their first meeting.") is shown with the sentence before it in its paragraph.
    """
    before = before_of(evidence) if points_back(evidence.text) else None
    chunk = evidence.passage.chunk
    first = chunk.span.start
    if before is None or chunk.text[before.span.end - first : evidence.span.start - first].strip(" "):
        return evidence.side(words)
    span = Span(before.span.start, evidence.span.end)
    return replace(evidence.side(words), span=span, quote=chunk.quote(span))


def render_markers(text: str, citations: Sequence[Citation], *, form: str = " [{marker}]") -> str:
    """The answer's text with a marker behind each cited stretch; `form` says how one looks.

    Several citations of the same stretch follow one another by number.
    """
    ordered = sorted(citations, key=lambda citation: (citation.answer_span.end, citation.marker))
    pieces: list[str] = []
    position = 0
    for citation in ordered:
        pieces.append(text[position : citation.answer_span.end])
        pieces.append(form.format(marker=citation.marker))
        position = citation.answer_span.end
    return "".join([*pieces, text[position:]])
