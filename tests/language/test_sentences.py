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


def test_a_row_of_a_table_is_one_sentence_whatever_its_cells_say() -> None:
    row = "Quantity: Revenue | Statement: It fell by 23%. The year was bad. | Given by: MEES"
    text = f"The canal was quiet. It is open.\n{row}\nIt rained."
    assert [span.of(text) for span in sentence_spans(text)] == [
        "The canal was quiet.", "It is open.", row, "It rained."
    ]  # fmt: skip


def test_a_row_that_is_very_long_is_read_in_parts() -> None:
    assert len(sentence_spans(f"Quantity: Revenue | Statement: {'It fell by a little. ' * 60}| Given by: MEES")) > 10
