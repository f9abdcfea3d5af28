"""The project's own questions as an answer set: only what may be tuned on, with the places of its answers."""

from __future__ import annotations

from assistant.evaluation.golden_file import golden_files, load_golden
from benchmarks.answer_sets import GOLDEN, golden_development


def test_the_golden_development_half_has_the_place_of_every_answer() -> None:
    found = golden_development()
    texts = {document.id: document.text for document in found.documents}
    assert {question.answerable for question in found.questions} == {True, False}
    for question in found.questions:
        assert bool(question.gold) == question.answerable
        for document, span in question.gold:
            assert span.of(texts[document]).strip()
            assert document in question.relevant


def test_no_question_of_the_test_half_is_among_them() -> None:
    asked = {question.text for question in golden_development().questions}
    held = {case.question for case in load_golden(golden_files(GOLDEN)) if case.split == "test"}
    assert len(asked) > 150
    assert not asked & held
