from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.folding import FoldingRetriever, fold
from assistant.types import Chunk, Filters, Passage, Source, Span

TEXT = (
    "Defence ministers from forty countries met in Singapore for the annual dialogue. The host said that talks "
    "between the two largest delegations would not take place this time. Officials on both sides blamed each other "
    "for the missed meeting, which had been expected to cover 3 disputes. Wei spoke for the first delegation."
)


def test_the_same_words_in_two_documents_become_one_passage_with_both_sources(passage: Callable[..., Passage]) -> None:
    [folded] = fold([passage(TEXT, document="a.txt"), passage(TEXT.replace("blamed", "faulted"), document="b.txt")])
    assert folded.source.path == "a.txt"
    assert [source.path for source in folded.also_in] == ["b.txt"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3 disputes", "4 disputes"),
        ("forty", "thirty"),
        ("would not take", "would take"),
        ("Wei", "Dong"),
        ("countries met", "countries met on Monday"),
    ],
    ids=["number", "spelled number", "negation", "name", "day"],
)
def test_passages_that_state_something_else_stay_apart(passage: Callable[..., Passage], old: str, new: str) -> None:
    pair = [passage(TEXT), passage(TEXT.replace(old, new), document="b.txt")]
    assert len(fold(pair)) == 2


RATE = (
    "The central bank of Ostria raised its key rate on Thursday by a quarter of a point, and Governor Hana Lind told "
    "reporters in Hallem that the next step would depend on wages and on the price of imported gas. Her deputy, Per "
    "Dahl, left the decision to the board, which had accepted the plan with two thirds of its votes after most of the "
    "members had called it legal and had asked for higher rates in the first months of the year."
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("raised", "lowered"),
        ("raised", "cut"),
        ("accepted", "rejected"),
        ("higher", "lower"),
        ("a quarter", "half"),
        ("a quarter", "a third"),
        ("two thirds", "two fifths"),
        ("legal", "illegal"),
        ("imported", "unimported"),
        ("most of", "some of"),
        ("would depend", "could depend"),
        ("first months", "last months"),
    ],
)
def test_a_contradiction_is_no_agreement(passage: Callable[..., Passage], old: str, new: str) -> None:
    assert old in RATE
    assert len(fold([passage(RATE), passage(RATE.replace(old, new, 1), document="b.txt")])) == 2


def test_names_that_change_places_are_another_statement(passage: Callable[..., Passage]) -> None:
    exchanged = RATE.replace("Lind", "?").replace("Dahl", "Lind").replace("?", "Dahl")
    assert len(fold([passage(RATE), passage(exchanged, document="b.txt")])) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [("told reporters", "said to reporters"), ("imported gas", "gas"), ("decision", "choice"), (".", "!")],
)
def test_words_that_say_the_same_are_folded(passage: Callable[..., Passage], old: str, new: str) -> None:
    assert old in RATE
    assert len(fold([passage(RATE), passage(RATE.replace(old, new, 1), document="b.txt")])) == 1


def test_different_passages_stay_apart_and_keep_their_order(passage: Callable[..., Passage]) -> None:
    given_ = [passage("Rain fell over the hills."), passage("The harvest was late.", document="b.txt", rank=2)]
    assert fold(given_) == given_


def test_a_repetition_inside_one_document_is_folded_and_not_counted(passage: Callable[..., Passage]) -> None:
    [folded] = fold([passage(TEXT), passage(TEXT, rank=2)])
    assert folded.also_in == ()


@given(documents=st.lists(st.sampled_from("abcd"), min_size=1, max_size=12))
def test_every_source_is_counted_once(documents: list[str]) -> None:
    span = Span(0, len(TEXT))
    given_ = [
        Passage(Chunk(f"{rank}", name, 0, span, TEXT, (span,)), Source(name, name, "", "t", "h"), rank, 0.5, "given")
        for rank, name in enumerate(documents, start=1)
    ]
    [folded] = fold(given_)
    sources = [folded.source.path, *(source.path for source in folded.also_in)]
    assert sources == list(dict.fromkeys(documents))


def test_the_wrapper_fills_up_to_k_different_passages(passage: Callable[..., Passage]) -> None:
    class Fixed:
        def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> list[Passage]:
            return [
                passage(TEXT, document="a.txt", rank=1),
                passage(TEXT, document="b.txt", rank=2),
                passage("Rain fell over the hills.", document="c.txt", rank=3),
                passage("The harvest was late.", document="d.txt", rank=4),
            ][:k]

    found = FoldingRetriever(Fixed()).retrieve("anything", k=2)
    assert [(item.rank, item.source.path) for item in found] == [(1, "a.txt"), (2, "c.txt")]
