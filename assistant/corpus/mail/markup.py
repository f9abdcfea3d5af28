"""What a mail in HTML quotes of others, put under headings as in one of plain text."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from assistant.corpus.canonical import cleaned
from assistant.corpus.mail.quotes import QUOTED, head_of, introduces

_PARTS = ["p", "div"]
_NAMED = "data-quoted"
_LONGEST_HEAD = 1_500  # characters


def with_named_quotes(markup: str, sender: str) -> str:
    """The markup with a heading in each quotation, made of the words that introduce it, and one behind it."""
    soup = BeautifulSoup(markup, "lxml")
    for part in soup.find_all(_PARTS):
        _name_head(soup, part)
    named: dict[int, str] = {}  # the introduction that was met last inside a quotation, or in none
    for quote in soup.find_all("blockquote"):
        said = _introduction(quote)
        if said is None and not _is_of_mail(quote):
            continue
        around = quote.find_parent("blockquote", attrs={_NAMED: True})
        said = said or named.get(id(around), QUOTED)
        named[id(around)] = quote[_NAMED] = said
        quote.insert(0, _heading(soup, said))
        back = str(around[_NAMED]) if around else f"From: {sender}" if sender else ""
        if back and any(map(str.strip, _strings_behind(quote, around))):
            quote.insert_after(_heading(soup, back))
    return str(soup)


def _heading(soup: BeautifulSoup, text: str) -> Tag:
    heading = soup.new_tag("h2")
    heading.string = text
    return heading


def _is_of_mail(quote: Tag) -> bool:
    """Whether a mail program made it; another quotation is part of the text."""
    classes = " ".join(map(str, quote.get_attribute_list("class")))
    return str(quote.get("type", "")).lower() == "cite" or "quote" in classes or "cite" in classes


def _introduction(quote: Tag) -> str | None:
    """What says who wrote a quotation: just before it, or first in it; it is taken out of there."""
    before = quote.previous_sibling
    while isinstance(before, NavigableString | Tag) and not _text(before).strip():
        before = before.previous_sibling
    first = next((child for child in quote.children if _text(child).strip()), None)
    for part in (before, first):
        said = cleaned(_text(part)) if isinstance(part, NavigableString | Tag) else ""
        if introduces(said):
            part.extract()  # type: ignore[union-attr]
            return said
    return None


def _name_head(soup: BeautifulSoup, part: Tag) -> None:
    """Makes a heading of the head of a mail that a program quotes without a mark: From, Sent, To, Subject."""
    if part.find(_PARTS) or len(part.get_text()) > _LONGEST_HEAD:
        return
    head = head_of([line for line in map(cleaned, _text(part).split("\n")) if line])
    if head is None:
        return
    heading, fields = head
    part.clear()
    part.append(_heading(soup, heading))
    for field in fields:
        line = soup.new_tag("p")
        line.string = field
        part.append(line)


def _text(part: object) -> str:
    """The text of a part of a page, each line break as one."""
    if isinstance(part, NavigableString):
        return str(part)
    if not isinstance(part, Tag):
        return ""
    return "".join(
        "\n" if isinstance(each, Tag) and each.name == "br" else str(each) if isinstance(each, NavigableString) else ""
        for each in part.descendants
    )


def _strings_behind(quote: Tag, around: Tag | None) -> Iterator[str]:
    """The text behind a quotation, as far as the one around it reaches."""
    part: Tag | None = quote
    while part is not None and part is not around:
        yield from map(_text, part.next_siblings)
        part = part.parent
