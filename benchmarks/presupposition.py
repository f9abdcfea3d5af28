"""How often a sentence is said to be contrary to a question, where it answers and where people made it not to.

    python -m benchmarks.presupposition DATA_FOLDER [--json FILE]

No search and no model: each question of SQuAD 2.0's development articles with the sentence that holds its gold answer
or, where it was written to be unanswerable, the words that its writer holds for a plausible answer; and a seeded sample
of SQuAD 1.1's training questions and TyDi QA's with the sentences that answer them. What is called contrary there is
called so wrongly.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from assistant.answering.asked.presupposition import LESS_LIKELY, contrary
from assistant.language.sentences import sentence_spans
from assistant.types import Span
from benchmarks.datasets import squad2_articles
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.statistics import estimate
from benchmarks.training.prepare import squad_train, tydi
from benchmarks.training.questions import Article

_SAMPLE = 15000

Pair = tuple[str, str]
"""A question and the sentences that hold an answer to it, or what looks like one."""


def adversarial(folder: Path, part: str) -> dict[str, list[Pair]]:
    """SQuAD 2.0's articles of one split (Rajpurkar et al. 2018): answerable and unanswerable questions."""
    found: dict[str, list[Pair]] = {"answerable": [], "unanswerable": []}
    for paragraph in (each for article in squad2_articles(folder, part) for each in article["paragraphs"]):
        for asked in paragraph["qas"]:
            kind = "unanswerable" if asked["is_impossible"] else "answerable"
            answers = asked["plausible_answers" if asked["is_impossible"] else "answers"]
            if answers:
                start = answers[0]["answer_start"]
                place = Span(start, start + len(answers[0]["text"]))
                found[kind].append((asked["question"], _sentences(paragraph["context"], place)))
    return found


def answered(articles: Iterable[Article]) -> list[Pair]:
    """A seeded sample of the questions of articles, each with the sentences that answer it."""
    pool = [(article, asked) for article in articles for asked in article.asked if asked.answers]
    drawn = random.Random(0).sample(pool, min(_SAMPLE, len(pool)))
    return [
        (asked.question, _sentences(article.paragraphs[asked.paragraph].text, asked.answers[0]))
        for article, asked in drawn
    ]


def _sentences(text: str, place: Span) -> str:
    return " ".join(span.of(text) for span in sentence_spans(text) if span.overlaps(place))


def main() -> None:
    """Prints the shares and writes them as JSON."""
    parser = runner("presupposition", __doc__, data=True)
    arguments = parser.parse_args()
    loaders = {
        "squad:adversarial_train": lambda folder: adversarial(folder, "adversarial_train"),
        "squad:developer_dev": lambda folder: adversarial(folder, "developer_dev"),
        "squad 1.1 train": lambda folder: {"answerable": answered(squad_train(folder))},
        "tydi train": lambda folder: {"answerable": answered(tydi(folder))},
    }
    results = {
        name: {
            kind: asdict(estimate([float(contrary(*pair) is not None) for pair in pairs]))
            for kind, pairs in found.items()
        }
        for name, found in sets_there(loaders, arguments.data)
    }
    print(json.dumps(results, indent=1))
    if results:
        write_results(parser, arguments, results, settings={"less likely": LESS_LIKELY})


if __name__ == "__main__":
    main()
