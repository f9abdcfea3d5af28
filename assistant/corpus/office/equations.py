"""Equations of Office files on one line, in Office's own linear format."""

from __future__ import annotations

import re

from lxml import etree

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
"""The namespace of their markup."""

_SIGNS = {"num": "", "den": "/", "sub": "_", "sup": "^", "lim": "_"}
_ATOM = re.compile(r"\w+(?:[.,]\w+)*|.")


def around(part: etree._Element) -> tuple[str, str]:
    """What to write before and after a part of an equation to have it on one line: "x^2", "(a+b)/2", "√(2)".

    Office keeps these signs in its markup, not in its text: without them a half would read "12". They are those of its
    own linear format. Both are empty for what needs no sign, and for what is no part of an equation.
    """
    if not str(part.tag).startswith(MATH):
        return "", ""
    name = part.tag.removeprefix(MATH)
    before = part.getprevious()
    if name in ("oMath", "e", "mr") and before is not None and before.tag == part.tag:
        return _sign(part.getparent(), "sepChr", "|") if part.getparent().tag == f"{MATH}d" else " ", ""
    if name in _SIGNS:
        said = "".join(text.text or "" for text in part.iter(f"{MATH}t"))
        if not said:
            return "", ""
        alone = _ATOM.fullmatch(said) and part.find(f".//{MATH}f") is None
        return (_SIGNS[name], "") if alone else (f"{_SIGNS[name]}(", ")")
    if name == "d":
        return _sign(part, "begChr", "("), _sign(part, "endChr", ")")
    if name == "deg":
        return "", "&" if any(text.text for text in part.iter(f"{MATH}t")) else ""
    if name == "e" and part.getparent().tag == f"{MATH}nary":
        return " ", ""
    return {"rad": ("√(", ")"), "nary": (_sign(part, "chr", "∫"), ""), "fName": ("", " ")}.get(name, ("", ""))


def _sign(part: etree._Element, name: str, usual: str) -> str:
    """The character that the properties of a part name for it."""
    found = part.find(f"{part.tag}Pr/{MATH}{name}")
    return usual if found is None else str(found.get(f"{MATH}val", ""))
