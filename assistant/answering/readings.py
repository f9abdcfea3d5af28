"""What a reader said of passages, as their sentences are judged by it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from assistant.answering.candidates import Candidate
from assistant.reading.base import UNREAD, Reading
from assistant.types import Span

Readings = Mapping[str, Reading]
"""What a reader says of passages, by the id of their chunk."""

READ_SENTENCE_FEATURES = ("read_sentence", "read_words", "read_passage")
"""The features that only a reader gives."""

_SURE = math.log(0.2)  # of the words that answer
_BOUND = 10.0  # of log-odds as features: beyond it the reader is sure


def as_read(candidate: Candidate, readings: Readings) -> dict[str, float]:
    """The features that a reader gives, within bounds; `UNREAD` without one, which no weight counts."""
    if not readings:
        return dict.fromkeys(READ_SENTENCE_FEATURES, UNREAD)
    reading = readings.get(candidate.passage.chunk.id)
    if reading is None:
        return dict.fromkeys(READ_SENTENCE_FEATURES, -_BOUND)
    found = (reading.sentences[candidate.position], reading.certainties[candidate.position], reading.relevance)
    return {name: max(-_BOUND, min(_BOUND, value)) for name, value in zip(READ_SENTENCE_FEATURES, found, strict=True)}


def answer_in(candidate: Candidate, readings: Readings) -> Span | None:
    """The words of a candidate that answer, in the document; None where it is likelier that nothing there does.

    Nor where the reader is unsure of them: bold words that are not the answer are worse than none. It has learnt from
    too few reasons to tell where one ends, so that they are never asked for here.
    """
    reading = readings.get(candidate.passage.chunk.id)
    if reading is None or reading.sentences[candidate.position] <= 0:
        return None
    if reading.certainties[candidate.position] < _SURE:
        return None
    words = reading.answers[candidate.position]
    span = words.shifted(candidate.passage.chunk.span.start) if words is not None else None
    return span if span is not None and candidate.span.contains(span) else None
