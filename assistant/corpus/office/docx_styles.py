"""What the styles and the numbering of a Word document say about its paragraphs, lists and characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import docx
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of Word's markup."""


def styles_of(document: docx.document.Document) -> dict[str, etree._Element]:
    """The styles of a document by their ids."""
    return {style.get(f"{W}styleId", ""): style for style in document.styles.element.iter(f"{W}style")}


def based_on(styles: Mapping[str, etree._Element], key: str) -> Iterator[etree._Element]:
    """The style with this id, that which it is based on, and so on; a circle is gone round once."""
    seen: set[str] = set()
    while key in styles and key not in seen:
        seen.add(key)
        yield styles[key]
        base = styles[key].find(f"{W}basedOn")
        key = base.get(f"{W}val", "") if base is not None else ""


def paragraph_styles(styles: Mapping[str, etree._Element]) -> dict[str, str]:
    """The built-in style that each paragraph style is or is based on, by its id, in lower case."""
    return {key: next(filter(_is_known, map(_name, based_on(styles, key))), "") for key in styles}


def raised_styles(styles: Mapping[str, etree._Element]) -> frozenset[str]:
    """The ids of the styles that raise characters."""
    found = set()
    for key in styles:
        said = (style.find(f"{W}rPr/{W}vertAlign") for style in based_on(styles, key))
        first = next((each for each in said if each is not None), None)
        if first is not None and first.get(f"{W}val") == "superscript":
            found.add(key)
    return frozenset(found)


def bullets(document: docx.document.Document) -> frozenset[tuple[str, int]]:
    """The (list, depth) pairs that have bullets instead of numbers."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return frozenset()
    kinds = {
        (abstract.get(f"{W}abstractNumId"), level.get(f"{W}ilvl"))
        for abstract in numbering.iter(f"{W}abstractNum")
        for level in abstract.iter(f"{W}lvl")
        for form in level.iter(f"{W}numFmt")
        if form.get(f"{W}val") in ("bullet", "none")
    }
    found = set()
    for number in numbering.iter(f"{W}num"):
        abstract = number.find(f"{W}abstractNumId")
        for depth in range(9):
            if abstract is not None and (abstract.get(f"{W}val"), str(depth)) in kinds:
                found.add((number.get(f"{W}numId", ""), depth))
    return frozenset(found)


def _name(style: etree._Element) -> str:
    name = style.find(f"{W}name")
    return str(name.get(f"{W}val", "")).lower() if name is not None else ""


def _is_known(name: str) -> bool:
    return name == "title" or name.startswith(("heading ", "list bullet", "list number"))
