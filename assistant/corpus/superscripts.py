"""How raised characters are written in plain text."""

from __future__ import annotations


def raised(text: str, *, after: str) -> str:
    """Superscript `text` as it follows `after`: with "^" where its digits would join what stands there.

    "10<sup>6</sup>" would else be read as 106, and a note's "2019<sup>3</sup>" as 20193: words for words, and false.
    Letters ("21st") and marks in brackets stay as they are.
    """
    return f"^{text}" if text.lstrip("+-−–")[:1].isdigit() and after[-1:].strip() else text
