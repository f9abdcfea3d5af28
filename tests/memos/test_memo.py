from __future__ import annotations

import pytest

from assistant.memos.memo import Memo, Section
from tests.memos.made import reference


def test_tokens_are_found_in_order_and_as_often_as_they_stand() -> None:
    section = Section("H", "Q?", "One.[^c2] Two.[^c10][^c2] Not [^x], not [^c0], not c3.")
    assert section.tokens == ("c2", "c10", "c2")


def test_a_token_may_be_used_in_another_section_than_its_own_and_unknown_ones_are_named() -> None:
    memo = Memo("T", "t", "x", (Section("A", "?", "Moved.[^c1][^c9][^c9]"), Section("B", "?", "", (reference(),))))
    assert memo.references == {"c1": reference()}
    assert memo.unknown_tokens == ("c9",)


def test_one_token_cannot_stand_for_two_things() -> None:
    sections = (Section("A", "?", "", (reference(),)), Section("B", "?", "", (reference(quote="Other."),)))
    with pytest.raises(ValueError, match="'c1' stands for two things"):
        Memo("T", "t", "x", sections)
