"""The LLM baselines by a scripted LLM: what counts as answered, cited and refused."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from assistant.embedding.hashing import HashingEmbedder
from assistant.llms.scripted import ScriptedLLM
from benchmarks import llm_baselines
from benchmarks.answer_sets import AnswerSet, Question
from benchmarks.datasets import make_document
from benchmarks.llm_baselines import Reply, measure

DOCUMENTS = (
    make_document("a", "The port of Miravale reopened on 9 March.", title="Port"),
    make_document("b", "The dam of Orlen is old.", title="Dam"),
)


def test_the_figures_of_the_citation_query_engine() -> None:
    pytest.importorskip("llama_index.vector_stores.chroma", reason="needs llama-index-vector-stores-chroma")
    data = AnswerSet(
        "made",
        DOCUMENTS,
        (
            Question("When did the port of Miravale reopen?", ("9 March",)),
            Question("Who built the dam of Orlen?", answerable=False),
        ),
    )
    llm = ScriptedLLM(["It reopened on 9 March [1][2][7].", "The sources do not say who built it."])
    figures = measure(data, HashingEmbedder(), llm, questions=5)
    assert "Miravale" in llm.prompts[0]
    means = {name: each["value"] for name, each in figures.items() if isinstance(each, dict)}
    assert means == {
        "answer holds a gold answer": 1.0,
        "a cited source holds one": 1.0,
        "answerable refused": 0.0,
        "unanswerable refused": 1.0,
        "unanswerable answered with a citation": 0.0,
    }


@pytest.mark.parametrize(
    ("text", "refuses"),
    [
        ("The sources do not mention it.", True),
        ("I cannot determine who won.", True),
        ("There is no information about this.", True),
        ("It was built in 1950 [1].", False),
        ("They did not attend the meeting [2].", False),
    ],
)
def test_what_counts_as_a_refusal(text: str, refuses: bool) -> None:
    assert Reply(text, (), 0.0).refuses is refuses


def test_without_an_llm_it_says_which_settings_to_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["llm_baselines", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        llm_baselines.main()
    assert ended.value.code == 2
    assert "set llm_url and llm_model" in capsys.readouterr().err
