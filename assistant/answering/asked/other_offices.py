"""Offices that share a noun: who is prime minister is no answer to who is finance minister."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language.words import content_words, stem

_RANKS = frozenset("deputy vice assistant shadow junior".split())
_BRANCHES = frozenset(
    "prime first foreign finance financial defence defense health interior justice education environment climate trade "
    "economy economic economics agriculture transport energy culture labour labor employment home planning industry "
    "housing police security executive operating technology information oil water science tourism treasury business "
    "commerce fisheries infrastructure development".split()
)
_SPELT = {"defense": "defence", "labor": "labour", "economic": "economy", "economics": "economy"}
_BRANCH = "|".join(sorted(_BRANCHES))
BEFORE_OFFICE = rf"(?:{'|'.join(sorted(_RANKS))}|{_BRANCH})"
"""A regular expression for a word before an office: its rank ("deputy") or its branch ("finance")."""
_OFFICE = re.compile(
    rf"(?P<before>(?:\b{BEFORE_OFFICE}(?:,? and |, |[ -])\s*)*)"
    r"\b(?P<noun>minister|secretary|officer|president|governor|chair|chairman|chairwoman|director|commander)(?=\b(?!-))"
    # "minister of water and energy"; the president of something is one of an organisation
    rf"(?:(?<=minister|ecretary) (?:of|for) (?:the )?(?P<behind>(?:{_BRANCH})\b(?:(?:,|,? and) (?:{_BRANCH})\b)*))?",
    re.IGNORECASE,
)
_ASKS_WHO_HOLDS = re.compile(
    r"\bwho(?:['’]s|(?: else)? (?:is|was|are|were|became|becomes|will be|will become|has become|served as|serves as|"
    r"(?:is|was|has been|will be) (?:named|appointed|made|elected|sworn in)(?: as)?))\s+(?:now\s+)?"
    r"(?:(?:the|a|an|new|current|present|then|chief|(?-i:[A-Z])[\w’'.-]*)\s+){0,6}$",
    re.IGNORECASE,
)


_HELD = (
    r"chief executive|ambassador|minister|president|governor|mayor|king|queen|pope|chancellor|judge|director|captain"
)
_WHOSE_HOLDER = re.compile(rf"\bwho(?:['’]s| is| was)\s+(?:[\w’'.-]+\s+){{0,5}}?(?P<office>{_HELD})\b", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:(?:prime|deputy|vice|former|[A-Z][\w-]+)\s+){0,2}"
    r"(?P<title>ambassador|minister|governor|mayor|king|queen|pope|chancellor|senator|judge)\s(?-i:[A-Z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Office:
    """An office as a text calls it: its noun, its rank ("deputy") and its branches ("finance")."""

    noun: str
    rank: frozenset[str]
    branches: frozenset[str]

    def may_be(self, other: _Office) -> bool:
        """Whether both may be called the same: "the minister" may be the minister of finance."""
        branches = not self.branches or not other.branches or bool(self.branches & other.branches)
        return self.rank == other.rank and branches


def of_another_office(question: str, sentence: str) -> bool:
    """Whether a question asks who holds an office, and a sentence names that noun for other offices only.

    Not where it has the words of the office elsewhere: "The finance ministry goes to the prime minister's sister".
    """
    asked = _asked(question)
    if asked is None:
        return False
    told = [office for office in map(_office, _OFFICE.finditer(sentence)) if office.noun == asked.noun]
    if not told or any(asked.may_be(office) for office in told):
        return False
    rest = _OFFICE.sub(" ", sentence)
    return bool(asked.rank) or not asked.branches or not asked.branches <= _words(rest)


def holds_another_office(question: str, sentence: str, words: str) -> bool:
    """Whether a question asks who holds an office, and `words` of a sentence, which answer, give somebody another one.

    "Minister Ada Lund" is no answer to who was chief executive, unless the sentence has that office, too.
    """
    asked, title = _WHOSE_HOLDER.search(question), _TITLE.match(words)
    if asked is None or title is None:
        return False
    office = asked["office"].lower()
    return title["title"].lower() not in office and not _words(office) <= _words(sentence)


def _asked(question: str) -> _Office | None:
    """The office that is asked about; None where the question does not ask who holds one."""
    for match in _OFFICE.finditer(question):
        if _ASKS_WHO_HOLDS.search(question[: match.start()]):
            return _office(match)
    return None


def _office(match: re.Match[str]) -> _Office:
    before = _words(f"{match['before']} {match['behind'] or ''}")
    return _Office(stem(match["noun"].lower()), before & _stems(_RANKS), before - _stems(_RANKS))


def _words(text: str) -> frozenset[str]:
    return _stems(frozenset(content_words(text)))


def _stems(words: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(_SPELT.get(word, word)) for word in words)
