"""Words as claims and sources are compared: without endings, irregular forms and spellings that mean the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.language import countries
from assistant.language.words import STOP_WORDS, stem
from assistant.language.written_names import without_accents

# Countries whose names are of several words are left out: their words are compared one by one.
_ONE_WORD = ("Korea Korean", "Europe European")
# One line a group of other words that mean the same, or forms that no stemmer knows to be one.
_SAME = """
pentagon defense-department defence-department
begin began begun start commence
leave left depart
get got receive obtain
keep kept retain
meet met meeting
rise rose risen increase grow grew grown
fall fell fallen decrease drop
sink sank sunk
say said state
tell told
speak spoke spoken talk
take took taken
go went gone
give gave given
hold held
lead led
bring brought
come came
make made
send sent
sell sold sale
buy bought purchase
shoot shot
strike struck stricken
shake shook shaken
fly flew flown
fight fought
find found
lose lost
win won
write wrote written
see saw seen
think thought
know knew known
stand stood
become became
break broke broken
withdraw withdrew withdrawn
build built
choose chose chosen
drive drove driven
hear heard
pay paid
run ran
teach taught
throw threw thrown
wear wore worn
kill killed dead died die death
ship vessel
participation part
roughly about approximately around some
nearly almost
percent per-cent %
defence defense
center centre
program programme
harbor harbour
because due
whole entire total
help aid
accord agreement deal pact
"""
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:(?:['’.,&]|-(?![A-Z]|(?<=\d-)\d))[^\W_]+)*%?", re.UNICODE)
_TWO_WORDS = {"united": ("states", "kingdom", "nations"), "european": ("union",), "per": ("cent",)}
_TWO_WORDS |= {"defense": ("department",), "defence": ("department",)}


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a text: as written, where it stands, and the `key` under which it is compared with others.

    The key is empty for a word of grammar, which says nothing by itself.
    """

    text: str
    start: int
    end: int
    key: str

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital letter."""
        return self.text[:1].isupper()


@lru_cache(maxsize=4096)
def terms(text: str) -> tuple[Term, ...]:
    """The words of a text in order; names of two words such as "United States" are one."""
    found = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    result: list[Term] = []
    place = 0
    while place < len(found):
        word, start, end = found[place]
        pair = _TWO_WORDS.get(word.lower(), ())
        if pair and place + 1 < len(found) and bare(found[place + 1][0]) in pair:
            end = found[place + 1][2]
            place += 1
        written = text[start:end]
        result.append(Term(written, start, end, key_of(written)))
        place += 1
    return tuple(result)


def keys(text: str) -> frozenset[str]:
    """The keys of the words of a text that say something."""
    return frozenset(term.key for term in terms(text) if term.key)


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """The key of one word as written; empty for a word of grammar. "us" in lower case is one, "US" is a country."""
    plain = bare(word)
    if plain == "according":
        return ""  # says nothing of an accord
    if plain in STOP_WORDS and not (word.isupper() and len(word) > 1):
        return ""
    joined = "-".join(plain.split())
    return _GROUP.get(joined) or _GROUP.get(stem(joined)) or stem(joined)


def bare(word: str) -> str:
    """A word in lower case without accents, possessive ending and full stops at the end."""
    return without_accents(word).lower().replace("’", "'").removesuffix("'s").rstrip("'.,")


def _groups(lines: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for line in filter(None, lines.split("\n")):
        words = [bare(word) for word in line.split()]
        for word in words:
            table.setdefault(word, words[0])
            table.setdefault(stem(word), words[0])
    return table


def _countries() -> dict[str, str]:
    known = [country.names for country in countries.COUNTRIES if len(country.names[0].split()) == 1]
    return _groups("\n".join([*_ONE_WORD, *(" ".join("-".join(name.split()) for name in names) for names in known)]))


_COUNTRIES = _countries()
_GROUP = _COUNTRIES | _groups(_SAME)
COUNTRIES = frozenset(_COUNTRIES.values())
"""The keys of the countries and unions that are known by several names."""
