from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.encoding import decode
from assistant.errors import UnreadableFile

SENTENCE = "Überprüfung: the minister’s café in Łódź – “agreed”."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_utf_is_read_exactly_and_without_a_warning(encoding: str) -> None:
    decoded = decode(SENTENCE.encode(encoding))
    assert decoded.text == SENTENCE
    assert decoded.warnings == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised(encoding: str) -> None:
    assert decode(("The talks were held. " * 5).encode(encoding)).text == "The talks were held. " * 5


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cc"])))
def test_any_utf_8_text_comes_back(text: str) -> None:
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize("declared", ["cp1252", "iso-8859-1", "latin-1", None])
def test_western_european_bytes_are_read_with_and_without_a_declaration(declared: str | None) -> None:
    text = "The café said “no” – Müller agreed."
    decoded = decode(text.encode("cp1252"), declared)
    assert decoded.text == text
    assert bool(decoded.warnings) == (declared is None)


def test_a_guess_is_said() -> None:
    text = "Министр обороны отказался от встречи в Сингапуре. " * 4
    decoded = decode(text.encode("cp1251"))
    assert decoded.text == text
    assert "guessed" in decoded.warnings[0]


def test_a_seven_bit_charset_is_read_as_declared() -> None:
    assert decode("防衛大臣".encode("iso-2022-jp"), "ISO-2022-JP").text == "防衛大臣"


@pytest.mark.parametrize("declared", ["x-unknown", "zip", "rot13", "utf-8\0", ""])
def test_an_unknown_charset_falls_back_with_a_warning(declared: str) -> None:
    decoded = decode("déjà vu".encode("cp1252"), declared)
    assert decoded.text == "déjà vu"
    assert decoded.warnings


def test_valid_utf_8_is_believed_before_a_wrong_declaration() -> None:
    assert decode("café".encode(), "iso-8859-1").text == "café"


def test_mixed_encodings_are_read_line_by_line_with_a_warning() -> None:
    decoded = decode("naïve\n".encode() + "café\n".encode("cp1252") + b"plain")
    assert decoded.text == "naïve\ncafé\nplain"
    assert decoded.warnings == ("1 of 3 lines are not valid UTF-8 and were read as Windows-1252",)


def test_a_broken_utf_16_file_is_read_with_a_warning() -> None:
    assert decode(codecs.BOM_UTF16_LE + b"a\0b\0c").warnings


@pytest.mark.parametrize(
    "data", [b"text\0with nul", bytes(range(256)) * 4, b"\x01\x02\x03abc"], ids=["nul", "all", "controls"]
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="binary"):
        decode(data)
