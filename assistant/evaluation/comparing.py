"""Two reports case by case: which metric moved, by how much, and whether chance alone would move it that far."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.evaluation.intervals import Interval, mean_interval
from assistant.evaluation.metrics.base import MetricInfo
from assistant.evaluation.results import CaseResult, EvalReport

if TYPE_CHECKING:
    from numpy import dtype, float64, ndarray

# The metrics that decide: few and unlike one another, so that Holm's correction costs little (docs/evaluation.md).
PRIMARY = (
    "right abstention",
    "citation recall",
    "citation precision",
    "must-say",
    "nDCG@10",
    "unsupported sentences",
)

ALPHA = 0.05
_RESAMPLES = 9999
_SAME = 1e-9  # scores are rounded to six digits when they are written

Finding = Literal["better", "worse", "no difference shown", "cannot tell"]
Family = Literal["primary", "secondary", "not judged"]


@dataclass(frozen=True, slots=True)
class Pairing:
    """The cases of two reports: `pairs` of (baseline, now), and the ids of those that have no partner.

    `edited` are in both under the same id and were rewritten in between, so they are not compared.
    """

    pairs: tuple[tuple[CaseResult, CaseResult], ...]
    edited: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One metric in two reports, over the `n` cases to which it applies in both.

    `differing` of them have another value; to `one_sided` further cases it applies in one report only. `difference`
    is now minus baseline and `interval` its 95 % bootstrap interval. `corrected` is `p` after Holm's correction over
    the metric's family. `finding` is None for a metric that is not judged. Means and p are None where n is 0.
    """

    metric: MetricInfo
    family: Family
    n: int
    differing: int
    one_sided: int
    baseline: float | None
    mean: float | None
    difference: float | None
    interval: Interval | None
    p: float | None
    corrected: float | None
    finding: Finding | None

    @property
    def looks_worse(self) -> bool:
        """Whether the mean moved to the worse at all, by chance or not."""
        return self.difference is not None and goodness(self.metric, self.difference) < -_SAME


@dataclass(frozen=True, slots=True)
class _Tested:
    """A metric with its values (baseline, now) and the raw p-value of the test between them."""

    metric: MetricInfo
    before: tuple[float, ...]
    after: tuple[float, ...]
    one_sided: int
    p: float | None

    @property
    def differing(self) -> int:
        return sum(abs(b - a) > _SAME for b, a in zip(self.before, self.after, strict=True))


def pair_cases(baseline: EvalReport, report: EvalReport) -> Pairing:
    """Cases of the two reports with the same id and the same fingerprint; the others by name."""
    before = {result.case_id: result for result in baseline.results}
    after = {result.case_id: result for result in report.results}
    both = [name for name in after if name in before]
    same = [name for name in both if before[name].fingerprint == after[name].fingerprint]
    return Pairing(
        pairs=tuple((before[name], after[name]) for name in same),
        edited=tuple(name for name in both if before[name].fingerprint != after[name].fingerprint),
        new=tuple(name for name in after if name not in before),
        gone=tuple(name for name in before if name not in after),
    )


def compare(
    pairing: Pairing, metrics: Sequence[MetricInfo], *, primary: Sequence[str] = PRIMARY
) -> tuple[Comparison, ...]:
    """Every metric compared over the pairs, in the order of `metrics`.

    Gating metrics named in `primary` are one family, the other gating ones a second; each family has its own
    correction. Raises ValueError where no metric of `primary` is there, as a verdict would then pass anything.
    """
    families = [_family(each, primary) for each in metrics]
    if "primary" not in families:
        raise ValueError(f"none of the metrics that decide is among those of the report: {', '.join(primary)}")
    tested = [_test(pairing, each) for each in metrics]
    corrected: dict[str, float] = {}
    needed: dict[Family, int] = {}
    for family in set(families):
        raw = {each.metric.name: each.p for each, its in zip(tested, families, strict=True) if its == family}
        known = {name: p for name, p in raw.items() if p is not None}
        corrected |= dict(zip(known, holm(list(known.values())), strict=True))
        needed[family] = needed_cases(len(known))
    return tuple(
        _compared(each, family, corrected.get(each.metric.name), needed[family])
        for each, family in zip(tested, families, strict=True)
    )


def holm(p_values: Sequence[float]) -> list[float]:
    """The p-values after the step-down correction of Holm (1979), in the same order.

    The chance of any false finding among them stays below 5 %, however they depend on one another.
    """
    corrected = [1.0] * len(p_values)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[index]))
        corrected[index] = highest
    return corrected


def needed_cases(tests: int) -> int:
    """How many cases must differ before `tests` metrics at once could show anything: 6 for one metric, 8 for six.

    Where m pairs differ, neither test gives less than 2 * 2**-m, all m pointing one way; times `tests` that must be
    below .05.
    """
    return math.floor(math.log2(max(tests, 1) / ALPHA)) + 2


def permutation_p(differences: Sequence[float], *, seed: int = 0) -> float:
    """Two-sided p of a paired permutation test: signs of the differences flipped (Fisher 1935; Smucker et al. 2007).

    Exact for up to 13 differences other than 0, from 9,999 seeded draws beyond.
    """
    moved = [each for each in differences if abs(each) > _SAME]
    if len(moved) < 2:  # both signs of one difference are equally far from 0
        return 1.0
    from scipy.stats import permutation_test

    found = permutation_test(
        (moved,), _mean, permutation_type="samples", vectorized=True, n_resamples=_RESAMPLES, batch=500, rng=seed
    )
    return float(found.pvalue)


def mcnemar_p(gained: int, lost: int) -> float:
    """Two-sided p of McNemar's exact test (1947): the binomial test on the cases that pass in one report only."""
    if not gained + lost:
        return 1.0
    from scipy.stats import binomtest

    return float(binomtest(gained, gained + lost, 0.5).pvalue)


def goodness(metric: MetricInfo, value: float) -> float:
    """A value, or a difference of two, turned so that more is better."""
    return value if metric.better == "higher" else -value


def _mean(values: ndarray[tuple[int, ...], dtype[float64]], axis: int) -> object:
    return values.mean(axis=axis)


def _family(metric: MetricInfo, primary: Sequence[str]) -> Family:
    if not metric.gating:
        return "not judged"
    return "primary" if metric.name in primary else "secondary"


def _test(pairing: Pairing, metric: MetricInfo) -> _Tested:
    before: list[float] = []
    after: list[float] = []
    one_sided = 0
    for old, new in pairing.pairs:
        was, now = old.scores.get(metric.name), new.scores.get(metric.name)
        if was is not None and now is not None:
            before.append(was)
            after.append(now)
        elif was is not None or now is not None:
            one_sided += 1
    p = _p_value(metric, before, after) if before and metric.gating else None
    return _Tested(metric, tuple(before), tuple(after), one_sided, p)


def _p_value(metric: MetricInfo, before: Sequence[float], after: Sequence[float]) -> float:
    differences = [a - b for b, a in zip(before, after, strict=True)]
    if metric.kind == "pass":
        return mcnemar_p(sum(each > _SAME for each in differences), sum(each < -_SAME for each in differences))
    return permutation_p(differences)


def _compared(tested: _Tested, family: Family, corrected: float | None, needed: int) -> Comparison:
    n = len(tested.before)
    differences = [a - b for b, a in zip(tested.before, tested.after, strict=True)]
    difference = sum(differences) / n if n else None
    return Comparison(
        metric=tested.metric,
        family=family,
        n=n,
        differing=tested.differing,
        one_sided=tested.one_sided,
        baseline=sum(tested.before) / n if n else None,
        mean=sum(tested.after) / n if n else None,
        difference=difference,
        interval=mean_interval(differences),
        p=tested.p,
        corrected=corrected,
        finding=None if family == "not judged" else _finding(tested, difference, corrected, needed),
    )


def _finding(tested: _Tested, difference: float | None, corrected: float | None, needed: int) -> Finding:
    if difference is None or corrected is None:  # compared nowhere: it applies to no case, or in one report only
        return "cannot tell" if tested.one_sided else "no difference shown"
    if corrected < ALPHA:
        return "better" if goodness(tested.metric, difference) > 0 else "worse"
    if 0 < tested.differing < needed:
        return "cannot tell"
    return "no difference shown"
