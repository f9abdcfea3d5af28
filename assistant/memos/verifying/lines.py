"""On which line of a Markdown file each sentence of a memo begins, so that a person finds it in an editor."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

_LINE_END = re.compile(r"\r\n?|\n")
_WORD = re.compile(r"[^\W_]+")
_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_NO_SENTENCE = re.compile(r" {0,3}(?:#{1,6}\s|\[\^[^\]\s]+\]:)")  # a heading, or the words of a footnote
_AHEAD = 100_000  # characters of a memo; more are not searched, since a file of a stranger may hold no sentence of it


def lines_of(text: str, sentences: Sequence[str]) -> list[int | None]:
    """The line, from 1, of the first word of each sentence; None for one whose words are not found behind the last.

    Only words are compared: marks and escapes of Markdown stand between them. The sentences are in their order.
    """
    starts, numbers, size = [0], [0], 1
    words: list[str] = []
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if _NO_SENTENCE.match(line):
            continue
        for word in _WORD.findall(_NOTE.sub(" ", line)):
            words.append(word)
            starts.append(size)
            numbers.append(number)
            size += len(word) + 1
    whole = f" {' '.join(words)} "
    found: list[int | None] = []
    position = 0
    for sentence in sentences:
        said = f" {' '.join(_WORD.findall(sentence))} "
        at = whole.find(said, position, position + _AHEAD) if said.strip() else -1
        found.append(numbers[bisect_right(starts, at + 1) - 1] if at >= 0 else None)
        position = at + len(said) - 1 if at >= 0 else position
    return found
