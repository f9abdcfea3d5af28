"""The assistant that front ends hold: what it reads from a question before an answerer sees it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.chat import Assistant
from assistant.types import Answer, Conversation, Turn
from tests.ui.stage import stage

FILES = {
    f"{day}.md": f"---\ntitle: Harbour {day}\ndate: {day}\n---\nThe harbour of Arlen was {said}.\n"
    for day, said in (("2023-05-02", "closed by ice"), ("2023-06-10", "open again"))
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = stage(tmp_path_factory.mktemp("chat"), dict(FILES))
    yield made
    made.close()


def paths(answer: Answer) -> set[str]:
    return {passage.source.path for passage in answer.passages}


def test_as_of_a_day_hides_what_was_written_later_and_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("Was the harbour of Arlen open as of 5 May 2023?")
    assert (paths(answer), answer.as_of, answer.time) == ({"2023-05-02.md"}, date(2023, 5, 5), None)


def test_the_day_in_the_question_can_be_taken_away(assistant: Assistant) -> None:
    answer = assistant.ask("Was the harbour of Arlen open as of 5 May 2023?", use_time=False)
    assert (len(paths(answer)), answer.as_of) == (2, None)


def test_a_given_day_goes_before_that_of_the_question(assistant: Assistant) -> None:
    answer = assistant.ask("Was the harbour open as of 1 July 2023?", as_of=date(2023, 5, 5))
    assert (paths(answer), answer.as_of) == ({"2023-05-02.md"}, date(2023, 5, 5))


def test_other_dates_rank_and_hide_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("Was the harbour of Arlen open in May 2023?")
    assert (len(paths(answer)), answer.as_of) == (2, None)
    assert answer.time is not None


def test_a_follow_up_is_completed_by_the_condenser_and_a_first_question_is_not(tmp_path: Path) -> None:
    asked: list[str] = []

    def completed(question: str, conversation: Conversation) -> str:
        asked.append(question)
        return f"{question} ({conversation.turns[-1].question})"

    made = stage(tmp_path, dict(FILES), condenser=completed)
    try:
        first = made.ask("Was the harbour closed?")
        talk = Conversation("talk").with_turn(Turn(first.question, first))
        assert made.ask("Why?", conversation=talk).query == "Why? (Was the harbour closed?)"
        assert made.ask("Was it open?", conversation=Conversation("new")).query == "Was it open?"
        assert asked == ["Why?"]
    finally:
        made.close()
