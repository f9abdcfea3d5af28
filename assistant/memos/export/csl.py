"""The documents that a memo cites, for reference managers: CSL-JSON (.csl.json)."""

from __future__ import annotations

import json
import re

from assistant.memos.markdown import documents_of
from assistant.memos.memo import Memo
from assistant.memos.numbering import notes
from assistant.memos.pandoc import Json
from assistant.types import Source


def csl_json(memo: Memo) -> bytes:
    """UTF-8; one item for each document, in the order of first use."""
    return f"{json.dumps(items(memo), ensure_ascii=False, indent=2)}\n".encode()


def items(memo: Memo) -> list[Json]:
    """The items of CSL-JSON (schema 1.0). The note has the path and the digest of the text that was cited."""
    return [_item(source, key) for key, source in keyed(memo)]


def keyed(memo: Memo) -> list[tuple[str, Source]]:
    """The documents that are cited, in the order of first use, each with a key of its own."""
    taken: set[str] = set()
    found: list[tuple[str, Source]] = []
    for source in documents_of(notes(memo)):
        key = _key(source.path, taken)
        taken.add(key)
        found.append((key, source))
    return found


def _item(source: Source, key: str) -> Json:
    item: dict[str, Json] = {"id": key, "type": "report", "title": source.title}
    if source.author:
        item["author"] = [{"literal": source.author}]
    if source.publisher:
        item["publisher"] = source.publisher
    if source.date:
        item["issued"] = {"date-parts": [[source.date.year, source.date.month, source.date.day]]}
    item["note"] = f"{source.path}, sha256 {source.content_hash}"
    return item


def _key(path: str, taken: set[str]) -> str:
    """A key of small letters, digits and hyphens, as BibTeX allows them; with a number where it is taken."""
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    key = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "briefing"
    free, number = key, 2
    while free in taken:
        free, number = f"{key}-{number}", number + 1
    return free
