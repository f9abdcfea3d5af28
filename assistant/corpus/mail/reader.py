"""Mails (.eml): subject, sender and date, the text, and the attachments as files of their own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from assistant.corpus.base import Attachment, Extract
from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.encoding import decode
from assistant.corpus.html.reader import add_fragment, hidden_warning
from assistant.corpus.mail.markup import with_named_quotes
from assistant.corpus.mail.quotes import LEVEL, add_mail_text, is_of_quote
from assistant.corpus.mail.threads import with_thread_apart
from assistant.errors import UnreadableFile

MEDIA_TYPE = "message/rfc822"
MAX_PARTS = 100

_BOUNDARY = re.compile(rb"""boundary\s*=\s*"?([^"\r\n;]{1,200})""", re.IGNORECASE)
_NESTED = re.compile(rb"^content-type:\s*message/rfc822", re.IGNORECASE | re.MULTILINE)
_HEADER = re.compile(rb"^(?:from|to|subject|date|received|message-id|mime-version|content-type|return-path):",
                     re.IGNORECASE | re.MULTILINE)  # fmt: skip
_READ_AS_TEXT = ("text/plain", "text/html")


def read(path: Path) -> Extract:
    """The plain text of a mail, or that of its HTML where it has no other; what it quotes is put under who wrote it."""
    data = path.read_bytes()
    _check(data)
    mail = BytesParser(policy=policy.default).parsebytes(data)
    warnings: list[str] = []
    out = CanonicalText()
    subject = _header(mail, "subject")
    out.heading(1, subject)
    for name in ("From", "To", "Cc", "Date"):
        value = _header(mail, name.lower())
        if value:
            out.line(f"{name}: {value}")
    texts, attachments = _parts(mail)
    sender = _header(mail, "from")
    for number, part in enumerate(texts):
        if number and sender and is_of_quote(out.last_heading) and _bytes(part).strip():
            out.heading(LEVEL, f"From: {sender}")  # a part behind one that ends in a quotation
        _add_body(out, part, sender, warnings)
    built = out.finish()
    extract = Extract(
        text=built.text,
        media_type=MEDIA_TYPE,
        title=subject or None,
        date=_date(_header(mail, "date")),
        author=sender or None,
        headings=built.headings,
        warnings=tuple(warnings),
        attachments=tuple(attachment for part in attachments if (attachment := _attachment(part, warnings))),
    )
    return with_thread_apart(extract, sender)


def _check(data: bytes) -> None:
    """Counts the parts before the parser does: 300,000 of them cost it 23 s, and deep nesting its stack."""
    if not _HEADER.search(data[:100_000]):
        raise UnreadableFile("it has no mail headers (From, To, Subject...); it is not a mail")
    boundaries = set(_BOUNDARY.findall(data))
    lines = sum(data.count(b"\n--" + boundary.strip()) for boundary in list(boundaries)[: MAX_PARTS + 1])
    if max(lines - len(boundaries), len(boundaries), len(_NESTED.findall(data))) > MAX_PARTS:
        raise UnreadableFile(f"it has more than {MAX_PARTS} parts, the most that are read from one mail")


def _parts(mail: EmailMessage) -> tuple[list[Message], list[Message]]:
    """The parts to read as the text, in order, and the others that are files.

    Only within `multipart/alternative` do parts say the same (RFC 2046, 5.1.4); elsewhere they follow one another: a
    mailing list adds its footer as a part, and some programs cut a text where a picture stands in it.
    """
    texts: list[Message] = []
    files: list[Message] = []
    waiting: list[Message] = [mail]
    count = 0
    while waiting:
        part = waiting.pop(0)
        count += 1
        if count > MAX_PARTS:
            raise UnreadableFile(f"it has more than {MAX_PARTS} parts, the most that are read from one mail")
        kind = part.get_content_type()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            inside = list(part.get_payload())
            waiting = [*(_best_of(inside) if kind == "multipart/alternative" else inside), *waiting]
        elif part.get_content_disposition() == "attachment" or _file_name(part) or kind == "message/rfc822":
            files.append(part)
        elif kind in _READ_AS_TEXT:
            texts.append(part)
        elif _bytes(part).strip():
            files.append(part)
    return texts, files


def _best_of(parts: Sequence[Message]) -> list[Message]:
    """Of parts that say the same the plain text, or where that is empty the HTML; with those that are not text."""
    plain = [part for part in parts if part.get_content_type() == "text/plain" and _bytes(part).strip()]
    others = [part for part in parts if part.get_content_type() not in _READ_AS_TEXT]
    if plain:
        return [plain[0], *(part for part in others if not _holds_text(part))]
    return list(parts)


def _holds_text(part: Message) -> bool:
    """Whether a part is, or holds, one more version of the text: HTML with its pictures, or a calendar's words."""
    return any(each.get_content_type() == "text/html" for each in part.walk())


def _add_body(out: CanonicalText, part: Message, sender: str, warnings: list[str]) -> None:
    charset = part.get_content_charset()
    decoded = decode(_bytes(part), charset)
    warnings += decoded.warnings
    if part.get_content_type() == "text/html":
        warnings += hidden_warning(add_fragment(out, with_named_quotes(decoded.text, sender)))
    else:
        add_mail_text(out, decoded.text, sender)


def _attachment(part: Message, warnings: list[str]) -> Attachment | None:
    name = _file_name(part)
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        if not isinstance(inner, list) or not inner or not isinstance(inner[0], Message):
            warnings.append("a mail that it carries is damaged and was left out")
            return None
        stem = name.removesuffix(".eml") or _header(inner[0], "subject") or "forwarded mail"
        try:
            return Attachment(f"{stem}.eml", inner[0].as_bytes())
        except (UnicodeError, LookupError, ValueError, TypeError, AttributeError):
            warnings.append(f"the mail {stem!r} that it carries is damaged and was left out")
            return None
    return Attachment(name or f"part.{part.get_content_subtype()}", _bytes(part))


def _bytes(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _file_name(part: Message) -> str:
    try:
        return cleaned(part.get_filename() or "")
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _header(mail: Message, name: str) -> str:
    """A header as text; the standard library raises all sorts of errors on broken ones, which then count as raw."""
    try:
        return cleaned(str(mail.get(name) or ""))
    except Exception:  # see above: IndexError, ValueError, AttributeError... from email._header_value_parser
        return next((cleaned(str(value)) for key, value in mail.raw_items() if key.lower() == name), "")


def _date(text: str) -> dt.date | None:
    try:
        return parsedate_to_datetime(text).date() if text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
