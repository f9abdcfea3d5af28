"""The rows of a table in a briefing, and the cells that a question asks about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.answering.evidence import Evidence
from assistant.language.rows import cells
from assistant.reading.checks.calendar_dates import dates
from assistant.reading.checks.quantities import quantities
from assistant.types import Chunk, Span

_PARTS_TABLES = re.compile(r"^\W*(?:table|figure|annex)\s+\w+\b(?!.*\bcontinued\b)|[.!?][”\"')]*$", re.IGNORECASE)
_LIKE_A_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_ABOVE = 3  # sentences before a table that may say what it counts in

LOOKED_AT = 2_000
"""Of so many rows, in the order of their numbers, it is asked whether a question means them: that takes longest."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its chunk, its place in the document, and its cells with the places of their values in it.

    `above` is the text that stands before its table, which is the one with the number `table` in its document.
    """

    chunk: Chunk
    span: Span
    text: str
    cells: dict[str, Span]
    above: str = ""
    table: int = 0

    @property
    def head(self) -> str:
        """The name of the first column."""
        return next(iter(self.cells))

    @property
    def place(self) -> tuple[str, Span]:
        """Where it stands: its document and its span."""
        return self.chunk.document_id, self.span

    def number(self, label: str) -> Fraction | None:
        """The one number in the cell of this column, "1990" too; None where it has none, or several."""
        if label not in self.cells:
            return None
        text = self.cells[label].of(self.text)
        if _LIKE_A_YEAR.fullmatch(text.strip()):
            return Fraction(text.strip())
        found = quantities(text)
        if len(found) != 1 or dates(text):
            return None
        below = found[0].minus or text.lstrip().startswith(("-", "−"))
        return -found[0].value if below else found[0].value

    def day(self, label: str) -> Fraction | None:
        """The one date in the cell of this column as a number that grows with time; None where it has none, or several.

        A month or a year without a day counts as its beginning.
        """
        if label not in self.cells:
            return None
        found = dates(self.cells[label].of(self.text))
        if len(found) != 1 or found[0].year is None:
            return None
        return Fraction(found[0].year * 372 + ((found[0].month or 1) - 1) * 31 + (found[0].day or 1) - 1)

    def is_of_table(self, other: Row) -> bool:
        """Whether both may be rows of one table."""
        return (self.table, self.head, self.chunk.headings) == (other.table, other.head, other.chunk.headings)

    def evidence(self, like: Evidence, label: str = "") -> Evidence:
        """The row as evidence as good as another, with the cell of one column marked."""
        return replace(
            like,
            passage=replace(like.passage, chunk=self.chunk),
            span=self.span,
            text=self.text,
            answer=self.cells[label].shifted(self.span.start) if label else None,
        )


Numbered = tuple[Fraction, Row]
"""A row with the number in a column."""

Means = Callable[[Row], bool]
"""Whether a question may mean a row: one of the year or the name that it gives."""


def numbers_in(rows: Sequence[Row], label: str) -> list[Numbered]:
    """The rows that have a number in a column; none of a column of years, where every number looks like one."""
    numbered = [(number, row) for row in rows if (number := row.number(label)) is not None]
    if not _LIKE_A_YEAR.search(label) and all(
        _LIKE_A_YEAR.fullmatch(row.cells[label].of(row.text).strip()) for _, row in numbered
    ):
        return []
    return numbered


def row_of(chunk: Chunk, span: Span, text: str) -> Row | None:
    """A sentence of a chunk as the row that it is; None for running text."""
    found = {cell["label"].strip(): Span(*cell.span("value")) for cell in cells(text)}
    return Row(chunk, span, text, found) if found else None


def rows_in(chunks: Sequence[Chunk]) -> Iterator[Row]:
    """All rows of the chunks of a document, in order.

    What stands between two rows parts two tables where it is a caption ("Table 2: Losses") or a whole sentence, or
    where the rows after it begin again with what one before it begins with. A line that heads a part of one does not.
    """
    above: list[str] = []
    table = 0
    begun: set[str] = set()
    in_table = False
    for chunk in chunks:
        for span in chunk.sentences:
            text = chunk.quote(span)
            row = row_of(chunk, span, text)
            if row is not None:
                begins = text.partition(" | ")[0]
                if not in_table and (begins in begun or any(_PARTS_TABLES.search(each) for each in above)):
                    table += 1
                    begun = set()
                begun.add(begins)
                yield replace(row, above=" | ".join(above[-_ABOVE:]), table=table)
            else:
                above = [*([] if in_table else above), text]
            in_table = row is not None


def tables_in(chunks: Sequence[Chunk]) -> list[list[Row]]:
    """The tables of the chunks of a document, each with its rows, in order."""
    tables: list[list[Row]] = []
    for row in rows_in(chunks):
        own = next((table for table in reversed(tables) if table[0].is_of_table(row)), None)
        if own is None:
            tables.append([row])
        else:
            own.append(row)
    return tables
