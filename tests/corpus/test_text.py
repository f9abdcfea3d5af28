from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.loading import check, documents_of
from assistant.corpus.text import add_plain_text, read

NOTE = """\
---
title: Talks
date: 2023-05-31
---
SITUATION REPORT
================

Date: 31 May 2023
To: the desk

KEY JUDGMENTS

The Pentagon said that the minister had declined a meeting with the Secretary
of Defense in Singapore, and that it would keep the lines of communication
open. It is a matter of US-
China relations.
NATO SAID NOTHING.

Reasons given:
- sanctions, which Washington imposed in
  2018
- no trust
  - nested

1. first
2) second

WHAT COMES NEXT?

Nothing.

Sources

- Agency, "Title", 31 May
  2023,
  https://example.org/a/very/long/address/that/does/not/fit/in/a/line/of/seventy-six/columns/and/goes/on/and/on
"""


@pytest.mark.parametrize(
    "head", ["---\ndate: 31-05-2023\n---\n", "Date: 31-05-2023\n\n", "Posted on 31 May 2023 by J. Smith\n\n"]
)
def test_the_date_of_a_note_is_read_as_people_write_it(head: str, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(f"{head}The minister declined a meeting.\n", encoding="utf-8")
    (document,) = documents_of(tmp_path / "note.txt", "note.txt")
    assert document.source.date == date(2023, 5, 31)


def test_plain_text_becomes_paragraphs_lists_and_headings(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NOTE)
    extract = read(path)
    assert extract.text == (
        "SITUATION REPORT\n\nDate: 31 May 2023\n\nTo: the desk\n\nKEY JUDGMENTS\n\n"
        "The Pentagon said that the minister had declined a meeting with the Secretary of Defense in Singapore, and "
        "that it would keep the lines of communication open. It is a matter of US-China relations.\n\n"
        "NATO SAID NOTHING.\n\nReasons given:\n\n"
        "- sanctions, which Washington imposed in 2018\n- no trust\n  - nested\n1. first\n2. second\n\n"
        "WHAT COMES NEXT?\n\nNothing.\n\nSources\n\n"
        '- Agency, "Title", 31 May 2023, https://example.org/a/very/long/address/that/does/not/fit/in/a/line/of/'
        "seventy-six/columns/and/goes/on/and/on"
    )
    headings = [(h.level, h.span.of(extract.text)) for h in extract.headings]
    assert headings == [
        (1, "SITUATION REPORT"),
        (2, "KEY JUDGMENTS"),
        (2, "WHAT COMES NEXT?"),
        (2, "Sources"),
    ]
    assert (extract.title, extract.date) == ("Talks", date(2023, 5, 31))


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("One line that ends.\n" + "x" * 130 + " y\n" + "z " * 70, 3),
        ("A short line.\nAnother short line that goes on to the margin of this paragraph\nand ends here.", 2),
        ("no end\nof a sentence", 1),
    ],
)
def test_lines_are_joined_only_where_they_were_wrapped(text: str, canonical: int) -> None:
    out = CanonicalText()
    add_plain_text(out, text)
    assert len(out.finish().text.split("\n\n")) == canonical


def plain(text: str) -> str:
    out = CanonicalText()
    add_plain_text(out, text)
    return out.finish().text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (
            "Key points from today's meeting\n- Exports fell by a\n  third in May\n  - of wheat\n- Imports rose\n",
            "Key points from today's meeting\n\n- Exports fell by a third in May\n  - of wheat\n- Imports rose",
        ),
        ("Key points\n1. Exports fell\n2. Imports rose", "Key points\n\n1. Exports fell\n2. Imports rose"),
        ("Key points\n  * Exports\n  * Imports", "Key points\n\n  - Exports\n  - Imports"),
    ],
)
def test_a_list_may_follow_a_line_that_ends_no_sentence(text: str, canonical: str) -> None:
    assert plain(text) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "the minister said\n- as he often does - that\nexports fell",
        "exports fell by\n- 5 per cent\n* and more",
        "the talks began on\n12. May and ended on\n14. May",
        "the talks began on\n12. May\n14. June",
        "it fell by\n1. a\n2) b",
    ],
)
def test_a_dash_or_a_number_after_a_wrapped_line_begins_no_list(text: str) -> None:
    assert plain(text) == text.replace("\n", " ")


PRINTED = st.characters(codec="utf-8", exclude_categories=["Cc"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.text(st.sampled_from("ab A.\n\t-*=12)>é:\u200b\x0c\r"), max_size=200) | st.text(PRINTED, max_size=60))
def test_any_text_gives_exact_spans_and_loses_no_letter(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(("Beginning. " + text).encode())
    (document,) = documents_of(path, "a.txt")
    check(document)
    assert documents_of(path, "a.txt") == (document,)
    letters = [c for c in cleaned(text) if c.isascii() and c.isalpha()]  # ligatures are several
    assert [c for c in document.text if c.isascii() and c.isalpha()] == [*"Beginning", *letters]
