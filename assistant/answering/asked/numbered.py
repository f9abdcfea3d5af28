"""Names that only a number tells apart: Resolution 2702, Super Bowl LVIII, Windows 11, Charles III."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from assistant.language.words import STOP_WORDS
from assistant.language.written_dates import MONTHS
from assistant.reading.checks.terms import bare

_ROMAN = r"(?=[MDCLXVI]{2}|[IVX]\b)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_NUMBER = rf"(?:\d{{1,4}}|{_ROMAN})(?!\w|[.,]\d|\s?%)"
_NUMBERS = rf"{_NUMBER}(?:(?:, | (?:and|or|to) |, (?:and|or) |[–—-]){_NUMBER})*"
_NUMBERED = re.compile(
    rf"\b([A-Z][\w’'-]+?)(?:[ \u00a0-]|(?<=[A-Z])(?=\d))({_NUMBERS})"
    r"(?!\s(?:million|billion|trillion|thousand|per\s?cent|dollars|euros|tonnes|people)\b)"
)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_EACH = re.compile(rf"{_NUMBER}")
_TO = re.compile(r" to |[–—-]")
_LONGEST_RANGE = 50
_MONEY = frozenset("usd eur gbp rmb cny chf jpy inr rub try aud cad nok sek dkk pln brl zar us hk".split())
_PARTS = frozenset(
    "act annex article book category chapter class level part phase schedule tier title type volume war".split()
)
_NO_NAMES = STOP_WORDS | frozenset(MONTHS) | _MONEY


@lru_cache(maxsize=512)  # the question and its passages are looked at for each of their sentences
def numbered(text: str) -> Mapping[str, frozenset[int]]:
    """The names of a text that have a number, each with its numbers: {"resolution": {2664, 2702}}.

    The s of a plural is left away. Months with a year, sums of money and words of grammar before a number ("In 2018")
    are none. "I" is a number only in parts of something ("Part I", "World War I").
    """
    found: dict[str, set[int]] = defaultdict(set)
    for match in _NUMBERED.finditer(text):
        name = bare(match[1]).rstrip("s") if len(match[1]) > 3 else bare(match[1])
        if bare(match[1]) not in _NO_NAMES and (match[2] != "I" or name in _PARTS):
            found[name].update(_values(match[2]))
    return MappingProxyType({name: frozenset(numbers) for name, numbers in found.items()})


def of_another_number(question: str, sentence: str, around: str) -> bool:
    """Whether a sentence is of a thing with another number than the question names.

    `around` is the passage with the heads above it. Where that has the number the sentence may compare the two, but for
    a label: what is said of "Super Bowl LVI: ..." is said of no other one.
    """
    asked = numbered(question)
    said = numbered(sentence) if asked else {}
    for name in asked.keys() & said.keys():
        if asked[name] & said[name]:
            continue
        label = sentence.partition(": ")[0] if ": " in sentence else ""
        if not asked[name] & numbered(around).get(name, frozenset()) or numbered(label).get(name):
            return True
    return False


def _values(numbers: str) -> set[int]:
    """Each number of "4, 5 and 6", and all of "4 to 6"."""
    values = [_value(number) for number in _EACH.findall(numbers)]
    first, last = values[0], values[-1]
    ranges = _TO.search(numbers) and 0 < last - first < _LONGEST_RANGE
    return set(range(first, last + 1)) if ranges else set(values)


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    digits = [_ROMAN_DIGITS[letter] for letter in number]
    return sum(-each if each < after else each for each, after in zip(digits, [*digits[1:], 0], strict=True))
