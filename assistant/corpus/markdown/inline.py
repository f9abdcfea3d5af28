"""The text inside a block of Markdown as it reads when rendered, with what its HTML tags raise and hide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from assistant.corpus.html.reader import hides
from assistant.corpus.markdown.notes import MARK
from assistant.corpus.superscripts import PIECES, raised

_TAG = re.compile(r"<(?P<closes>/?)(?P<name>[a-z][a-z0-9-]*)", re.IGNORECASE)
_NEVER_SHOWN = frozenset(("script", "style", "template"))
_PLACE = "\0"  # of a mark; no text of Markdown has this character
_MARKED = re.compile(rf"\s*{_PLACE}(?=[\s{_PLACE}]*(?:[.,;:!?)]|$))|{_PLACE}")
_WITHOUT_END = frozenset(("br", "img", "wbr", "hr", "input"))


@dataclass(frozen=True, slots=True)
class Inline:
    """The text, how many hidden elements were left out of it, and the labels of the notes that it has marks of."""

    text: str
    hidden: int = 0
    notes: tuple[str, ...] = ()


def inline(tokens: Sequence[Token]) -> Inline:
    """What a reader sees without the marks of notes; links become their text, images their description."""
    ends = _ends(tokens)
    pieces: list[str] = []
    open_sups: list[tuple[int, int]] = []  # where each is closed, and with which piece it begins
    hidden = position = 0
    while position < len(tokens):
        token, end = tokens[position], ends.get(position)
        name = _name(token)
        if end is not None and name in _NEVER_SHOWN:
            position = end
        elif name and name not in _WITHOUT_END and hides(token.content):
            hidden += 1
            position = len(tokens) if end is None else end  # a browser closes it where the block ends
        elif end is not None and name == "sup":
            open_sups.append((end, len(pieces)))
        else:
            pieces += [text] if (text := _text(token)) else []
        while open_sups and open_sups[-1][0] <= position:
            _, first = open_sups.pop()
            inside = "".join(pieces[first:])
            outer = open_sups[-1][1] if open_sups else 0
            before = "".join(pieces[max(first - PIECES, outer) : first])
            pieces[first:] = [raised(inside, after=before)] if inside else []
        position += 1
    notes = tuple(token.content for token in tokens if token.type == MARK)
    return Inline(_MARKED.sub("", "".join(pieces)), hidden, notes)


def _ends(tokens: Sequence[Token]) -> dict[int, int]:
    """Where the element that each tag opens is closed; a tag that closes nothing does not count."""
    ends: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for position, token in enumerate(tokens):
        tag = _TAG.match(token.content) if token.type == "html_inline" else None
        if not tag:
            continue
        places = opened.setdefault(tag["name"].lower(), [])
        if not tag["closes"]:
            places.append(position)
        elif places:
            ends[places.pop()] = position
    return ends


def _name(token: Token) -> str:
    """The name of the element that a tag opens; nothing for any other token."""
    tag = _TAG.match(token.content) if token.type == "html_inline" else None
    return tag["name"].lower() if tag and not tag["closes"] else ""


def _text(token: Token) -> str:
    if token.type in ("text", "code_inline", "text_special"):
        return token.content
    if token.type == MARK:
        return _PLACE
    if token.type == "image":
        return inline(token.children or ()).text or token.content
    return " " if token.type in ("softbreak", "hardbreak") or _name(token) == "br" else ""
