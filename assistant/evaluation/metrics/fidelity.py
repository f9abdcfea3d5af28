"""Whether citations are what they say: their words, at their place, in a document that exists. Must be 0."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from assistant.evaluation.metrics.base import Observation
from assistant.evaluation.metrics.case_metric import CaseMetric, Measured, every_case
from assistant.types import Answer, Citation, Span


def is_verbatim(citation: Citation, answer: Answer, texts: Mapping[str, str]) -> bool:
    """Whether the quote is exactly its span of the canonical text in the index, and that text is the one cited.

    False where there is no such document, or its text has another hash than the citation names; and where either end
    of the citation begins or stops inside a word, which shows offsets that are off by some characters even where quote
    and offsets agree with one another.
    """
    text = texts.get(citation.source.document_id)
    return (
        text is not None
        and citation.span.end <= len(text)
        and citation.span.of(text) == citation.quote
        and sha256(text.encode()).hexdigest() == citation.source.content_hash
        and not _cuts_a_word(citation.span, text)
        and not _cuts_a_word(citation.answer_span, answer.text)
    )


def is_dangling(citation: Citation, answer: Answer, texts: Mapping[str, str]) -> bool:
    """Whether either end of the citation hangs in the air: no such document, or a place beyond either text."""
    text = texts.get(citation.source.document_id)
    return text is None or citation.span.end > len(text) or citation.answer_span.end > len(answer.text)


def not_verbatim(observation: Observation, answer: Answer) -> Measured:
    """The share of the citations that are not verbatim; None where nothing is cited."""
    return _share(answer, [each for each in answer.citations if not is_verbatim(each, answer, observation.texts)])


def dangling(observation: Observation, answer: Answer) -> Measured:
    """The share of the citations that are dangling; None where nothing is cited."""
    return _share(answer, [each for each in answer.citations if is_dangling(each, answer, observation.texts)])


def not_verbatim_metric() -> CaseMetric:
    """The metric `citations not verbatim`."""
    return CaseMetric(
        "citations not verbatim",
        "Share of the citations whose quote is not, character for character, its span of the document's text in the "
        "index, that cut a word, or whose document has another content hash there (our own; must be 0).",
        every_case,
        not_verbatim,
        better="lower",
    )


def dangling_metric() -> CaseMetric:
    """The metric `dangling citations`."""
    return CaseMetric(
        "dangling citations",
        "Share of the citations that name a document that is not in the index, or a place beyond its text or beyond "
        "the answer's (our own; must be 0).",
        every_case,
        dangling,
        better="lower",
    )


def _cuts_a_word(span: Span, text: str) -> bool:
    edges = (span.start, span.end)
    return any(0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum() for edge in edges)


def _share(answer: Answer, wrong: list[Citation]) -> Measured:
    if not answer.citations:
        return Measured(None)
    markers = ", ".join(f"[{each.marker}] in {each.source.path}" for each in wrong)
    return Measured(len(wrong) / len(answer.citations), markers)
