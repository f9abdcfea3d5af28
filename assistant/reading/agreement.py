"""How far a hypothesis agrees with a premise in its words, numbers, names and negations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.number_words import VALUES
from assistant.language.words import words

_NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor without cannot refused refuses refuse declined declines decline
    denied denies deny rejected rejects reject failed fails fail unable""".split()
)
_NUMBER_WORDS = {word: str(value) for word, value in VALUES.items()}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_BORDERS = re.compile(r"[.!?…;:|]+(?=[\s\"'”’»)\]]|$)|\n+")
MINUS = r"(?<![\w.,%)])[-−–]"
"""The sign of a number below zero, where a number follows; no hyphen and no range."""
_MINUS = re.compile(rf"{MINUS}(?=[$€£¥]?\d)")
_SAME_NAME = 4  # letters that make two names one: China and Chinese, Sweden and Swedish


def plain(text: str) -> str:
    """The words of `text` in lower case with one space between, without punctuation: what "verbatim" compares.

    The sign of a number below zero is no punctuation, and stands as "minus".
    """
    return " ".join(words(_MINUS.sub(" minus ", text))).casefold()


def stands_in(text: str, said: str) -> bool:
    """Whether the words of `said` stand in `text` one after another, whatever stands around them."""
    return f" {plain(said)} " in f" {plain(text)} "


def verbatim(premise: str, hypothesis: str) -> float | None:
    """1 for a hypothesis that stands in the premise, 0 where either has no words, None where more has to be read.

    It must stand there from one border to another: a piece out of the middle may say something else ("the minister
    resigned" of "the wife of the minister resigned", "China declined" of "China declined to comment").
    """
    claim = plain(hypothesis)
    pieces = [each for piece in _BORDERS.split(premise) if (each := plain(piece))]
    if not pieces or not claim:
        return 0.0
    for first in range(len(pieces)):
        stretch = pieces[first]
        for piece in pieces[first + 1 :]:
            if len(stretch) >= len(claim):
                break
            stretch = f"{stretch} {piece}"
        if stretch == claim:
            return 1.0
    return None


def coverage(premise: Sequence[str], hypothesis: Sequence[str]) -> float:
    """The share of the stems of the hypothesis, each once, that the premise has too; 0 without any."""
    wanted = set(hypothesis)
    return len(wanted.intersection(premise)) / len(wanted) if wanted else 0.0


def missing_numbers(premise: str, hypothesis: str) -> frozenset[str]:
    """Numbers of the hypothesis that the premise does not have, in figures; "60,000" is "60000", "two" is "2"."""
    return _numbers(hypothesis, spelled=False) - _numbers(premise, spelled=True)


def missing_names(premise: str, hypothesis: str) -> frozenset[str]:
    """Names of the hypothesis that the premise does not have; a name is a capitalised word inside a sentence.

    Names that share their first four letters are one, so that "Chinese" is there where "China" is. A hypothesis in
    which most words are capitalised has no names, as nothing sets them apart.
    """
    said = words(hypothesis)
    capitalised = [word for word in said[1:] if word[:1].isupper() and not word.isupper()]
    if len(capitalised) > len(said) / 2:
        return frozenset()
    there = {word.casefold()[:_SAME_NAME] for word in words(premise)}
    return frozenset(word for word in capitalised if word.casefold()[:_SAME_NAME] not in there)


def negations_differ(premise: str, hypothesis: str) -> bool:
    """Whether one of the two is negated an odd number of times and the other is not."""
    return _negations(premise) % 2 != _negations(hypothesis) % 2


def _negations(text: str) -> int:
    return sum(word in _NEGATIONS or word.endswith(("n't", "n’t")) for word in map(str.casefold, words(text)))


def _numbers(text: str, *, spelled: bool) -> frozenset[str]:
    """The numbers of a text. Spelled ones only on request: "one" of a hypothesis is seldom a number."""
    found = _FIGURES.findall(_THOUSANDS.sub("", text))
    if spelled:
        found += [_NUMBER_WORDS[word] for word in map(str.casefold, words(text)) if word in _NUMBER_WORDS]
    return frozenset(found)
