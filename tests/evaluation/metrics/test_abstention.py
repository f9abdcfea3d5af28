import random

import pytest
from sklearn.metrics import precision_recall_fscore_support, roc_auc_score

from assistant.evaluation.metrics import SET_METRICS
from assistant.evaluation.metrics.abstention import Confusion, confusion_of
from assistant.evaluation.metrics.auroc import auroc
from assistant.evaluation.metrics.base import Decision
from assistant.evaluation.metrics.calibration_error import bins, calibration_error
from assistant.evaluation.metrics.outcome import right_abstention_metric, right_outcome_metric
from tests.evaluation.metrics.made import abstained, answered, case, observed, unanswerable

BY_NAME = {metric.name: metric for metric in SET_METRICS}
RATIOS = ("abstention precision", "abstention recall", "abstention F1")


def _random_decisions(draw: random.Random, crashes: bool = False) -> list[Decision]:
    """Scores on a grid of eleven values, so that ties are common."""
    return [
        Decision(
            draw.random() < 0.6,
            draw.choice([True, False, None] if crashes else [True, False]),
            draw.randint(0, 10) / 10,
        )
        for _ in range(draw.randint(2, 60))
    ]


def test_precision_recall_and_f1_by_hand() -> None:
    decisions = (
        [Decision(False, True, 0.1)] * 6  # right abstentions
        + [Decision(True, True, 0.2)] * 2  # wrong ones
        + [Decision(False, False, 0.8)] * 4  # missing ones
        + [Decision(True, False, 0.9)] * 8
    )
    assert confusion_of(decisions) == Confusion(6, 2, 4)
    assert BY_NAME["abstention precision"].value(decisions) == 6 / 8
    assert BY_NAME["abstention recall"].value(decisions) == 6 / 10
    assert BY_NAME["abstention F1"].value(decisions) == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_precision_recall_and_f1_are_those_of_sklearn() -> None:
    draw = random.Random(4)
    compared = 0
    for _ in range(300):
        decisions = _random_decisions(draw)
        ours = [BY_NAME[name].value(decisions) for name in RATIOS]
        if None in ours:
            continue
        truth = [not each.answerable for each in decisions]
        theirs = precision_recall_fscore_support(truth, [each.abstained for each in decisions], average="binary")
        assert ours == pytest.approx(theirs[:3], abs=1e-12)
        compared += 1
    assert compared > 200


def test_auroc_is_that_of_sklearn_with_many_ties() -> None:
    draw = random.Random(5)
    compared = 0
    for _ in range(300):
        decisions = _random_decisions(draw)
        truth = [each.answerable for each in decisions]
        if len(set(truth)) == 2:
            theirs = roc_auc_score(truth, [each.answerability for each in decisions])
            assert BY_NAME["AUROC"].value(decisions) == pytest.approx(theirs, abs=1e-12)
            compared += 1
    assert compared > 250


def test_auroc_by_hand() -> None:
    # pairs: .9>.5, .9>.4, .5=.5 (half), .5>.4, .1<.5, .1<.4: 3.5 of 6
    assert auroc([0.9, 0.5, 0.1], [0.5, 0.4]) == pytest.approx(3.5 / 6)


def test_a_crash_never_makes_a_metric_better() -> None:
    draw = random.Random(6)
    for _ in range(300):
        decisions = _random_decisions(draw)
        which = draw.randrange(len(decisions))
        crashed = [
            Decision(each.answerable, None, each.answerability) if place == which else each
            for place, each in enumerate(decisions)
        ]
        for metric in SET_METRICS:
            before, after = metric.value(decisions), metric.value(crashed)
            if after is None:  # the only abstention crashed: of none, no share is right
                assert before is None or (metric.name == "abstention precision" and before > 0)
            elif before is not None and metric.better == "lower":
                assert after >= before - 1e-12
            elif before is not None:
                assert after <= before


def test_where_they_are_not_defined() -> None:
    answers = [Decision(True, False, 0.9)] * 3
    assert [BY_NAME[name].value(answers) for name in (*RATIOS, "AUROC")] == [None] * 4
    assert [metric.value([]) for metric in SET_METRICS] == [None] * len(SET_METRICS)
    never = [*answers, Decision(False, False, 0.4)]
    assert [BY_NAME[name].value(never) for name in RATIOS] == [None, 0.0, 0.0]


def test_the_right_outcome_of_a_case() -> None:
    texts = {"a.md": "It is so."}
    answerable = case([("a.md", "It is so")])
    metric = right_outcome_metric()
    assert metric.score(observed(answerable, answered(), texts)).value == 1.0
    assert metric.score(observed(answerable, abstained(), texts)).value == 0.0
    assert metric.score(observed(unanswerable(), abstained())).value == 1.0
    assert metric.score(observed(unanswerable(), answered())).reason == "answered, right is abstained"
    assert metric.score(observed(unanswerable(), None)).value == 0.0
    apart = right_abstention_metric()
    assert apart.score(observed(unanswerable(), abstained())).value == 1.0
    assert apart.score(observed(unanswerable(), answered())).value == 0.0
    assert apart.score(observed(answerable, abstained(), texts)).value is None


def test_calibration_error_by_hand() -> None:
    pairs = [(0.95, True), (0.95, False), (0.05, False), (0.15, True)]
    assert calibration_error(pairs) == pytest.approx((2 * 0.45 + 0.05 + 0.85) / 4)
    found = bins(pairs)
    assert [each.said for each in found] == pytest.approx([0.05, 0.15, 0.95])
    assert [(each.true, each.count) for each in found] == [(0, 1), (1, 1), (0.5, 2)]
    assert calibration_error([]) is None
    assert calibration_error([(1.0, True)]) == 0.0


def test_a_crashed_case_is_as_wrong_as_can_be() -> None:
    told = Decision(True, False, 0.75)
    assert BY_NAME["calibration error"].value([told, Decision(True, None, 0.9)]) == pytest.approx((0.25 + 1) / 2)
