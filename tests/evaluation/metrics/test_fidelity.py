from dataclasses import replace

import pytest

from assistant.evaluation.metrics.fidelity import dangling_metric, not_verbatim_metric
from assistant.types import Citation, Span
from tests.evaluation.metrics.made import abstained, answered, citation, observed, unanswerable

TEXTS = {"a.md": "One two three. Four five."}
TEXT = "One two three."
GOOD = citation(TEXTS, "a.md", TEXT, TEXT, TEXT)
END = len(TEXTS["a.md"])


@pytest.mark.parametrize(
    ("cited", "not_verbatim", "dangling"),
    [
        pytest.param(GOOD, 0.0, 0.0, id="as it should be"),
        pytest.param(replace(GOOD, quote="One two Three."), 1.0, 0.0, id="another letter"),
        pytest.param(replace(GOOD, span=GOOD.span.shifted(1)), 1.0, 0.0, id="one character further"),
        pytest.param(
            replace(GOOD, span=GOOD.span.shifted(1), quote="ne two three. "), 1.0, 0.0, id="further, and the quote too"
        ),
        pytest.param(replace(GOOD, answer_span=Span(1, len(TEXT))), 1.0, 0.0, id="from inside a word of the answer"),
        pytest.param(replace(GOOD, source=replace(GOOD.source, content_hash="0" * 64)), 1.0, 0.0, id="an older text"),
        pytest.param(
            replace(GOOD, source=replace(GOOD.source, document_id="gone.md")), 1.0, 1.0, id="no such document"
        ),
        pytest.param(replace(GOOD, span=Span(END - 3, END + 1), quote="ve."), 1.0, 1.0, id="beyond the document"),
        pytest.param(replace(GOOD, answer_span=Span(0, len(TEXT) + 1)), 0.0, 1.0, id="beyond the answer"),
    ],
)
def test_a_citation_is_checked_against_the_index(cited: Citation, not_verbatim: float, dangling: float) -> None:
    observation = observed(unanswerable(), answered(TEXT, citations=[cited]), TEXTS)
    assert not_verbatim_metric().score(observation).value == not_verbatim
    assert dangling_metric().score(observation).value == dangling


def test_the_share_of_bad_citations_and_which() -> None:
    bad = replace(GOOD, marker=2, quote="else")
    observation = observed(unanswerable(), answered(TEXT, citations=[GOOD, bad, GOOD, GOOD]), TEXTS)
    score = not_verbatim_metric().score(observation)
    assert score.value == 0.25
    assert score.reason == "[2] in a.md"


def test_without_citations_there_is_nothing_to_check() -> None:
    for metric in (not_verbatim_metric(), dangling_metric()):
        assert metric.score(observed(unanswerable(), abstained())).value is None
        assert metric.score(observed(unanswerable(), None)).value == 1.0
