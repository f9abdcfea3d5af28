"""Text that runs over the end of a page stays whole, and the notes at its foot do not come between."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from assistant.corpus.base import Extract
from assistant.corpus.pdf.reader import read

STYLE = getSampleStyleSheet()["BodyText"]
FULL = "The minister declined the meeting as the sanctions of 2018 were still in force, and the hosts said that"
REST = "nobody in the room was surprised."
SIGNED = "Osk Ferrow, Deputy Head of the Northern Department of the Ministry of Ports and Shipping of Arlen, Borl"


def pages(path: Path, *texts: Sequence[str | tuple[str, int]]) -> Extract:
    """A PDF file of these pages: lines from the top, a tuple a line of another size; "" leaves a gap."""
    canvas = Canvas(str(path), pagesize=A4)
    for lines in texts:
        height = 780
        for line in lines:
            text, size = line if isinstance(line, tuple) else (line, 11)
            canvas.setFont("Helvetica", size)
            canvas.drawString(60, height, text)
            height -= 14 if text else 20
        canvas.showPage()
    canvas.save()
    return read(path)


def test_a_sentence_that_runs_over_stays_whole_and_the_page_begins_within_it(tmp_path: Path) -> None:
    extract = pages(tmp_path / "a.pdf", ["It began.", "", FULL], [REST, "", "It ended."])
    assert extract.text == f"It began.\n\n{FULL} {REST}\n\nIt ended."
    assert [page.span.of(extract.text) for page in extract.pages] == [f"It began.\n\n{FULL}", f"{REST}\n\nIt ended."]


@pytest.mark.parametrize(
    ("last", "first", "joined"),
    [
        (f"{FULL} inter-", "national law holds.", f"{FULL} international law holds."),
        (f"{FULL} inter\u00ad", "national law holds.", f"{FULL} international law holds."),
        (f"{FULL} the EU-", "Japan talks hold.", f"{FULL} the EU-Japan talks hold."),
        (f"{FULL} the", "Defence Minister went.", f"{FULL} the Defence Minister went."),
        (f"{FULL} https://a.example/talks-", "on-grain/1", f"{FULL} https://a.example/talks-on-grain/1"),
        (f"• {FULL}", REST, f"- {FULL} {REST}"),
    ],
)
def test_lines_are_joined_over_the_end_of_a_page_as_within_it(
    tmp_path: Path, last: str, first: str, joined: str
) -> None:
    extract = pages(tmp_path / "a.pdf", ["It began.", "", last], [first])
    assert extract.text == f"It began.\n\n{joined}"
    before, after = extract.pages
    assert before.span.end <= after.span.start
    assert extract.text.startswith(before.span.of(extract.text))
    assert extract.text.endswith(after.span.of(extract.text))


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (f"{FULL} they left.", REST),
        (f"{FULL}:", REST),
        ("Summary of talks", "The hosts were content."),
        (FULL, "• a first item"),
        (FULL, "1. a first item"),
        (FULL, ("Annex", 18)),
        (f"{FULL} https://ministry.example/talks/", "The Times wrote so, too."),
        (SIGNED, "The minister was told of it."),
        (f"Figure 2: {FULL}", REST),
        (f"Source: {FULL}", REST),
        (FULL, "Figure 3: Ships held at the strait."),
        (f"{FULL} the", "DATE: 12 May 2021."),
        (FULL, "(b) the hosts left."),
        (FULL, "[24] A. Ferrow, on ports."),
        (FULL, "Outlook"),
        (f"{FULL} https://ministry.example/talks", "well-known hosts left."),
        ("Type: report of the talks of Arlen and Borl about the corridor and the ships and the ports", REST),
        (f"{FULL} the", "// the hosts left"),
    ],
)
def test_what_does_not_run_over_begins_a_block(tmp_path: Path, last: str, first: str | tuple[str, int]) -> None:
    extract = pages(tmp_path / "a.pdf", [f"{FULL} they left.", "", last], [first, "", "It ended."])
    assert f"{last}\n\n" in extract.text


def test_a_name_at_the_start_of_a_page_goes_on_with_lines_that_are_full(tmp_path: Path) -> None:
    extract = pages(tmp_path / "a.pdf", [FULL, f"{SIGNED} Lieutenant"], ["General Brandt left."])
    assert extract.text == f"{FULL} {SIGNED} Lieutenant General Brandt left."


def test_a_line_that_stands_elsewhere_too_does_not_go_on_with_a_sentence(tmp_path: Path) -> None:
    head = "ships and ports of the north"
    extract = pages(tmp_path / "a.pdf", [FULL], [head, "", "It went."], ["On Monday."], [head, "", "It ended."])
    assert f"{FULL}\n\n{head}\n\nIt went." in extract.text


def test_entries_that_are_shorter_than_the_lines_of_their_page_do_not_run_over(tmp_path: Path) -> None:
    entries = [
        "repairs to the ships of the northern fleet that lay in Arlen",
        "repairs to the ships that lay in Borl as",
    ]
    extract = pages(tmp_path / "a.pdf", [f"{FULL} they left.", "", *entries], ["repairs of mines"])
    assert extract.text.endswith(f"{entries[-1]}\n\nrepairs of mines")


def test_a_wide_listing_does_not_tell_how_far_text_reaches(tmp_path: Path) -> None:
    listing = (f"{FULL.replace(' ', '_')}_{FULL.replace(' ', '_')}", 8)
    extract = pages(tmp_path / "a.pdf", [listing, "", "It began.", "", FULL], [REST])
    assert extract.text.endswith(f"{FULL} {REST}")


def test_verse_does_not_run_over(tmp_path: Path) -> None:
    verse = [
        "the ships lie in the harbour of the north",
        "no grain has come",
        "and all the mines are sleeping in the sea",
    ]
    extract = pages(tmp_path / "a.pdf", verse, ["and all the mines are sleeping in the sea"])
    assert f"{verse[-1]}\n\n{verse[-1]}" in extract.text


def test_text_above_a_free_rest_of_its_page_does_not_run_over(tmp_path: Path) -> None:
    extract = pages(tmp_path / "a.pdf", [FULL], [REST, *["", f"{FULL} they left."] * 12])
    assert extract.text.startswith(f"{FULL}\n\n{REST}")


def test_a_caption_at_the_top_of_a_column_does_not_go_on_with_the_column_before(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    for x, lines in (60, [FULL[:50]] * 6), (320, ["Figure 3: Ships held at the strait", "", REST]):
        for place, line in enumerate(lines):
            canvas.drawString(x, 780 - 14 * place, line)
    canvas.save()
    assert "\n\nFigure 3: Ships held at the strait" in read(tmp_path / "a.pdf").text


CAPTION = "Figure 3: Ships held at the strait"


def test_a_caption_at_the_top_of_a_page_does_not_come_between(tmp_path: Path) -> None:
    extract = pages(tmp_path / "a.pdf", [FULL], [CAPTION, "", REST, "", "It ended."])
    assert extract.text == f"{FULL} {REST}\n\n{CAPTION}\n\nIt ended."
    assert extract.pages[1].span.of(extract.text).startswith(REST)


def test_a_caption_at_the_foot_of_a_page_does_not_come_between(tmp_path: Path) -> None:
    extract = pages(tmp_path / "a.pdf", [FULL, FULL, "", CAPTION], [REST, "", "It ended."])
    assert extract.text == f"{CAPTION}\n\n{FULL} {FULL} {REST}\n\nIt ended."


def test_a_source_stays_below_what_it_is_of(tmp_path: Path) -> None:
    extract = pages(tmp_path / "a.pdf", ["Ships held: 47", "", "Source: the ministry"], [REST])
    assert extract.text == f"Ships held: 47\n\nSource: the ministry\n\n{REST}"


def test_the_second_line_of_a_caption_is_not_taken_for_the_rest_of_a_sentence(tmp_path: Path) -> None:
    extract = pages(tmp_path / "a.pdf", [FULL], [CAPTION, "", "in thousands", "", "It ended."])
    assert extract.text == f"{FULL}\n\n{CAPTION}\n\nin thousands\n\nIt ended."


def test_a_sentence_may_run_over_two_ends_of_pages(tmp_path: Path) -> None:
    middle = "the union, which had asked for it in May 2019 and again in June, was as little surprised as"
    extract = pages(tmp_path / "a.pdf", [FULL], [middle], [REST])
    assert extract.text == f"{FULL} {middle} {REST}"
    assert [page.index for page in extract.pages] == [1, 2, 3]


NOTES = [("1 Council document 11834/21, paragraph 7.", 8), ("2 Sample of 600 reports.", 8)]


def test_notes_at_the_foot_stand_ahead_of_what_runs_over(tmp_path: Path) -> None:
    extract = pages(tmp_path / "a.pdf", ["It began.", "", FULL, "", *NOTES], [REST, "", "It ended."])
    text = extract.text
    assert text.endswith(f"{FULL} {REST}\n\nIt ended.")
    assert text.index("It began.") < text.index("Council document") < text.index("Sample of 600") < text.index(FULL)
    assert "Sample of 600" in extract.pages[0].span.of(text)


def test_notes_under_a_finished_page_stay_at_its_end(tmp_path: Path) -> None:
    extract = pages(tmp_path / "a.pdf", ["It began.", "", f"{FULL} they left.", "", *NOTES], [REST])
    assert extract.text.index("they left.") < extract.text.index("Council document") < extract.text.index(REST)


@pytest.mark.parametrize("small", ["Source: the ministry.", "17 May 2023, the ministry.", "2023, the ministry."])
def test_small_print_without_a_mark_is_no_note(tmp_path: Path, small: str) -> None:
    extract = pages(tmp_path / "a.pdf", [FULL, "", (small, 8)], [REST])
    assert extract.text == f"{FULL}\n\n{small}\n\n{REST}"


COLUMNS = ["Year", "Companies obliged", "Reports filed"]
GRID = ("GRID", (0, 0), (-1, -1), 0.5, "black")
ROWS = [[str(2000 + number), f"{number},400 of them", f"{number},120 of them"] for number in range(80)]


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "in columns"])
@pytest.mark.parametrize("repeated", [0, 1])
def test_a_table_goes_on_under_its_head_on_the_next_page(tmp_path: Path, ruled: bool, repeated: int) -> None:
    bold = ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")
    table = Table([COLUMNS, *ROWS], style=[bold, *([GRID] if ruled else [])], repeatRows=repeated)
    path = tmp_path / "a.pdf"
    SimpleDocTemplate(str(path), pagesize=A4).build([Paragraph("It began in 1999.", STYLE), table])
    extract = read(path)
    assert len(extract.pages) > 1
    for year, obliged, filed in ROWS:
        assert f"Year: {year} | Companies obliged: {obliged} | Reports filed: {filed}" in extract.text
    assert extract.text.count("Companies obliged") == len(ROWS)


def test_another_table_on_the_next_page_keeps_its_own_head(tmp_path: Path) -> None:
    first = Table([COLUMNS, *ROWS[:3]], style=[GRID])
    second = Table([["Country", "Ships", "Crew"], ["Arlen", "3", "40"], ["Borl", "5", "60"]], style=[GRID])
    path = tmp_path / "a.pdf"
    SimpleDocTemplate(str(path), pagesize=A4).build([first, PageBreak(), second])
    assert "Country: Arlen | Ships: 3 | Crew: 40" in read(path).text


@pytest.mark.parametrize("first", [True, False], ids=["ruled", "in columns"])
@pytest.mark.parametrize("second", [True, False], ids=["then ruled", "then in columns"])
def test_rows_in_other_columns_do_not_go_on_under_a_head(tmp_path: Path, first: bool, second: bool) -> None:
    years = Table([COLUMNS, *ROWS[:40]], style=[GRID] if first else [])
    ships = Table([["Arlen", "3", "40"], ["Borl", "5", "60"]], style=[GRID] if second else [], colWidths=[99, 80, 70])
    path = tmp_path / "a.pdf"
    SimpleDocTemplate(str(path), pagesize=A4).build([years, PageBreak(), ships])
    assert read(path).text.endswith("\n\nArlen | 3 | 40\nBorl | 5 | 60")
