"""A pronoun of a draft must stand for the one for whom it stands in the source."""

from __future__ import annotations

import pytest

from assistant.answering.written.pronouns import is_somebody_else
from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.hashing import HashingEmbedder
from assistant.types import Passage
from tests.answering.memory import document

HASHED = HashingEmbedder()
SOURCE = (
    "Defence Minister Wei Fang came to Arlen. He spoke for an hour. The harbour was full. Mayor Ina Holt came, too. "
    "She declined the meeting. She left early. Pilot Per Dahl stayed."
)


def judged(sentence: str, before: list[str], question: str, quote: str, source: str = SOURCE) -> bool:
    written = document("a.txt", source)
    [chunk] = SentenceChunker(HASHED.count_tokens, max_tokens=HASHED.max_tokens).chunk(written)
    [span] = [each for each in chunk.sentences if each.of(source) == quote]
    return is_somebody_else(sentence, before, question, Passage(chunk, written.source, 1, 1.0, "memory"), span)


@pytest.mark.parametrize(
    ("sentence", "before", "quote"),
    [
        ("He declined the meeting.", ["Wei Fang came to Arlen."], "She declined the meeting."),
        ("She left early.", ["Ina Holt came.", "Then Per Dahl came.", "He stayed."], "She left early."),
        ("She spoke for an hour.", ["Ina Holt came to Arlen."], "He spoke for an hour."),
        ("He stayed.", ["Wei Fang came to Arlen.", "He spoke for an hour."], "Pilot Per Dahl stayed."),
    ],
)
def test_somebody_else(sentence: str, before: list[str], quote: str) -> None:
    assert judged(sentence, before, "Who came to Arlen?", quote)


@pytest.mark.parametrize(
    ("sentence", "before", "quote"),
    [
        ("He spoke for an hour.", ["Wei came to Arlen."], "He spoke for an hour."),
        ("She left early.", ["Ina Holt came to Arlen.", "She declined the meeting."], "She left early."),
        ("He stayed.", ["Per Dahl was there."], "Pilot Per Dahl stayed."),
        ("She declined the meeting.", ["The mayor came."], "She declined the meeting."),
        ("The harbour was full.", ["Per Dahl was there."], "The harbour was full."),
    ],
)
def test_the_same_or_nobody_named(sentence: str, before: list[str], quote: str) -> None:
    assert not judged(sentence, before, "Who came to Arlen?", quote)


def test_the_question_names_whom_the_first_sentence_speaks_of() -> None:
    quote = "She declined the meeting."
    assert judged("He declined the meeting.", [], "What did Wei Fang decline?", quote)
    assert not judged("She declined the meeting.", [], "What did Ina Holt decline?", quote)


def test_a_source_that_begins_with_a_pronoun_tells_nothing() -> None:
    assert not judged("He declined.", ["Wei Fang came."], "", "He declined.", source="He declined. It rained.")
