"""Overviews measured over made articles: what is there is told of, what is not is refused."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from assistant.answering.extractive import ExtractiveAnswerer
from assistant.embedding.transformer import BUNDLED_MODEL, TransformerEmbedder
from assistant.wiring import build_retriever
from benchmarks.overviews import measure, squad_topics
from benchmarks.set_index import SetIndex, WithoutDocuments

ARTICLES = {
    "Amber_trade": "The amber trade led from the Baltic coast to Rome. Merchants of the amber trade paid in silver.",
    "Night_train": "A night train has sleeping cars. The night train to Borl was the first one with a dining car.",
    "Salt_mine": "Salt mines are dug where old seas dried up. The salt mine of Wieliczka is open to visitors.",
    "Paper_mill": "A paper mill needs clean water. The first paper mill of the valley stood at a brook.",
}


def test_topics_that_are_there_are_told_of_by_their_own_article(tmp_path: Path) -> None:
    rows = [{"title": name, "paragraphs": [{"context": text, "qas": []}]} for name, text in ARTICLES.items()]
    (tmp_path / "squad").mkdir()
    with gzip.open(tmp_path / "squad" / "train-v1.1.json.gz", "wt", encoding="utf-8") as file:
        json.dump({"data": rows}, file)
    topics = squad_topics(tmp_path, count=2)
    assert len(topics.there) == len(topics.absent) == len(topics.documents) == 2
    embedder = TransformerEmbedder(BUNDLED_MODEL)
    with SetIndex(topics.documents, embedder) as index:
        retriever = WithoutDocuments(build_retriever(index, embedder))
        results = measure(topics, ExtractiveAnswerer(retriever, embedder, index), retriever)
    found = results["overview"]
    assert isinstance(found, dict)
    assert found["told of"]["value"] == found["quotes of its article"]["value"] == 1.0
    assert found["deleted, not mentioned: refused"]["value"] == found["absent, not mentioned: refused"]["value"] == 1.0
    assert found["absent, not mentioned: refused"]["n"] == 2
    assert topics.mentioned("old sea") == any("old seas" in each.text for each in topics.documents)
