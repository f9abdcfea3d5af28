from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.written_text import Block, blocks

LINES = st.sampled_from(
    (
        "",
        "Plain words.",
        "- an item",
        "  * a deeper one",
        "3. third",
        "## A heading",
        "**bold** and `code`, **not closed",
        "| a | b |",
        "| --- | :-: |",
        "| **c** | |",
        "```",
        "    indented",
        "[x](http://elsewhere) ![y](z)",
    )
)
TEXTS = st.lists(LINES | st.text("ab *`|-#.1\n", max_size=12), max_size=12).map("\n".join)


def shown(block: Block, text: str) -> list[list[str]]:
    return [["".join(piece.span.of(text) for piece in line) for line in row] for row in block.rows]


@given(TEXTS)
def test_every_piece_has_its_place_and_only_marks_are_left_out(text: str) -> None:
    left, position = "", 0
    for block in blocks(text):
        for piece in block.pieces:
            assert piece.span.start >= position
            left += text[position : piece.span.start]
            position = piece.span.end
    left += text[position:]
    assert set(left) <= set(" \n*`|-:#.0123456789")


@given(st.text("ab <&[]()!", max_size=40))
def test_a_text_without_marks_is_its_lines(text: str) -> None:
    assert [shown(block, text) for block in blocks(text)] == [[[text.strip()]]] * bool(text.strip())


def test_lists_keep_their_numbers_and_depth() -> None:
    text = "1. one\n3) three\n  - below\n\t\t- deeper"
    made = blocks(text)
    assert [(block.kind, block.number, block.depth) for block in made] == [
        ("number", 1, 0),
        ("number", 3, 0),
        ("bullet", None, 1),
        ("bullet", None, 3),
    ]
    assert [shown(block, text)[0][0] for block in made] == ["one", "three", "below", "deeper"]


def test_a_table_is_one_from_its_rule_on_and_plain_text_before() -> None:
    text = "| a | b |"
    assert blocks(text)[0].kind == "paragraph"
    text += "\n|---|---|\n| **1** | |\nafter"
    table, after = blocks(text)
    assert shown(table, text) == [["a", "b"], ["1", ""]]
    assert [piece.style for piece in table.pieces] == ["plain", "plain", "bold"]
    assert shown(after, text) == [["after"]]


def test_code_is_code_until_its_end_or_the_end_of_the_text_and_nothing_in_it_is_a_mark() -> None:
    text = "```python\n  - **x**\n\n| y |\n```\nafter\n```\nz"
    first, after, last = blocks(text)
    assert shown(first, text) == [["  - **x**", "", "| y |"]]
    assert {piece.style for piece in first.pieces} == {"code"}
    assert shown(after, text) == [["after"]]
    assert (last.kind, shown(last, text)) == ("code", [["z"]])
