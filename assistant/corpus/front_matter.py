"""The bibliographic head that text files carry between `---` lines (YAML front matter)."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass

import frontmatter
import yaml

from assistant.corpus.canonical import cleaned
from assistant.language.written_dates import parse_date

_BLOCK = re.compile(r"\A\s*^-{3,}[ \t]*$.*?^-{3,}[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_WITH_COLON = re.compile(
    r"^(?P<key>[A-Za-z][\w -]*:)[ \t]+(?P<value>[^\s\"'\[{|>&*!%#@`].*:\s.*?)[ \t]*$", re.MULTILINE
)
_MAX_HEAD = 20_000
_READ = frozenset({"title", "date", "publisher", "author"})


@dataclass(frozen=True, slots=True)
class Head:
    """What the front matter says about the document, and the text that follows it."""

    body: str
    title: str | None = None
    date: dt.date | None = None
    publisher: str | None = None
    author: str | None = None
    warnings: tuple[str, ...] = ()


def split_front_matter(text: str) -> Head:
    """The head and the body of `text`; without front matter, or with a broken one, the whole text is the body."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    match = _BLOCK.match(text)
    if not match:
        return Head(text)
    if match.end() > _MAX_HEAD:
        return Head(text, warnings=("its front matter is too long to be one and was read as text",))
    try:
        values = _values(match.group().lstrip())
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = cleaned(str(error).splitlines()[0]) if str(error) else type(error).__name__
        return Head(text, warnings=(f"its front matter could not be read and was kept as text: {reason}",))
    if not isinstance(values, dict) or not values or _is_note(values):
        return Head(text)
    known = {str(key).lower(): value for key, value in values.items()}
    unread = [str(key) for key, value in values.items() if str(key).lower() not in _READ and _has_words(value)]
    said = f"fields of its front matter that hold words were left out: {', '.join(unread)}"
    return Head(
        text[match.end() :],
        title=_plain(known.get("title")),
        date=_date(known.get("date")),
        publisher=_plain(known.get("publisher")),
        author=_plain(known.get("author")),
        warnings=(cleaned(said)[:300],) if unread else (),
    )


def _values(block: str) -> object:
    """The fields of front matter; a colon in a value without quotes ("title: Talks: day two") begins no field.

    Raises as YAML does where the block is broken otherwise.
    """
    try:
        return frontmatter.parse(block)[0]
    except yaml.YAMLError:
        quoted = _WITH_COLON.sub(lambda line: f"{line['key']} {json.dumps(line['value'], ensure_ascii=False)}", block)
        if quoted == block:
            raise
        return frontmatter.parse(quoted)[0]


def _is_note(values: dict[object, object]) -> bool:
    """Whether what stands between two lines is a note for people ("NOTE: The pact has 40 members.")."""
    ((key, value), *others) = values.items()
    return not others and str(key).lower() not in _READ and _has_words(value)


def _has_words(value: object) -> bool:
    return isinstance(value, str) and len(value.split()) > 1


def _plain(value: object) -> str | None:
    if isinstance(value, list):
        return ", ".join(piece for piece in map(_plain, value) if piece) or None
    if isinstance(value, str | int | float | dt.date):
        return cleaned(str(value)) or None
    return None


def _date(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return parse_date(value) if isinstance(value, str) else None
