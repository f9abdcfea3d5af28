"""What a sync has to do, from what lies in the folder and what is known about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.files import sha256_of
from assistant.index.report import FileOutcome
from assistant.index.rows import FileRow
from assistant.index.scan import FoundFile, Scan, is_unchanged


@dataclass(frozen=True, slots=True)
class Work:
    """A file to read: the row it will have, the row it has, and the path it had if it was renamed."""

    absolute: Path
    row: FileRow
    known: FileRow | None = None
    renamed_from: str | None = None


@dataclass(slots=True)
class Plan:
    """What to read, what to note and what to take out; `settled` are the outcomes that need nothing more."""

    work: list[Work] = field(default_factory=list)
    settled: list[FileOutcome] = field(default_factory=list)
    rechecked: list[FileRow] = field(default_factory=list)
    noted_failures: list[FileRow] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)


def make_plan(found: Scan, known: Mapping[str, FileRow], checked_ns: int, *, anew: bool = False) -> Plan:
    """Compares the folder with what is known, reading only the files whose size or time says they may have changed.

    A vanished path and a new one with the same content are one renamed file, unless a person deleted the old one: its
    row has no hash. With `anew` every file is read, but those that a person took out.
    """
    plan = Plan()
    present = {file.path for file in found.files} | set(found.refused)
    gone = [path for path in sorted(known) if path not in present and found.may_be_gone(path)]
    gone_by_hash: dict[str, list[str]] = {}
    for path in gone:
        if known[path].status != "failed" and known[path].file_hash:
            gone_by_hash.setdefault(known[path].file_hash, []).append(path)
    moved: set[str] = set()
    for file in found.files:
        row = known.get(file.path)
        read = None if row is None or (anew and row.status != "removed") else row  # what need not be read again
        if read is not None and is_unchanged(file, read):
            plan.settled.append(_again(read))
            continue
        now = _look(file, checked_ns)
        if read is not None and read.file_hash == now.file_hash != "":
            plan.rechecked.append(replace(read, size=now.size, mtime_ns=now.mtime_ns, checked_ns=checked_ns))
            plan.settled.append(_again(read))
            continue
        candidates = gone_by_hash.get(now.file_hash, []) if row is None else []
        old = candidates.pop(0) if candidates else None
        if old is not None:
            moved.add(old)
        if old is not None and known[old].status == "removed":  # a person took it out; its new name changes nothing
            plan.rechecked.append(replace(now, status="removed"))
            plan.settled.append(FileOutcome(file.path, "renamed", old))
            plan.vanished.append(old)
            continue
        plan.work.append(Work(file.absolute, now, row, old))
    plan.vanished += [path for path in gone if path not in moved]
    for path, reason in sorted(found.refused.items()):
        row = FileRow(path, 0, 0, "", "failed", reason, (), checked_ns)
        before = known.get(path)
        if before is None or (before.status, before.reason) != ("failed", reason):
            plan.noted_failures.append(row)
        plan.settled.append(FileOutcome(path, "failed", reason))
    return plan


def _look(file: FoundFile, checked_ns: int) -> FileRow:
    """The row of a file that is to be read; without a hash where it cannot be opened, which reading will explain."""
    try:
        file_hash = sha256_of(file.absolute)
    except OSError:
        file_hash = ""
    return FileRow(file.path, file.size, file.mtime_ns, file_hash, "indexed", None, (), checked_ns)


def _again(row: FileRow) -> FileOutcome:
    """The outcome of a file that is as it was."""
    if row.status == "failed":
        return FileOutcome(row.path, "failed", row.reason)
    reason = "taken out of the index by hand" if row.status == "removed" else None
    return FileOutcome(row.path, "unchanged", reason, warnings=row.warnings)
