"""The date that a web page gives itself: by its meta tags, its `<time>` elements, its first lines."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bs4.element import Tag

from assistant.corpus.canonical import cleaned
from assistant.corpus.html.parts import is_left_out
from assistant.language.written_dates import document_date, parse_date

_FIRST_LINES = 10
_SEPARATOR = re.compile(r"[|·•]")
_BYLINE = re.compile(r"(?<![a-z])(?:byline|dateline|meta|posted|published|pubdate)(?![a-z])", re.IGNORECASE)
_IN_BYLINES = frozenset("and at by for from in last of on posted published the updated".split())


@dataclass(frozen=True, slots=True)
class Time:
    """A `<time>` of the part that is read: what stands before and after it in its line, and how many lines above."""

    tag: Tag
    before: str
    after: str
    line: int

    @property
    def stands_as_date(self) -> bool:
        """Whether it stands where a document's date does: in the first lines, alone or in a byline, in no sentence."""
        if self.line >= _FIRST_LINES or self.tag.get("itemprop") or self._is_of_the_site():
            return False
        before, after = _SEPARATOR.split(self.before)[-1], _SEPARATOR.split(self.after)[0]
        is_byline = self._is_in_byline()
        if document_date(cleaned(f"{before} {_day(self.tag)} {after}")):
            return is_byline or not self.tag.find_parent("li")  # lists tell of events
        return is_byline and not any(word.islower() and word not in _IN_BYLINES for word in f"{before} {after}".split())

    def _is_of_the_site(self) -> bool:
        """In a header without a title there is the site's name, and often the date of today."""
        header = self.tag.find_parent("header")
        return header is not None and not header.find(["h1", "h2"]) and not header.find_parent(["main", "article"])

    def _is_in_byline(self) -> bool:
        around = itertools.takewhile(lambda tag: tag.name not in ("main", "article", "body"), self.tag.parents)
        return any(
            tag.name in ("header", "address") or _BYLINE.search(" ".join(map(str, tag.get_attribute_list("class"))))
            for tag in (self.tag, *around)
        )


def page_date(meta: Iterable[str], body: Tag, times: Sequence[Time], text: str) -> dt.date | None:
    """The first of: what meta tags say, a `<time>` marked so, a date in the first lines, a `<time>` that stands there.

    `times` are those in the part of `body` that is read, `text` is what was read of it. What its first lines say
    ("Published: 31 May 2023") outranks a `<time>` that nothing marks: it can be an event's.
    """
    said = itertools.chain(
        (parse_date(content) for content in meta),
        (_day(tag) for tag in (*(time.tag for time in times), *body.find_all("time")) if _is_marked(tag, body)),
        [document_date(text[:2000])],
        (_day(time.tag) for time in times if time.stands_as_date),
    )
    return next((day for day in said if day), None)


def _day(tag: Tag) -> dt.date | None:
    return parse_date(str(tag.get("datetime") or tag.get_text()))


def _is_marked(tag: Tag, body: Tag) -> bool:
    """Whether the page marks it as the date of publication."""
    is_published = "datepublished" in str(tag.get("itemprop") or "").lower().split()
    return (is_published or tag.has_attr("pubdate")) and not is_left_out(tag, body)
