"""What the styles and the numbering of a Word document say about its paragraphs, lists and characters."""

from __future__ import annotations

import docx
from docx.oxml.ns import qn

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of Word's markup."""


def paragraph_styles(document: docx.document.Document) -> dict[str, str]:
    """The built-in style that each paragraph style is or is based on, by its id, in lower case."""
    names: dict[str, str] = {}
    bases: dict[str, str] = {}
    for style in document.styles.element.iter(qn("w:style")):
        key = style.get(f"{W}styleId", "")
        name, base = style.find(f"{W}name"), style.find(f"{W}basedOn")
        names[key] = (name.get(f"{W}val", "") if name is not None else "").lower()
        bases[key] = base.get(f"{W}val", "") if base is not None else ""

    def known(key: str) -> str:
        seen: set[str] = set()
        while key in names and key not in seen:
            seen.add(key)
            if names[key] == "title" or names[key].startswith(("heading ", "list bullet", "list number")):
                return names[key]
            key = bases[key]
        return ""

    return {key: known(key) for key in names}


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


def raised_styles(document: docx.document.Document) -> frozenset[str]:
    """The ids of the styles that raise characters."""
    own: dict[str, bool] = {}
    bases: dict[str, str] = {}
    for style in document.styles.element.iter(qn("w:style")):
        key = style.get(f"{W}styleId", "")
        said, base = style.find(f"{W}rPr/{W}vertAlign"), style.find(f"{W}basedOn")
        if said is not None:
            own[key] = said.get(f"{W}val") == "superscript"
        elif base is not None:
            bases[key] = base.get(f"{W}val", "")

    def raises(key: str) -> bool:
        seen: set[str] = set()
        while key in bases and key not in seen:
            seen.add(key)
            key = bases[key]
        return own.get(key, False)

    return frozenset(key for key in (*own, *bases) if raises(key))
