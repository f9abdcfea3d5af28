"""The sentences that carry a claim are found, with exact places in the document."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.written.alignment import Carrier, carriers, carrying_words, rarity
from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.hashing import HashingEmbedder
from assistant.reading.checks import parts_of
from assistant.types import Passage
from tests.answering.memory import document

TEXT = (
    "The harbour of Arlen was closed in spring. A crane had fallen into the fairway. Mayor Ina Holt spoke on Monday. "
    "She said that the pilots were angry. Corn waited in the silos of Borl."
)
EMBEDDER = HashingEmbedder()
CHUNKER = SentenceChunker(EMBEDDER.count_tokens, max_tokens=EMBEDDER.max_tokens)


def passages(text: str = TEXT, title: str = "Harbour news") -> list[Passage]:
    written = document("harbour.txt", text, title=title, day=date(2021, 5, 20))
    return [Passage(chunk, written.source, 1, 1.0, "memory") for chunk in CHUNKER.chunk(written)]


def best(claim: str) -> Carrier:
    found = passages()
    return carriers(claim, found, rarity(found))[0]


def test_one_sentence_carries_what_it_says() -> None:
    carrier = best("Into the fairway fell a crane.")
    assert [span.of(TEXT) for span in carrier.spans] == ["A crane had fallen into the fairway."]
    assert carrier.coverage == 1.0
    assert carrier.missing == frozenset()


def test_two_sentences_carry_what_neither_does_alone() -> None:
    carrier = best("The harbour of Arlen was closed as a crane had fallen into the fairway.")
    assert [span.of(TEXT) for span in carrier.spans] == [
        "The harbour of Arlen was closed in spring.",
        "A crane had fallen into the fairway.",
    ]


def test_a_sentence_that_points_back_is_read_after_the_one_before() -> None:
    carrier = best("Ina Holt said that the pilots were angry.")
    assert [span.of(TEXT) for span in carrier.spans] == ["She said that the pilots were angry."]
    head, body = parts_of(carrier.premise)
    assert head == "Harbour news | 2021-05-20"
    assert body.startswith("Mayor Ina Holt spoke on Monday.")


def test_a_sentence_whose_first_word_stands_for_nothing_is_read_by_itself() -> None:
    found = passages("Mayor Ina Holt spoke on Monday. It is likely that the pilots strike.")
    carrier, *_ = carriers("The pilots are likely to strike.", found, rarity(found))
    assert parts_of(carrier.premise)[1] == "It is likely that the pilots strike."


def test_what_is_not_there_is_missing() -> None:
    carrier = best("A crane and a submarine had fallen into the fairway.")
    assert carrier.missing == {"submarin"}
    assert 0.4 < carrier.coverage < 1.0


def test_nothing_carries_what_has_no_words() -> None:
    found = passages()
    assert carriers("It is so.", found, rarity(found)) == []
    assert carriers("Zebras graze.", found, rarity(found)) == []
    assert carriers("A crane fell.", [], {}) == []


LONG = (
    "On 12 May 2021 a crane fell into the fairway of Arlen, the largest port of the country, and the harbour was "
    "closed for 31 days, the longest time since the storm. The harbour was shut."
)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("The harbour was closed for thirty-one days.", "harbour was closed for 31 days"),
        ("A crane fell into the fairway on May 12, 2021.", "12 May 2021 a crane fell into the fairway"),
        ("There was no storm.", "storm"),
        ("Zebras graze.", None),
    ],
)
def test_the_stretch_that_carries_a_claim_has_its_place_in_the_document(claim: str, words: str | None) -> None:
    (passage,) = passages(LONG)
    stretch = carrying_words(claim, passage, passage.chunk.sentences[0])
    assert (stretch.of(LONG) if stretch else None) == words


def test_words_that_are_the_whole_quote_are_not_marked() -> None:
    (passage,) = passages(LONG)
    assert carrying_words("The harbour was shut.", passage, passage.chunk.sentences[1]) is None


@given(st.text(alphabet="ab cd.E\n", max_size=120), st.text(alphabet="ab cdE.", max_size=40))
def test_spans_lie_in_their_passage(text: str, claim: str) -> None:
    if not text.strip():
        return
    found = passages(text)
    for carrier in carriers(claim, found, rarity(found)):
        assert all(carrier.passage.chunk.span.contains(span) for span in carrier.spans)
        assert 0.0 < carrier.coverage <= 1.0
        for span in carrier.spans:
            stretch = carrying_words(claim, carrier.passage, span)
            assert stretch is None or span.contains(stretch)
