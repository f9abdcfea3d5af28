"""Word documents (.docx): headings, paragraphs, lists, tables, text boxes and footnotes in document order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
from docx.oxml.ns import qn
from lxml import etree

from assistant.corpus.archive import check_office_file
from assistant.corpus.base import Extract
from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.docx_ink import Ink
from assistant.corpus.html import hidden_warning
from assistant.corpus.office import core
from assistant.corpus.tables import add_table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}rPr", f"{_W}pPr",
                      "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})  # fmt: skip
_HOLDERS = frozenset({f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")})
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def read(path: Path) -> Extract:
    """The text of a Word document; tracked deletions, hidden text and print that nobody sees are left out."""
    check_office_file(path, "word")
    document = docx.Document(str(path))
    walk = _Walk(document)
    walk.blocks(document.element.body)
    built = walk.out.finish()
    said = core(document)
    first = next((h.span.of(built.text) for h in built.headings if h.level == 1), None)
    return Extract(
        text=built.text,
        media_type=MEDIA_TYPE,
        title=walk.title or said.title or first,
        created=said.created,
        author=said.author,
        headings=built.headings,
        warnings=hidden_warning(walk.hidden),
    )


class _Walk:
    """Goes through the body once and appends its blocks."""

    def __init__(self, document: docx.document.Document) -> None:
        self.out = CanonicalText()
        self.title: str | None = None
        self.hidden = 0
        self._ink = Ink(document)
        self._styles = _styles(document)
        self._bullets = _bullets(document)
        self._footnotes = _footnotes(document)
        self._counts: dict[tuple[str, int], int] = {}
        self._list: str | None = None

    def blocks(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._list = None
                self._table(child)
            elif child.tag in _HOLDERS:
                self.blocks(child)

    def _paragraph(self, paragraph: etree._Element) -> None:
        text = cleaned("".join(self._text(paragraph)))
        style = self._style(paragraph)
        level = _level(paragraph, style)
        listed = self._listed(paragraph, style)
        if not text:
            pass
        elif level is not None:
            self._list = None
            if level == 0 and not self.title:
                self.title = text
            self.out.heading(max(level, 1), text)
        elif listed:
            name, depth = listed
            if name != self._list:
                self.out.part()
            self._list = name
            self.out.item(text, depth=depth, number=self._number(name, depth))
        else:
            self._list = None
            self.out.paragraph(text)
        for box in paragraph.iter(f"{_W}txbxContent"):
            if not any(parent.tag in _SKIPPED for parent in box.iterancestors()):
                self.blocks(box)
        for reference in paragraph.iter(f"{_W}footnoteReference"):
            note = self._footnotes.get(reference.get(f"{_W}id", ""))
            if note is not None:
                said = cleaned(" ".join("".join(self._text(part)) for part in note.iter(f"{_W}p")))
                self.out.paragraph(f"Footnote {reference.get(f'{_W}id')}: {said}" if said else "")

    def _text(self, element: etree._Element) -> Iterator[str]:
        for child in element:
            if child.tag in _SKIPPED or child.tag == f"{_W}txbxContent":
                continue
            if child.tag == f"{_W}r" and (_vanishes(child) or self._ink.is_unseen(child)):
                self.hidden += bool("".join(self._text_of_run(child)).strip())
            elif child.tag == f"{_W}t":
                yield child.text or ""
            elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}ptab"):
                yield " "
            elif child.tag == f"{_W}noBreakHyphen":
                yield "-"
            elif child.tag == f"{_W}p":
                yield from self._text(child)
                yield " "
            else:
                yield from self._text(child)

    @staticmethod
    def _text_of_run(run: etree._Element) -> Iterator[str]:
        for text in run.iter(f"{_W}t"):
            yield text.text or ""

    def _style(self, paragraph: etree._Element) -> str:
        found = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._styles.get(found.get(f"{_W}val", ""), "") if found is not None else ""

    def _listed(self, paragraph: etree._Element, style: str) -> tuple[str, int] | None:
        """The list that a paragraph belongs to and its depth in it."""
        found = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        number = found.get(f"{_W}val", "") if found is not None else ""
        if number and number != "0":
            level = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
            depth = level.get(f"{_W}val", "0") if level is not None else "0"
            return number, min(int(depth), 8) if depth.isdigit() else 0
        if style.startswith(("list bullet", "list number")):
            last = style[-1]
            return style.rstrip(" 0123456789"), int(last) - 1 if last.isdigit() and last != "0" else 0
        return None

    def _number(self, name: str, depth: int) -> int | None:
        """The number of the next item, None for a bullet; deeper levels begin anew after it."""
        if name == "list bullet" or (name, depth) in self._bullets:
            return None
        for key in [key for key in self._counts if key[0] == name and key[1] > depth]:
            del self._counts[key]
        self._counts[name, depth] = self._counts.get((name, depth), 0) + 1
        return self._counts[name, depth]

    def _table(self, table: etree._Element) -> None:
        rows: list[list[str]] = []
        above: list[str] = []
        marked = False
        for row in table.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl")) is not table or row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            marked = marked or (not rows and row.find(f"{_W}trPr/{_W}tblHeader") is not None)
            cells: list[str] = []
            for cell in row.iter(f"{_W}tc"):
                if next(cell.iterancestors(f"{_W}tr")) is not row:
                    continue
                merged = cell.find(f"{_W}tcPr/{_W}vMerge")
                goes_on = merged is not None and merged.get(f"{_W}val", "continue") == "continue"
                cells.append(above[len(cells)] if goes_on and len(cells) < len(above) else self._cell(cell))
                span = cell.find(f"{_W}tcPr/{_W}gridSpan")
                width = span.get(f"{_W}val", "1") if span is not None else "1"
                cells += [""] * (min(int(width), 100) - 1 if width.isdigit() else 0)
            rows.append(cells)
            above = cells
        if rows and max(map(len, rows)) == 1:
            for row_cells in rows:
                self.out.paragraph(row_cells[0] if row_cells else "")
        elif rows:
            add_table(self.out, rows, header=True if marked else None)

    def _cell(self, cell: etree._Element) -> str:
        return cleaned(" ".join("".join(self._text(part)) for part in cell))


def _level(paragraph: etree._Element, style: str) -> int | None:
    """0 for the title, 1 to 9 for a heading, None for anything else."""
    if style == "title":
        return 0
    name, _, number = style.rpartition(" ")
    if name == "heading" and number.isdigit():
        return int(number)
    outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    level = outline.get(f"{_W}val", "9") if outline is not None else "9"
    return int(level) + 1 if level.isdigit() and int(level) < 9 else None


def _vanishes(run: etree._Element) -> bool:
    found = run.find(f"{_W}rPr/{_W}vanish")
    return found is not None and found.get(f"{_W}val", "true") not in ("0", "false", "off")


def _styles(document: docx.document.Document) -> dict[str, str]:
    """The built-in style that each paragraph style is or is based on, by its id, in lower case."""
    names: dict[str, str] = {}
    bases: dict[str, str] = {}
    for style in document.styles.element.iter(qn("w:style")):
        key = style.get(f"{_W}styleId", "")
        name, base = style.find(f"{_W}name"), style.find(f"{_W}basedOn")
        names[key] = (name.get(f"{_W}val", "") if name is not None else "").lower()
        bases[key] = base.get(f"{_W}val", "") if base is not None else ""

    def known(key: str) -> str:
        seen: set[str] = set()
        while key in names and key not in seen:
            seen.add(key)
            if names[key] == "title" or names[key].startswith(("heading ", "list bullet", "list number")):
                return names[key]
            key = bases[key]
        return ""

    return {key: known(key) for key in names}


def _bullets(document: docx.document.Document) -> frozenset[tuple[str, int]]:
    """The (list, depth) pairs that have bullets instead of numbers."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return frozenset()
    kinds = {
        (abstract.get(f"{_W}abstractNumId"), level.get(f"{_W}ilvl"))
        for abstract in numbering.iter(f"{_W}abstractNum")
        for level in abstract.iter(f"{_W}lvl")
        for form in level.iter(f"{_W}numFmt")
        if form.get(f"{_W}val") in ("bullet", "none")
    }
    found = set()
    for number in numbering.iter(f"{_W}num"):
        abstract = number.find(f"{_W}abstractNumId")
        for depth in range(9):
            if abstract is not None and (abstract.get(f"{_W}val"), str(depth)) in kinds:
                found.add((number.get(f"{_W}numId", ""), depth))
    return frozenset(found)


def _footnotes(document: docx.document.Document) -> dict[str, etree._Element]:
    for relation in document.part.rels.values():
        if relation.reltype == _FOOTNOTES and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(relation.target_part.blob, parser)
            return {note.get(f"{_W}id", ""): note for note in root.iter(f"{_W}footnote") if not note.get(f"{_W}type")}
    return {}
