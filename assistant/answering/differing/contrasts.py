"""Pairs of sentences that are set against each other: they state different things of what looks like one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product

from assistant.answering.differing.polarity import denied, negated, opposed
from assistant.answering.differing.shares import shares_of_one_whole
from assistant.answering.differing.sources_in_tables import contrast_of_columns, contrasts_of_rows
from assistant.answering.differing.statements import (
    DISPUTED,
    REPORTS,
    Contrast,
    Told,
    differing,
    of_different_months,
    of_different_times,
    told_by,
)
from assistant.types import Passage, Span

_NEAR = 2
"""So many sentences apart "another report" and the report that it is set against stand at most."""
_LISTED = 4
"""So many sentences behind "reports differ" can be those reports."""
_ALIKE = 0.6
"""The share of their words that two figures of different documents must have in common to be of one thing."""
_SAME_DAYS = 7
"""Documents that are further apart in days can give another figure because the figure has moved."""

_ANOTHER = re.compile(
    rf"\b(?:other|another|one|some|most|first|early|earlier|later)\s+(?:\w+\s+){{0,2}}{REPORTS}\b|\bin contrast\b|"
    r"\bat least one (?:\w+ )?(?:report|website|paper|newspaper)\b|\bwhereas\b|\bthe reported\b|"
    r"\bthat (?:date|figure|number) is wrong\b|"
    r"\bhad (?:\w+ )?(?:put|spoken of|counted|given|named)\b|\bputs? (?:the|it|its|their)\b.{0,40}\b(?:at|on)\b|"
    r"\brepeated the figure\b|\balthough\b|\bquoted by\b|\bcaption\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:(?:In|On|At|By|Since|Before|After|During) [\w ]{2,30},? |[\w ]{2,20} (?:earlier|later|before),? )?"
    r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\b"
)
"""How a sentence begins that goes on with who spoke last: what it states is no other source's."""
_OTHERS = re.compile(
    r"\b(?:another|other|reports?|in contrast|wrong|whereas|although|quoted by|caption)\b", re.IGNORECASE
)
_SAYS = re.compile(
    r"\b(?:sa(?:id|ys?)|according to|announced|report(?:ed|s)|count(?:s|ed)|g(?:ives?|ave)|puts?|quoted|citing|told|"
    r"claim(?:s|ed)|spoke|confirmed|denied|declared|repeated|wr(?:ites|ote)|expect(?:s|ed)|estimate[sd]?|answered)\b|:\s"
)
_TURN = re.compile(r";\s|\b(?:while|whereas|although|instead of|but)\b")
_TURN_OR_AND = re.compile(rf"{_TURN.pattern}|\band\b|,\s")
_MEASURES = frozenset("% tonn ton dollar euro kilometr km mile metr yard foot day hour minut week month year".split())


def contrasts_in(passages: Sequence[Passage]) -> Iterator[Contrast]:
    """All pairs in the passages, those of the best passages first.

    Within a passage they are found by how reports are set against each other: "another report", "reports differ", a
    table with a column or a row for each source. Between documents by sentences of the same words and the same unit
    with another figure, and by shares of one whole that the same names give. Figures of different months are not
    compared unless the text does.
    """
    told = told_by(passages)
    for sentences in told:
        yield from _in_one(sentences)
        yield from _against_a_neighbour(sentences)
        yield from _listed(sentences)
        yield from denied(sentences)
        yield from contrasts_of_rows(sentences)
    whole = [sentence for sentences in told for sentence in sentences if not sentence.cells]
    yield from _alike(whole)
    yield from shares_of_one_whole(whole)


def _in_one(sentences: Sequence[Told]) -> Iterator[Contrast]:
    """One sentence tells both: two clauses, or two cells of a row with a source each."""
    for number, sentence in enumerate(sentences):
        found = contrast_of_columns(sentence) if sentence.cells else _of_clauses(sentence)
        if found and number and DISPUTED.search(sentences[number - 1].text):
            found = replace(found, named_by=tuple(sentences[max(0, number - 2) : number]))
        if found:
            yield found


def _of_clauses(sentence: Told) -> Contrast | None:
    text, disputed = sentence.text, bool(DISPUTED.search(sentence.text))
    if not disputed and not _ANOTHER.search(text):
        return None
    turn = _TURN_OR_AND if disputed else _TURN
    for one, two in combinations(sentence.stated, 2):
        if turn.search(text[one.span.end : two.span.start]) and one.rivals(two):
            return Contrast(one.kind, (sentence, one.span), (sentence, two.span))
    return _of_two_names(sentence) or next(
        (
            found
            for match in _TURN_OR_AND.finditer(text, 1)
            if match.end() < len(text)
            and (found := opposed(sentence, Span(0, match.start()), sentence, Span(match.end(), len(text))))
        ),
        None,
    )


def _of_two_names(sentence: Told) -> Contrast | None:
    """ "30 sites; the army had spoken of 16 locations": one figure in each clause, of one thing in two words."""
    turn = _TURN.search(sentence.text)
    figures = sentence.of_kind("number")
    if not turn or len(figures) != 2 or not figures[0].span.end <= turn.start() < figures[1].span.start:
        return None
    one, two = figures
    if not _MEASURES.isdisjoint((one.unit, two.unit)) or not one.differs(two, disputed=True):
        return None
    return Contrast("number", (sentence, one.span), (sentence, two.span))


def _against_a_neighbour(sentences: Sequence[Told]) -> Iterator[Contrast]:
    """ "Another report spoke of 22": against the sentence before, the one before that, or the one behind."""
    for number, sentence in enumerate(sentences):
        if sentence.cells or not _ANOTHER.search(sentence.text) or _of_clauses(sentence):
            continue
        goes_on = bool(_GOES_ON.match(sentence.text)) and not _OTHERS.search(sentence.text)
        near = (number - 2, number + 1) if goes_on else (number - 1, number - 2, number + 1)
        for other in (sentences[n] for n in near if 0 <= n < len(sentences)):
            if other.cells or abs(other.place - sentence.place) > _NEAR or _of_clauses(other):
                continue
            found = differing(other, other.stated, sentence, sentence.stated)
            if not found or _agree(other, sentence, found.kind):
                continue
            if found.kind == "date" or not of_different_months(other, sentence):
                yield found
                break


def _listed(sentences: Sequence[Told]) -> Iterator[Contrast]:
    """Sentences behind "reports differ", or below a heading that says so, each with somebody who says it."""
    for number, lead in enumerate(sentences):
        if not lead.cells and DISPUTED.search(lead.text):
            behind = [told for told in sentences[number + 1 :] if told.place - lead.place <= _LISTED]
            yield from _told_differently(behind, (*sentences[max(0, number - 1) : number], lead))
    if sentences and any(map(DISPUTED.search, sentences[0].candidate.passage.chunk.headings)):
        yield from _told_differently(sentences[: _LISTED + 1], ())


def _told_differently(sentences: Sequence[Told], lead: tuple[Told, ...]) -> Iterator[Contrast]:
    """The first pair that differs, led by the sentences `lead`."""
    said = [told for told in sentences if not told.cells and _SAYS.search(told.text) and not _of_clauses(told)]
    for one, two in combinations(said, 2):
        shared = one.content & two.content
        units = {stated.unit for stated in one.stated} & {stated.unit for stated in two.stated}
        found = differing(
            one,
            [stated for stated in one.stated if stated.unit in units and (stated.kind == "number" or len(shared) > 1)],
            two,
            [stated for stated in two.stated if stated.unit in units],
        )
        found = found or opposed(one, Span(0, len(one.text)), two, Span(0, len(two.text)))
        found = found or negated(one, two, disputed=True)
        if found:
            yield replace(found, named_by=lead)
            return


def _alike(sentences: Sequence[Told]) -> Iterator[Contrast]:
    """Sentences of two documents with the same words and unit, and another figure."""
    for one, two in combinations([told for told in sentences if told.of_kind("number")], 2):
        shared = len(one.content & two.content)
        if one.key[0] == two.key[0] or shared < 3 or shared < _ALIKE * max(len(one.content), len(two.content)):
            continue
        if of_different_times(one, two, days=_SAME_DAYS) or _agree(one, two, "number"):
            continue
        for a, b in product(one.of_kind("number"), two.of_kind("number")):
            if a.unit and a.unit == b.unit and a.differs(b, disputed=False):
                yield Contrast("number", (one, a.span), (two, b.span))
                break


def _agree(one: Told, two: Told, kind: str) -> bool:
    """Whether some figure or date is the same in both."""
    return any(
        a.comparable(b) and a.unit == b.unit and not a.differs(b, disputed=True)
        for a, b in product(one.of_kind(kind), two.of_kind(kind))
    )
