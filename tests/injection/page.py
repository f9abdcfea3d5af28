"""What a browser would make of an answer: which elements and attributes stand in it that are not the page's own."""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.element import Comment, Declaration, Doctype, ProcessingInstruction

from assistant.types import Answer, Turn
from assistant.ui import render

_OWN = frozenset(
    "article h1 h2 h3 h4 div p ul ol li dl dt dd span button q b strong em kbd del s ins details summary section time "
    "table thead tbody tr th td abbr blockquote".split()
)
_ATTRIBUTES = frozenset("class type role title open hidden datetime disabled".split())
_NO_TEXT = (Comment, Declaration, Doctype, ProcessingInstruction)


def foreign(html: str) -> list[str]:
    """Elements, attributes and comments that are none of ours: links, images, scripts, handlers, styles..."""
    soup = BeautifulSoup(html, "html.parser")
    found = [f"<{tag.name}>" for tag in soup.find_all(True) if tag.name not in _OWN]
    found += [
        f"{name}={value}"
        for tag in soup.find_all(True)
        for name, value in tag.attrs.items()
        if name not in _ATTRIBUTES and not name.startswith(("data-", "aria-"))
    ]
    return found + [f"<!{text}>" for text in soup.find_all(string=True) if isinstance(text, _NO_TEXT)]


def shown(answer: Answer) -> str:
    """The answer as the page gets it."""
    return render.turn(Turn(answer.question, answer))
