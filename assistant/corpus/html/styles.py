"""What the styles of a web page hide from its reader, be it by a style sheet or by an element's own `style`.

Text is hidden by `display: none`, `content-visibility: hidden`, an opacity near 0, `visibility: hidden`, a font size of
at most a pixel, a place far left of the page or above it, a clip that leaves nothing, and white on white (`ink`), as
the cascade of CSS decides: importance, the element's own style, specificity, order. Visibility, size and colour are
inherited, and an element inside may be seen again. Looked at are the `style` elements of the page and the `style`
attributes; nothing is fetched. Not looked at are rules for a screen of some size, nested rules, and other ways to make
text unseen: other colours on the same ones, a box of no height.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cssselect
import soupsieve
import tinycss2
import tinycss2.ast as css
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from assistant.corpus.html.ink import Ink, concerns, said_of

_CONCERNS = re.compile(  # or written with escapes or comments
    r"display|visib|opacity|font|position|left|top|clip|colo|background|shadow|stroke|filter|\\|/\*", re.IGNORECASE
)
_SHOWN = frozenset(
    "block inline inline-block flex inline-flex grid inline-grid flow flow-root list-item contents run-in ruby "
    "table inline-table table-row table-cell table-caption table-column table-row-group table-header-group "
    "table-footer-group table-column-group math initial unset revert -webkit-box -webkit-flex".split()
)
_SIZES = frozenset("xx-small x-small small medium large x-large xx-large xxx-large initial".split())
_RELATIVE = frozenset(("em", "ex", "ch", "lh", "cap", "ic"))
_OF_THE_BOX = ("display", "content-visibility", "opacity", "clip", "clip-path")
_AWAY = -999.0  # pixels
_AWAY_IN_LETTERS = -60.0
_WRITTEN_AS = {"font": "font-size", "background-color": "background"}
_SCREEN = re.compile(r"\s*(?:only\s+)?(?:screen|all)\s*", re.IGNORECASE)
_FAINT = 0.05
_TINY = {"px": 1.0, "pt": 0.75}

Rank = tuple[bool, bool, tuple[int, int, int], int]


@dataclass(frozen=True, slots=True)
class _Said:
    """That a declaration hides its element, or shows it."""

    name: str
    hides: bool
    important: bool


@dataclass(frozen=True, slots=True)
class _Selector:
    """`names` are the classes and ids that an element or those around it must have."""

    text: str
    specificity: tuple[int, int, int]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Rule:
    selector: _Selector
    said: tuple[_Said, ...]


def hide(soup: BeautifulSoup) -> None:
    """Gives each element that its styles hide the attribute `hidden`; unseen text beside seen elements is wrapped so.

    `html` and `body` are never hidden: a page that hides itself is shown by its script.
    """
    styles = _cascade(soup)
    if not any(hides for said in styles.values() for _, hides in said.values()):
        return
    todo: list[tuple[Tag, bool, bool, Ink]] = [(soup, False, False, Ink.of(soup))]
    while todo:
        parent, invisible, tiny, ink = todo.pop()
        for child in list(parent.children):
            if isinstance(child, Tag):
                own = {name: hides for name, (_, hides) in styles.get(id(child), {}).items()}
                written = ink.inside(child, own)
                away = own.pop("position", False) and (own.pop("left", False) or own.pop("top", False))
                if child.name in ("html", "body"):
                    own, away = {}, False
                unseen = (own.pop("visibility", invisible), own.pop("font-size", tiny))
                if away or any(own.get(name) for name in _OF_THE_BOX) or (child.name == "img" and unseen[0]):
                    child["hidden"] = ""
                else:
                    todo.append((child, *unseen, written))
            elif (invisible or tiny or ink.is_unseen) and type(child) is NavigableString and child.strip():
                child.wrap(soup.new_tag("span", attrs={"hidden": ""}))


def _cascade(soup: BeautifulSoup) -> dict[int, dict[str, tuple[Rank, bool]]]:
    """For each element by its `id()`: property -> what decides about it, and whether that hides."""
    styles: dict[int, dict[str, tuple[Rank, bool]]] = defaultdict(dict)

    def say(tag: Tag, said: _Said, own: bool, specificity: tuple[int, int, int], order: int) -> None:
        rank = (said.important, own, specificity, order)
        before = styles[id(tag)].get(said.name)
        if before is None or rank >= before[0]:
            styles[id(tag)][said.name] = (rank, said.hides)

    rules = [rule for text in _sheets(soup) for rule in _rules(tinycss2.parse_stylesheet(text, True, True))]
    if any(said.hides for rule in rules for said in rule.said):
        names = _names(soup)
        for order, rule in enumerate(rules):
            for tag in _matched(soup, rule.selector, names):
                for said in rule.said:
                    say(tag, said, False, rule.selector.specificity, order)
    for tag in soup.find_all(style=_CONCERNS):
        for said in _declarations(tinycss2.parse_blocks_contents(str(tag["style"]), True, True)):
            say(tag, said, True, (0, 0, 0), 0)
    return styles


def _sheets(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all("style"):
        if not tag.find_parent("noscript") and _for_a_screen(str(tag.get("media") or "all")):
            yield tag.get_text()


def _for_a_screen(media: str) -> bool:
    return any(_SCREEN.fullmatch(part) for part in media.split(","))


def _rules(nodes: Sequence[css.Node]) -> Iterator[_Rule]:
    """The rules that concern us, those inside of @media, @supports and @layer too; a wrong selector voids its rule."""
    for node in nodes:
        if isinstance(node, css.QualifiedRule):
            said = tuple(_declarations(tinycss2.parse_blocks_contents(node.content, True, True)))
            if said:
                yield from [_Rule(selector, said) for selector in _selectors(node.prelude)]
        elif isinstance(node, css.AtRule) and node.content is not None:
            fits = node.lower_at_keyword == "media" and _for_a_screen(tinycss2.serialize(node.prelude))
            if fits or node.lower_at_keyword in ("supports", "layer"):
                yield from _rules(tinycss2.parse_rule_list(node.content, True, True))


def _selectors(prelude: Sequence[css.Node]) -> list[_Selector]:
    parts: list[list[css.Node]] = [[]]
    for token in prelude:
        if isinstance(token, css.LiteralToken) and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    selectors = []
    for part in parts:
        text = tinycss2.serialize(part).strip()
        try:
            parsed = cssselect.parse(text)[0]
        except cssselect.SelectorError:
            return []
        if parsed.pseudo_element is None:
            names = [str(token.value) for token in part if isinstance(token, css.HashToken)]
            for before, token in itertools.pairwise(part):
                if isinstance(token, css.IdentToken) and isinstance(before, css.LiteralToken) and before.value == ".":
                    names.append(str(token.value))
            selectors.append(_Selector(text, parsed.specificity(), frozenset(names)))
    return selectors


def _names(soup: BeautifulSoup) -> frozenset[str]:
    """Every class and id of the page."""
    classes = (name for tag in soup.find_all(class_=True) for name in tag.get_attribute_list("class"))
    return frozenset(map(str, classes)) | {str(tag["id"]) for tag in soup.find_all(id=True)}


def _matched(soup: BeautifulSoup, selector: _Selector, names: frozenset[str]) -> list[Tag]:
    """The elements that a selector means; most name a class that the page does not have, and cost nothing."""
    if not selector.names <= names:
        return []
    try:
        return list(soupsieve.select(selector.text, soup))
    except (soupsieve.SelectorSyntaxError, NotImplementedError):
        return []


def _declarations(nodes: Sequence[css.Node]) -> Iterator[_Said]:
    for node in nodes:
        if isinstance(node, css.Declaration):
            name = _WRITTEN_AS.get(node.lower_name, node.lower_name)
            tokens = [token for token in node.value if not isinstance(token, css.WhitespaceToken | css.Comment)]
            hides = _hides(name, tokens)
            if hides is not None:
                yield _Said(name, hides, node.important)


def _hides(name: str, tokens: Sequence[css.Node]) -> bool | None:
    """None for a property that does not concern us, a value that CSS does not know, and one taken from the parent."""
    words = [token.lower_value for token in tokens if isinstance(token, css.IdentToken)]
    word = words[0] if len(words) == len(tokens) == 1 else None
    if name == "display":
        return True if word == "none" else False if words and set(words) <= _SHOWN else None
    if name == "visibility":
        return {"hidden": True, "collapse": True, "visible": False, "initial": False}.get(word or "")
    if name == "content-visibility":
        return {"hidden": True, "visible": False, "auto": False, "initial": False}.get(word or "")
    if name == "opacity" and len(tokens) == 1:
        return _faint(tokens[0])
    if name == "position":
        return {"absolute": True, "fixed": True, "relative": True, "static": False, "sticky": False}.get(word or "")
    if name in ("left", "top"):
        return _away(tokens)
    if name in ("clip", "clip-path"):
        return _clips(tokens)
    if concerns(name):
        return said_of(name, tokens)
    return _tiny(tokens) if name == "font-size" else None


def _away(tokens: Sequence[css.Node]) -> bool:
    """For `left` and `top`: whether an element that is placed so lies off the page."""
    token = tokens[0] if len(tokens) == 1 else None
    if not isinstance(token, css.DimensionToken):
        return False
    return bool(token.value <= (_AWAY_IN_LETTERS if token.lower_unit in (*_RELATIVE, "rem") else _AWAY))


def _clips(tokens: Sequence[css.Node]) -> bool:
    """For `clip` and `clip-path`: whether nothing is left, as of "rect(0 0 0 0)" or "inset(50%)"."""
    token = tokens[0] if len(tokens) == 1 else None
    if not isinstance(token, css.FunctionBlock):
        return False
    values = [
        part.value
        for part in token.arguments
        if isinstance(part, css.NumberToken | css.DimensionToken | css.PercentageToken)
    ]
    if token.lower_name == "rect":
        return len(values) == 4 and max(values) <= 1
    whole = all(isinstance(part, css.PercentageToken) for part in token.arguments if hasattr(part, "value"))
    return token.lower_name == "inset" and len(values) == 1 and whole and values[0] >= 50


def _faint(token: css.Node) -> bool | None:
    if isinstance(token, css.NumberToken):
        return bool(token.value <= _FAINT)
    if isinstance(token, css.PercentageToken):
        return bool(token.value <= 100 * _FAINT)
    return False if isinstance(token, css.FunctionBlock) else None


def _tiny(tokens: Sequence[css.Node]) -> bool | None:
    """For `font-size` and for `font`, where the size is the first length, or a keyword."""
    for token in tokens:
        if isinstance(token, css.DimensionToken):
            unit = token.lower_unit
            return bool(token.value <= _TINY.get(unit, 0.0)) or (None if unit in _RELATIVE else False)
        if isinstance(token, css.PercentageToken) or (isinstance(token, css.NumberToken) and token.value == 0):
            return True if token.value == 0 else None
        if isinstance(token, css.FunctionBlock) or (isinstance(token, css.IdentToken) and token.lower_value in _SIZES):
            return False
    return None
