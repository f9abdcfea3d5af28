"""Writes an Excel workbook, or its first sheet as CSV."""

from __future__ import annotations

import csv
import io

from briefing import Briefing, Sheet, shown, stamped

from writers.office import steady_zip


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
