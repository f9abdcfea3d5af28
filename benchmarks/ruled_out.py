"""How often a sentence is ruled out, and by which rule: where it answers, and where people made a question not to fit.

    python -m benchmarks.ruled_out DATA_FOLDER [--json FILE]

No search and no model: each question of SQuAD 2.0's development articles with the sentence that holds its gold answer
or, where it was written to be unanswerable, the words that its writer holds for a plausible answer; and a seeded sample
of SQuAD 1.1's training questions and TyDi QA's with the sentences that answer them. What is ruled out there is ruled
out wrongly, but for questions that are wrong themselves.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np

from assistant.answering.asked.asked_for import RULES, asked_for
from assistant.answering.asked.presupposition import LESS_LIKELY, contrary
from assistant.answering.candidates import candidates_of
from assistant.answering.evidence import Evidence
from assistant.answering.query import Query, read_query
from assistant.answering.subjects import subjects_of
from assistant.embedding.hashing import HashingEmbedder
from assistant.language.dates import time_of_question
from assistant.types import Document, Passage, Span
from benchmarks.datasets import make_document, squad1_articles, squad2_articles, tydi_passages
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.set_index import SetIndex
from benchmarks.statistics import estimate

CONTRARY = "says otherwise"
"""What the question supposes is not so by the sentence (`presupposition.py`); it is shown for itself."""

_SAMPLE = 15000
_TODAY = date(2024, 1, 1)  # only "last year" and the like would hang on it


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, the paragraph that it was written for, and the words there that answer or seem to."""

    question: str
    title: str
    paragraph: str
    words: Span
    answerable: bool


def pairs(articles: Sequence[dict[str, Any]]) -> list[Pair]:
    """The questions of articles in the form of SQuAD 2.0 (Rajpurkar et al. 2018) that have such words."""
    found = []
    for article in articles:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                impossible = asked.get("is_impossible", False)
                answers = [each for each in asked["plausible_answers" if impossible else "answers"] if each["text"]]
                if answers:
                    start = answers[0]["answer_start"]
                    words = Span(start, start + len(answers[0]["text"]))
                    title = str(article.get("title", "")).replace("_", " ")
                    found.append(Pair(asked["question"].strip(), title, paragraph["context"], words, not impossible))
    return found


def sample(found: Sequence[Pair]) -> list[Pair]:
    """At most so many of them, by a seeded chance."""
    return random.Random(0).sample(found, min(_SAMPLE, len(found)))


def ruled_out(found: Sequence[Pair]) -> Iterator[tuple[Pair, tuple[str, ...]]]:
    """Each pair with the names of the rules by which its sentence is no answer."""
    documents: dict[tuple[str, str], Document] = {}
    for pair in found:
        key = (pair.title, pair.paragraph)
        documents.setdefault(key, make_document(f"{len(documents)}.txt", pair.paragraph, title=pair.title))
    with SetIndex(tuple(documents.values()), HashingEmbedder()) as index:
        for pair in found:
            subjects = subjects_of(pair.question, index.document_frequency)
            query = read_query(pair.question, index, subjects)
            evidence = _evidence(pair, query, documents[pair.title, pair.paragraph], index)
            if evidence is not None:
                time = time_of_question(pair.question, today=_TODAY)
                asked = asked_for(query, time[0] if time else None, index.chunks_of)
                names = [name for name, rule in RULES.items() if not rule(asked, evidence)]
                otherwise = contrary(pair.question, evidence.text) is not None
                yield pair, (*names, *([CONTRARY] if otherwise else []))


def _evidence(pair: Pair, query: Query, document: Document, index: SetIndex) -> Evidence | None:
    """The sentence with the words, as evidence; None where the sentence is none that can be evidence."""
    for chunk in index.chunks_of(document.id):
        if not chunk.span.start <= pair.words.start < chunk.span.end:
            continue
        passage = Passage(chunk, document.source, rank=1, score=1.0, retriever="gold")
        for one in candidates_of(passage):
            if one.span.start <= pair.words.start < one.span.end:
                return Evidence(
                    passage=passage,
                    span=one.span,
                    text=one.text,
                    score=0.0,
                    cosine=0.0,
                    coverage=0.0,
                    context_coverage=0.0,
                    subjects=0.0,
                    held=0.0,
                    vector=np.zeros(1, dtype=np.float32),
                    answer=pair.words if one.span.contains(pair.words) else None,
                    names=one.share_of(query.names),
                    introduces=one.introduces,
                    leads=one.leads,
                )
    return None


def counted(found: Sequence[Pair]) -> dict[str, Any]:
    """The shares ruled out at all, and how many by each rule, of answerable and of unanswerable questions."""
    any_rule: dict[str, list[float]] = {}
    by_rule: dict[str, Counter[str]] = {}
    for pair, names in ruled_out(found):
        kind = "answerable" if pair.answerable else "unanswerable"
        any_rule.setdefault(kind, []).append(float(bool(names)))
        by_rule.setdefault(kind, Counter()).update(names)
    return {
        kind: {"ruled out": asdict(estimate(values)), "by rule": dict(by_rule[kind].most_common())}
        for kind, values in any_rule.items()
    }


def main() -> None:
    """Prints the shares and writes them as JSON."""
    parser = runner("ruled_out", __doc__, data=True)
    arguments = parser.parse_args()
    loaders = {
        "squad:adversarial_train": lambda folder: pairs(squad2_articles(folder, "adversarial_train")),
        "squad:developer_dev": lambda folder: pairs(squad2_articles(folder, "developer_dev")),
        "squad 1.1 train": lambda folder: sample(pairs(squad1_articles(folder))),
        "tydi train": lambda folder: sample(pairs(tydi_passages(folder, "train"))),
    }
    results = {name: counted(found) for name, found in sets_there(loaders, arguments.data)}
    print(json.dumps(results, indent=1))
    if results:
        write_results(parser, arguments, results, settings={"less likely": LESS_LIKELY})


if __name__ == "__main__":
    main()
