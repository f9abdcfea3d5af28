"""Tokens keep their places: what a row says of a text is true of its characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.embedding.transformer import TransformerEmbedder
from assistant.language.sentences import sentence_spans
from assistant.reading.batches import MAX_ASKED, MAX_TITLE, MAX_TOKENS, Rows, batch


@pytest.fixture(scope="module")
def rows() -> Rows:
    return Rows(TransformerEmbedder().tokenizer)


TEXTS = st.text(alphabet=st.sampled_from("abc DEF.,!? éß\n日本1 "), max_size=200)


@given(TEXTS, TEXTS, TEXTS)
def test_every_token_of_the_text_has_its_place_in_it(rows: Rows, asked: str, title: str, text: str) -> None:
    sentences = sentence_spans(text)
    row = rows.row(asked, title, text, sentences)
    assert len(row) == row.text_start + len(row.places) + 1
    assert all(0 <= start <= end <= len(text) for start, end in row.places)
    for sentence, tokens in zip(sentences, row.sentences, strict=True):
        if tokens is not None:
            first, last = row.places[tokens[0] - row.text_start], row.places[tokens[1] - 1 - row.text_start]
            assert first[1] > sentence.start
            assert last[0] < sentence.end


def test_what_is_too_long_is_cut_off_at_the_end_and_said_so(rows: Rows) -> None:
    text = "The ship left the port. " * 200
    sentences = sentence_spans(text)
    row = rows.row("where " * 200, "title " * 200, text, sentences)
    assert len(row) == MAX_TOKENS
    assert row.text_start == MAX_ASKED + MAX_TITLE + 3
    assert row.sentences[0] is not None
    assert row.sentences[-1] is None


def test_a_claim_is_marked_as_one(rows: Rows) -> None:
    claim, question = rows.row("It left.", None, "It left.", ()), rows.row("It left.", "", "It left.", ())
    assert claim.ids != question.ids


def test_a_batch_pads_at_the_end_and_means_over_each_sentence(rows: Rows) -> None:
    short = rows.row("Who?", "T", "One. Two.", sentence_spans("One. Two."))
    long = rows.row("Who?", "T", "One more sentence here.", sentence_spans("One more sentence here."))
    made = batch([short, long])
    assert made.ids.shape == made.kinds.shape == made.mask.shape == (2, len(long))
    assert made.mask.sum(axis=1).tolist() == [len(short), len(long)]
    assert made.kinds[0, : 1 + made.ids[0].tolist().index(short.ids[-1])].sum() == 0  # the question
    assert made.members.sum(axis=2).round(5).tolist() == [[1.0, 1.0], [1.0, 0.0]]
