"""What a sync says while it runs and when it ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

Status = Literal["indexed", "unchanged", "renamed", "removed", "failed"]


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file.

    `reason` says why it failed or, for a renamed file, its old path. `embedded` counts the texts that the model had
    to read; the rest had a vector already.
    """

    path: str
    status: Status
    reason: str | None = None
    documents: int = 0
    chunks: int = 0
    embedded: int = 0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scanned:
    """Event: the folder was looked at; `to_read` of its `files` are new or changed."""

    files: int
    to_read: int


@dataclass(frozen=True, slots=True)
class FileDone:
    """Event: one of the `to_read` new or changed files is done, the `done`-th."""

    outcome: FileOutcome
    done: int
    to_read: int


@dataclass(frozen=True, slots=True)
class SyncReport:
    """Event, always the last: one outcome for each file, ordered by path, and how long it took.

    `warnings` are about the index as a whole, such as a database that had to be built again.
    """

    outcomes: tuple[FileOutcome, ...]
    seconds: float
    warnings: tuple[str, ...] = ()

    def count(self, status: Status) -> int:
        """How many files ended with this status."""
        return Counter(outcome.status for outcome in self.outcomes)[status]

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person who asks should know of it: the warnings, and that files could not be read."""
        failed = self.count("failed")
        files = "1 file could not be read and is" if failed == 1 else f"{failed:,} files could not be read and are"
        unread = f"{files} not searched; `assistant list` says why"
        return (*self.warnings, unread) if failed else self.warnings

    @property
    def embedded(self) -> int:
        """Texts that the model had to read."""
        return sum(outcome.embedded for outcome in self.outcomes)

    @property
    def changed(self) -> bool:
        """Whether documents came, went or changed."""
        return any(outcome.status in ("indexed", "renamed", "removed") for outcome in self.outcomes)


SyncEvent = Scanned | FileDone | SyncReport
