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
_CHANGES = re.compile(
    r"\b(?:lost|loses?|gain(?:s|ed)|gr(?:ew|own)|ris(?:es|en)|rose|fell|fallen|dropp?(?:s|ed)|declined|"
    r"(?:in|de)creased|improved|worsened|shrank|chang(?:e|ed))\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:which|what)\s+(?P<what>(?:[\w-]+\s+){1,3})|\b(?P<who>who|where|when)\b", re.IGNORECASE)
_CHANGE = re.compile(r"\b(?:change|increase|growth|difference|rise)s?\b|[+±]/?[-−–]", re.IGNORECASE)
_SUM = re.compile(
    r"(?:(?:grand|sub|overall)[ -]?)?totals?|sum|overall|all(?: \w+)?|averages?|mean|median", re.IGNORECASE
)
_FEWEST_ROWS = 3

Among = Callable[[Sequence[Evidence]], Sequence[Evidence]]
"""Gives those of some rows that a question may mean."""

SURE = 1.5
"""By how much the log-odds of an answer rise where all rows were read for it, of a column that the question names."""


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


def settled(
    question: str, evidence: Sequence[Evidence], chunks_of: ChunksOf, among: Among = list
) -> tuple[list[Evidence], bool]:
    """The evidence with, in place of all rows of a table, the one that has the most or the least of them.

    As it is where the question asks for neither, or for the largest change of a table that tells no changes. A table
    without numbers keeps its rows. The column is the one whose name shares most words with the question, or else the
    first with numbers. `among` gives those of the rows that the question may mean: "in 2022", "did Chile". Second:
    whether the best evidence is such a row, of a column and of a kind of rows that the question names.
    """
    wanted = _wanted(question)
    if wanted is None:
        return list(evidence), False
    found: list[Evidence] = []
    sure: set[tuple[str, Span]] = set()
    read: list[_Row] = []
    rows_of = cache(lambda document_id: list(_rows(chunks_of(document_id))))
    for one in evidence:
        row = _row(one.passage.chunk, one.span, one.text)
        if row is None:
            found.append(one)
        elif not _in(read, one):
            table = [each for each in rows_of(row.chunk.document_id) if _of_one_table(each, row)]
            meant = {kept.place for kept in among([_evidence(one, each) for each in table if not each.sums_up])}
            rows = [each for each in table if (each.chunk.document_id, each.span) in meant]
            column = _column(question, rows)
            if column is None:
                found.append(one)
                continue
            read += table
            best = min if wanted is max and _falls_most(question, column) else wanted
            numbered = [(number, each) for each in rows if (number := each.number(column)) is not None]
            chosen = best(numbered, key=lambda pair: pair[0])[1]
            key = _asked_for(question, chosen, column)
            found.append(_evidence(one, chosen, key or column))
            if key and _names(question, column):
                sure.add(found[-1].place)
    return found, bool(found) and found[0].place in sure


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
    few = min(_FEWEST_ROWS, max(2, len(rows)))
    labels = dict.fromkeys(label for row in rows for label in row.cells if label != row.head)
    counted = {label: sum(row.number(label) is not None for row in rows) for label in labels}
    fitting = [label for label in labels if counted[label] >= max(few, (len(rows) + 1) // 2)]
    if _RISES.search(question) or _FALLS.search(question):
        named = [label for label in fitting if asked & set(stems(label))]
        fitting = [label for label in fitting if _CHANGE.search(label)] or named
    elif _CHANGES.search(question):
        fitting = [label for label in fitting if _CHANGE.search(label)]
    return max(fitting, key=lambda label: len(asked & set(stems(label))), default=None)


def _names(question: str, column: str) -> bool:
    """Whether a question names a column: by a word of it, or as the change that it asks for."""
    changes = _RISES.search(question) or _FALLS.search(question)
    return bool(set(stems(column)) & set(stems(question)) or (changes and _CHANGE.search(column)))


def _falls_most(question: str, column: str) -> bool:
    """Whether the largest fall is asked for, which is the lowest number of a column of changes."""
    falls = _FALLS.search(question) is not None and not _FALLS.search(column)
    return falls and _CHANGE.search(column) is not None


def _asked_for(question: str, row: _Row, column: str) -> str | None:
    """The name of the column whose cell is asked for ("which bidder"), other than that of the numbers; None without."""
    for asked in _ASKED.finditer(question):
        what = set(stems(asked["what"] or ""))
        labels = [label for label in row.cells if label != column and set(stems(label)) & what]
        if labels or asked["who"]:
            return labels[0] if labels else row.head
    return None


def _evidence(best: Evidence, row: _Row, label: str = "") -> Evidence:
    """The row, as good as the best evidence, with the cell of one column marked."""
    return replace(
        best,
        passage=replace(best.passage, chunk=row.chunk),
        span=row.span,
        text=row.text,
        answer=row.cells[label].shifted(row.span.start) if label else None,
    )
