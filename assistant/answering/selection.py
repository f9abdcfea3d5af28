"""Which evidence an answer shows, and in which order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from assistant.answering.citations import Cited
from assistant.answering.evidence import Evidence
from assistant.language.words import stems
from assistant.types import Source

A_REASON = 0.5
"""How much of a reason a sentence holds that is one (see `questions.holds`)."""
SAME_WORDS = 0.8
SAME_MEANING = 0.93
"""Two sentences say the same when this share of their stems, or this cosine, is reached and their numbers agree."""


_NEGATION = re.compile(r"\b(?:not|no|never|none|nor|neither|without|cannot)\b|n['’]t\b", re.IGNORECASE)


def select(evidence: Sequence[Evidence], *, at_most: int, weaker_by: float, shown: Sequence[Cited] = ()) -> list[Cited]:
    """The best sentences, without two that say the same: the best first.

    `evidence` is sorted, best first. Sentences whose score is lower than the best one's by more than `weaker_by` are
    left out. A sentence that says what a better one says adds its document to that one's sources. Evidence that is in
    `shown` already is not repeated.
    """
    kept: list[tuple[Evidence, list[Source]]] = []
    before = [cited for cited, _ in shown]
    for candidate in evidence:
        if candidate.score < evidence[0].score - weaker_by:
            break
        if any(same(candidate, other) for other in before):
            continue
        twin = next((sources for other, sources in kept if same(candidate, other)), None)
        if twin is not None:
            twin.append(candidate.passage.source)
        elif len(kept) < at_most:
            kept.append((candidate, list(candidate.passage.also_in)))
    cited = [(chosen, _others(chosen, sources)) for chosen, sources in kept]
    return _as_documents_go(cited)


def reasons(evidence: Sequence[Evidence], *, weaker_by: float) -> tuple[Evidence, ...]:
    """For "why": the sentences that hold a reason, so that reasons stand beside reasons only.

    The best sentence stays where it holds anything of a reason, and where no reason comes near it.
    """
    near = [one for one in evidence if one.score >= evidence[0].score - weaker_by]
    told = [one for place, one in enumerate(near) if one.held >= A_REASON or (place == 0 and one.held > 0)]
    return tuple(told or evidence[:1])


def same(one: Evidence, other: Evidence) -> bool:
    """Whether two sentences say the same; a different number or a negation makes them differ."""
    if one.text == other.text:
        return True
    first, second = set(stems(one.text)), set(stems(other.text))
    if _numbers(first - second) and _numbers(second - first):
        return False
    if bool(_NEGATION.search(one.text)) != bool(_NEGATION.search(other.text)):
        return False
    shared = len(first & second) / max(1, len(first | second))
    return shared >= SAME_WORDS or (shared >= 0.5 and float(one.vector @ other.vector) >= SAME_MEANING)


def _numbers(words: set[str]) -> set[str]:
    return {word for word in words if any(character.isdigit() for character in word)}


def _others(chosen: Evidence, sources: Sequence[Source]) -> tuple[Source, ...]:
    """The other documents that say the same, each once."""
    others = {s.document_id: s for s in sources if s.document_id != chosen.passage.source.document_id}
    return tuple(others.values())


def _as_documents_go(cited: Sequence[Cited]) -> list[Cited]:
    """By score, but behind the best one sentences of one document that stand side by side follow its text.

    Grouping by document would push better sentences back: of those that answer, one in thirty fell behind the third.
    """
    rest: list[Cited] = []
    for _, run in groupby(cited[1:], key=lambda item: item[0].passage.chunk.document_id):
        rest += sorted(run, key=lambda item: item[0].span)
    return [*cited[:1], *rest]
