"""Findings that can be worked out by hand, agreement with other ways to the same number, and power by simulation."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

import numpy as np
import pytest

from assistant.evaluation.comparing import (
    PRIMARY,
    Comparison,
    compare,
    holm,
    mcnemar_p,
    needed_cases,
    pair_cases,
    permutation_p,
)
from assistant.evaluation.intervals import Interval, mean_interval, set_interval
from assistant.evaluation.metrics import build_metrics
from assistant.evaluation.metrics.base import Direction, MetricInfo
from assistant.evaluation.results import EvalReport
from tests.evaluation.made_reports import METRICS, Scores, broken, case, noisy, plain, report, simulated

RIGHT = METRICS[0]
RECALL = METRICS[1]


def compared(baseline: EvalReport, now: EvalReport, *metrics: MetricInfo) -> list[Comparison]:
    return list(compare(pair_cases(baseline, now), metrics or METRICS))


def of(values: Sequence[float | None], name: str = "citation recall") -> EvalReport:
    return report(case(number, {name: value}) for number, value in enumerate(values))


def test_cases_are_paired_by_id_and_fingerprint() -> None:
    old = report([case("kept", {}), case("edited", {}), case("gone", {})])
    new = report([case("new", {}), case("edited", {}, fingerprint="another"), case("kept", {})])
    pairing = pair_cases(old, new)
    assert [(a.case_id, b.case_id) for a, b in pairing.pairs] == [("case-kept", "case-kept")]
    assert (pairing.edited, pairing.new, pairing.gone) == (("case-edited",), ("case-new",), ("case-gone",))


def test_the_permutation_test_equals_counting_all_signs() -> None:
    generator = np.random.default_rng(1)
    for n in (3, 6, 9, 12):
        differences = generator.normal(0.3, 1, n)
        observed = abs(differences.sum())
        flipped = [abs(np.dot(signs, differences)) for signs in itertools.product((1, -1), repeat=n)]
        share = np.mean([each >= observed - 1e-9 for each in flipped])
        assert permutation_p(list(differences)) == pytest.approx(share, abs=1e-12)


def test_equal_pairs_add_nothing_to_the_permutation_test() -> None:
    assert permutation_p([0.5, 0.25, 1.0] + [0.0] * 200) == permutation_p([0.5, 0.25, 1.0]) == 0.25
    assert permutation_p([0.0] * 5) == permutation_p([]) == permutation_p([0.5, 0.0]) == 1.0


@pytest.mark.parametrize(
    ("gained", "lost", "p"),
    [(0, 0, 1.0), (0, 6, 2 / 2**6), (6, 0, 2 / 2**6), (1, 7, 2 * (1 + 8) / 2**8), (5, 5, 1.0)],
)
def test_mcnemar_by_hand(gained: int, lost: int, p: float) -> None:
    assert mcnemar_p(gained, lost) == pytest.approx(p, abs=1e-12)


def test_holm_by_hand() -> None:
    # Sorted .01, .02, .03, .04 times 4, 3, 2, 1 is .04, .06, .06, .04; never below the one before.
    assert holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


@pytest.mark.parametrize(("tests", "cases"), [(1, 6), (2, 7), (3, 7), (6, 8), (7, 9)])
def test_the_needed_number_of_cases_is_the_least_that_can_show_anything(tests: int, cases: int) -> None:
    assert needed_cases(tests) == cases
    assert mcnemar_p(0, cases) * tests < 0.05 <= mcnemar_p(0, cases - 1) * tests


def test_the_interval_of_a_mean_is_close_to_the_normal_one_and_always_the_same() -> None:
    values = list(np.random.default_rng(3).normal(0.6, 0.2, 400))
    interval = mean_interval(values)
    assert interval is not None
    half = 1.96 * np.std(values) / 20
    assert (interval.low, interval.high) == pytest.approx((np.mean(values) - half, np.mean(values) + half), abs=0.003)
    assert mean_interval(values) == interval
    assert mean_interval([0.5]) is None


def test_the_interval_of_a_figure_of_the_whole_set_is_that_of_the_mean_where_the_figure_is_the_mean() -> None:
    values = list(np.random.default_rng(4).normal(0.6, 0.2, 300))
    of_mean, of_figure = mean_interval(values), set_interval(values, fmean)
    assert of_mean is not None
    assert of_figure is not None
    assert (of_figure.low, of_figure.high) == pytest.approx((of_mean.low, of_mean.high), abs=0.003)
    assert set_interval(values, fmean) == of_figure


def test_resamples_without_a_figure_are_left_out_and_too_many_of_them_leave_no_interval() -> None:
    def first_positive(cases: Sequence[float]) -> float | None:
        return next((each for each in cases if each > 0), None)

    assert set_interval([0.0, 0.0, 2.0], first_positive) == Interval(2.0, 2.0)
    assert set_interval([0.0] * 99 + [2.0], lambda cases: None) is None
    assert set_interval([1.0], fmean) is None


@pytest.mark.parametrize(("better", "finding"), [("higher", "worse"), ("lower", "better")])
def test_direction_follows_the_metric(better: Direction, finding: str) -> None:
    metric = replace(RECALL, better=better)
    (found,) = compared(of([0.9] * 20), of([0.4] * 20), metric)
    assert found.finding == finding
    assert found.difference == pytest.approx(-0.5)
    assert found.looks_worse == (finding == "worse")


def test_all_equal_is_no_difference_shown_even_for_three_cases() -> None:
    (found,) = compared(of([0.1, 0.5, 1.0]), of([0.1, 0.5, 1.0]), RECALL)
    assert (found.finding, found.p, found.differing) == ("no difference shown", 1.0, 0)


def test_five_cases_that_differ_cannot_tell_and_eight_can() -> None:
    few = compared(of([1.0] * 100), of([0.0] * 5 + [1.0] * 95), RECALL)[0]
    assert (few.finding, few.differing, few.n) == ("cannot tell", 5, 100)
    more = compared(of([1.0] * 100), of([0.0] * 6 + [1.0] * 94), RECALL)[0]
    assert more.finding == "worse"
    assert more.p == pytest.approx(2 / 2**6)


def test_many_cases_that_differ_both_ways_are_no_difference_shown() -> None:
    (found,) = compared(of([1.0, 0.0] * 10), of([0.0, 1.0] * 10), RECALL)
    assert (found.finding, found.p) == ("no difference shown", 1.0)


def test_a_metric_that_applies_on_one_side_only_is_counted_and_left_out() -> None:
    (found,) = compared(of([1.0, None, 0.5, None]), of([1.0, 0.0, None, None]), RECALL)
    assert (found.n, found.one_sided, found.mean, found.baseline) == (1, 2, 1.0, 1.0)
    (nothing,) = compared(of([None]), of([1.0]), RECALL)
    assert (nothing.n, nothing.finding, nothing.p, nothing.mean) == (0, "cannot tell", None, None)


def test_crashes_count_as_the_worst_value() -> None:
    (found,) = compared(of([1.0] * 30), of([0.0] * 10 + [1.0] * 20), RECALL)
    assert found.finding == "worse"


def test_secondary_metrics_have_their_own_correction_and_latency_none() -> None:
    many = tuple(MetricInfo(f"extra {i}", "score", "higher", True, "") for i in range(40))
    before = plain(30, citation_recall=1.0, latency=0.1, **{f"extra_{i}": 1.0 for i in range(40)})
    drop = {f"extra {i}": 1.0 for i in range(40)} | {"latency": 9.0}
    now = report(case(i, {"citation recall": 0.0 if i < 7 else 1.0, **drop}) for i in range(30))
    found = {each.metric.name: each for each in compared(before, now, RECALL, METRICS[-1], *many)}
    assert found["citation recall"].corrected == found["citation recall"].p == pytest.approx(2 / 2**7)
    assert found["citation recall"].finding == "worse"
    assert found["extra 0"].family == "secondary"
    slow = found["latency"]
    assert (slow.family, slow.finding, slow.p) == ("not judged", None, None)
    assert slow.difference == pytest.approx(8.9)


def test_metrics_without_a_primary_one_are_refused() -> None:
    with pytest.raises(ValueError, match="none of the metrics that decide"):
        compared(of([1.0]), of([1.0]), METRICS[-1])


class NoJudge:
    """A verifier that is never asked."""

    name = "none"
    threshold = 1.0

    def support(self, claims: Sequence[tuple[str, str]]) -> Sequence[float]:
        raise AssertionError("asked")


def test_the_metrics_that_decide_are_there_and_gate() -> None:
    assert set(PRIMARY) <= {each.name for each in build_metrics(NoJudge()) if each.gating}


def abstains(scores: Scores) -> Scores:
    """What a case becomes when the assistant abstains where it should answer."""
    silent: Scores = {"citation recall": 0.0, "citation precision": None, "answer F1": 0.0}
    return scores | silent | {"must-say": None if scores["must-say"] is None else 0.0}


DROPS = {
    "it answers what it should not": ("right abstention", lambda scores: scores | {"right abstention": 0.0}),
    "it is silent where it should answer": ("citation recall", abstains),
    "search finds nothing": ("nDCG@10", lambda scores: scores | {"nDCG@10": 0.0}),
    "evidence is not cited": ("citation recall", lambda scores: scores | {"citation recall": 0.0}),
    "citations beside the evidence": ("citation precision", lambda scores: scores | {"citation precision": 0.0}),
    "the point is not said": ("must-say", lambda scores: scores | {"must-say": 0.0}),
    "sentences without support": ("unsupported sentences", lambda scores: scores | {"unsupported sentences": 1.0}),
}


@pytest.mark.parametrize("broken_is", DROPS)
def test_a_drop_in_a_tenth_of_240_cases_is_found_through_the_noise(broken_is: str) -> None:
    name, drop = DROPS[broken_is]
    missed = 0
    for seed in range(20):
        generator = np.random.default_rng(seed)
        before = simulated(generator)
        applies = "citation precision" if name == "unsupported sentences" else name
        now = broken(noisy(before, generator, 0.05), 24, drop, applies=applies)
        found = {each.metric.name: each.finding for each in compared(report(before), report(now))}
        missed += found[name] != "worse"
    assert missed <= 1


def test_noise_alone_fails_fewer_than_one_run_in_twenty() -> None:
    failed = 0
    for seed in range(100):
        generator = np.random.default_rng(1000 + seed)
        before = simulated(generator)
        found = compared(report(before), report(noisy(before, generator)))
        failed += any(each.family == "primary" and each.finding == "worse" for each in found)
    assert failed < 5
