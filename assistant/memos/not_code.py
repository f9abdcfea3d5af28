"""Which places of a section's Markdown are text and not code, as the preview and the exports show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.memos.memo import TOKEN

_CODE = frozenset({"code_inline", "code_block", "fence"})
_MAY_BE_CODE = re.compile(r"`|~~~|\t| {4}")
_CITATION = re.compile(rf"(?<!\\)(?:\\\\)*{TOKEN.pattern}")


def not_in_code(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The places where the pattern is found outside code spans and blocks. HTML is text, so code in it is code."""
    found = list(pattern.finditer(text))
    if not found or not _MAY_BE_CODE.search(text):
        return found
    # The parser does not say where in the text a code span is. So each place is marked, and the marks looked for.
    first = unused(text)
    last = unused(text + first)
    marks = (f"{first}{number}{last}" for number in range(len(found)))
    marked = replaced_at(text, found, list(marks))
    parsed = MarkdownIt("commonmark", {"html": False}).enable("table").parse(marked)
    code = "".join(token.info + token.content for token in _all(parsed) if token.type in _CODE)
    inside = {int(number) for number in re.findall(f"{first}([0-9]+){last}", code)}
    return [place for number, place in enumerate(found) if number not in inside]


def cited_tokens(text: str) -> tuple[str, ...]:
    """The tokens that are citations, in order, as often as they stand there; escaped or in code they are none."""
    return tuple(place[1] for place in not_in_code(_CITATION, text))


def replaced_at(text: str, places: Sequence[re.Match[str]], new: Sequence[str]) -> str:
    """The text with other words in these places, which are in order."""
    pieces, start = [], 0
    for place, words in zip(places, new, strict=True):
        pieces += [text[start : place.start()], words]
        start = place.end()
    return "".join([*pieces, text[start:]])


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def unused(text: str) -> str:
    """A character that the text does not have, of those that Unicode leaves to private use."""
    return next(chr(code) for code in range(0xE000, 0xF900) if chr(code) not in text)
