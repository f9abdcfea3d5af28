"""A sentence that was reworded beside the words of its sources, and which words of each the other does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import reduce
from re import finditer

from assistant.memos.tag import plain
from assistant.memos.verifying.checking import Finding, Verification
from assistant.types import Span

BESIDE = "Reworded, and still borne out as far as code can tell: read them beside their sources"
"""What stands above sentences that were reworded, or is said of them."""

_MOST = 1_000  # words that are compared; more would take long, and no person writes such a sentence
_EDGES = ".,;:!?\"'()*_"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text, and the stretches of it that another text does not have at their place, in order.

    There are none where that is all of it: to mark everything is to mark nothing.
    """

    text: str
    differs: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewording:
    """A reworded sentence, with what none of its sources says in these words, and those sources by their footnotes.

    A sentence that needs no source, such as a question, may have none.
    """

    finding: Finding
    sentence: Marked
    sources: tuple[tuple[int, Marked], ...]


def rewordings(verification: Verification) -> tuple[Rewording, ...]:
    """The reworded sentences of a memo, in their order."""
    return tuple(rewording(each) for each in verification.reworded)


def rewording(finding: Finding) -> Rewording:
    """A reworded sentence beside what its footnotes were exported to quote, as the documents have it today."""
    text = finding.text
    mine = _words(text)
    said = [(each.number, " ".join(each.words.split())) for each in finding.quoted if each.words]
    if not said:
        return Rewording(finding, Marked(text), ())
    new: list[set[int]] = []
    sources = []
    for number, quote in said:
        theirs = _words(quote)
        only_mine, only_theirs = _apart(_compared(text, mine), _compared(quote, theirs))
        new.append(only_mine)
        sources.append((number, _marked(quote, theirs, only_theirs)))
    return Rewording(finding, _marked(text, mine, reduce(set.__and__, new)), tuple(sources))


def _words(text: str) -> list[Span]:
    return [Span(*found.span()) for found in finditer(r"\S+", text)]


def _compared(text: str, words: Sequence[Span]) -> list[str]:
    """The words without what no reader would call another word: capitals, and marks around them."""
    return [plain(span.of(text)).casefold().strip(_EDGES) for span in words]


def _apart(mine: Sequence[str], theirs: Sequence[str]) -> tuple[set[int], set[int]]:
    """The numbers of the words of each text that the other does not have at their place."""
    only_mine, only_theirs = set(range(len(mine))), set(range(len(theirs)))
    if max(len(mine), len(theirs)) <= _MOST:
        for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
            only_mine.difference_update(range(block.a, block.a + block.size))
            only_theirs.difference_update(range(block.b, block.b + block.size))
    return only_mine, only_theirs


def _marked(text: str, words: Sequence[Span], differ: set[int]) -> Marked:
    return Marked(text, tuple(_stretches(words, differ)) if len(differ) < len(words) else ())


def _stretches(words: Sequence[Span], chosen: set[int]) -> Iterator[Span]:
    """These words, those beside each other as one stretch."""
    first: int | None = None
    for number in range(len(words) + 1):
        if number in chosen and first is None:
            first = number
        elif number not in chosen and first is not None:
            yield Span(words[first].start, words[number - 1].end)
            first = None
