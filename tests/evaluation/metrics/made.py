"""Cases and answers made by hand: a document is a string, a place in it is given by its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.evaluation.cases import Evidence, GoldenCase, Place, Quote, RelevantSpan
from assistant.evaluation.metrics.base import Observation
from assistant.types import Answer, Chunk, Citation, Passage, Source, Span

WHERE = Place(Path("made.golden.yaml"), 1)


def place(text: str, quoted: str) -> Span:
    """Where `quoted` stands in `text`."""
    start = text.index(quoted)
    return Span(start, start + len(quoted))


def case(*evidence: Sequence[tuple[str, str]], **more: Any) -> GoldenCase:
    """An answerable case; each piece of evidence is a sequence of (document, quote)."""
    relevant = tuple(Evidence(tuple(Quote(name, quote, WHERE) for name, quote in entry)) for entry in evidence)
    return GoldenCase(id="made", question="Why?", corpus=Path("corpus"), place=WHERE, **{"relevant": relevant, **more})


def unanswerable(**more: Any) -> GoldenCase:
    return case(answerable=False, **more)


def source_of(name: str, text: str) -> Source:
    return Source(name, name, name, "text/plain", sha256(text.encode()).hexdigest())


def passage(texts: Mapping[str, str], name: str, quoted: str, rank: int) -> Passage:
    span = place(texts[name], quoted)
    chunk = Chunk(f"{name}:{span.start}", name, 0, span, quoted, (span,))
    return Passage(chunk, source_of(name, texts[name]), rank, 1.0 / rank, "made")


def citation(texts: Mapping[str, str], name: str, quoted: str, answer: str, says: str, marker: int = 1) -> Citation:
    """A citation of `quoted` in the document for the stretch `says` of the answer."""
    span = place(texts[name], quoted)
    return Citation(marker, place(answer, says), source_of(name, texts[name]), f"{name}:0", span, quoted)


def answered(
    text: str = "It says so.",
    *,
    citations: Sequence[Citation] = (),
    passages: Sequence[Passage] = (),
    answerability: float = 0.9,
) -> Answer:
    return Answer("Why?", "Why?", text, "answered", tuple(citations), tuple(passages), answerability=answerability)


def abstained(passages: Sequence[Passage] = ()) -> Answer:
    return Answer("Why?", "Why?", "The briefings don't say.", "abstained", (), tuple(passages), answerability=0.1)


def observed(golden: GoldenCase, answer: Answer | None, texts: Mapping[str, str] | None = None) -> Observation:
    """The observation, with the quotes of the case resolved at their first place; no answer is a crash."""
    texts = texts or {}
    spans = tuple(
        RelevantSpan(number, quote.document, quote.document, place(texts[quote.document], quote.text), quote.text)
        for number, entry in enumerate(golden.relevant)
        for quote in entry.quotes
    )
    return Observation(golden, spans, answer, texts, None if answer else "RuntimeError: made", 0.25)
