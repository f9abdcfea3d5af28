"""The figures of the follow-up benchmark, on cases that can be worked out by hand."""

from __future__ import annotations

from benchmarks import followups
from benchmarks.dialogues import Utterance


def test_added_stems_are_compared_with_those_people_add() -> None:
    rows = [
        ("When was he born?", "When was Lloyd Austin born?", "When was Lloyd Austin born?"),
        ("Why?", "Why?", "Why Kyiv?"),
    ]
    found = followups.overlap(rows)
    # two stems of two are right, two of three are found
    assert (found.precision.value, round(found.recall.value, 3), found.f1.value) == (1.0, 0.667, 0.8)


def test_turns_that_people_left_alone_are_counted_where_we_did_too() -> None:
    dialogue = [
        Utterance("Who is Lloyd Austin?", "", "Who is Lloyd Austin?"),
        Utterance("Where is Kyiv?", "", "where is kyiv"),
        Utterance("When was he born?", "", "When was he born?"),
    ]
    result = followups.measure_rewrites("made", [dialogue])
    assert (result.untouched.value, result.untouched.n) == (0.5, 2)
    assert (round(result.untouched_with_first.value, 3), result.untouched_with_first.n) == (0.667, 3)
