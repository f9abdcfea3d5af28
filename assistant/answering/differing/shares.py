"""Shares of one and the same whole on which documents differ: "a third of Arlen's tin", "a fifth of Arlen's tin"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.answering.differing.stated import Stated
from assistant.answering.differing.statements import Contrast, Told, of_different_times
from assistant.language.words import stems
from assistant.reading.checks.names import names_in

_SAME_DAYS = 31
"""Further than other figures may documents be apart: they name the same whole and the same source in the same words."""
_LONG = 3  # words by which a whole is named, at least: "of the capacity" may be of any
_OF = re.compile(r"\s+of\s+((?:[\w’'-]+\s?){1,8})")


@dataclass(frozen=True, slots=True)
class _Share:
    """A share that a sentence states, the first stems of what it is a share of, and the names elsewhere in it."""

    told: Told
    stated: Stated
    whole: tuple[str, ...]
    names: frozenset[str]


def shares_of_one_whole(sentences: Sequence[Told]) -> Iterator[Contrast]:
    """Sentences of two documents that give another share of the same whole, and name nobody that the other does not.

    The rest of their words may be others: "was lost, though users noticed nothing", "was affected".
    """
    found = [
        (told, stated) for told in sentences for stated in told.of_kind("number") if _OF.match(*_behind(told, stated))
    ]
    known = frozenset(term.key for told, _ in found for term in names_in(told.text))
    for one, two in combinations([_share(told, stated, known) for told, stated in found], 2):
        same = one.whole == two.whole and len(one.whole) == _LONG
        if not same or one.told.key[0] == two.told.key[0] or not one.names or one.names != two.names:
            continue
        if one.stated.differs(two.stated, disputed=False) and not of_different_times(
            one.told, two.told, days=_SAME_DAYS
        ):
            yield Contrast("number", (one.told, one.stated.span), (two.told, two.stated.span))


def _behind(told: Told, stated: Stated) -> tuple[str, int]:
    """A sentence and where a share in it ends; behind its end for another figure."""
    return told.text, stated.span.end if stated.unit == "%" else len(told.text)


def _share(told: Told, stated: Stated, known: frozenset[str]) -> _Share:
    match = _OF.match(told.text, stated.span.end)
    assert match is not None
    whole = tuple(stems(match.group(1)))[:_LONG]
    others = (term for term in names_in(told.text, known) if not match.start() <= term.start < match.end())
    return _Share(told, stated, whole, frozenset(term.key for term in others))
