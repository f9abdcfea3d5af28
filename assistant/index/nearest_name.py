"""The name in the briefings that is spelt nearest to one that none of them has: told by the words of SQLite's FTS5."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher, get_close_matches
from itertools import islice, product

from assistant.index.word_search import quoted
from assistant.language.words import stem

_SHORTEST = 5
_SHORTEST_BESIDE_OTHERS = 3
"""Letters of a word that may be misspelt; shorter ones have too many neighbours. Fewer will do in a name of several
words ("Ada Krol"), as all of them must stand side by side in a briefing."""

_LIKE = 0.8
"""How alike words must be for difflib: one letter of five to nine, or two of ten and more, may be another one."""

_MOSTLY = 0.75
"""The share of capitals that makes a name: titles give them to other words, and addresses take them away."""

_NEAREST = 3
_TRIED = 30
_LOOKED_AT = 50
_FORM = re.compile(r"[^\W_]+(?:[ .'’-]+[^\W_]+)*")


def nearest_name(connection: sqlite3.Connection, readings: Sequence[Sequence[str]]) -> tuple[int, str] | None:
    """The first of the readings, by its place, that is near a name of the briefings, and that name as they write it.

    Each is a name in words. A word that the briefings have stays as it is. The first letter is taken to be right, as it
    is in most mistakes, so that a small part of the vocabulary has to be read. None where no reading is near enough.
    """
    read = [[_plain(word) for word in words] for words in readings]
    like: dict[tuple[str, int], list[str]] = {}
    for place, words in enumerate(read):
        shortest = _SHORTEST if len(words) == 1 else _SHORTEST_BESIDE_OTHERS
        for word in words:
            if (word, shortest) not in like:
                like[word, shortest] = _like(connection, word, shortest)
        for spelt in islice(product(*(like[word, shortest] for word in words)), _TRIED):
            name = None if list(spelt) == words else _written(connection, spelt, asked=" ".join(words))
            if name is not None:
                return place, name
    return None


def _like(connection: sqlite3.Connection, word: str, shortest: int) -> list[str]:
    """The word itself where the briefings have it; else those that are nearest, the best first."""
    if _is_found(connection, word):
        return [word]
    if len(word) < shortest or not word.isalpha():
        return []
    connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, words, row)")
    stemmed = stem(word)
    first, size = stemmed[0], len(stemmed)
    found = connection.execute(
        "SELECT term FROM temp.vocabulary WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?",
        (first, chr(ord(first) + 1), size - 2, size + 2),
    )
    near = get_close_matches(stemmed, [str(row[0]) for row in found], _NEAREST, _LIKE)
    # What is looked up is stemmed once more, which takes "chines" for another word than "chinese".
    return [form for term in near for form in (term, f"{term}e") if _is_found(connection, form)]


def _is_found(connection: sqlite3.Connection, word: str) -> bool:
    """Whether any passage has the word, in any form."""
    query = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
    return connection.execute(query, (quoted(word),)).fetchone() is not None


def _written(connection: sqlite3.Connection, spelt: Sequence[str], *, asked: str) -> str | None:
    """How some passages write these words where they stand side by side; None where that is not mostly as a name.

    Of several forms ("Houthi", "Houthis") it is the one that is most like what was asked, if it is near enough, then
    the one that is written most often.
    """
    marked = ", ".join(f"highlight(words, {column}, char(2), char(3))" for column in range(3))
    query = f"SELECT {marked} FROM words WHERE words MATCH ? LIMIT {_LOOKED_AT}"  # noqa: S608
    found: Counter[str] = Counter()
    for columns in connection.execute(query, (quoted(" ".join(spelt)),)):
        for text in columns:
            found.update(" ".join(each.split()) for each in re.findall("\2([^\3]*)\3", text))
    alike = {name: SequenceMatcher(None, asked, _plain(name)).ratio() for name in found if _FORM.fullmatch(name)}
    if not alike:
        return None
    name = max(alike, key=lambda name: (alike[name], found[name], name))
    if alike[name] < _LIKE or not _has_capitals(name):
        return None
    forms = {form: count for form, count in found.items() if form.lower() == name.lower()}
    as_name = sum(count for form, count in forms.items() if _has_capitals(form))
    return name if as_name >= _MOSTLY * sum(forms.values()) else None


def _has_capitals(form: str) -> bool:
    """Whether each word has one at its beginning."""
    return all(part[0].isupper() for part in re.split(r"[ .-]+", form))


def _plain(word: str) -> str:
    """The word as FTS5 has it before it is stemmed: lower case, without diacritics."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
