"""A citation -> HTML: its chip, and the attributes that say which words of which document an element stands for.

Pure; every piece of text is escaped here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from html import escape

from assistant.types import Citation, Source, Span
from assistant.ui.wording import dated

LONG_WORD = 24
"""Characters of a word; the chips behind a longer one may stand on a line of their own."""
_BAR = " | "
_ROW = re.compile(r"^.* \| .*$", re.MULTILINE)
_COLUMN = re.compile(r"(?:^| \| )[^|:]{1,60}:(?= )|(?<=.) \| ")


def chip(citation: Citation, today: date | None = None, *, numbered: bool = True) -> str:
    """The number of a citation, or an arrow, as a button that shows its words.

    Its name for a screen reader gives title, date and age of the source.
    """
    name, sign = (f"Citation {citation.marker}", str(citation.marker)) if numbered else ("Quote", "↗")
    when = f", {dated(citation.source.date, today)}" if citation.source.date and today else ""
    return (
        f'<button type="button" class="cite" data-do="cite" {place_of(citation)} '
        f'aria-label="{name}: {escape(citation.source.title)}{when}">{sign}</button>'
    )


def place_of(citation: Citation) -> str:
    """The attributes of an element that stands for a citation."""
    return place(citation.source, citation.span, citation.also_in)


def place(source: Source, span: Span, also_in: Sequence[Source] = ()) -> str:
    """The attributes of an element that stands for words of a document."""
    also = " ".join(dict.fromkeys(one.document_id for one in also_in))
    return (
        f'data-document="{escape(source.document_id)}" data-hash="{escape(source.content_hash)}" '
        f'data-start="{span.start}" data-end="{span.end}" data-also="{escape(also)}"'
    )


def with_chips(text: str, start: int, end: int, chips: str, styled: Callable[[int, int], str]) -> str:
    """A stretch of text with the chips behind it, which stay on the line of its last word.

    `styled` makes the HTML of the characters between two positions.
    """
    last = text[start:end].rpartition(" ")[2]
    if len(last) > LONG_WORD:
        return f"{styled(start, end)}{chips}"
    cut = end - len(last)
    before = styled(start, cut) if cut > start else ""
    together = f"{styled(cut, end) if cut < end else ''}{chips}"
    return f'{before}<span class="together">{together}</span>'


def in_sentence(sentences: Sequence[Span], part: Span, html: str) -> str:
    """The HTML of characters, in an element that names the sentence that they are in, if they are in one."""
    found = next((one for one in sentences if one.contains(part)), None)
    return f'<span class="sentence" data-sentence="{found.start}-{found.end}">{html}</span>' if found else html


def marked(text: str, spans: Sequence[Span], start: int, end: int, tag: str) -> str:
    """The characters from `start` to `end` as HTML, those of the spans inside elements named `tag`.

    In the row of a table the names of its columns become elements, too, so that they can step back behind its values.
    """
    wrapped = [(span, f"<{tag}>", f"</{tag}>") for span in spans]
    wrapped += [(name, '<span class="column">', "</span>") for name in _columns(text) if not _meets(name, spans)]
    pieces, position = [], start
    for span, opening, closing in sorted(wrapped):
        first, last = max(span.start, position), min(span.end, end)
        if first < last:
            pieces += [escape(text[position:first]), opening, escape(text[first:last]), closing]
            position = last
    return "".join([*pieces, escape(text[position:end])])


def _columns(text: str) -> list[Span]:
    """The names of columns in rows ("Month: 2024-04 | Ships: 1124"), each with its bar and its colon."""
    if _BAR not in text:
        return []
    return [
        Span(row.start() + name.start(), row.start() + name.end())
        for row in _ROW.finditer(text)
        for name in _COLUMN.finditer(row[0])
    ]


def _meets(name: Span, spans: Sequence[Span]) -> bool:
    return any(name.overlaps(span) for span in spans)
