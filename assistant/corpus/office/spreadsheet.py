"""Workbooks and tables of values (.xlsx, .csv, .tsv): each row a line that names its columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree

from assistant.corpus.base import Extract
from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.encoding import decode
from assistant.corpus.office.archive import check_office_file
from assistant.corpus.office.properties import Properties, properties
from assistant.corpus.tables import add_row, is_header, shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_COLUMNS = 16_384  # of a sheet at most
_DELIMITERS = ",;\t|"
_SAMPLE = 65_536
_SAID = re.compile(r"sep=([,;\t|])\n", re.IGNORECASE)  # a first line with which Excel is told what parts the values


def read(path: Path) -> Extract:
    """The rows of every sheet that is shown, or of a file of separated values."""
    return _workbook(path) if path.suffix.lower() == ".xlsx" else _separated(path)


def _workbook(path: Path) -> Extract:
    check_office_file(path, "xl")
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        out = CanonicalText()
        hidden = unseen = uncomputed = 0
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                hidden += 1
                continue
            out.heading(1, sheet.title)
            sheet.reset_dimensions()  # they can claim a million rows
            rows = _Rows(sheet)
            add_rows(out, rows)
            unseen += rows.hidden
            uncomputed += rows.uncomputed
        said = book.properties
        head = properties(said.title, said.creator, said.created) if said else Properties()
    finally:
        book.close()
    built = out.finish()
    has_rows = len(built.text) > sum(len(heading.span) + 2 for heading in built.headings)
    return Extract(
        text=built.text if has_rows else "",
        media_type=XLSX,
        title=head.title,
        created=head.created,
        author=head.author,
        headings=built.headings if has_rows else (),
        warnings=_warnings(hidden, unseen, uncomputed),
    )


def _warnings(sheets: int, unseen: int, uncomputed: int) -> tuple[str, ...]:
    found = []
    if sheets:
        found.append(f"{sheets} of its sheets are hidden and were left out")
    if unseen:
        found.append(f"{unseen:,} cells of its hidden rows and columns were left out")
    if uncomputed:
        found.append(
            f"{uncomputed:,} of its cells have a formula whose value is not in the file and were left out; "
            "open it in a spreadsheet program and save it there"
        )
    return tuple(found)


class _Rows:
    """The rows of a sheet as far as they are shown; once they are read, `hidden` counts the cells that are not.

    `uncomputed` counts formulas without a value: programs that write workbooks leave the computing to others.
    """

    def __init__(self, sheet: Any) -> None:
        self.hidden = 0
        self._sheet = sheet
        self._rows, self._columns, self.uncomputed = _places(sheet)

    def __iter__(self) -> Iterator[list[str]]:
        for number, row in enumerate(self._sheet.iter_rows(), start=1):
            cells = [shown(cell.value, cell.number_format or "") for cell in row]
            unseen = [
                cell for column, cell in enumerate(cells, start=1) if number in self._rows or column in self._columns
            ]
            self.hidden += sum(map(bool, unseen))
            if number not in self._rows:
                yield [cell for column, cell in enumerate(cells, start=1) if column not in self._columns]


def _places(sheet: Any) -> tuple[set[int], set[int], int]:
    """A sheet's hidden rows and columns, from 1, and its formulas without a value: openpyxl tells of neither."""
    rows: set[int] = set()
    columns: set[int] = set()
    last = uncomputed = 0
    tags = ("{*}row", "{*}col", "{*}c")
    with sheet._get_source() as source:
        for _, element in etree.iterparse(source, tag=tags, resolve_entities=False, no_network=True):
            if etree.QName(element).localname == "c":
                uncomputed += element.find("{*}f") is not None and not element.findtext("{*}v")
                continue
            is_hidden = element.get("hidden") in ("1", "true")
            if etree.QName(element).localname == "row":
                last = _number(element.get("r"), last + 1)
                rows.update([last] if is_hidden else [])
            elif is_hidden:
                first = _number(element.get("min"), 0)
                columns.update(range(first, min(_number(element.get("max"), first), _COLUMNS) + 1))
            element.clear()
            while element.getprevious() is not None:  # an emptied row still takes room
                del element.getparent()[0]
    return rows, columns, uncomputed


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() else otherwise


def _separated(path: Path) -> Extract:
    decoded = decode(path.read_bytes())
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    said = _SAID.match(text)
    text = text[said.end() :] if said else text
    out = CanonicalText()
    csv.field_size_limit(1_000_000)
    try:
        rows = io.StringIO(text, newline="")
        known = _dialect(text[:_SAMPLE], path.suffix.lower())
        add_rows(out, csv.reader(rows, delimiter=said[1]) if said else csv.reader(rows, known))
    except csv.Error:  # an endless quoted field, say: the lines themselves are still text
        out = CanonicalText()
        for line in text.split("\n"):
            out.line(line)
    tabs = path.suffix.lower() == ".tsv"
    return Extract(
        text=out.finish().text,
        media_type="text/tab-separated-values" if tabs else "text/csv",
        warnings=decoded.warnings,
    )


def _dialect(sample: str, suffix: str) -> csv.Dialect | type[csv.Dialect]:
    if suffix == ".tsv":
        return csv.excel_tab
    try:
        found = csv.Sniffer().sniff(sample, _DELIMITERS)
    except csv.Error:
        return csv.excel
    found.doublequote = True  # the sniffer says False unless it sees a doubled quote in the sample
    return found


def add_rows(out: CanonicalText, rows: Iterable[Sequence[str]]) -> None:
    """Appends the tables in a sheet: an empty row parts two tables, a row of one cell before a table is its caption."""
    header: list[str] | None = None
    fresh = True
    pending: list[str] | None = None  # a first row that may be the header, until the next row shows whether it is
    for raw in rows:
        row = [cleaned(cell) for cell in raw]
        filled = sum(map(bool, row))
        if pending is not None:
            if filled and is_header(_trimmed(pending), row):
                header = pending
            else:
                add_row(out, pending, None)
            pending = None
        if not filled:
            header, fresh = None, True
            out.part()
        elif fresh and filled == 1 and row[0]:
            out.paragraph(row[0])
        elif fresh:
            out.part()
            pending, fresh = row, False
        else:
            add_row(out, row, header)
    if pending is not None:
        add_row(out, pending, None)


def _trimmed(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]
