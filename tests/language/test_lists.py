"""Which lines are items of lists, and what leads to them."""

from __future__ import annotations

import pytest

from assistant.language.lists import leads_of, mark_of
from assistant.language.sentences import sentence_spans


def led(text: str, *headings: str) -> dict[str, tuple[str, ...]]:
    """The lines that lead to each sentence that has some."""
    spans = sentence_spans(text)
    found = leads_of(text, spans, headings)
    return {
        span.of(text): tuple(spans[place].of(text) for place in places)
        for span, places in zip(spans, found, strict=True)
        if places
    }


@pytest.mark.parametrize(
    ("line", "mark"), [("- a crane", 2), ("12. a crane", 4), ("• a crane", 2), ("2.5 cranes", 0), ("-5 degrees", 0)]
)
def test_the_mark_of_an_item_is_no_part_of_it(line: str, mark: int) -> None:
    assert mark_of(line) == mark


def test_each_list_is_led_by_the_line_above_it() -> None:
    arlen = "They met.\n\nIn Arlen it plans:\n\n- a pier\n- a crane. It is red.\n\n"
    text = f"{arlen}In Borl it plans:\n\n- a tower\n\nIt rained."
    assert led(text) == {
        "- a pier": ("In Arlen it plans:",),
        "- a crane.": ("In Arlen it plans:",),
        "It is red.": ("In Arlen it plans:",),
        "- a tower": ("In Borl it plans:",),
    }


@pytest.mark.parametrize(
    ("above", "leads"), [("Under the settlement", True), ("It has three parts.", False), ("Works", False)]
)
def test_a_finished_sentence_and_a_heading_do_not_lead_to_a_list(above: str, leads: bool) -> None:
    assert bool(led(f"{above}\n\n- a pier", "Works")) is leads


def test_nested_items_are_led_by_theirs_as_deep_as_canonical_text_says() -> None:
    text = "It plans:\n\n- two works:\n  - a pier\n  - a crane\n- a tower"
    assert led(text) == {
        "- two works:": ("It plans:",),
        "- a pier": ("It plans:", "- two works:"),
        "- a crane": ("It plans:", "- two works:"),
        "- a tower": ("It plans:",),
    }


def test_where_no_depth_is_told_an_item_with_a_colon_leads_to_those_behind_it() -> None:
    text = "- In Arlen:\n- a pier\n- a crane\n- In Borl:\n- a tower"
    assert led(text) == {
        "- a pier": ("- In Arlen:",),
        "- a crane": ("- In Arlen:",),
        "- a tower": ("- In Borl:",),
    }
