"""What a mail quotes of others: each quotation becomes a section whose heading says, as the mail does, who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.text import add_plain_text

QUOTED = "Quoted text"
"""The heading of a quotation that nobody is named for."""

LEVEL = 2
"""The level of these headings; that of the subject is 1."""

_MARK = re.compile(r"^(?:>[ \t]?)+")
_AMOUNT = re.compile(r"^>\s?\d")
_WROTE = re.compile(r"(?!.*[a-z]{4}[.!?] [A-Z]).{2,200}\b(?:wrote|writes)\s*:", re.IGNORECASE)
_AT_A_TIME = re.compile(r"On .{4,160}(?:\d[:.]\d\d|@).{0,120}\bwrote\s*:", re.IGNORECASE)
_FIELD = re.compile(
    r"\*?(?P<name>From|Sent|Date|To|Cc|Bcc|Subject|Importance)\s?:\*?\s*(?P<said>\S.*)?$", re.IGNORECASE
)
_DIVIDER = re.compile(
    r"[-_*]{2,}\s*(?:Original (?:Message|Appointment)|Forwarded (?:message|by .*)|)\s*[-_*]{2,}", re.I
)
_WHEN = ("sent", "date")
_LONGEST_WRAP = 3  # lines of an attribution


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines of one depth of quotation."""

    depth: int
    lines: list[str]


def add_mail_text(out: CanonicalText, text: str, sender: str) -> None:
    """Appends the plain text of a mail; what `sender` writes behind a quotation comes under their name again."""
    runs = _runs(text)
    named: dict[int, str] = {0: f"From: {sender}" if sender else ""}
    section = 0, named[0]
    begun = ""  # what was introduced by the run before
    for run, following in zip(runs, [*runs[1:], None], strict=True):
        lines, introduced = _parted(run, following)
        named.setdefault(run.depth, QUOTED)
        if begun or any(map(str.strip, lines)):
            if section != (run.depth, named[run.depth]):
                out.heading(LEVEL, named[run.depth])
            named[run.depth] = _add_lines(out, lines) or named[run.depth]
            section = run.depth, named[run.depth]
        begun = introduced
        if following and introduced:  # else who was quoted before is quoted again, with an answer in between
            named = {depth: name for depth, name in named.items() if depth <= run.depth} | {following.depth: introduced}


def _runs(text: str) -> list[_Run]:
    """The lines of a text by depth; empty ones between lines of one depth belong to it."""
    marked = [_line(line) for line in re.split(r"\r\n|[\r\n]", text)]
    for place, (depth, line) in enumerate(marked):
        around = {marked[other][0] for other in (place - 1, place + 1) if 0 <= other < len(marked)}
        if depth == 1 and around <= {0} and (_AMOUNT.match(f">{line}") or line.startswith("From ")):
            # ">5 per cent" of a sender's own, or the mark that mailboxes put before a line that begins with "From"
            marked[place] = 0, line if line.startswith("From ") else f">{line}"
    after = 0
    for place in range(len(marked) - 1, -1, -1):  # an empty line goes with what follows it, for now
        depth, line = marked[place]
        after = depth if line.strip() else max(after, depth)
        marked[place] = after, line
    before = 0
    for place, (depth, line) in enumerate(marked):
        before = depth if line.strip() else min(before, depth)
        marked[place] = before, line
    return [_Run(depth, [line for _, line in group]) for depth, group in groupby(marked, key=lambda pair: pair[0])]


def _line(line: str) -> tuple[int, str]:
    mark = _MARK.match(line)
    return (mark.group().count(">"), line[mark.end() :]) if mark else (0, line)


def _parted(run: _Run, following: _Run | None) -> tuple[list[str], str]:
    """The lines of a run without those that introduce a deeper one that follows, and what these say."""
    if following is None or following.depth <= run.depth:
        return run.lines, ""
    lines = list(run.lines)
    while lines and not lines[-1].strip():
        lines.pop()
    ends = [cleaned(" ".join(lines[-count:])) for count in range(1, min(_LONGEST_WRAP, len(lines)) + 1)]
    for count, said in enumerate(ends, start=1):
        if introduces(said) and said.startswith("On ") and len(re.findall(r"\bwrote\b", said)) == 1:
            return lines[:-count], said
    return (lines[:-1], ends[0]) if ends and introduces(ends[0]) else (run.lines, "")


def _add_lines(out: CanonicalText, lines: Sequence[str]) -> str:
    """Appends lines of one depth, parted where a mail that is quoted without marks begins; returns the last heading."""
    start = position = 0
    heading = ""
    while position < len(lines):
        begun = _head_at(lines, position)
        if begun is None:
            position += 1
            continue
        heading, fields, end = begun
        add_plain_text(out, "\n".join(_without_divider(lines[start:position])))
        out.heading(LEVEL, heading)
        for field in fields:
            out.line(field)
        start = position = end
    add_plain_text(out, "\n".join(lines[start:]))
    return heading


def introduces(text: str) -> bool:
    """Whether words say who wrote what follows them ("On 3 May 2024, Jane Doe wrote:")."""
    return bool(_WROTE.fullmatch(text))


def is_of_quote(heading: str) -> bool:
    """Whether a heading of a mail is that of a quotation, or of its sender's own words behind one."""
    return heading == QUOTED or heading.startswith("From: ") or introduces(heading)


def head_of(lines: Sequence[str]) -> tuple[str, list[str]] | None:
    """What the head of a mail says, if the lines are one: who and when, as a heading, and its other fields."""
    found = _head_at(lines, 0)
    return found[:2] if found and found[2] == len(lines) else None


def _head_at(lines: Sequence[str], position: int) -> tuple[str, list[str], int] | None:
    """The heading of the mail whose head begins at a line, its other fields, and where its text begins."""
    for count in range(1, min(_LONGEST_WRAP, len(lines) - position) + 1):
        said = cleaned(" ".join(lines[position : position + count]))
        if _AT_A_TIME.fullmatch(said):
            return said, [], position + count
    fields = list(_fields(lines, position))
    names = [name for name, _ in fields]
    when = next((place for place, name in enumerate(names) if name in _WHEN), None)
    if len(fields) < 3 or names[0] != "from" or when is None:
        return None
    others = [said for place, (_, said) in enumerate(fields) if place not in (0, when)]
    return f"{fields[0][1]}, {fields[when][1]}", others, position + len(fields)


def _fields(lines: Sequence[str], position: int) -> Iterator[tuple[str, str]]:
    for line in lines[position:]:
        found = _FIELD.fullmatch(line.strip())
        if not found:
            return
        yield found["name"].lower(), f"{found['name']}: {found['said'] or ''}".strip()


def _without_divider(lines: Sequence[str]) -> list[str]:
    """Lines without the rule that parts them from a mail below ("-----Original Message-----")."""
    kept = list(lines)
    while kept and (not kept[-1].strip() or _DIVIDER.fullmatch(kept[-1].strip())):
        kept.pop()
    return kept
