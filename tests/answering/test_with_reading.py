"""With a reader: what was read decides, the words that answer lie in their quotes, and the rest works as without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.answering import judging
from assistant.answering.asked.presupposition import odds_lowered
from assistant.answering.calibration import shipped_scale
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.answering.scoring import SENTENCE_FEATURES, EvidenceScorer
from assistant.embedding.hashing import HashingEmbedder
from assistant.reading.base import UNREAD, Reading, Text
from assistant.reading.cross_encoder import CrossEncoder
from assistant.reading.remembering import RememberedReadings
from assistant.types import Answer, AnswerEvent, Done, Found, Span
from tests.answering.memory import MemoryCorpus, document

ARLEN = "The pier of Arlen was shut by a storm in May 2021. Captain Rosa Lind led the salvage. Ferries use Borl."
TIN = "Tin rose by 4 per cent. Captain Odo bought the pier of Borl."


class Pointing:
    """Finds the answer in the one sentence that holds `words`, and in those words."""

    name = "pointing"

    def __init__(self, words: str, *, most: int = 100) -> None:
        self.words = words
        self.most = most
        self.given: list[str] = []

    def load(self) -> None: ...

    def read(self, question: str, texts: Sequence[Text]) -> Sequence[Reading | None]:
        self.given += [text.text for text in texts]
        return [self._reading(text) if n < self.most else None for n, text in enumerate(texts)]

    def _reading(self, text: Text) -> Reading:
        place = text.text.find(self.words)
        held = [span.start <= place < span.end for span in text.sentences]
        words = Span(place, place + len(self.words)) if place >= 0 else None
        return Reading(
            relevance=6.0 if any(held) else -6.0,
            sentences=tuple(6.0 if here else -6.0 for here in held),
            answers=tuple(words if here else None for here in held),
            certainties=tuple(-0.1 if here else UNREAD for here in held),
        )


@pytest.fixture(scope="module")
def corpus() -> MemoryCorpus:
    return MemoryCorpus([document("a.txt", ARLEN), document("b.txt", TIN)], HashingEmbedder())


def asked(corpus: MemoryCorpus, reader: Pointing | CrossEncoder, question: str) -> tuple[Answer, Found]:
    answerer = ExtractiveAnswerer(corpus, HashingEmbedder(), corpus, reader=reader)
    events = list(answerer.stream(question, question))
    *_, found = [event for event in events if isinstance(event, Found)]
    assert isinstance(events[-1], Done)
    return events[-1].answer, found


def test_what_was_read_as_the_answer_comes_first_with_its_words(corpus: MemoryCorpus) -> None:
    answer, found = asked(corpus, Pointing("Rosa Lind"), "Who led the salvage at the pier of Arlen?")
    assert found.passages[0].source.path == "a.txt"
    first = answer.citations[0]
    assert first.quote == "Captain Rosa Lind led the salvage."
    assert first.words is not None
    assert first.words.of(ARLEN) == "Rosa Lind"
    assert first.span.contains(first.words)


def test_what_was_found_is_told_before_it_was_read(corpus: MemoryCorpus) -> None:
    question = "What stood near the pier of Arlen?"
    reader = Pointing(TIN.split(".")[0])
    answerer = ExtractiveAnswerer(corpus, HashingEmbedder(), corpus, reader=reader)
    first, second = [event for event in answerer.stream(question, question) if isinstance(event, Found)]
    assert [passage.source.path for passage in first.passages] == ["a.txt", "b.txt"]
    assert [passage.source.path for passage in second.passages] == ["b.txt", "a.txt"]


def test_a_sentence_that_likelier_does_not_answer_has_no_words(corpus: MemoryCorpus) -> None:
    scorer = EvidenceScorer(HashingEmbedder(), corpus, reader=Pointing("Rosa Lind"))
    query = scorer.read("Who led the salvage?")
    evidence = scorer.score(query, corpus.retrieve("Who led the salvage?"))
    assert [one.text for one in evidence if one.answer is not None] == ["Captain Rosa Lind led the salvage."]


def test_what_was_left_unread_is_still_scored(corpus: MemoryCorpus) -> None:
    scorer = EvidenceScorer(HashingEmbedder(), corpus, reader=Pointing("Rosa Lind", most=1))
    passages = corpus.retrieve("Who led the salvage?")
    evidence = scorer.score(scorer.read("Who led the salvage?"), passages)
    assert {one.passage.chunk.id for one in evidence} == {passage.chunk.id for passage in passages}
    assert all(-10 <= one.read <= 10 for one in evidence)


def test_a_question_that_is_asked_again_is_read_and_answered_as_before() -> None:
    texts = [f"The pier of Arlen was mended in {year}. Ferries use Borl {year}." for year in range(2001, 2010)]
    corpus = MemoryCorpus([document(f"{n}.txt", text) for n, text in enumerate(texts)], HashingEmbedder())
    reader = RememberedReadings(Pointing("mended in 2009", most=3))
    answerer = ExtractiveAnswerer(corpus, HashingEmbedder(), corpus, reader=reader)
    question = "When was the pier of Arlen mended?"

    def asked_once() -> list[AnswerEvent]:
        *earlier, last = answerer.stream(question, question)
        assert isinstance(last, Done)
        return [*earlier, Done(replace(last.answer, seconds=0.0))]

    first = asked_once()
    assert [asked_once() for _ in range(3)] == [first] * 3


def test_within_one_answer_nothing_is_read_twice(corpus: MemoryCorpus) -> None:
    reader = Pointing("Rosa Lind")
    asked(corpus, reader, "Who led the salvage at the pier of Arlen?")
    assert sorted(reader.given) == sorted([ARLEN, TIN])


def test_without_a_reader_nothing_is_read(corpus: MemoryCorpus) -> None:
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    evidence = scorer.score(scorer.read("Who led the salvage?"), corpus.retrieve("Who led the salvage?"))
    assert {one.read for one in evidence} == {UNREAD}
    assert {one.answer for one in evidence} == {None}
    assert scorer.readings(scorer.read("Who?"), corpus.retrieve("Who?")) == {}


def test_every_feature_of_reading_has_a_weight() -> None:
    from assistant.answering.scoring import shipped_weights

    assert set(shipped_weights(reading=True)) == set(SENTENCE_FEATURES)
    assert shipped_weights(reading=True)["read_sentence"] > 0


@pytest.mark.parametrize(
    ("question", "words"),
    [("Who led the salvage at Arlen?", "Rosa Lind"), ("When was the pier of Arlen shut?", "May")],
)
def test_the_shipped_model_reads_the_words_out(corpus: MemoryCorpus, question: str, words: str) -> None:
    answer, _ = asked(corpus, CrossEncoder(), question)
    assert answer.outcome == "answered"
    assert answer.citations[0].words is not None
    assert words in answer.citations[0].words.of(ARLEN)


def test_reasons_are_chosen_by_words_and_vectors_and_count_half() -> None:
    told = document("a.txt", ARLEN.replace("by a storm", "because of a storm"))
    corpus = MemoryCorpus([told, document("b.txt", TIN)], HashingEmbedder())
    question = "Why was the pier of Arlen shut?"
    read, _ = asked(corpus, Pointing("Rosa Lind"), question)
    blind, _ = asked(corpus, Pointing("nowhere"), question)
    *_, last = ExtractiveAnswerer(corpus, HashingEmbedder(), corpus).stream(question, question)
    assert isinstance(last, Done)
    assert blind.answerability < read.answerability
    decided = shipped_scale().decided
    assert decided(blind.answerability) >= decided(last.answer.answerability) / 2 - 1e-9
    assert {citation.words for citation in read.citations} <= {None}


def test_what_nobody_reads_as_the_reason_and_has_no_words_of_one_is_only_nearest(corpus: MemoryCorpus) -> None:
    question = "Why was the pier of Arlen shut?"
    blind, _ = asked(corpus, Pointing("nowhere"), question)
    assert (blind.outcome, [side.quote for side in blind.likeliest]) == ("abstained", [ARLEN.split(". ")[0] + "."])
    read, _ = asked(corpus, Pointing("by a storm"), question)
    assert (read.outcome, read.likeliest) == ("answered", ())


def test_a_question_that_no_text_answers_is_refused(corpus: MemoryCorpus) -> None:
    answer, _ = asked(corpus, CrossEncoder(), "How many passengers did the ferries of Borl carry?")
    assert answer.outcome == "abstained"


def test_what_is_told_of_somebody_else_makes_every_other_answer_less_likely(
    corpus: MemoryCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    question, reader = "When did Captain Rosa Lind buy the pier of Borl?", Pointing("bought the pier")
    lowered, _ = asked(corpus, reader, question)
    monkeypatch.setattr(judging, "LESS_LIKELY_OF_OTHERS", 1.0)
    otherwise, _ = asked(corpus, reader, question)
    scale = shipped_scale()
    assert scale.decided(lowered.answerability) == pytest.approx(
        odds_lowered(scale.decided(otherwise.answerability), 10.0)
    )
    assert lowered.answerability < otherwise.answerability
