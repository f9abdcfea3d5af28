"""A sample briefing as its YAML describes it, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

Row = tuple[str | int | float | None, ...]


@dataclass(frozen=True)
class Table:
    """A table; its first row is the header."""

    caption: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Items:
    """A bulleted list."""

    items: tuple[str, ...]


Block = str | Items | Table


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it; a slide in .pptx."""

    heading: str
    level: int
    page_break: bool
    body: tuple[Block, ...]
    notes: str


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; its first row is the header."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Briefing:
    """One briefing as its YAML describes it, checked."""

    file: str
    title: str
    publisher: str
    author: str
    date: date
    page_labels: tuple[str | None, ...]
    sections: tuple[Section, ...]
    sheets: tuple[Sheet, ...]
    sources: tuple[str, ...]
    mail: Mapping[str, Any]

    @property
    def byline(self) -> str:
        """Publisher, author and date in one line, as every format prints it."""
        return f"{self.publisher} | {self.author} | {long_date(self.date)}"


def long_date(day: date) -> str:
    """A day as `5 June 2023`."""
    return f"{day.day} {day:%B %Y}"


def checked(data: Mapping[str, Any], allowed: Sequence[str], where: str) -> Mapping[str, Any]:
    """The same mapping, or a ValueError that names its unknown keys."""
    if unknown := sorted(set(data) - set(allowed)):
        raise ValueError(f"{where}: unknown keys {', '.join(unknown)}; known are {', '.join(allowed)}")
    return data


def read_rows(rows: Sequence[Sequence[Any]], where: str) -> tuple[Row, ...]:
    """Rows of one length, dates as text."""
    if len(rows) < 2 or len({len(row) for row in rows}) != 1:
        raise ValueError(f"{where}: a table needs a header row and rows of the same length")
    return tuple(tuple(cell.isoformat() if isinstance(cell, date) else cell for cell in row) for row in rows)


def read_block(data: Any, where: str) -> Block:
    """A paragraph, list or table of a section's body."""
    if isinstance(data, str):
        return " ".join(data.split())
    checked(data, ("list", "table"), where)
    if "list" in data:
        return Items(tuple(" ".join(str(item).split()) for item in data["list"]))
    table = checked(data["table"], ("caption", "rows"), where)
    return Table(table.get("caption", ""), read_rows(table["rows"], where))


def read_section(data: Mapping[str, Any], where: str) -> Section:
    """One entry of `sections`."""
    checked(data, ("heading", "level", "page_break", "body", "notes"), where)
    where = f"{where}: section {data['heading']!r}"
    return Section(
        heading=data["heading"],
        level=data.get("level", 1),
        page_break=data.get("page_break", False),
        body=tuple(read_block(block, where) for block in data.get("body", ())),
        notes=" ".join(data.get("notes", "").split()),
    )


def read_source(data: Mapping[str, Any], where: str) -> str:
    """One entry of `sources` as the line that is printed."""
    checked(data, ("publisher", "title", "date", "url"), where)
    day = data["date"]
    when = long_date(day) if isinstance(day, date) else str(day or "undated")
    return f'{data["publisher"]}, "{data["title"]}", {when}, {data["url"]}'


def read_briefing(data: Mapping[str, Any], where: str) -> Briefing:
    """A whole YAML file."""
    allowed = ("file", "title", "publisher", "author", "date", "page_labels", "sections", "sheets", "sources", "mail")
    checked(data, allowed, where)
    if not isinstance(data["date"], date):
        raise ValueError(f"{where}: date must be YYYY-MM-DD, not {data['date']!r}")
    return Briefing(
        file=data["file"],
        title=data["title"],
        publisher=data["publisher"],
        author=data["author"],
        date=data["date"],
        page_labels=tuple(None if label is None else str(label) for label in data.get("page_labels", ())),
        sections=tuple(read_section(section, where) for section in data.get("sections", ())),
        sheets=tuple(Sheet(sheet["name"], read_rows(sheet["rows"], where)) for sheet in data.get("sheets", ())),
        sources=tuple(read_source(source, where) for source in data.get("sources", ())),
        mail=checked(data.get("mail", {}), ("from", "to", "subject", "encoding", "attachments"), where),
    )


def attached(data: Mapping[str, Any], parent: Briefing, where: str) -> Briefing:
    """An attachment of a mail; what it does not say about itself it takes from the mail."""
    inherited = {"title": parent.title, "publisher": parent.publisher, "author": parent.author, "date": parent.date}
    return read_briefing({**inherited, **data}, f"{where}: attachment {data['file']}")


def stamped(day: date) -> datetime:
    """Nine o'clock UTC on that day, for every timestamp that a format asks for."""
    return datetime.combine(day, time(9, 0), tzinfo=UTC)


def shown(value: str | int | float | None) -> str:
    """A cell's value as text."""
    return "" if value is None else str(value)
