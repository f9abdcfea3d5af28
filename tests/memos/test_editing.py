from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.memos.editing import (
    brought_back,
    moved,
    retitled,
    with_heading,
    with_section,
    with_text,
    without_section,
)
from assistant.memos.memo import Memo, Section
from tests.memos.made import memos, reference

ONE, TWO = reference("c1"), reference("c2", path="b.md")
MEMO = Memo(
    "Title", "topic", "short", (Section("A", "A?", "One.[^c1]", (ONE,)), Section("B", "B?", "Two.[^c2][^c1]", (TWO,)))
)


def test_a_title_and_a_heading_are_put_on_one_line() -> None:
    assert retitled(MEMO, " New \n title ") == replace(MEMO, title="New title")
    changed = with_heading(MEMO, 1, "New\nheading")
    assert [each.heading for each in changed.sections] == ["A", "New heading"]
    assert changed.sections[1] == replace(MEMO.sections[1], heading="New heading")


def test_a_text_is_taken_as_it_was_written_and_references_stay() -> None:
    changed = with_text(MEMO, 0, " Nothing \n\n is left. ")
    assert changed.sections == (replace(MEMO.sections[0], text=" Nothing \n\n is left. "), MEMO.sections[1])
    assert changed.references == MEMO.references


def test_a_section_is_put_in_before_another_or_at_the_end() -> None:
    assert [each.heading for each in with_section(MEMO, "New").sections] == ["A", "B", "New"]
    first = with_section(MEMO, "New", "Why?", "So.", at=0)
    assert first.sections == (Section("New", "Why?", "So.", given=""), *MEMO.sections)
    assert [each.heading for each in with_section(MEMO, "New", at=2).sections] == ["A", "B", "New"]


def test_a_section_that_is_taken_out_leaves_what_tokens_elsewhere_stand_for() -> None:
    left = without_section(MEMO, 0)
    assert [each.text for each in left.sections] == ["Two.[^c2][^c1]"]
    assert left.references == {"c1": ONE, "c2": TWO}
    assert left.unknown_tokens == ()


def test_the_text_of_a_section_that_was_taken_out_can_be_pasted_into_another() -> None:
    left = without_section(MEMO, 1)
    pasted = with_text(left, 0, f"{left.sections[0].text} Two.[^c2]")
    assert pasted.references["c2"] == TWO


def test_the_last_section_goes_with_its_references() -> None:
    assert without_section(replace(MEMO, sections=MEMO.sections[:1]), 0) == replace(MEMO, sections=())


def test_a_section_is_brought_back_as_it_was() -> None:
    for number, section in enumerate(MEMO.sections):
        back = brought_back(without_section(MEMO, number), MEMO, number)
        assert back.sections[number] == section
        assert [each.text for each in back.sections] == [each.text for each in MEMO.sections]
        assert back.references == MEMO.references


def test_a_section_that_is_brought_back_gives_way_to_tokens_that_stand_for_something_else() -> None:
    other, third = reference("c1", "Grain waits."), reference("c2", "Ships go.")
    memo = replace(MEMO, sections=(Section("C", "C?", "Grain.[^c1] Go.[^c2] What?[^c5]", (other, third)),))
    earlier = with_text(MEMO, 1, "Two.[^c2] One.[^c1] Two.[^c2] Nothing.[^c7]")
    back = brought_back(memo, earlier, 1)
    assert back.sections[0] == memo.sections[0]
    assert back.sections[1].text == "Two.[^c8] One.[^c9] Two.[^c8] Nothing.[^c7]"
    assert back.references == {"c1": other, "c2": third, "c8": replace(TWO, token="c8"), "c9": replace(ONE, token="c9")}


def test_a_section_that_is_brought_back_shares_the_token_of_a_place_that_is_cited() -> None:
    other, same = reference("c2", "Grain waits."), replace(TWO, token="c5")
    memo = replace(MEMO, sections=(Section("C", "C?", "Grain.[^c2] Two.[^c5]", (other, same)),))
    back = brought_back(memo, MEMO, 1)
    assert back.sections[1].text == "Two.[^c5][^c1]"
    assert back.references == {"c2": other, "c5": same, "c1": ONE}


def test_a_token_that_stood_for_nothing_comes_to_stand_for_nothing() -> None:
    earlier = Memo("T", "t", "x", (Section("A", "", "Nothing.[^c2]"),))
    back = brought_back(MEMO, earlier, 0)
    assert back.sections[0].text == "Nothing.[^c3]"
    assert back.unknown_tokens == ("c3",)


@given(memos(), memos(), st.data())
def test_a_section_that_is_brought_back_cites_what_it_cited(memo: Memo, earlier: Memo, data: st.DataObject) -> None:
    if not earlier.sections:
        return
    number = data.draw(st.integers(0, len(earlier.sections) - 1))
    back = brought_back(memo, earlier, number)
    at = min(number, len(memo.sections))

    def meant(within: Memo, section: int) -> list[object]:
        known = within.references
        return [known[token].place if token in known else None for token in within.sections[section].tokens]

    assert meant(back, at) == meant(earlier, number)
    assert [*back.sections[:at], *back.sections[at + 1 :]] == list(memo.sections)
    assert {token: back.references[token] for token in memo.references} == memo.references


def test_a_section_is_moved_to_the_number_that_was_asked_for() -> None:
    three = with_section(MEMO, "C")
    assert [each.heading for each in moved(three, 0, 2).sections] == ["B", "C", "A"]
    assert [each.heading for each in moved(three, 2, 0).sections] == ["C", "A", "B"]
    assert moved(three, 1, 1) == three


@pytest.mark.parametrize(
    "edit",
    [
        lambda: with_text(MEMO, 2, "x"),
        lambda: with_text(MEMO, -1, "x"),
        lambda: with_heading(MEMO, 2, "x"),
        lambda: with_section(MEMO, "x", at=3),
        lambda: with_section(MEMO, "x", at=-1),
        lambda: without_section(MEMO, 2),
        lambda: moved(MEMO, 2, 0),
        lambda: moved(MEMO, 0, 2),
        lambda: moved(MEMO, 0, -1),
    ],
)
def test_a_section_that_is_not_there_is_refused(edit: Callable[[], Memo]) -> None:
    with pytest.raises(InputError, match="there is no section"):
        edit()


@settings(deadline=None)
@given(st.data())
def test_no_edit_forgets_a_reference_while_a_section_is_left(data: st.DataObject) -> None:
    memo = data.draw(memos())
    known = memo.references
    for _ in range(4):
        count = len(memo.sections)
        if not count:
            return
        number = data.draw(st.integers(0, count - 1))
        edits = [
            with_text(memo, number, data.draw(st.sampled_from(["", "x", memo.sections[0].text]))),
            with_heading(memo, number, "x"),
            with_section(memo, "x", at=number),
            moved(memo, number, data.draw(st.integers(0, count - 1))),
            *([without_section(memo, number)] if count > 1 else []),
        ]
        memo = data.draw(st.sampled_from(edits))
        assert memo.references == known
