from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ListFlowable, ListItem, PageBreak, Paragraph, SimpleDocTemplate, Table

from assistant.corpus.pdf.reader import read
from assistant.errors import UnreadableFile

STYLES = getSampleStyleSheet()
LONG = (
    "The minister declined the meeting because the sanctions of 2018 were still in force, a spokesperson said in "
    "Singapore on Wednesday, and nobody in the room was surprised."
)


@pytest.fixture
def briefing(tmp_path: Path) -> Path:
    body = STYLES["BodyText"]
    items = [ListItem(Paragraph(LONG, body)), ListItem(Paragraph("A second item.", body))]
    story = [
        Paragraph("Talks in Singapore", STYLES["Title"]),
        Paragraph("Summary", STYLES["Heading2"]),
        Paragraph(f"{LONG} {LONG}", body),
        Paragraph(f"<b>Second</b> paragraph. {LONG}", body),
        ListFlowable(items, bulletType="bullet", start="•"),
        Paragraph("The hosts are these.", body),
        Table([["Year", "Host", "Number of people"], ["2019", "Singapore", "1"], ["2022", "Singapore again", "2"]]),
        PageBreak(),
        Paragraph("Details", STYLES["Heading2"]),
        Paragraph(LONG, body),
        PageBreak(),
        Paragraph(LONG, body),
    ]

    def furnish(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 20, "Restricted circulation")
        canvas.drawRightString(500, 20, ["i", "1", "2"][template.page - 1])
        canvas.addPageLabel(template.page - 1, prefix=["i", "1", "2"][template.page - 1])

    path = tmp_path / "a.pdf"
    SimpleDocTemplate(str(path), pagesize=A4, title="Talks declined", author="An Author").build(
        story, onFirstPage=furnish, onLaterPages=furnish
    )
    return path


def test_lines_become_paragraphs_lists_tables_and_headings(briefing: Path) -> None:
    extract = read(briefing)
    assert extract.text == (
        f"Talks in Singapore\n\nSummary\n\n{LONG} {LONG}\n\nSecond paragraph. {LONG}\n\n- {LONG}\n- A second item.\n\n"
        "The hosts are these.\n\nYear: 2019 | Host: Singapore | Number of people: 1\n"
        f"Year: 2022 | Host: Singapore again | Number of people: 2\n\nDetails\n\n{LONG}\n\n{LONG}"
    )
    assert [(h.level, h.span.of(extract.text)) for h in extract.headings] == [
        (1, "Talks in Singapore"),
        (2, "Summary"),
        (2, "Details"),
    ]
    assert (extract.title, extract.author) == ("Talks declined", "An Author")
    assert isinstance(extract.created, dt.date)


def test_pages_have_physical_indexes_and_printed_labels(briefing: Path) -> None:
    extract = read(briefing)
    assert [(page.index, page.label) for page in extract.pages] == [(1, "i"), (2, "1"), (3, "2")]
    assert extract.pages[1].span.of(extract.text) == f"Details\n\n{LONG}"
    assert extract.pages[2].span.of(extract.text) == LONG


def test_running_heads_and_page_numbers_are_left_out_and_said(briefing: Path) -> None:
    extract = read(briefing)
    assert "Restricted" not in extract.text
    assert "running headers" in extract.warnings[0]


def _pages(path: Path, firsts: list[tuple[str, str]]) -> None:
    """Pages that begin with a paragraph of a style each, with "Page 1 of 9" and so on below."""
    story = []
    for number, (style, text) in enumerate(firsts):
        after = Paragraph(f"{LONG} {'abc'[number]}.", STYLES["BodyText"])
        story += [Paragraph(text, STYLES[style]), after, PageBreak()]

    def furnish(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.drawString(60, 20, f"Page {template.page} of 9")
        canvas.drawString(400, 20, f"A-{template.page + 11}")

    SimpleDocTemplate(str(path), pagesize=A4).build(story, onFirstPage=furnish, onLaterPages=furnish)


@pytest.mark.parametrize(
    "firsts",
    [
        [("BodyText", "In 2021 the quota was 400 tonnes."), ("BodyText", "In 2022 the quota was 350 tonnes.")],
        [("Heading1", "Annex 1"), ("Heading1", "Annex 2"), ("Heading1", "Annex 3")],
    ],
)
def test_first_lines_that_differ_in_numbers_are_text(tmp_path: Path, firsts: list[tuple[str, str]]) -> None:
    _pages(tmp_path / "a.pdf", firsts)
    extract = read(tmp_path / "a.pdf")
    assert [extract.text.count(text) for _, text in firsts] == [1] * len(firsts)
    assert "of 9" not in extract.text
    assert "A-1" not in extract.text


def test_words_parted_at_line_ends_are_joined(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for number, line in enumerate(
        [
            "They agreed to keep the lines of communi-",
            "cation open and to speak again about co-",
            "operation, for co-operation matters to US-",
            "China relations.",
        ]
    ):
        canvas.drawString(72, 700 - 14 * number, line)
    canvas.save()
    assert read(tmp_path / "a.pdf").text == (
        "They agreed to keep the lines of communication open and to speak again about co-operation, for co-operation "
        "matters to US-China relations."
    )


def _draw(path: Path, lines: list[str]) -> None:
    canvas = Canvas(str(path))
    for number, line in enumerate(lines):
        canvas.drawString(72, 700 - 14 * number, line)
    canvas.save()


def test_numbers_parted_at_a_line_end_are_joined(tmp_path: Path) -> None:
    _draw(tmp_path / "a.pdf", ["The talks of 2022-", "2023 were held in the mid-", "1990s style of the old hosts."])
    assert read(tmp_path / "a.pdf").text == "The talks of 2022-2023 were held in the mid-1990s style of the old hosts."


def test_words_parted_by_soft_hyphens_are_joined(tmp_path: Path) -> None:
    _draw(tmp_path / "a.pdf", ["The answer was unsatisfac\u00ad", "tory to the volup \u00ad", "tuous hosts."])
    assert read(tmp_path / "a.pdf").text == "The answer was unsatisfactory to the voluptuous hosts."


def test_the_mark_of_a_note_does_not_join_a_number_and_a_power_does_not(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    text = canvas.beginText(72, 700)
    for size, rise, piece in ((12, 0, "In 2019"), (7, 5, "3"), (12, 0, " it was 10"), (7, 5, "6"), (12, 0, " tonnes.")):
        text.setFont("Helvetica", size)
        text.setRise(rise)
        text.textOut(piece)
    canvas.drawText(text)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(72, 654, "3")
    canvas.setFont("Helvetica", 12)
    canvas.drawString(77, 650, "The embargo")
    canvas.setFont("Helvetica", 7)
    canvas.drawString(77 + canvas.stringWidth("The embargo", "Helvetica", 12), 654, "4")
    canvas.save()
    assert read(tmp_path / "a.pdf").text == "In 2019 it was 10^6 tonnes.\n\n3. The embargo"


RAISED = {
    "a note after a full stop": ("It rose to 250.<super>1</super> Next it fell.", "It rose to 250. Next it fell."),
    "a note after a word": ("The deal<super>12</super> was signed.", "The deal was signed."),
    "a note before a comma": ("In 2019<super>3</super>, he said.", "In 2019, he said."),
    "two notes": ("The fee<super>3,4</super> was paid.", "The fee was paid."),
    "units and chemistry": ("5 m<super>2</super> of CO<sub>2</sub>.", "5 m^2 of CO2."),
    "an ordinal": ("On the 1<super>st</super> of May.", "On the 1st of May."),
    "a power that begins": ("10<super>6</super> tonnes were sold.", "10^6 tonnes were sold."),
    "a note itself": ("<super>1</super> Ministry data.", "1. Ministry data."),
}


@pytest.mark.parametrize(("marked", "text"), RAISED.values(), ids=RAISED)
def test_what_is_raised_by_the_text_state_is_told_from_the_text(tmp_path: Path, marked: str, text: str) -> None:
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build([Paragraph(marked, STYLES["BodyText"])])
    assert read(tmp_path / "a.pdf").text == text


@pytest.mark.parametrize("text", ["<b>250</b> people died.", "<b>2019</b> was a dry year."])
def test_a_number_that_a_line_begins_with_in_other_type_is_not_that_of_an_item(tmp_path: Path, text: str) -> None:
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build([Paragraph(text, STYLES["BodyText"])])
    assert read(tmp_path / "a.pdf").text == text.replace("<b>", "").replace("</b>", "")


def test_columns_of_a_table_may_be_aligned_on_the_right(tmp_path: Path) -> None:
    rows = [["Country", "Quota 2022", "Quota 2023"], ["Norway", "400", "350"], ["Iceland", "1,100", "12"]]
    table = Table(rows, colWidths=[80, 80, 80], style=[("ALIGN", (1, 0), (-1, -1), "RIGHT")])
    body = STYLES["BodyText"]
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build([Paragraph(LONG, body), table, Paragraph("After it.", body)])
    assert read(tmp_path / "a.pdf").text == (
        f"{LONG}\n\nCountry: Norway | Quota 2022: 400 | Quota 2023: 350\n"
        "Country: Iceland | Quota 2022: 1,100 | Quota 2023: 12\n\nAfter it."
    )


def test_columns_of_text_that_are_drawn_line_by_line_are_no_table(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    left = ["The minister said that the", "quota of forty tonnes would", "be kept for the whole year."]
    right = ["In the south the harbour was", "closed by a strike of dock", "workers that began in May."]
    for number, lines in enumerate(zip(left, right, strict=True)):
        for x, line in zip((72, 320), lines, strict=True):
            canvas.drawString(x, 700 - 14 * number, line)
    canvas.save()
    assert read(tmp_path / "a.pdf").text == f"{' '.join(left)}\n\n{' '.join(right)}"


def test_a_scanned_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    with pytest.raises(UnreadableFile, match="run OCR first"):
        read(tmp_path / "a.pdf")


def test_a_page_without_text_among_others_is_a_warning(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.drawString(72, 700, "Some text.")
    canvas.showPage()
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    extract = read(tmp_path / "a.pdf")
    assert extract.text == "Some text."
    assert extract.warnings == ("no text was found on 1 of its 2 pages (2); they may be scanned",)


def test_a_damaged_page_does_not_cost_the_others(briefing: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=briefing)
    stream = pypdf.generic.EncodedStreamObject()
    stream[pypdf.generic.NameObject("/Filter")] = pypdf.generic.NameObject("/ASCII85Decode")
    stream._data = b"\xff\xfe no such characters"
    writer.pages[1][pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    writer.write(briefing)
    extract = read(briefing)
    assert [page.label for page in extract.pages] == ["i", "2"]
    assert any("1 of its 3 pages are damaged and were left out (2)" in warning for warning in extract.warnings)


@pytest.mark.parametrize("password", ["secret", ""])
def test_a_protected_file_is_refused_unless_it_opens_without_a_password(briefing: Path, password: str) -> None:
    writer = pypdf.PdfWriter(clone_from=briefing)
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    writer.write(briefing)
    if password:
        with pytest.raises(UnreadableFile, match="protected by a password"):
            read(briefing)
    else:
        assert LONG in read(briefing).text


@pytest.mark.parametrize("content", [b"just text", b"", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(UnreadableFile, match="not a PDF"):
        read(tmp_path / "a.pdf")
