"""The sets that written answers are compared on, and which of their questions are asked."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.evaluation.golden_file import load_golden
from assistant.settings import Settings
from assistant.wiring import Models, build_evaluated
from benchmarks.answer_sets import GOLDEN, AnswerSet, Question, realtimeqa_all, squad_dev


def loaders(models: Models) -> Mapping[str, Callable[[Path], AnswerSet]]:
    """The sets by name: the golden set's test split, RealTimeQA, and SQuAD 2.0's development articles."""
    return {"golden": lambda _: golden_test(models), "realtimeqa": realtimeqa_all, "squad": squad_dev}


def drawn(data: AnswerSet, *, kind: bool) -> list[Question]:
    """The answerable or the unanswerable questions in an order by chance: fewer of them are the first of more."""
    found = [each for each in data.questions if each.answerable == kind]
    random.Random(0).shuffle(found)
    return found


def golden_test(models: Models) -> AnswerSet:
    """The test split of the golden set without follow-ups; the gold answers are the quotes."""
    files = sorted((GOLDEN / "test").glob("*.yaml"))
    cases = [case for case in load_golden(files) if not case.history and case.as_of is None]
    [corpus] = {case.corpus for case in cases}
    with tempfile.TemporaryDirectory() as folder:
        assistant = build_evaluated(
            Settings.read(writing=False), corpus, models, cache=Path(folder), command="benchmark"
        )
        try:
            for _ in assistant.bring_up_to_date():
                pass
            documents = tuple(assistant.library.index.documents())
        finally:
            assistant.close()
    questions = tuple(
        Question(
            case.question,
            tuple(quote.text for evidence in case.relevant for quote in evidence.quotes),
            answerable=case.answerable,
        )
        for case in cases
    )
    return AnswerSet("golden:test", documents, questions)
