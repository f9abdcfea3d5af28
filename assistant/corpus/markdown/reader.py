"""Markdown (.md, .markdown): CommonMark with tables and YAML front matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.corpus.base import Extract
from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.encoding import decode
from assistant.corpus.front_matter import split_front_matter
from assistant.corpus.html.reader import add_fragment, hidden_warning
from assistant.corpus.markdown.inline import Inline, inline
from assistant.corpus.markdown.notes import notes_apart, with_footnotes
from assistant.corpus.tables import add_table

MEDIA_TYPE = "text/markdown"


def read(path: Path) -> Extract:
    """The text of a Markdown file as it reads when rendered; links become their text, images their description."""
    decoded = decode(path.read_bytes())
    head = split_front_matter(decoded.text)
    parser = with_footnotes(MarkdownIt("commonmark").enable(["table", "strikethrough"]))
    text, notes = notes_apart(parser.parse(head.body))
    walk = _Walk(CanonicalText(), notes)
    walk.blocks(text)
    walk.rest()
    built = walk.out.finish()
    titles = [heading.span.of(built.text) for heading in built.headings if heading.level == 1]
    return Extract(
        text=built.text,
        media_type=MEDIA_TYPE,
        title=head.title or (titles[0] if titles else None),
        date=head.date,
        publisher=head.publisher,
        author=head.author,
        headings=built.headings,
        warnings=(*decoded.warnings, *head.warnings, *hidden_warning(walk.hidden)),
    )


class _Walk:
    """Goes once through the tokens of a Markdown file and appends its blocks."""

    def __init__(self, out: CanonicalText, notes: Mapping[str, Sequence[Token]]) -> None:
        self.out = out
        self.hidden = 0
        self._notes = dict(notes)  # those that are not written yet
        self._met: list[str] = []  # labels of notes that the block at hand has marks of
        self._noted = 0
        self._numbers: list[int | None] = []  # one for each open list; None for bullets
        self._item_open = False  # whether the next paragraph is the first of a list item
        self._rows: list[list[str]] = []

    def blocks(self, tokens: Sequence[Token]) -> None:
        for position, token in enumerate(tokens):
            kind = token.type
            if kind == "inline":
                said = inline(token.children or ())
                self.hidden += said.hidden
                self._met += said.notes
                self._inline(tokens[position - 1], said.text)
            elif kind in ("bullet_list_open", "ordered_list_open"):
                if not self._numbers:
                    self.out.part()
                start = int(token.attrs.get("start", 1)) if kind == "ordered_list_open" else None
                self._numbers.append(start)
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self._numbers.pop()
            elif kind == "list_item_open":
                self._item_open = True
            elif kind == "list_item_close" and self._numbers:
                number = self._numbers[-1]
                self._numbers[-1] = None if number is None else number + 1
            elif kind in ("fence", "code_block"):
                self.out.part()
                for line in token.content.split("\n"):
                    self.out.line(line)
            elif kind == "html_block":
                self.hidden += add_fragment(self.out, token.content)
            elif kind == "table_open":
                self._rows = []
            elif kind == "tr_open":
                self._rows.append([])
            elif kind == "table_close":
                add_table(self.out, self._rows, header=True)
                self._rows = []
            if token.level == 0 and token.nesting <= 0:
                self._beside()

    def rest(self) -> None:
        """Appends the notes that nothing refers to."""
        for label in list(self._notes):
            self._note(label, "Footnote")

    def _beside(self) -> None:
        """Appends the notes of the block that was read last, as those of Word files are: each once, by its number."""
        while self._met:
            label = self._met.pop(0)
            if label in self._notes:
                self._noted += 1
                self._note(label, f"Footnote {self._noted}")

    def _note(self, label: str, name: str) -> None:
        said = [_said(token) for token in self._notes.pop(label)]
        self.hidden += sum(each.hidden for each in said)
        self._met += [met for each in said for met in each.notes]
        text = cleaned(" ".join(each.text for each in said))
        self.out.paragraph(f"{name}: {text}" if text else "")

    def _inline(self, opener: Token, text: str) -> None:
        if opener.type in ("th_open", "td_open"):
            self._rows[-1].append(text)
        elif opener.type == "heading_open":
            self.out.heading(int(opener.tag[1:]), text)
        elif not self._numbers:
            self.out.paragraph(text)
        elif self._item_open:
            self._item_open = False
            self.out.item(text, depth=len(self._numbers) - 1, number=self._numbers[-1])
        else:
            self.out.paragraph(text)


def _said(token: Token) -> Inline:
    """What a token of a note says."""
    if token.type == "inline":
        return inline(token.children or ())
    if token.type == "html_block":
        out = CanonicalText()
        hidden = add_fragment(out, token.content)
        return Inline(out.finish().text, hidden)
    return Inline(token.content if token.type in ("fence", "code_block") else "")
