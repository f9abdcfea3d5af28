"""Small changes that make a true sentence false, or a question one that its text does not answer.

Each function returns the changed text, or None where there is nothing to change. What is put in comes from `others`,
so that it is of the kind that questions and claims really hold.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence

from assistant.language.words import STOP_WORDS

_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w'’-]+(?:\s+(?:of\s+|the\s+)?[A-Z][\w'’-]+)*")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w%]*\w)")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|did|does|do|should|may|might|must)\b(?!\s+not\b)(?!n['’]t)",
)
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_CALENDAR = re.compile(rf"\b({'|'.join(_MONTHS + _DAYS)})\b")


def names(text: str) -> list[str]:
    """Runs of capitalised words inside the sentences of a text, in order."""
    found = (match.group() for match in _NAME.finditer(text))
    return [name for name in found if name.lower() not in STOP_WORDS and not _CALENDAR.fullmatch(name)]


def another_name(text: str, others: Sequence[str], chance: random.Random) -> str | None:
    """The text with one of its names replaced by one of `others` that it does not hold."""
    held = list(dict.fromkeys(names(text)))
    if not held or not others:
        return None
    old = chance.choice(held)
    for _ in range(10):
        new = chance.choice(others)
        if not _shared(new, [text]):
            return text.replace(old, new)
    return None


def another_number(text: str, chance: random.Random) -> str | None:
    """The text with one of its numbers changed: a digit, or a year by some years."""
    found = list(_NUMBER.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    old = match.group()
    places = [place for place, character in enumerate(old) if character.isdigit()]
    for _ in range(10):
        place = chance.choice(places[-2:] if len(places) == 4 else places)
        new = old[:place] + chance.choice("123456789") + old[place + 1 :]
        if new != old:
            return text[: match.start()] + new + text[match.end() :]
    return None


def another_day(text: str, chance: random.Random) -> str | None:
    """The text with a month or a day of the week replaced by another one."""
    match = _CALENDAR.search(text)
    if match is None:
        return None
    kind = _MONTHS if match.group() in _MONTHS else _DAYS
    new = chance.choice([word for word in kind if word != match.group()])
    return text[: match.start()] + new + text[match.end() :]


def negated(text: str) -> str | None:
    """The text with "not" behind its first auxiliary verb, or without the "not" it has."""
    if re.search(r"\bnot\s", text):
        return re.sub(r"\bnot\s", "", text, count=1)
    match = _AUXILIARY.search(text)
    return None if match is None else f"{text[: match.end()]} not{text[match.end() :]}"


def _shared(name: str, texts: Iterable[str]) -> bool:
    words = {word.lower() for word in name.split() if word[:1].isupper()}
    return any(words & {word.lower() for word in re.findall(r"\w+", text)} for text in texts)
