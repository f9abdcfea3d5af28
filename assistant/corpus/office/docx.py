"""Word documents (.docx): headings, paragraphs, lists, tables, text boxes and notes in document order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
from lxml import etree

from assistant.corpus.base import Extract
from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.html.reader import hidden_warning
from assistant.corpus.office.archive import check_office_file
from assistant.corpus.office.docx_ink import Ink
from assistant.corpus.office.docx_styles import W, bullets, paragraph_styles, raised_styles, styles_of
from assistant.corpus.office.equations import MATH, around
from assistant.corpus.office.properties import COMPATIBILITY, core, plain
from assistant.corpus.tables import add_table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_SKIPPED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}rPr", f"{W}pPr",
                      f"{COMPATIBILITY}Fallback"})  # fmt: skip
_HOLDERS = frozenset({f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")})
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


def read(path: Path) -> Extract:
    """The text of a Word document; tracked deletions, hidden text and print that nobody sees are left out.

    So are headers and footers, which repeat on each page, and comments, which are not the document's own words.
    """
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
        warnings=(*hidden_warning(walk.hidden), *_comments_warning(document)),
    )


class _Walk:
    """Goes through the body once and appends its blocks."""

    def __init__(self, document: docx.document.Document) -> None:
        self.out = CanonicalText()
        self.title: str | None = None
        self.hidden = 0
        styles = styles_of(document)
        self._ink = Ink(document, styles)
        self._styles = paragraph_styles(styles)
        self._bullets = bullets(document)
        self._raised = raised_styles(styles)
        self._notes = _notes(document)
        self._met_boxes: list[etree._Element] = []
        self._met_notes: list[tuple[str, etree._Element]] = []
        self._noted = {"footnote": 0, "endnote": 0}
        self._counts: dict[tuple[str, int], int] = {}
        self._list: str | None = None

    def blocks(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._list = None
                self._table(child)
                self._beside()
            elif child.tag in _HOLDERS:
                self.blocks(child)

    def _paragraph(self, paragraph: etree._Element) -> None:
        text = cleaned(plain(self._text(paragraph)))
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
        self._beside()

    def _beside(self) -> None:
        """Appends the text boxes and notes that belong to the text that was read last."""
        while self._met_boxes or self._met_notes:
            boxes, self._met_boxes = self._met_boxes, []
            notes, self._met_notes = self._met_notes, []
            for box in boxes:
                self.blocks(box)
            for name, note in notes:
                said = cleaned(plain(self._text(note)))
                self.out.paragraph(f"{name}: {said}" if said else "")

    def _text(self, element: etree._Element, raised: bool = False) -> Iterator[tuple[str, bool]]:
        """The pieces of text in an element, and whether each is raised; meets its text boxes and notes."""
        for child in element:
            if child.tag in _SKIPPED:
                continue
            if child.tag == f"{W}txbxContent":
                self._met_boxes.append(child)
            elif child.tag in _NOTES:
                self._meet_note(child)
            elif child.tag in (f"{W}r", f"{MATH}r"):
                if _vanishes(child):
                    self.hidden += any(text.strip() for text in child.itertext(f"{W}t", f"{MATH}t", with_tail=False))
                elif self._ink.is_unseen(child):  # the boxes and notes at it have an ink of their own
                    self.hidden += any(text.strip() for text, _ in list(self._text(child)))
                else:
                    yield from self._text(child, self._is_raised(child))
            elif child.tag in (f"{W}t", f"{MATH}t"):
                yield child.text or "", raised
            elif child.tag in (f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab"):
                yield " ", False
            elif child.tag == f"{W}noBreakHyphen":
                yield "-", raised
            elif child.tag == f"{W}p":
                yield from self._text(child)
                yield " ", False
            else:
                before, after = around(child)
                yield before, False
                yield from self._text(child, raised)
                yield after, False

    def _meet_note(self, reference: etree._Element) -> None:
        """Puts a note down to be read, once; its number is its place, as in Word: ids may begin and leap anywhere."""
        kind = _NOTES[reference.tag]
        note = self._notes.pop((kind, reference.get(f"{W}id", "")), None)
        if note is None:
            return
        name = kind.capitalize()
        if reference.get(f"{W}customMarkFollows") not in ("1", "true", "on"):
            self._noted[kind] += 1
            name += f" {self._noted[kind]}"
        self._met_notes.append((name, note))

    def _is_raised(self, run: etree._Element) -> bool:
        said = run.find(f"{W}rPr/{W}vertAlign")
        if said is not None:
            return bool(said.get(f"{W}val") == "superscript")
        style = run.find(f"{W}rPr/{W}rStyle")
        return style is not None and style.get(f"{W}val") in self._raised

    def _style(self, paragraph: etree._Element) -> str:
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        return self._styles.get(found.get(f"{W}val", ""), "") if found is not None else ""

    def _listed(self, paragraph: etree._Element, style: str) -> tuple[str, int] | None:
        """The list that a paragraph belongs to and its depth in it."""
        found = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        number = found.get(f"{W}val", "") if found is not None else ""
        if number and number != "0":
            level = paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
            depth = level.get(f"{W}val", "0") if level is not None else "0"
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
        rows: list[list[etree._Element]] = []
        marked = False
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table or row.find(f"{W}trPr/{W}del") is not None:
                continue
            marked = marked or (not rows and row.find(f"{W}trPr/{W}tblHeader") is not None)
            rows.append([cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row])
        if all(len(cells) <= 1 for cells in rows):
            self._boxes([cell for cells in rows for cell in cells])
        else:
            add_table(self.out, self._texts(rows), header=True if marked else None)

    def _boxes(self, cells: Sequence[etree._Element]) -> None:
        """Appends the blocks in a table of one column: it is a frame around them, not a table."""
        for place, cell in enumerate(cells):
            if place == 0 or not _goes_on(cell):
                self._list = None
                self.blocks(cell)
        self._list = None

    def _texts(self, rows: Sequence[Sequence[etree._Element]]) -> list[list[str]]:
        texts: list[list[str]] = []
        for row in rows:
            above, cells = texts[-1] if texts else [], list[str]()
            for cell in row:
                repeated = _goes_on(cell) and len(cells) < len(above)
                cells.append(above[len(cells)] if repeated else self._cell(cell))
                cells += [""] * (_width(cell) - 1)
            texts.append(cells)
        return texts

    def _cell(self, cell: etree._Element) -> str:
        return cleaned(" ".join(plain(self._text(part)) for part in cell))


def _level(paragraph: etree._Element, style: str) -> int | None:
    """0 for the title, 1 to 9 for a heading, None for anything else."""
    if style == "title":
        return 0
    name, _, number = style.rpartition(" ")
    if name == "heading" and number.isdigit():
        return int(number)
    outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
    level = outline.get(f"{W}val", "9") if outline is not None else "9"
    return int(level) + 1 if level.isdigit() and int(level) < 9 else None


def _width(cell: etree._Element) -> int:
    """How many columns a cell covers."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    width = span.get(f"{W}val", "1") if span is not None else "1"
    return max(min(int(width), 100), 1) if width.isdigit() else 1


def _goes_on(cell: etree._Element) -> bool:
    """Whether a cell is the rest of the one above it."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"


def _vanishes(run: etree._Element) -> bool:
    found = run.find(f"{W}rPr/{W}vanish")
    return found is not None and found.get(f"{W}val", "true") not in ("0", "false", "off")


def _notes(document: docx.document.Document) -> dict[tuple[str, str], etree._Element]:
    """The footnotes and endnotes by kind and id, without the lines that part them from the text."""
    return {
        (kind, note.get(f"{W}id", "")): note
        for kind in _NOTES.values()
        for note in _related(document, f"{kind}s", kind)
        if note.get(f"{W}type", "normal") == "normal"
    }


def _comments_warning(document: docx.document.Document) -> tuple[str, ...]:
    count = len(_related(document, "comments", "comment"))
    if not count:
        return ()
    return ("1 comment was left out",) if count == 1 else (f"{count:,} comments were left out",)


def _related(document: docx.document.Document, part: str, name: str) -> list[etree._Element]:
    """The elements called `name` in a part beside the text."""
    for relation in document.part.rels.values():
        if relation.reltype == f"{_RELATED}{part}" and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            return list(etree.fromstring(relation.target_part.blob, parser).iter(f"{W}{name}"))
    return []
