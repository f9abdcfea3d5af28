"""Makes hostile files at test time; none is kept in the repository."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pptx
import pypdf
from reportlab.pdfgen.canvas import Canvas

Build = Callable[[Path], None]
TYPES = b"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>"""
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>"""


def data(content: bytes) -> Build:
    return lambda path: (path.write_bytes(content), None)[1]


def archive(members: dict[str, bytes], *, count: int = 0) -> Build:
    def build(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for name, content in members.items():
                out.writestr(name, content)
            for number in range(count):
                out.writestr(f"word/media/{number}.xml", b"")

    return build


def word(body: bytes) -> bytes:
    """A Word document whose main part is replaced by `body`."""
    plain = io.BytesIO()
    docx.Document().save(plain)
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(member, body if member.filename == "word/document.xml" else source.read(member))
    return out.getvalue()


def body_of(content: bytes, head: bytes = b"") -> bytes:
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return head + b'<w:document xmlns:w="' + space + b'"><w:body>' + content + b"</w:body></w:document>"


def plain_word(path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Text.")
    document.save(str(path))


def truncated_word(path: Path) -> None:
    plain_word(path)
    path.write_bytes(path.read_bytes()[:-400])


def lying_bomb(path: Path) -> None:
    """Declares that its large part has 10 bytes."""
    content = word(body_of(b"<w:p/>" * 1_000_000))
    declared = next(i for i in zipfile.ZipFile(io.BytesIO(content)).infolist() if i.filename == "word/document.xml")
    size = declared.file_size.to_bytes(4, "little")
    path.write_bytes(content.replace(size, (10).to_bytes(4, "little")))


def encrypted_pdf(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "Secret text.")
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(path)


def scanned_pdf(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.rect(10, 10, 300, 300, fill=1)
    canvas.save()


def page_cycle_pdf(path: Path) -> None:
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def flate_bomb_pdf(path: Path) -> None:
    import zlib

    stream = zlib.compress(zlib.compress(b"BT (x) Tj ET " * 30_000_000, 9), 9)
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter[/FlateDecode/FlateDecode]/Length " + str(len(stream)).encode() + b">>stream\n" + stream
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )  # fmt: skip


def deep_mail(path: Path) -> None:
    nested = b"From: a@example.org\nContent-Type: message/rfc822\n\n" * 1500
    path.write_bytes(nested + b"From: a@example.org\n\nThe innermost text.\n")


def forwarded_mail(path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "0"
    message.set_content("Innermost.")
    for depth in range(1, 12):
        outer = EmailMessage()
        outer["From"], outer["Subject"] = "a@example.org", str(depth)
        outer.set_content(f"Depth {depth}.")
        outer.add_attachment(message)
        message = outer
    path.write_bytes(message.as_bytes())


def million_part_mail(path: Path) -> None:
    head = b"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n"
    path.write_bytes(head + b"--b\n\nx\n" * 300_000 + b"--b--\n")


def deep_multipart(path: Path) -> None:
    parts = [b"From: a@example.org\n"]
    for depth in range(3000):
        parts.append(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth))
    path.write_bytes(b"".join(parts) + b"\nText.\n")


def million_rows(path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("S")
    sheet.append(["a", "b"])
    book.save(path)
    raw = path.read_bytes()
    sheet_xml = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">'
        b'<c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>'
    )
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            is_sheet = member.filename.startswith("xl/worksheets/")
            target.writestr(member, sheet_xml if is_sheet else source.read(member))


def plain_deck(path: Path) -> None:
    pptx.Presentation().save(str(path))


OFFICE = {"[Content_Types].xml": TYPES}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# name, how it is made, what the reason says
REFUSED: tuple[tuple[str, Build, str], ...] = (
    ("empty.pdf", data(b""), "the file is empty"),
    ("text.pdf", data(b"This is text, not a PDF."), "not a PDF"),
    ("header-only.pdf", data(b"%PDF-1.7\n"), "damaged"),
    ("encrypted.pdf", encrypted_pdf, "protected by a password"),
    ("scanned.pdf", scanned_pdf, "run OCR"),
    ("cycle.pdf", page_cycle_pdf, "damaged|no text"),
    ("flate-bomb.pdf", flate_bomb_pdf, "damaged|longer|processor|memory|no text"),
    ("text.docx", data(b"This is text."), "does not match its suffix"),
    ("truncated.docx", truncated_word, "damaged or cut short"),
    ("presentation.docx", plain_deck, "does not match its suffix"),
    ("old.docx", data(OLE + b"\0" * 4000), "before 2007"),
    ("protected.xlsx", data(OLE + b"\0" * 999 + "EncryptedPackage".encode("utf-16-le")), "password-protected"),
    ("nothing.docx", data(b"PK\x05\x06" + b"\0" * 18), "does not match its suffix"),
    ("size-bomb.docx", archive({**OFFICE, "word/document.xml": b"\0" * 201_000_000}), "zip bomb"),
    ("ratio-bomb.xlsx", archive({**OFFICE, "xl/workbook.xml": b" " * 50_000_000}), "zip bomb"),
    ("parts-bomb.docx", archive({**OFFICE, "word/document.xml": b"x"}, count=2001), "2,003 parts"),
    ("lying-bomb.docx", lying_bomb, "damaged|zip bomb"),
    ("traversal.docx", archive({**OFFICE, "word/document.xml": b"x", "../../evil": b"x"}), "lead out of it"),
    ("xml-bomb.docx", data(word(body_of(b"<w:p><w:r><w:t>&c;&d;</w:t></w:r></w:p>", BOMB))), "declares entities"),
    ("broken-xml.docx", data(word(b"<w:document>")), "could not be read as Word document"),
    ("no-text.docx", lambda path: docx.Document().save(str(path)), "no text"),
    ("empty-paragraphs.docx", data(word(body_of(b"<w:p/>" * 3_000_000))), "zip bomb|longer|processor|memory"),
    ("empty.pptx", plain_deck, "no text"),
    ("parts.eml", million_part_mail, "more than 100 parts"),
    ("deep.eml", deep_mail, "more than 100 parts"),
    ("deep-multipart.eml", deep_multipart, "more than 100 parts"),
    ("no-mail.eml", data(b"This is text."), "not a mail"),
    ("comments.html", data(b"<!--" * 300_000), "no text"),
    ("scripts.html", data(b"<script>alert(1)</script><style>p{}</style><p hidden>x</p>"), "no text"),
    ("nested.html", data(b"<style>a" + b":not(" * 3000 + b")" * 3000 + b"{display:none}</style>x"), "too deeply"),
    ("nul.html", data(b"<p>a\0b</p>" * 10), "binary"),
    ("binary.md", data(bytes(range(256)) * 40), "binary"),
    ("long.txt", data(b"A long text. " * 1_700_000), "more than 20,000,000 characters"),
    ("yaml-bomb.md", data(b"---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n"), "no text"),
    ("quotes.csv", data(b'"\n'), "no text"),
)  # fmt: skip

# name, how it is made, what the text holds
READ: tuple[tuple[str, Build, str], ...] = (
    ("forwarded.eml", forwarded_mail, "Depth 11."),
    ("charset.eml", data(b"From: a@b\nContent-Type: text/plain; charset=x-nope\n\nd\xe9j\xe0\n"), "déjà"),
    ("hidden.html", data(b"<script>x()</script><p>Seen.</p><p style='display:none'>unseen</p>"), "Seen."),
    ("sheet.html", data(b"<style>@import url(x);p+p{display:none}{</style><p>Seen.</p><p>unseen</p>"), "Seen."),
    ("unclosed.html", data(b"<p>Seen." + b"<div>" * 30_000), "Seen."),
    ("rows.xlsx", million_rows, "1"),
    ("brackets.md", data(b"Seen.\n\n" + b"[" * 50_000), "Seen."),
    ("quotes.md", data(b"Seen.\n\n" + b">" * 5_000 + b" deep"), "Seen."),
    ("emphasis.md", data(b"Seen.\n\n" + b"*a _b " * 20_000), "Seen."),
    ("long-line.txt", data(b"Seen. " + b"x" * 5_000_000), "Seen."),
    ("open-quote.csv", data(b'a,b\n1,"' + b"x\n" * 700_000), "x"),
    ("a name with 'quotes' \"and\" spaces.md", data(b"Seen."), "Seen."),
    ("emoji \U0001f600 \u05e9\u05dc\u05d5\u05dd.md", data(b"Seen."), "Seen."),
    ("-rf.md", data(b"Seen."), "Seen."),
    ("line\nend.md", data(b"Seen."), "Seen."),
)  # fmt: skip
