import pytest

from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.metrics.base import Score
from assistant.evaluation.metrics.citation_precision import citation_precision_metric
from assistant.evaluation.metrics.citation_recall import citation_recall_metric
from assistant.evaluation.metrics.citing import cited_places, entries_shown
from assistant.types import Citation
from tests.evaluation.metrics.made import abstained, answered, case, citation, observed, unanswerable

TEXTS = {
    "a.md": "It was cold. China declined the meeting over sanctions. The dialogue went on in Singapore.",
    "b.md": "Beijing refused, citing sanctions. Nobody was surprised.",
}
TEXT = "China declined. Beijing refused. It was cold."
CASE = case(
    [("a.md", "China declined the meeting over sanctions"), ("b.md", "Beijing refused, citing sanctions")],
    [("a.md", "The dialogue went on in Singapore")],
)


def _cite(name: str, quoted: str, marker: int = 1, says: str = "China declined.") -> Citation:
    return citation(TEXTS, name, quoted, TEXT, says, marker)


def _scores(*citations: Citation, golden: GoldenCase = CASE) -> tuple[Score, Score]:
    observation = observed(golden, answered(TEXT, citations=citations), TEXTS)
    return citation_recall_metric().score(observation), citation_precision_metric().score(observation)


def test_every_entry_cited_and_nothing_else_is_perfect() -> None:
    recall, precision = _scores(
        _cite("b.md", "Beijing refused, citing sanctions."), _cite("a.md", "The dialogue went on in Singapore.", 2)
    )
    assert (recall.value, precision.value) == (1.0, 1.0)
    assert (recall.reason, precision.reason) == ("", "")


def test_one_of_two_entries_and_two_of_three_places() -> None:
    # entry 0 is cited in both of its homes, entry 1 not at all: recall 1/2; "It was cold." is beside it: precision 2/3
    recall, precision = _scores(
        _cite("a.md", "China declined the meeting over sanctions."),
        _cite("b.md", "Beijing refused, citing sanctions.", 2, "Beijing refused."),
        _cite("a.md", "It was cold.", 3, "It was cold."),
    )
    assert recall.value == 0.5
    assert recall.reason == "not cited: 'The dialogue went on in Singapore'"
    assert precision.value == pytest.approx(2 / 3)
    assert precision.reason == "beside the evidence: [3]"


def test_a_citation_must_hold_half_of_the_words_of_a_quote() -> None:
    golden = case([("a.md", "China declined the meeting over sanctions")])  # 6 words
    spans = observed(golden, answered(), TEXTS).relevant
    assert entries_shown(_cite("a.md", "China declined the"), spans) == {0}  # 3 of 6
    assert not entries_shown(_cite("a.md", "China declined"), spans)  # 2 of 6


def test_a_neighbour_that_shares_a_character_is_beside_the_evidence() -> None:
    golden = case([("a.md", ". China declined the meeting over sanctions.")])
    recall, precision = _scores(_cite("a.md", "It was cold."), golden=golden)
    assert (recall.value, precision.value) == (0.0, 0.0)


def test_the_same_words_in_another_document_do_not_count() -> None:
    texts = {"a.md": "China declined.", "copy.md": "China declined."}
    golden = case([("a.md", "China declined.")])
    cited = citation(texts, "copy.md", "China declined.", "China declined.", "China declined.")
    observation = observed(golden, answered("China declined.", citations=[cited]), texts)
    assert citation_recall_metric().score(observation).value == 0.0


def test_a_place_that_is_cited_twice_counts_once() -> None:
    wrong = _cite("a.md", "It was cold.", 2, "It was cold.")
    right = _cite("a.md", "The dialogue went on in Singapore.")
    again = _cite("a.md", "The dialogue went on in Singapore.", 1, "Beijing refused.")
    assert len(cited_places(answered(TEXT, citations=[right, again, wrong]))) == 2
    assert _scores(right, again, wrong)[1].value == 0.5


def test_an_abstention_has_no_recall_and_no_precision_to_speak_of() -> None:
    observation = observed(CASE, abstained(), TEXTS)
    assert citation_recall_metric().score(observation).value == 0.0
    assert citation_precision_metric().score(observation).value is None


def test_an_answer_without_citations_is_not_precise() -> None:
    recall, precision = _scores()
    assert (recall.value, precision.value) == (0.0, 0.0)


def test_unanswerable_cases_have_neither() -> None:
    recall, precision = _scores(_cite("a.md", "It was cold."), golden=unanswerable())
    assert (recall.value, precision.value) == (None, None)
