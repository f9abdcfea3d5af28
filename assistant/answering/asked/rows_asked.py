"""Which rows of a table a question asks about, and which of their cells: by the names of its rows and columns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.answering.asked.other_periods import periods
from assistant.answering.evidence import Evidence, left_of
from assistant.answering.lists import AT_MOST
from assistant.language.fiscal_years import fiscal_years
from assistant.language.rows import cells, is_row
from assistant.language.words import stems
from assistant.reading.checks.calendar_dates import without_dates
from assistant.types import DateRange, Span

_WORD = re.compile(r"[^\W\d_]{2,}")
_COMPARES = re.compile(
    r"\b(?:than|compar\w+|versus|vs|differ\w*|except|besides|apart from|other|others|rank\w*|most|least|all|each|every|"
    r"both|highest|lowest|largest|smallest|biggest|list|which)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ASKS_FOR_ALL = re.compile(
    r"^\W*(?:please\s+)?(?:compare|list|name|show)\b|\b(?:compare|differ)\W*$|\b(?:each|every)\b|"
    r"^\W*what (?:are|were) the\b",
    re.IGNORECASE,
)
_FEWEST_COLUMNS = 2


def of_rows_asked_about(question: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence without the rows that stand beside the row which the question names, as it counts without them.

    "Fire service" in a question names the row that begins with it: what its neighbours say is of others, and so is a
    row that only shares words with it ("Lower Ardo" beside "Upper Ardo"), also in another table whose rows are called
    by the same column. A question that compares rows needs them all.
    """
    if _COMPARES.search(question):
        return list(evidence)
    asked = frozenset(stems(question))
    named: dict[object, set[frozenset[str]]] = defaultdict(set)
    for one in evidence:
        if (key := _key(one)) is not None and key <= asked:
            named[_of_rows(one)].add(key)

    def is_beside(one: Evidence) -> bool:
        key = _key(one)
        return key is not None and any(key & asked < other for other in named[_of_rows(one)])

    return left_of(evidence, lambda one: not is_beside(one))


def whole_table(question: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The rows of the table that a question compares or asks for all of, in text order; none where it asks for neither.

    It does where the best of the `evidence`, which is sorted, is a row. Of a table of which the question names two rows
    or more it is those; longer ones than `AT_MOST` rows are not quoted whole.
    """
    if not evidence or _key(evidence[0]) is None or not _ASKS_FOR_ALL.search(question):
        return []
    rows = [one for one in evidence if _key(one) is not None and _table(one) == _table(evidence[0])]
    asked = frozenset(stems(question))
    named = [one for one in rows if (_key(one) or frozenset()) <= asked]
    rows = named if len(named) > 1 else rows
    return sorted(rows, key=lambda one: one.span) if 1 < len(rows) <= AT_MOST else []


def is_of_other_times(row: str, question: str, time: DateRange | None) -> bool:
    """Whether the columns of a row are named by years, and none of them is the one that a question names.

    A fiscal year ("2024/25") is another one than the years that it lies in.
    """
    columns = _columns_of_years(row)
    if not columns:
        return False
    fiscal = fiscal_years(question)
    if fiscal:
        told = [fiscal_years(column) for column in columns]
        return all(told) and not any(fiscal & each for each in told) and not fiscal & fiscal_years(_values(row))
    return time is not None and not any(_may_lie_in(each, time) for each in (*columns, _values(row)))


def cell_asked_about(question: str, row: str) -> Span | None:
    """The value of the cell that a question asks for, by the name of its column, in a row that the question names.

    None where two may be it. Where columns are named by times it must be that of the time in the question.
    """
    found = [cell for cell in cells(row) if cell["value"].strip()]
    if not is_row(row) or not found:
        return None
    key = frozenset(stems(_first_value(row)))
    asked = frozenset(stems(question))
    if not key or not key <= asked:
        return None
    others = [cell for cell in found if not frozenset(stems(cell["value"])) & key]
    timed = [cell for cell in others if _is_time(cell["label"])]
    asks = bool(fiscal_years(question) or _YEAR.search(question) or periods(question))
    by_time = asks and len(timed) >= _FEWEST_COLUMNS
    if by_time:
        others = [cell for cell in timed if _names_time(cell["label"], question)]
    labels = [frozenset(stems(cell["label"])) - key for cell in others]
    fits = [(len(asked & label), -len(label - asked)) for label in labels]  # "Week 16", not "Deaths, week 16"
    most = max(fits, default=(0, 0))
    if fits.count(most) != 1 or not (most[0] or by_time):
        return None
    best = others[fits.index(most)]
    return Span(*best.span("value"))


def has_cells_of_times(row: str) -> bool:
    """Whether a row has several columns that are named by times."""
    return is_row(row) and sum(_is_time(cell["label"]) for cell in cells(row)) >= _FEWEST_COLUMNS


def _columns_of_years(row: str) -> list[str]:
    """The names of the columns of a row that have years; none of a single one, which tells no columns apart."""
    columns = [cell["label"] for cell in cells(row) if _YEAR.search(cell["label"])] if is_row(row) else []
    return columns if len(columns) >= _FEWEST_COLUMNS else []


def _first_value(row: str) -> str:
    """What a row is called but for dates: its first value with words; of a first column without a name all of that."""
    first = row.partition(" | ")[0]
    values = [first.partition(": ")[2] or first, *(cell["value"] for cell in cells(row))]
    return next((words for words in map(without_dates, values) if _WORD.search(words)), "")


def _key(one: Evidence) -> frozenset[str] | None:
    """The stems of what a row is called; None for what is no row, or is called by a number or a day only."""
    return frozenset(stems(_first_value(one.text))) or None if is_row(one.text) else None


def _of_rows(one: Evidence) -> object:
    """What kind of thing the rows of a table are, by the name of their first column; or else which table it is."""
    first = next((cell["label"].strip().lower() for cell in cells(one.text) if cell.start() == 0), "")
    return first or _table(one)


def _table(one: Evidence) -> tuple[object, ...]:
    """Which table a row is of: its document, what its columns are called, and the headings above it."""
    labels = tuple(cell["label"] for cell in cells(one.text))[:2]
    return one.passage.chunk.document_id, labels, one.passage.chunk.locator(one.span).headings


def _is_time(label: str) -> bool:
    return bool(_YEAR.search(label) or periods(label))


def _names_time(label: str, question: str) -> bool:
    numbered = periods(question)
    if numbered:
        return any(numbers & periods(label).get(kind, frozenset()) for kind, numbers in numbered.items())
    fiscal = fiscal_years(question)
    if fiscal or fiscal_years(label):
        return bool(fiscal & fiscal_years(label))
    return bool(set(_YEAR.findall(label)) & set(_YEAR.findall(question)))


def _values(row: str) -> str:
    return " | ".join(cell["value"] for cell in cells(row))


def _may_lie_in(text: str, time: DateRange) -> bool:
    """Whether a year of a text has days in a stretch with both ends."""
    if time.start is None or time.end is None:
        return True
    years = {int(year) for year in _YEAR.findall(text)}
    years |= {first + 1 for first in fiscal_years(text)}
    return any(time.start.year <= year <= time.end.year for year in years)
