from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.coverage import coverage, listed, parted_by
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.answering.scoring import EvidenceScorer
from assistant.answering.subjects import subjects_of
from assistant.embedding.hashing import HashingEmbedder
from assistant.index.store import Store
from assistant.types import Answer, Coverage, DateRange, Disagreement, Done, Filters, Side, Span
from tests.answering.memory import MemoryCorpus
from tests.index.corpora import DIMENSIONS, document, put

CLOSED = document("2023-05-02-arlen.txt", "Ida Holm closed the harbour of Arlen because of ice.", day=date(2023, 5, 2))
OPENED = document("2023-06-10-arlen.txt", "The harbour of Arlen is open again.", day=date(2023, 6, 10))
UNDATED = document("arlen.txt", "Arlen is a town with a harbour.")
BEIJING = document("2023-07-01-talks.txt", "Beijing declined the talks about shipping.", day=date(2023, 7, 1))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store(tmp_path_factory.mktemp("index") / "index.sqlite", dimensions=DIMENSIONS)
    put(opened, CLOSED, OPENED, UNDATED, BEIJING)
    yield opened
    opened.close()


def asked(store: Store, question: str, *, filters: Filters = Filters()) -> Answer:
    """The answer of the extractive answerer, which finds passages in memory and mentions in the store."""
    embedder = HashingEmbedder()
    corpus = MemoryCorpus([CLOSED, OPENED, UNDATED, BEIJING], embedder)
    *_, last = ExtractiveAnswerer(corpus, embedder, corpus, mentions=store).stream(question, question, filters=filters)
    assert isinstance(last, Done)
    return last.answer


def covered(store: Store, question: str, *, filters: Filters = Filters()) -> Coverage | None:
    scorer = EvidenceScorer(HashingEmbedder(), store)
    query = scorer.read(question, subjects_of(question, store.document_frequency))
    return coverage(query, store, filters=filters)


def paths(found: Coverage | None) -> list[str]:
    assert found is not None
    return [source.path for source in found.others]


@pytest.mark.parametrize(
    ("question", "subject"),
    [("Which harbour has ferries?", "ferries"), ("Which harbour?", "harbour"), ("Who closed the harbour?", "harbour")],
)
def test_the_kind_of_thing_that_is_asked_for_is_no_subject_beside_others(
    store: Store, question: str, subject: str
) -> None:
    found = covered(store, question)
    assert found is not None
    assert found.subject == subject


def test_what_is_cited_is_used_and_the_other_documents_come_newest_first(store: Store) -> None:
    answer = asked(store, "Why did Ida Holm close the harbour of Arlen?")
    assert answer.outcome == "answered"
    assert answer.coverage is not None
    cited = {citation.source.document_id for citation in answer.citations}
    assert {source.document_id for source in answer.coverage.used} == cited
    assert cited.isdisjoint(source.document_id for source in answer.coverage.others)


def test_documents_that_mention_the_subject_are_listed_newest_first_and_undated_ones_last(store: Store) -> None:
    found = covered(store, "What happened in Arlen?")
    assert found is not None
    assert (found.subject, found.used) == ("Arlen", ())
    assert paths(found) == [OPENED.source.path, CLOSED.source.path, UNDATED.source.path]


def test_a_document_that_is_quoted_and_does_not_mention_the_subject_is_not_counted(store: Store) -> None:
    answer = asked(store, "Why did Ida Holm close the harbour of Arlen?")
    found = covered(store, "What happened in Beijing?")
    assert found is not None
    parted = parted_by(found, answer)
    assert (parted.used, paths(parted)) == ((), ["2023-07-01-talks.txt"])


def test_names_are_looked_for_together(store: Store) -> None:
    found = covered(store, "What did Ida Holm do in Arlen?")
    assert found is not None
    assert found.subject == "Ida Holm and Arlen"
    assert paths(found) == [CLOSED.source.path]


def test_a_country_is_mentioned_by_its_capital(store: Store) -> None:
    found = covered(store, "why did china decline?")
    assert found is not None
    assert found.subject == "china"
    assert paths(found) == [BEIJING.source.path]


def test_a_name_that_no_document_has_is_the_subject(store: Store) -> None:
    assert covered(store, "What did India say about Arlen?") == Coverage("India", (), ())


def test_a_question_without_names_is_about_the_rarest_words_of_its_noun_phrases(store: Store) -> None:
    found = covered(store, "was there ice in the harbour?")
    assert found is not None
    assert found.subject == "ice and harbour"
    found = covered(store, "is the harbour open?")
    assert found is not None
    assert found.subject == "harbour"
    assert paths(found) == [OPENED.source.path, CLOSED.source.path, UNDATED.source.path]


@pytest.mark.parametrize(
    "question",
    [
        "what is it about?",
        "what happened?",
        "What happened on 17 July?",
        "What happened in the end?",
        "What's going on?",
        "how many were killed?",
        "Which ones have not opened yet?",
        "Was the three-way closed?",
    ],
)
def test_verbs_numbers_months_and_words_that_only_point_to_something_are_no_subject(
    store: Store, question: str
) -> None:
    assert covered(store, question) is None


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("What is going on with shipping?", "shipping"),
        ("Did Arlen's harbour open?", "Arlen"),
        ("How much is the F-16 sale to Arlen worth?", "Arlen"),
        ("Compare Beijing's talks of May and June.", "Beijing"),
        ("Why did Ida Holm’s men close the harbour?", "Ida Holm"),
        ("Did Ida Holm and Arlen and Borl agree?", "Borl"),
    ],
)
def test_a_subject_is_told_without_possessive_ending_or_verb(store: Store, question: str, subject: str) -> None:
    found = covered(store, question)
    assert found is not None
    assert found.subject == subject


def test_three_names_are_told_with_one_and() -> None:
    assert listed(["China"]) == "China"
    assert listed(["Germany", "the Suez Canal"]) == "Germany and the Suez Canal"
    assert listed(["Hungary", "Sweden", "Turkey"]) == "Hungary, Sweden and Turkey"


def test_documents_that_do_not_pass_the_filters_are_not_counted(store: Store) -> None:
    until_may = Filters(dates=DateRange(None, date(2023, 5, 31)))
    assert paths(covered(store, "What happened in Arlen?", filters=until_may)) == [CLOSED.source.path]


def test_of_an_overview_the_topic_is_the_subject_and_not_the_words_of_the_request(store: Store) -> None:
    found = asked(store, "summarise the ice in the harbour").coverage
    assert found is not None
    assert found.subject == "ice and harbour"


def test_without_an_index_that_tells_there_is_no_coverage() -> None:
    embedder = HashingEmbedder()
    corpus = MemoryCorpus([CLOSED], embedder)
    *_, last = ExtractiveAnswerer(corpus, embedder, corpus).stream("Who closed it?", "Who closed the harbour?")
    assert isinstance(last, Done)
    assert last.answer.coverage is None


def test_documents_that_say_the_opposite_or_differ_are_quoted_and_so_used(store: Store) -> None:
    found = covered(store, "Why was the harbour of Arlen closed?")
    assert found is not None
    first, second, *rest = (Side(source, "c", Span(0, 2), "It", Span(0, 2)) for source in found.others)
    answer = Answer("?", "?", "", "abstained", contrary=(first,), disagreements=(Disagreement("date", "", (second,)),))
    parted = parted_by(found, answer)
    assert parted.used == (first.source, second.source)
    assert parted.others == tuple(side.source for side in rest)


def test_a_name_that_is_also_a_word_is_counted_where_it_stands_as_a_name(tmp_path: Path) -> None:
    named = document("a.txt", "Minister Ada Links closed the harbour.")
    word = document("b.txt", "The links to the harbour are old.")
    opened = Store(tmp_path / "index.sqlite", dimensions=DIMENSIONS)
    put(opened, named, word)
    try:
        assert paths(covered(opened, "What did Links say about the harbour?")) == ["a.txt"]
        assert paths(covered(opened, "What did Ada Links say about the harbour?")) == ["a.txt"]
        assert len(paths(covered(opened, "are the links old?"))) == 2
    finally:
        opened.close()
