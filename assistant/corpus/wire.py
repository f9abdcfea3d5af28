"""How the parser process and its parent talk: length-prefixed JSON, checked on arrival; nothing is ever unpickled."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import BinaryIO

from assistant.types import Document, Heading, Page, Source, Span

MAX_MESSAGE = 256_000_000
_LENGTH = struct.Struct(">Q")

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def send(stream: BinaryIO, message: Mapping[str, Json]) -> None:
    """Writes one message; lone surrogates (of file names) survive."""
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def receive(stream: BinaryIO) -> dict[str, Json] | None:
    """The next message, or None at the end of the stream. Raises `ValueError` for what is no message."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > MAX_MESSAGE:
        raise ValueError(f"a message of {length} bytes is too long")
    body = stream.read(length)
    if len(body) < length:
        return None
    message = json.loads(body.decode("utf-8", "surrogatepass"))
    if not isinstance(message, dict):
        raise ValueError("a message must be an object")
    return message


def encode_document(document: Document) -> Json:
    """A document as JSON."""
    value: dict[str, Json] = asdict(document)
    value["source"] = asdict(document.source) | {
        "date": document.source.date.isoformat() if document.source.date else None
    }
    return value


def decode_document(value: Json) -> Document:
    """The document that `encode_document` wrote. Raises `ValueError` for anything else."""
    try:
        return _document(_object(value))
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a document: {error!r}") from error


def _document(value: dict[str, Json]) -> Document:
    head = _object(value["source"])
    day = _optional(head["date"])
    return Document(
        source=Source(
            document_id=_string(head["document_id"]),
            path=_string(head["path"]),
            title=_string(head["title"]),
            media_type=_string(head["media_type"]),
            content_hash=_string(head["content_hash"]),
            date=date.fromisoformat(day) if day else None,
            publisher=_optional(head["publisher"]),
            author=_optional(head["author"]),
        ),
        text=_string(value["text"]),
        file=_string(value["file"]),
        headings=tuple(
            Heading(_number(one["level"]), _span(one["span"])) for one in map(_object, _list(value["headings"]))
        ),
        pages=tuple(
            Page(_number(one["index"]), _string(one["label"]), _span(one["span"]))
            for one in map(_object, _list(value["pages"]))
        ),
        warnings=tuple(_string(warning) for warning in _list(value["warnings"])),
    )


def _object(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise TypeError(f"expected an object, got {type(value).__name__}")
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError(f"expected a list, got {type(value).__name__}")
    return value


def _string(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, got {type(value).__name__}")
    return value


def _optional(value: Json) -> str | None:
    return None if value is None else _string(value)


def _number(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"expected a whole number, got {type(value).__name__}")
    return value


def _span(value: Json) -> Span:
    pair = _object(value)
    return Span(_number(pair["start"]), _number(pair["end"]))
