"""Bytes -> text: byte order marks, UTF-8, a declared charset, a guess; what had to be guessed is said."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from assistant.errors import UnreadableFile

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_SEVEN_BIT = re.compile(r"iso[-_]?2022|hz|utf[-_]?7", re.IGNORECASE)
# What browsers read under these labels (https://encoding.spec.whatwg.org/#names-and-labels).
_AS_CP1252 = frozenset({"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin-1", "latin1", "l1"})
_SAMPLE = 65_536
_FEW = 24


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in, and what the person should know about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`, which a file or a mail may say to be in the charset `declared`.

    Raises `UnreadableFile` for binary data. UTF-8 that is valid is believed before any declaration, since other
    encodings hardly ever look like it.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    wide = _wide_encoding(data)
    if wide:
        return _strictly(data, wide)
    if b"\0" in data or len(_CONTROLS.findall(data)) > 0.05 * len(data):
        raise UnreadableFile("it looks like binary data, not text; check that the file has the right suffix")

    warnings: list[str] = []
    if declared and _SEVEN_BIT.match(declared):
        text = _try(data, declared)
        if text is not None:
            return Decoded(text, declared.lower())
    text = _try(data, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8")
    if declared and declared.lower() not in ("utf-8", "utf8"):
        name = "cp1252" if declared.lower() in _AS_CP1252 else declared
        text = _try(data, name)
        if text is not None:
            return Decoded(text, name.lower())
        warnings.append(f"it says that its charset is {declared!r}, which is unknown or wrong")
    return _guessed(data, tuple(warnings))


def _strictly(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return Decoded(data.decode(encoding, "replace"), encoding, (f"some bytes are not valid {encoding.upper()}",))


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: in mostly Latin text one byte of each pair is nearly always NUL, the other never."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    if len(data) % 2 or len(sample) < 4 or b"\0" not in sample:
        return None
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if odd > 0.7 and even < 0.02:
        return "utf-16-le"
    if even > 0.7 and odd < 0.02:
        return "utf-16-be"
    return None


def _guessed(data: bytes, warnings: tuple[str, ...]) -> Decoded:
    lines = data.split(b"\n")
    as_utf8 = [_try(line, "utf-8") for line in lines]
    wrong = sum(text is None for text in as_utf8)
    if any(text is not None and not text.isascii() for text in as_utf8):
        mixed = "\n".join(
            line.decode("cp1252", "replace") if text is None else text
            for line, text in zip(lines, as_utf8, strict=True)
        )
        said = f"{wrong} of {len(lines)} lines are not valid UTF-8 and were read as Windows-1252"
        return Decoded(mixed, "mixed", (*warnings, said))

    sample = b"\n".join(line for line, text in zip(lines, as_utf8, strict=True) if text is None)[:_SAMPLE]
    encoding = "cp1252"
    # A few bytes do not tell encodings apart; Western European is what most such files are.
    if len(_HIGH.findall(sample)) > _FEW or _try(sample, "cp1252") is None:
        best = from_bytes(sample).best()
        encoding = best.encoding if best else "cp1252"
    text = _try(data, encoding)
    if text is None:
        text = data.decode("cp1252", "replace")
        encoding = "cp1252"
    return Decoded(text, encoding, (*warnings, f"its encoding was guessed to be {encoding}"))
