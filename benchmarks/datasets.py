"""Loads public retrieval sets from a data folder as Documents and judged questions; nothing of them is kept here."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from assistant.corpus import SUPPORTED
from assistant.corpus.loading import documents_of
from assistant.index.scan import scan
from assistant.types import Document, Source

Measure = Literal["RR@10", "R@10"]


@dataclass(frozen=True, slots=True)
class Query:
    """A question with the documents judged relevant for it, and gold answers where the set has them."""

    id: str
    text: str
    relevant: frozenset[str]
    answers: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """A corpus and its questions; `measure` is what the set is compared by."""

    name: str
    documents: tuple[Document, ...]
    queries: tuple[Query, ...]
    measure: Measure


def briefings(folder: Path) -> Iterator[Document]:
    """The documents of a folder of files, read as the product reads them."""
    for file in scan(folder, SUPPORTED).files:
        yield from documents_of(file.absolute, file.path)


def make_document(path: str, text: str, *, title: str, published: date | None = None) -> Document:
    """A plain document whose id is its path."""
    source = Source(
        document_id=path,
        path=path,
        title=title,
        media_type="text/plain",
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        date=published,
    )
    return Document(source=source, text=text, file=path)


def realtimeqa(folder: Path) -> RetrievalSet:
    """Dated news articles and the answerable quiz questions of RealTimeQA (Kasai et al. 2023)."""
    with gzip.open(folder / "realtimeqa_dev" / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    documents = tuple(
        make_document(
            article["doc_id"],
            article["text"],
            title=article["title"] or "",
            published=date.fromisoformat(article["published"]) if article["published"] else None,
        )
        for article in articles
        if article["text"].strip()
    )
    queries = tuple(
        Query(
            row["qid"],
            row["question"],
            frozenset(row["relevant_docs"]),
            tuple(row["answers"]),
            date.fromisoformat(row["date"]),
        )
        for row in _json_lines(folder / "realtimeqa_dev" / "queries.jsonl")
        if row["answerable"]
    )
    return RetrievalSet("realtimeqa", documents, queries, "RR@10")


def squad1_articles(folder: Path) -> list[dict[str, Any]]:
    """SQuAD 1.1's training articles (Rajpurkar et al. 2016), as released."""
    with gzip.open(folder / "squad" / "train-v1.1.json.gz", "rt", encoding="utf-8") as file:
        articles: list[dict[str, Any]] = json.load(file)["data"]
    return articles


def squad2_articles(folder: Path, part: str) -> list[dict[str, Any]]:
    """Those of SQuAD 2.0's dev16 articles (Rajpurkar et al. 2018) that `splits.json` gives to a part, as released."""
    articles = json.loads((folder / "squad" / "dev16-v2.0.json").read_text(encoding="utf-8"))["data"]
    kept = set(json.loads((folder / "squad" / "splits.json").read_text(encoding="utf-8"))[part])
    return [article for article in articles if article["title"] in kept]


def tydi_passages(folder: Path, part: str) -> list[dict[str, Any]]:
    """TyDi QA's English gold passages of a part, train or dev (Clark et al. 2020), in the form of SQuAD's articles."""
    path = folder / "tydiqa_en" / f"tydiqa.goldp.en.{part}.json"
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["data"]
    return rows


def squad(folder: Path) -> RetrievalSet:
    """The developer half of SQuAD 2.0's dev16 articles (Rajpurkar et al. 2018), pooled: one document a paragraph.

    Questions written to be unanswerable count too: they were written for their paragraph, which is what is sought.
    """
    documents: list[Document] = []
    queries: list[Query] = []
    for article in squad2_articles(folder, "developer_dev"):
        for number, paragraph in enumerate(article["paragraphs"]):
            path = f"{article['title']}:{number}"
            documents.append(make_document(path, paragraph["context"], title=article["title"].replace("_", " ")))
            queries.extend(
                Query(
                    question["id"],
                    question["question"],
                    frozenset({path}),
                    tuple(answer["text"] for answer in question["answers"]),
                )
                for question in paragraph["qas"]
            )
    return RetrievalSet("squad", tuple(documents), tuple(queries), "RR@10")


def inscit(folder: Path) -> RetrievalSet:
    """INSCIT dev (Wu et al. 2023): the last turn of a conversation alone as the query, its evidence as relevant."""
    conversations = json.loads((folder / "inscit" / "dev.json").read_text(encoding="utf-8"))
    passages: dict[str, Document] = {}
    queries = []
    for name, conversation in conversations.items():
        for number, turn in enumerate(conversation["turns"]):
            relevant: set[str] = set()
            for group in [*turn["prevEvidence"], *(label["evidence"] for label in turn["labels"])]:
                for passage in group:
                    path = passage["passage_id"]
                    title = " | ".join(passage["passage_titles"])
                    passages.setdefault(path, make_document(path, passage["passage_text"], title=title))
            for label in turn["labels"]:
                relevant.update(passage["passage_id"] for passage in label["evidence"])
            if relevant:
                queries.append(Query(f"{name}:{number}", turn["context"][-1], frozenset(relevant)))
    return RetrievalSet("inscit", tuple(passages.values()), tuple(queries), "RR@10")


def hotpotqa(folder: Path) -> RetrievalSet:
    """100 questions of HotpotQA (Yang et al. 2018): one document a Wikipedia lead, supporting ones relevant."""
    pool = json.loads((folder / "multihop_wiki" / "hotpotqa_train_corpus.json").read_text(encoding="utf-8"))
    rows = json.loads((folder / "multihop_wiki" / "hotpotqa_qa_train.json").read_text(encoding="utf-8"))
    documents = tuple(make_document(title, "".join(text), title=title) for title, text in pool.items() if any(text))
    queries = tuple(
        Query(
            row.get("_id") or row.get("id") or str(number),
            row["question"],
            frozenset(title for title, _ in row["supporting_facts"]),
            (row["answer"],),
        )
        for number, row in enumerate(rows)
    )
    return RetrievalSet("hotpotqa", documents, queries, "R@10")


def musique(folder: Path) -> RetrievalSet:
    """100 questions of MuSiQue (Trivedi et al. 2022): one document a paragraph, supporting ones relevant."""
    pool = json.loads((folder / "multihop_wiki" / "musique_train_corpus.json").read_text(encoding="utf-8"))
    rows = json.loads((folder / "multihop_wiki" / "musique_qa_train.json").read_text(encoding="utf-8"))
    paths: dict[tuple[str, str], str] = {}
    documents = []
    for row in pool:
        key = (row["title"], row["text"])
        if key not in paths:
            paths[key] = f"{row['title']}:{len(paths)}"
            documents.append(make_document(paths[key], row["text"], title=row["title"]))
    queries = []
    for row in rows:
        relevant = {
            paths[(paragraph["title"], paragraph["paragraph_text"])]
            for paragraph in row["paragraphs"]
            if paragraph["is_supporting"]
        }
        queries.append(Query(row["id"], row["question"], frozenset(relevant), (row["answer"],)))
    return RetrievalSet("musique", tuple(documents), tuple(queries), "R@10")


def _json_lines(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


LOADERS: Mapping[str, Callable[[Path], RetrievalSet]] = {
    "realtimeqa": realtimeqa,
    "squad": squad,
    "inscit": inscit,
    "hotpotqa": hotpotqa,
    "musique": musique,
}
