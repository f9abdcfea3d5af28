"""Abbreviations that texts define in brackets ("the Allied Dock Workers (ADW)"), and what a question names by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.countries import COUNTRIES
from assistant.language.words import STOP_WORDS

_LINKS = frozenset("of the for and on in to at de des du la le et für und".split())
_SHORT = r"[A-Z][A-Za-z0-9&-]{1,7}"
_LONGEST = 120  # characters of a long name
_BRACKET = re.compile(rf" ?\((?P<short>{_SHORT})[);,]")
_INSIDE = re.compile(rf"(?<![\w-])(?P<short>{_SHORT}) ?\((?P<long>[^();,:|]{{3,{_LONGEST}}})[);,]")
_NO_WORD = re.compile(r"[^\w’'\s-]")
_TOKEN = re.compile(r"[^\W_][\w&-]*")
_NAME = re.compile(rf"[A-Z][\w’'-]*(?: (?:(?:{'|'.join(sorted(_LINKS))}) ){{0,2}}[A-Z][\w’'-]*)+")
_MOST = 64  # are looked up for a question, which may be a pasted page
_MOST_LETTERS = 8
_MOST_WORDS = 10
_KNOWN = frozenset(name for country in COUNTRIES for name in (*country.names, *country.loosely))
"""Countries and unions, of which everybody knows the other names."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A short name and the long one that a text says it stands for, without an article."""

    short: str
    long: str


@dataclass(frozen=True, slots=True)
class OtherName:
    """What documents call by another name than a question does: `asked` in the question, `told` in the documents.

    It counts in the `documents` with these ids; in all of them where that is None.
    """

    asked: str
    told: str
    documents: frozenset[str] | None = None

    def counts_in(self, document_id: str) -> bool:
        """Whether the document means the same by the two names."""
        return self.documents is None or document_id in self.documents

    def in_words_of_documents(self, question: str) -> str:
        """The question with the name that the documents give."""
        return _pattern(self.asked).sub(lambda _: self.told, question)

    def is_all_that_is_told_in(self, text: str) -> bool:
        """Whether a text has the name that documents give, and not the one that was asked."""
        return bool(_pattern(self.told).search(text)) and not _pattern(self.asked).search(text)

    def beside(self, text: str) -> str:
        """A text to be compared with the question: behind each name that documents give the one that was asked."""
        return _pattern(self.told).sub(lambda found: f"{found.group()} {self.asked}", text)


def beside(names: Sequence[OtherName], text: str, document_id: str) -> str:
    """A text of a document, to be compared with the question: with the names asked beside those that it has."""
    for name in names:
        if name.counts_in(document_id):
            text = name.beside(text)
    return text


def definitions(text: str) -> list[Definition]:
    """The abbreviations that a text defines in brackets, in order: only by their initials, each time it does."""
    found = []
    for match in _BRACKET.finditer(text):
        *_, before = _NO_WORD.split(text[max(0, match.start() - _LONGEST) : match.start()])
        long = _of_these_initials(match["short"], before)
        if long:
            found.append((match.start("short"), Definition(match["short"], long)))
    for match in _INSIDE.finditer(text):
        long = re.sub(r"^the ", "", " ".join(match["long"].split()), flags=re.IGNORECASE)
        if _of_these_initials(match["short"], long) == long:
            found.append((match.start("short"), Definition(match["short"], long)))
    return [definition for _, definition in sorted(found, key=lambda each: each[0])]


def shorts_of(question: str) -> tuple[str, ...]:
    """The abbreviations that a question has, and those that its names of several words may have, each once; not all
    of a pasted page."""
    if question == question.upper():
        return ()
    asked = [token for token in _TOKEN.findall(question) if _is_short(token)]
    initials = [short for name in names_in(question) for short in _initials(name)]
    return tuple(dict.fromkeys(short for short in (*asked, *initials) if short not in _KNOWN))[:_MOST]


def names_in(question: str) -> list[str]:
    """All runs of words of a question that may be a long name: with a capital at both ends, the longest first."""
    found = []
    for match in _NAME.finditer(question):
        words = match.group().split()
        capital = [place for place, word in enumerate(words) if word[0].isupper() and word.lower() not in STOP_WORDS]
        runs = [
            words[first : last + 1]
            for number, first in enumerate(capital)
            for last in capital[number + 1 : number + _MOST_WORDS]
        ]
        found += [re.sub(r"['’]s?$", "", " ".join(run)) for run in sorted(runs, key=len, reverse=True)]
    return found


def other_names(question: str, defined: Iterable[tuple[str, Definition]]) -> tuple[OtherName, ...]:
    """What documents call otherwise than a question does, by the definitions of its `shorts_of` in all documents.

    Each with the id of the document that has it. Where all documents that define a short name mean the same by it, it
    counts in every document; else in those only that define it so. One that they define differently is asked for as it
    is written.
    """
    meant: dict[str, dict[str, tuple[str, set[str]]]] = {}
    for document, each in defined:
        _, documents = meant.setdefault(each.short, {}).setdefault(_folded(each.long), (each.long, set()))
        documents.add(document)
    found: list[OtherName] = []
    asked_long = {_folded(name): name for name in reversed(names_in(question))}
    for short, longs in meant.items():
        for key, (long, documents) in longs.items():
            has_short, name = bool(_pattern(short).search(question)), asked_long.get(key)
            if has_short and name is None and len(longs) == 1:
                found.append(OtherName(short, long))
            elif name is not None and not has_short:
                found.append(OtherName(name, short, None if len(longs) == 1 else frozenset(documents)))
    return tuple(found)


def _of_these_initials(short: str, words: str) -> str | None:
    """The last of the words whose initials are the short name; None where they are not.

    Small words ("of") and the later parts of a word with a hyphen may be passed over, but not at either end.
    """
    if not _is_short(short):
        return None
    letters = [letter for letter in short if letter.isalpha()]
    parts = re.findall(r"[^\s-]+", words)
    places = [match.start() for match in re.finditer(r"[^\s-]+", words)]
    at = len(parts) - 1
    for left, letter in zip(range(len(letters), 0, -1), reversed(letters), strict=True):
        while at >= 0 and left < len(letters) and _may_be_passed_over(parts[at], letter, words, places[at]):
            at -= 1
        if at < 0 or parts[at][0].lower() != letter.lower():
            return None
        at -= 1
    first = places[at + 1]
    own = words[first:]
    if first and words[first - 1] == "-":
        return None
    capitals = sum(part[0].isupper() for part in re.findall(r"[^\s-]+", own))
    named = capitals >= 2 or (len(letters) > 2 and capitals == 0)  # "case fatality rate (CFR)" has no capitals
    return " ".join(own.split()) if named else None


def _may_be_passed_over(part: str, letter: str, words: str, start: int) -> bool:
    behind_a_hyphen = start > 0 and words[start - 1] == "-" and part[0].islower()
    return part[0].lower() != letter.lower() and (part.lower() in _LINKS or behind_a_hyphen)


def _is_short(token: str) -> bool:
    capitals = sum(letter.isupper() for letter in token)
    return 2 <= len(token) <= _MOST_LETTERS and capitals >= 2 and 2 * capitals >= sum(map(str.isalpha, token))


def _initials(name: str) -> tuple[str, str]:
    """Those of its words with a capital, and those of all of them: "DoD"."""
    firsts = "".join(part[0] for part in re.findall(r"[^\s-]+", name))
    return re.sub(r"[^A-Z]", "", firsts), firsts


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


@lru_cache(maxsize=512)
def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<![\w-]){words}(?![\w-])")
