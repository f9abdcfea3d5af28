"""Names as texts write them: with a capital, which tells "Ada Links" from "the links"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BEGINS_A_SENTENCE = re.compile(r"(?:^|[.!?:|]\W*|\n\W*)$")
_BETWEEN = r"[\W_]+"  # the words of a name: a hyphen is no word


def stands_as_name(name: str, text: str) -> bool:
    """Whether a text has a name with its capitals, in the plural or possessive, too; accents do not count.

    At the beginning of a sentence a word may owe its capital to its place: there it counts where the text does not have
    it in lower case. A name in capitals ("WHO") stands in capitals only.
    """
    text = without_accents(text)
    found = list(_pattern(name).finditer(text))
    inside = any(not _BEGINS_A_SENTENCE.search(text[max(0, each.start() - 4) : each.start()]) for each in found)
    return inside or (bool(found) and not _lower(name).search(text))


@lru_cache(maxsize=512)
def _pattern(name: str) -> re.Pattern[str]:
    words = re.findall(r"\w+", without_accents(name))
    written = [
        re.escape(word) if word.isupper() and len(word) > 1 else f"{re.escape(word[0])}(?i:{re.escape(word[1:])})"
        for word in (*words[:-1], _singular(words[-1]))
    ]
    return re.compile(rf"(?<!\w){_BETWEEN.join(written)}(?:s|es|S)?(?!\w)")


@lru_cache(maxsize=512)
def _lower(name: str) -> re.Pattern[str]:
    words = re.findall(r"\w+", without_accents(name).lower())
    return re.compile(rf"(?<!\w){_BETWEEN.join([*words[:-1], _singular(words[-1])])}(?:s|es)?(?!\w)")


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def without_accents(text: str) -> str:
    """A text with the bare letters in the place of accented ones."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.replace("ı", "i")) if not unicodedata.combining(c))
