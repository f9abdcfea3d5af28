"""Where the sources that were found differ on what a question asks: a number, a date, or yes and no."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import product

from assistant.answering.differing.contrasts import contrasts_in
from assistant.answering.differing.polarity import SPEECH
from assistant.answering.differing.stated import Day, Stated, stated_in
from assistant.answering.differing.statements import Contrast, Told
from assistant.answering.evidence import Evidence
from assistant.answering.query import Query, coverage
from assistant.language.words import content_words, plain, stem, words
from assistant.types import Disagreement, Passage, Side, Span

AT_MOST = 2
"""So many disagreements are shown with one answer; more are a list that nobody reads."""

_BARS = ((-1.8, 0.25), (-3.65, 0.3), (-6.05, 0.5))
"""How far below the best evidence (log-odds) a contrast may lie, and the share of the question that it must have.

Chosen on the development split of the golden set (`benchmarks/disagreement.py`), and made 1.1 times as long when the
weights of the evidence were fitted anew."""

_YES_OR_NO = re.compile(
    r"(?:^|[.?:]\s+)(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b|\bor\b", re.IGNORECASE
)
_ALTERNATIVE = re.compile(r"\bor\b", re.IGNORECASE)
_FOR_A_NAME = re.compile(r"^(?:in |of |to |from )?(?:which|who|whom|whose)\b|\bnames?\b", re.IGNORECASE)
_SMALL = frozenset(stem(word) for word in "since around almost nearly within without among against per via".split())
_HOW_MANY = re.compile(r"\bhow many ((?:[\w-]+ ){1,3})", re.IGNORECASE)


def disagreements(query: Query, passages: Sequence[Passage], evidence: Sequence[Evidence]) -> tuple[Disagreement, ...]:
    """The disagreements among the passages that concern the question, the nearest to it first; at most `AT_MOST`.

    A contrast (`contrasts_in`) concerns the question where it is of the kind asked for, or the question names one of
    its figures or dates; where the day or month asked about is not another one; and where its sentences are near the
    best of the `evidence` and share the question's words. Sides stand in the order of their documents' dates, undated
    ones last, which says nothing about who is right.
    """
    if len(query.weights) < 2:  # "And Sweden's?" tells too little
        return ()
    asked = stated_in(query.text)
    best: dict[tuple[str, Span], float] = {}
    for one in evidence:
        key = (one.passage.chunk.document_id, one.span)
        best[key] = max(best.get(key, one.score), one.score)
    top = max(best.values(), default=0.0)
    found: list[tuple[float, Contrast]] = []
    for contrast in contrasts_in(passages):
        told = (contrast.first[0], contrast.second[0], *contrast.named_by)
        behind = max((best.get(one.key, float("-inf")) for one in told), default=float("-inf")) - top
        share = coverage(query, frozenset().union(*(one.candidate.stems for one in told)))
        bars = _BARS[:1] if contrast.kind == "date" else _BARS
        near = any(behind >= score and share >= least for score, least in bars) or (
            behind >= _BARS[-1][0] and _is_asked(contrast.about, query)
        )
        if near and _fits(query, asked, contrast):
            found.append((behind + share, contrast))
    found.sort(key=lambda pair: -pair[0])
    return _shown([contrast for _, contrast in found])


def _fits(query: Query, asked: Sequence[Stated], contrast: Contrast) -> bool:
    """Whether a contrast is of the kind that the question asks for."""
    if contrast.kind == "polarity":
        one = contrast.first[0].key == contrast.second[0].key  # "some say cancelled, others postponed": a choice of two
        return bool((_ALTERNATIVE if one else _YES_OR_NO).search(query.text))
    stated = [_stated(told, span) for told, span in (contrast.first, contrast.second)]
    if any(_names(one, other) for one, other in product(asked, stated) if other):
        return True
    if contrast.kind == "date":
        return query.kind == "time"
    if query.kind not in ("number", "means", "other") or (query.kind == "other" and _FOR_A_NAME.search(query.text)):
        return False
    counted = _HOW_MANY.search(query.text)
    units = {one.unit for one in stated if one and one.unit}
    if counted and units and units.isdisjoint(stem(word.lower()) for word in words(counted.group(1))):
        return False
    days = [one.value for one in asked if isinstance(one.value, Day)]
    others = [one.value for told, _ in (contrast.first, contrast.second) for one in told.of_kind("date")]
    return (
        not days
        or not others
        or any(not day.differs(other) for day in days for other in others if isinstance(other, Day))
    )


def _is_asked(about: str, query: Query) -> bool:
    """Whether the question has all the words by which a table names the thing, and they are two at least."""
    named = {stem(word) for word in content_words(about.partition(": ")[2] or about)}
    asked = {stem(word) for word in content_words(query.text)}
    return len(named) > 1 and named <= asked


def _names(asked: Stated, stated: Stated) -> bool:
    """Whether a figure or date of the question is one that a side states, with no part of the date left open."""
    if isinstance(asked.value, Day) and isinstance(stated.value, Day):
        return stated.value.known <= asked.value.known
    return asked.comparable(stated) and not asked.differs(stated, disputed=True)


def _stated(told: Told, span: Span) -> Stated | None:
    return next((one for one in told.stated if one.span == span), None)


def _shown(contrasts: Sequence[Contrast]) -> tuple[Disagreement, ...]:
    """The first contrasts as disagreements; sentences that stand in one already are not shown again."""
    shown: list[Disagreement] = []
    used: set[tuple[str, Span]] = set()
    for contrast in contrasts:
        keys = {contrast.first[0].key, contrast.second[0].key}
        if used.isdisjoint(keys):
            used |= keys
            sides = sorted((_side(*contrast.first), _side(*contrast.second)), key=_age)
            shown.append(Disagreement(contrast.kind, _about(contrast), tuple(sides)))
        if len(shown) == AT_MOST:
            break
    return tuple(shown)


def _side(told: Told, words_: Span) -> Side:
    candidate = told.candidate
    chunk = candidate.passage.chunk
    quote = chunk.quote(candidate.span)
    return Side(candidate.passage.source, chunk.id, candidate.span, quote, words_.shifted(candidate.span.start))


def _age(side: Side) -> tuple[date, str, Span, Span]:
    return (side.source.date or date.max, side.source.document_id, side.span, side.words)


def _about(contrast: Contrast) -> str:
    """What a table calls the thing; else the words that both sentences have, if they are three, or the heading."""
    if contrast.about:
        return contrast.about
    one, two = contrast.first, contrast.second
    other = two[0].candidate.stems if one[0].key != two[0].key else frozenset()
    kept = other - frozenset(stem(word.lower()) for told, span in (one, two) for word in words(span.of(told.text)))
    telling = kept - SPEECH - _SMALL
    shared = [word for word in words(one[0].text) if stem(plain(word)) in telling and not word[0].isdigit()]
    shared = list({stem(plain(word)): word for word in reversed(shared)}.values())[::-1]
    chunk = one[0].candidate.passage.chunk
    heading = chunk.headings[-1] if chunk.headings else one[0].candidate.passage.source.title
    return ", ".join(shared[:5]) if len(shared) > 2 else heading
