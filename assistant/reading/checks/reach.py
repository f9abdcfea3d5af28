"""Which words of a sentence a small word such as "not" or "may" bears on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.reading.checks.stretches import sentences
from assistant.reading.checks.terms import Term, terms

_STOPS = re.compile(r"[;:()|.!?]|,\s*(?:and|but|while)\b|\bbut\b")


@dataclass(frozen=True, slots=True)
class Group:
    """The keys of the words that one cue bears on; `before` where they stand before it, as nothing follows."""

    keys: tuple[str, ...]
    before: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """What cues bear on: one group of words for each cue, in order, and the keys that no cue bears on.

    A key that stands at several places may be both.
    """

    groups: tuple[Group, ...]
    free: frozenset[str]

    @property
    def touched(self) -> frozenset[str]:
        """All keys that some cue bears on."""
        return frozenset(key for group in self.groups for key in group.keys)

    def missed_by(self, other: Reach, *, strict: bool = False) -> str | None:
        """The first key that a cue here bears on and that the other text has free of any; None where there is none.

        Only the first word of content behind a cue tells, and not where the other text has some word of the group
        under a cue of its own (that first word, if `strict`), or this one has it free as well. "China declined."
        only asks for some cue.
        """
        for group in self.groups:
            if not group.keys or (group.before and other.groups):
                continue
            first = group.keys[-1] if group.before else group.keys[0]
            alike = {first} if strict else set(group.keys)
            if not alike & other.touched and first in other.free and first not in self.free:
                return first
        return None


def reach(text: str, cues: re.Pattern[str], *, width: int = 2, whole: re.Pattern[str] | None = None) -> Reach:
    """What the `cues` of a text bear on: the next `width` words of content, up to the end of the clause.

    Where nothing follows ("the call was declined") it is the words before. Cues that match `whole` bear
    on each word of the clause behind them. Numbers say nothing here.
    """
    groups: list[Group] = []
    free: set[str] = set()
    for sentence in sentences(text):
        found = [term for term in terms(sentence) if term.key and not term.text[0].isdigit()]
        here: set[Term] = set()
        places: list[tuple[int, int]] = []
        for match in cues.finditer(sentence):
            places.append(match.span())
            far = whole is not None and bool(whole.fullmatch(match.group()))
            near = _after(sentence, found, match.end(), len(found) if far else width)
            before = not near
            near = near or _before(sentence, found, match.start(), width)
            here.update(near)
            if far:
                groups += [Group((term.key,), before) for term in near]
            else:
                groups.append(Group(tuple(term.key for term in near), before))
        inside = {term for term in found if any(start <= term.start < end for start, end in places)}
        free.update(term.key for term in found if term not in here and term not in inside)
    return Reach(tuple(groups), frozenset(free))


def _after(sentence: str, found: list[Term], start: int, width: int) -> list[Term]:
    stop = _STOPS.search(sentence, start)
    end = stop.start() if stop else len(sentence)
    return [term for term in found if start <= term.start < end][:width]


def _before(sentence: str, found: list[Term], end: int, width: int) -> list[Term]:
    stops = [match.end() for match in _STOPS.finditer(sentence, 0, end)]
    start = stops[-1] if stops else 0
    return [term for term in found if start <= term.start and term.end <= end][-width:]
