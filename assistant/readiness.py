"""How far an assistant is: questions wait until it is ready, and a page shows the sentence."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from assistant.errors import AssistantError
from assistant.index.report import FileDone, Scanned, SyncEvent
from assistant.language.number_words import counted

Phase = Literal["starting", "indexing", "ready", "failed"]


class Readiness:
    """The phase of an assistant with a sentence for people. Safe to use from several threads.

    A sync that goes on is told in place of the phase and changes nothing about whether questions are answered.
    """

    def __init__(self) -> None:
        self._settled = threading.Event()
        self._guard = threading.Lock()
        self._begun = False
        self._phase: Phase = "starting"
        self._detail = "Starting."
        self._syncing: str | None = None  # how far the sync under way is

    @property
    def has_begun(self) -> bool:
        """Whether anybody has said how far the assistant is, which is true from its start on."""
        return self._begun

    @property
    def is_settled(self) -> bool:
        """Whether a question would be answered, or refused, at once."""
        return self._settled.is_set()

    @property
    def has_failed(self) -> bool:
        """Whether the assistant could not start."""
        return self._phase == "failed"

    def told(self) -> tuple[Phase, str]:
        """The phase and its sentence, as they are now."""
        with self._guard:
            return (self._phase, self._detail) if self._syncing is None else ("indexing", self._syncing)

    def wait(self) -> None:
        """Waits until the assistant is ready; raises `AssistantError` where it could not start."""
        self._settled.wait()
        if self._phase == "failed":
            raise AssistantError(self._detail)

    def set(self, phase: Phase, detail: str) -> None:
        """Says how far the assistant is."""
        with self._guard:
            self._phase, self._detail, self._begun = phase, detail, True
        if phase in ("ready", "failed"):
            self._settled.set()
        else:
            self._settled.clear()

    @contextmanager
    def noting_failure(self) -> Iterator[None]:
        """Says of what goes wrong within that the assistant could not start, and raises it."""
        try:
            yield
        except AssistantError as error:
            self.set("failed", str(error))
            raise
        except Exception as error:  # the page must say so instead of waiting for ever
            self.set("failed", f"The assistant could not start: {type(error).__name__}: {error}")
            raise

    def following(self, events: Iterator[SyncEvent], documents: Callable[[], int]) -> Iterator[SyncEvent]:
        """The events of a sync, each told. What is said changes with the first: before it, the turn may be another's.

        `documents` counts those in the index, for the end.
        """
        began = False
        try:
            for event in events:
                began = True
                self._say_of_sync(_said(event, documents))
                yield event
        finally:
            if began:
                self._say_of_sync(None)

    def _say_of_sync(self, said: str | None) -> None:
        with self._guard:
            self._syncing = said


def _said(event: SyncEvent, documents: Callable[[], int]) -> str:
    if isinstance(event, Scanned):
        files = counted(event.to_read, "new or changed file")
        return f"Reading {files}." if event.to_read else "Looking at the briefings."
    if isinstance(event, FileDone):
        return f"Indexed {event.done} of {event.to_read} new or changed files."
    return f"{counted(documents(), 'document')} indexed."
