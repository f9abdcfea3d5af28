"""The most and the least of a table: "the highest rent", "the second largest", "the three cheapest projects"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering.tables.columns import falls, is_rank
from assistant.answering.tables.rows import LOOKED_AT, Means, Numbered, Row

_LEAST = r"fewest|lowest|smallest|shortest|minimum|quietest|cheapest|least"
_MOST = (
    "highest|largest|biggest|greatest|maximum|peak|busiest|longest|heaviest|dearest|most expensive|"
    r"most(?! (?:recent|recently|important|likely|serious|of)\b)"
)
_PLACES = {
    word: place
    for place, words in enumerate(("second|2nd|next", "third|3rd", "fourth|4th", "fifth|5th"), start=2)
    for word in words.split("|")
}
_COUNTS = {word: count for count, word in enumerate("two three four five six seven eight nine ten".split(), start=2)}
_EXTREME = re.compile(
    rf"(?P<place>\b(?:{'|'.join(_PLACES)})[ -])?"
    rf"(?:\b(?:top|bottom)\s+)?(?P<count>\b(?:{'|'.join(_COUNTS)}|\d{{1,2}})\s+)?"
    rf"\b(?:(?P<least>{_LEAST})|(?P<most>{_MOST}))\b",
    re.IGNORECASE,
)
_TOP = re.compile(rf"\b(?P<end>top|bottom)\s+(?P<count>{'|'.join(_COUNTS)}|\d{{1,2}})\b", re.IGNORECASE)
_TIMES = re.compile(
    r"(?P<early>\b(?:earliest|soonest|oldest)\b|\bfirst(?=\W*$))|"
    r"(?P<late>\b(?:latest|newest|most recent(?:ly)?)\b|\blast(?=\W*$))",
    re.IGNORECASE,
)
_NTH = "|".join(_PLACES)
_ONLY_AN_EXTREME = re.compile(
    r"(?:(?:what|how) about\s+|(?:who|which|what)(?: one)? (?:is|are|was|were|has|have|had|comes?|came)\s+)?"
    rf"(?:the\s+)?(?:(?P<place>(?:{_NTH})[ -])?(?:(?P<least>{_LEAST})|(?P<most>{_MOST}))|(?P<alone>{_NTH}))"
    r"(?:\s+ones?)?\W*",
    re.IGNORECASE,
)
_BARE = frozenset(("most", "least"))
_THE = re.compile(r"\bthe\s+(?:(?:two|three|four|five|second|third|2nd|3rd|next)[ -])?$", re.IGNORECASE)


def extremes(question: str, column: str, numbered: Sequence[Numbered], means: Means) -> list[Row] | None:
    """The rows with the most or the least of a column, in order; None where a question asks for neither, or for both.

    "The second largest" is one of them, "the three largest" are three. Rows with the same number share their place.
    Only rows that the question `means` have one; it is asked of the first `LOOKED_AT` of them alone.
    """
    found = _asked(question)
    if found is None:
        return None
    most, first, last = found
    most = most and not falls(question, column)  # the largest fall is the lowest number
    most = most != is_rank(column)  # and the highest rank
    return _at_places(sorted(numbered, key=lambda pair: pair[0], reverse=most), first, last, means)


def extreme_times(question: str, dated: Sequence[Numbered], means: Means) -> list[Row]:
    """The rows with the earliest or the latest date of a column; none where a question asks for neither, or for both.

    "Which project ends last?" asks for the latest; "last year" does not.
    """
    found = {match.lastgroup for match in _TIMES.finditer(question)}
    if len(found) != 1:
        return []
    return _at_places(sorted(dated, key=lambda pair: pair[0], reverse="late" in found), 1, 1, means)


def _at_places(ordered: Sequence[Numbered], first: int, last: int, means: Means) -> list[Row]:
    """The rows at these places, counted from 1, of those that are meant, with those that share them."""
    kept: list[Numbered] = []
    for number, row in ordered[:LOOKED_AT]:
        if len(kept) >= last and number != kept[-1][0]:
            break
        if means(row):
            kept.append((number, row))
    wanted = {number for number, _ in kept[first - 1 : last]}
    return [row for number, row in kept if number in wanted]


def asks_for_extreme_times(question: str) -> bool:
    """Whether a question asks for the earliest or the latest of something."""
    return len({match.lastgroup for match in _TIMES.finditer(question)}) == 1


def asks_for_extremes(question: str) -> bool:
    """Whether a question asks for the most or the least of something."""
    return _asked(question) is not None


def _asked(question: str) -> tuple[bool, int, int] | None:
    """Whether the most is asked for, and the first and the last place of those asked for, from 1."""
    found: set[tuple[bool, int, int]] = set()
    for match in _extremes_in(question):
        place = _PLACES.get((match["place"] or "").strip(" -").lower(), 1)
        count = _count(match["count"])
        found.add((match["most"] is not None, place, place + count - 1))
    for match in () if found else _TOP.finditer(question):
        found.add((match["end"].lower() == "top", 1, _count(match["count"])))
    return next(iter(found)) if len(found) == 1 else None


def _extremes_in(text: str) -> Iterator[re.Match[str]]:
    for match in _EXTREME.finditer(text):
        word = (match["least"] or match["most"]).lower()
        if word in _BARE and not _THE.search(text[: match.start()] + (match["place"] or match["count"] or "")):
            continue
        yield match


def with_other_extreme(question: str, told: str) -> str | None:
    """A question with another extreme in place of its own: of "the highest rent", "the lowest?" or "the second?".

    None where the question has not just one, or where `told` is more than that.
    """
    own = list(_extremes_in(question))
    other = _ONLY_AN_EXTREME.fullmatch(told)
    if len(own) != 1 or other is None:
        return None
    found = own[0]
    place = other["place"] or other["alone"] or ""
    word = other["least"] or other["most"] or found["least"] or found["most"]
    said = f"{place.strip(' -')} {word}".strip()
    return f"{question[: found.start()]}{said}{question[found.end() :]}"


def _count(said: str | None) -> int:
    word = (said or "").strip().lower()
    return max(1, int(word)) if word.isdigit() else _COUNTS.get(word, 1)
