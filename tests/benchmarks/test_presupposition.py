from __future__ import annotations

import json
import random
from pathlib import Path

from benchmarks.presupposition import adversarial, answered
from benchmarks.training.questions import article_of

TEXT = "Arlen has a pier. The vote on it failed in 1979. The mayor left."


def asked(question: str, words: str, *, impossible: bool) -> dict[str, object]:
    place = {"text": words, "answer_start": TEXT.index(words)}
    kept = {"plausible_answers": [place], "answers": []} if impossible else {"answers": [place]}
    return {"question": question, "is_impossible": impossible, **kept}


ROW = {
    "title": "Arlen",
    "paragraphs": [
        {
            "context": TEXT,
            "qas": [
                asked("When did the vote fail?", "1979", impossible=False),
                asked("When did the vote succeed?", "1979", impossible=True),
                {"question": "Why?", "is_impossible": True, "plausible_answers": [], "answers": []},
            ],
        }
    ],
}


def test_questions_come_with_the_sentence_that_answers_or_seems_to(tmp_path: Path) -> None:
    folder = tmp_path / "squad"
    folder.mkdir()
    (folder / "dev16-v2.0.json").write_text(json.dumps({"data": [ROW, {**ROW, "title": "Borl"}]}), encoding="utf-8")
    (folder / "splits.json").write_text(json.dumps({"part": ["Arlen"]}), encoding="utf-8")
    assert adversarial(tmp_path, "part") == {
        "answerable": [("When did the vote fail?", "The vote on it failed in 1979.")],
        "unanswerable": [("When did the vote succeed?", "The vote on it failed in 1979.")],
    }
    assert answered([article_of(ROW)]) == [("When did the vote fail?", "The vote on it failed in 1979.")]


def test_the_sample_does_not_hang_on_chance() -> None:
    random.seed(1)
    one = answered([article_of(ROW)] * 3)
    random.seed(2)
    assert answered([article_of(ROW)] * 3) == one
