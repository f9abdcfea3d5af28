"""A written sentence counts as said where a source bears it out, and only there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.written.verification import Checked, SentenceVerifier
from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.hashing import HashingEmbedder
from assistant.embedding.transformer import TransformerEmbedder
from assistant.reading.cross_encoder import CrossEncoder
from assistant.reading.reading_verifier import ReadingVerifier
from assistant.reading.words_and_vectors import WordsAndVectors
from assistant.types import Passage
from tests.answering.memory import document

HASHED = HashingEmbedder()
CHUNKER = SentenceChunker(HASHED.count_tokens, max_tokens=HASHED.max_tokens)
BY_WORDS = SentenceVerifier(WordsAndVectors(HASHED))

HARBOUR = (
    "On 12 May 2021 a crane fell into the fairway of Arlen. The harbour was closed for 31 days. "
    "Mayor Ina Holt said that trade could suffer. Pilot Per Dahl called the delay “a scandal”. "
    "Borl did not close its harbour."
)
RAILWAY = "The railway of Borl carried 40,000 tonnes of corn in June 2021. Engineer Ada Lund led the work."


def passages(text: str, path: str = "a.txt") -> list[Passage]:
    written = document(path, text, title=f"News of {path}", day=date(2021, 7, 1))
    return [Passage(chunk, written.source, 1, 1.0, "memory") for chunk in CHUNKER.chunk(written)]


@pytest.fixture(scope="module")
def checker() -> SentenceVerifier:
    embedder = TransformerEmbedder()
    return SentenceVerifier(ReadingVerifier(CrossEncoder(), WordsAndVectors(embedder)))


def quotes(checked: Checked) -> list[str]:
    found = []
    for passage, span in checked.evidence:
        assert passage.chunk.span.contains(span)
        found.append(span.shifted(-passage.chunk.span.start).of(passage.chunk.text))
    return found


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("A crane fell into the fairway of Arlen on May 12, 2021.", "On 12 May 2021 a crane fell"),
        ("The harbour was closed for thirty-one days.", "The harbour was closed for 31 days."),
        ("Ina Holt said trade could suffer.", "Mayor Ina Holt said that trade could suffer."),
        ("Dahl called the delay “a scandal”.", "Pilot Per Dahl called the delay"),
    ],
)
def test_what_the_source_says_in_other_words_is_supported(
    checker: SentenceVerifier, sentence: str, evidence: str
) -> None:
    checked = checker.check(sentence, passages(HARBOUR))
    assert checked.verdict.status == "supported"
    assert quotes(checked)[0].startswith(evidence)


@pytest.mark.parametrize(
    ("sentence", "status", "failure"),
    [
        ("A crane fell into the fairway of Arlen on 13 May 2021.", "contradicted", "date mismatch"),
        ("The harbour was closed for 30 days.", "contradicted", "number mismatch"),
        ("Borl closed its harbour.", "contradicted", "negation"),
        ("Per Dahl said that trade could suffer.", "contradicted", "wrong speaker"),
        ("A crane fell into the fairway of Arlen on 12 May 2021 and killed Ada Lund.", "unsupported", "misattributed"),
        ("Elephants escaped from the zoo.", "unsupported", "fabricated"),
    ],
)
def test_what_the_source_does_not_say_is_not(
    checker: SentenceVerifier, sentence: str, status: str, failure: str
) -> None:
    checked = checker.check(sentence, passages(HARBOUR), passages(RAILWAY, "b.txt"))
    assert (checked.verdict.status, checked.verdict.failure) == (status, failure)
    assert checked.verdict.reason
    assert checked.evidence == ()


def test_what_somebody_said_is_partly_borne_out_as_a_fact(checker: SentenceVerifier) -> None:
    checked = checker.check("Trade could suffer.", passages(HARBOUR))
    assert (checked.verdict.status, checked.verdict.failure) == ("partly", "dropped hedge")
    assert checked.verdict.reason == "the source has this from Mayor Ina Holt"
    assert quotes(checked) == ["Mayor Ina Holt said that trade could suffer."]


def test_another_passage_corrects_the_citation(checker: SentenceVerifier) -> None:
    (railway,) = passages(RAILWAY, "b.txt")
    checked = checker.check(
        "In June 2021 the railway of Borl carried 40,000 tonnes of corn.", passages(HARBOUR), [railway]
    )
    assert checked.verdict.status == "supported"
    assert [passage for passage, _ in checked.evidence] == [railway]


def test_each_part_of_a_joined_sentence_has_its_own_source(checker: SentenceVerifier) -> None:
    joined = (
        "A crane fell into the fairway of Arlen on 12 May 2021, and the railway of Borl carried 40,000 tonnes of corn."
    )
    cited = [*passages(HARBOUR), *passages(RAILWAY, "b.txt")]
    checked = checker.check(joined, cited)
    assert checked.verdict.status == "supported"
    assert [passage.source.path for passage, _ in checked.evidence] == ["a.txt", "b.txt"]
    crossed = "The railway of Borl fell into the fairway of Arlen on 12 May 2021."
    assert checker.check(crossed, cited).verdict.status in ("unsupported", "contradicted")


class Refusing:
    """Supports nothing, and notes how often it is asked."""

    name = "refusing"
    threshold = 0.5

    def __init__(self) -> None:
        self.calls = 0

    def support(self, claims: Sequence[tuple[str, str]]) -> Sequence[float]:
        self.calls += 1
        return [0.0] * len(claims)


def test_the_verifier_has_the_last_word_and_is_asked_once() -> None:
    verifier = Refusing()
    checked = SentenceVerifier(verifier).check("A crane fell into the fairway.", passages(HARBOUR))
    assert checked.verdict.status == "unsupported"
    assert verifier.calls == 1


def test_a_sentence_that_says_nothing_can_be_dropped() -> None:
    assert not BY_WORDS.check("Here is what the briefings say:", passages(HARBOUR)).asserts


def test_a_claim_behind_a_courtesy_is_judged() -> None:
    checked = BY_WORDS.check("Here are the facts: Borl closed its harbour on 3 May 2023.", passages(HARBOUR))
    assert checked.asserts
    assert checked.verdict.status != "supported"


def test_the_last_word_of_a_list_begins_no_part_of_its_own(checker: SentenceVerifier) -> None:
    mace = passages(
        "In front of the desk is the mace, inscribed with the words: Wisdom, Compassion, Justice and Integrity."
    )
    asked = "The words Wisdom, Compassion, Justice, and {} are inscribed on what?"
    said = "The words Wisdom, Compassion, Justice, and {} are inscribed on the mace."
    for word, status in (("Integrity", "supported"), ("Integration", "unsupported")):
        assert checker.check(said.format(word), mace, question=asked.format(word)).verdict.status == status


def test_a_bare_yes_or_no_says_nothing() -> None:
    checked = BY_WORDS.check("No.", passages("Was it open? No. It was closed."))
    assert (checked.verdict.status, checked.asserts) == ("unsupported", False)


@given(st.text(alphabet="ab cd.E,1“”\n-", max_size=200))
def test_every_sentence_of_a_passage_is_supported_by_it(text: str) -> None:
    if not text.strip():
        return
    found = passages(text)
    for passage in found:
        for span in passage.chunk.sentences:
            sentence = span.shifted(-passage.chunk.span.start).of(passage.chunk.text)
            checked = BY_WORDS.check(sentence, found)
            if any(character.isalnum() for character in sentence):
                assert checked.verdict.status == "supported"
                assert sentence in quotes(checked)[0] or quotes(checked)[0] in sentence


@given(st.text(), st.text(min_size=1).filter(lambda text: text.strip()))
def test_no_text_is_too_strange(sentence: str, source: str) -> None:
    found = passages(source)
    checked = BY_WORDS.check(sentence, found[:1], found[1:])
    quotes(checked)
    assert bool(checked.evidence) is (checked.verdict.status in ("supported", "partly"))
