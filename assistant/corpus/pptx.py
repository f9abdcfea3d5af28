"""PowerPoint presentations (.pptx): each slide is a page; its title is a heading, its notes stand under "Notes"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pptx
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import TextFrame

from assistant.corpus.archive import check_office_file
from assistant.corpus.base import Extract
from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.office import core
from assistant.corpus.tables import add_table, shown

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

_FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.SLIDE_NUMBER)
_DEEPEST = 20


def read(path: Path) -> Extract:
    """The text of the slides that are shown, in order; hidden slides are left out and counted."""
    check_office_file(path, "ppt")
    deck = pptx.Presentation(str(path))
    out = CanonicalText()
    hidden = beside = 0
    area = _Area(deck.slide_width or 0, deck.slide_height or 0)
    for number, slide in enumerate(deck.slides, start=1):
        if slide.element.get("show") in ("0", "false"):
            hidden += 1
            continue
        out.page(number, str(number))
        beside += _add_slide(out, slide, area)
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
        warnings=_warnings(hidden, beside),
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


def _warnings(hidden: int, beside: int) -> tuple[str, ...]:
    found = []
    if hidden:
        found.append(f"{hidden} of its slides are hidden and were left out")
    if beside:
        found.append(f"{beside} of its shapes stand beside a slide, hidden when it is shown, and were left out")
    return tuple(found)


def _add_slide(out: CanonicalText, slide: Slide, area: _Area) -> int:
    """Appends what a slide shows; returns how many of its shapes stand beside it."""
    title = slide.shapes.title
    beside = [shape for shape in slide.shapes if area.leaves_out(shape)]
    shown_shapes = [shape for shape in slide.shapes if not area.leaves_out(shape)]
    if title is not None and all(shape.shape_id != title.shape_id for shape in shown_shapes):
        title = None
    if title is not None:
        out.heading(1, title.text_frame.text)
    for shape in _flat(shown_shapes, 0):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if shape.has_table:
            add_table(out, [[cell.text for cell in row.cells] for row in shape.table.rows],
                      header=True if shape.table.first_row else None)  # fmt: skip
        elif shape.has_chart:
            _add_chart(out, shape)
        elif shape.has_text_frame and not _is_furniture(shape):
            _add_text(out, shape.text_frame, listed=_is_body(shape))
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        frame = slide.notes_slide.notes_text_frame
        if cleaned(frame.text):
            out.heading(2, "Notes")
            _add_text(out, frame, listed=False)
    return sum(
        any(shape.has_text_frame and shape.text_frame.text.strip() for shape in _flat([one], 0)) for one in beside
    )


def _add_text(out: CanonicalText, frame: TextFrame, *, listed: bool) -> None:
    paragraphs = [(paragraph.level, cleaned(paragraph.text)) for paragraph in frame.paragraphs]
    paragraphs = [(level, text) for level, text in paragraphs if text]
    out.part()
    for level, text in paragraphs:
        if level or (listed and len(paragraphs) > 1):
            out.item(text, depth=level)
        else:
            out.paragraph(text)


def _add_chart(out: CanonicalText, shape: BaseShape) -> None:
    chart = shape.chart
    if chart.has_title and chart.chart_title.has_text_frame:
        out.paragraph(chart.chart_title.text_frame.text)
    for plot in chart.plots:
        series = list(plot.series)
        header = ["", *(str(one.name) for one in series)]
        rows = [[str(category), *(shown(one.values[index]) if index < len(one.values) else "" for one in series)]
                for index, category in enumerate(plot.categories)]  # fmt: skip
        if rows:
            add_table(out, [header, *rows], header=True)


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
