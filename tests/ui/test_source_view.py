from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Document, Heading, Page, Source, Span
from assistant.ui import source_view
from tests.ui.payloads import PAYLOADS

ALLOWED = set("div p span mark h3 h4 h5 h6".split())


class Read(HTMLParser):
    """The text of a piece of HTML and that of its marks."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = self.marked = ""
        self._inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, f"unexpected element {tag}"
        assert not self._inside, f"{tag} inside a mark"
        self._inside = tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._inside = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._inside:
            self.marked += data


LINES = st.one_of(
    st.text("ab <&>\"'|:-.1", min_size=1, max_size=30),
    st.sampled_from(["- item one", "  - below it", "12. twelfth", "Name: value | Other: thing | rest", "a | b", "x"]),
    st.sampled_from([line for payload in PAYLOADS for line in payload.split("\n") if line]),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    lines = draw(st.lists(LINES, min_size=1, max_size=12))
    text, headings, pages = "", [], []
    for number, line in enumerate(lines):
        if text:
            text += draw(st.sampled_from(["\n", "\n\n"]))
        if draw(st.booleans()) and line.strip():
            headings.append(Heading(draw(st.integers(1, 9)), Span(len(text), len(text) + len(line))))
        if draw(st.booleans()):  # a sentence may run over to the page, which then begins within a line
            begins = len(text) + draw(st.integers(0, len(line) - 1))
            pages.append(Page(number + 1, draw(st.text(max_size=3)), Span(begins, len(text) + len(line))))
        text += line
    source = Source("d", "d.md", "Title", "text/markdown", "h")
    return Document(source, text, "d.md", tuple(headings), tuple(pages))


@given(documents(), st.data())
def test_the_text_on_the_page_is_the_canonical_text_and_the_marks_are_the_quote(
    doc: Document, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(doc.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(doc.text))))
    read = Read(source_view.body(doc, Span(0, len(doc.text)), span))
    assert read.text == doc.text
    assert read.marked == span.of(doc.text)


def test_a_page_that_begins_within_a_sentence_is_told_where_it_does() -> None:
    pages = (Page(1, "1", Span(0, 14)), Page(2, "2", Span(14, 25)))
    html = source_view.body(document("The hosts said no to all.", pages=pages), Span(0, 25), Span(10, 17))
    assert html.count('role="separator"') == 2
    ends, _, begins = html.partition('<span class="page within" role="separator" data-label="page 2"')
    assert ends.endswith("<mark>said</mark>")
    assert "<mark> no</mark>" in begins


@given(
    st.lists(st.sampled_from(["a" * 50, "b" * 9_000, "c"]), min_size=1, max_size=40),
    st.sampled_from(["\n", " "]),
    st.data(),
)
def test_a_huge_document_can_be_read_whole_part_by_part(words: list[str], between: str, data: st.DataObject) -> None:
    text = between.join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    place = Span(start, min(start + 30, len(text)))
    first = source_view.window(text, place)
    assert first is not None
    assert first.contains(place)
    parts = [first]
    while (before := source_view.before(text, parts[0].start)) is not None:
        parts.insert(0, before)
    while (after := source_view.after(text, parts[-1].end)) is not None:
        parts.append(after)
    assert "".join(part.of(text) for part in parts) == text


def test_a_huge_document_is_first_shown_around_the_quote_only() -> None:
    text = "word word word.\n" * 200_000
    window = source_view.window(text, Span(1_600_000, 1_600_004))
    assert window is not None
    assert len(window) < 40_000
    assert window.start % 16 == 0


def document(text: str, headings: tuple[tuple[int, str], ...] = (), pages: tuple[Page, ...] = ()) -> Document:
    spans = tuple(Heading(level, Span(text.index(said), text.index(said) + len(said))) for level, said in headings)
    return Document(Source("d", "d.md", "T", "text/markdown", "h"), text, "d.md", spans, pages)


def test_the_heading_path_is_that_of_the_section_a_position_lies_in() -> None:
    doc = document("One\n\na\n\nTwo\n\nb\n\nThree\n\nc", ((1, "One"), (2, "Two"), (1, "Three")))
    assert source_view.heading_path(doc, doc.text.index("a\n")) == ("One",)
    assert source_view.heading_path(doc, doc.text.index("b")) == ("One", "Two")
    assert source_view.heading_path(doc, doc.text.index("c")) == ("Three",)


@pytest.mark.parametrize(("position", "index"), [(0, 1), (3, 1), (5, 3), (4, None), (9, None)])
def test_the_page_of_a_position_is_found_and_gaps_have_none(position: int, index: int | None) -> None:
    doc = document("abcd\nefgh\nxyz", pages=(Page(1, "i", Span(0, 4)), Page(3, "1", Span(5, 9))))
    found = source_view.page_at(doc, position)
    assert (found.index if found else None) == index


def test_lists_rows_and_headings_are_told_apart() -> None:
    html = source_view.body(document("Head\n\n- one\n- two\n\nA: 1 | B: 2\n\ntext", ((1, "Head"),)), Span(0, 38), None)
    assert html.count('role="listitem"') == 2
    assert html.count('class="row"') == 1
    assert "<h3>Head" in html
    assert '<span class="name">A: </span>1' in html
