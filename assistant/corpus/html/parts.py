"""Which parts of a web page are read: not what surrounds every page of a site, and not what nobody sees."""

from __future__ import annotations

import itertools
import re

from bs4.element import CData, Comment, Declaration, Doctype, NavigableString, ProcessingInstruction, Tag

BOILERPLATE = frozenset(
    re.findall(
        r"\w+",
        "nav footer aside script style template noscript iframe object embed svg canvas head button select input "
        "textarea datalist dialog math audio video map",
    )
)
NOT_TEXT = (Comment, Declaration, Doctype, ProcessingInstruction, CData)
_LONG_FORM = 500  # characters; to search or to subscribe takes less


def main_parts(body: Tag) -> list[Tag]:
    """`<main>` or the outermost `<article>`s if they hold at least half of what there is to read, else the body."""
    whole = _prose(body)
    for name in ("main", "article"):
        parts = [part for part in body.find_all(name) if not part.find_parent(name) and not is_left_out(part, body)]
        if 0 < whole <= 2 * sum(map(_prose, parts)):
            return parts
    return [body]


def leave_out_forms(body: Tag) -> None:
    """Takes out forms to search, to subscribe and the like; a form that is half of the page, as with ASP.NET, stays."""
    forms = [form for form in body.find_all("form") if not form.find_parent("form")]
    least = min(_LONG_FORM, _prose(body) / 2) if forms else 0
    for form in forms:
        if _prose(form) < least:
            form.extract()


def is_hidden(tag: Tag) -> bool:
    """Also by `aria-hidden`: what a page keeps from those who hear it is decoration, or text that it says elsewhere."""
    return tag.has_attr("hidden") or str(tag.get("aria-hidden", "")).lower() == "true"


def within_hidden(tag: Tag, root: Tag) -> bool:
    """Whether it, or an element around it below `root`, is hidden."""
    if is_hidden(tag):
        return True
    around = itertools.takewhile(lambda parent: parent is not root, tag.parents)
    return any(is_hidden(parent) for parent in around)


def is_left_out(part: Tag, body: Tag) -> bool:
    """Whether it is hidden or stands in what surrounds every page of a site."""
    return within_hidden(part, body) or any(parent.name in BOILERPLATE for parent in part.parents)


def _prose(root: Tag) -> int:
    """How many characters there are to read inside of it, but for links: menus and teasers are made of them."""
    count = 0
    todo = [root]
    while todo:
        for child in todo.pop().children:
            if isinstance(child, Tag):
                is_link = child.name == "a" and child.has_attr("href")
                if not is_link and child.name not in BOILERPLATE and not is_hidden(child):
                    todo.append(child)
            elif isinstance(child, NavigableString) and not isinstance(child, NOT_TEXT):
                count += len(child.strip())
    return count
