"""Remembers readings, so that nothing is read twice: not within one answer, and not when a question is asked again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from assistant.reading.base import Reader, Reading, Text

_Call = tuple[str, tuple[Text, ...]]


class RememberedReadings:
    """Gives what its reader gives for the same question and texts, and reads a call that comes again only once.

    A call is remembered as a whole, with the texts that the limit left unread: they stay unread whenever it comes
    again, and nothing that was asked before changes what a call gives. Equal texts of a call count once. The last
    calls are kept, with `capacity` texts in all. Safe to use from several threads.
    """

    def __init__(self, reader: Reader, *, capacity: int = 4_000) -> None:
        self._reader = reader
        self._capacity = capacity
        self._calls: OrderedDict[_Call, tuple[Reading | None, ...]] = OrderedDict()
        self._kept = 0
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """That of the reader it remembers for."""
        return self._reader.name

    def load(self) -> None:
        """Load the model now."""
        self._reader.load()

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading | None]:
        """See `Reader.read`; every text counts towards the limit, whether or not an earlier call read it."""
        call = question, tuple(dict.fromkeys(texts))
        with self._lock:
            known = self._calls.get(call)
            if known is not None:
                self._calls.move_to_end(call)
        if known is None:
            known = tuple(self._reader.read(*call))
            self._keep(call, known)
        readings = dict(zip(call[1], known, strict=True))
        return [readings[text] for text in texts]

    def _keep(self, call: _Call, readings: tuple[Reading | None, ...]) -> None:
        with self._lock:
            if call not in self._calls:  # another thread may have asked the same meanwhile
                self._calls[call] = readings
                self._kept += len(readings)
            while self._kept > self._capacity:
                self._kept -= len(self._calls.popitem(last=False)[1])


class ReadOnce:
    """A reader for one answer: the passages that are ranked for a question are the ones searched for evidence.

    A text that was read for a question is not read for it again, and only texts that were not read yet count towards
    the limit of a call, so that a later call may read what an earlier one had to leave. With a `ReadOnce` of its own,
    an answer rests on its own calls alone.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._readings: dict[tuple[str, Text], Reading] = {}

    @property
    def name(self) -> str:
        """That of the reader that it asks."""
        return self._reader.name

    def load(self) -> None:
        """Load the model now."""
        self._reader.load()

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading | None]:
        """See `Reader.read`; only the texts that were not read yet count towards the limit."""
        new = [text for text in dict.fromkeys(texts) if (question, text) not in self._readings]
        if new:
            for text, reading in zip(new, self._reader.read(question, new), strict=True):
                if reading is not None:
                    self._readings[question, text] = reading
        return [self._readings.get((question, text)) for text in texts]
