"""Short answers ("Israel."): supported only where the source gives them as the answer to the question?

    python -m benchmarks.short_answers DATA_FOLDER [--questions 250] [--json FILE]

As an LLM might write them, each citing the text that it comes from: the answers of SQuAD 2.0's answerable questions and
what the writers of its unanswerable ones hold for plausible (Rajpurkar et al. 2018), at most eight words; and right and
wrong choices of RealTimeQA's quizzes, each with a piece of news that has the choice and shares words with the question
(Kasai et al. 2022). Told is how many are called supported: as the product checks them, with the reading model switched
off, and without the question.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.answering.written.short_answers import is_short_answer
from assistant.answering.written.verification import SentenceVerifier
from assistant.chunking.sentences import SentenceChunker
from assistant.settings import Settings
from assistant.types import Passage
from assistant.wiring import Models, build_models, build_verifier
from benchmarks.datasets import make_document, squad2_articles
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.statistics import estimate


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """An answer to a question with the text that it cites, and whether it is right."""

    question: str
    answer: str
    title: str
    text: str
    right: bool


def squad(folder: Path, part: str) -> Iterator[ShortAnswer]:
    """Of one split of SQuAD 2.0's articles, in an order by chance."""
    pool = [
        (row["title"], paragraph["context"], asked)
        for row in squad2_articles(folder, part)
        for paragraph in row["paragraphs"]
        for asked in paragraph["qas"]
    ]
    random.Random(1).shuffle(pool)
    for title, context, asked in pool:
        answers = asked["plausible_answers" if asked["is_impossible"] else "answers"]
        if answers:
            right = not asked["is_impossible"]
            yield ShortAnswer(asked["question"], answers[0]["text"], title.replace("_", " "), context, right)


def choices(folder: Path) -> Iterator[ShortAnswer]:
    """Choices of RealTimeQA's quizzes."""
    lines = (folder / "realtimeqa_dev" / "mc_verify_hard.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        yield ShortAnswer(row["question"], row["choice"], "", row["evidence"], bool(row["label"]))


def measure(answers: Sequence[ShortAnswer], models: Models) -> Mapping[str, object]:
    """The share called supported, of right and of wrong answers, by each way of checking them."""
    assert models.reader is not None
    verifier = build_verifier(models)
    chunker = SentenceChunker(models.embedder.count_tokens, max_tokens=models.embedder.max_tokens)
    reading, unread = SentenceVerifier(verifier, reader=models.reader), SentenceVerifier(verifier)

    def supported(checker: SentenceVerifier, each: ShortAnswer, question: str) -> float:
        document = make_document("text", each.text, title=each.title)
        cited = [Passage(chunk, document.source, 1, 1.0, "set") for chunk in chunker.chunk(document)]
        return float(checker.check(each.answer, cited, question=question).verdict.status == "supported")

    ways: dict[str, Callable[[ShortAnswer], float]] = {
        "ours": lambda each: supported(reading, each, each.question),
        "without reading": lambda each: supported(unread, each, each.question),
        "without the question": lambda each: supported(unread, each, ""),
    }
    kinds = {kind: [each for each in answers if each.right == (kind == "right")] for kind in ("right", "wrong")}
    return {
        kind: {name: asdict(estimate([way(each) for each in group])) for name, way in ways.items()}
        for kind, group in kinds.items()
    }


def main() -> None:
    """Prints the shares and writes them as JSON."""
    parser = runner("short_answers", __doc__, data=True)
    parser.add_argument("--questions", type=int, default=250, help="right and wrong answers of SQuAD, drawn by chance")
    arguments = parser.parse_args()
    models = build_models(Settings.read())
    loaders = {
        "squad:adversarial_train": lambda folder: list(squad(folder, "adversarial_train")),
        "squad:developer_dev": lambda folder: list(squad(folder, "developer_dev")),
        "realtimeqa": lambda folder: list(choices(folder)),
    }
    results = {}
    for name, found in sets_there(loaders, arguments.data):
        short = [each for each in found if is_short_answer(each.answer)]
        kept = [each for right in (True, False) for each in _first(short, arguments.questions, right=right)]
        results[name] = measure(kept, models)
        print(name, json.dumps(results[name], indent=1), flush=True)
    if results:
        write_results(parser, arguments, results, settings={"questions": arguments.questions})


def _first(answers: Sequence[ShortAnswer], count: int, *, right: bool) -> list[ShortAnswer]:
    return [each for each in answers if each.right == right][:count]


if __name__ == "__main__":
    main()
