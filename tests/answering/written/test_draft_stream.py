"""The reader of drafts: markers in every shape, and sentences that do not depend on how the text arrives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.written.draft_stream import DraftStream, Written, parse

IDS = ("k4", "m7", "q2", "w9")


def said(draft: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(part.text, part.cited) for part in parse(draft, IDS)]


@pytest.mark.parametrize(
    ("marker", "cited"),
    [
        ("[k4]", ("k4",)),
        ("[K4]", ("k4",)),
        ("[k4][m7]", ("k4", "m7")),
        ("[k4, m7]", ("k4", "m7")),
        ("[k4; q2 and w9]", ("k4", "q2", "w9")),
        ("[k4 m7]", ("k4", "m7")),
        ("[k4-q2]", ("k4", "m7", "q2")),
        ("[k4–q2]", ("k4", "m7", "q2")),
        ("【k4】", ("k4",)),
        ("【k4†L3-L9】", ("k4",)),
        ("［ｋ４］", ("k4",)),
        ("(k4)", ("k4",)),
        ("[passage k4]", ("k4",)),
        ("[Source: k4]", ("k4",)),
        ("[k4, k4]", ("k4",)),
    ],
)
def test_a_marker_is_read_in_every_shape_that_models_write(marker: str, cited: tuple[str, ...]) -> None:
    assert said(f"China declined {marker}.") == [("China declined.", cited)]
    assert said(f"China declined. {marker}") == [("China declined.", cited)]
    assert said(f"China declined.{marker} Then it left.") == [("China declined.", cited), ("Then it left.", ())]


@pytest.mark.parametrize(
    "text", ["The G7 (G7) met.", "It was [sic] late.", "There were (5) ships.", "See [the note].", "In [2022] it fell."]
)
def test_brackets_that_hold_no_id_stay(text: str) -> None:
    assert said(text) == [(text, ())]


def test_ids_that_name_no_passage_cite_nothing_and_are_no_text() -> None:
    [part] = parse("China declined [k4][z9][12].", IDS)
    assert (part.text, part.cited) == ("China declined.", ("k4",))


def test_a_marker_before_its_sentence_belongs_to_it_only_at_the_start_of_a_line() -> None:
    assert said("[k4] China declined. It left. [m7]") == [("China declined.", ("k4",)), ("It left.", ("m7",))]


def test_lists_tables_headings_and_code_are_told_apart() -> None:
    listed = "## Reasons\n1. Sanctions [k4]\n- **Trust** was gone [m7].\n\n"
    draft = f"{listed}| day | ships |\n|---|---|\n| 1 May | 12 [q2] |\n```\nx = [k4]\n```\nEnd."
    found = parse(draft, IDS)
    assert [(part.kind, part.lead, part.text, part.cited) for part in found] == [
        ("heading", "", "Reasons", ()),
        ("sentence", "1. ", "Sanctions", ("k4",)),
        ("sentence", "- ", "Trust was gone.", ("m7",)),
        ("head", "", "| day | ships |", ()),
        ("row", "", "| 1 May | 12 |", ("q2",)),
        ("code", "", "x = [k4]", ()),
        ("sentence", "", "End.", ()),
    ]
    assert len({part.line for part in found}) == 7


def test_a_row_is_a_head_only_above_a_rule() -> None:
    found = parse("| day | ships |\n| 1 May | 12 |\n\n| day | crews |\n| :-- | --: |\n| 2 May | 9 |\nEnd.", IDS)
    assert [(part.kind, part.text) for part in found] == [
        ("row", "| day | ships |"),
        ("row", "| 1 May | 12 |"),
        ("head", "| day | crews |"),
        ("row", "| 2 May | 9 |"),
        ("sentence", "End."),
    ]


def test_abbreviations_end_no_sentence() -> None:
    assert said("Mr. Li met the U.S. delegation at 5 p.m. [k4] He declined.") == [
        ("Mr. Li met the U.S. delegation at 5 p.m.", ("k4",)),
        ("He declined.", ()),
    ]


def test_a_sentence_is_handed_on_before_the_next_one_is_complete() -> None:
    stream = DraftStream(IDS)
    assert stream.feed("China declined. ") == []
    assert stream.feed("[k4] It ") == []
    assert [part.text for part in stream.feed("then")] == ["China declined."]
    assert [part.text for part in stream.finish()] == ["It then"]


def test_half_a_marker_is_never_text() -> None:
    stream = DraftStream(IDS)
    found = [
        part
        for piece in ("It fell [", "k", "4", "]. It rose (", "m7", ") and", " fell.")
        for part in stream.feed(piece)
    ]
    found += stream.finish()
    assert [(part.text, part.cited) for part in found] == [("It fell.", ("k4",)), ("It rose and fell.", ("m7",))]


def test_what_nobody_sees_is_left_out() -> None:
    draft = "China did no\u200bt decline\u202e [k\u200d4].\x1b]8;;http://a.example\x07\r\nIt left 4\u20602 times."
    shown = "China did not decline.]8;;http://a.example\nIt left 42 times."
    assert [text for text, _ in said(draft)] == shown.split("\n")


_MARKERS = [
    "[k4]",
    "[k4",
    "[m7, q2]",
    "【k4】",
    "(k4)",
    "[1]",
    "[1-3]",
    "[sic]",
    "[12 ships]",
    "[k4-w9]",
    "[",
    "]",
    "(",
    ")",
    "†",
]
_LAYOUT = [
    "\n",
    "\n\n",
    "\r\n",
    "- ",
    "1. ",
    "12. ",
    "> ",
    "| a | b |",
    "|---|",
    "```",
    "```\n",
    "## ",
    " ",
    "  ",
    "\t",
]
_WORDS = ["China declined", " the U.S. said", "5 p.m. ", "e.g. ", "Mr. ", "“No,” he said. ", " 3.5", "a", "B", "é"]
_ENDS = [". ", ".", "? ", "! ", "…", "。", "**", "*", "`"]
_PIECES = st.sampled_from([*_MARKERS, *_LAYOUT, *_WORDS, *_ENDS])


@given(st.lists(_PIECES, max_size=25).map("".join), st.data())
@settings(max_examples=10_000, deadline=None)
def test_the_sentences_do_not_depend_on_the_pieces(draft: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(draft)), max_size=12)))
    stream = DraftStream(IDS)
    found: list[Written] = []
    for start, end in zip([0, *cuts], [*cuts, len(draft)], strict=True):
        found += stream.feed(draft[start:end])
    found += stream.finish()
    assert found == parse(draft, IDS)


@given(st.lists(_PIECES, max_size=25).map("".join))
@settings(max_examples=300, deadline=None)
def test_character_by_character_gives_the_same(draft: str) -> None:
    stream = DraftStream(IDS)
    found = [part for character in draft for part in stream.feed(character)]
    assert [*found, *stream.finish()] == parse(draft, IDS)


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(draft: str) -> None:
    for part in parse(draft, IDS):
        assert part.text
