"""Examples say what is true of their texts, and training goes on where it stopped."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.training import swaps
from benchmarks.training.claims import changed_sentences
from benchmarks.training.examples import Example, read, write
from benchmarks.training.questions import QuestionExamples, article_of
from benchmarks.training.train import averaged, train

LAND = (
    "Arlen lies on the coast of Borland. The town was founded in 1406 by Count Odo. "
    "Its harbour was closed in May 2021. A crane had fallen into the fairway. Captain Rosa Lind led the salvage."
)
SEA = "The Sea of Tarn is shallow. Ferries cross it in May. Its harbour towns are Borl and Arlen."


def asked(question: str, answer: str) -> dict[str, object]:
    return {"question": question, "answers": [{"text": answer, "answer_start": LAND.index(answer)}]}


ROW = {
    "title": "Arlen",
    "paragraphs": [
        {
            "context": LAND,
            "qas": [
                asked("When was the harbour of Arlen closed?", "May 2021"),
                asked("Who founded Arlen?", "Count Odo"),
                {"question": "Who closed Borl?", "answers": [], "is_impossible": True},
            ],
        },
        {"context": SEA, "qas": []},
    ],
}


@given(st.integers(0, 10_000))
def test_the_answers_of_an_example_stand_in_its_text(seed: int) -> None:
    article = article_of(ROW)
    make = QuestionExamples(article, "made", random.Random(seed), other_names=["Tarnov", "Lake Ulm"])
    for question, answer in (("When was", "May 2021"), ("Who founded", "Count Odo")):
        (one,) = [each for each in article.asked if each.question.startswith(question)]
        example = make.answered(one)
        assert [example.text[start:end] for start, end in example.answers] == [answer]
        assert example.text in LAND
        for other in (make.near_miss(one), make.without_answer(one), make.about_another(one)):
            assert other is None or other.answers == ()
        cut = make.without_answer(one)
        assert cut is None or answer not in cut.text
    unanswerable = make.answered(article.asked[2])
    assert unanswerable.answers == ()


@given(st.integers(0, 10_000))
def test_sentences_of_an_example_are_its_own(seed: int) -> None:
    article = article_of(ROW)
    example = QuestionExamples(article, "made", random.Random(seed), other_names=[]).answered(article.asked[0])
    assert example.sentences
    assert all(example.text[start:end].strip() == example.text[start:end] for start, end in example.sentences)


@pytest.mark.parametrize(
    ("text", "changed"),
    [("The town was founded.", "The town was not founded."), ("It is not so.", "It is so."), ("Odo built it.", None)],
)
def test_negation(text: str, changed: str | None) -> None:
    assert swaps.negated(text) == changed


@given(st.integers(0, 10_000))
def test_swaps_change_what_they_say(seed: int) -> None:
    chance = random.Random(seed)
    assert swaps.another_number("It was founded in 1406.", chance) != "It was founded in 1406."
    assert swaps.another_name("Why did India decline?", ["Peru"], chance) == "Why did Peru decline?"
    assert swaps.another_name("Why did it decline?", ["Peru"], chance) is None
    assert swaps.another_day("It met in May.", chance) != "It met in May."


def test_changed_sentences_are_not_supported_and_unchanged_ones_are() -> None:
    made = list(changed_sentences([article_of(ROW)], 60, random.Random(1), other_names=["Peru"]))
    assert {example.supported for example in made} == {True, False}
    for example in made:
        assert (example.asked in example.text) == example.supported


def test_examples_are_read_as_they_were_written(tmp_path: Path) -> None:
    examples = [Example("question", "Who?", "T", "A b.", ((0, 4),), ((0, 1),), source="x")]
    assert write(examples, tmp_path / "examples.jsonl") == 1
    assert list(read(tmp_path / "examples.jsonl")) == examples


def test_training_goes_on_from_its_checkpoint_and_writes_what_is_shipped(tmp_path: Path) -> None:
    from safetensors.torch import load_file

    article = article_of(ROW)
    make = QuestionExamples(article, "made", random.Random(1), other_names=[])
    examples = [make.answered(one) for one in article.asked] * 4
    train(examples, tmp_path / "once", tokens=256, rate=1e-4, seed=1)
    shipped = load_file(tmp_path / "once" / "reading.safetensors")
    train(examples, tmp_path / "once", tokens=256, rate=1e-4, seed=1)  # nothing is left to do
    again = load_file(tmp_path / "once" / "reading.safetensors")
    assert shipped.keys() == again.keys()
    assert all(bool((shipped[name] == again[name]).all()) for name in shipped)
    assert sum(value.numel() * value.element_size() for value in shipped.values()) < 25_000_000


def test_the_mean_of_weights_is_taken_before_they_are_rounded(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import save_file

    for number, value in enumerate((256.0, 258.0, 258.0)):  # added up in bfloat16 they make 768
        save_file({"w": torch.tensor([value]).bfloat16()}, tmp_path / f"{number}.safetensors")
    mean = averaged(sorted(tmp_path.iterdir()))["w"]
    assert mean.dtype == torch.bfloat16
    assert mean.item() == 258.0
