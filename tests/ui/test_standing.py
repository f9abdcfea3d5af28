from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.types import Turn
from assistant.ui.panels.standing import AS_SHOWN, Standing, Stopped, in_order, standing_of
from assistant.work.records import SavedConversation, SavedTurn, Summary
from tests.work.nouns import answered

A, B, S, T = (answered(question) for question in ("A?", "B?", "S?", "T?"))
NOW = datetime(2024, 3, 10, tzinfo=UTC)
BETWEEN = Standing((Stopped(1, S), Stopped(2, T)))
"""A, then S which was stopped, then B, then T which was stopped."""


def test_a_conversation_that_is_opened_stands_as_it_was_saved() -> None:
    kept = [(A, True), (S, False), (B, True), (T, False)]
    turns = tuple(SavedTurn(key, turn, NOW, finished) for key, (turn, finished) in enumerate(kept))
    saved = SavedConversation(Summary("c1", "A?", NOW, NOW, 4), turns)
    assert standing_of(saved) == BETWEEN
    assert [turn for _, turn, _ in in_order((A, B), BETWEEN.stopped)] == [A, S, B, T]


@pytest.mark.parametrize(
    ("position", "stopped", "staying", "gone"),
    [
        (0, None, (), (A, S, B, T)),
        (1, None, (S,), (B, T)),
        (1, Stopped(1, S), (), (S, B, T)),
        (2, None, (S, T), ()),
        (2, Stopped(2, T), (S,), (T,)),
    ],
    ids=["first", "behind a stopped one", "a stopped one", "none", "the last, stopped"],
)
def test_what_is_edited_gives_way_with_all_behind_it(
    position: int, stopped: Stopped | None, staying: tuple[Turn, ...], gone: tuple[Turn, ...]
) -> None:
    found = BETWEEN.cut((A, B), position, stopped)
    assert tuple(one.turn for one in found.stopped) == staying
    assert found.gone == gone


def test_what_gave_way_to_a_question_that_failed_gives_way_to_the_next_one() -> None:
    assert AS_SHOWN.cut((A, B), 1).cut((A,), 0).gone == (A, B)
    assert AS_SHOWN.cut((A,), 0).after_stop(0, S) == Standing((Stopped(0, S),))
    assert AS_SHOWN.cut((A,), 0).after_answer(0) == AS_SHOWN


def test_a_question_replaces_the_same_one_that_was_stopped_last() -> None:
    assert BETWEEN.stopped_again((A, B), "T?") == Standing((Stopped(1, S),), (T,))
    assert BETWEEN.stopped_again((A, B), "S?") == BETWEEN
    assert BETWEEN.stopped_again((A, B, A), "T?") == BETWEEN


def test_a_stopped_question_is_told_from_the_turn_behind_it() -> None:
    assert BETWEEN.at(1, "S?", is_query=False) == BETWEEN.at(1, "S?", is_query=True) == Stopped(1, S)
    assert BETWEEN.at(1, "B?", is_query=False) is BETWEEN.at(2, "S?", is_query=False) is None


def test_stopped_answers_move_with_the_turns_that_stay() -> None:
    assert BETWEEN.after_answer(2) == Standing((Stopped(0, T),))
