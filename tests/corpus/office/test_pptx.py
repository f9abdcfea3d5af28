from __future__ import annotations

import datetime as dt
from pathlib import Path

import pptx
import pytest
from lxml import etree
from pptx.chart.data import BubbleChartData, CategoryChartData, ChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.shapes.graphfrm import GraphicFrame
from pptx.util import Inches

from assistant.corpus.office.pptx import read

DECLARED = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def saved(deck: Presentation, folder: Path) -> Path:
    deck.save(str(folder / "a.pptx"))
    return folder / "a.pptx"


def add_chart(deck: Presentation, kind: XL_CHART_TYPE, data: ChartData) -> GraphicFrame:
    """A slide with a chart, and below it a box."""
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    frame = slide.shapes.add_chart(kind, Inches(1), Inches(1), Inches(5), Inches(3), data)
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "Losses"
    slide.shapes.add_textbox(Inches(1), Inches(5), Inches(4), Inches(1)).text_frame.text = "A box."
    return frame


def losses() -> ChartData:
    data = CategoryChartData()
    data.categories = ["Port", "Ship"]
    data.add_series("2022", (1, 2.5))
    data.add_series("2023", (None, 4))
    return data


def test_each_slide_is_a_page_with_its_title_list_table_and_notes(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Talks declined"
    frame = slide.placeholders[1].text_frame
    frame.text = "First point"
    inner = frame.add_paragraph()
    inner.text, inner.level = "Inner point", 1
    slide.notes_slide.notes_text_frame.text = "Say this aloud."
    deck.slides.add_slide(deck.slide_layouts[6])
    secret = deck.slides.add_slide(deck.slide_layouts[5])
    secret.shapes.title.text = "Not shown"
    secret.element.set("show", "0")
    last = deck.slides.add_slide(deck.slide_layouts[5])
    last.shapes.title.text = "Hosts"
    table = last.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(5), Inches(1)).table
    for row, values in enumerate((("Year", "Host"), ("2019", "Singapore"))):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    box = last.shapes.add_textbox(Inches(1), Inches(4), Inches(4), Inches(1))
    box.text_frame.text = "A box."
    deck.save(str(tmp_path / "a.pptx"))

    extract = read(tmp_path / "a.pptx")
    assert extract.text == (
        "Talks declined\n\n- First point\n  - Inner point\n\nNotes\n\nSay this aloud.\n\n"
        "Hosts\n\nYear: 2019 | Host: Singapore\n\nA box."
    )
    assert [(p.index, p.label, p.span.of(extract.text)[:14]) for p in extract.pages] == [
        (1, "1", "Talks declined"),
        (4, "4", "Hosts\n\nYear: 2"),
    ]
    assert [(h.level, h.span.of(extract.text)) for h in extract.headings] == [
        (1, "Talks declined"),
        (2, "Notes"),
        (1, "Hosts"),
    ]
    assert extract.title == "Talks declined"
    assert extract.author is None
    assert extract.warnings == ("1 of its slides are hidden and were left out",)


def test_shapes_beside_the_slide_are_left_out_and_counted(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Hosts"
    places = {"left": (-9, 1), "right": (11, 1), "above": (1, -4), "edge": (-1, 1), "turned": (-5, 1)}
    for text, (left, top) in places.items():
        box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(5), Inches(1))
        box.text_frame.text = f"Stands {text}."
        box.rotation = 90 if text == "turned" else 0
    slide.shapes.add_textbox(Inches(-9), Inches(1), Inches(5), Inches(1))  # empty
    deck.save(str(tmp_path / "a.pptx"))
    extract = read(tmp_path / "a.pptx")
    assert extract.text == "Hosts\n\nStands edge.\n\nStands turned."
    assert extract.warnings == ("3 of its shapes stand beside a slide, hidden when it is shown, and were left out",)


def test_a_chart_is_a_table(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    add_chart(deck, XL_CHART_TYPE.COLUMN_CLUSTERED, losses())
    extract = read(saved(deck, tmp_path))
    assert extract.text == "Losses\n\nPort | 2022: 1\nShip | 2022: 2.5 | 2023: 4\n\nA box."
    assert extract.warnings == ()


@pytest.mark.parametrize("tag", ["bar3DChart", "pie3DChart", "ofPieChart", "line3DChart", "stockChart", "surfaceChart"])
def test_a_chart_that_python_pptx_does_not_know_is_read_too(tmp_path: Path, tag: str) -> None:
    deck = pptx.Presentation()
    frame = add_chart(deck, XL_CHART_TYPE.COLUMN_CLUSTERED, losses())
    next(frame.chart.element.iter(qn("c:barChart"))).tag = qn(f"c:{tag}")
    extract = read(saved(deck, tmp_path))
    assert extract.text == "Losses\n\nPort | 2022: 1\nShip | 2022: 2.5 | 2023: 4\n\nA box."
    assert extract.warnings == ()


def test_a_scatter_chart_is_read_point_by_point(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    data = XyChartData()
    for name in ("2022", "2023"):
        series = data.add_series(name)
        series.add_data_point(1, 2)
        series.add_data_point(1.5, 10)
    add_chart(deck, XL_CHART_TYPE.XY_SCATTER, data)
    assert read(saved(deck, tmp_path)).text == (
        "Losses\n\nx: 1 | 2022: 2\nx: 1.5 | 2022: 10\n\nx: 1 | 2023: 2\nx: 1.5 | 2023: 10\n\nA box."
    )


def test_a_bubble_chart_is_read_with_the_sizes(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    data = BubbleChartData()
    data.add_series("Fleet").add_data_point(1, 2, 30)
    add_chart(deck, XL_CHART_TYPE.BUBBLE, data)
    assert read(saved(deck, tmp_path)).text == "Losses\n\nx: 1 | Fleet: 2 | size: 30\n\nA box."


def test_a_value_that_is_no_number_does_not_cost_the_chart(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    frame = add_chart(deck, XL_CHART_TYPE.COLUMN_CLUSTERED, losses())
    next(frame.chart.element.iter(qn("c:val"))).find(f".//{qn('c:v')}").text = "#N/A"
    assert read(saved(deck, tmp_path)).text.startswith("Losses\n\nPort | 2022: #N/A\nShip | 2022: 2.5")


def test_the_values_of_a_chart_are_written_as_their_formats_show_them(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    data = CategoryChartData(number_format="0.0%")
    data.categories = [dt.date(2023, 5, 31), dt.date(2023, 6, 30)]
    data.add_series("Share", (0.053, 0.5))
    data.add_series("Tonnes", (1234567, 5), number_format="#,##0")
    frame = add_chart(deck, XL_CHART_TYPE.LINE, data)
    list(frame.chart.element.iter(qn("c:pt")))[-1].set("formatCode", "0.00")
    assert read(saved(deck, tmp_path)).text == (
        "Losses\n\n2023-05-31 | Share: 5.3% | Tonnes: 1,234,567\n2023-06-30 | Share: 50.0% | Tonnes: 5.00\n\nA box."
    )


@pytest.mark.parametrize(("since", "day"), [("0", "2023-05-31"), ("1", "2027-06-01")])
def test_the_days_of_a_chart_are_counted_from_where_it_says(tmp_path: Path, since: str, day: str) -> None:
    deck = pptx.Presentation()
    data = CategoryChartData()
    data.categories = [dt.date(2023, 5, 31), dt.date(2023, 6, 1)]
    data.add_series("Tonnes", (1, 2))
    frame = add_chart(deck, XL_CHART_TYPE.LINE, data)
    frame.chart.element.find(qn("c:date1904")).set("val", since)
    assert f"{day} | Tonnes: 1" in read(saved(deck, tmp_path)).text


def test_a_number_that_can_be_no_day_is_written_as_it_is(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    frame = add_chart(deck, XL_CHART_TYPE.COLUMN_CLUSTERED, losses())
    for place, text in zip(frame.chart.element.iter(qn("c:formatCode")), ("yyyy", "General"), strict=True):
        place.text = text
    next(frame.chart.element.iter(qn("c:val"))).find(f".//{qn('c:v')}").text = "1e300"
    assert "Port | 2022: 1e+300" in read(saved(deck, tmp_path)).text


def test_charts_without_values_and_broken_ones_are_counted_and_the_slides_are_read(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    for place in ("c:ser", "c:pt"):
        frame = add_chart(deck, XL_CHART_TYPE.COLUMN_CLUSTERED, losses())
        for part in list(frame.chart.element.iter(qn(place))):
            if place == "c:ser":
                part.getparent().remove(part)
            else:
                part.set("idx", "none")
    extract = read(saved(deck, tmp_path))
    assert extract.text == "Losses\n\nA box.\n\nA box."
    assert extract.warnings == ("2 of its charts could not be read and were left out",)


def test_raised_digits_do_not_join_the_number_before_them(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    table = slide.shapes.add_table(1, 1, Inches(1), Inches(2), Inches(5), Inches(1)).table
    box = slide.shapes.add_textbox(Inches(1), Inches(4), Inches(4), Inches(1))
    for frame in (slide.shapes.title.text_frame, table.cell(0, 0).text_frame, box.text_frame):
        for text, baseline in (("10", None), ("1", "30000"), ("2", "30%"), (" CO", "0"), ("2", "-25000")):
            run = frame.paragraphs[0].add_run()
            run.text = text
            if baseline is not None:
                run.font._element.set("baseline", baseline)
    assert read(saved(deck, tmp_path)).text == "10^12 CO2\n\n10^12 CO2\n\n10^12 CO2"


def test_a_box_with_an_equation_is_read(tmp_path: Path) -> None:
    """As PowerPoint saves one: two boxes to choose from, of which the second shows a picture."""
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    equation = f"<a14:m><m:oMath>{half}</m:oMath></a14:m>"

    def box(text: str) -> str:
        named = '<p:nvSpPr><p:cNvPr id="9" name="Box"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr/>'
        return f"<p:sp>{named}<p:txBody><a:bodyPr/><a:p>{text}</a:p></p:txBody></p:sp>"

    first = box(f"<a:r><a:t>The share is </a:t></a:r>{equation}<a:r><a:t>.</a:t></a:r>")
    alternatives: etree._Element = parse_xml(
        f'<mc:AlternateContent {DECLARED}><mc:Choice Requires="a14">{first}</mc:Choice>'
        f"<mc:Fallback>{box('<a:r><a:t>A picture.</a:t></a:r>')}</mc:Fallback></mc:AlternateContent>"
    )
    slide.shapes.element.append(alternatives)
    assert read(saved(deck, tmp_path)).text == "The share is 1/2."
