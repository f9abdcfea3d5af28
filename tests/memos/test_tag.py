from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.memos.tag import Tag, digest, footnote_text, read_footnote, tag_of
from assistant.types import Span
from tests.memos.made import WORDS, reference

DIGESTS = st.lists(st.text("0123456789abcdef", min_size=8, max_size=8), max_size=3).map(tuple)
QUOTES = WORDS.map(str.strip).filter(bool)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.integers(0, 99), QUOTES, DIGESTS, DIGESTS)
def test_a_footnote_is_read_as_it_was_written(
    path: str, start: int, quote: str, under: tuple[str, ...], along: tuple[str, ...]
) -> None:
    cited = reference(quote=quote, start=start)
    cited = replace(cited, source=replace(cited.source, path=path, title='A "title" with “marks”', publisher=None))
    tag = tag_of(cited, under, along)
    found = read_footnote(f"{footnote_text(cited, tag)} and what comes after it")
    assert (found.tag, found.quote) == (tag, quote)


def test_a_footnote_says_title_publisher_date_and_page() -> None:
    cited = reference()
    assert footnote_text(cited, tag_of(cited)).startswith(
        "About a.md. Port, 2023-05-02, p. iv. “Ships wait.” [briefing:a.md#"
    )


def test_a_footnote_without_a_tag_or_with_a_broken_one_has_none() -> None:
    cited = reference()
    whole = footnote_text(cited, tag_of(cited, ["0123abcd"]))
    assert read_footnote("See the annex.").tag is None
    for broken in (whole.replace("#0-", "#99-"), whole.replace("quote=", "quote=zz"), whole.replace(",under", "")):
        assert read_footnote(broken).tag is None
    wrapped = read_footnote(whole.replace(",", ",\n "))
    assert wrapped.tag == Tag("a.md", Span(0, 11), "0123456789ab", digest("Ships wait."), ("0123abcd",))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("He said “no” – twice…", 'He  said "no" - twice...', True),
        ("the ship's crew", "the ship’s\u00a0crew", True),
        ("42 ships", "43 ships", False),
        ("It is.", "It is", False),
        ("China", "china", False),
    ],
)
def test_only_spaces_and_typed_marks_may_differ_under_one_digest(one: str, other: str, same: bool) -> None:
    assert (digest(one) == digest(other)) is same
