"""A memo as Markdown with footnotes (.md)."""

from __future__ import annotations

from assistant.memos.export.noted import noted
from assistant.memos.markdown import memo_as_markdown
from assistant.memos.memo import Memo


def markdown(memo: Memo) -> bytes:
    """UTF-8; a footnote that is used twice is written once."""
    return memo_as_markdown(memo, noted(memo).footnotes).encode()
