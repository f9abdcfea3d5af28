from __future__ import annotations

import threading

import pytest

from assistant.embedding.base import Vectors
from assistant.errors import IndexBusy, VectorsUnavailable
from assistant.index.briefing_index import BriefingIndex
from assistant.index.rows import vector_key
from assistant.index.vectors.index import VectorIndex
from assistant.types import Filters
from tests.index.corpora import Desk, texts

TOPICS = ["fisheries", "tariffs", "vaccines", "railways", "elections", "earthquakes", "satellites", "glaciers"]


class Answering:
    """A vector index that gives the hits it was told to give."""

    def __init__(self, hits: list[tuple[str, float]]) -> None:
        self.hits = hits
        self.applied = 0

    def nearest(self, vector: Vectors, k: int, /) -> list[tuple[str, float]]:
        return self.hits[:k]

    def prove(self) -> None:
        raise VectorsUnavailable("not asked for here")

    def apply_changes(self) -> None:
        self.applied += 1

    def wait_until_proved(self, timeout: float) -> bool:
        return False

    def problem(self) -> str | None:
        return None

    def close(self) -> None:
        self.hits = []


@pytest.fixture
def filled(desk: Desk) -> Desk:
    for number, topic in enumerate(TOPICS):
        desk.write(f"{number}.md", f"The minister spoke about {topic}. Nothing on {topic} was signed.")
    desk.once()
    return desk


def _with(filled: Desk, vectors: Answering) -> BriefingIndex:
    return BriefingIndex(filled.folder, embedder=filled.model, chunker=filled.cutter, command="test", vectors=vectors)


def test_a_proved_vector_index_gives_the_answers_of_exact_search(filled: Desk) -> None:
    with BriefingIndex.open(filled.folder, embedder=filled.model, chunker=filled.cutter) as index:
        index.warm_up()
        assert isinstance(index._vectors, VectorIndex)
        assert index._vectors.wait_until_proved(120)
        for topic in TOPICS:
            vector = filled.model.encode([f"minister {topic}"])[0]
            found = index.nearest(vector, 5)
            assert index.status().engine == "chroma"
            exact = index.store.exact_nearest(vector, 5)
            assert [score for _, score in found] == pytest.approx([score for _, score in exact], abs=1e-6)
            assert found[0][0] == exact[0][0]
        filled.write("9.md", "Volcanoes are new here.")
        filled.sync(index)
        vector = filled.model.encode(["Volcanoes are new here."])[0]
        best, _ = index.nearest(vector, 1)[0]  # at once, whichever engine is ready
        assert index.chunks([best])[0][1].path == "9.md"
        assert index._vectors.wait_until_proved(120)
        assert index.nearest(vector, 1)[0][0] == best
        assert index.status().engine == "chroma"


def test_filters_are_searched_exactly(filled: Desk) -> None:
    with _with(filled, Answering([])) as index:
        only = index.sources()[3]
        hits = index.nearest(filled.model.encode(["fisheries"])[0], 5, Filters(documents=(only.document_id,)))
        assert {source.path for _, source in index.chunks([chunk_id for chunk_id, _ in hits])} == {only.path}
        assert index.status().engine == "exact"


def test_a_hit_that_sqlite_does_not_know_is_dropped_counted_and_exact_search_answers(filled: Desk) -> None:
    with _with(filled, Answering([("no such key", 0.9)])) as index:
        vector = filled.model.encode(["fisheries"])[0]
        assert index.nearest(vector, 3) == index.store.exact_nearest(vector, 3)
        assert (index.status().engine, index.status().ghosts) == ("exact", 1)


def test_cosines_are_those_of_sqlite_whatever_the_vector_index_says(filled: Desk) -> None:
    with _with(filled, Answering([])) as index:
        text = index.chunks_of(index.sources()[0].document_id)[0]
        key = vector_key(filled.model.fingerprint, filled.cutter.embedded_text(index.documents()[0], text))
        assert isinstance(index._vectors, Answering)
        index._vectors.hits = [(key, 0.1)]
        vector = index.store.vectors([key])[key]
        ((found, cosine),) = index.nearest(vector, 1)
        assert found == text.id
        assert cosine == pytest.approx(1.0)
        assert index.status().engine == "chroma"


def test_the_vector_index_is_told_after_every_sync_as_a_kill_may_have_left_vectors_over(filled: Desk) -> None:
    vectors = Answering([])
    with _with(filled, vectors) as index:
        filled.sync(index)
        assert vectors.applied == 1
        filled.write("new.md", "News.")
        filled.sync(index)
        index.forget("new.md")
        assert vectors.applied == 3


def test_without_a_vector_index_status_says_so(filled: Desk) -> None:
    with filled.open() as index:
        assert index.status().engine == "none yet"
        index.nearest(filled.model.encode(["x"])[0], 1)
        status = index.status()
        assert (status.engine, status.reason, status.documents) == ("exact", "no vector index is set up", len(TOPICS))


def test_a_second_opening_is_refused_until_the_first_is_closed(filled: Desk) -> None:
    with filled.open() as index:
        with pytest.raises(IndexBusy):
            filled.open()
        index.close()
        filled.open().close()


def test_questions_are_answered_while_a_sync_runs(filled: Desk) -> None:
    for number in range(300):
        filled.write(f"more/{number}.md", f"Report {number} on {TOPICS[number % 8]}. The minister agreed.")
    with filled.open() as index:
        stop = threading.Event()
        wrong: list[str] = []
        answers: list[int] = []

        def ask() -> None:
            vector = filled.model.encode(["minister fisheries"])[0]
            while not stop.is_set():
                hits = index.nearest(vector, 5) + index.search_words('"minister"', 5)
                for chunk, source in index.chunks([chunk_id for chunk_id, _ in hits]):
                    document = index.document(source.document_id)
                    if document is not None and chunk.span.of(document.text) != chunk.text:
                        wrong.append(chunk.id)
                answers.append(len(hits))

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        try:
            filled.sync(index)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        assert wrong == []
        assert answers
        assert set(answers) == {10}
        assert len(texts(index)) == len(TOPICS) + 300


def test_closing_leaves_no_log_and_no_owner_behind(filled: Desk) -> None:
    assert {path.name for path in filled.folder.iterdir()} == {
        "index.sqlite", "identity.json", "closed.json", "lock",
    }  # fmt: skip
