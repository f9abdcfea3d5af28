"""The review of a saved answer as a sheet: each sentence with what was decided, and the words that it rests on."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from io import StringIO

from assistant.memos.before import in_brackets
from assistant.memos.markdown import escaped
from assistant.types import Citation
from assistant.ui.shared.said import moment
from assistant.ui.wording import day, page_name
from assistant.work.records import Decision, SavedTurn
from assistant.work.reviewing import Reviewed, reviewed

_SAID: Mapping[Decision | None, str] = {"accepted": "✓ accepted", "rejected": "✕ rejected", None: "open"}
_HEAD = ("sentence", "text", "verdict", "note", "citation", "document", "path", "date", "page", "quote")
_MARK = "\ufeff"  # without it Excel does not take the text for UTF-8
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_markdown(saved: SavedTurn) -> str:
    """A list, a sentence an item."""
    sentences = reviewed(saved)
    decided = sum(one.decision is not None for one in sentences)
    blocks = [
        f"# Review: {escaped(saved.turn.question)}",
        f"Answered on {moment(saved.saved_at)}; {decided} of {len(sentences)} sentences decided.",
        *(_item(number, one) for number, one in enumerate(sentences, start=1)),
    ]
    return _storable("\n\n".join(blocks) + "\n")


def as_csv(saved: SavedTurn) -> str:
    """A row for each citation of each sentence, one for a sentence without any; for any spreadsheet.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    written = StringIO()
    written.write(_MARK)
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(_HEAD)
    for number, one in enumerate(reviewed(saved), start=1):
        said = (str(number), _said(one), one.decision or "open", one.note)
        for cells in [_cells(each) for each in one.citations] or [("",) * 6]:
            rows.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in (*said, *cells)])
    return _storable(written.getvalue())


SHEETS: Mapping[str, Callable[[SavedTurn], str]] = {".md": as_markdown, ".csv": as_csv}
"""The end of a file's name and what writes such a sheet."""


def _item(number: int, one: Reviewed) -> str:
    head = f"{number}. "
    note = [f"Note: {escaped(one.note)}"] if one.note else []
    cited = [f"[{each.marker}] {escaped(_reference(each))}" for each in one.citations]
    below = [f"{' ' * len(head)}- {each}" for each in [*note, *cited]]
    return "\n".join([f"{head}**{_SAID[one.decision]}**: {escaped(_said(one))}", *below])


def _said(one: Reviewed) -> str:
    """The sentence, after the one before it where it points back."""
    before = [in_brackets(each.before) for each in one.citations if each.before is not None]
    return " ".join([*before[:1], one.text])


def _reference(one: Citation) -> str:
    _, title, path, when, page, quote = _cells(one)
    return f"{', '.join(part for part in (title, when, page, path) if part)}: “{quote}”"


def _cells(one: Citation) -> tuple[str, ...]:
    source = one.source
    when = day(source.date) if source.date else ""
    page = page_name(one.page_index, one.page_label) or ""
    return str(one.marker), source.title, source.path, when, page, one.quote


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
