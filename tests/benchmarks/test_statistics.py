import pytest

from benchmarks.statistics import auroc, auroc_estimate, difference, estimate, permutation_test, quantile


def test_the_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    few, many = estimate([0.0, 1.0] * 10), estimate([0.0, 1.0] * 1000)
    assert few.value == many.value == 0.5
    assert few.low < 0.5 < few.high
    assert many.high - many.low < (few.high - few.low) / 5


def test_equal_runs_do_not_differ() -> None:
    assert permutation_test([0.2, 0.5, 1.0], [0.2, 0.5, 1.0]) == 1.0


def test_a_difference_on_every_one_of_twenty_questions_is_no_chance() -> None:
    assert permutation_test([1.0] * 20, [0.5] * 20) < 0.001


def test_differences_that_cancel_out_are_chance() -> None:
    assert permutation_test([1.0, 0.0] * 10, [0.0, 1.0] * 10) == pytest.approx(1.0)


def test_the_sign_of_the_difference_does_not_matter() -> None:
    ours, theirs = [0.9, 0.1, 0.7, 0.3, 0.8], [0.1, 0.2, 0.3, 0.1, 0.4]
    assert permutation_test(ours, theirs) == permutation_test(theirs, ours)


def test_an_auroc_counts_pairs_and_ties_half() -> None:
    assert auroc([2.0, 3.0], [1.0, 2.0]) == 0.875  # 2 > 1, 2 = 2, 3 > 1, 3 > 2


def test_the_interval_of_an_auroc_is_empty_where_the_kinds_are_apart() -> None:
    apart = auroc_estimate([0.8, 0.9], [0.1, 0.2, 0.3])
    assert (apart.value, apart.low, apart.high, apart.n) == (1.0, 1.0, 1.0, 5)
    mixed = auroc_estimate([0.2, 0.9, 0.4], [0.1, 0.3, 0.8])
    assert mixed.low < mixed.value < mixed.high


def test_a_median_is_estimated_as_the_middle_value() -> None:
    found = estimate([1.0, 2.0, 3.0, 4.0, 100.0], statistic=quantile(0.5))
    assert (found.value, found.n) == (3.0, 5)
    assert found.low < 3.0 < found.high


def test_a_difference_is_narrower_than_the_runs_where_they_go_together() -> None:
    theirs = [0.0, 0.2, 0.4, 0.6, 0.8] * 10
    found = difference([value + 0.1 for value in theirs], theirs)
    assert (found.value, found.low, found.high) == pytest.approx((0.1, 0.1, 0.1))
