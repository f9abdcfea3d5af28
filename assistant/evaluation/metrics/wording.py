"""Words of an answer against words of a golden case: what counts as the same."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

from assistant.language.words import words

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation + "‘’“”–—…")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def squad_tokens(text: str) -> list[str]:
    """Tokens after SQuAD's normalisation (Rajpurkar et al. 2016): lower case, no punctuation, no articles.

    Typographic quotes and dashes count as punctuation too, which SQuAD's script leaves in.
    """
    return _ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split()


def holds(text: str, phrase: str) -> bool:
    """Whether `text` has the words of `phrase` side by side: whole words, without regard to case and punctuation.

    A possessive ending does not count ("China's" holds "China"), nor does a comma between thousands. A phrase without
    any word or number is looked for as it stands.
    """
    wanted = _plain_words(phrase)
    return contains(_plain_words(text), wanted) if wanted else phrase.strip() in text


def contains(tokens: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether `wanted` stands in `tokens` without a gap; an empty `wanted` stands nowhere."""
    length = len(wanted)
    return length > 0 and any(
        list(tokens[start : start + length]) == list(wanted) for start in range(len(tokens) - length + 1)
    )


def _plain_words(text: str) -> list[str]:
    plain = _THOUSANDS.sub("", text.replace("’", "'").casefold())
    return [word.removesuffix("'s") for word in words(plain)]
