import sqlite3
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.embedding.hashing import HashingEmbedder
from assistant.retrieval.lexical import LexicalRetriever, best_possible_score, fts_expression, query_terms
from tests.retrieval.conftest import TinyIndex


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Why did China decline?", ("china", "decline")),
        ("What is Li's rank?", ("li", "rank")),
        ("anti-ship missiles, anti-air missiles", ("anti", "ship", "missiles", "air")),
        ("a rise of 3.5% to 1,200", ("rise", "3.5", "1,200")),
        ("who was it?", ("who", "was", "it")),
        ("🤷", ()),
        ("", ()),
    ],
)
def test_a_question_is_searched_by_its_distinct_content_words(question: str, terms: tuple[str, ...]) -> None:
    assert query_terms(question) == terms


@given(st.text() | st.text(alphabet="\"'*^:(){}+-NEAR AND OR NOT\0\ud800é٣"))
def test_nothing_a_person_types_breaks_the_syntax(question: str) -> None:
    terms = query_terms(question)
    if terms:
        with sqlite3.connect(":memory:") as database:
            database.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'porter unicode61')")
            database.execute("SELECT rowid FROM words WHERE words MATCH ?", (fts_expression(terms),)).fetchall()
        database.close()


def test_a_decimal_number_is_found_as_it_is_written_and_not_by_its_parts(
    index: TinyIndex, embedder: HashingEmbedder
) -> None:
    index.add(embedder, "right.txt", "Spending rose by 3.5 percent.")
    index.add(embedder, "wrong.txt", "Paragraph 5 has 3 tables.")
    found = LexicalRetriever(index).retrieve("3.5")
    assert [passage.source.path for passage in found] == ["right.txt"]


def test_passages_without_any_of_the_words_are_not_found(index: TinyIndex, embedder: HashingEmbedder) -> None:
    index.add(embedder, "a.txt", "The ministers met in Singapore.")
    assert LexicalRetriever(index).retrieve("harvest") == []
    assert LexicalRetriever(index).retrieve("🤷") == []


def test_a_word_is_found_in_its_other_spelling(index: TinyIndex, embedder: HashingEmbedder) -> None:
    index.add(embedder, "british.md", "The defence programme was authorised.")
    index.add(embedder, "american.md", "The defense program was authorized.")
    index.add(embedder, "neither.md", "The fence was painted.")
    for question in ("defence programme", "Defense program"):
        found = LexicalRetriever(index).retrieve(question)
        assert {passage.source.path for passage in found} == {"british.md", "american.md"}
    assert index.document_frequency(["defence", "defense"]) == {"defence": 2, "defense": 2}


def test_a_word_in_the_title_counts_for_more_than_one_in_the_text(index: TinyIndex, embedder: HashingEmbedder) -> None:
    for number in range(4):
        index.add(embedder, f"{number}.txt", "Something about the weather.", title="Other")
    index.add(embedder, "text.txt", "Something about the harvest.", title="Notice")
    index.add(embedder, "title.txt", "Something about the notices.", title="Harvest")
    assert LexicalRetriever(index).retrieve("harvest")[0].source.path == "title.txt"


def test_no_passage_exceeds_the_best_possible_score(index: TinyIndex, embedder: HashingEmbedder) -> None:
    for number in range(6):
        index.add(embedder, f"{number}.txt", "Rain over the hills.")
    index.add(embedder, "loud.txt", "harvest " * 80, title="harvest harvest")
    terms = query_terms("harvest tax")
    best = best_possible_score(index, terms)
    scores = [passage.score for passage in LexicalRetriever(index).retrieve("harvest tax")]
    assert scores
    assert all(0 < score < best for score in scores)


def test_chunks_that_a_sync_adds_while_words_are_counted_do_no_harm(
    index: TinyIndex, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.add(embedder, "a.txt", "The harvest was late.")
    count = index.document_frequency

    def counted_late(terms: Sequence[str]) -> Mapping[str, int]:
        for number in range(3):
            index.add(embedder, f"{number}.txt", f"Harvest {number} was late.")
        return count(terms)

    monkeypatch.setattr(index, "document_frequency", counted_late)
    assert 0.0 < best_possible_score(index, ["harvest"]) < 1e-3
