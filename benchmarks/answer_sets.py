"""Public question sets for answers and abstention as documents and questions; nothing of them is kept here."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation.golden_file import golden_files, load_golden
from assistant.evaluation.resolving import resolve
from assistant.types import Document, Span
from benchmarks.datasets import briefings, make_document, realtimeqa, squad1_articles, squad2_articles, tydi_passages
from benchmarks.gold_answers import gives_one

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its gold answers.

    `gold` are the places of the answers by document (SQuAD, TyDi); without places any sentence of any document that
    holds an answer counts (RealTimeQA). `relevant` are the documents to delete for the ablation.
    """

    text: str
    answers: tuple[str, ...] = ()
    gold: tuple[tuple[str, Span], ...] = ()
    relevant: frozenset[str] = frozenset()
    answerable: bool = True

    def answered_by(self, document_id: str, span: Span, sentence: str) -> bool:
        """Whether the sentence gives a gold answer, in the right place where places are known."""
        if self.gold:
            return any(path == document_id and span.overlaps(place) for path, place in self.gold)
        return gives_one(sentence, self.answers)


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """A corpus and the questions asked of it."""

    name: str
    documents: tuple[Document, ...]
    questions: tuple[Question, ...]


def squad_dev(folder: Path, *, part: str = "developer_dev") -> AnswerSet:
    """SQuAD 2.0 dev16 articles of one split, pooled, with the questions written to be unanswerable."""
    return _squad(f"squad:{part}", squad2_articles(folder, part))


def squad_train(folder: Path, *, articles: int, seed: int = 1) -> AnswerSet:
    """A sample of SQuAD 1.1's training articles, pooled."""
    return _squad("squad:train", random.Random(seed).sample(squad1_articles(folder), articles))


def tydi(folder: Path, part: str, *, passages: int, seed: int = 1) -> AnswerSet:
    """A sample of TyDi QA's English gold passages of one part (train or dev), pooled: natural questions."""
    rows = tydi_passages(folder, part)
    return _squad(f"tydi:{part}", random.Random(seed).sample(rows, min(passages, len(rows))))


def realtimeqa_all(folder: Path) -> AnswerSet:
    """RealTimeQA's dated news with its answerable and its naturally unanswerable questions."""
    lines = (folder / "realtimeqa_dev" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    questions = tuple(
        Question(
            row["question"],
            tuple(row["answers"] or ()),
            relevant=frozenset(row["relevant_docs"] or ()),
            answerable=row["answerable"],
        )
        for row in rows
    )
    return AnswerSet("realtimeqa", realtimeqa(folder).documents, questions)


def golden_development() -> AnswerSet:
    """The development half of the project's golden cases over the sample briefings, those that stand alone.

    Cases with a history or an "as of" are left out. A reader has seen none of them.
    """
    cases = [
        case
        for case in load_golden(golden_files(GOLDEN))
        if case.split == "development" and not case.history and case.as_of is None
    ]
    (corpus,) = {case.corpus for case in cases}
    documents = {document.source.path: document for document in briefings(corpus)}
    questions = []
    for case in cases:
        spans = resolve(case, documents).spans
        gold = tuple((span.document_id, span.span) for span in spans)
        relevant = frozenset(span.document_id for span in spans)
        questions.append(Question(case.question, (), gold, relevant, case.answerable))
    return AnswerSet("golden:development", tuple(documents.values()), tuple(questions))


def out_of_corpus(folder: Path, *, count: int, seed: int = 1) -> tuple[Question, ...]:
    """Natural Questions without passages: no corpus here is about them, but for a few by chance."""
    lines = (folder / "nq_open" / "NQ-open.dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in random.Random(seed).sample(lines, count)]
    return tuple(Question(row["question"], tuple(row["answer"]), answerable=False) for row in rows)


def _squad(name: str, articles: Sequence[Mapping[str, Any]]) -> AnswerSet:
    documents: dict[str, Document] = {}
    questions: list[Question] = []
    for article in articles:
        title = str(article.get("title", "")).replace("_", " ")
        for paragraph in article["paragraphs"]:
            context = str(paragraph["context"])
            path = hashlib.sha256(context.encode()).hexdigest()[:16]
            documents.setdefault(path, make_document(path, context, title=title))
            for row in paragraph["qas"]:
                answerable = not row.get("is_impossible", False)
                gold = tuple(
                    (path, Span(answer["answer_start"], answer["answer_start"] + len(answer["text"])))
                    for answer in row["answers"]
                    if answer["text"]
                )
                if not gold and answerable:
                    continue
                texts = tuple(answer["text"] for answer in row["answers"])
                relevant = frozenset({path})
                questions.append(Question(row["question"].strip(), texts, gold, relevant, answerable))
    return AnswerSet(name, tuple(documents.values()), tuple(questions))
