"""A parser of our own HTML that accepts only what we write."""

from __future__ import annotations

from html.parser import HTMLParser

ALLOWED = frozenset(
    "article section h1 h2 h3 div p ul ol li q span button b kbd strong code pre del mark details summary "
    "table thead tbody tr th td".split()
)
ATTRIBUTES = frozenset("class type role title tabindex value scope".split())


class Tags(HTMLParser):
    """The elements and the text of a piece of HTML; fails on an element or attribute that we never write."""

    allowed = ALLOWED
    attributes = ATTRIBUTES

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.buttons: list[dict[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.allowed, f"unexpected element {tag}"
        for name, _ in attrs:
            assert name in self.attributes or name.startswith(("data-", "aria-")), f"unexpected {name}"
        if tag == "button":
            self.buttons.append({name: value or "" for name, value in attrs})

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data!r}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl!r}")
