"""Items of lists as evidence: whose list it is, and whether a question asks for all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from assistant.answering.candidates import stems_of
from assistant.answering.evidence import Evidence, left_of
from assistant.answering.query import Query
from assistant.answering.subjects import Subject, groups_in, subjects_of
from assistant.language.lists import mark_of
from assistant.types import Span

AT_MOST = 8
"""So many items of a list are quoted at most where the list is asked for."""

_NAME = re.compile(
    r"[A-Z][\w’'.&-]*(?:\s+(?:[A-Z][\w’'.&-]*|of|the|and|for|de|al|von|van)){0,6}(?=\s*(?:[:,;(]|\s[–—-]\s|$))"
)


def of_lists_asked_about(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence without the items of lists that are about something else, as it counts without them.

    What "In Uganda the ministry plans:" leads to is no plan of Kenya's: its lead, or the heading above it, names others
    and none that the question does. And what "The union demands:" leads to is no demand of the company's where another
    list of the document is led by more of the question's words ("The company demands:"). Neither counts against an item
    that has the name or the words itself. Nor is an item that begins with a name ("Borl: 12 ships") about another name
    that an item of the same list begins with ("Arlen: 30 ships").
    """
    asked = frozenset(query.weights)
    told = {_list_of(one): asked & _told_above(one) for one in evidence if one.leads}

    def is_of_another(one: Evidence) -> bool:
        if not one.leads:
            return False
        own = told[_list_of(one)]
        better = [words for (document, _), words in told.items() if document == _list_of(one)[0] and own < words]
        said = own | (asked & stems_of(one.text))
        return _names_others(query.names, one) or any(not words <= said for words in better)

    return left_of(evidence, lambda one: not is_of_another(one) and not _is_beside_the_named(query.names, one))


def whole_list(scored: Sequence[Evidence], evidence: Sequence[Evidence], *, weaker_by: float) -> list[Evidence]:
    """The items of the list that a question asks for, in text order; none where it asks for no list.

    It does where the best of the `evidence` is an item, and a line that leads to it is, among all that was `scored`, at
    most so much weaker: of nested lists the outermost such one. It also does where the best says what the list is led
    by, which then comes first. The evidence is sorted, best first.
    """
    best = evidence[0] if evidence else None
    if best is None:
        return []
    theirs = [one for one in evidence if one.document_id == best.document_id]
    own = [best] if any(lead.span.contains(best.span) for one in theirs for lead in one.leads) else []
    own_scored = [one for one in scored if one.document_id == best.document_id]
    near = {one.span.end for one in own_scored if one.score >= best.score - weaker_by}
    leads = [lead.span for lead in best.leads if lead.span.end in near] or [one.span for one in own]
    if not leads:
        return []
    items = [one for one in theirs if _is_led_by(one, leads[0])]
    return [*own, *sorted(items[:AT_MOST], key=lambda one: one.span)]


def _is_led_by(item: Evidence, lead: Span) -> bool:
    return any(each.span.contains(lead) for each in item.leads)


def _names_others(names: Sequence[Subject], item: Evidence) -> bool:
    """Whether the innermost line above an item that names anybody names others than a question does.

    Not where a line above that one has a name of the question and none of these others: "Demands of Ostria", "To
    Belmark:".
    """
    asked = [name for name in names if not name.named_in(item.text)]
    if not names or len(asked) < len(names):
        return False
    above = _lines_above(item)
    for place in reversed(range(1, len(above))):
        others = _named_in(above[place])
        if others:
            alone = (line for line in above[:place] if not any(other.named_in(line) for other in others))
            return not any(name.named_in(line) for line in (above[place], *alone) for name in asked)
    return False


def _is_beside_the_named(names: Sequence[Subject], one: Evidence) -> bool:
    """Whether its list item begins with a name, and one beside it with another one, which the question has."""
    chunk = one.passage.chunk
    asked = [name for name in names if not any(name.named_in(line) for line in _lines_above(one))]
    lines = chunk.text.split("\n")
    own = chunk.text.count("\n", 0, one.span.start - chunk.span.start)
    if not asked or not _begins_with_name(lines[own]) or any(name.named_in(lines[own]) for name in asked):
        return False
    beside = [*takewhile(_begins_with_name, lines[own + 1 :]), *takewhile(_begins_with_name, reversed(lines[:own]))]
    return any(name.named_in(_opening(line)) for line in beside for name in asked)


def _begins_with_name(line: str) -> bool:
    """Whether a line is an item of a list that begins with a name, of a person, a place or a body."""
    return mark_of(line) > 0 and bool(_opening(line))


def _opening(line: str) -> str:
    """The name that a list item begins with, up to its first mark; empty where it begins with anything else."""
    found = _NAME.match(line[mark_of(line) :])
    return found.group() if found else ""


def _named_in(line: str) -> Sequence[Subject]:
    """Whom a line names; of one that is written like a title only countries, as every word has a capital."""
    if not any(word.islower() for word in line.split()):
        return groups_in(line)
    return [subject for subject in subjects_of(line, lambda words: dict.fromkeys(words, 1)) if subject.proper]


def _lines_above(item: Evidence) -> list[str]:
    """The title of its document, the headings and the lines that lead to an item, the outermost first."""
    headings = item.passage.chunk.locator(item.span).headings
    return [item.passage.source.title, *headings, *(lead.quote for lead in item.leads)]


def _told_above(item: Evidence) -> frozenset[str]:
    """The stems of the lines above an item, but for the title, which all lists of a document have."""
    return stems_of(" | ".join(_lines_above(item)[1:]))


def _list_of(item: Evidence) -> tuple[str, tuple[int, ...]]:
    """Which list an item belongs to: the document, and where the lines are that lead to it."""
    return item.document_id, tuple(lead.span.start for lead in item.leads)
