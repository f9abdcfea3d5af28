"""Hard negatives: what retrieval finds for a question and what does not answer it."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from assistant.embedding.hashing import HashingEmbedder
from benchmarks.training.examples import Example
from benchmarks.training.mined import Miner
from benchmarks.training.prepare import learnt_claims, question_examples
from benchmarks.training.questions import article_of

OWN = "The harbour of Tarnov was built in 1871. Its owner was Ida Falk."
SAME_ANSWER = "When the harbour of Tarnov was built, its owner Ida Falk was abroad."
MISSED = "The harbour of Tarnov was built of stone. Its owner sold it."
FAR = "Cheese is made of milk. It keeps for a year."


def qas(question: str, answer: str) -> dict[str, object]:
    return {"question": question, "answers": [{"text": answer, "answer_start": OWN.index(answer)}]}


HARBOURS = {
    "title": "Harbours",
    "paragraphs": [
        {
            "context": OWN,
            "qas": [qas("Who was the owner of the harbour of Tarnov?", "Ida Falk"), qas("When was it built?", "1871")],
        },
        {"context": SAME_ANSWER, "qas": []},
    ],
}
OTHERS = {"title": "Stone", "paragraphs": [{"context": MISSED, "qas": []}, {"context": FAR, "qas": []}]}


def test_a_mined_paragraph_is_like_the_question_and_holds_no_answer() -> None:
    articles = [article_of(HARBOURS), article_of(OTHERS)]
    own, asked = articles[0].paragraphs[0], articles[0].asked[0]
    with Miner(articles, HashingEmbedder(), among=1) as miner:
        missed = miner.missed(asked, own, random.Random(1))
    assert missed is not None
    assert missed.text == MISSED


def test_nothing_is_mined_where_every_other_paragraph_answers() -> None:
    articles = [article_of(HARBOURS)]
    with Miner(articles, HashingEmbedder()) as miner:
        assert miner.missed(articles[0].asked[0], articles[0].paragraphs[0], random.Random(1)) is None


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """A folder with sets that hold nothing but the articles above."""
    (tmp_path / "squad").mkdir()
    (tmp_path / "tydiqa_en").mkdir()
    with gzip.open(tmp_path / "squad" / "train-v1.1.json.gz", "wt", encoding="utf-8") as file:
        json.dump({"data": [HARBOURS, OTHERS]}, file)
    empty: dict[str, dict[str, list[object]]] = {
        "squad/dev16-v2.0.json": {"data": []},
        "squad/splits.json": {"adversarial_train": []},
        "tydiqa_en/tydiqa.goldp.en.train.json": {"data": []},
    }
    for name, content in empty.items():
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("seed", range(2))
def test_the_second_pass_asks_what_the_first_did_not(sets: Path, seed: int) -> None:
    def asked(*, second: bool) -> set[str]:
        found = question_examples(sets, 1, random.Random(seed), second=second)
        return {example.asked for example in found if example.answers}

    first, second = asked(second=False), asked(second=True)
    assert len(first) == len(second) == 1
    assert first != second


def test_the_second_pass_repeats_claims_that_were_learnt() -> None:
    examples = [Example("claim", f"claim {number}", "", "A text.", ((0, 7),), supported=True) for number in range(6)]
    examples.insert(2, Example("question", "Who?", "", "A text.", ((0, 7),)))
    drawn = learnt_claims(examples, 4, random.Random(1))
    assert len({example.asked for example in drawn}) == 4
    assert all(example.task == "claim" for example in drawn)
    assert len(learnt_claims(examples, 100, random.Random(1))) == 6
