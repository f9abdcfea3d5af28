from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError, StorageError
from assistant.index.rows import FileRow, vector_key
from assistant.index.store import Store
from assistant.index.vectors.state import stored_stamp
from assistant.types import DateRange, Document, Filters, Heading, Locator, Page, Source, Span
from tests.index.corpora import DIMENSIONS, document, embedder, put

TEXTS = {
    "a.md": "The minister visited Singapore. Talks on fisheries failed.",
    "b.md": "Fisheries quotas rose by 4 percent. The minister was absent.",
    "c/d.md": "Élan vital is a phrase. Nothing else happened here.",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "index.sqlite", dimensions=DIMENSIONS)
    put(
        opened,
        document("a.md", TEXTS["a.md"], day=date(2020, 1, 2), publisher="Ministry"),
        document("b.md", TEXTS["b.md"], day=date(2021, 1, 2)),
        document("c/d.md", TEXTS["c/d.md"]),
    )
    yield opened
    opened.close()


def paths(store: Store, hits: list[tuple[str, float]]) -> list[str]:
    return [source.path for _, source in store.chunks([chunk_id for chunk_id, _ in hits])]


def test_a_document_comes_back_as_it_was_put_in(tmp_path: Path) -> None:
    text = "Head\n\nOne two.\0 Three."
    over = text.index("Three")
    head = Source("id1", "x/y.pdf", "Title ü", "application/pdf", "hash", date(2024, 2, 29), "Who", "Me")
    whole = Document(
        head,
        text,
        "x/y.pdf",
        (Heading(1, Span(0, 4)),),
        (Page(3, "iv", Span(0, over)), Page(4, "v", Span(over, len(text)))),
        ("a warning",),
    )
    store = Store(tmp_path / "index.sqlite", dimensions=DIMENSIONS)
    put(store, whole)
    store.close()
    store = Store(tmp_path / "index.sqlite", dimensions=DIMENSIONS)
    assert store.documents() == [whole] == [store.document("id1")] == [store.document("x/y.pdf")]
    assert store.sources() == (head,)
    chunks = store.chunks_of("id1")
    assert [(chunk.span.of(text), chunk.page_label) for chunk in chunks] == [(text, "iv")]
    assert chunks[0].locators == (Locator(over, ("Head",), 4, "v"),)
    store.close()


def test_an_unknown_document_is_none(store: Store) -> None:
    assert store.document("nowhere") is None
    assert store.chunks_of("nowhere") == []


def test_of_the_chunks_of_a_document_some_can_be_asked_for_by_their_places(tmp_path: Path) -> None:
    store = Store(tmp_path / "index.sqlite", dimensions=DIMENSIONS)
    put(store, document("long.md", " ".join(f"Sentence {n} says what it says." for n in range(300))))
    chunks = store.chunks_of(store.sources()[0].document_id)
    assert len(chunks) > 4
    assert store.chunks_of(chunks[0].document_id, range(2, 4)) == chunks[2:4]
    assert store.chunks_of(chunks[0].document_id, range(0)) == []
    store.close()


def test_chunks_come_in_the_order_asked_for_and_unknown_ids_are_left_out(store: Store) -> None:
    ids = [store.chunks_of(head.document_id)[0].id for head in store.sources()]
    asked = [ids[2], "ghost", ids[0]]
    assert [chunk.id for chunk, _ in store.chunks(asked)] == [ids[2], ids[0]]


def test_words_are_found_by_stem_and_without_accents(store: Store) -> None:
    assert sorted(paths(store, store.search_words('"fishery"', 10))) == ["a.md", "b.md"]
    assert paths(store, store.search_words('"elan"', 10)) == ["c/d.md"]


def test_scores_of_words_fall_along_the_list(store: Store) -> None:
    hits = store.search_words('"minister" OR "Singapore"', 10)
    assert paths(store, hits)[0] == "a.md"
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)


@pytest.mark.parametrize(
    ("filters", "allowed"),
    [
        (Filters(), {"a.md", "b.md"}),
        (Filters(publishers=("Ministry",)), {"a.md"}),
        (Filters(dates=DateRange(date(2021, 1, 1))), {"b.md"}),
        (Filters(media_types=("application/pdf",)), set()),
    ],
    ids=["none", "publisher", "dates", "nothing passes"],
)
def test_filters_limit_both_searches_to_documents_that_pass(store: Store, filters: Filters, allowed: set[str]) -> None:
    vector = embedder().encode(["minister fisheries"])[0]
    assert set(paths(store, store.search_words('"minister"', 10, filters))) == allowed
    assert set(paths(store, store.exact_nearest(vector, 2, filters))) == allowed


def test_an_expression_that_fts5_refuses_is_an_input_error(store: Store) -> None:
    with pytest.raises(InputError, match="double quotes"):
        store.search_words('minister AND "', 10)


def test_the_frequency_of_a_word_counts_chunks(store: Store) -> None:
    found = store.document_frequency(["minister", "fishery", "absent", "zebra", 'odd"quote', ""])
    assert found == {"minister": 2, "fishery": 2, "absent": 1, "zebra": 0, 'odd"quote': 0, "": 0}


def test_documents_that_mention_any_of_the_words_are_told_once_each_and_filtered(store: Store) -> None:
    assert [head.path for head in store.mentioning(["minister"])] == ["a.md", "b.md"]
    assert [head.path for head in store.mentioning(["fishery", "elan"])] == ["a.md", "b.md", "c/d.md"]
    assert [head.path for head in store.mentioning(["fisheries quotas"])] == ["b.md"]
    assert [head.path for head in store.mentioning(["briefing"])] == ["a.md", "b.md", "c/d.md"]  # their title
    later = Filters(dates=DateRange(date(2020, 6, 1), None))
    assert [head.path for head in store.mentioning(["minister"], later)] == ["b.md"]
    assert store.mentioning([]) == store.mentioning([" ", ""]) == store.mentioning(["zebra", 'odd"quote']) == ()


def test_every_passage_is_nearest_to_its_own_vector(store: Store) -> None:
    for head in store.sources():
        for chunk in store.chunks_of(head.document_id):
            vector = embedder().encode([chunk.text])[0]
            best, score = store.exact_nearest(vector, 1)[0]
            assert best == chunk.id
            assert score == pytest.approx(1.0, abs=1e-6)


def test_a_search_for_nothing_or_in_nothing_finds_nothing(tmp_path: Path, store: Store) -> None:
    vector = embedder().encode(["x"])[0]
    assert store.exact_nearest(vector, 0) == []
    assert store.search_words('"minister"', 0) == []
    empty = Store(tmp_path / "empty.sqlite", dimensions=DIMENSIONS)
    assert empty.exact_nearest(vector, 5) == []
    empty.close()


def test_a_replaced_file_leaves_no_trace_of_what_it_said_before(store: Store) -> None:
    before = store.chunk_count
    put(store, document("a.md", "Entirely new."))
    assert store.search_words('"Singapore"', 10) == []
    assert paths(store, store.search_words('"entirely"', 10)) == ["a.md"]
    assert store.chunk_count <= before
    assert {head.path for head in store.sources()} == set(TEXTS)


def test_a_removed_file_is_found_no_more(store: Store) -> None:
    store.remove_file("b.md")
    assert store.document("b.md") is None
    assert paths(store, store.search_words('"fishery"', 10)) == ["a.md"]
    assert "b.md" not in paths(store, store.exact_nearest(embedder().encode(["quotas"])[0], 10))


def test_a_change_that_fails_changes_nothing(store: Store) -> None:
    before = (store.documents(), store.files(), store.chunk_count)
    bad = document("a.md", "New text. More of it.")
    with pytest.raises(UnicodeEncodeError):
        store.replace_file(
            FileRow("a.md", 1, 1, "h", "indexed"), [(bad, ()), (document("b2.md", "lone \ud800", file="a.md"), ())], {}
        )
    assert (store.documents(), store.files(), store.chunk_count) == before


def test_identical_passages_share_one_vector(store: Store) -> None:
    before = store.vector_count
    put(store, document("copy.md", TEXTS["a.md"]))
    assert store.vector_count == before
    key = vector_key(embedder().fingerprint, store.chunks_of(store.sources()[0].document_id)[0].text)
    assert len(store.chunk_ids_of([key])[key]) == 2


def test_vectors_are_removed_only_when_no_chunk_refers_to_them(store: Store) -> None:
    assert store.remove_unused_vectors() == 0
    put(store, document("copy.md", TEXTS["a.md"]))
    store.remove_file("a.md")
    assert store.remove_unused_vectors() == 0
    store.remove_file("copy.md")
    assert store.remove_unused_vectors() > 0
    assert store.vector_count == len(store.known_keys(_keys(store)))


def _keys(store: Store) -> list[str]:
    model = embedder()
    return [
        vector_key(model.fingerprint, chunk.text)
        for head in store.sources()
        for chunk in store.chunks_of(head.document_id)
    ]


def test_readers_are_not_stopped_by_a_write_in_progress(store: Store) -> None:
    read: list[int] = []
    with store._connections.writing() as connection:
        connection.execute("DELETE FROM chunks")
        reader = threading.Thread(target=lambda: read.append(store.chunk_count))
        reader.start()
        reader.join(timeout=10)
        connection.execute("ROLLBACK")
        connection.execute("BEGIN")
    assert read == [store.chunk_count]
    assert read[0] > 0


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StorageError, match="was closed"):
        store.documents()


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.integers(1, 12), st.integers(0, 5))
def test_exact_search_is_the_sorted_list_of_all_cosines(angles: list[int], k: int, asked: int) -> None:
    from assistant.index.exact import ExactSearch

    def unit(angle: int) -> np.ndarray:
        return np.array([np.cos(angle / 4), np.sin(angle / 4)], dtype=np.float32)

    matrix = np.stack([unit(angle) for angle in angles])
    search = ExactSearch(
        matrix, [str(i) for i in range(len(angles))], np.arange(len(angles), dtype=np.int32) % 2, ["even", "odd"]
    )
    scores = matrix @ unit(asked)
    expected = sorted(range(len(angles)), key=lambda i: (-scores[i], i))
    assert [name for name, _ in search.nearest(unit(asked), k)] == [str(i) for i in expected[:k]]
    odd = [i for i in expected if i % 2 == 1]
    assert [name for name, _ in search.nearest(unit(asked), k, frozenset({"odd"}))] == [str(i) for i in odd[:k]]


def test_every_change_of_vectors_and_no_other_is_told(store: Store) -> None:
    seen = [stored_stamp(store.path)]

    def is_told() -> bool:
        seen.append(stored_stamp(store.path))
        return seen[-1] not in seen[:-1]

    put(store, document("a.md", TEXTS["a.md"], publisher="Another"))  # with the vectors that it had
    store.set_meta({"note": "1"})
    assert not is_told()
    put(store, document("e.md", "Zebras graze. Nobody saw them."))
    assert is_told()
    store.remove_file("e.md")
    assert not is_told()
    store.remove_unused_vectors()
    assert is_told()
    store.remove_unused_vectors()
    assert not is_told()
    put(store, document("f.md", "Camels graze. Nobody saw them."))  # in the rows of those that were removed
    assert is_told()
    store.start_again({}, keep_vectors=True)
    assert not is_told()
    store.start_again({}, keep_vectors=False)
    assert is_told()
