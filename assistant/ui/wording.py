"""How dates, formats, pages, sources and passages are said to people: plain text, never HTML."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from assistant.types import Answer, DateRange, Page, Source

_LONGEST_HEADING = 120

_FORMATS = {
    "text/markdown": "Markdown",
    "text/plain": "Text",
    "text/html": "Web page",
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
    "message/rfc822": "Mail",
}


def format_name(media_type: str) -> str:
    """The format as people call it; an unknown one is shown as it is."""
    return _FORMATS.get(media_type, media_type)


def day(value: date) -> str:
    """A day in full, "31 May 2023": the same for every locale of the reader."""
    return f"{value.day} {value:%B} {value.year}"


def period(dates: DateRange) -> str:
    """A stretch of time as a person would say it: "May 2023", "2023", "31 May 2023", "since 1 May 2023"."""
    start, end = dates.start, dates.end
    if start is None and end is None:
        return "any time"
    if start is None or end is None:
        return f"since {day(start)}" if start else f"until {day(end)}" if end else ""
    if start == end:
        return day(start)
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        if (start.year, start.month) == (end.year, end.month):
            return f"{start:%B} {start.year}"
        if (start.month, end.month) == (1, 12):
            return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
        return f"{start:%B} {start.year} to {end:%B} {end.year}"
    return f"{day(start)} to {day(end)}"


def page_name(index: int | None, label: str | None) -> str | None:
    """A page by its printed label, with its place in the file where the two differ: "page iv (5th in the file)"."""
    if index is None:
        return f"page {label}" if label else None
    if not label or label == str(index):
        return f"page {index}"
    return f"page {label} ({_ordinal(index)} in the file)"


def page_of(page: Page) -> str:
    """The name of a page of a document."""
    return page_name(page.index, page.label) or ""


def byline(source: Source) -> str:
    """Publisher, author, date and format of a source in one line; what is not known is left out."""
    author = source.author if source.author != source.publisher else None
    said = (source.publisher, author, day(source.date) if source.date else None, format_name(source.media_type))
    return " · ".join(part for part in said if part)


def excerpt(text: str, length: int) -> str:
    """How a passage begins, in one line of at most `length` characters, without the headings it opens with."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    while len(lines) > 1 and _is_heading(lines[0]):
        del lines[0]
    said = " ".join(f"• {line[2:]}" if line.startswith("- ") else " ".join(line.split()) for line in lines)
    return said if len(said) <= length else f"{said[: length - 1].rsplit(' ', 1)[0]}…"


def _is_heading(line: str) -> bool:
    """Whether a line is short and no sentence, item or row of a table."""
    return len(line) <= _LONGEST_HEADING and line[-1].isalnum() and " | " not in line and not line.startswith("- ")


def with_references(answer: Answer) -> str:
    """The answer as plain text with numbered references, for the clipboard."""
    pieces, position = [], 0
    for citation in sorted(answer.citations, key=lambda one: (one.answer_span.end, one.marker)):
        pieces.append(answer.text[position : citation.answer_span.end])
        pieces.append(f" [{citation.marker}]")
        position = citation.answer_span.end
    pieces.append(answer.text[position:])
    lines = [answer.question, "", "".join(pieces), ""]
    for citation in sorted(answer.citations, key=lambda one: one.marker):
        page = page_name(citation.page_index, citation.page_label)
        said = (
            citation.source.title,
            citation.source.publisher,
            day(citation.source.date) if citation.source.date else None,
            page,
            citation.source.path,
        )
        lines.append(f"[{citation.marker}] “{citation.quote}” — {', '.join(part for part in said if part)}")
    return "\n".join(lines)


def _ordinal(number: int) -> str:
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
