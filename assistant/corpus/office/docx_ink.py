"""Which runs of a Word document are print that nobody sees: white on the white of the page, or a point high."""

from __future__ import annotations

from collections.abc import Mapping

import docx
from lxml import etree

from assistant.corpus.office.docx_styles import W, based_on

_PLAIN_TABLES = frozenset(("", "tablenormal", "tablegrid"))
_TINY = 2  # half points
_WHITE = frozenset(("FFFFFF", "FEFEFE"))


class Ink:
    """Tells what of a document is written so that it cannot be seen.

    White print is seen where something dark may lie behind it: a shading or a highlight of the run, its paragraph, its
    cell, its table or their styles, a text box, a background of the page. It counts where there is none of them.
    """

    def __init__(self, document: docx.document.Document, styles: Mapping[str, etree._Element]) -> None:
        self._on_white = document.element.find(f"{W}background") is None
        self._styles = styles

    def is_unseen(self, run: etree._Element) -> bool:
        """Whether a run (`w:r`) is written in unseen print by its own format."""
        said = run.find(f"{W}rPr")
        if said is None:
            return False
        size = said.find(f"{W}sz")
        if size is not None and size.get(f"{W}val", "").isdigit() and int(size.get(f"{W}val", "")) <= _TINY:
            return True
        colour = said.find(f"{W}color")
        white = colour is not None and colour.get(f"{W}val", "").upper() in _WHITE
        return white and self._on_white and not self._is_shaded(run)

    def _is_shaded(self, run: etree._Element) -> bool:
        if _shades(run.find(f"{W}rPr")) or self._style_shades(run.find(f"{W}rPr/{W}rStyle")):
            return True
        for parent in run.iterancestors():
            if parent.tag in (f"{W}txbxContent", f"{W}drawing", f"{W}pict"):
                return True
            if parent.tag == f"{W}p":
                properties = parent.find(f"{W}pPr")
                if _shades(properties) or self._style_shades(parent.find(f"{W}pPr/{W}pStyle")):
                    return True
            elif parent.tag == f"{W}tc" and _shades(parent.find(f"{W}tcPr")):
                return True
            elif parent.tag == f"{W}tbl":
                style = parent.find(f"{W}tblPr/{W}tblStyle")
                named = style.get(f"{W}val", "").lower() if style is not None else ""
                if named not in _PLAIN_TABLES or _shades(parent.find(f"{W}tblPr")):
                    return True
        return False

    def _style_shades(self, reference: etree._Element | None) -> bool:
        """Whether a style, or one that it is based on, shades anything."""
        key = reference.get(f"{W}val", "") if reference is not None else ""
        return any(map(_shades, based_on(self._styles, key)))


def _shades(properties: etree._Element | None) -> bool:
    """Whether properties lay anything but white behind print."""
    if properties is None:
        return False
    if any(mark.get(f"{W}val") not in ("none", "white") for mark in properties.iter(f"{W}highlight")):
        return True
    return any(
        shade.get(f"{W}themeFill") is not None
        or shade.get(f"{W}val", "clear") not in ("clear", "nil")
        or shade.get(f"{W}fill", "auto").upper() not in (*_WHITE, "AUTO")
        for shade in properties.iter(f"{W}shd")
    )
