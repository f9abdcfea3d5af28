"""What a command asks of the page that has its index open, and what it is told: the nouns that go over the line.

A command that opens the index itself makes the same of its own assistant, and so prints the same.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, SyncRunning
from assistant.index.report import FileDone, Scanned, SyncReport
from assistant.types import Answer
from assistant.ui.syncing import synced_in_turn

if TYPE_CHECKING:
    from assistant.chat import Assistant
    from assistant.index.library import Library
    from assistant.index.report import SyncEvent

FAULT = "something went wrong inside the open page; where it was started, its log says what"
"""What is told of a mistake of ours."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, those asked before it, and whether the documents not used are asked as well.

    `corpus` is the folder of briefings that is meant; None means whichever the page shows. `sync` tells whether the
    index is brought up to the folder first.
    """

    question: str
    history: tuple[str, ...] = ()
    others: bool = False
    corpus: str | None = None
    sync: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """The answer, that of the documents not used if there are any, notes about the index."""

    answer: Answer
    from_others: Answer | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedWithin:
    """The query of an answer, to be asked of some documents alone, by their ids."""

    answer: Answer
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """That the index is brought up to its folder of briefings: `corpus`, or whichever the page shows."""

    corpus: str | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What a sync with the folder `corpus` did, how much the index holds now, and what is wrong with its vectors."""

    corpus: str
    report: SyncReport
    files: int
    documents: int
    passages: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class Failed:
    """Why something could not be done to its end, and the exit code of a command that says so."""

    said: str
    exit_code: int


@dataclass(frozen=True, slots=True)
class Step:
    """How far a sync is: one of these. Nothing yet, while another sync has to end first."""

    scanned: Scanned | None = None
    done: FileDone | None = None
    brought: Brought | None = None
    failed: Failed | None = None


def told_by(assistant: Assistant, asked: Asked, notes: Sequence[str] = ()) -> Told:
    """What an assistant says to a question, with what else is to be noted about its index."""
    answer = assistant.ask_after(asked.history, asked.question)
    more = assistant.ask_others(answer) if asked.others else None
    problem = assistant.vector_problem()
    return Told(answer, more, (*notes, problem) if problem else tuple(notes))


def brought(library: Library, report: SyncReport) -> Brought:
    """What is told of a sync that has ended."""
    held = [(file, passages) for file, _, passages in library.index.store.holdings()]
    files = len({file for file, _ in held})
    passages = sum(passages for _, passages in held)
    return Brought(str(library.corpus), report, files, len(held), passages, library.index.vector_problem())


def told_up_to_date(assistant: Assistant, asked: Asked) -> Told:
    """What an assistant that is open says after the index was brought up to the folder."""
    notes: list[str] = []
    if asked.sync:
        with suppress(SyncRunning):  # where a sync is running the answer waits for nothing more
            notes += _report_of(assistant.sync()).notes
    return told_by(assistant, asked, notes)


def brought_up_to_date(assistant: Assistant) -> Iterator[Step]:
    """The steps of a sync of an assistant that is open; it waits until one that is running has ended.

    What goes wrong is the last step, as whoever is told of it has seen others by then.
    """
    try:
        for event in synced_in_turn(assistant):
            yield _step_of(event, assistant.library)
    except AssistantError as error:
        yield Step(failed=Failed(str(error), error.exit_code))
    except Exception:
        _log.exception("the index could not be brought up to date for a command")
        yield Step(failed=Failed(FAULT, 1))


def _step_of(event: SyncEvent | None, library: Library) -> Step:
    if event is None:
        return Step()
    if isinstance(event, Scanned):
        return Step(scanned=event)
    if isinstance(event, FileDone):
        return Step(done=event)
    return Step(brought=brought(library, event))


def _report_of(events: Iterator[SyncEvent]) -> SyncReport:
    *_, report = events
    assert isinstance(report, SyncReport)
    return report
