"""What the settings bring together: the LLM of the settings looks again where the reading model is not sure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.types import Answer
from assistant.wiring import build_assistant

QUESTION = "By how much did the dues fall?"
SENTENCE = "The authority of the canal lowered its tolls by fifteen per cent in January."
BRIEFING = (
    "---\ntitle: Tolls of the canal\ndate: 2024-03-01\n---\n# Tolls of the canal\n\n"
    f"{SENTENCE} Its director said that ships had begun to return. Insurers remained cautious. Two carriers, from "
    "Denmark and Germany, went round the Cape until the spring.\n"
)


def asked(folder: Path, *replies: str) -> Answer:
    (folder / "corpus").mkdir()
    (folder / "corpus" / "canal.md").write_text(BRIEFING, encoding="utf-8")
    (folder / "replies.json").write_text(json.dumps(replies), encoding="utf-8")
    settings = Settings(
        corpus=folder / "corpus",
        index=folder / "index",
        llm_url=f"scripted:{folder / 'replies.json'}" if replies else None,
        llm_model="a script" if replies else None,
    )
    assistant = build_assistant(settings, command="tests")
    try:
        for _ in assistant.bring_up_to_date():
            pass
        return assistant.ask(QUESTION)
    finally:
        assistant.close()


def test_an_llm_that_points_at_the_sentence_gets_the_question_answered(tmp_path: Path) -> None:
    answer = asked(tmp_path, "fifteen per cent", "The canal lowered its tolls by fifteen per cent in January.")
    assert (answer.outcome, answer.writer) == ("answered", "a script")
    assert [citation.quote for citation in answer.citations] == [SENTENCE]
    assert "the reading model was not sure: a script pointed at what is quoted" in answer.notes


@pytest.mark.parametrize("replies", [(), ("NONE",), ("twenty per cent",)], ids=["no LLM", "none", "not there"])
def test_without_such_a_word_it_is_not(tmp_path: Path, replies: tuple[str, ...]) -> None:
    answer = asked(tmp_path, *replies)
    assert (answer.outcome, answer.citations) == ("abstained", ())
