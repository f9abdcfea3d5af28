"""Renders the sample briefings that are kept as YAML into the binary files (and mails) of the corpus.

    python docs/sample-corpus/build.py                     # every YAML in briefings/ -> corpus/
    python docs/sample-corpus/build.py --only nordic-nato  # those whose YAML name starts so

One YAML describes one file; the suffix of its `file` chooses the writer: .pdf .docx .pptx .xlsx .csv .eml.
Keys: file, title, publisher, author, date, sections (or sheets for .xlsx/.csv), sources; `page_labels` for .pdf
(one printed label a page, `null` for none); `mail` for .eml (from, to, subject, encoding: quoted-printable or
base64, attachments: a list of the same kind of mapping, only file and sections or sheets required).
A section has heading, level, page_break, body and notes (.pptx only); a body item is a paragraph,
`{list: [...]}` or `{table: {caption, rows}}`, whose first row is the header.

The output is the same bytes for the same input and library versions: dates come from the briefing, zip entries
are written in order with a fixed time, and fonts are those shipped with reportlab.
Needs: pyyaml python-docx python-pptx openpyxl reportlab.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
import textwrap
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml

HERE = Path(__file__).resolve().parent
Row = tuple[str | int | float | None, ...]


@dataclass(frozen=True)
class Table:
    """A table; its first row is the header."""

    caption: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Items:
    """A bulleted list."""

    items: tuple[str, ...]


Block = str | Items | Table


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it; a slide in .pptx."""

    heading: str
    level: int
    page_break: bool
    body: tuple[Block, ...]
    notes: str


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; its first row is the header."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Briefing:
    """One briefing as its YAML describes it, checked."""

    file: str
    title: str
    publisher: str
    author: str
    date: date
    page_labels: tuple[str | None, ...]
    sections: tuple[Section, ...]
    sheets: tuple[Sheet, ...]
    sources: tuple[str, ...]
    mail: Mapping[str, Any]

    @property
    def byline(self) -> str:
        """Publisher, author and date in one line, as every format prints it."""
        return f"{self.publisher} | {self.author} | {long_date(self.date)}"


# Reading the YAML -----------------------------------------------------------------------------------------------------


def long_date(day: date) -> str:
    """A day as `5 June 2023`."""
    return f"{day.day} {day:%B %Y}"


def checked(data: Mapping[str, Any], allowed: Sequence[str], where: str) -> Mapping[str, Any]:
    """The same mapping, or a ValueError that names its unknown keys."""
    if unknown := sorted(set(data) - set(allowed)):
        raise ValueError(f"{where}: unknown keys {', '.join(unknown)}; known are {', '.join(allowed)}")
    return data


def read_rows(rows: Sequence[Sequence[Any]], where: str) -> tuple[Row, ...]:
    """Rows of one length, dates as text."""
    if len(rows) < 2 or len({len(row) for row in rows}) != 1:
        raise ValueError(f"{where}: a table needs a header row and rows of the same length")
    return tuple(tuple(cell.isoformat() if isinstance(cell, date) else cell for cell in row) for row in rows)


def read_block(data: Any, where: str) -> Block:
    """A paragraph, list or table of a section's body."""
    if isinstance(data, str):
        return " ".join(data.split())
    checked(data, ("list", "table"), where)
    if "list" in data:
        return Items(tuple(" ".join(str(item).split()) for item in data["list"]))
    table = checked(data["table"], ("caption", "rows"), where)
    return Table(table.get("caption", ""), read_rows(table["rows"], where))


def read_section(data: Mapping[str, Any], where: str) -> Section:
    """One entry of `sections`."""
    checked(data, ("heading", "level", "page_break", "body", "notes"), where)
    where = f"{where}: section {data['heading']!r}"
    return Section(
        heading=data["heading"],
        level=data.get("level", 1),
        page_break=data.get("page_break", False),
        body=tuple(read_block(block, where) for block in data.get("body", ())),
        notes=" ".join(data.get("notes", "").split()),
    )


def read_source(data: Mapping[str, Any], where: str) -> str:
    """One entry of `sources` as the line that is printed."""
    checked(data, ("publisher", "title", "date", "url"), where)
    day = data["date"]
    when = long_date(day) if isinstance(day, date) else str(day or "undated")
    return f'{data["publisher"]}, "{data["title"]}", {when}, {data["url"]}'


def read_briefing(data: Mapping[str, Any], where: str) -> Briefing:
    """A whole YAML file."""
    allowed = ("file", "title", "publisher", "author", "date", "page_labels", "sections", "sheets", "sources", "mail")
    checked(data, allowed, where)
    if not isinstance(data["date"], date):
        raise ValueError(f"{where}: date must be YYYY-MM-DD, not {data['date']!r}")
    return Briefing(
        file=data["file"],
        title=data["title"],
        publisher=data["publisher"],
        author=data["author"],
        date=data["date"],
        page_labels=tuple(None if label is None else str(label) for label in data.get("page_labels", ())),
        sections=tuple(read_section(section, where) for section in data.get("sections", ())),
        sheets=tuple(Sheet(sheet["name"], read_rows(sheet["rows"], where)) for sheet in data.get("sheets", ())),
        sources=tuple(read_source(source, where) for source in data.get("sources", ())),
        mail=checked(data.get("mail", {}), ("from", "to", "subject", "encoding", "attachments"), where),
    )


def attached(data: Mapping[str, Any], parent: Briefing, where: str) -> Briefing:
    """An attachment of a mail; what it does not say about itself it takes from the mail."""
    inherited = {"title": parent.title, "publisher": parent.publisher, "author": parent.author, "date": parent.date}
    return read_briefing({**inherited, **data}, f"{where}: attachment {data['file']}")


# Writers: a Briefing to bytes -----------------------------------------------------------------------------------------


def stamped(day: date) -> datetime:
    """Nine o'clock UTC on that day, for every timestamp that a format asks for."""
    return datetime.combine(day, time(9, 0), tzinfo=UTC)


def steady_zip(content: bytes, day: date) -> bytes:
    """The same Office file with fixed entry times, and `modified` set to the briefing's date."""
    out = io.BytesIO()
    modified = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
    iso = stamped(day).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = modified.sub(rb"\g<1>" + iso + rb"\g<2>", part)
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return out.getvalue()


def set_core(properties: Any, briefing: Briefing) -> None:
    """Fills the core properties of python-docx and python-pptx; `category` carries the publisher."""
    day = stamped(briefing.date).replace(tzinfo=None)
    properties.title, properties.author = briefing.title, briefing.author
    properties.last_modified_by, properties.category = briefing.author, briefing.publisher
    properties.created = properties.modified = day
    properties.language, properties.comments = "en-GB", ""


def write_pdf(briefing: Briefing) -> bytes:
    """Pages with a footer; printed labels are also set as PDF page labels."""
    from reportlab.lib import colors
    from reportlab.lib.enums import TA_LEFT
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import ListFlowable, ListItem, PageBreak, Paragraph, SimpleDocTemplate, Spacer
    from reportlab.platypus import Table as PdfTable

    for font, file in (("Vera", "Vera.ttf"), ("VeraBd", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(font, file))
    base = ParagraphStyle("base", fontName="Vera", fontSize=9.5, leading=14, spaceAfter=6, alignment=TA_LEFT)
    small = ParagraphStyle("small", base, fontSize=8, leading=11, spaceAfter=4)
    title = ParagraphStyle("title", base, fontName="VeraBd", fontSize=16, leading=21, spaceAfter=8)
    heads = [
        ParagraphStyle(f"h{n}", base, fontName="VeraBd", fontSize=size, leading=size + 4, spaceBefore=8, keepWithNext=1)
        for n, size in enumerate((12.5, 11, 10), start=1)
    ]

    def flow(block: Block) -> list[Any]:
        if isinstance(block, str):
            return [Paragraph(escape(block), base)]
        if isinstance(block, Items):
            items = [ListItem(Paragraph(escape(item), base)) for item in block.items]
            return [ListFlowable(items, bulletType="bullet", start="•", bulletFontName="Vera", leftIndent=12)]
        cells = [[Paragraph(escape(shown(cell)), small) for cell in row] for row in block.rows]
        grid = [
            ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ]
        caption = [Paragraph(escape(block.caption), small)] if block.caption else []
        return [*caption, PdfTable(cells, repeatRows=1, style=grid, hAlign="LEFT"), Spacer(1, 6)]

    story: list[Any] = [Paragraph(escape(briefing.title), title), Paragraph(escape(briefing.byline), small)]
    for section in briefing.sections:
        story += [PageBreak()] if section.page_break else []
        story += [Paragraph(escape(section.heading), heads[min(section.level, 3) - 1])]
        story += [piece for block in section.body for piece in flow(block)]
    if briefing.sources:
        story += [Paragraph("Sources", heads[0]), *(Paragraph(escape(source), small) for source in briefing.sources)]

    labels = briefing.page_labels

    def furnish(canvas: Any, _: Any) -> None:
        canvas.setDateFormatter(lambda *_: f"D:{briefing.date:%Y%m%d}090000Z")
        number = canvas.getPageNumber()
        if labels and number > len(labels):
            raise ValueError(f"{briefing.file}: more pages than the {len(labels)} page labels")
        label = labels[number - 1] if labels else str(number)
        canvas.setFont("Vera", 7.5)
        canvas.drawString(22 * mm, 12 * mm, briefing.publisher)
        if label:
            canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, label)
        if labels:
            canvas.addPageLabel(number - 1, prefix=label or " ")

    out = io.BytesIO()
    template = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=22 * mm, rightMargin=22 * mm, topMargin=20 * mm, bottomMargin=22 * mm,
        title=briefing.title, author=briefing.author, subject=briefing.publisher,
        creator="docs/sample-corpus/build.py", lang="en-GB", invariant=1,
    )  # fmt: skip
    template.build(story, onFirstPage=furnish, onLaterPages=furnish)
    if labels and template.page != len(labels):
        raise ValueError(f"{briefing.file}: {template.page} pages but {len(labels)} page labels")
    return out.getvalue()


def write_docx(briefing: Briefing) -> bytes:
    """Real heading styles, tables with a repeated header row, core properties."""
    from docx import Document
    from docx.oxml import OxmlElement

    document = Document()
    set_core(document.core_properties, briefing)
    document.add_heading(briefing.title, level=0)
    document.add_paragraph(briefing.byline, style="Subtitle")
    for section in briefing.sections:
        if section.page_break:
            document.add_page_break()
        document.add_heading(section.heading, level=section.level)
        for block in section.body:
            if isinstance(block, str):
                document.add_paragraph(block)
            elif isinstance(block, Items):
                for item in block.items:
                    document.add_paragraph(item, style="List Bullet")
            else:
                if block.caption:
                    document.add_paragraph(block.caption, style="Caption")
                table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
                for row in block.rows:
                    for cell, value in zip(table.add_row().cells, row, strict=True):
                        cell.text = shown(value)
                table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
                for cell in table.rows[0].cells:
                    for run in cell.paragraphs[0].runs:
                        run.bold = True
    if briefing.sources:
        document.add_heading("Sources", level=1)
        for source in briefing.sources:
            document.add_paragraph(source, style="List Number")
    out = io.BytesIO()
    document.save(out)
    return steady_zip(out.getvalue(), briefing.date)


def write_pptx(briefing: Briefing) -> bytes:
    """A title slide, then one slide a section, then the sources."""
    from pptx import Presentation
    from pptx.util import Inches, Pt

    deck = Presentation()
    set_core(deck.core_properties, briefing)
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = briefing.title, briefing.byline
    sources = Section("Sources", 1, False, (Items(briefing.sources),), "")
    for section in (*briefing.sections, *((sources,) if briefing.sources else ())):
        tables = [block for block in section.body if isinstance(block, Table)]
        texts = [block for block in section.body if not isinstance(block, Table)]
        slide = deck.slides.add_slide(deck.slide_layouts[1 if texts else 5])
        slide.shapes.title.text = section.heading
        if texts:
            frame = slide.placeholders[1].text_frame
            lines = [line for block in texts for line in (block.items if isinstance(block, Items) else (block,))]
            for number, line in enumerate(lines):
                paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
                paragraph.text, paragraph.font.size = line, Pt(12 if section is sources else 18)
        for block in tables:
            top = Inches(4.4 if texts else 1.6)
            shape = slide.shapes.add_table(len(block.rows), len(block.rows[0]), Inches(0.5), top, Inches(9), Inches(1))
            for y, row in enumerate(block.rows):
                for x, value in enumerate(row):
                    shape.table.cell(y, x).text = shown(value)
                    shape.table.cell(y, x).text_frame.paragraphs[0].font.size = Pt(12)
        if section.notes:
            slide.notes_slide.notes_text_frame.text = section.notes
    out = io.BytesIO()
    deck.save(out)
    return steady_zip(out.getvalue(), briefing.date)


def write_xlsx(briefing: Briefing) -> bytes:
    """The sheets, then the sources."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.worksheets[0])
    properties = book.properties
    properties.title, properties.creator = briefing.title, briefing.author
    properties.lastModifiedBy, properties.category = briefing.author, briefing.publisher
    properties.created = stamped(briefing.date).replace(tzinfo=None)
    sources = Sheet("Sources", (("Source",), *((source,) for source in briefing.sources)))
    for sheet in (*briefing.sheets, *((sources,) if briefing.sources else ())):
        page = book.create_sheet(sheet.name)
        for row in sheet.rows:
            page.append(row)
        for cell in page[1]:
            cell.font = Font(bold=True)
        for column in page.columns:
            width = max(len(shown(cell.value)) for cell in column)
            page.column_dimensions[column[0].column_letter].width = min(60, max(10, width + 2))
        page.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return steady_zip(out.getvalue(), briefing.date)


def write_csv(briefing: Briefing) -> bytes:
    """The first sheet alone: the format has no room for a title or sources."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(briefing.sheets[0].rows)
    return out.getvalue().encode("utf-8")


MIME = {
    ".csv": ("text", "csv"),
    ".pdf": ("application", "pdf"),
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".pptx": ("application", "vnd.openxmlformats-officedocument.presentationml.presentation"),
}


def write_eml(briefing: Briefing) -> bytes:
    """A mail whose body is the briefing, with its attachments."""
    mail = briefing.mail
    slug = Path(briefing.file).stem
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = mail["from"], mail["to"]
    message["Subject"] = mail.get("subject", briefing.title)
    message["Date"] = format_datetime(stamped(briefing.date))
    message["Message-ID"] = f"<{slug}@example.org>"
    message.set_content(plain_text(briefing), cte=mail.get("encoding", "quoted-printable"))
    for data in mail.get("attachments", ()):
        part = attached(data, briefing, briefing.file)
        kind, subtype = MIME[Path(part.file).suffix]
        message.add_attachment(render(part), maintype=kind, subtype=subtype, filename=part.file)
    if message.is_multipart():
        message.set_boundary(f"=_{slug}_=")
    return message.as_bytes()


def plain_text(briefing: Briefing) -> str:
    """The body of a mail: greeting, byline, sections, sources."""
    parts = ["Dear colleagues,", textwrap.fill(f"{briefing.byline}.", 76)]
    for section in briefing.sections:
        parts += [section.heading.upper()] if section.heading else []
        for block in section.body:
            if isinstance(block, Table):
                parts.append("\n".join([block.caption, *(" | ".join(map(shown, row)) for row in block.rows)]).strip())
            elif isinstance(block, Items):
                parts.append("\n".join(bullet(item) for item in block.items))
            else:
                parts.append(textwrap.fill(block, 76, break_long_words=False, break_on_hyphens=False))
    if briefing.sources:
        parts += ["Sources", "\n".join(bullet(source) for source in briefing.sources)]
    return "\n\n".join(parts) + "\n"


def bullet(text: str) -> str:
    """A wrapped `- ` item."""
    return textwrap.fill(f"- {text}", 76, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def shown(value: str | int | float | None) -> str:
    """A cell's value as text."""
    return "" if value is None else str(value)


WRITERS: dict[str, Callable[[Briefing], bytes]] = {
    ".pdf": write_pdf,
    ".docx": write_docx,
    ".pptx": write_pptx,
    ".xlsx": write_xlsx,
    ".csv": write_csv,
    ".eml": write_eml,
}


def render(briefing: Briefing) -> bytes:
    """The bytes of the file, by the writer that its suffix chooses."""
    suffix = Path(briefing.file).suffix
    if suffix not in WRITERS:
        raise ValueError(f"{briefing.file}: no writer for {suffix!r}; there are {', '.join(WRITERS)}")
    return WRITERS[suffix](briefing)


def main(arguments: Sequence[str] | None = None) -> int:
    """Renders each YAML; a bad one is named on stderr and makes the exit status 1."""
    parser = argparse.ArgumentParser(description="Render the YAML briefings into the files of the sample corpus.")
    parser.add_argument("--briefings", type=Path, default=HERE / "briefings", help="folder of the YAML files")
    parser.add_argument("--corpus", type=Path, default=HERE.parents[1] / "corpus", help="folder to write into")
    parser.add_argument("--only", default="", metavar="PREFIX", help="only YAML files whose name starts so")
    options = parser.parse_args(arguments)
    failed = 0
    for path in sorted(options.briefings.glob(f"{options.only}*.yaml")):
        try:
            briefing = read_briefing(yaml.safe_load(path.read_text(encoding="utf-8")), path.name)
            content = render(briefing)
        except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
            print(f"{path.name}: {type(error).__name__}: {error}", file=sys.stderr)
            failed += 1
            continue
        target = options.corpus / briefing.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        print(f"{target.relative_to(options.corpus)}: {len(content):,} bytes")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
