"""Takes a question with several parts apart: each facet is searched and judged for itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answering.overviews.topics import topic_of

_ASKING = r"(?:who|whom|whose|what|when|where|which|why|how)"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)"
# A conjunction joins two questions only where the second has a question word of its own, or an auxiliary with its
# subject behind a comma: "Finland and Sweden" and "between A and B" stay together.
_JOINT = re.compile(
    r"\s*(?:;|,|\?)?\s*\b(?:and|but|or|also)\s+(?:also\s+)?"
    rf"(?=(?:(?:in|on|at|by|for|to|with|from|of|since|until)\s+)?{_ASKING}\b)|\s*[;?]\s+(?=\w)|,\s+and\s+(?={_AUXILIARY}\s)",
    re.IGNORECASE,
)
_SHARED = re.compile(rf"^({_ASKING})\s+(?:and|or)\s+({_ASKING})\s+(.+)$", re.IGNORECASE | re.DOTALL)
_SUBORDINATE = re.compile(
    r"\b(?:say|says|said|tell|told|explain|explained|know|known|decide|decided|ask|asked|describe|described|discuss|"
    r"discussed|agree|agreed|learn|learned|about|on|of)\s+(?:who|what|when|where|which|why|how)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|him|his|she|her|it|its|they|them|their|this|that|these|those|so)\b", re.IGNORECASE)
_ALONE = frozenset(("why", "when", "where", "how"))  # these ask something with no word more
_MAX_FACETS = 4


@dataclass(frozen=True, slots=True)
class Facet:
    """One part of a question: how it reads, and the query that is searched for it.

    They differ where the part leans on an earlier one ("and when was he sanctioned?"), and where all of it is a
    request for an `overview`: then it is the only facet, and the query is the topic.
    """

    text: str
    query: str
    overview: bool = False


def facets_of(question: str) -> tuple[Facet, ...]:
    """The facets of a question in order; one facet, the question itself, where it has no parts.

    A question in several sentences has a facet for each of them that asks, at most four in all.
    """
    whole = " ".join(question.split())
    topic = topic_of(whole)
    if topic:
        return (Facet(whole, topic, overview=True),)
    shared = _SHARED.match(whole)
    if shared:
        first, second, rest = shared.groups()
        return tuple(Facet(text, text) for text in (f"{first} {rest}", f"{second[:1].upper()}{second[1:]} {rest}"))
    parts = [part.strip(" ,;") for part in _JOINT.split(whole) if part and part.strip(" ,;?")]
    parts = [_with_rest(part, parts[0]) for part in parts]
    if len(parts) < 2 or len(parts) > _MAX_FACETS or not all(_asks(part) for part in parts):
        return (Facet(whole, whole),)
    if _SUBORDINATE.search(parts[0]):  # "explain why A and how B" is one request with two parts that share a verb
        parts = [whole]
    facets = [Facet(_written(part), _written(part)) for part in parts]
    for number in range(1, len(facets)):
        if _PRONOUN.search(facets[number].text) or len(facets[number].text.split()) < 3:
            facets[number] = Facet(facets[number].text, f"{facets[number].text} ({facets[0].text})")
    return tuple(facets)


def _with_rest(part: str, first: str) -> str:
    """ "why?" after "When was he removed" as "why was he removed"."""
    word = part.rstrip("?").lower()
    begins = re.match(rf"{_ASKING}\s+(?={_AUXILIARY}\b)", first, re.IGNORECASE)
    return f"{word} {first[begins.end() :]}" if begins and word in _ALONE else part


def _asks(part: str) -> bool:
    """Whether the part has a question word or begins with an auxiliary, and says something besides."""
    asks = re.search(rf"\b{_ASKING}\b", part, re.IGNORECASE) or re.match(rf"{_AUXILIARY}\b", part, re.IGNORECASE)
    return bool(asks) and (len(part.split()) >= 3 or part.lower() in _ALONE)


def _written(part: str) -> str:
    """The part as a question of its own."""
    text = part[:1].upper() + part[1:]
    return text if text.endswith("?") else f"{text}?"
