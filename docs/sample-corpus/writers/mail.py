"""Writes a mail with attachments."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from briefing import Briefing, Items, Table, attached, shown, stamped

MIME = {
    ".csv": ("text", "csv"),
    ".pdf": ("application", "pdf"),
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".pptx": ("application", "vnd.openxmlformats-officedocument.presentationml.presentation"),
}


def write_eml(briefing: Briefing, *, render: Callable[[Briefing], bytes]) -> bytes:
    """A mail whose body is the briefing, with its attachments, which `render` writes."""
    mail = briefing.mail
    slug = Path(briefing.file).stem
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = mail["from"], mail["to"]
    message["Subject"] = mail.get("subject", briefing.title)
    message["Date"] = format_datetime(stamped(briefing.date))
    message["Message-ID"] = f"<{slug}@example.org>"
    message.set_content(plain_text(briefing), cte=mail.get("encoding", "quoted-printable"))
    for data in mail.get("attachments", ()):
        part = attached(data, briefing, briefing.file)
        kind, subtype = MIME[Path(part.file).suffix]
        message.add_attachment(render(part), maintype=kind, subtype=subtype, filename=part.file)
    if message.is_multipart():
        message.set_boundary(f"=_{slug}_=")
    return message.as_bytes()


def plain_text(briefing: Briefing) -> str:
    """The body of a mail: greeting, byline, sections, sources."""
    parts = ["Dear colleagues,", textwrap.fill(f"{briefing.byline}.", 76)]
    for section in briefing.sections:
        parts += [section.heading.upper()] if section.heading else []
        for block in section.body:
            if isinstance(block, Table):
                parts.append("\n".join([block.caption, *(" | ".join(map(shown, row)) for row in block.rows)]).strip())
            elif isinstance(block, Items):
                parts.append("\n".join(bullet(item) for item in block.items))
            else:
                parts.append(textwrap.fill(block, 76, break_long_words=False, break_on_hyphens=False))
    if briefing.sources:
        parts += ["Sources", "\n".join(bullet(source) for source in briefing.sources)]
    return "\n\n".join(parts) + "\n"


def bullet(text: str) -> str:
    """A wrapped `- ` item."""
    return textwrap.fill(f"- {text}", 76, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
