"""The library -> HTML: documents with their status, the progress of uploads and of a sync. Pure; escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from assistant.chat import AssistantState
from assistant.index.entries import LibraryEntry
from assistant.index.report import FileDone, Scanned, Status, SyncEvent, SyncReport
from assistant.language.number_words import counted
from assistant.ui.wording import day, format_name

SHOWN = 200
_ORDER = ("failed", "waiting", "indexed", "removed")

UploadStage = Literal["received", "reading", "indexed", "failed"]


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded file on its way into the index."""

    name: str
    path: str | None = None
    stage: UploadStage = "received"
    reason: str | None = None
    chunks: int = 0


def matching(entries: Sequence[LibraryEntry], words: str) -> list[LibraryEntry]:
    """The entries whose title, path, publisher, format, date or status holds every word.

    What needs attention comes first, then what was uploaded here.
    """
    wanted = words.casefold().split()
    found = [entry for entry in entries if all(word in _searchable(entry) for word in wanted)]
    return sorted(found, key=lambda entry: (_ORDER.index(entry.status), not entry.is_upload))


def documents(entries: Sequence[LibraryEntry], words: str = "") -> str:
    """The list of documents that match; a long one is cut with a line that says so."""
    found = matching(entries, words)
    count = {status: sum(entry.status == status for entry in entries) for status in ("indexed", "failed", "waiting")}
    said = [counted(count["indexed"], "document")]
    said += [f"{count['failed']} could not be read"] if count["failed"] else []
    said += [f"{count['waiting']} waiting"] if count["waiting"] else []
    said += [f"{len(found)} match" if len(found) != 1 else "1 matches"] if words.strip() else []
    summary = f'<p class="count" role="status">{" · ".join(said)}</p>'
    if not entries:
        return '<p class="nothing">There are no documents yet. Drop files above, or put them into the folder.</p>'
    if not found:
        return f'{summary}<p class="nothing">No document matches <q>{escape(words.strip())}</q>.</p>'
    paths = {entry.path for entry in entries}
    rows = "".join(_row(entry, attached=_carrier(entry.path, paths)) for entry in found[:SHOWN])
    cut = (
        f'<p class="nothing">The first {SHOWN} of {len(found):,} are shown; search to see others.</p>'
        if len(found) > SHOWN
        else ""
    )
    return f'{summary}<ul class="documents">{rows}</ul>{cut}'


def removed(path: str, *, deleted: bool) -> str:
    """The line after a removal, with its undo."""
    what = "was deleted" if deleted else "is no longer searched"
    return (
        f'<p class="notice" role="status"><span><b>{escape(path)}</b> {what}.</span>'
        f'<button type="button" class="quiet" data-do="restore" data-path="{escape(path)}">Undo</button></p>'
    )


def notice(text: str, *, problem: bool = False) -> str:
    """A line that says what happened."""
    kind, role = ("notice problem", "alert") if problem else ("notice", "status")
    return f'<p class="{kind}" role="{role}"><span>{escape(_sentence(text))}</span></p>'


def uploads(files: Sequence[Upload]) -> str:
    """How far each uploaded file is."""
    said = {"received": "received", "reading": "reading …", "failed": "failed"}
    items = []
    for file in files:
        stage = f"indexed, {counted(file.chunks, 'passage')}" if file.stage == "indexed" else said[file.stage]
        reason = f'<span class="reason">{escape(_sentence(file.reason))}</span>' if file.reason else ""
        items.append(
            f'<li data-stage="{file.stage}"><span class="name">{escape(file.name)}</span>'
            f'<span class="stage">{stage}</span>{reason}</li>'
        )
    return f'<ul class="uploads" aria-live="polite" aria-label="Uploads">{"".join(items)}</ul>' if items else ""


def sync_line(event: SyncEvent) -> str:
    """How far a sync is, or how it ended."""
    if isinstance(event, Scanned):
        return notice(f"{counted(event.files, 'file')}, {event.to_read:,} to read …")
    if isinstance(event, FileDone):
        done = (
            f'<progress max="{max(event.to_read, 1)}" value="{event.done}" aria-label="Files that are read"></progress>'
        )
        said = f"{event.done} of {event.to_read}: {event.outcome.path}"
        return f'<p class="notice" role="status"><span>{escape(said)}</span>{done}</p>'
    return notice(_ended(event))


def state_line(state: AssistantState) -> str:
    """The line beside the name of the page: nothing when all is well and there is nothing to know."""
    if state.phase == "ready" and state.note:
        return f'<p class="state" data-phase="ready" role="status">{escape(state.note)}</p>'
    if state.phase == "ready":
        return '<p class="state" data-phase="ready"><span class="unseen">Ready.</span></p>'
    role = "alert" if state.phase == "failed" else "status"
    return (
        f'<p class="state" data-phase="{state.phase}" role="{role}"><span class="pulse" aria-hidden="true"></span>'
        f"{escape(state.detail)}</p>"
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ended(report: SyncReport) -> str:
    said: tuple[tuple[Status, str], ...] = (
        ("indexed", "indexed"),
        ("renamed", "renamed"),
        ("removed", "gone"),
        ("failed", "failed"),
    )
    changes = [f"{report.count(status)} {word}" for status, word in said if report.count(status)]
    warnings = "".join(f" {warning}" for warning in report.warnings)
    return f"Up to date: {', '.join(changes) or 'nothing had changed'} ({report.seconds:.1f} s).{warnings}"


def _searchable(entry: LibraryEntry) -> str:
    when = f"{entry.date.isoformat()} {day(entry.date)}" if entry.date else ""
    kind = format_name(entry.media_type) if entry.media_type else ""
    return f"{entry.title} {entry.path} {entry.publisher or ''} {kind} {when} {entry.status}".casefold()


def _carrier(path: str, paths: set[str]) -> str | None:
    """The mail that carries the document at `path`, if it is an attachment."""
    parent, _, _ = path.rpartition("/")
    while parent:
        if parent in paths:
            return parent
        parent, _, _ = parent.rpartition("/")
    return None


def _row(entry: LibraryEntry, *, attached: str | None) -> str:
    title = escape(entry.title)
    if entry.document_id and entry.status == "indexed":
        title = (
            f'<button type="button" class="link title" data-do="open" data-document="{escape(entry.document_id)}">'
            f"{title}</button>"
        )
    else:
        title = f'<span class="title">{title}</span>'
    said = [
        entry.publisher,
        day(entry.date) if entry.date else None,
        format_name(entry.media_type) if entry.media_type else None,
        counted(entry.chunks, "passage") if entry.status == "indexed" else None,
        f"attached to {attached}" if attached else None,
    ]
    reason = f'<span class="reason">{escape(_sentence(entry.reason))}</span>' if entry.reason else ""
    warnings = "".join(f'<span class="warning">{escape(_sentence(warning))}</span>' for warning in entry.warnings)
    return (
        f'<li data-status="{entry.status}"><span class="dot" aria-hidden="true"></span>'
        f'<div class="what">{title}<span class="byline">{escape(" · ".join(filter(None, said)))}</span>'
        f'<span class="path">{escape(entry.path)}</span>{reason}{warnings}</div>'
        f'<span class="status">{entry.status}</span>{_button(entry, attached=attached)}</li>'
    )


def _button(entry: LibraryEntry, *, attached: str | None) -> str:
    if attached:
        return ""
    path, title = escape(entry.path), escape(entry.title)
    if entry.status == "removed":
        return (
            f'<button type="button" class="quiet" data-do="restore" data-path="{path}" '
            f'aria-label="Restore {title}">Restore</button>'
        )
    if entry.status == "waiting":
        return ""
    return (
        f'<button type="button" class="quiet" data-do="remove" data-path="{path}" data-title="{title}" '
        f'data-upload="{"yes" if entry.is_upload else "no"}" aria-label="Remove {title}">Remove</button>'
    )
