"""A reader reads dates in words, and what it says is of the text as it is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.reading.base import Reading, Text
from assistant.reading.dates_in_words import DatesInWords
from assistant.types import Span

ROWS = "As of: 2024-04-07 | Ships: 37\nAs of: 2024-05 | Ships: 1111"
SENTENCES = (Span(0, 29), Span(30, 59))


class Finding:
    """Finds `words` in the second sentence of each text and notes what it was given."""

    name = "finding"

    def __init__(self, words: str) -> None:
        self.words = words
        self.question = ""
        self.given: Sequence[Text] = ()

    def load(self) -> None: ...

    def read(self, question: str, texts: Sequence[Text]) -> Sequence[Reading | None]:
        self.question, self.given = question, texts
        starts = [text.text.index(self.words, text.sentences[1].start) for text in texts[:1]]
        read = [Reading(1.0, (0.0, 1.0), (None, Span(at, at + len(self.words))), (0.0, 0.0)) for at in starts]
        return [*read, *[None] * (len(texts) - len(read))]


@pytest.mark.parametrize(
    ("words", "here"),
    [
        ("1111", "1111"),
        ("Ships: 1111", "Ships: 1111"),
        ("May 2024", "2024-05"),
        ("May", "2024-05"),
        ("2024 |", "2024-05 |"),
    ],
)
def test_the_reader_reads_words_and_its_answers_stand_in_the_text(words: str, here: str) -> None:
    assert [span.of(ROWS) for span in SENTENCES] == ROWS.split("\n")
    reader = Finding(words)
    text = Text("Ships", ROWS, SENTENCES)
    read, unread = DatesInWords(reader).read("How many on 2024-04-07?", [text, text])
    assert reader.question == "How many on 7 April 2024?"
    assert [span.of(reader.given[0].text) for span in reader.given[0].sentences] == [
        "As of: 7 April 2024 | Ships: 37",
        "As of: May 2024 | Ships: 1111",
    ]
    assert read is not None
    assert read.answers[1] is not None
    assert read.answers[1].of(ROWS) == here
    assert unread is None


def test_a_text_without_such_dates_is_read_as_it_is() -> None:
    reader = Finding("came")
    text = Text("Ships", "In May.\nShips came.", (Span(0, 7), Span(8, 19)))
    [read] = DatesInWords(reader).read("Who came?", [text])
    assert reader.given == [text]
    assert read == reader.read("Who came?", [text])[0]
