"""Quantities as texts write them: "26,527 tonnes", "$23 billion", "4.2 million", "76 per cent", "31st", "twelve"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import prod
from typing import Literal

from assistant.language.number_words import ORDINALS, SCALES, SMALL, TENS, VALUES
from assistant.reading.agreement import MINUS
from assistant.reading.checks.calendar_dates import dates
from assistant.reading.checks.terms import Term, key_of, terms
from assistant.types import Span

Kind = Literal["count", "percent", "money", "ordinal"]
Bound = Literal["", "about", "below", "above"]

_SPELLED = VALUES | {f"{ten}-{unit}": VALUES[ten] + VALUES[unit] for ten in TENS for unit in SMALL[1:10]}
_SPELLED |= {"dozen": 12}
_ORDINALS = ORDINALS | {"hundredth": 100, "thousandth": 1000}
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}

_SPELLED_PATTERN = "|".join(sorted(_SPELLED, key=len, reverse=True))
_QUANTITY = re.compile(
    r"(?<![\w.,])(?<![A-Za-z]-)(?P<money>(?:US|A|C|HK|NZ|S)?[$€£¥]\s?)?"
    rf"(?:(?P<figure>\d+(?:[,  ]\d{{3}})*(?:\.\d+)?)(?P<th>st|nd|rd|th)?(?P<short>k|m|mn|bn|b|tn)?|"
    rf"(?P<spelled>{_SPELLED_PATTERN})|(?P<ordinal>{'|'.join(_ORDINALS)}))(?![\w]|[.,]\d)"
    rf"(?P<scales>(?:[\s-]+(?:{'|'.join(SCALES)}))*)"
    r"(?P<percent>\s?%|\s+per\s?cent\b|\s+percentage\s+points?\b)?",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"\s+(?:US\s+|American\s+)?(?P<name>dollars?|euros?|pounds?|yuan|yen|roubles?|rubles?)\b", re.I)
_CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "rouble": "ruble"}
_BOUND_WORDS: Mapping[Bound, str] = {
    "below": "almost|nearly|close to|under|below|less than|fewer than|up to|at most|just short of|not? more than",
    "above": "more than|over|above|at least|exceeding|no fewer than|no less than|as many as|greater than",
    "about": "about|around|roughly|approximately|some|an estimated|circa",
}
_BOUNDS = {
    bound: re.compile(rf"\b(?:{words})\s+(?:a\s+|the\s+)?$", re.IGNORECASE) for bound, words in _BOUND_WORDS.items()
}
_CELL_BOUNDS = {  # of a cell of its own after that of the number: "Tonnes: 8500000 | Precision: over"
    bound: re.compile(rf"[^|]*\|[^|:]*:\s*(?:{words})\s*(?:\||$)", re.IGNORECASE)
    for bound, words in _BOUND_WORDS.items()
}
_MINUS = re.compile(rf"{MINUS}$|\b(?:minus|negative)\s+$", re.IGNORECASE)
_PERCENT_COLUMN = re.compile(r"(?:\(%\)|\bper\s?cent|%): [-−–]?$", re.IGNORECASE)  # a cell of a table
_FALL = (
    r"\b(?:fall|fell|fallen|falling|drop(?:s|ped|ping)?|declin\w+|decreas\w+|down|shr[aiu]nk\w*|los[st]\w*|slump\w*|"
    r"deficit|plung\w+|contract(?:ed|ion)|cut|reduc\w+|lower|below|less|fewer|under|minus|negative)\b"
)
_FALL_BEFORE = re.compile(rf"{_FALL}[^.;]{{0,40}}$", re.IGNORECASE)
_FALL_AFTER = re.compile(rf"[^.;,]{{0,25}}?{_FALL}", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|these|those|both)\s+$", re.IGNORECASE)
_JOINED = re.compile(r"-([a-z]+)")
_RANGE = re.compile(r"\s*(?:to|or|–|—|-|and)\s*", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:section|article|resolution|task force|chapter|no\.|number|mi|su|jas|kh|operation)[\s-]*$", re.I
)
_UNIT = {
    "kilometr": "kilometre", "kilomet": "kilometre", "km": "kilometre", "mile": "mile", "metr": "metre",
    "meter": "metre", "feet": "foot", "foot": "foot", "yard": "yard", "tonn": "tonne", "ton": "ton",
    "minut": "minute", "hour": "hour", "day": "day", "week": "week", "month": "month", "year": "year",
    "second": "second", "decad": "decade", "kilogram": "kilogram", "kg": "kilogram", "barrel": "barrel",
    "point": "point",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text: its value in full, what kind it is, and how it is bound ("almost", "more than").

    `unit` is a unit of measure, money or time, or empty. `nouns` are the keys of the first two words of content behind
    it, which tell what is counted. `definite` is one in words that points back to things: "the two presidents".
    `minus` is one below zero ("-5.2 per cent"), of which `value` is without the sign; `falls` is one that words beside
    it take away ("fell by 5.2 per cent", "5.2 per cent lower"), which can say the same.
    """

    value: Fraction
    kind: Kind
    bound: Bound
    unit: str
    nouns: tuple[str, ...]
    span: Span
    text: str
    definite: bool = False
    minus: bool = False
    falls: bool = False


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in order, without those that belong to dates or names ("Section 231", "F-16")."""
    taken = [found.span for found in dates(text)]
    words = terms(text)
    result = []
    for match in _QUANTITY.finditer(text):
        span = Span(match.start(), match.end())
        if any(span.overlaps(other) for other in taken) or _NAMED.search(text[: match.start()]):
            continue
        if (match["spelled"] or "").lower() == "one" and not match["scales"] and not match["percent"]:
            continue  # "one of the ships" and "the one who" count nothing
        result.append(_quantity(text, match, words))
    return tuple(_with_shared_units(text, result))


def _with_shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """What a range shares goes to its first number, too: "60,000 to 65,000 feet", "3 to 5%", "$2 to $3 million"."""
    for place, (first, second) in enumerate(pairwise(found)):
        between = text[first.span.end : second.span.start]
        alike = first.kind == "count" or (first.kind == second.kind == "money" and first.unit == second.unit)
        if _RANGE.fullmatch(between) and alike and not first.nouns:
            value = first.value * _scale_of(second) if first.value < 1000 and _scale_of(first) == 1 else first.value
            found[place] = replace(first, value=value, kind=second.kind, unit=second.unit, nouns=second.nouns)
    return found


def _scale_of(quantity: Quantity) -> int:
    """By what the words of scale in a quantity multiply its number: 1,000,000 for "3 million people"."""
    return prod(SCALES.get(word, 1) for word in quantity.text.lower().replace("-", " ").split())


def _quantity(text: str, match: re.Match[str], words: tuple[Term, ...]) -> Quantity:
    end = match.end()
    if match["figure"]:
        value = Fraction(re.sub(r"[,  ]", "", match["figure"]))
    elif match["spelled"]:
        value = Fraction(_SPELLED[match["spelled"].lower()])
    else:
        value = Fraction(_ORDINALS[match["ordinal"].lower()])
    for scale in (match["scales"] or "").replace("-", " ").split():
        value *= SCALES[scale.lower()]
    if match["short"]:
        value *= _SHORT_SCALES[match["short"].lower()]
    currency = _CURRENCY.match(text, end)
    before = text[max(0, match.start() - 24) : match.start()]
    kind: Kind = "count"
    unit = ""
    if match["percent"] or _PERCENT_COLUMN.search(before):
        kind, unit = "percent", "percent"
    elif match["money"] or currency:
        sign = (match["money"] or "").strip()[-1:]
        name = currency["name"].lower().rstrip("s") if currency else sign
        kind, unit = "money", _CURRENCIES.get(name, name)
        end = currency.end() if currency else end
    elif match["th"] or match["ordinal"]:
        kind = "ordinal"
    nouns, last = _nouns(text, end, words)
    if not unit and kind == "count":
        unit = next((_UNIT[noun] for noun in nouns if noun in _UNIT), "")
    said = [name for name, pattern in _BOUNDS.items() if pattern.search(before)]
    bound: Bound = next(iter(said or [name for name, cell in _CELL_BOUNDS.items() if cell.match(text, end)]), "")
    definite = bool(match["spelled"] and _DEFINITE.search(text[: match.start()]))
    return Quantity(
        value,
        kind,
        bound,
        unit,
        nouns,
        Span(match.start(), end),
        text[match.start() : last],
        definite=definite,
        minus=bool(_MINUS.search(before)),
        falls=bool(_FALL_BEFORE.search(text[: match.start()]) or _FALL_AFTER.match(text, end)),
    )


def _nouns(text: str, end: int, words: tuple[Term, ...]) -> tuple[tuple[str, ...], int]:
    """The keys of the next two words of content in the same stretch, and where the first one ends.

    Another number or a comma ends the stretch. In "a 30-minute talk" it is the word behind the hyphen.
    """
    found: list[str] = []
    position = last = end
    joined = _JOINED.match(text, end)
    if joined:
        return (key_of(joined[1]),), joined.end()
    for term in words:
        if term.start < end:
            continue
        if re.search(r"[,;:.()|]", text[position : term.start]) or term.text[0].isdigit() or len(found) == 2:
            break
        if not term.key and found:
            break
        if term.key:
            found.append(term.key)
            last = term.end if len(found) == 1 else last
        position = term.end
    return tuple(found), last
