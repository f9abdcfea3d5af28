"""Offers the names of the briefings that a question may have meant where it names what no briefing has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from assistant.answering.subjects import Subject
from assistant.language.words import STOP_WORDS, words
from assistant.types import Respelt, Span

_MOST = 4
"""Of so many names the nearest are looked for: it takes time, and a long text may be full of words nobody has."""

_LONGEST = 5
"""Words of a name; a longer run of capitals is a title, or a text in capitals."""


class Names(Protocol):
    """What an index tells about the names in its documents."""

    def nearest_name(self, readings: Sequence[Sequence[str]], /) -> tuple[int, str] | None:
        """The first of some readings, by its place, that is spelt much like a name in the documents, and that name."""
        ...


def respelt(texts: Sequence[str], strangers: Sequence[Subject], names: Names) -> Respelt | None:
    """The question with the nearest names in place of `strangers`, which no briefing has; None where none is near.

    `texts` are the forms of the question, and the first that has all of the strangers is the one that is changed.
    Countries are spelt right: their names are known.
    """
    asked = [one for one in strangers if not one.is_group and not one.name[0].isdigit()]
    asked = [one for one in asked if len(one.name.split()) <= _LONGEST]
    asked = sorted(asked, key=lambda one: not one.proper)[:_MOST]
    text = next((text for text in texts if all(_place(text, one.name) for one in asked)), None)
    if text is None:
        return None
    meant: dict[Span, str] = {}
    for stranger in asked:
        readings = _readings(text, stranger)
        if any(one.overlaps(other) for one in readings for other in meant):
            continue
        found = names.nearest_name([words(one.of(text)) for one in readings])
        if found is not None:
            meant[readings[found[0]]] = found[1]
    if not meant:
        return None
    places = sorted(meant, key=lambda place: place.start)
    question = text
    for place in places:
        question = meant[place].join(re.split(rf"(?<!\w){re.escape(place.of(text))}(?!\w)", question))
    return Respelt(tuple(dict.fromkeys(meant[place] for place in places)), question)


def _readings(text: str, stranger: Subject) -> list[Span]:
    """The stretches of the text that may be the misspelt name, the likeliest first.

    A single word counts with those beside it first: "the Galaxy leadr". In lower case it is a name by itself only where
    the whole text has one case.
    """
    place = _place(text, stranger.name)
    assert place is not None
    first, _, last = stranger.name.rpartition(" ")
    if first:  # the last word of a name stands for it by itself
        return [place, Span(place.end - len(last), place.end)]
    found = [Span(*match.span()) for match in re.finditer(r"[^\W_]+", text)]
    pairs = [
        Span(one.start, other.end)
        for one, other in pairwise(found)
        if place in (one, other)
        and text[one.end : other.start] == " "
        and not STOP_WORDS & {one.of(text).lower(), other.of(text).lower()}
    ]
    alone = stranger.proper or text[1:].islower() or text.isupper()
    return [*pairs, *([place] if alone else [])]


def _place(text: str, name: str) -> Span | None:
    """Where the words of a name stand in a text, whatever is between them."""
    pattern = r"\W+".join(map(re.escape, words(name)))
    found = re.search(rf"(?<!\w){pattern}(?!\w)", text)
    return Span(*found.span()) if found else None
