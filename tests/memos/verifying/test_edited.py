from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.memos.export import export
from assistant.memos.markdown import escaped
from assistant.memos.memo import Memo, Section
from assistant.memos.tag import digest, plain
from assistant.memos.verifying.edited import FORMATS, read_edited
from tests.memos.made import reference

LINES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=60).filter(
    lambda text: any(character.isalnum() for character in text)
)


def _unspaced(text: str) -> str:
    return "".join(plain(text).split())


@given(st.lists(LINES, min_size=1, max_size=4), LINES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_quoted_comes_back_from_every_format_with_its_footnote(
    tmp_path: Path, lines: list[str], title: str
) -> None:
    references = [reference(f"c{number}", " ".join(line.split())) for number, line in enumerate(lines, start=1)]
    text = "\n\n".join(f"{escaped(each.quote)}[^{each.token}]" for each in references)
    memo = Memo(title, "t", "x", (Section(title, "?", text, tuple(references)),))
    for suffix in FORMATS:
        path = tmp_path / f"memo{suffix}"
        export(memo, path)
        found = read_edited(path).sentences
        said = "".join(sentence.text for sentence in found)
        assert _unspaced(said) == _unspaced("".join(each.quote for each in references))
        cited = [footnote for sentence in found for footnote in sentence.footnotes]
        assert len(cited) == len(lines)
        for sentence in found:
            for footnote in sentence.footnotes:
                assert footnote.tag is not None
                assert footnote.quote is not None
                assert digest(footnote.quote) == footnote.tag.quote
                assert digest(sentence.text) in footnote.tag.under


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("memo.odt", b"x", r"must end in one of \.docx, \.md, \.html"),
        ("memo.docx", b"PK\x03\x04 no zip", "damaged or cut short"),
        ("memo.docx", b"text", "not a Word document"),
    ],
    ids=["format", "damaged", "no zip"],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_edited(path)


def test_a_word_file_without_a_body_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "memo.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/nothing.xml", "<x/>")
    with pytest.raises(InputError, match="cannot be read"):
        read_edited(path)


def test_a_text_in_another_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "memo.md"
    path.write_bytes("Zürich said “no”.".encode("utf-16"))
    assert [sentence.text for sentence in read_edited(path).sentences] == ["Zürich said “no”."]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.md"):
        read_edited(tmp_path / "none.md")


def test_another_memo_s_lists_tables_and_quotes_are_sentences_too(tmp_path: Path) -> None:
    path = tmp_path / "memo.md"
    path.write_text(
        "# Title\n\nOne. Two.\n\n> Quoted.\n\n1. First.\n   - Deeper.\n\n| a | b |\n|---|---|\n| c | d |\n\n"
        "## Sources\n\n| x |\n|---|\n| y |\n\nSaid below the table.\n\n## Bibliography\n\n- Z.\n",
        encoding="utf-8",
    )
    found = [sentence.text for sentence in read_edited(path).sentences]
    assert found == ["One.", "Two.", "Quoted.", "First.", "Deeper.", "a", "b", "c", "d", "Said below the table."]
