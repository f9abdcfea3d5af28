"""Which sentences of a passage carry a written sentence, and in which words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import astuple, dataclass
from functools import lru_cache

from assistant.language.pointing_back import points_back
from assistant.reading.checks import premise_of
from assistant.reading.checks.calendar_dates import dates
from assistant.reading.checks.names import names_in
from assistant.reading.checks.quantities import quantities
from assistant.reading.checks.terms import terms
from assistant.types import Passage, Span

_NEAR = 2  # sentences apart, at most, that carry one claim together
_EFFORT = 0.08  # of the claim that a second sentence must add to be worth reading
_OTHER = 0.4  # of a word that a claim shares, which another word between takes away from a stretch


@dataclass(frozen=True, slots=True)
class Carrier:
    """One sentence of a passage, or two near each other, with how much of a claim they carry.

    `spans` are the sentences in the document, in order. `premise` is what checks and verifiers read of them: title and
    date of the document, and before a sentence that points back the one that it points to. `coverage` is the share of
    the claim's words of content that stand in the premise (0 to 1, rare words count more), `missing` are the keys of
    those that do not. `own` is the share that stands in the sentences themselves, without title and date.
    """

    passage: Passage
    spans: tuple[Span, ...]
    premise: str
    coverage: float
    missing: frozenset[str]
    own: float


def rarity(passages: Sequence[Passage]) -> Mapping[str, float]:
    """The weight of each word's key: the logarithm of the number of sentences over those that have it."""
    counts = Counter(key for passage in passages for text in _sentences(passage) for key in content(text))
    total = sum(len(passage.chunk.sentences) for passage in passages)
    return {key: math.log(1 + total / count) for key, count in counts.items()}


def carriers(claim: str, passages: Sequence[Passage], weights: Mapping[str, float], *, most: int = 2) -> list[Carrier]:
    """The best carriers of each passage that has a word of the claim, `most` a passage, best first.

    `weights` are those of `rarity`; a word that they lack is as rare as any.
    """
    wanted = _wanted(claim, weights)
    if not wanted:
        return []
    found = [carrier for passage in passages for carrier in _best(wanted, passage, most)]
    return sorted(found, key=lambda carrier: -carrier.coverage + _EFFORT * len(carrier.spans))


def share(claim: str, text: str, weights: Mapping[str, float]) -> float:
    """The share of the claim's words of content that a text has, rare ones counting more; 0 without any."""
    wanted = _wanted(claim, weights)
    here = content(text) & wanted.keys()
    return sum(wanted[key] for key in here) / sum(wanted.values()) if wanted else 0.0


def _wanted(claim: str, weights: Mapping[str, float]) -> Mapping[str, float]:
    """The words of content of a claim with their weights."""
    rarest = max(weights.values(), default=1.0)
    return {key: weights.get(key, rarest) for key in content(claim)}


@lru_cache(maxsize=16384)
def content(text: str) -> frozenset[str]:
    """What a text has of words, numbers and dates, each under a key that is the same in every notation."""
    days, figures = dates(text), quantities(text)
    taken = [*(each.span for each in days), *(each.span for each in figures)]
    found = {f"#{each.value} {each.kind}" for each in figures}
    for day in days:
        found |= {f"{name} {value}" for name, value in zip("ymdw", astuple(day)[:4], strict=True) if value is not None}
    for term in terms(text):
        if term.key and not any(span.start <= term.start < span.end for span in taken):
            found.add(term.key)
    return frozenset(found)


def carrying_words(claim: str, passage: Passage, span: Span) -> Span | None:
    """The stretch of words inside `span` of the document that carries a claim: its own words there, and few others.

    None where it is all of `span`, and where the two share nothing.
    """
    text = passage.chunk.quote(span)
    wanted = content(claim)
    worth = [(place, 1.0 if is_shared else -_OTHER) for place, is_shared in _places(text, wanted)]
    best, first, total = 0.0, 0, 0.0
    stretch: tuple[int, int] | None = None
    for row, (_, value) in enumerate(worth):
        if total <= 0.0:
            first, total = row, 0.0
        total += value
        if total > best:
            best, stretch = total, (first, row)
    if stretch is None or stretch == (0, len(worth) - 1):
        return None
    return Span(span.start + worth[stretch[0]][0].start, span.start + worth[stretch[1]][0].end)


def _places(text: str, wanted: Set[str]) -> list[tuple[Span, bool]]:
    """The words of content, numbers and dates of a text, in order, and whether each is among the `wanted` keys."""
    taken = [*(each.span for each in dates(text)), *(each.span for each in quantities(text))]
    words = [Span(term.start, term.end) for term in terms(text) if term.key]
    free = [word for word in words if not any(word.overlaps(other) for other in taken)]
    places = sorted({*taken, *free})
    return [(place, bool(said := content(place.of(text))) and said <= wanted) for place in places]


def _sentences(passage: Passage) -> list[str]:
    return [passage.chunk.quote(span) for span in passage.chunk.sentences]


def _best(wanted: Mapping[str, float], passage: Passage, most: int) -> list[Carrier]:
    texts = _sentences(passage)
    context = [_with_context(texts, row) for row in range(len(texts))]
    head = _head(passage)
    named = frozenset(term.key for term in names_in(head)) | content(" ".join(each.text for each in dates(head)))
    held = [(content(text) | named) & wanted.keys() for text in context]
    own = [content(text) & wanted.keys() for text in texts]
    total = sum(wanted.values())
    ranked: list[tuple[float, tuple[int, ...]]] = []
    shares = [sum(wanted[key] for key in here) / total for here in held]
    for first in range(len(texts)):
        if own[first]:
            ranked.append((shares[first] - _EFFORT, (first,)))
        for last in range(first + 1, min(len(texts), first + _NEAR + 1)):
            share = sum(wanted[key] for key in held[first] | held[last]) / total
            if share > max(shares[first], shares[last]) + _EFFORT:
                ranked.append((share - 2 * _EFFORT, (first, last)))
    ranked.sort(key=lambda pair: (-pair[0], pair[1]))
    return [_carrier(passage, rows, context, head, named, wanted) for _, rows in ranked[:most]]


def _carrier(
    passage: Passage,
    rows: tuple[int, ...],
    context: Sequence[str],
    head: str,
    named: frozenset[str],
    wanted: Mapping[str, float],
) -> Carrier:
    if len(rows) == 2 and rows[1] == rows[0] + 1 and context[rows[1]].startswith(context[rows[0]]):
        body = context[rows[1]]
    else:
        body = "\n".join(context[row] for row in rows)
    premise = premise_of(head, body)
    absent = frozenset(wanted) - content(body)
    missing = absent - named
    total = sum(wanted.values())
    return Carrier(
        passage,
        tuple(passage.chunk.sentences[row] for row in rows),
        premise,
        1.0 - sum(wanted[key] for key in missing) / total,
        missing,
        1.0 - sum(wanted[key] for key in absent) / total,
    )


def _with_context(texts: Sequence[str], row: int) -> str:
    """A sentence, after the one before it where it begins with a word that points back."""
    return f"{texts[row - 1]}\n{texts[row]}" if row and points_back(texts[row]) else texts[row]


def _head(passage: Passage) -> str:
    """Title, headings and date of the document, in one line."""
    source = passage.source
    parts = [source.title, *(heading for heading in passage.chunk.headings if heading != source.title)]
    parts += [source.date.isoformat()] if source.date else []
    return " | ".join(" ".join(part.split()) for part in parts if part.strip())
