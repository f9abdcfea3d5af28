"""One change that makes a sentence of a source false, of each kind that written answers get wrong.

Each change takes a sentence, the passage that it is from and a source of chance, and gives the changed sentence, or
None where there is nothing of its kind to change.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

from assistant.reading.checks.terms import keys
from benchmarks.training.swaps import another_day, another_name, another_number, names, negated

Change = Callable[[str, str, random.Random], str | None]

_SCALE = re.compile(r"\b(million|billion)\b")
_UNITS = ("tonnes", "ships", "kilometres", "days", "weeks", "months", "minutes", "hours", "miles", "dollars")
_UNIT = re.compile(rf"(?<=\d )({'|'.join(_UNITS)})\b")
_DAY = re.compile(r"\b([1-9]|[12]\d|3[01])(?= (?:January|February|March|April|May|June|July|August|September|October|"
                  r"November|December)\b)")  # fmt: skip
_YEAR = re.compile(r"\b20[12]\d\b")
_HEDGE = re.compile(r"\b(?:reportedly|likely|probably) |\b(?:may|might|could|would|will) (?=[a-z]+\b)|"
                    r"\b(?:is|are|was|were) (?:expected|believed|likely|due) to (?:have )?")  # fmt: skip
_SAID = re.compile(
    r"^(?P<who>[A-Z][^.;:,]{3,80}?) (?P<verb>said|says|warned|announced|added|told \w+) that (?P<what>.{25,})$"
)
_DENIAL = {
    "declined": "accepted", "refused to": "agreed to", "rejected": "accepted", "denied": "confirmed", "never": "always",
    "failed to": "managed to", "without": "with", "no longer": "still",
}  # fmt: skip


def verbatim(text: str, _: str, __: random.Random) -> str:
    """The sentence as it is: nothing is wrong with it."""
    return text


def number(text: str, _: str, chance: random.Random) -> str | None:
    """Another number, in figures."""
    return another_number(text, chance) if _without_dates(text) == text else None


def magnitude(text: str, _: str, __: random.Random) -> str | None:
    """Millions for billions, or the other way round."""
    other = {"million": "billion", "billion": "million"}
    return _replaced(_SCALE, text, lambda found: other[found])


def unit(text: str, _: str, chance: random.Random) -> str | None:
    """Another unit behind a number."""
    return _replaced(_UNIT, text, lambda found: chance.choice([other for other in _UNITS if other != found]))


def day(text: str, _: str, chance: random.Random) -> str | None:
    """Another day of the month."""
    return _replaced(_DAY, text, lambda found: str((int(found) + chance.randint(1, 20)) % 28 + 1))


def month(text: str, _: str, chance: random.Random) -> str | None:
    """Another month or day of the week."""
    return another_day(text, chance)


def year(text: str, _: str, chance: random.Random) -> str | None:
    """Another year."""
    return _replaced(_YEAR, text, lambda found: str(int(found) + chance.choice((-2, -1, 1, 2))))


def name(text: str, passage: str, chance: random.Random) -> str | None:
    """A name of the same passage in the place of another."""
    return another_name(text, _others(text, passage), chance)


def exchanged(text: str, _: str, __: random.Random) -> str | None:
    """The first and the second name of the sentence exchanged, where one acts on the other."""
    match = re.match(r"^((?!The )[A-Z]\w+) ((?:had )?[a-z]+ed) ([A-Z]\w+)\b(?! [A-Z])", text)
    return f"{match[3]} {match[2]} {match[1]}{text[match.end() :]}" if match else None


def negation(text: str, _: str, __: random.Random) -> str | None:
    """A "not" put in or taken out."""
    return negated(text)


def denial(text: str, _: str, __: random.Random) -> str | None:
    """A verb that says no turned into one that says yes."""
    for said, other in _DENIAL.items():
        if re.search(rf"\b{said}\b", text):
            return re.sub(rf"\b{said}\b", other, text, count=1)
    return None


def hedge(text: str, _: str, __: random.Random) -> str | None:
    """Without its first hedge."""
    found = _HEDGE.sub("", text, count=1)
    return found if found != text else None


def speaker(text: str, passage: str, chance: random.Random) -> str | None:
    """Said by somebody else whom the passage names."""
    said = _SAID.match(text)
    others = _others(text, passage)
    return f"{chance.choice(others)} {said['verb']} that {said['what']}" if said and others else None


def unattributed(text: str, _: str, __: random.Random) -> str | None:
    """What somebody said, as a fact."""
    said = _SAID.match(text)
    return f"{said['what'][:1].upper()}{said['what'][1:]}" if said else None


def stitched(text: str, passage: str, chance: random.Random) -> str | None:
    """The beginning of this sentence and the end of another one of the passage, joined behind a verb."""
    others = [
        other for other in re.split(r"(?<=[.”])\s+", passage) if other and other not in text and text not in other
    ]
    mine = _halves(text)
    theirs = [half[1] for other in others if (half := _halves(other.strip("- "))) is not None]
    return f"{mine[0]}{chance.choice(theirs)}" if mine and theirs else None


CHANGES: Mapping[str, Change] = {
    change.__name__: change
    for change in (
        verbatim, number, magnitude, unit, day, month, year, name, exchanged, negation, denial, hedge, speaker,
        unattributed, stitched,
    )
}  # fmt: skip
"""The changes by name; the first one changes nothing."""


def _replaced(pattern: re.Pattern[str], text: str, new: Callable[[str], str]) -> str | None:
    match = pattern.search(text)
    return f"{text[: match.start()]}{new(match.group())}{text[match.end() :]}" if match else None


def _without_dates(text: str) -> str:
    return _YEAR.sub("", _DAY.sub("", text))


def _others(text: str, passage: str) -> list[str]:
    """Names of a passage's sentences, not of its tables, of which the text has no word in any form."""
    prose = "\n".join(line for line in passage.split("\n") if " | " not in line and line.endswith((".", "”")))
    found = [name.removesuffix("'s").removesuffix("’s") for name in names(prose) if "\n" not in name]
    return [name for name in found if not keys(name) & keys(text)]


def _halves(text: str) -> tuple[str, str] | None:
    match = re.search(r" (?:was|were|had|has|is|are|will|signed|carried|announced|visited|met|left|hit) ", text)
    return (
        (text[: match.end()], text[match.end() :])
        if match and match.start() > 8 and len(text) - match.end() > 15
        else None
    )
