"""Sections of a document that name other documents instead of saying something."""

from __future__ import annotations

import re

_REFERENCES = re.compile(
    r"^\W*(public )?(sources?|references?|bibliography|further reading|notes|see also|works cited)\W*$", re.IGNORECASE
)


def is_reference_heading(text: str) -> bool:
    """Whether a heading opens a list of sources: "Sources", "References", "Works cited" and the like."""
    return bool(_REFERENCES.match(text))
