from __future__ import annotations

from assistant.embedding.hashing import HashingEmbedder
from assistant.reading.cross_encoder import CrossEncoder
from assistant.types import Span
from benchmarks.answer_sets import AnswerSet, Question
from benchmarks.datasets import make_document
from benchmarks.in_paragraph import measure

TEXT = "The pier of Arlen is old. It was closed in 2019 after a storm. Ferries use the port of Borl."
OTHER = "The pier of Arlen was closed in 1950 by order of the mayor of Arlen."


def question(text: str, answer: str) -> Question:
    start = TEXT.index(answer)
    gold = (("arlen", Span(start, start + len(answer))),)
    return Question(text, (answer,), gold, frozenset({"arlen"}))


def test_each_question_is_asked_of_its_own_paragraph_alone() -> None:
    documents = (make_document("arlen", TEXT, title="Arlen"), make_document("mayors", OTHER, title="Mayors"))
    questions = (
        question("When was the pier closed after a storm?", "2019"),
        question("Which port do ferries use?", "Borl"),
        Question("Who closed it?", answerable=False),
    )
    found = measure(AnswerSet("made", documents, questions), HashingEmbedder(), CrossEncoder(), limit=10)
    assert {name: (found[name]["value"], found[name]["n"]) for name in ("ours", "without_reading")} == {  # type: ignore[index]
        "ours": (1.0, 2),
        "without_reading": (1.0, 2),
    }
