"""PowerPoint presentations (.pptx): each slide is a page; its title is a heading, its notes stand under "Notes"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pptx
from lxml import etree
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import TextFrame

from assistant.corpus.base import Extract
from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.office.archive import check_office_file
from assistant.corpus.office.equations import MATH, around
from assistant.corpus.office.properties import COMPATIBILITY, core, plain
from assistant.corpus.tables import add_table, shown

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

_FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.SLIDE_NUMBER)
_DEEPEST = 20
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_RAISED = re.compile(r"[\d.]*[1-9]")  # how far, in thousandths of a per cent or in per cent; below the line has a minus


def read(path: Path) -> Extract:
    """The text of the slides that are shown, in order; hidden slides are left out and counted."""
    check_office_file(path, "ppt")
    deck = pptx.Presentation(str(path))
    out = CanonicalText()
    hidden = beside = unread = 0
    area = _Area(deck.slide_width or 0, deck.slide_height or 0)
    for number, slide in enumerate(deck.slides, start=1):
        if slide.element.get("show") in ("0", "false"):
            hidden += 1
            continue
        out.page(number, str(number))
        left_out, charts = _add_slide(out, slide, area)
        beside += left_out
        unread += charts
    built = out.finish()
    said = core(deck)
    first = built.headings[0].span.of(built.text) if built.headings else None
    return Extract(
        text=built.text,
        media_type=MEDIA_TYPE,
        title=said.title or first,
        created=said.created,
        author=said.author,
        headings=built.headings,
        pages=built.pages,
        warnings=_warnings(hidden, beside, unread),
    )


@dataclass(frozen=True, slots=True)
class _Area:
    """What of a slide is shown, in the units of its shapes; one without a width or a height is not known."""

    width: int
    height: int

    def leaves_out(self, shape: BaseShape) -> bool:
        """Whether a shape stands beside the slide as a whole; one that is turned, or without a place, does not."""
        place = (shape.left, shape.top, shape.width, shape.height)
        if not self.width or not self.height or None in place or getattr(shape, "rotation", None):
            return False
        left, top, width, height = (int(value) for value in place)
        return left + width <= 0 or top + height <= 0 or left >= self.width or top >= self.height


def _warnings(hidden: int, beside: int, unread: int) -> tuple[str, ...]:
    found = []
    if hidden:
        found.append(f"{hidden} of its slides are hidden and were left out")
    if beside:
        found.append(f"{beside} of its shapes stand beside a slide, hidden when it is shown, and were left out")
    if unread:
        found.append(f"{unread} of its charts could not be read and were left out")
    return tuple(found)


def _add_slide(out: CanonicalText, slide: Slide, area: _Area) -> tuple[int, int]:
    """Appends what a slide shows; returns how many of its shapes stand beside it, and of its charts tell no values."""
    _choose(slide.shapes.element)
    unread = 0
    title = slide.shapes.title
    beside = [shape for shape in slide.shapes if area.leaves_out(shape)]
    shown_shapes = [shape for shape in slide.shapes if not area.leaves_out(shape)]
    if title is not None and all(shape.shape_id != title.shape_id for shape in shown_shapes):
        title = None
    if title is not None:
        out.heading(1, _words(title.text_frame))
    for shape in _flat(shown_shapes, 0):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if shape.has_table:
            add_table(out, [[_words(cell.text_frame) for cell in row.cells] for row in shape.table.rows],
                      header=True if shape.table.first_row else None)  # fmt: skip
        elif shape.has_chart:
            unread += not _add_chart(out, shape)
        elif shape.has_text_frame and not _is_furniture(shape):
            _add_text(out, shape.text_frame, listed=_is_body(shape))
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        frame = slide.notes_slide.notes_text_frame
        if cleaned(_words(frame)):
            out.heading(2, "Notes")
            _add_text(out, frame, listed=False)
    hidden = sum(
        any(shape.has_text_frame and shape.text_frame.text.strip() for shape in _flat([one], 0)) for one in beside
    )
    return hidden, unread


def _choose(shapes: etree._Element) -> None:
    """Puts the first choice in the place of alternatives, as PowerPoint does.

    A box with an equation in it is one, of which the other is a picture; python-pptx passes over both.
    """
    for alternatives in list(shapes.iter(f"{COMPATIBILITY}AlternateContent")):
        for part in alternatives.findall(f"{COMPATIBILITY}Choice[1]/*"):
            alternatives.addprevious(part)
        alternatives.getparent().remove(alternatives)


def _add_text(out: CanonicalText, frame: TextFrame, *, listed: bool) -> None:
    paragraphs = [(paragraph.level, cleaned(plain(_pieces(paragraph._p)))) for paragraph in frame.paragraphs]
    paragraphs = [(level, text) for level, text in paragraphs if text]
    out.part()
    for level, text in paragraphs:
        if level or (listed and len(paragraphs) > 1):
            out.item(text, depth=level)
        else:
            out.paragraph(text)


def _words(frame: TextFrame) -> str:
    return "\n".join(plain(_pieces(paragraph._p)) for paragraph in frame.paragraphs)


def _pieces(element: etree._Element) -> Iterator[tuple[str, bool]]:
    """The pieces of text in a paragraph, equations in their place, and whether each is raised."""
    for child in element:
        if child.tag in (f"{_A}r", f"{_A}fld"):
            format_ = child.find(f"{_A}rPr")
            baseline = format_.get("baseline", "") if format_ is not None else ""
            yield child.findtext(f"{_A}t", ""), bool(_RAISED.match(baseline))
        elif child.tag == f"{_A}br":
            yield " ", False
        elif child.tag == f"{MATH}t":
            yield child.text or "", False
        elif child.tag != f"{COMPATIBILITY}Fallback":
            before, after = around(child)
            yield before, False
            yield from _pieces(child)
            yield after, False


def _add_chart(out: CanonicalText, shape: BaseShape) -> bool:
    """Appends a chart's title and a table of what it shows; says whether it tells any values.

    Read from the markup, as python-pptx refuses charts of several kinds (3-D, pie of pie, stock, surface).
    """
    try:
        chart = shape.chart
        title = _words(chart.chart_title.text_frame) if chart.has_title and chart.chart_title.has_text_frame else ""
        tables = [table for plot in chart.element.iterfind(f"{_C}chart/{_C}plotArea/*") for table in _tables(plot)]
    except Exception:  # a broken chart must not cost the slides; python-pptx raises anything
        return False
    out.paragraph(title)
    for table in tables:
        add_table(out, table, header=True)
    return bool(tables)


def _tables(plot: etree._Element) -> Iterator[list[list[str]]]:
    """What a plot shows: one table by categories, or one for each series of points (scatter and bubble charts)."""
    series = sorted(plot.iterfind(f"{_C}ser"), key=_order)
    names = [one.findtext(f"{_C}tx//{_C}v", "") for one in series]
    labels: dict[int, str] = {}
    for one in reversed(series):
        labels |= _points(one, "cat")
    values = [_points(one, "val") for one in series]
    indices = sorted(labels.keys() | set().union(*values))
    if indices:
        rows = [[labels.get(index, str(index + 1)), *(one.get(index, "") for one in values)] for index in indices]
        yield [["", *names], *rows]
    for one, name in zip(series, names, strict=True):
        across, up, sizes = (_points(one, part) for part in ("xVal", "yVal", "bubbleSize"))
        if up:
            rows = [[across.get(index, str(index + 1)), up[index], sizes.get(index, "")] for index in sorted(up)]
            yield [["x", name or "y", "size"], *rows]


def _order(series: etree._Element) -> int:
    found = series.find(f"{_C}order")
    value = found.get("val", "0") if found is not None else "0"
    return int(value) if value.isdigit() else 0


def _points(series: etree._Element, part: str) -> dict[int, str]:
    """The values of a part of a series by index, as they were when it was saved; the innermost level of categories."""
    found = series.find(f"{_C}{part}")
    if found is None:
        return {}
    level = found.find(f".//{_C}lvl")
    points = (found if level is None else level).iter(f"{_C}pt")
    return {int(point.get("idx")): _value(point) for point in points}


def _value(point: etree._Element) -> str:
    """A point as the chart shows it: by the number format of its own, or that of the values it stands among."""
    text: str = point.findtext(f"{_C}v", "")
    cache = point.getparent()
    if cache.tag not in (f"{_C}numCache", f"{_C}numLit"):
        return text
    number_format = point.get("formatCode") or cache.findtext(f"{_C}formatCode") or "General"
    try:
        number = float(text)
    except ValueError:  # "#N/A"
        return text
    return shown(_day(number, point) if is_date_format(number_format) else number, number_format)


def _day(number: float, point: etree._Element) -> object:
    """The day or time that a number means where its format shows one, or the number where it cannot mean any."""
    since = point.getroottree().getroot().find(f"{_C}date1904")
    begins_1904 = since is not None and since.get("val", "1") in ("1", "true")
    try:
        return from_excel(number, MAC_EPOCH if begins_1904 else WINDOWS_EPOCH)
    except (ValueError, OverflowError):
        return number


def _flat(shapes: object, depth: int) -> Iterator[BaseShape]:
    for shape in shapes:  # type: ignore[attr-defined]
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            if depth < _DEEPEST:
                yield from _flat(shape.shapes, depth + 1)
        else:
            yield shape


def _is_furniture(shape: BaseShape) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type in _FURNITURE


def _is_body(shape: BaseShape) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type in (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)
