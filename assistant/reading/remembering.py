"""Remembers readings, as the passages that are ranked for a question are the ones that are searched for evidence."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from assistant.reading.base import Reader, Reading, Text


class RememberedReadings:
    """A reader that reads each text for each question once while it is among the last `capacity` readings.

    Safe to use from several threads. The texts that the limit of work left unread are not remembered.
    """

    def __init__(self, reader: Reader, *, capacity: int = 4_000) -> None:
        self._reader = reader
        self._capacity = capacity
        self._readings: OrderedDict[tuple[str, Text], Reading] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """That of the reader it remembers for."""
        return self._reader.name

    def load(self) -> None:
        """Load the model now."""
        self._reader.load()

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading | None]:
        """See `Reader.read`; only the texts that are not remembered count towards the limit."""
        with self._lock:
            known = {text: self._readings[question, text] for text in texts if (question, text) in self._readings}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            read = self._reader.read(question, new)
            known |= {text: reading for text, reading in zip(new, read, strict=True) if reading is not None}
        with self._lock:
            for text, reading in known.items():
                self._readings[question, text] = reading
                self._readings.move_to_end((question, text))
            while len(self._readings) > self._capacity:
                self._readings.popitem(last=False)
        return [known.get(text) for text in texts]
