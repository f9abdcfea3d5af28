"""Puts the rows that a question asks for in place of all rows of a table, which a reader of passages sees in part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.answering.evidence import Evidence
from assistant.answering.lists import AT_MOST
from assistant.answering.scoring import ChunksOf
from assistant.answering.tables.bounds import asks_for_bounds, within_bounds
from assistant.answering.tables.captions import cannot_be_meant, is_of_another
from assistant.answering.tables.columns import (
    cell_asked,
    has_numbers,
    is_of_several_years,
    names_column,
    numbers_asked,
    takes_adding_up,
    tells_change,
    times_asked,
)
from assistant.answering.tables.extremes import (
    asks_for_extreme_times,
    asks_for_extremes,
    extreme_times,
    extremes,
)
from assistant.answering.tables.names import excepts_a_row, of_names_asked
from assistant.answering.tables.rows import LOOKED_AT, Means, Row, numbers_in, row_of, tables_in
from assistant.answering.tables.sums import without_sums
from assistant.types import Span

Among = Callable[[Sequence[Evidence]], Sequence[Evidence]]
"""Gives those of some rows that a question may mean."""

SURE = 1.5
"""By how much the log-odds of an answer rise where all rows were read for it, of a column that the question names."""
LESS_LIKELY = 20.0
"""How many times less likely the others answer where the best evidence is a row of a table that cannot."""
_NEAR = 4.0  # how much weaker, in log-odds, the row of a table may be than a sentence that it goes before


@dataclass(frozen=True, slots=True)
class Settled:
    """The evidence, best first, with the rows that the question asks for, of all tables that it names a column of.

    Where it names none, they are those of the first table. `sure` tells whether it does, so that they come first.
    `best_left_out` tells that the best of the evidence was a row of a table that does not answer, or else that the best
    which is left tells of no change, where one is asked for.
    """

    evidence: list[Evidence]
    rows: tuple[Evidence, ...] = ()
    sure: bool = False
    best_left_out: bool = False


def settled(question: str, evidence: Sequence[Evidence], chunks_of: ChunksOf, among: Among = list) -> Settled:
    """The evidence with, in place of all rows of a table, those with the most or the least, or within a bound.

    As it is where the question asks for none of that. A table without numbers keeps its rows, and so does one of which
    more than `AT_MOST` are asked for. The column is the one whose name shares most words with the question, or else the
    first with numbers. `among` gives those of the rows that the question may mean: "in 2022", "did Chile". Where the
    question names the column and the kind of rows, they go before a sentence that is not much better and says no such
    thing ("the fewest in ten years"). The rows of a table that cannot answer are left out: one without a column of the
    change or the unit that is asked for, one of which no row is within the bound, one of another caption.
    """
    if not any(asks(question) for asks in (asks_for_extremes, asks_for_extreme_times, asks_for_bounds)):
        return Settled(list(evidence))
    found: list[Evidence] = []
    first: list[Evidence] = []
    named: list[Evidence] = []
    read: set[tuple[str, Span]] = set()
    kept: set[tuple[str, Span]] = set()
    others: set[tuple[str, Span]] = set()
    cannot: set[tuple[str, Span]] = set()
    unsure: set[tuple[str, Span]] = set()
    tables_of = cache(lambda document_id: tables_in(chunks_of(document_id)))
    for one in evidence:
        row = row_of(one.passage.chunk, one.span, one.text)
        if row is None or one.place in kept:
            found.append(one)
        elif one.place not in read:
            tables = tables_of(one.document_id)
            table = next((each for each in tables if any(other.place == row.place for other in each)), [])
            if table and is_of_another(question, table, tables):
                read |= {each.place for each in table}
                others |= {each.place for each in table}
                continue
            chosen = _chosen(question, one, table, among) if table else None
            if chosen is None or (not chosen[0] and _says_so(question, row)):
                found.append(one)
                kept |= {each.place for each in table} if chosen is None else set()
                continue
            told, names = chosen
            read |= {each.place for each in table}
            cannot |= set() if told else {each.place for each in table}
            said_so = any(asks_for_extremes(each.text) for each in found)
            if names and told and not said_so and one.score >= evidence[0].score - _NEAR:
                named += told
            else:
                found += told
                unsure |= {each.place for each in told}
                first = first or told
    best = evidence[0].place if evidence else None
    silent = bool(cannot and found) and tells_change(question) and not tells_change(found[0].text)
    untold = best in others and evidence[0].document_id not in {each.document_id for each in (*named, *first)}
    left_out = not named and (best in cannot or silent or untold)
    found = [each for each in found if not named or each.place not in unsure]
    return Settled([*named, *found], tuple((named or first)[:AT_MOST]), sure=bool(named), best_left_out=left_out)


def _says_so(question: str, row: Row) -> bool:
    """Whether the cells of a row tell in words what a question asks for: "Largest fall: Fish"."""
    said = " | ".join(cell.of(row.text) for cell in row.cells.values())
    return asks_for_extremes(said) or (tells_change(question) and tells_change(said))


def _chosen(question: str, like: Evidence, table: Sequence[Row], among: Among) -> tuple[list[Evidence], bool] | None:
    """The rows asked for as evidence, and whether the question names their column and kind.

    None where the table does not tell; no rows where it tells that none of them is asked for, or cannot tell.
    """
    if cannot_be_meant(question, table, like.passage.source.title):
        return [], False
    whole = without_sums(table)
    rows = of_names_asked(question, whole)

    others = excepts_a_row(question, table)

    def means(row: Row) -> bool:
        return others or bool(among([row.evidence(like)]))

    column, chosen = _by_number(question, whole, rows, means)
    if not chosen and asks_for_extreme_times(question):
        column, chosen = _by_time(question, whole, rows, means)
    elif chosen is None:
        return [], False
    if column is None or not chosen or len(chosen) > AT_MOST:
        return None
    if len(rows) == 1 < len(whole) and is_of_several_years(question, whole, column):
        return None  # the highest of a row's years is not that of its latest
    if takes_adding_up(question, whole, column):
        return [], False
    keys = [cell_asked(question, row, column) for row in chosen]
    told = [row.evidence(like, key or column) for row, key in zip(chosen, keys, strict=True)]
    return told, all(keys) and names_column(question, column)


def _by_number(
    question: str, whole: Sequence[Row], rows: Sequence[Row], means: Means
) -> tuple[str | None, list[Row] | None]:
    """The column of a whole table whose numbers are asked about, and those of its `rows` that are asked for by them.

    No column where it asks by none, and None instead of rows where those of the table cannot be asked for.
    """
    if not whole or not (asks_for_extremes(question) or asks_for_bounds(question)):
        return None, []
    column = numbers_asked(question, whole)
    if column is None:
        return None, None if has_numbers(whole) else []
    numbered = numbers_in(rows, column)
    chosen = extremes(question, column, numbered, means)
    if chosen is not None:
        return column, chosen
    within = within_bounds(question, column, numbered)
    if within == []:
        return column, None
    if within is None or len(within) > LOOKED_AT:
        return column, []
    return column, [row for row in within if means(row)]


def _by_time(question: str, whole: Sequence[Row], rows: Sequence[Row], means: Means) -> tuple[str | None, list[Row]]:
    """The column whose dates are asked about, and the rows with the earliest or the latest of them."""
    column = times_asked(question, whole) if whole else None
    if column is None:
        return None, []
    dated = [(day, row) for row in rows if (day := row.day(column)) is not None]
    return column, extreme_times(question, dated, means)
