"""Plain text (.txt, .text): hard-wrapped lines become paragraphs, lists and headings are recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.corpus.base import Extract
from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.encoding import decode
from assistant.corpus.front_matter import split_front_matter

MEDIA_TYPE = "text/plain"

_UNDERLINE = re.compile(r"^\s*(=|-|~|\*){3,}\s*$")
_BULLET = re.compile(r"^(?P<indent>\s*)(?P<mark>[-*+•‣–]|(?P<number>\d{1,3})[.)])\s+(?P<text>\S.*)$")
_CLOSING = re.compile(r"^(?:sources?|references|bibliography|notes|further reading|annex(?: \w)?):?$", re.IGNORECASE)
_LABEL = re.compile(r"^[A-Z][\w /-]{0,24}:\s")
_HYPHENATED = re.compile(r"[^\W\d_]-$")
_LONGEST_WRAP = 120


def read(path: Path) -> Extract:
    """The text of a plain text file, after its front matter if it has one."""
    decoded = decode(path.read_bytes())
    head = split_front_matter(decoded.text)
    out = CanonicalText()
    add_plain_text(out, head.body)
    built = out.finish()
    first = built.headings[0].span if built.headings else None
    return Extract(
        text=built.text,
        media_type=MEDIA_TYPE,
        title=head.title or (first.of(built.text) if first and first.start == 0 else None),
        date=head.date,
        publisher=head.publisher,
        author=head.author,
        headings=built.headings,
        warnings=(*decoded.warnings, *head.warnings),
    )


def add_plain_text(out: CanonicalText, text: str) -> None:
    """Appends the headings, paragraphs and lists of `text` to `out`."""
    for block in _blocks(text):
        _add_block(out, block)


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in re.split(r"\r\n|[\r\n\f]", text):
        if cleaned(line):
            block.append(line.expandtabs(4).rstrip())
        elif block:
            yield block
            block = []
    if block:
        yield block


def _add_block(out: CanonicalText, lines: Sequence[str]) -> None:
    width = max(map(_length, lines))
    paragraph: list[str] = []
    item: re.Match[str] | None = None

    def flush() -> None:
        nonlocal item
        if paragraph and item:
            number = item["number"]
            out.item(_joined(paragraph), depth=len(item["indent"]) // 2, number=int(number) if number else None)
        elif paragraph:
            out.paragraph(_joined(paragraph))
        paragraph.clear()
        item = None

    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if _UNDERLINE.match(line):
            if not paragraph and index and _is_heading_text(lines[index - 1]):
                continue  # it underlines the heading that was just added
            flush()
            if not re.fullmatch(r"[\s=~*-]+", line):
                out.paragraph(line)
            continue
        if _UNDERLINE.match(following) and not paragraph and _is_heading_text(line):
            out.heading(1 if "=" in following else 2, line)
            continue
        alone = not paragraph and _CLOSING.match(line.strip()) and (not following or _BULLET.match(following))
        if alone or (not paragraph and _is_capitals(line) and not _is_capitals(following)):
            out.heading(2, line)
            continue
        bullet = _BULLET.match(line)
        if bullet and (not paragraph or item or _ends(paragraph[-1]) or _goes_on(bullet, lines, index + 1)):
            flush()
            item = bullet
            paragraph.append(bullet["text"])
            continue
        if paragraph and _is_break(lines[index - 1], line, width):
            flush()
        paragraph.append(line.strip())
    flush()


def _length(line: str) -> int:
    """The length of a line; a web address alone in its line could not be wrapped and says nothing about the margin."""
    return len(line) if " " in line.strip() else 0


def _is_heading_text(line: str) -> bool:
    return len(line.strip()) <= 100 and not _BULLET.match(line) and not _UNDERLINE.match(line)


def _is_capitals(line: str) -> bool:
    """Whether a line is a heading by its capitals: "KEY JUDGMENTS", not "NATO" and not a sentence."""
    text = line.strip()
    letters = [character for character in text if character.isalpha()]
    return (
        len(letters) >= 5
        and len(text) <= 80
        and not any(letter.islower() for letter in letters)
        and text[-1] not in ".!;,"
        and not _BULLET.match(line)
    )


def _goes_on(bullet: re.Match[str], lines: Sequence[str], start: int) -> bool:
    """Whether from `start` on the next line that is not indented below a bullet is the next one of its list.

    Without that, a line after one that ends no sentence may have been wrapped before a dash or a number.
    """
    places = range(start, len(lines))
    after = next((lines[place] for place in places if _indent(lines[place]) <= len(bullet["indent"])), "")
    found = _BULLET.match(after)
    if not found or found["indent"] != bullet["indent"]:
        return False
    if bullet["number"] and found["number"]:
        return int(found["number"]) == int(bullet["number"]) + 1 and found["mark"][-1] == bullet["mark"][-1]
    return found["mark"] == bullet["mark"]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _ends(line: str) -> bool:
    return line.rstrip()[-1:] in ".:;!?"


def _is_break(before: str, line: str, width: int) -> bool:
    """Whether the line end between two lines was meant, not a wrap at the margin.

    A line was wrapped if the next word would not have fitted. Joining too much only makes a long paragraph, while
    not joining cuts a sentence in two, so the line before must be clearly short, or be a "Label: value" line.
    """
    if _LABEL.match(before) and _LABEL.match(line):
        return True
    if width > _LONGEST_WRAP:
        return True
    first_word = line.split()[0]
    return len(before) + 1 + len(first_word) <= 0.6 * width and _ends(before)


def _joined(lines: Sequence[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        # Wrapping breaks "co-operation" after its hyphen; no hyphen is put in by hand in plain text.
        text += line if _HYPHENATED.search(text) and line[:1].isalpha() else " " + line
    return text
