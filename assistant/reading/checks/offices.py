"""Who has an office, had it or will have it: former, acting, deputy and coming holders, predecessors, successors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.names import names_in
from assistant.reading.checks.stretches import sentences
from assistant.reading.checks.terms import COUNTRIES, bare

_SAME_OFFICE = {
    "chief executive officer": "chief executive",
    "ceo": "chief executive",
    "premier": "prime minister",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
}
_TITLE = (
    "prime minister|chief executive officer|chief executive|ceo|president|minister|premier|chairman|chairwoman|"
    "chairperson|chair|director|ambassador|chancellor|governor|mayor|secretary|commander|spokesman|spokeswoman|"
    "spokesperson|speaker|senator|prosecutor|manager|leader|treasurer|editor"
)
_KINDS = {
    "former": "former ex previous onetime erstwhile past",
    "acting": "acting interim caretaker",
    "deputy": "deputy vice assistant",
    "coming": "designate elect incoming future",
    "then": "then outgoing late",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_OFFICE = re.compile(
    r"\b(?:(?P<before>former|ex|previous|onetime|erstwhile|past|acting|interim|caretaker|deputy|vice|assistant|incoming|"
    r"future|then|outgoing|late)[-\s]+(?:(?!(?:the|a|an|of|and|or|to|in|by|with|that)\b)[\w’']+[-\s]+){0,2}?)?"
    rf"\b(?P<title>{_TITLE})s?\b(?:[-\s](?P<behind>elect|designate)\b)?",
    re.IGNORECASE,
)
# What tells in other words that an office is no longer held, or not yet, or not in full.
_CHANGES = {
    "former": r"until|resign\w*|step\w* down|left|quit|oust\w*|dismiss\w*|sack\w*|fired|remov\w*|replac\w*|succe\w+|"
    r"predecessor\w*|retir\w*|served|had been|was (?:then |at the time )?(?:the |its |their |a )?(?:\w+ )?"
    rf"(?:{_TITLE})|as (?:the |its |their |a )?(?:\w+ )?(?:{_TITLE})|once|died|dead|death|earlier|"
    r"new|appointed|named|elected|took over|lost|\w+ years? ago|term",
    "acting": r"temporar\w*|provisional\w*|stand(?:s|ing)? in|stood in|filling in|for the time being|until",
    "deputy": r"number two|second[- ]in[- ]command|under[- ]?secretar\w*",
    "coming": r"will|to become|next|succe\w+|appoint\w*|nam\w+|nominat\w*|elect\w*|chosen|take office|takes? over",
}
_CLOSE = 30  # characters to either side of an office, in which the names of its holder stand
_NAME = r"(?P<name>(?:[A-Z][\w’'-]+)(?:\s+[A-Z][\w’'-]+)*)"
_RELATION = r"(?P<relation>[Pp]redecessor|[Ss]uccessor)"
_FOLLOWS = (
    re.compile(rf"\b{_RELATION},?\s+{_NAME}"),
    re.compile(rf"\b{_NAME},\s+(?:his|her|its|their|the)\s+(?:\w+\s+)?{_RELATION}\b"),
)


@dataclass(frozen=True, slots=True)
class _Office:
    """An office as a text names it: the title, how it is held ("" for in full), its words, and the names close by."""

    title: str
    kind: str
    words: str
    names: frozenset[str]

    def may_be(self, other: _Office) -> bool:
        """Whether both may be one office of one holder: other names stand by the deputy minister of another house."""
        return self.title == other.title and not (self.names and other.names and self.names.isdisjoint(other.names))


def offices(premise: str, claim: str) -> Finding | None:
    """Who is called a former, acting, deputy or coming holder of an office must be so in the source, and vice versa.

    Nothing is found where the source has the title both ways, or tells of the change in other words ("who was minister
    until March"), nor in "then": that a president is no longer one, a reader of today knows.
    """
    return _held_otherwise(premise, claim) or _followed_otherwise(parts_of(premise)[1], claim)


def _held_otherwise(premise: str, claim: str) -> Finding | None:
    source = list(_offices(premise))
    for said in _offices(claim):
        there = [office for office in source if said.may_be(office)]
        kinds = {office.kind for office in there}
        if not there or said.kind in kinds or said.kind == "then":
            continue
        if said.kind and "" in kinds and not _changes(premise, said.kind):
            reason = f"the source says “{said.title}”, not “{said.words}”"
            return Finding("contradicted", "misattributed", reason)
        if not said.kind and "then" not in kinds and not any(_changes(claim, kind) for kind in kinds):
            return Finding("contradicted", "misattributed", f"the source says “{there[0].words}”")
    return None


def _changes(text: str, kind: str) -> bool:
    return re.search(rf"\b(?:{_CHANGES[kind]})\b", text, re.IGNORECASE) is not None


def _offices(text: str) -> Iterator[_Office]:
    for sentence in sentences(text):
        named = [term for term in names_in(sentence) if term.key not in COUNTRIES]
        for match in _OFFICE.finditer(sentence):
            start, end = match.start() - _CLOSE, match.end() + _CLOSE
            near = frozenset(term.key for term in named if start <= term.start and term.end <= end)
            title = match["title"].lower()
            kind = _KIND_OF.get((match["before"] or match["behind"] or "").lower(), "")
            yield _Office(_SAME_OFFICE.get(title, title), kind, " ".join(match.group().split()), near)


def _followed_otherwise(body: str, claim: str) -> Finding | None:
    """A predecessor by name is not a successor of that name."""
    there = set(_followers(body))
    for relation, name in _followers(claim):
        other = "successor" if relation == "predecessor" else "predecessor"
        if (other, name) in there and (relation, name) not in there:
            return Finding("contradicted", "misattributed", f"the source says “{other}”, not “{relation}”")
    return None


def _followers(text: str) -> Iterator[tuple[str, str]]:
    """Predecessor or successor, with the last word of the name that stands beside it as its other name."""
    for pattern in _FOLLOWS:
        for match in pattern.finditer(text):
            yield match["relation"].lower(), bare(match["name"].split()[-1])
