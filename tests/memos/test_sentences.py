from __future__ import annotations

import pytest

from assistant.memos.pandoc import children, harmless, read_text, text_of
from assistant.memos.sentences import sentences

NOTES = "\n\n[^1]: one\n\n[^2]: two\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("First.[^1] Second.[^2]", [("First.", ("one",)), ("Second.", ("two",))]),
        ("First. [^1] Second. [^2]", [("First.", ("one",)), ("Second.", ("two",))]),
        ("First.[^1][^2][^1] Second.", [("First.", ("one", "two")), ("Second.", ())]),
        ("In the middle,[^1] and at the end[^2].", [("In the middle, and at the end.", ("one", "two"))]),
        ("[^1] In front. Behind.", [("In front.", ("one",)), ("Behind.", ())]),
        ("**Bold.**[^1]\nA `code`\nline.", [("Bold.", ("one",)), ("A code line.", ())]),
        ("# A heading[^1]\n\n- Item.[^2]", [("Item.", ("two",))]),
        ("Lost.[^3]", [("Lost.", ()), ("[^3]", ())]),
    ],
    ids=["behind", "after a space", "several", "inside", "in front", "markup", "heading", "unknown"],
)
def test_a_footnote_belongs_to_the_sentence_that_it_stands_in_or_behind(
    text: str, found: list[tuple[str, tuple[str, ...]]]
) -> None:
    read = sentences(read_text(text + NOTES))
    assert [(sentence.text, sentence.footnotes) for sentence in read] == found


def test_paragraphs_are_counted() -> None:
    read = sentences(read_text("One. Two.\n\nThree.\n\n- Four.\n- Five."))
    assert [sentence.paragraph for sentence in read] == [0, 0, 1, 2, 3]


def test_what_could_do_harm_becomes_words() -> None:
    tree = harmless(read_text("<b>x</b> [y](data:z) [w](https://example.org) ![p](q.png)\n\n<hr onclick=z>"))
    assert "".join(text_of(block) for block in children(tree["blocks"])) == "<b>x</b> y w p<hr onclick=z>"
    kinds = {node["t"] for block in children(tree["blocks"]) for node in children(block)}
    assert kinds == {"Str", "Space", "Link"}
