"""A memo as one web page (.html) that needs nothing else: no script, no font, no request."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.memos.export.noted import noted, placed
from assistant.memos.memo import Memo, Reference
from assistant.memos.pandoc import Json, write_text
from assistant.memos.tag import footnote_words

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote on the page: its words without the tag, the tag, and what it quotes."""

    number: int
    text: str
    tag: str
    reference: Reference


def html(memo: Memo) -> bytes:
    """UTF-8. A number leads to its footnote, which then shows the quote in its paragraph. All text is escaped."""
    found = noted(memo)

    def nodes(number: int, _first: bool) -> list[Json]:
        attributes: Json = ["", ["citation"], [["role", "doc-noteref"]]]
        return [{"t": "Link", "c": [attributes, [{"t": "Str", "c": str(number)}], [f"#note-{number}", ""]]}]

    listed = [
        Note(number, footnote_words(reference), str(tag), reference)
        for number, (reference, tag) in enumerate(zip(found.references, found.tags, strict=True), start=1)
    ]
    page = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    ).get_template("memo.html.j2")
    # What pandoc writes is escaped, and `harmless` took the HTML out of the person's own Markdown.
    body = Markup(write_text(placed(found, nodes), "html5"))  # noqa: S704
    return page.render(title=memo.title, body=body, notes=listed).encode()
