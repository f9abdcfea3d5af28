import pytest

from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.metrics.answer_f1 import answer_f1_metric, token_f1
from assistant.evaluation.metrics.base import Metric
from assistant.evaluation.metrics.containment import exact_containment_metric
from assistant.evaluation.metrics.must_not_say import must_not_say_metric
from assistant.evaluation.metrics.must_say import must_say_metric
from assistant.evaluation.metrics.wording import holds, squad_tokens
from assistant.types import Answer
from tests.evaluation.metrics.made import abstained, answered, case, observed, unanswerable

EVIDENCE = [("a.md", "It is so")]
TEXTS = {"a.md": "It is so."}


def _value(metric: Metric, golden: GoldenCase, answer: Answer) -> float | None:
    return metric.score(observed(golden, answer, TEXTS)).value


def test_squads_normalisation() -> None:
    assert squad_tokens("The U.S. and “a” man's  60-day plan.") == ["us", "and", "mans", "60day", "plan"]


@pytest.mark.parametrize(
    ("said", "reference", "value"),
    [
        # common 2 of 3 said and 2 of 4 wanted: 2 * (2/3) * (1/2) / (2/3 + 1/2) = 4/7
        ("China declined it", "China declined over sanctions", 4 / 7),
        ("The talks, talks!", "talks", 2 / 3),  # "talks" is wanted once: 2 * 1 / (2 + 1)
        ("talks, talks", "Talks talks!", 1.0),  # both are wanted
        ("the", "China", 0.0),
        ("A China.", "the china", 1.0),
    ],
)
def test_token_f1(said: str, reference: str, value: float) -> None:
    assert token_f1(said, reference) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "phrase", "there"),
    [
        ("China's refusal", "china", True),
        ("an Indian ship", "India", False),
        ("some 60,000 tonnes", "60000", True),
        ("some 60000 tonnes", "60,000", True),
        ("in 2,018 and 20183", "2018", True),
        ("in 20183", "2018", False),
        ("the five years’ ban", "five years", True),
        ("five long years", "five years", False),
        ("32.9 percent", "32", False),
        ("a rise of 5 %", "%", True),
    ],
)
def test_whole_words_are_looked_for(text: str, phrase: str, there: bool) -> None:
    assert holds(text, phrase) is there


def test_must_say_is_the_share_of_entries_with_an_alternative() -> None:
    golden = case(EVIDENCE, must_say=(("sanctions",), ("2018", "five years"), ("Li",)))
    score = must_say_metric().score(observed(golden, answered("For five years, sanctions have held."), TEXTS))
    assert score.value == pytest.approx(2 / 3)
    assert score.reason == "not said: 'Li'"


def test_an_abstention_does_not_say_what_its_text_happens_to_hold() -> None:
    golden = case(EVIDENCE, must_say=(("briefings",),), reference_answer="The briefings don't say.")
    for metric in (must_say_metric(), exact_containment_metric(), answer_f1_metric()):
        assert _value(metric, golden, abstained()) == 0.0
        assert _value(metric, golden, answered("The briefings don't say.")) == 1.0


def test_containment_wants_all_that_must_be_said_or_the_whole_reference() -> None:
    golden = case(EVIDENCE, must_say=(("sanctions",), ("2018",)), reference_answer="The sanctions stayed.")
    metric = exact_containment_metric()
    assert _value(metric, golden, answered("Sanctions came in 2018.")) == 1.0
    assert _value(metric, golden, answered("He said: sanctions stayed, alas.")) == 1.0
    assert _value(metric, golden, answered("Sanctions that stayed.")) == 0.0


def test_must_not_say_reads_every_text() -> None:
    golden = unanswerable(must_not_say=("India", "don't say"))
    assert _value(must_not_say_metric(), golden, answered("It was Indian.")) == 1.0
    assert _value(must_not_say_metric(), golden, answered("It was in India's waters.")) == 0.0
    assert _value(must_not_say_metric(), golden, abstained()) == 0.0


def test_metrics_of_words_apply_where_words_are_given() -> None:
    for metric in (must_say_metric(), must_not_say_metric(), exact_containment_metric(), answer_f1_metric()):
        assert _value(metric, case(EVIDENCE), answered()) is None
        assert _value(metric, unanswerable(), answered()) is None
