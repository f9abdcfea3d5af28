"""A name and the abbreviation that a document defines for it count as one, from the question to the coverage."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assistant.answering.asked.asked_for import asked_for
from assistant.answering.coverage import coverage
from assistant.answering.evidence import Evidence
from assistant.answering.query import Query
from assistant.answering.scoring import EvidenceScorer
from assistant.answering.subjects import subjects_of
from assistant.embedding.hashing import HashingEmbedder
from assistant.index.store import Store
from assistant.retrieval.other_names import named_otherwise
from tests.answering.memory import MemoryCorpus, document
from tests.index.corpora import DIMENSIONS, put
from tests.index.corpora import document as stored

TREATY = "The Arlen Lake Commission (ALC) has eight members, four from each side."
REVIEW = "The ALC fined Ostria 28,000 crowns in March.\nBody: ALC | Fines: 3\nBody: BLC | Fines: 4"
LIBRARY = "The Arlen Library Club (ALC) fined readers 300 crowns in March."
QUESTION = "How many crowns did the Arlen Lake Commission fine Ostria?"


def judged(question: str, *texts: str) -> tuple[Query, dict[str, Evidence]]:
    """The question and its evidence, by the first words of its text."""
    corpus = MemoryCorpus([document(f"{n}.txt", text) for n, text in enumerate(texts)], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    subjects = subjects_of(question, corpus.document_frequency)
    query = scorer.read(question, subjects, named_otherwise(question, corpus))
    return query, {one.text[:14]: one for one in scorer.score(query, corpus.retrieve(question))}


def test_a_sentence_names_what_is_asked_by_its_short_name() -> None:
    _, known = judged(QUESTION, TREATY, REVIEW)
    _, unknown = judged(QUESTION, REVIEW)
    there, not_there = known["The ALC fined "], unknown["The ALC fined "]
    assert (there.names, not_there.names) == (1.0, 0.5)
    assert there.coverage > not_there.coverage


def test_and_by_its_long_name() -> None:
    _, known = judged("How many members has the ALC?", "The Arlen Lake Commission met.", REVIEW, TREATY)
    assert known["The Arlen Lake"].names == 1.0


def test_but_not_in_a_document_that_means_something_else_by_it() -> None:
    _, known = judged("What did the Arlen Lake Commission fine?", TREATY, REVIEW, LIBRARY)
    assert known["The Arlen Libr"].names == known["The ALC fined "].names == 0.0
    assert known["The Arlen Lake"].names == 1.0


def test_a_row_of_a_table_is_about_it() -> None:
    query, known = judged("How many fines did the Arlen Lake Commission set?", TREATY, REVIEW)
    left = asked_for(query, None).among(list(known.values()))
    assert [one.text for one in left if " | " in one.text] == ["Body: ALC | Fines: 3"]


def covered(store: Store, question: str) -> list[str]:
    """The paths of the documents that mention what is asked about."""
    subjects = subjects_of(question, store.document_frequency)
    query = EvidenceScorer(HashingEmbedder(), store).read(question, subjects, named_otherwise(question, store))
    found = coverage(query, store)
    return [] if found is None else [source.path for source in found.others]


def test_coverage_counts_the_documents_of_both_names(tmp_path: Path) -> None:
    store = Store(tmp_path / "index.sqlite", dimensions=DIMENSIONS)
    put(
        store,
        stored("treaty.txt", TREATY, day=date(2022, 9, 30)),
        stored("review.txt", REVIEW),
        stored("x.txt", "Rain"),
    )
    assert covered(store, "What did the Arlen Lake Commission do?") == ["treaty.txt", "review.txt"]
    assert covered(store, "What did the ALC do?") == ["treaty.txt", "review.txt"]
    put(store, stored("library.txt", LIBRARY))
    assert covered(store, "What did the Arlen Lake Commission do?") == ["treaty.txt"]
    store.close()
