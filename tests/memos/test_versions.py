from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.memos.editing import moved, retitled, with_heading, with_section, with_text, without_section
from assistant.memos.memo import Memo, Section
from assistant.memos.versions import EVERY, MOST, Why, superfluous, why_kept
from tests.memos.made import reference

MEMO = Memo("T", "t", "x", (Section("A", "", "One.[^c1]", (reference(),)), Section("B", "", "Two.")))
SOON = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("after", "since", "why"),
    [
        (with_text(MEMO, 1, "Two!"), None, "begun"),
        (with_text(MEMO, 1, "Two!"), SOON, None),
        (with_text(MEMO, 1, "Two!"), EVERY, "time"),
        (with_heading(MEMO, 1, "C"), SOON, None),
        (retitled(MEMO, "U"), SOON, None),
        (with_section(MEMO, "C"), SOON, None),
        (without_section(MEMO, 1), SOON, "structure"),
        (moved(MEMO, 0, 1), SOON, "structure"),
        (with_section(without_section(MEMO, 0), "C"), SOON, "structure"),
        (with_text(MEMO, 0, "One."), SOON, "citations"),
        (with_text(with_text(MEMO, 0, "One."), 1, "Two.[^c1]"), SOON, "structure"),
    ],
    ids=[
        "first",
        "typed",
        "five minutes",
        "heading",
        "title",
        "added",
        "taken out",
        "moved",
        "replaced",
        "token lost",
        "two sections",
    ],
)
def test_a_state_is_kept_before_time_goes_by_or_something_is_lost(
    after: Memo, since: timedelta | None, why: Why | None
) -> None:
    assert why_kept(MEMO, after, since=since) == why


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=MOST, max_size=MOST * 2))
def test_versions_are_bounded_and_the_first_and_the_newest_stay(gaps: list[int]) -> None:
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    first, kept, all_of_them = moment, [moment], [moment]
    for gap in gaps:
        moment += timedelta(seconds=gap)
        kept.append(moment)
        all_of_them.append(moment)
        if (at := superfluous(kept)) is not None:
            del kept[at]
        assert len(kept) <= MOST
    assert kept[0] == first
    assert kept[-30:] == all_of_them[-30:]


def test_of_a_day_of_writing_states_of_every_hour_are_kept() -> None:
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    kept = []
    for _ in range(24 * 12):
        moment += EVERY
        kept.append(moment)
        if (at := superfluous(kept)) is not None:
            del kept[at]
    assert max(later - earlier for earlier, later in pairwise(kept)) <= timedelta(hours=1)
