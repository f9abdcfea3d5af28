"""What holds for every metric, and the page that lists them."""

import json
import re
from pathlib import Path

import pytest

from assistant.embedding.hashing import HashingEmbedder
from assistant.evaluation.metrics import SET_METRICS, build_metrics
from assistant.evaluation.metrics.base import Metric, SetMetric
from assistant.evaluation.metrics.latency import percentiles
from assistant.reading.words_and_vectors import WordsAndVectors
from tests.evaluation.metrics.made import abstained, answered, case, citation, observed, passage, unanswerable

METRICS = build_metrics(WordsAndVectors(HashingEmbedder()))
NAMES = [metric.name for metric in METRICS]
PAGE = Path(__file__).parents[3] / "docs" / "metrics.md"
TEXT = "China declined the meeting over sanctions."
TEXTS = {"a.md": f"{TEXT} It was cold."}
FULL = case(
    [("a.md", TEXT)], reference_answer=TEXT, must_say=(("sanctions",),), must_not_say=("India",), tags=("single-fact",)
)
PERFECT = answered(
    TEXT, citations=[citation(TEXTS, "a.md", TEXT, TEXT, TEXT)], passages=[passage(TEXTS, "a.md", TEXT, 1)]
)
EVERYWHERE = {
    "right outcome",
    "right abstention",
    "ALCE citation recall",
    "ALCE citation precision",
    "unsupported sentences",
    "citations not verbatim",
    "dangling citations",
}


def test_names_are_unique_and_as_the_verdict_expects_them() -> None:
    from assistant.evaluation.comparing import PRIMARY

    assert len({*NAMES, *(metric.name for metric in SET_METRICS)}) == len(NAMES) + len(SET_METRICS)
    assert set(PRIMARY) <= set(NAMES)


@pytest.mark.parametrize("metric", METRICS, ids=NAMES)
def test_a_perfect_answer_has_the_best_value_and_a_crash_the_worst(metric: Metric) -> None:
    best, worst = (1.0, 0.0) if metric.better == "higher" else (0.0, 1.0)
    golden, right = (unanswerable(), abstained()) if metric.name == "right abstention" else (FULL, PERFECT)
    perfect = metric.score(observed(golden, right, TEXTS))
    crash = metric.score(observed(golden, None, TEXTS))
    assert perfect.metric == crash.metric == metric.name
    if metric.name == "latency":
        assert (perfect.value, crash.value) == (0.25, None)
        assert not metric.gating
    else:
        assert (perfect.value, crash.value) == (best, worst)
        assert perfect.reason == ""
        assert crash.reason == "crashed"
        assert metric.gating


@pytest.mark.parametrize("metric", METRICS, ids=NAMES)
def test_only_some_metrics_apply_to_an_unanswerable_case(metric: Metric) -> None:
    for answer in (abstained(), None):
        score = metric.score(observed(unanswerable(), answer, TEXTS))
        if metric.name not in EVERYWHERE and metric.name != "latency":
            assert score.value is None
    if metric.name in EVERYWHERE:
        assert metric.score(observed(unanswerable(), None)).value == (0.0 if metric.better == "higher" else 1.0)
        assert metric.score(observed(unanswerable(), PERFECT, TEXTS)).value is not None


@pytest.mark.parametrize("metric", METRICS, ids=NAMES)
def test_values_survive_json_and_a_pass_is_0_or_1(metric: Metric) -> None:
    answers = (PERFECT, abstained(), abstained(PERFECT.passages), answered("It was cold in 1999."), answered(""), None)
    for golden in (FULL, unanswerable()):
        for answer in answers:
            value = metric.score(observed(golden, answer, TEXTS)).value
            assert json.loads(json.dumps(value, allow_nan=False)) == value
            assert value is None or 0.0 <= value <= 1.0
            assert metric.kind == "score" or value in (None, 0.0, 1.0)


@pytest.mark.parametrize("metric", [*METRICS, *SET_METRICS], ids=lambda metric: metric.name)
def test_each_metric_says_in_one_sentence_what_it_is(metric: Metric | SetMetric) -> None:
    assert metric.definition.endswith(".")
    assert len(metric.definition) < 400


def test_the_page_has_a_line_for_every_metric_and_no_other() -> None:
    rows = re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted([*NAMES, *(metric.name for metric in SET_METRICS)])


def test_percentiles_of_latency() -> None:
    # 1..101: the pth percentile of 101 values a step apart is 1 + p
    assert percentiles([float(value) for value in range(1, 102)]) == {
        "p50": 51.0, "p90": 91.0, "p95": 96.0, "p99": 100.0, "p100": 101.0,
    }  # fmt: skip
    assert percentiles([2.0, 1.0])["p50"] == 1.5
    assert percentiles([]) == {}
