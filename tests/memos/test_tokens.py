from __future__ import annotations

import pytest
from hypothesis import given, settings

from assistant.memos.editing import moved, with_section, with_text, without_section
from assistant.memos.memo import Memo, Section
from assistant.memos.tokens import put_back, token_problems
from tests.memos.made import memos, reference

ONE, TWO = reference("c1"), reference("c2", path="b.md")
MEMO = Memo(
    "T", "t", "x", (Section("A", "", "One.[^c1] Both.[^c1][^c2]", (ONE, TWO)), Section("B", "", "Again.[^c2]\n\nOwn."))
)
Said = list[tuple[str, str, int]]


def said(before: Memo, after: Memo) -> Said:
    return [(each.kind, each.token, each.section) for each in token_problems(before, after)]


@pytest.mark.parametrize(
    ("number", "text", "expected"),
    [
        (0, "Reworded.[^c1] Both.[^c1][^c2]", []),
        (0, "One. Both.[^c2]", [("lost", "c1", 0)]),
        (0, "One.[^c1]", []),  # c2 is still in the other section
        (0, "", [("lost", "c1", 0)]),
        (1, "Again.[^c2][^c2]\n\nOwn.", [("doubled", "c2", 1)]),
        (1, "Again.[^c2]\n\nOwn.[^c1]", [("doubled", "c1", 1)]),
        (1, "Again.[^c2] [^c9]\n\nOwn. [^c9]", [("unknown", "c9", 1)]),
        (1, "Again.[^c2] [^x] [c3] c4 [^c0]\n\nOwn.", []),
        (1, "[^c1] [^c9]", [("doubled", "c1", 1), ("unknown", "c9", 1)]),
    ],
    ids=["kept", "lost", "elsewhere", "emptied", "twice", "pasted", "unknown", "no tokens", "two"],
)
def test_what_an_edit_did_is_named_with_its_section(number: int, text: str, expected: Said) -> None:
    assert said(MEMO, with_text(MEMO, number, text)) == expected


def test_a_token_that_is_moved_is_no_problem() -> None:
    cut = with_text(MEMO, 0, "One.[^c2]")
    assert said(MEMO, with_text(cut, 1, "Again.[^c2]\n\nOwn.[^c1]")) == []
    assert said(MEMO, moved(MEMO, 0, 1)) == []
    assert said(MEMO, with_section(MEMO, "New", at=0)) == []


def test_what_was_so_before_is_not_told_again() -> None:
    before = with_text(MEMO, 1, "[^c9] [^c2] [^c2]")
    assert said(before, with_text(before, 1, "[^c9] [^c2] [^c2] More words.")) == []


def test_a_section_that_is_taken_out_loses_what_only_it_had() -> None:
    assert said(MEMO, without_section(MEMO, 0)) == [("lost", "c1", 0)]


def test_a_lost_token_is_put_back_with_what_it_stands_for() -> None:
    after = with_text(MEMO, 0, "One. ")
    (problem,) = token_problems(MEMO, after)
    back = put_back(after, problem)
    assert back.sections[0].text == "One.[^c1]"
    assert problem.reference == back.references["c1"] == ONE
    alone = Memo("T", "t", "x", MEMO.sections[:1])
    emptied = with_section(without_section(alone, 0), "New", text="Mine.")
    for problem in token_problems(alone, emptied):
        emptied = put_back(emptied, problem)
    assert emptied.sections == (Section("New", "", "Mine.[^c1][^c2]", (ONE, TWO), given=""),)


def test_only_what_is_lost_is_put_back() -> None:
    after = with_text(MEMO, 1, "[^c1] [^c9]")
    assert all(put_back(after, problem) == after for problem in token_problems(MEMO, after))
    lost = token_problems(MEMO, with_text(MEMO, 0, ""))[0]
    assert put_back(Memo("T", "t", "x"), lost) == Memo("T", "t", "x")


@settings(max_examples=40, deadline=None)
@given(memos(), memos())
def test_no_edit_at_all_is_no_problem_and_what_is_put_back_is_not_lost(before: Memo, after: Memo) -> None:
    assert token_problems(before, before) == ()
    if not after.sections or any(after.references.get(each.token, each) != each for each in before.references.values()):
        return
    for problem in token_problems(before, after):
        after = put_back(after, problem)
    assert not any(problem.kind == "lost" for problem in token_problems(before, after))
