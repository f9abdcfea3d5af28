"""The documents that a memo cites, for LaTeX: BibTeX (.bib)."""

from __future__ import annotations

import json

from assistant.memos.export.csl import items
from assistant.memos.memo import Memo
from assistant.memos.pandoc import read_text, write_text


def bibtex(memo: Memo) -> bytes:
    """UTF-8; the same items as the CSL-JSON, with the same keys."""
    found = items(memo)
    return write_text(read_text(json.dumps(found), "csljson"), "bibtex").encode() if found else b""
