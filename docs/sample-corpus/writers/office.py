"""What the three Office formats have in common: properties, and the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

from briefing import Briefing, stamped


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
