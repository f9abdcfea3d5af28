"""What people do to an exported memo, in any format, and what happens to its sources meanwhile."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.memos.verifying.checking import Kind
from assistant.types import Document

Library = dict[str, Document]
Edit = Callable[[Path, Library], None]

_PARTS = ("word/document.xml", "word/footnotes.xml")


@dataclass(frozen=True, slots=True)
class Case:
    """An edit and the faults that it makes: of what, of which kind, and words of its text."""

    name: str
    edit: Edit
    faults: tuple[tuple[str, Kind, str], ...]


def rewritten(path: Path, change: Callable[[str], str]) -> None:
    """Changes the text of the file; of a Word file that of the body and of the footnotes."""
    if path.suffix != ".docx":
        before = path.read_text(encoding="utf-8")
        path.write_text(change(before), encoding="utf-8")
        return
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in _PARTS:
        parts[name] = change(parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def typed(path: Path, text: str) -> str:
    return text if path.suffix == ".md" else html.escape(text, quote=False)


def sentence(old: str, new: str) -> Edit:
    """Writes `new` for `old` in the sections, once; the footnotes stay as they are."""

    def edit(path: Path, library: Library) -> None:
        _once(path, typed(path, old), typed(path, new), quoted=False)

    return edit


def quote(old: str, new: str) -> Edit:
    """Writes `new` for `old` in the quote of a footnote."""

    def edit(path: Path, library: Library) -> None:
        _once(path, typed(path, old), typed(path, new), quoted=True)

    return edit


def _once(path: Path, old: str, new: str, *, quoted: bool) -> None:
    done = 0

    def one(found: re.Match[str]) -> str:
        nonlocal done
        # A quote stands after its opening mark, with nothing between them but the quote itself.
        before = found.string[: found.start()]
        inside = before.rfind("“") > before.rfind("”")
        if done or inside is not quoted:
            return found[0]
        done += 1
        return new

    rewritten(path, lambda text: re.sub(re.escape(old), one, text))
    assert done == 1, f"{old!r} was not found in {path.name}"


def swapped(one: int, other: int) -> Edit:
    """Puts each of two footnotes where the other was."""

    def edit(path: Path, library: Library) -> None:
        first, second = _mark(path, one), _mark(path, other)

        def change(text: str) -> str:
            return text.replace(first, "\1", 1).replace(second, first, 1).replace("\1", second, 1)

        rewritten(path, change)

    return edit


def unmarked(number: int) -> Edit:
    """Takes the first place of a footnote away."""

    def edit(path: Path, library: Library) -> None:
        mark = _mark(path, number)
        rewritten(path, lambda text: text.replace(mark, "", 1))

    return edit


def _mark(path: Path, number: int) -> str:
    """What stands in the file where a footnote has its first place."""
    if path.suffix == ".md":
        return f"[^{number}]"
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            body = archive.read(_PARTS[0]).decode()
        marks: list[str] = re.findall(r"<w:footnoteReference [^>]*/>", body)
        return marks[number - 1]
    link = re.search(rf'<a href="#note-{number}"[^>]*>{number}</a>', path.read_text(encoding="utf-8"), re.DOTALL)
    assert link
    return link[0]


def gone(name: str) -> Edit:
    def edit(path: Path, library: Library) -> None:
        del library[name]

    return edit


def source(name: str, old: str, new: str) -> Edit:
    """The document says `new` for `old` today."""

    def edit(path: Path, library: Library) -> None:
        document = library[name]
        assert old in document.text
        head = replace(document.source, content_hash="f" * 64)
        library[name] = replace(document, source=head, text=document.text.replace(old, new))

    return edit


def both(*edits: Edit) -> Edit:
    def edit(path: Path, library: Library) -> None:
        for each in edits:
            each(path, library)

    return edit
