"""What every format of a shared conversation says about an answer, in plain text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from assistant.types import Answer, Coverage, Source
from assistant.ui.wording import byline, day, format_name, period
from assistant.work.changes import changed_since


def moment(when: datetime) -> str:
    """A moment in full, the same wherever the file is read: "31 May 2023, 14:05 UTC"."""
    utc = when.astimezone(UTC)
    return f"{day(utc.date())}, {utc:%H:%M} UTC"


def conditions(answer: Answer) -> tuple[str, ...]:
    """Under what an answer was given: the query where it is not the question, times, filters."""
    said = []
    if " ".join(answer.query.split()).casefold() != " ".join(answer.question.split()).casefold():
        said.append(f"Searched for “{answer.query}”")
    if answer.as_of:
        said.append(f"As of {day(answer.as_of)}")
    if answer.time:
        said.append(f"Ranked by time: {period(answer.time)}")
    filters = answer.filters
    if filters.dates:
        said.append(f"Only documents dated {period(filters.dates)}")
    if filters.publishers:
        said.append(f"Only documents published by {', '.join(filters.publishers)}")
    if filters.media_types:
        said.append(f"Only documents of the format {', '.join(format_name(each) for each in filters.media_types)}")
    if filters.documents:
        count = len(filters.documents)
        said.append("Searched in 1 document only" if count == 1 else f"Searched in {count} documents only")
    return tuple(said)


def changed(answer: Answer, known: Sequence[Source] | None) -> tuple[str, ...]:
    """What became of the cited documents since; nothing where `known`, the documents of today, is None."""
    if known is None:
        return ()
    return tuple(
        f"{each.source.title} {'has changed since' if each.kind == 'changed' else 'is no longer in the library'}"
        for each in changed_since(answer, known)
    )


def covered(known: Coverage | None) -> tuple[str, tuple[str, ...]]:
    """How many documents mention the subject, and those that the answer does not use."""
    if known is None or not (known.used or known.others):
        return "", ()
    total, used = len(known.used) + len(known.others), len(known.used)
    mention = "1 document mentions" if total == 1 else f"{total} documents mention"
    return (
        f"{mention} {known.subject}; {used or 'none'} used here",
        tuple(", ".join(part for part in (one.title, byline(one)) if part) for one in known.others),
    )
