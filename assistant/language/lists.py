"""Lists of canonical text: which lines are their items, and which sentences lead to each of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.types import Span

_MARK = re.compile(r"^(?:[-*•–—▪◦]\s+|\d{1,2}[.)]\s+)(?=\S)")
_UNFINISHED = re.compile(r"^[^|]*[^.!?;|”\")\]]$")  # no full stop, no cell of a table


@dataclass(frozen=True, slots=True)
class _Item:
    """An item that others may belong to: its depth in spaces and its number among the sentences."""

    depth: int
    number: int


def mark_of(line: str) -> int:
    """How many characters of a line are the mark of a list item ("- ", "2. "); 0 for what is none."""
    mark = _MARK.match(line)
    return mark.end() if mark else 0


def is_unfinished(line: str) -> bool:
    """Whether a line has no full stop at its end, and is no row of a table."""
    return bool(_UNFINISHED.match(line))


def leads_of(text: str, sentences: Sequence[Span], headings: Collection[str] = ()) -> list[tuple[int, ...]]:
    """For each sentence of `text` the numbers of those that lead to it, the outermost first; none outside of lists.

    To the items of a list leads the line above it that ends with a colon or without a full stop ("In Kenya it plans:")
    and is none of the `headings`, to nested ones also the item that they belong to. All sentences of an item belong to
    it. Canonical text tells how deep an item is by two spaces for each level; where a file does not say it, one with a
    colon at its end leads to those behind it, up to the next such item.
    """
    found: list[tuple[int, ...]] = []
    above: tuple[int, ...] = ()
    outer: list[_Item] = []
    for number, sentence in enumerate(sentences):
        gap = text[sentences[number - 1].end : sentence.start] if number else "\n"
        if "\n" not in gap:
            found.append(found[-1])
            continue
        if not mark_of(sentence.of(text)):
            outer = []
            found.append(())
            continue
        depth = len(gap.rpartition("\n")[2])
        if not outer:
            above = (number - 1,) if number and _leads(text, sentences, number - 1, headings) else ()
        behind = bool(number) and _introduces(text, sentences[number - 1])
        outer = _around(outer, depth, behind_colon=behind, introduces=_introduces(text, sentence))
        found.append((*above, *(item.number for item in outer)))
        outer.append(_Item(depth, number))
    return found


def _around(outer: Sequence[_Item], depth: int, *, behind_colon: bool, introduces: bool) -> list[_Item]:
    """The items that one of this depth belongs to, of those before it that were still open."""
    around = [item for item in outer if item.depth < depth]
    level = [item for item in outer if item.depth == depth]
    if behind_colon and level and outer[-1] is level[-1]:
        return [*around, level[-1]]
    return around if introduces else [*around, *level[:-1]]


def _introduces(text: str, sentence: Span) -> bool:
    return sentence.of(text).endswith(":")


def _leads(text: str, sentences: Sequence[Span], number: int, headings: Collection[str]) -> bool:
    """Whether a sentence that stands right above a list leads to it."""
    line = sentences[number].of(text)
    before = text[sentences[number - 1].end : sentences[number].start] if number else "\n"
    if line in headings:
        return False
    return _introduces(text, sentences[number]) or ("\n" in before and is_unfinished(line))
