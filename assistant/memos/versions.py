"""Which earlier states of a memo are kept: enough to go back to, however often it is saved. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from assistant.memos.memo import Memo
from assistant.memos.tokens import token_problems

EVERY = timedelta(minutes=5)
"""While somebody writes, a state is kept as often as this."""

MOST = 100
"""How many earlier states of a memo are kept; see `superfluous`."""

_NEWEST = 30

Why = Literal["begun", "time", "structure", "citations", "restored", "collected", "conflict"]
"""Why a state was kept: it was the first; five minutes had gone by; the next one had fewer sections or others in their
places; it lost citations; an earlier one was put back; evidence was collected, which can be undone; somebody kept their
text instead of it."""


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier state of a memo: `number` is its revision, `saved` when it was saved (UTC), `sections` their count."""

    number: int
    title: str
    sections: int
    saved: datetime
    why: Why


def why_kept(before: Memo, after: Memo, *, since: timedelta | None) -> Why | None:
    """Why the state `before` is kept when `after` takes its place; None where it need not be.

    `since` is how long ago a state was kept, None where none was. A section more at the end is no reason: nothing is
    lost with it.
    """
    if since is None:
        return "begun"
    old, new = before.sections, after.sections
    if len(new) < len(old) or _differing(before, after) > 1:
        return "structure"
    if any(problem.kind == "lost" for problem in token_problems(before, after)):
        return "citations"
    return "time" if since >= EVERY else None


def superfluous(kept: Sequence[datetime]) -> int | None:
    """Which of the states kept at these times, oldest first, goes; None while they are at most `MOST`.

    It is the one whose neighbours are closest in time. The first and the newest stay, so the further back, the fewer.
    """
    if len(kept) <= MOST:
        return None
    return min(range(1, len(kept) - _NEWEST), key=lambda at: kept[at + 1] - kept[at - 1])


def _differing(before: Memo, after: Memo) -> int:
    """In how many places another section stands than before."""
    return sum(old != new for old, new in zip(before.sections, after.sections, strict=False))
