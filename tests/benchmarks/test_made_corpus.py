"""The made corpus that times are measured on."""

from __future__ import annotations

from pathlib import Path

from assistant.embedding.hashing import HashingEmbedder
from benchmarks.made_corpus import made_folder, synced, write_corpus


def test_every_paragraph_of_a_made_corpus_differs_and_the_next_writing_is_the_same(tmp_path: Path) -> None:
    size = write_corpus(tmp_path / "a", files=3, paragraphs=4)
    texts = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "a").rglob("*.txt"))]
    paragraphs = [paragraph for text in texts for paragraph in text.strip().split("\n\n")]
    assert (len(texts), len(paragraphs), len(set(paragraphs))) == (3, 12, 12)
    assert size == sum(len(text.encode()) for text in texts)
    assert write_corpus(tmp_path / "b", files=3, paragraphs=4) == size


def test_a_second_sync_of_a_made_folder_finds_everything_unchanged() -> None:
    embedder = HashingEmbedder()
    with made_folder(files=3, paragraphs=2) as made:
        with synced(made.corpus, made.indexes, embedder) as (_, first):
            assert (first.count("indexed"), first.count("unchanged")) == (3, 0)
        with synced(made.corpus, made.indexes, embedder) as (index, second):
            assert (second.count("indexed"), second.count("unchanged"), second.embedded) == (0, 3, 0)
            assert len(index.documents()) == 3
    assert not made.corpus.exists()
