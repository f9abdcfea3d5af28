"""One case as the page shows it: what was expected beside what came, each marked right or wrong in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.evaluation.cases import right_outcome
from assistant.evaluation.comparing import Comparison, goodness
from assistant.evaluation.metrics.base import MetricInfo
from assistant.evaluation.metrics.citing import holds
from assistant.evaluation.passing import faults_of
from assistant.evaluation.results import CaseResult, CitedExcerpt, Excerpt
from assistant.evaluation.verdict import Flip
from assistant.types import Span

State = Literal["crashed", "wrong outcome", "with faults", "right"]
_ORDER: tuple[State, ...] = ("crashed", "wrong outcome", "with faults", "right")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text; `marked` where they are shared with the other side, then the citations that end there."""

    text: str
    marked: bool = False
    markers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of a document with a word for how it fared; `good` is None where it is neither right nor wrong."""

    excerpt: Excerpt
    pieces: tuple[Piece, ...]
    word: str
    good: bool | None
    marker: int | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that a full answer shows, with its homes, any one of which is enough."""

    word: str
    good: bool
    homes: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A score of the case beside that of the baseline."""

    metric: MetricInfo
    value: float | None
    before: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything that the page shows of a case. `number` is its place in the report, for links."""

    number: int
    result: CaseResult
    state: State
    mark: float | None
    faults: tuple[str, ...]
    flip: Flip | None
    answer: tuple[Piece, ...]
    expected: tuple[Expected, ...]
    cited: tuple[Quoted, ...]
    passages: tuple[Quoted, ...]
    scores: tuple[Scored, ...]


def case_views(
    results: Sequence[CaseResult],
    before: Mapping[str, CaseResult],
    metrics: Sequence[MetricInfo],
    decisive: Sequence[str],
    flips: Sequence[Flip],
) -> tuple[CaseView, ...]:
    """The cases, worst first: crashed, wrong outcome, with faults, right; among these by the mean decisive score."""
    turned = {flip.case_id: flip for flip in flips}
    views = [
        _view(number, result, before.get(result.case_id), metrics, decisive, turned.get(result.case_id))
        for number, result in enumerate(results)
    ]
    return tuple(sorted(views, key=lambda view: (_ORDER.index(view.state), view.mark or 0.0, view.number)))


def decisive_names(
    comparisons: Sequence[Comparison], metrics: Sequence[MetricInfo], primary: Sequence[str]
) -> list[str]:
    """The names of the metrics that decide: those that were compared as such, or would be with a baseline."""
    if comparisons:
        return [each.metric.name for each in comparisons if each.family == "primary"]
    return [each.name for each in metrics if each.gating and each.name in primary]


def _view(
    number: int,
    result: CaseResult,
    before: CaseResult | None,
    metrics: Sequence[MetricInfo],
    decisive: Sequence[str],
    flip: Flip | None,
) -> CaseView:
    same = before is not None and before.fingerprint == result.fingerprint
    earlier = before.scores if before is not None and same else {}
    faults = faults_of(result)
    cited = [each.excerpt for each in result.citations]
    return CaseView(
        number=number,
        result=result,
        state=_state(result, faults),
        mark=_mark(result, metrics, decisive),
        faults=faults,
        flip=flip,
        answer=_with_markers(result),
        expected=_expected(result, cited),
        cited=tuple(
            Quoted(each.excerpt, _overlapping(each.excerpt, result.relevant), *_fared(each, result), each.marker)
            for each in result.citations
        ),
        passages=tuple(_passage(each, result) for each in result.passages),
        scores=tuple(
            Scored(each, result.scores.get(each.name), earlier.get(each.name), result.reasons.get(each.name, ""))
            for each in sorted(metrics, key=lambda metric: metric.name not in decisive)
            if each.name in result.scores
        ),
    )


def _state(result: CaseResult, faults: Sequence[str]) -> State:
    if result.outcome is None:
        return "crashed"
    if result.outcome != right_outcome(result.answerable):
        return "wrong outcome"
    return "with faults" if faults else "right"


def _mark(result: CaseResult, metrics: Sequence[MetricInfo], decisive: Sequence[str]) -> float | None:
    """The mean of the decisive scores, turned so that 1 is best; None where none applies."""
    values = [
        goodness(each, value) + (each.better == "lower")
        for each in metrics
        if each.name in decisive and (value := result.scores.get(each.name)) is not None
    ]
    return sum(values) / len(values) if values else None


def _with_markers(result: CaseResult) -> tuple[Piece, ...]:
    """The answer cut where citations end; ends beyond the text count as its end."""
    ends: dict[int, list[int]] = {}
    for each in result.citations:
        ends.setdefault(min(each.answer_end, len(result.text)), []).append(each.marker)
    pieces, start = [], 0
    for end in sorted(ends):
        pieces.append(Piece(result.text[start:end], markers=tuple(sorted(ends[end]))))
        start = end
    return (*pieces, Piece(result.text[start:])) if start < len(result.text) else tuple(pieces)


def _expected(result: CaseResult, cited: Sequence[Excerpt]) -> tuple[Expected, ...]:
    groups = result.evidence or tuple(range(len(result.relevant)))
    found = []
    for group in dict.fromkeys(groups):
        homes = [each for each, its in zip(result.relevant, groups, strict=True) if its == group]
        if any(_shows(each, home) for home in homes for each in cited):
            word, good = "cited", True
        elif any(home.overlaps(each) for home in homes for each in result.passages):
            word, good = "found, not cited", False
        else:
            word, good = "not found", False
        quoted = tuple(Quoted(home, _overlapping(home, cited), "", None) for home in homes)
        found.append(Expected(word, good, quoted))
    return tuple(found)


def _shows(cited: Excerpt, home: Excerpt) -> bool:
    """Whether a citation shows what was expected, as the scores count it; a few shared characters do not."""
    same = cited.path == home.path
    return same and holds(Span(cited.start, cited.end), Span(home.start, home.end), home.quote)


def _fared(citation: CitedExcerpt, result: CaseResult) -> tuple[str, bool]:
    if not citation.verbatim:
        return "not verbatim", False
    if citation.relevant:
        return "as expected", True
    return ("not among the expected", False) if result.answerable else ("nothing was to be cited", False)


def _passage(excerpt: Excerpt, result: CaseResult) -> Quoted:
    holds = any(excerpt.overlaps(each) for each in result.relevant)
    return Quoted(excerpt, (Piece(excerpt.quote),), "holds expected words" if holds else "", holds or None)


def _overlapping(excerpt: Excerpt, others: Sequence[Excerpt]) -> tuple[Piece, ...]:
    """The quote with the stretch that it shares with the others marked; whole where offsets and words disagree."""
    shared = [each for each in others if excerpt.overlaps(each)]
    if not shared or excerpt.end - excerpt.start != len(excerpt.quote):
        return (Piece(excerpt.quote),)
    start = max(min(each.start for each in shared) - excerpt.start, 0)
    end = min(max(each.end for each in shared) - excerpt.start, len(excerpt.quote))
    pieces = (
        Piece(excerpt.quote[:start]),
        Piece(excerpt.quote[start:end], marked=True),
        Piece(excerpt.quote[end:]),
    )
    return tuple(each for each in pieces if each.text)
