from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Answer, Turn
from assistant.ui import render
from assistant.ui.branches import Branches, branch_at, forked, without_first


def turn(question: str) -> Turn:
    return Turn(question, Answer(question, question, "", "abstained"))


def questions(turns: tuple[Turn, ...], left: Branches) -> list[str]:
    """Every question of a conversation and of its branches, sorted."""
    found = [one.question for one in turns]
    for branch in left:
        found += questions(branch.turns, branch.left)
    return sorted(found)


@given(st.lists(st.integers(-1, 6), max_size=12))
def test_no_turn_is_lost_by_any_edits_and_each_is_shown_once(edits: list[int]) -> None:
    turns: tuple[Turn, ...] = tuple(turn(f"q{number}.") for number in range(3))
    left: Branches = ()
    asked = [one.question for one in turns]
    for number, at in enumerate(edits, start=3):
        turns, left = forked(turns, left, at)
        turns = (*turns, turn(f"q{number}."))
        asked.append(f"q{number}.")
    assert questions(turns, left) == sorted(asked)
    assert len({branch.at for branch in left}) == len(left)
    html = "".join(render.turn(one, position=at, former=branch_at(left, at)) for at, one in enumerate(turns))
    assert [html.count(f'class="question">{one}</h2>') for one in asked] == [1] * len(asked)


def test_a_turn_edited_twice_holds_the_older_version_inside_the_newer() -> None:
    turns, left = forked((turn("a"), turn("b")), (), 1)
    turns, left = forked((*turns, turn("c")), left, 1)
    branch = branch_at(left, 1)
    assert branch is not None
    assert [one.question for one in branch.turns] == ["c"]
    older = branch_at(branch.left, 1)
    assert older is not None
    assert [one.question for one in older.turns] == ["b"]


def test_an_edit_of_no_turn_changes_nothing() -> None:
    turns = (turn("a"),)
    assert forked(turns, (), 1) == (turns, ())


def test_branches_move_with_the_turns_that_are_kept() -> None:
    _, left = forked((turn("a"), turn("b"), turn("c")), (), 2)
    assert branch_at(without_first(left, 1), 1) is not None
    assert without_first(left, 3) == ()
