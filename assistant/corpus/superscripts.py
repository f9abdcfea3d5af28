"""How raised characters are written in plain text."""

from __future__ import annotations

import re

# What a raised mark of a note is: "3", "3, 4", "12–14", "a"; in square brackets it is nothing else.
_MARK = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*|[a-d]")
_BRACKETED = re.compile(r"\[(?:[a-z]|(?:note |nb )?\d{1,3})\](?:\s?\[\d{1,3}\])*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s+$")
_CLOSING = re.compile(r"[^\W_].*[.!?…,;:%\"'”’»]$|[^\W\d_]{3}[^()]*\)$", re.DOTALL)
_FIGURE = re.compile(r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+|\d+)$|[$€£¥]\s?[\d.,]+$")
_WORD = re.compile(r"(?<![\w.])(?:[^\W\d_]{2,}|[A-Z]+\d+)$")
_TAKES_POWERS = re.compile(
    r"10|[kcmdnhµ]?m|ft|in|yd|mi|sec|(?:kilo|centi|milli|deci)?met(?:re|er)s?|miles?|yards?|foot|feet|inch(?:es)?|"
    r"sin|cos|tan|log|ln",
    re.IGNORECASE,
)
_ENOUGH = 40  # characters before a mark that tell what it is
PIECES = 5
"""As many pieces of a line before a raised one hold these characters, as a rule; all of a long line would cost time."""


def raised(text: str, *, after: str, linked: bool = False) -> str:
    """Superscript `text` as it follows `after`: without the mark of a note, with "^" before a power.

    "250.<sup>1</sup>" would else be read as 250.1, and "2019<sup>3</sup>" as 20193: words for words, and false. A
    raised number is the mark of a note behind a word, a full stop or a number that nobody takes to a power, and always
    where it is `linked` to a note; behind a unit ("km<sup>2</sup>"), a single character, 10 or a decimal number it may
    be a power. Other letters ("21st") stay as they are.
    """
    mark, before = text.strip(), after[-_ENOUGH:]
    if before.strip() and (_BRACKETED.fullmatch(mark) or (_MARK.fullmatch(mark) and (linked or _is_noted(before)))):
        return text.replace(mark, "", 1)
    return f"^{text}" if text.lstrip("+-−–")[:1].isdigit() and after[-1:].strip() else text


def _is_noted(before: str) -> bool:
    """Whether what stands before a raised number can have a note and no power."""
    found = _FIGURE.search(before) or _WORD.search(before)
    if found:
        return len(found.group()) > 1 and not _TAKES_POWERS.fullmatch(found.group())
    return bool(_CLOSING.search(before) or _SENTENCE_END.search(before))
