"""The mails below a mail, each as a document of its own: they have other authors and other days."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from assistant.corpus.base import Extract, Part
from assistant.corpus.mail.quotes import LEVEL, is_of_quote
from assistant.language.written_dates import parse_date
from assistant.types import Heading, Span

_ADDRESS = re.compile(r"\s*<[^>]*>")
_HEAD = re.compile(r"From: (?P<who>.+), (?:Sent|Date): (?P<when>.+)")
_INTRODUCTION = re.compile(
    r"(?P<when>On\s.*\d(?:\s*[AP]\.?M\.?)?(?:\s+(?:UTC|GMT|[A-Z]{2,4}T|[+-]\d{4}))?),?\s+(?P<who>\D+?)\s+wrote\s*:",
    re.IGNORECASE,
)


def with_thread_apart(mail: Extract, sender: str) -> Extract:
    """A mail without those quoted to its end of which it says who wrote them and on which day; they are its parts.

    Where the sender has answered between the lines, everything stays in its place: the answers need what they answer.
    """
    named = [heading for heading in mail.headings if heading.level == LEVEL]
    quoted = [heading for heading in named if is_of_quote(heading.span.of(mail.text))]
    if not quoted or any(heading.span.of(mail.text) == f"From: {sender}" for heading in quoted):
        return mail
    ends = [*(heading.span.start for heading in quoted[1:]), len(mail.text)]
    parts: list[Part] = []
    rest = len(mail.text)
    for heading, end in reversed(list(zip(quoted, ends, strict=True))):
        part = _part(mail, Span(heading.span.start, end))
        if part is None:
            break
        parts.insert(0, part)
        rest = heading.span.start
    text = mail.text[:rest].rstrip()
    if not parts or not text:
        return mail
    kept = tuple(heading for heading in mail.headings if heading.span.end <= len(text))
    return replace(mail, text=text, headings=kept, parts=tuple(parts))


def _part(mail: Extract, span: Span) -> Part | None:
    """The mail that a section quotes; None if it does not say whose it is, or of a day that can be its own."""
    text = span.of(mail.text).rstrip()
    said = _ADDRESS.sub("", text.partition("\n")[0])
    found = _HEAD.fullmatch(said) or _INTRODUCTION.fullmatch(said)
    day = parse_date(found["when"]) if found else None
    if not found or day is None or (mail.date and day > mail.date + dt.timedelta(days=1)):  # zones of time
        return None
    inside = [heading for heading in mail.headings if span.start <= heading.span.start < span.start + len(text)]
    extract = Extract(
        text=text,
        media_type=mail.media_type,
        title=f"{found['who']}, quoted in {mail.title}" if mail.title else found["who"],
        date=day,
        author=found["who"],
        headings=tuple(Heading(heading.level, heading.span.shifted(-span.start)) for heading in inside),
    )
    return Part(f"{day.isoformat()} {found['who']}.eml", extract)
