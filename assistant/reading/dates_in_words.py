"""Lets a reader read dates in words, as the texts that it has learnt from have no "2024-04"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.language.iso_dates import in_words, iso_dates
from assistant.reading.base import Reader, Reading, Text
from assistant.types import Span


class DatesInWords:
    """A reader before which dates in numbers are written out; the words that answer are those of the text as it is."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @property
    def name(self) -> str:
        """That of the reader that reads the words."""
        return self._reader.name

    def load(self) -> None:
        """Load the model now."""
        self._reader.load()

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading | None]:
        """See `Reader.read`."""
        written = [_Written(text) for text in texts]
        read = self._reader.read(in_words(question), [each.text for each in written])
        return [reading and each.as_it_was(reading) for each, reading in zip(written, read, strict=True)]


class _Written:
    """A text with its dates in words, and the way back from a place in it to the place in the text as it was."""

    def __init__(self, text: Text) -> None:
        self._moved: list[tuple[Span, Span]] = []
        shift = 0
        for span, words in iso_dates(text.text):
            self._moved.append((span, Span(span.start + shift, span.start + shift + len(words))))
            shift += len(words) - len(span)
        sentences = tuple(Span(self._there(each.start), self._there(each.end)) for each in text.sentences)
        self.text = replace(text, text=in_words(text.text), sentences=sentences)

    def as_it_was(self, reading: Reading) -> Reading:
        """The reading with its answers where they stand in the text as it was; a date answers as a whole."""
        found = reading.answers
        answers = tuple(at and Span(self._back(at.start), self._back(at.end, end=True)) for at in found)
        return replace(reading, answers=answers)

    def _there(self, place: int) -> int:
        """Where a place between the dates lies among the words."""
        before = [words.end - span.end for span, words in self._moved if span.end <= place]
        return place + (before[-1] if before else 0)

    def _back(self, place: int, *, end: bool = False) -> int:
        """Where a place among the words lay; of one within a date the date's start or `end`."""
        shift = 0
        for span, words in self._moved:
            if words.start < place < words.end:
                return span.end if end else span.start
            if words.end <= place:
                shift = span.end - words.end
        return place + shift
