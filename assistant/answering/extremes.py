"""Which row of a table has the most or the least, where a question asks for that: it takes reading all of its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from assistant.answering.evidence import Evidence
from assistant.answering.scoring import ChunksOf
from assistant.language.rows import cells
from assistant.language.words import stems
from assistant.reading.checks.calendar_dates import dates
from assistant.reading.checks.quantities import quantities
from assistant.types import Chunk, Span

_LEAST = re.compile(r"\b(?:fewest|lowest|smallest|shortest|minimum|quietest|cheapest|the least)\b", re.IGNORECASE)
_MOST = re.compile(
    r"\b(?:highest|largest|biggest|greatest|maximum|peak|busiest|longest|heaviest|dearest)\b|"
    r"\bthe most\b(?! (?:recent|important|likely|common|of)\b)",
    re.IGNORECASE,
)
_RISES = re.compile(r"\b(?:increase|rise|growth|gain)s?\b", re.IGNORECASE)
_FALLS = re.compile(r"\b(?:decrease|fall|drop|decline|cut|loss|reduction)(?:s|es)?\b", re.IGNORECASE)
_CHANGE = re.compile(r"\b(?:change|increase|growth|difference|rise)s?\b|[+±]/?[-−–]", re.IGNORECASE)
_SUM = re.compile(
    r"(?:(?:grand|sub|overall)[ -]?)?totals?|sum|overall|all(?: \w+)?|averages?|mean|median", re.IGNORECASE
)
_FEWEST_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: its chunk, its place in the document, and its cells with the places of their values in it."""

    chunk: Chunk
    span: Span
    text: str
    cells: dict[str, Span]

    @property
    def head(self) -> str:
        """The name of the first column."""
        return next(iter(self.cells))

    @property
    def sums_up(self) -> bool:
        """Whether it is the total or the mean of the others."""
        return _SUM.fullmatch(self.cells[self.head].of(self.text).strip()) is not None

    def number(self, label: str) -> Fraction | None:
        """The one number in the cell of this column; None where it has none, or several."""
        if label not in self.cells:
            return None
        text = self.cells[label].of(self.text)
        found = quantities(text)
        if len(found) != 1 or dates(text):
            return None
        below = found[0].minus or text.lstrip().startswith(("-", "−"))
        return -found[0].value if below else found[0].value


def settled(question: str, evidence: Sequence[Evidence], chunks_of: ChunksOf) -> list[Evidence]:
    """The evidence with, in place of all rows of a table, the one that has the most or the least of them.

    As it is where the question asks for neither. A table without numbers keeps its rows. The column is the one whose
    name shares most words with the question, or else the first with numbers.
    """
    wanted = _wanted(question)
    if wanted is None:
        return list(evidence)
    found: list[Evidence] = []
    read: list[_Row] = []
    rows_of = cache(lambda document_id: list(_rows(chunks_of(document_id))))
    for one in evidence:
        row = _row(one.passage.chunk, one.span, one.text)
        if row is None:
            found.append(one)
        elif not _in(read, one):
            table = [each for each in rows_of(row.chunk.document_id) if _of_one_table(each, row)]
            column = _column(question, [each for each in table if not each.sums_up])
            if column is None:
                found.append(one)
                continue
            read += table
            table = [each for each in table if not each.sums_up]
            best = min if wanted is max and _falls_most(question, column) else wanted
            numbered = [(number, each) for each in table if (number := each.number(column)) is not None]
            found.append(_evidence(one, best(numbered, key=lambda pair: pair[0])[1], column, question))
    return found


def _wanted(question: str) -> Callable[..., tuple[Fraction, _Row]] | None:
    """`min` or `max`; None where the question asks for neither, or for both."""
    least, most = bool(_LEAST.search(question)), bool(_MOST.search(question))
    return None if least == most else min if least else max


def _rows(chunks: Sequence[Chunk]) -> Iterator[_Row]:
    for chunk in chunks:
        for span in chunk.sentences:
            row = _row(chunk, span, chunk.quote(span))
            if row is not None:
                yield row


def _row(chunk: Chunk, span: Span, text: str) -> _Row | None:
    found = {cell["label"].strip(): Span(*cell.span("value")) for cell in cells(text)}
    return _Row(chunk, span, text, found) if found else None


def _of_one_table(one: _Row, other: _Row) -> bool:
    return one.head == other.head and one.chunk.headings == other.chunk.headings


def _in(rows: Sequence[_Row], evidence: Evidence) -> bool:
    document = evidence.passage.chunk.document_id
    return any(row.chunk.document_id == document and row.span == evidence.span for row in rows)


def _column(question: str, rows: Sequence[_Row]) -> str | None:
    """The column with numbers that is asked about; None where none has some in most rows.

    "The largest increase" is read from a column of changes where there is one.
    """
    asked = set(stems(question))
    labels = dict.fromkeys(label for row in rows for label in row.cells if label != row.head)
    counted = {label: sum(row.number(label) is not None for row in rows) for label in labels}
    fitting = [label for label in labels if counted[label] >= max(_FEWEST_ROWS, (len(rows) + 1) // 2)]
    if _RISES.search(question) or _FALLS.search(question):
        changes = [label for label in fitting if _CHANGE.search(label)]
        fitting = changes or fitting
    return max(fitting, key=lambda label: len(asked & set(stems(label))), default=None)


def _falls_most(question: str, column: str) -> bool:
    """Whether the largest fall is asked for, which is the lowest number of a column of changes."""
    falls = _FALLS.search(question) is not None and not _FALLS.search(column)
    return falls and _CHANGE.search(column) is not None


def _evidence(best: Evidence, row: _Row, column: str, question: str) -> Evidence:
    """The row, as good as the best evidence; marked is its first cell where that is asked for, else the number."""
    keyed = bool(set(stems(row.head)) & set(stems(question))) or question.lower().startswith(("when", "who", "where"))
    words = row.cells[row.head if keyed else column]
    return replace(
        best,
        passage=replace(best.passage, chunk=row.chunk),
        span=row.span,
        text=row.text,
        answer=words.shifted(row.span.start),
    )
