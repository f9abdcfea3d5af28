"""Who did it to whom: a claim that exchanges the names around a verb, or gives one's own to another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language.words import stem
from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.names import TITLES, names_in
from assistant.reading.checks.stretches import sentences
from assistant.reading.checks.terms import COUNTRIES, Term, bare, terms

_SKIPPED = frozenset(
    """had has have having was were is are be been being will would could may might can should shall did does do also
    not then later first again already only just still never now recently reportedly both all to""".split()
)
_PASSIVE = frozenset("was were is are be been being".split())
_OBJECT = frozenset("the a an its his her their up over down to off".split())
_PREPOSITIONS = frozenset("of in at from for with near on to between against over into through".split())
_MUTUAL = frozenset(("meet", "speak", "agre", "sign", "discuss", "join"))
_LINKS = frozenset(("of", "the", "and", "for"))


@dataclass(frozen=True, slots=True)
class _Roles:
    """The names before (`does`) and behind (`gets`) each verb or noun of a text."""

    does: dict[str, set[str]]
    gets: dict[str, set[str]]
    unclear: set[str]


def roles(premise: str, claim: str) -> Finding | None:
    """The names right before a verb or a noun of the claim must stand before it in the source too.

    Plain forms only: "NAME did", "NAME's thing", "done by NAME" and "did NAME". Nothing is found where the source has
    no name there.
    """
    body = parts_of(premise)[1]
    known = frozenset(term.key for term in (*names_in(body), *names_in(claim)))
    source, said = _roles(body, known), _roles(claim, known)
    for verb, who in said.does.items():
        if verb in source.unclear:
            continue
        there = source.does.get(verb, set()) | (source.gets.get(verb, set()) if verb in _MUTUAL else set())
        if there and _differ(who, there):
            return Finding("contradicted", "misattributed", f"the source says it of {_named(body, there)}")
        if not there and verb not in _MUTUAL and who <= source.gets.get(verb, set()):
            return Finding("contradicted", "misattributed", "the source says it the other way round")
    for verb, whom in said.gets.items():
        there = source.gets.get(verb, set())
        if not there and verb not in _MUTUAL and verb not in source.unclear and whom <= source.does.get(verb, set()):
            return Finding("contradicted", "misattributed", "the source says it the other way round")
    return None


def _differ(mine: set[str], theirs: set[str]) -> bool:
    if not mine & theirs:
        return True
    return bool((mine - theirs) & COUNTRIES and (theirs - mine) & COUNTRIES)


def _roles(text: str, known: frozenset[str]) -> _Roles:
    found = _Roles({}, {}, set())
    for sentence in sentences(text):
        _read(sentence, known, found)
    return found


def _read(sentence: str, known: frozenset[str], found: _Roles) -> None:
    words = terms(sentence)
    named = {term.start for term in names_in(sentence, known)}
    place = 0
    while place < len(words):
        word = words[place]
        if word.text.lower() in ("he", "she", "it", "they", "who", "which"):
            step = _next_content(sentence, words, place + 1)
            if step is not None:
                found.unclear.add(_key(words[step[0]]))
        if word.start not in named:
            place += 1
            continue
        last = _end_of_names(sentence, words, place, named)
        who = {term.key for term in words[place : last + 1] if term.start in named}
        step = None if _completes(words, place) else _next_content(sentence, words, last + 1)
        if step is not None:
            verb, passive = step
            target = found.gets if passive else found.does
            target.setdefault(_key(words[verb]), set()).update(who)
        _behind(sentence, words, place, who, found)
        place = last + 1


def _completes(words: tuple[Term, ...], place: int) -> bool:
    """Whether the names belong to what stands before them: "the harbour of Arlen was closed" closes no Arlen."""
    return place > 0 and bare(words[place - 1].text) in _PREPOSITIONS


def _end_of_names(sentence: str, words: tuple[Term, ...], place: int, named: set[int]) -> int:
    """The last word of a run of names; "and" joins two of them, a possessive ending or a comma ends the run."""
    last = place
    while last + 1 < len(words) and not words[last].text.endswith(("'s", "’s")):
        if re.search(r"[^\s]", sentence[words[last].end : words[last + 1].start].replace("-", "").replace("/", "")):
            break
        step = last + 1
        while step < len(words) and bare(words[step].text) in _LINKS | TITLES and step - last < 4:
            step += 1
        if step >= len(words) or words[step].start not in named:
            break
        last = step
    return last


def _next_content(sentence: str, words: tuple[Term, ...], place: int) -> tuple[int, bool] | None:
    """The next lower-case word of content, behind auxiliary verbs, and whether they make it passive."""
    passive = False
    previous = words[place - 1].end if place else 0
    while place < len(words):
        word = words[place]
        if re.search(r"[.,;:()“”\"|]", sentence[previous : word.start]):
            return None
        low = bare(word.text)
        if low in _SKIPPED or low.endswith("ly"):
            passive = passive or low in _PASSIVE
        elif word.capital or low[0].isdigit():
            return None
        elif word.key or low in ("said", "told", "says"):
            return place, passive and low.endswith(("ed", "en", "wn", "ne", "ght", "ld"))
        else:
            return None
        previous = word.end
        place += 1
    return None


def _behind(sentence: str, words: tuple[Term, ...], place: int, who: set[str], found: _Roles) -> None:
    """What the names stand behind: "declined by China", "shot the balloon" has none, "succeeded Wei Fenghe"."""
    step = place - 1
    while step >= 0 and (
        bare(words[step].text) in _OBJECT or (words[step].capital and bare(words[step].text) in TITLES)
    ):
        step -= 1
    if step < 0 or re.search(r"[.,;:()“”\"|]", sentence[words[step].end : words[place].start]):
        return
    word = words[step]
    if bare(word.text) == "by" and step and not words[step - 1].capital:
        found.does.setdefault(_key(words[step - 1]), set()).update(who)
    elif not word.capital and _verb(word):
        found.gets.setdefault(word.key, set()).update(who)


def _verb(word: Term) -> bool:
    """Whether a word is plainly a verb in the past: a regular form, or one of the irregular ones."""
    low = word.text.lower()
    return bool(word.key) and (low.endswith("ed") or word.key != stem(low))


def _key(word: Term) -> str:
    return word.key or word.text.lower()


def _named(body: str, wanted: set[str]) -> str:
    """The names as the source writes them."""
    return " ".join(dict.fromkeys(term.text for term in names_in(body) if term.key in wanted)) or "another"
