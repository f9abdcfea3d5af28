from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.metrics.base import Observation
from assistant.evaluation.metrics.ndcg import ndcg, ndcg_at
from assistant.evaluation.metrics.ranking import Level, Ranking, ranking_of
from assistant.evaluation.metrics.recall import recall, recall_at
from assistant.evaluation.metrics.reciprocal_rank import reciprocal_rank
from assistant.evaluation.metrics.success import success
from tests.evaluation.metrics.made import abstained, answered, case, observed, passage

TEXTS = {
    "a.md": "China declined the meeting. Sanctions stayed in force. The dialogue went on.",
    "b.md": "Nothing of note. Beijing refused to meet, a spokesman said.",
}
CASE = case(
    [("a.md", "China declined"), ("b.md", "Beijing refused to meet")],
    [("a.md", "Sanctions stayed in force")],
)


def _ranking(*homes: tuple[str, str], level: Level = "passage") -> Ranking:
    passages = [passage(TEXTS, name, quoted, rank) for rank, (name, quoted) in enumerate(homes, start=1)]
    answer = answered(passages=passages)
    return ranking_of(observed(CASE, answer, TEXTS), answer, level)


def test_a_passage_shows_an_entry_when_it_overlaps_any_of_its_quotes() -> None:
    ranking = _ranking(("b.md", "Nothing of note."), ("b.md", "Beijing refused"), ("a.md", "Sanctions"))
    assert ranking == Ranking((frozenset(), frozenset({0}), frozenset({1})), entries=2, unfound=0)


def test_the_same_fact_again_gains_nothing() -> None:
    # entry 0 at ranks 1 and 2, entry 1 at rank 3: gains 1, 0, 1 against the best order 1, 1
    ranking = _ranking(("b.md", "Beijing refused"), ("a.md", "China declined the meeting."), ("a.md", "Sanctions"))
    assert ranking.gains == (1, 0, 1)
    assert ndcg(ranking, k=10) == pytest.approx((1 + 1 / log2(4)) / (1 + 1 / log2(3)))


def test_a_passage_that_shows_everything_first_is_the_best_ranking() -> None:
    ranking = _ranking(("a.md", "China declined the meeting. Sanctions stayed in force."), ("b.md", "Nothing of note."))
    assert ranking.gains == (1, 0)
    assert ndcg(ranking, k=10) == 1.0
    assert recall(ranking, k=5) == 1.0


def test_what_is_not_found_costs_a_rank() -> None:
    ranking = _ranking(("a.md", "Sanctions"))
    assert ranking.unfound == 1
    assert ndcg(ranking, k=10) == pytest.approx(1 / (1 + 1 / log2(3)))
    assert recall(ranking, k=5) == 0.5


def test_documents_rank_by_their_best_passage_and_count_once() -> None:
    homes = [("b.md", "Nothing of note."), ("a.md", "The dialogue went on."), ("b.md", "Beijing refused")]
    ranking = _ranking(*homes, level="document")
    assert ranking == Ranking((frozenset({0}), frozenset({0, 1})), entries=2, unfound=0)
    assert reciprocal_rank(ranking, k=10) == 1.0
    assert reciprocal_rank(_ranking(*homes), k=10) == pytest.approx(1 / 3)


def test_unfound_entries_of_one_document_are_one_document_that_was_not_found() -> None:
    golden = case([("a.md", "China declined")], [("a.md", "Sanctions")])
    answer = answered(passages=[passage(TEXTS, "b.md", "Nothing of note.", 1)])
    assert ranking_of(observed(golden, answer, TEXTS), answer, "document").unfound == 1
    assert ranking_of(observed(golden, answer, TEXTS), answer, "passage").unfound == 2


def test_entries_whose_quotes_stand_nowhere_are_each_missing() -> None:
    answer = answered()
    nowhere = Observation(CASE, (), answer, {})
    assert ranking_of(nowhere, answer, "passage").unfound == 2


def test_an_unanswerable_case_has_no_ranking_even_where_it_names_evidence() -> None:
    golden = case([("a.md", "Sanctions")], answerable=False)
    answer = answered(passages=[passage(TEXTS, "a.md", "Sanctions", 1)])
    assert recall_at(5).score(observed(golden, answer, TEXTS)).value is None


def test_an_abstention_is_still_judged_by_what_it_found() -> None:
    answer = abstained([passage(TEXTS, "a.md", "Sanctions", 1)])
    assert recall_at(5).score(observed(CASE, answer, TEXTS)).value == 0.5


def test_a_case_that_found_nothing_has_zero() -> None:
    for metric in (recall_at(5), ndcg_at(10)):
        assert metric.score(observed(CASE, answered(), TEXTS)).value == 0.0


def test_ranks_decide_and_not_the_order_in_which_passages_are_given() -> None:
    passages = [passage(TEXTS, "a.md", "Sanctions", 2), passage(TEXTS, "b.md", "Nothing of note.", 1)]
    answer = answered(passages=passages)
    assert reciprocal_rank(ranking_of(observed(CASE, answer, TEXTS), answer, "passage"), k=10) == 0.5


shown_lists = st.lists(st.frozensets(st.integers(0, 4), max_size=3), max_size=15)


@given(shown_lists, st.integers(1, 12))
def test_values_lie_between_0_and_1_and_an_irrelevant_passage_at_the_end_changes_none(
    shown: list[frozenset[int]], k: int
) -> None:
    found = frozenset[int]().union(*shown)
    ranking = Ranking(tuple(shown), entries=5, unfound=5 - len(found))
    longer = Ranking((*shown, frozenset()), entries=5, unfound=5 - len(found))
    for measure in (recall, success, reciprocal_rank, ndcg):
        assert 0.0 <= measure(ranking, k=k) <= 1.0
        assert measure(longer, k=k) == measure(ranking, k=k)


@given(shown_lists.filter(len), st.integers(0, 14), st.integers(0, 14))
def test_moving_a_gain_up_never_lowers_ndcg(shown: list[frozenset[int]], one: int, other: int) -> None:
    # entries that no two passages share, so that a swap moves gains and changes none
    alone = [frozenset({place}) if each else frozenset() for place, each in enumerate(shown)]
    high, low = sorted((one % len(alone), other % len(alone)))
    if alone[low] and not alone[high]:
        better = list(alone)
        better[high], better[low] = better[low], better[high]
        before = Ranking(tuple(alone), entries=15, unfound=1)
        after = Ranking(tuple(better), entries=15, unfound=1)
        assert ndcg(after, k=10) >= ndcg(before, k=10)
