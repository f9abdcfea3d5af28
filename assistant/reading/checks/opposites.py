"""A claim that turns a word of its source into its opposite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.reading.checks.antonyms import BESIDE, PLAIN, Pair
from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.terms import Term, terms

_NEAR = 2  # words to either side


def opposites(premise: str, claim: str) -> Finding | None:
    """A word of the claim whose opposite the source has, and the source has neither the word nor another like it.

    Parts of names ("the Northern Line", "the Southern Lights") are for those who compare names.
    """
    source, said = terms(parts_of(premise)[1]), terms(claim)
    near = (
        (there, here) for there, here in opposed(source, said, BESIDE) if beside(source, there) & beside(said, here)
    )
    for there, here in (*opposed(source, said, PLAIN), *near):
        if here and there and source[there].capital and said[here].capital:
            continue
        reason = f"the source says “{source[there].text}”, not “{said[here].text}”"
        return Finding("contradicted", "negation", reason)
    return None


def opposed(source: Sequence[Term], said: Sequence[Term], pairs: Sequence[Pair]) -> Iterator[tuple[int, int]]:
    """The places of a word of the source and of its opposite in what is said, pair by pair.

    Only where neither text has words of both sides: a text that has "before" and "after" turns nothing round.
    """
    sources, claims = _places(source), _places(said)
    for pair in pairs:
        for mine, theirs in (pair, pair[::-1]):
            if not (sources.keys() & mine or claims.keys() & theirs):
                here = [place for key in sorted(claims.keys() & mine) for place in claims[key]]
                there = [place for key in sorted(sources.keys() & theirs) for place in sources[key]]
                yield from ((one, other) for one in there for other in here)


def beside(found: Sequence[Term], place: int) -> frozenset[str]:
    """The keys of the words of content among the two words before a place and the two behind it."""
    near = (*found[max(0, place - _NEAR) : place], *found[place + 1 : place + 1 + _NEAR])
    return frozenset(term.key for term in near if term.key)


def _places(found: Sequence[Term]) -> dict[str, list[int]]:
    """Where each word stands; words of grammar as they are written."""
    places: dict[str, list[int]] = {}
    for place, term in enumerate(found):
        places.setdefault(term.key or term.text.lower(), []).append(place)
    return places
