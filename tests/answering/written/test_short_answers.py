"""A short answer counts as said where a source gives it as the answer, not wherever its words stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from assistant.answering.written.alignment import carriers, rarity
from assistant.answering.written.short_answers import answering, is_short_answer
from assistant.answering.written.verification import SentenceVerifier
from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.hashing import HashingEmbedder
from assistant.embedding.transformer import TransformerEmbedder
from assistant.reading.base import Reading, Text
from assistant.reading.cross_encoder import CrossEncoder
from assistant.reading.reading_verifier import ReadingVerifier
from assistant.reading.words_and_vectors import WordsAndVectors
from assistant.types import Passage
from tests.answering.memory import document

HASHED = HashingEmbedder()
CHUNKER = SentenceChunker(HASHED.count_tokens, max_tokens=HASHED.max_tokens)
DRONES = (
    "Drones struck the harbour of Sevastopol on 29 October 2022. Russia suspended its part in the grain deal that day. "
    "Ukraine exported 9 million tonnes of grain under the deal until then. The United Nations and Turkey went on with "
    "inspections. Guterres delayed a journey to Algiers to save the deal."
)


def passages(text: str = DRONES) -> list[Passage]:
    written = document("grain.txt", text, title="The grain deal is suspended", day=date(2022, 10, 30))
    return [Passage(chunk, written.source, 1, 1.0, "memory") for chunk in CHUNKER.chunk(written)]


@pytest.fixture(scope="module")
def checker() -> SentenceVerifier:
    reader = CrossEncoder()
    return SentenceVerifier(ReadingVerifier(reader, WordsAndVectors(TransformerEmbedder())), reader=reader)


@pytest.mark.parametrize(
    "text",
    ["Israel", "From Ukraine.", "- 9 million tonnes", "The Los Angeles Angels", "29 October 2022", "an armed group"],
)
def test_what_is_a_short_answer(text: str) -> None:
    assert is_short_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "Russia suspended its part.",
        "The deal was suspended.",
        "Guterres delayed a journey.",
        "He doesn't know.",
        "| Invitation | early May |",
        "Drones of an unknown make from somewhere beyond the harbour of Sevastopol",
    ],
)
def test_what_is_a_statement_by_itself(text: str) -> None:
    assert not is_short_answer(text)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which harbour did the drones strike?", "Sevastopol"),
        ("When did drones strike Sevastopol?", "On 29 October 2022."),
        ("How many tonnes of grain did Ukraine export under the deal?", "9 million tonnes"),
        ("Where did Guterres delay a journey to?", "Algiers"),
    ],
)
def test_the_answer_that_the_source_gives_is_supported(checker: SentenceVerifier, question: str, answer: str) -> None:
    assert checker.check(answer, passages(), question=question).verdict.status == "supported"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("From where were the drones launched?", "From Ukraine."),
        ("Who paid for the repairs of the harbour?", "Turkey"),
        ("How many drones were shot down?", "9 million"),
    ],
)
def test_words_that_stand_there_for_something_else_are_not(
    checker: SentenceVerifier, question: str, answer: str
) -> None:
    checked = checker.check(answer, passages(), question=question)
    assert checked.verdict.status == "unsupported"
    assert checked.evidence == ()


def test_a_line_of_these_words_alone_gives_no_answer(checker: SentenceVerifier) -> None:
    cited = passages(f"{DRONES}\nUkraine and Turkey")
    asked = "Which states paid for the repairs of the lighthouse?"
    assert checker.check("Ukraine and Turkey", cited, question=asked).verdict.status == "unsupported"


def test_what_is_said_of_a_thing_with_another_number_is_no_answer() -> None:
    by_words = SentenceVerifier(WordsAndVectors(HASHED))
    listed = passages("Halftime shows of the last years follow.\nSuper Bowl LVI: Eminem, Dr. Dre.")
    asked = "Which musician played the halftime show of Super Bowl {}?"
    said = "Eminem, Dr. Dre."
    assert by_words.check(said, listed, question=asked.format("LVI")).verdict.status == "supported"
    assert by_words.check(said, listed, question=asked.format("LVIII")).verdict.status == "unsupported"


def test_a_source_that_is_nothing_but_the_answer_does_not_give_it() -> None:
    found = passages("Maryland\nVoters of Maryland approved the measure.")
    weights = rarity(found)
    near = carriers("Maryland.", found, weights)
    alone = [each for each in near if len(each.spans) == 1 and len(each.spans[0]) == len("Maryland")]
    assert alone
    given = answering("Maryland.", "Which state's voters approved the measure?", near, weights, OneACall())
    assert given
    assert alone[0] not in given


def test_without_a_reader_words_of_the_question_decide() -> None:
    by_words = SentenceVerifier(WordsAndVectors(HASHED))
    harbour = by_words.check("Sevastopol", passages(), question="Which harbour did drones strike in October 2022?")
    pilots = by_words.check("Sevastopol", passages(), question="Where do the pilots of the lighthouse service train?")
    assert (harbour.verdict.status, pilots.verdict.status) == ("supported", "unsupported")
    assert pilots.verdict.reason == "the source has these words, but does not give them as the answer"


class OneACall:
    """Reads the first text of a call, as an answer, and leaves the others unread."""

    name = "one a call"

    def load(self) -> None: ...

    def read(self, question: str, texts: Sequence[Text]) -> Sequence[Reading | None]:
        count = len(texts[0].sentences)
        return [Reading(6.0, (6.0,) * count, (None,) * count, (0.0,) * count), *[None] * (len(texts) - 1)]


def test_no_source_counts_as_no_answer_because_the_limit_left_it_unread() -> None:
    found = [*passages("Drones struck Sevastopol."), *passages("Drones from the sea struck Sevastopol.")]
    weights = rarity(found)
    near = carriers("Sevastopol", found, weights)
    assert len(near) == 2
    given = answering("Sevastopol", "Which harbour did the drones strike?", near, weights, OneACall())
    assert given == near
