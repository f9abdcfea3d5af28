"""White print on the white of a web page, as far as the page itself tells what lies behind it."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, replace

import tinycss2
import tinycss2.ast as css
from bs4 import BeautifulSoup
from bs4.element import Tag
from tinycss2.color3 import RGBA, parse_color

_WHITE = 0.98  # of each of the three colours, at least
_NOTHING = frozenset("none transparent initial unset inherit revert currentcolor normal".split())
_BESIDE = (
    "background-image", "text-shadow", "-webkit-text-stroke", "-webkit-text-stroke-color", "filter", "mix-blend-mode",
    "box-shadow",
)  # fmt: skip
"""What makes white print seen on a white ground, or lays something else behind it."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How the text of an element is printed: whether in white, and whether something else than white may lie behind it.

    What a style sheet that is linked does is not known, so that with one the ground is white only where an element says
    so itself. Neither is what lies behind an element that has a place of its own.
    """

    white: bool
    ground: bool

    @staticmethod
    def of(soup: BeautifulSoup) -> Ink:
        """That of a page before its first element."""
        linked = soup.find("link", rel="stylesheet") is not None
        return Ink(False, linked or any("@import" in sheet.get_text().lower() for sheet in soup.find_all("style")))

    def inside(self, tag: Tag, own: MutableMapping[str, bool]) -> Ink:
        """That of an element inside, whose styles are `own`; those that are about print are taken out of them."""
        white = own.pop("color", self.white and not (tag.name == "a" and tag.has_attr("href")))
        white = white and tag.name not in ("html", "body")  # a page that is all white has its ground from elsewhere
        ground = own.pop("background", None)
        beside = [own.pop(name, False) for name in _BESIDE]
        if any(beside) or tag.name == "mark" or tag.has_attr("background"):
            ground = True
        elif ground is None and tag.has_attr("bgcolor"):
            ground = not _is_white(parse_color(str(tag["bgcolor"])))
        elif ground is None and own.get("position"):
            ground = True
        return replace(self, white=white, ground=self.ground if ground is None else ground)

    @property
    def is_unseen(self) -> bool:
        """Whether nobody sees it."""
        return self.white and not self.ground


def said_of(name: str, tokens: Sequence[css.Node]) -> bool | None:
    """What a declaration says about print; None for nothing.

    Of `color` whether it is white, of any other whether something else than white may show.
    """
    word = tokens[0].lower_value if len(tokens) == 1 and isinstance(tokens[0], css.IdentToken) else None
    if name == "color":
        return None if word in ("inherit", "currentcolor") else _is_white(parse_color(tinycss2.serialize(tokens)))
    if word in _NOTHING:
        return False if name != "background" else None
    return name != "background" or not _is_white(parse_color(tinycss2.serialize(tokens)))


def concerns(name: str) -> bool:
    """Whether a property is about print."""
    return name in ("color", "background", *_BESIDE)


def _is_white(colour: object) -> bool:
    return isinstance(colour, RGBA) and min(colour[:3]) >= _WHITE and colour.alpha > 0.5
