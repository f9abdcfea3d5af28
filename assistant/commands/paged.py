"""What a command lets the open page do: one process alone may have an index open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.commands.folders import said_corpus
from assistant.commands.progress import note, with_progress
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.index.report import SyncEvent
    from assistant.ui.open_page import OpenPage
    from assistant.ui.told import Brought


def meant_corpus(settings: Settings) -> str | None:
    """The folder of briefings that a command names, as the page knows it; None where it names none."""
    said = said_corpus(settings)
    return None if said is None else str(said.resolve())


def page_of(settings: Settings) -> OpenPage | None:
    """The page that has the index open; None without one."""
    from assistant.ui.open_page import open_page

    return open_page(settings.index)


def brought_by_page(settings: Settings) -> tuple[OpenPage, Brought] | None:
    """The page that has the index open, and what it says of that after it has brought it up to date; None without one.

    Raises `InputError` where the settings name another folder of briefings than the page shows.
    """
    from assistant.ui.told import Wanted

    page = page_of(settings)
    if page is None:
        return None
    events = page.sync(Wanted(meant_corpus(settings)))
    if events is None:
        return None
    note(f"the page at {page.url} has the index open and brings it up to date")
    brought: list[Brought] = []
    with_progress(_events(events, brought))
    return page, brought[0]


def _events(told: Iterator[SyncEvent | Brought], brought: list[Brought]) -> Iterator[SyncEvent]:
    from assistant.ui.told import Brought

    for one in told:
        if isinstance(one, Brought):
            brought.append(one)
            yield one.report
        else:
            yield one
