"""Which runs of a Word document are print that nobody sees: white on the white of the page, or a point high."""

from __future__ import annotations

import docx
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLAIN_TABLES = frozenset(("", "tablenormal", "tablegrid"))
_TINY = 2  # half points
_WHITE = frozenset(("FFFFFF", "FEFEFE"))


class Ink:
    """Tells what of a document is written so that it cannot be seen.

    White print is seen where something dark may lie behind it: a shading or a highlight of the run, its paragraph, its
    cell, its table or their styles, a text box, a background of the page. It counts where there is none of them.
    """

    def __init__(self, document: docx.document.Document) -> None:
        element = document.element
        self._on_white = element.find(f"{_W}background") is None
        styles = document.styles.element.iter(f"{_W}style")
        self._styles = {style.get(f"{_W}styleId", ""): style for style in styles}

    def is_unseen(self, run: etree._Element) -> bool:
        """Whether a run (`w:r`) is written in unseen print by its own format."""
        said = run.find(f"{_W}rPr")
        if said is None:
            return False
        size = said.find(f"{_W}sz")
        if size is not None and size.get(f"{_W}val", "").isdigit() and int(size.get(f"{_W}val", "")) <= _TINY:
            return True
        colour = said.find(f"{_W}color")
        white = colour is not None and colour.get(f"{_W}val", "").upper() in _WHITE
        return white and self._on_white and not self._is_shaded(run)

    def _is_shaded(self, run: etree._Element) -> bool:
        if _shades(run.find(f"{_W}rPr")) or self._style_shades(run.find(f"{_W}rPr/{_W}rStyle")):
            return True
        for parent in run.iterancestors():
            if parent.tag in (f"{_W}txbxContent", f"{_W}drawing", f"{_W}pict"):
                return True
            if parent.tag == f"{_W}p":
                properties = parent.find(f"{_W}pPr")
                if _shades(properties) or self._style_shades(parent.find(f"{_W}pPr/{_W}pStyle")):
                    return True
            elif parent.tag == f"{_W}tc" and _shades(parent.find(f"{_W}tcPr")):
                return True
            elif parent.tag == f"{_W}tbl":
                style = parent.find(f"{_W}tblPr/{_W}tblStyle")
                named = style.get(f"{_W}val", "").lower() if style is not None else ""
                if named not in _PLAIN_TABLES or _shades(parent.find(f"{_W}tblPr")):
                    return True
        return False

    def _style_shades(self, reference: etree._Element | None) -> bool:
        """Whether a style, or one that it is based on, shades anything."""
        seen: set[str] = set()
        key = reference.get(f"{_W}val", "") if reference is not None else ""
        while key in self._styles and key not in seen:
            seen.add(key)
            style = self._styles[key]
            if _shades(style):
                return True
            base = style.find(f"{_W}basedOn")
            key = base.get(f"{_W}val", "") if base is not None else ""
        return False


def _shades(properties: etree._Element | None) -> bool:
    """Whether properties lay anything but white behind print."""
    if properties is None:
        return False
    if any(mark.get(f"{_W}val") not in ("none", "white") for mark in properties.iter(f"{_W}highlight")):
        return True
    return any(
        shade.get(f"{_W}themeFill") is not None
        or shade.get(f"{_W}val", "clear") not in ("clear", "nil")
        or shade.get(f"{_W}fill", "auto").upper() not in (*_WHITE, "AUTO")
        for shade in properties.iter(f"{_W}shd")
    )
