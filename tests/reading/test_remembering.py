"""Nothing is read twice for the same question, and what the limit left unread is asked for again."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reading.base import Reading, Text
from assistant.reading.remembering import RememberedReadings


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


def test_each_text_is_read_once_for_a_question() -> None:
    reader = Counting(10)
    remembered = RememberedReadings(reader)
    first = remembered.read("a", [text("x"), text("yy"), text("x")])
    assert remembered.read("a", [text("yy"), text("x")]) == [first[1], first[0]]
    assert reader.given == ["x", "yy"]
    remembered.read("b", [text("x")])
    assert reader.given == ["x", "yy", "x"]


def test_what_was_left_unread_is_read_when_its_turn_comes() -> None:
    remembered = RememberedReadings(Counting(1))
    assert [reading is None for reading in remembered.read("a", [text("x"), text("yy")])] == [False, True]
    assert None not in remembered.read("a", [text("x"), text("yy")])


def test_the_oldest_readings_go_first() -> None:
    reader = Counting(10)
    remembered = RememberedReadings(reader, capacity=2)
    for each in ("x", "yy", "zzz", "yy", "x"):
        remembered.read("a", [text(each)])
    assert reader.given == ["x", "yy", "zzz", "x"]
