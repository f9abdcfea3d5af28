"""What the settings bring together: an LLM that looks again, and the names that briefings define."""

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


TREATY = "# The treaty on Lake Borl\n\nThe Arlen Lake Commission (ALC) has eight members, four from each side.\n"
REVIEW = "# Lake Borl two years on\n\nPereth joined in June. It now holds two of ten seats on the ALC.\n"
LIBRARY = "# Books in Borl\n\nThe Arlen Library Club (ALC) lends books. Two of ten seats of the ALC are for readers.\n"


@pytest.mark.parametrize("also", [None, LIBRARY])
def test_a_name_is_answered_by_the_abbreviation_that_a_briefing_defines(tmp_path: Path, also: str | None) -> None:
    (tmp_path / "corpus").mkdir()
    for name, text in (("treaty", TREATY), ("review", REVIEW), ("library", also)):
        if text is not None:
            (tmp_path / "corpus" / f"{name}.md").write_text(text, encoding="utf-8")
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    assistant = build_assistant(settings, command="tests")
    try:
        for _ in assistant.bring_up_to_date():
            pass
        answer = assistant.ask("How many seats does Pereth hold on the Arlen Lake Commission?")
    finally:
        assistant.close()
    assert "It now holds two of ten seats on the ALC." in answer.text
    assert answer.coverage is not None
    assert answer.coverage.subject == ("Pereth and Arlen Lake Commission" if also is None else "Pereth")
    assert "library.md" not in {citation.source.path for citation in answer.citations}
