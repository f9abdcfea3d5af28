"""The sentence before a quote ("He declined.") or above an item of a list, for wherever an answer leaves the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.types import Answer, Before, Citation, Span

Led = tuple[str, Span]
"""A document, by its id, and a place in it."""


def in_brackets(before: Before) -> str:
    """The sentence on one line, marked as context: "(Before it: The minister was asked.)"."""
    return f"(Before it: {' '.join(before.quote.split())})"


def with_before(answer: Answer, *, apart: bool = False) -> Answer:
    """The answer with that sentence in brackets ahead of each quote that has one; the quotes stay as they are.

    It is left out where the answer has it directly above, be it ahead of the item before. `apart` gives it a line and a
    citation of its own, so that it can be checked by itself: a full stop and a bracket are no end of a sentence to the
    segmenter.
    """
    first = opened(answer.citations)
    for start in sorted(first, reverse=True):  # so that the places of those before it stay as they are
        answer = _opened(answer, first[start], apart=apart)
    return answer


def led_by(citation: Citation) -> Led | None:
    """Where what is shown ahead of a citation stands; None where nothing is."""
    return None if citation.before is None else (citation.source.document_id, citation.before.span)


def opened(citations: Sequence[Citation]) -> Mapping[int, Citation]:
    """The citations ahead of which something is shown, by where they begin in the answer.

    What leads to several items of a list that follow one another is shown once, ahead of the first. What the answer
    quotes right above is not shown again.
    """
    found: dict[int, Citation] = {}
    above: Led | None = None
    quoted: Citation | None = None
    for each in sorted(citations, key=lambda one: (one.answer_span.start, one.marker)):
        if each.answer_span.start in found:
            continue
        leading = led_by(each)
        if leading is not None and leading != above and not _quotes(quoted, leading):
            found[each.answer_span.start] = each
        above, quoted = leading, each
    return found


def _quotes(citation: Citation | None, place: Led) -> bool:
    """Whether a citation quotes what stands in a place as its last words."""
    document, span = place
    if citation is None or citation.source.document_id != document:
        return False
    return citation.span.end == span.end and citation.span.start <= span.start


def _opened(answer: Answer, citation: Citation, *, apart: bool) -> Answer:
    before, at = citation.before, citation.answer_span.start
    if before is None or answer.text[:at].rstrip().endswith(before.quote):
        return answer
    said, between = in_brackets(before), "\n" if apart else " "
    by = len(said) + len(between)
    citations = [replace(each, answer_span=_moved(each.answer_span, at, by)) for each in answer.citations]
    if apart:
        place = next(number for number, each in enumerate(answer.citations) if each.answer_span.start == at)
        own = replace(citation, span=before.span, quote=before.quote, also_in=(), words=None, before=None)
        citations.insert(place, replace(own, answer_span=Span(at, at + len(said))))
    return replace(
        answer,
        text=f"{answer.text[:at]}{said}{between}{answer.text[at:]}",
        citations=tuple(citations),
        statements=tuple(
            each if each.span is None else replace(each, span=_moved(each.span, at, by)) for each in answer.statements
        ),
    )


def _moved(span: Span, at: int, by: int) -> Span:
    """A span of the text after `by` characters were put in at `at`."""
    return span.shifted(by) if span.start >= at else Span(span.start, span.end + by) if span.end > at else span
