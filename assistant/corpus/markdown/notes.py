"""Footnotes in Markdown ("[^1]" in a text, "[^1]: ..." somewhere), which CommonMark does not know."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

MARK = "footnote_mark"
"""The type of the token of a mark; its content is the label of the note."""

_OPENS, _CLOSES = "footnote_open", "footnote_close"
_LABELS = "footnotes"  # in the environment of a parse
_DEFINITION = re.compile(r"\[\^([^\s\]]+)\]:")
_REFERENCE = re.compile(r"\[\^([^\s\]]+)\]")
_INDENT = 4  # of what belongs to a note after its first line


def with_footnotes(parser: MarkdownIt) -> MarkdownIt:
    """The parser, reading footnotes, too."""
    parser.block.ruler.before("reference", "footnote", _note, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.before("link", "footnote", _mark)
    return parser


def notes_apart(tokens: Sequence[Token]) -> tuple[list[Token], dict[str, list[Token]]]:
    """The tokens of the text, and those of each note by its label; marks lead to the first of those with one label."""
    text: list[Token] = []
    notes: dict[str, list[Token]] = {}
    inside = text
    for token in tokens:
        if token.type == _OPENS:
            label = token.content if token.content not in notes else f"{token.content} {len(notes)}"
            inside = notes.setdefault(label, [])
        elif token.type == _CLOSES:
            inside = text
        else:
            inside.append(token)
    return text, notes


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The rule of a note: its first line behind the label, then all that is indented."""
    begin = state.bMarks[start] + state.tShift[start]
    found = _DEFINITION.match(state.src[begin : state.eMarks[start]])
    if not found or state.is_code_block(start):
        return False
    if silent:
        return True
    state.env.setdefault(_LABELS, set()).add(found[1])
    opener = state.push(_OPENS, "", 1)
    opener.content = found[1]
    kept = state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType
    rest = state.src[begin + found.end() : state.eMarks[start]]
    state.bMarks[start] = begin + found.end()
    state.tShift[start] = len(rest) - len(rest.lstrip(" \t"))
    state.blkIndent += _INDENT
    state.sCount[start] = state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, start, end)
    state.blkIndent -= _INDENT
    state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType = kept
    state.push(_CLOSES, "", -1)
    return True


def _mark(state: StateInline, silent: bool) -> bool:
    """The rule of a mark: only one of a note that there is."""
    found = _REFERENCE.match(state.src, state.pos)
    if not found or found[1] not in state.env.get(_LABELS, ()):
        return False
    if not silent:
        state.push(MARK, "", 0).content = found[1]
    state.pos = found.end()
    return True
