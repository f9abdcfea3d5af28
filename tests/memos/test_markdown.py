from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.memos.markdown import escaped, memo_as_markdown
from assistant.memos.memo import Memo, Section
from assistant.memos.numbering import notes
from assistant.memos.pandoc import Tree, children, read_text, text_of
from assistant.memos.sentences import sentences
from tests.memos.made import reference

AWKWARD = st.text(st.sampled_from("ab1.)(-+#>*_`[]^!<&;:|~=\\\"' “”$@{}") | st.characters(codec="utf-8"), max_size=30)


@given(AWKWARD)
@settings(max_examples=100, deadline=None)
@example("1. not a list")
@example("[^1]: not a note")
@example("~~~ not a fence")
@example("&amp; &#35; <b> ![x](y) | a | b |")
@example("\U0002f800")
def test_any_line_reads_as_it_was_whatever_is_in_it(text: str) -> None:
    wanted = normalize("NFC", " ".join(text.split()))  # as canonical text is, and as Pandoc writes
    blocks = list(children(read_text(escaped(text))["blocks"]))
    assert [block["t"] for block in blocks] == (["Para"] if wanted else [])
    assert " ".join("".join(text_of(block) for block in blocks).split()) == wanted


def test_a_pipe_in_a_title_does_not_end_its_cell() -> None:
    memo = Memo("T", "t", "x", (Section("H", "?", "Said.[^c1] Lost.[^c7]", (reference(path="a|b*c*.md"),)),))
    text = memo_as_markdown(memo, ["note"])
    (table,) = [block for block in children(read_text(text)["blocks"]) if block["t"] == "Table"]
    assert "About a|b*c*.md" in text_of(table)
    assert text_of(table).count("a|b*c*.md") == 2
    assert "Said.[^1] Lost.\\[^c7]" in text
    assert len(notes(memo)) == 1


def headings(tree: Tree) -> list[str]:
    return [text_of(block) for block in children(tree["blocks"]) if block["t"] == "Header"]


def read_sections(*texts: str) -> Tree:
    """A memo of sections with these texts, which may cite `c1` and `c2`, as a reader of its Markdown has it."""
    known = (reference("c1"), reference("c2", path="b.md"))
    made = [Section(f"Part {number}", "", text, known) for number, text in enumerate(texts, start=1)]
    memo = Memo("T", "t", "x", tuple(made))
    return read_text(memo_as_markdown(memo, [each.source.path for each in notes(memo)]))


@pytest.mark.parametrize(
    "typed",
    [
        "Mine.[^1]",
        "Mine.[^ 1 ]",
        "Mine.[^c7] [^c7]: b.md",
        "Mine.[^own]\n\n[^own]: 1",
        "Mine.\n\n[^1]: of my own",
        "Mine.\n\n> [^1]: of my own\n\n- [^1]: of my own",
        "Mine.\\\\[^1]",
        "Mine.\\[^c1]",
    ],
)
def test_only_tokens_cite(typed: str) -> None:
    found = sentences(read_sections("Ships wait.[^c1]", typed, "They sail.[^c2]"))
    cited = [(each.text, each.footnotes) for each in found if each.footnotes]
    assert cited == [("Ships wait.", ("a.md",)), ("They sail.", ("b.md",))]
    assert "[^" in "".join(each.text for each in found)


@pytest.mark.parametrize(
    "opened",
    [
        "```\ncode",
        "~~~~ text\n~~~\n```",
        "Mine.\n<!-- later\n\nMore.",
        "<script>\n\n```",
        "<!-- a -->\n<?php\n<!-- b",
        "   <!doctype x",
        "<textarea\r\n<![CDATA[",
        "- ```\n  code",
        "> <!-- quoted",
    ],
)
def test_no_section_takes_in_what_follows_it(opened: str) -> None:
    tree = read_sections(opened, "They sail.[^c2]")
    assert headings(tree) == ["T", "Part 1", "Part 2", "Sources", "Bibliography"]
    assert sentences(tree)[-1].footnotes == ("b.md",)


def test_what_takes_in_nothing_stays_as_it_was_typed_and_html_that_could_becomes_text() -> None:
    for text in ("```\n<!--\n```", "1 < 2", "<http://x.y> <a@b.c>", "`<b> <!--`", "    <p>"):
        memo = Memo("T", "t", "x", (Section("H", "", text),))
        assert memo_as_markdown(memo, []) == f"# T\n\n## H\n\n{text}\n"
    for text in ("<!-- a -->", "<!-->", "<?>", "<pre>a</pre>", "a<b>c</b>", "`\n<p>\n<p>\n`", "<!a@b.c>"):
        memo = Memo("T", "t", "x", (Section("H", "", text),))
        assert memo_as_markdown(memo, []) == f"# T\n\n## H\n\n{text.replace('<', chr(92) + '<')}\n"


@pytest.mark.parametrize("html", ["<p>{}</p>", "<div>\n{}\n</div>", "<!-- {} -->", "`\n<p>\n\n{}`", "a <b c='{}'>"])
def test_a_citation_in_pasted_html_stands_and_the_html_is_text(html: str) -> None:
    found = sentences(read_sections(html.format("Ships wait.[^c1]"), "They sail.[^c2]"))
    assert [each.footnotes for each in found if each.footnotes] == [("a.md",), ("b.md",)]
    assert "<" in "".join(each.text for each in found)


def test_what_looks_like_a_citation_in_code_stays_as_it_is() -> None:
    text = "`[^c2]` `[^1]`\n\n```\n[^c2]: [^x]\n```\n\n    [^c2]\n\nShips wait.[^c1]"
    known = (reference("c1"), reference("c2", path="b.md"))
    memo = Memo("T", "t", "x", (Section("H", "", text, known),))
    assert f"\n{text.replace('wait.[^c1]', 'wait.[^1]')}\n" in memo_as_markdown(memo, ["note"])


PIECES = [
    "```",
    "~~~",
    "<!--",
    "-->",
    "<pre>",
    "</pre>",
    "<?",
    "<div>",
    "- ",
    "> ",
    "  ",
    "\\",
    "[^1]",
    "[^c1]",
    "<p>",
    "<a@b>",
]


@given(st.lists(st.sampled_from([*PIECES, ": ", "`", "\n", "\n\n", "\r", "\t", "a"]), max_size=20).map("".join))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_the_next_section_has_its_heading_and_its_source(text: str) -> None:
    tree = read_sections(text, "They sail.[^c2]")
    assert headings(tree)[-3:] == ["Part 2", "Sources", "Bibliography"]
    assert sentences(tree)[-1].text == "They sail."
    assert sentences(tree)[-1].footnotes == ("b.md",)
    for each in sentences(tree):
        assert set(each.footnotes) <= {"a.md", "b.md"}
