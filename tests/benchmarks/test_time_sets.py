"""The sets about time and entailing sentences, read from small files made here."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from assistant.embedding.hashing import HashingEmbedder
from benchmarks import as_of, timeqa
from benchmarks.datasets import Query, RetrievalSet, make_document
from benchmarks.qed import qed

PAGE = "Ann led the club from 1901 to 1910. Ben led the club from 1911 to 1920."


def figure(figures: object, *path: str) -> object:
    """What stands in nested figures under these names."""
    for name in path:
        assert isinstance(figures, dict)
        figures = figures[name]
    return figures


@pytest.mark.parametrize("packed", [True, False])
def test_timeqa_points_at_the_gold_places(tmp_path: Path, packed: bool) -> None:
    (tmp_path / "timeqa").mkdir()
    for wording, asked in (("easy", "Who led the club from 1911 to 1920?"), ("hard", "Who led the club in 1915?")):
        row = {"idx": "/wiki/The_Club#P1#0", "question": asked, "context": PAGE}
        rows = [
            row | {"targets": ["Ben"], "from": [36], "end": [39]},
            row | {"idx": "/wiki/The_Club#P1#1", "targets": [""], "from": [0], "end": [0]},
        ]
        content = "\n".join(json.dumps(each) for each in rows).encode()
        path = tmp_path / "timeqa" / f"human_train.{wording}.json.gzip"
        path.write_bytes(gzip.compress(content) if packed else content)
    sets = [timeqa.timeqa(tmp_path, wording) for wording in timeqa.WORDINGS]
    for data in sets:
        (document,), (question,) = data.documents, data.questions
        assert document.source.title == "The Club"
        assert [span.of(document.text) for _, span in question.gold] == ["Ben"]
    figures = timeqa.measure(sets, HashingEmbedder(), questions=5)
    assert figure(figures, "timeqa:hard", "time read") == 1
    assert figure(figures, "timeqa:easy", "R@5", "ours", "value") == 1.0


def test_qed_points_at_the_middle_of_the_chosen_sentence(tmp_path: Path) -> None:
    (tmp_path / "qed").mkdir()
    row = {
        "title_text": "The club",
        "question_text": "who led the club",
        "paragraph_text": PAGE,
        "annotation": {"explanation_type": "single_sentence", "selected_sentence": {"start": 36, "end": 71}},
    }
    unused = row | {"annotation": {"explanation_type": "none"}}
    lines = "\n".join(json.dumps(each) for each in (row, unused))
    (tmp_path / "qed" / "qed-dev.jsonlines").write_text(lines, encoding="utf-8")
    data = qed(tmp_path)
    (document,), (question,) = data.documents, data.questions
    ((path, middle),) = question.gold
    assert path == document.id
    assert middle.of(document.text) in "Ben led the club from 1911 to 1920."
    assert not question.answered_by(path, middle.__class__(0, 37), PAGE[:37]), "touching it is not enough"


def test_as_of_hides_what_was_written_later() -> None:
    documents = (
        make_document("old", "The minister resigned over the budget.", title="Old", published=date(2022, 1, 5)),
        make_document("new", "The minister resigned over the scandal.", title="New", published=date(2023, 1, 5)),
    )
    query = Query("q", "Why did the minister resign?", frozenset(), ("budget",), date(2022, 1, 10))
    figures = as_of.measure(RetrievalSet("made", documents, (query,), "RR@10"), HashingEmbedder(), None)
    assert figure(figures, "first passage of the time", "as_of", "value") == 1.0
    assert figure(figures, "an answer in three sentences", "as_of", "value") == 1.0
