from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.errors import UnreadableFile

anything = st.text(st.characters(), max_size=40)
blocks = st.lists(
    st.one_of(
        st.tuples(st.just("heading"), st.integers(-1, 12), anything),
        st.tuples(st.just("paragraph"), anything),
        st.tuples(st.just("item"), anything, st.integers(0, 3), st.one_of(st.none(), st.integers(1, 99))),
        st.tuples(st.just("row"), st.lists(anything, max_size=4), st.lists(anything, max_size=4)),
        st.tuples(st.just("line"), anything),
        st.tuples(st.just("page"), anything),
        st.tuples(st.just("part")),
    ),
    max_size=12,
)


@given(blocks)
def test_whatever_is_appended_spans_are_exact_and_the_text_is_canonical(pieces: list[tuple[Any, ...]]) -> None:
    out = CanonicalText()
    headings: list[str] = []
    pages: list[tuple[int, list[str]]] = []
    on_page: list[str] = []
    index = 0
    for kind, *values in pieces:
        said = ""
        if kind == "heading":
            out.heading(values[0], values[1])
            said = cleaned(values[1])
            headings += [said] if said else []
        elif kind == "paragraph":
            out.paragraph(values[0])
            said = cleaned(values[0])
        elif kind == "item":
            out.item(values[0], depth=values[1], number=values[2])
            said = cleaned(values[0])
        elif kind == "row":
            out.row(values[0], values[1])
            said = next(filter(None, map(cleaned, values[0])), "")
        elif kind == "line":
            out.line(values[0])
            said = cleaned(values[0])
        elif kind == "page":
            pages += [(index, on_page)] if index and on_page else []
            index, on_page = index + 1, []
            out.page(index, values[0])
        else:
            out.part()
        on_page += [said] if said else []
    pages += [(index, on_page)] if index and on_page else []
    built = out.finish()

    assert [heading.span.of(built.text) for heading in built.headings] == headings
    assert [page.index for page in built.pages] == [number for number, _ in pages]
    for page, (_, appended) in zip(built.pages, pages, strict=True):
        on_this_page = page.span.of(built.text)
        assert on_this_page == on_this_page.strip("\n")
        assert all(text in on_this_page for text in appended)
    assert unicodedata.is_normalized("NFC", built.text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in set(built.text) - {"\n"})
    assert "\n\n\n" not in built.text
    assert not any("  " in line.lstrip(" ") for line in built.text.split("\n"))


@given(anything)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\tc\u00a0d", "a b c d"),
        ("co\u00adoperation", "cooperation"),
        ("\ufeffzero\u200bwidth", "zerowidth"),
        ("tag\U000e0041\U000e0042s", "tags"),
        ("\u202eright\u202c to left", "right to left"),
        ("half \ud800 a pair", "half a pair"),
        ("e\u0301", "é"),
        ("bell\x07 and nul\x00", "bell and nul"),
        ("👩\u200d✈\ufe0f", "👩✈"),
    ],
)
def test_what_a_reader_cannot_see_is_removed(raw: str, clean: str) -> None:
    assert cleaned(raw) == clean


def test_blocks_are_parted_by_an_empty_line_and_items_by_a_line_end() -> None:
    out = CanonicalText()
    out.heading(1, "Talks")
    out.paragraph("Why\nit failed.")
    out.item("one")
    out.item("inner", depth=1, number=2)
    out.row(["2019", "", "Singapore"], ["Year", "Month", "Host:"])
    out.row(["a", "b"])
    out.part()
    out.row(["c"])
    out.line("x = 1")
    out.line("y = 2")
    assert out.finish().text == (
        "Talks\n\nWhy it failed.\n\n- one\n  2. inner\n\nYear: 2019 | Host: Singapore\na | b\n\nc\n\nx = 1\ny = 2"
    )


def test_a_page_without_text_is_not_listed() -> None:
    out = CanonicalText()
    out.paragraph("before")
    out.page(1, "i")
    out.page(2, "ii")
    out.paragraph("here")
    out.page(3, "")
    out.paragraph("there")
    built = out.finish()
    assert [(p.index, p.label, p.span.of(built.text)) for p in built.pages] == [(2, "ii", "here"), (3, "3", "there")]


def test_more_text_than_the_limit_is_refused_with_the_limit() -> None:
    out = CanonicalText(limit=1000)
    out.paragraph("x" * 990)
    with pytest.raises(UnreadableFile, match="more than 1,000 characters"):
        out.paragraph("y" * 9)


def test_ligatures_are_the_letters_that_they_stand_for() -> None:
    assert cleaned("the o\ufb03ce \ufb01led a \ufb02at \ufb00 \ufb04 ju\ufb06") == "the office filed a flat ff ffl just"


def test_a_block_goes_on_on_the_next_page() -> None:
    out = CanonicalText()
    out.page(1, "i")
    out.paragraph("It began.")
    out.paragraph("The inter-")
    out.shorten(1)
    out.page(2, "ii")
    out.go_on("national talks")
    out.page(3, "iii")
    out.go_on(" ended.")
    built = out.finish()
    assert built.text == "It began.\n\nThe international talks ended."
    assert [page.span.of(built.text) for page in built.pages] == ["It began.\n\nThe inter", "national talks", "ended."]


@given(st.text(min_size=1, max_size=4), st.text(max_size=4), st.integers(-1, 6))
def test_a_text_that_goes_on_stays_canonical(first: str, rest: str, shorter: int) -> None:
    out = CanonicalText()
    out.page(1, "1")
    out.paragraph(first)
    out.shorten(shorter)
    out.page(2, "2")
    out.go_on(rest)
    built = out.finish()
    assert unicodedata.is_normalized("NFC", built.text)
    assert "\n" not in built.text
    ends = [0, *(page.span.end for page in built.pages)]
    assert all(before <= page.span.start for before, page in zip(ends, built.pages, strict=False))
    assert not built.pages or built.pages[-1].span.end == len(built.text)
