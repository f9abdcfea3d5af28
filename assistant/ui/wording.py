"""How dates, formats, pages, sources and passages are said to people: plain text, never HTML."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from assistant.memos.before import with_before
from assistant.types import PAGES_TO, Answer, DateRange, Failure, Page, Respelt, Source, Statement, Status

_LONGEST_HEADING = 120
_SAID_IN_DAYS = 60
_SAID_IN_MONTHS = 24

_DOUBTS: dict[Status, str] = {
    "partly": "partly supported",
    "unsupported": "not supported",
    "contradicted": "contradicted",
}
_FAILURES: dict[Failure, str] = {
    "fabricated": "no briefing says this",
    "misattributed": "the briefing that was cited for it does not say this",
    "stitched": "it joins what the briefings say apart from each other",
    "number mismatch": "its number is not that of the source",
    "date mismatch": "its time is not that of the source",
    "dropped hedge": "the source is less certain",
    "wrong speaker": "in the source somebody else says it",
    "negation": "the source says the opposite",
}

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


def age(value: date, today: date) -> str:
    """How long ago a day was, in whole days, months or years: "3 years ago", "yesterday", "in 12 days"."""
    first, last = sorted((value, today))
    days = (last - first).days
    months = 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)
    if days == 0:
        return "today"
    if days == 1:
        return "yesterday" if value < today else "tomorrow"
    if days < _SAID_IN_DAYS:
        said = f"{days} days"
    elif months < _SAID_IN_MONTHS:
        said = "1 month" if months == 1 else f"{months} months"
    else:
        said = f"{months // 12} years"
    return f"{said} ago" if value < today else f"in {said}"


def dated(value: date, today: date | None) -> str:
    """A day with its age, "31 May 2023, 3 years ago"; without `today` the day alone."""
    return f"{day(value)}, {age(value, today)}" if today else day(value)


def abstained_said(answer: Answer) -> tuple[str, str]:
    """What an answer that abstains says of itself: a heading, and a sentence about the briefings."""
    if answer.likeliest:
        return "The briefings don’t clearly say", "None of their sentences is sure enough to answer"
    return "The briefings don’t say", "No sentence in them answers"


def parts_missing(answer: Answer) -> tuple[str, ...]:
    """The parts of a question that are not answered; none where that is the whole of it, as the answer says then."""
    return () if answer.outcome == "abstained" and len(answer.missing) < 2 else answer.missing


def contrary_said(answer: Answer) -> str:
    """What the sentences of `contrary` are, as a heading above them."""
    documents = {side.source.document_id for side in answer.contrary}
    say = "A briefing says" if len(documents) == 1 else "Briefings say"
    return f"{say} otherwise than the question supposes"


def did_you_mean(meant: Respelt) -> str:
    """The names of the briefings that may have been meant, as a question."""
    quoted = [f"“{name}”" for name in meant.names]
    return f"Did you mean {' and '.join(quoted)}?"


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
    """A page by its printed label, with its place in the file where the two differ: "page iv (5th in the file)".

    A label of several ("3–4") names them all.
    """
    label = label or (str(index) if index is not None else None)
    if label is None:
        return None
    name = f"pages {label}" if PAGES_TO in label else f"page {label}"
    return (
        name
        if index is None or label.partition(PAGES_TO)[0] == str(index)
        else f"{name} ({_ordinal(index)} in the file)"
    )


def page_of(page: Page) -> str:
    """The name of a page of a document."""
    return page_name(page.index, page.label) or ""


def byline(source: Source, today: date | None = None) -> str:
    """Publisher, author, date and format of a source in one line; what is not known is left out.

    With `today` the date has its age behind it.
    """
    author = source.author if source.author != source.publisher else None
    when = dated(source.date, today) if source.date else None
    said = (source.publisher, author, when, format_name(source.media_type))
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


def doubt(status: Status) -> str:
    """What is said beside a written sentence about its support; empty for a supported one."""
    return _DOUBTS.get(status, "")


def failure_of(statement: Statement) -> tuple[str, str]:
    """What is wrong with a written sentence: its class ("Number mismatch") and a clause that says more."""
    verdict = statement.verdict
    name = verdict.failure or doubt(verdict.status)
    reason = verdict.reason.strip().removesuffix(".")
    if not reason:
        reason = _FAILURES[verdict.failure] if verdict.failure else "the briefings do not bear it out in full"
    return name[:1].upper() + name[1:], reason


def written_by(writer: str) -> str:
    """The line that says which language model wrote an answer."""
    return f"Written by {writer}, every sentence checked against the briefings"


def with_references(answer: Answer) -> str:
    """The answer as plain text with numbered references, for the clipboard.

    A sentence that is not fully supported says so, a quote that points back has the sentence before it in brackets, and
    the last line says which language model wrote the text.
    """
    answer = with_before(answer)
    added = [(one.answer_span.end, one.marker, f" [{one.marker}]") for one in answer.citations]
    after_citations = 1 + max((one.marker for one in answer.citations), default=0)
    added += [
        (one.span.end, after_citations, f" ({doubt(one.verdict.status)})")
        for one in answer.statements
        if one.span and doubt(one.verdict.status)
    ]
    pieces, position = [], 0
    for end, _, mark in sorted(added):
        pieces += [answer.text[position:end], mark]
        position = end
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
    if answer.writer:
        lines += ["", f"{written_by(answer.writer)}."]
    return "\n".join(lines)


def _ordinal(number: int) -> str:
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
