"""What editing an earlier question leaves behind: the turns that followed, kept for this session. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.types import Turn


@dataclass(frozen=True, slots=True)
class Branch:
    """The turns of a conversation from its `at`th on (from 0), before that question was edited.

    `left` are the branches that these turns had themselves, where their questions were edited before.
    """

    at: int
    turns: tuple[Turn, ...]
    left: Branches = ()


Branches = tuple[Branch, ...]
"""Those of one conversation; at most one begins at each turn, an older one lies inside it."""


def forked(turns: tuple[Turn, ...], left: Branches, at: int) -> tuple[tuple[Turn, ...], Branches]:
    """The turns before the `at`th, and the branches with what was cut off.

    Both come back as they were where there is no such turn.
    """
    if not 0 <= at < len(turns):
        return turns, left
    inside = tuple(branch for branch in left if branch.at >= at)
    return turns[:at], (*(branch for branch in left if branch.at < at), Branch(at, turns[at:], inside))


def branch_at(left: Branches, at: int) -> Branch | None:
    """The branch that begins at a turn, if any."""
    return next((branch for branch in left if branch.at == at), None)


def without_first(left: Branches, count: int) -> Branches:
    """The branches after the first `count` turns of the conversation were dropped."""
    return tuple(
        replace(branch, at=branch.at - count, left=without_first(branch.left, count))
        for branch in left
        if branch.at >= count
    )
