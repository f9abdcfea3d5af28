"""A section of a memo, which is Markdown with tokens -> HTML with the citation chips of answers.

Pure. Markdown becomes elements by a CommonMark parser that shows HTML as text; links lead nowhere and pictures are
their words, as in the exports.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from assistant.memos.memo import GAPS, TOKEN, Reference
from assistant.ui.render_citation import LONG_WORD, place
from assistant.ui.wording import dated

# A word and the chips behind it, which stay on its line; what is in angle brackets is no text.
_ENDS = re.compile(rf'(?<![^\s>])[^\s<>]{{1,{LONG_WORD}}}(?:<button type="button" class="cite" [^>]*>\d+</button>)+')
_BELOW = 3  # the headings of a section's text begin below those of the page, the memo and the section


@dataclass(frozen=True, slots=True)
class Notes:
    """What the tokens of a memo stand for, and the number of each that is used. Ages are counted to `today`."""

    known: Mapping[str, Reference]
    numbers: Mapping[str, int]
    today: date | None = None


def preview(text: str, notes: Notes) -> str:
    """The section as a reader of the memo sees it; a token that stands for nothing is marked as such."""
    return _ENDS.sub(r'<span class="together">\g<0></span>', str(_MARKDOWN.render(text, {"notes": notes})))


def chip(reference: Reference, number: int, today: date | None = None) -> str:
    """The number of a citation as a button that shows its words in the source pane."""
    when = f", {dated(reference.source.date, today)}" if reference.source.date and today else ""
    return (
        f'<button type="button" class="cite" data-do="cite" {place(reference.source, reference.span)} '
        f'data-token="{reference.token}" aria-label="Citation {number}: {escape(reference.source.title)}{when}">'
        f"{number}</button>"
    )


def _citation(state: StateInline, silent: bool) -> bool:
    """A rule of the parser: a token where one stands, before a link could be read from its brackets."""
    found = TOKEN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("citation", "", 0).content = found[1]
    state.pos = found.end()
    return True


class _Renderer(RendererHTML):
    """Writes what the parser of `_markdown` read; the names of its methods are those of the parser's tokens."""

    def citation(self, tokens: Sequence[Token], at: int, _options: OptionsDict, env: Mapping[str, Any]) -> str:
        token, notes = tokens[at].content, env["notes"]
        reference = notes.known.get(token)
        if reference is None:
            return f'<span class="unknown" title="This token stands for no source">[^{token}]</span>'
        return chip(reference, notes.numbers.get(token, 0), notes.today)

    def image(self, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: Mapping[str, Any]) -> str:
        return escape(tokens[at].content)

    def link_open(self, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: Mapping[str, Any]) -> str:
        return f'<span class="away" title="{escape(str(tokens[at].attrGet("href") or ""))}">'

    def link_close(self, *_: object) -> str:
        return "</span>"

    def heading_open(self, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: Mapping[str, Any]) -> str:
        return f"<{_heading(tokens[at])}>"

    def heading_close(self, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: Mapping[str, Any]) -> str:
        return f"</{_heading(tokens[at])}>"

    def table_open(self, *_: object) -> str:
        return '<div class="wide" tabindex="0" role="region" aria-label="Table"><table>'

    def table_close(self, *_: object) -> str:
        return "</table></div>"

    def paragraph_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        if tokens[at + 1].content.startswith(GAPS):
            return '<p class="gap">'
        return str(self.renderToken(tokens, at, options, env))


def _heading(token: Token) -> str:
    return f"h{min(int(token.tag[1:]) + _BELOW, 6)}"


def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
    made.inline.ruler.before("link", "citation", _citation)
    return made


_MARKDOWN = _markdown()
