"""Numbers of things as the commands say them."""

from __future__ import annotations


def many(count: int, one: str, several: str) -> str:
    """A number with its noun."""
    return f"1 {one}" if count == 1 else f"{count:,} {several}"


def held(files: int, documents: int, passages: int) -> str:
    """What an index holds; a mail gives a document for itself and one for each attachment."""
    attached = f" ({documents:,} documents with attachments)" if documents != files else ""
    return f"{many(files, 'file', 'files')}{attached}, {many(passages, 'passage', 'passages')}"
