import pytest

from benchmarks.statistics import estimate, permutation_test


def test_the_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    few, many = estimate([0.0, 1.0] * 10), estimate([0.0, 1.0] * 1000)
    assert few.mean == many.mean == 0.5
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
