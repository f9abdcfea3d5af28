from pathlib import Path

from assistant.embedding.hashing import HashingEmbedder
from benchmarks.datasets import Query
from benchmarks.encodings import CachedEmbedder
from benchmarks.retrieval import scores_of


def test_the_metrics_of_a_small_run_are_those_worked_out_by_hand() -> None:
    query = Query("1", "Who came?", frozenset({"b", "z"}), answers=("Li",))
    run = [("a", "Nobody."), ("a", "Still nobody."), ("b", "General LI came."), ("c", "Rain.")]
    assert scores_of(query, run) == {
        "RR@10": 0.5,  # documents a, b, c: the repeated one counts once
        "Success@1": 0.0,
        "Success@5": 1.0,
        "Success@10": 1.0,
        "R@5": 0.5,
        "R@10": 0.5,
        "AnsIn@5": 1.0,
    }


def test_an_irrelevant_passage_at_the_end_raises_no_metric() -> None:
    query = Query("1", "Who came?", frozenset({"b"}), answers=("Li",))
    run = [("a", "Nobody."), ("b", "Rain.")]
    assert scores_of(query, [*run, ("c", "Hills.")]) == scores_of(query, run)


def test_what_was_encoded_once_is_not_encoded_again(tmp_path: Path) -> None:
    inner = HashingEmbedder()
    first = CachedEmbedder(inner, tmp_path).encode(["ministers met", "rain", "rain"])
    again = CachedEmbedder(inner, tmp_path).encode(["rain", "ministers met"])
    assert inner.encoded == 2
    assert (again == first[[1, 0]]).all()
