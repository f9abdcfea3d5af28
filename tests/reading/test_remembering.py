"""A call that comes again gives the same and reads nothing; within one answer, no text is read twice."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reading.base import Reading, Text
from assistant.reading.remembering import ReadOnce, RememberedReadings


class Counting:
    """Reads the first `most` texts and notes what it was given."""

    name = "counting"

    def __init__(self, most: int) -> None:
        self.most = most
        self.given: list[str] = []

    def load(self) -> None: ...

    def read(self, question: str, texts: Sequence[Text]) -> Sequence[Reading | None]:
        self.given += [text.text for text in texts]
        read = [Reading(float(len(text.text)), (), (), ()) for text in texts[: self.most]]
        return [*read, *[None] * (len(texts) - len(read))]


def text(written: str) -> Text:
    return Text("", written, ())


X, YY, ZZZ = text("x"), text("yy"), text("zzz")


def left_unread(readings: Sequence[Reading | None]) -> list[bool]:
    return [reading is None for reading in readings]


def test_a_call_that_comes_again_is_not_read_again() -> None:
    reader = Counting(10)
    remembered = RememberedReadings(reader)
    first = remembered.read("a", [X, YY, X])
    assert first == [Reading(1.0, (), (), ()), Reading(2.0, (), (), ()), Reading(1.0, (), (), ())]
    assert reader.given == ["x", "yy"]
    assert remembered.read("a", [X, YY, X]) == first
    assert reader.given == ["x", "yy"]
    remembered.read("b", [X])
    assert reader.given == ["x", "yy", "x"]


def test_what_the_limit_left_unread_stays_unread_when_the_call_comes_again() -> None:
    remembered = RememberedReadings(Counting(1))
    assert left_unread(remembered.read("a", [X, YY])) == [False, True]
    assert left_unread(remembered.read("a", [X, YY])) == [False, True]


def test_what_a_call_gives_does_not_depend_on_what_was_read_before() -> None:
    remembered = RememberedReadings(Counting(2))
    for earlier in ([X, YY], [ZZZ], [YY, ZZZ]):
        remembered.read("a", earlier)
    asked = [X, YY, ZZZ]
    assert remembered.read("a", asked) == RememberedReadings(Counting(2)).read("a", asked)


def test_the_oldest_calls_go_first() -> None:
    reader = Counting(10)
    remembered = RememberedReadings(reader, capacity=2)
    for each in (X, YY, X, ZZZ, X, YY):
        remembered.read("a", [each])
    assert reader.given == ["x", "yy", "zzz", "yy"]
    remembered.read("a", [X, YY, ZZZ])  # more than all that is kept
    remembered.read("a", [YY])
    assert reader.given[4:] == ["x", "yy", "zzz", "yy"]


def test_within_one_answer_no_text_is_read_twice_for_a_question() -> None:
    reader = Counting(10)
    once = ReadOnce(reader)
    first = once.read("a", [X, YY, X])
    assert once.read("a", [YY, X]) == [first[1], first[0]]
    assert reader.given == ["x", "yy"]
    once.read("b", [X])
    assert reader.given == ["x", "yy", "x"]


def test_within_one_answer_what_was_left_unread_is_read_when_it_is_asked_for_again() -> None:
    remembered = RememberedReadings(Counting(1))
    for _ in range(2):  # and in the next answer just so
        once = ReadOnce(remembered)
        assert left_unread(once.read("a", [X, YY])) == [False, True]
        assert left_unread(once.read("a", [YY, X])) == [False, False]
