"""Names of a claim that its source does not have."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.reading.checks.base import Finding
from assistant.reading.checks.calendar_dates import dates
from assistant.reading.checks.terms import COUNTRIES, Term, bare, terms

TITLES = frozenset(
    """mr mrs ms dr sir president minister prime foreign defence defense secretary general admiral vice ambassador
    chancellor premier king queen pope senator representative chairman chair spokesman spokeswoman spokesperson state
    national deputy acting colonel lieutenant major commander captain infrastructure agriculture interior justice
    ministry government parliament""".split()
)
"""Words that are written with a capital as part of a name and name nobody by themselves."""

_ENDINGS = frozenset(
    ("", "a", "an", "ans", "e", "en", "ese", "i", "ian", "ians", "ic", "in", "ine", "is", "ish", "n", "s", "y")
)
_OPENERS = frozenset("though although despite because unlike however moreover instead yet thus upon amid".split())
_COMMON = re.compile(r"(?:s|ing|tion|ment|ity|ance|ence|ship|ly|ed)$")  # plurals and endings of nouns
_NOUN = re.compile(r"(?:[ai]tion|ity|ism|ment|ness|ance|ence|ship|hood)(?=s?$)")
_STEM = 4  # letters that a country and its people share at least
_LINKS = frozenset(("of", "the", "and", "for", "de", "al"))


def names(premise: str, claim: str) -> Finding | None:
    """Every name of the claim must stand in the premise, its head included; in any form, spelling or as an acronym.

    A name is a capitalised word inside the claim, or its first word unless that looks like a common noun.
    In a claim that is written like a title every word counts as a name: nothing sets them apart.
    """
    said = terms(claim)
    found = names_in(claim)
    there = terms(premise)
    keys: dict[str, list[str]] = defaultdict(list)
    for term in there:
        keys[term.key].append(bare(term.text))
    flat = {bare(term.text) for term in there}
    initials = acronyms(there)
    for term in (*opening_names(said), *found):
        if (
            any(same_noun(bare(term.text), other) for other in keys.get(term.key, ()))
            or bare(term.text) in flat
            or bare(term.text) in initials
        ):
            continue
        if any(alike(bare(term.text), other) for other in flat):
            continue
        if spelled_out(term, said, flat):
            continue
        return Finding("unsupported", "misattributed", f"the source does not mention {term.text}")
    return None


def names_in(text: str, known: frozenset[str] = frozenset()) -> list[Term]:
    """The words of a text that are names or parts of one, without titles and dates, in order.

    At the beginning of a sentence a single word is a name where its key is `known` to be one.
    """
    found = terms(text)
    taken = [each.span for each in dates(text)]
    result = []
    for place, term in enumerate(found):
        if not term.capital or not term.key or bare(term.text) in TITLES:
            continue
        if any(span.start <= term.start < span.end for span in taken):
            continue
        if _begins(text, term) and term.key not in known and not _named_at_start(found, place):
            continue
        result.append(term)
    return result


def opening_names(said: tuple[Term, ...]) -> list[Term]:
    """The first word of a sentence where it may be a name: nothing but the dictionary tells it from a noun."""
    first = said[:1]
    return [
        term
        for term in first
        if term.capital and term.key and not _COMMON.search(term.text) and bare(term.text) not in TITLES | _OPENERS
    ]


def _begins(text: str, term: Term) -> bool:
    return not re.search(r"\w", text[: term.start]) or bool(re.search(r"[.!?:]\W*$", text[: term.start]))


def _named_at_start(found: tuple[Term, ...], place: int) -> bool:
    term = found[place]
    after = found[place + 1] if place + 1 < len(found) else None
    if term.key in COUNTRIES or (term.text.isupper() and len(term.text) > 1) or term.text.endswith(("'s", "’s")):
        return True
    return after is not None and after.capital and bool(after.key)


def acronyms(found: tuple[Term, ...]) -> frozenset[str]:
    """The initials of every run of at least two capitalised words, also with those of small words inside: "DoD"."""
    result: set[str] = set()
    run: list[Term] = []
    for term in found:
        if term.capital:
            run.append(term)
            result.update(each for start in range(len(run) - 1) for each in _initials(run[start:]))
        elif run and bare(term.text) in _LINKS:
            run.append(term)
        else:
            run = []
    return frozenset(result)


def _initials(run: Sequence[Term]) -> tuple[str, ...]:
    """Those of the capitalised words of a run, and those of all of its words; none of one that begins with a link."""
    capital = "".join(bare(each.text)[:1] for each in run if each.capital)
    if not run[0].capital or len(capital) < 2:
        return ()
    return capital, "".join(bare(each.text)[:1] for each in run)


def spelled_out(term: Term, said: tuple[Term, ...], flat: set[str]) -> bool:
    """Whether the premise has the initials of the name that the term is part of."""
    place = said.index(term)
    first = last = place
    while first and (said[first - 1].capital or bare(said[first - 1].text) in _LINKS):
        first -= 1
    while last + 1 < len(said) and (said[last + 1].capital or bare(said[last + 1].text) in _LINKS):
        last += 1
    run = said[first : last + 1]
    return any(initials in flat for start in range(len(run) - 1) for initials in _initials(run[start:]))


def same_noun(one: str, other: str) -> bool:
    """Whether two words of one key are not nouns made of it in different ways: Integration is not Integrity."""
    endings = {found[0] for found in (_NOUN.search(one), _NOUN.search(other)) if found}
    return len(endings) < 2


def alike(one: str, other: str) -> bool:
    """Whether two bare words are forms of one name, as a country and its people are."""
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= _STEM and one[shared:] in _ENDINGS and other[shared:] in _ENDINGS
