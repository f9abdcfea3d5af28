from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from assistant.language.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


def test_titles_clock_times_and_decimals_do_not_end_a_sentence() -> None:
    text = "Gen. Li met Lt. Gen. Xu at 5 p.m. Tuesday. The U.S. Navy counted 32.9 million tonnes. Was it so? Yes!"
    assert sentences(text) == [
        "Gen. Li met Lt. Gen. Xu at 5 p.m. Tuesday.",
        "The U.S. Navy counted 32.9 million tonnes.",
        "Was it so?",
        "Yes!",
    ]


def test_every_line_is_a_boundary() -> None:
    assert sentences("A heading\n\n- one item\n- another\nYear: 2019 | Host: X") == [
        "A heading",
        "- one item",
        "- another",
        "Year: 2019 | Host: X",
    ]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_sentences_cover_all_that_is_printed_in_order_without_overlap(text: str) -> None:
    spans = sentence_spans(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    kept: set[int] = set()
    for span in spans:
        assert span.of(text).strip() == span.of(text)
        kept.update(range(span.start, span.end))
    assert all(text[position].isspace() for position in range(len(text)) if position not in kept)
