"""A saved conversation in each format in which it leaves the program, one a file; a new one is a line in `EXPORTS`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.errors import InputError
from assistant.ui.shared.context import Briefings, Shared
from assistant.ui.shared.html import html
from assistant.ui.shared.markdown import markdown
from assistant.work.exporting import conversation_as_json

__all__ = ["EXPORTS", "Briefings", "Shared", "export_of", "file_name"]

Export = Callable[[Shared], str]

EXPORTS: Mapping[str, Export] = {
    ".html": html,
    ".md": markdown,
    ".json": lambda shared: conversation_as_json(shared.saved),
}
"""The end of a file's name and what writes such a file, which is in UTF-8."""

_LONGEST = 60  # characters


def export_of(path: Path) -> Export:
    """What writes a file of this name. Raises `InputError` for a format that there is not."""
    found = EXPORTS.get(path.suffix.lower())
    if found is None:
        raise InputError(f"{path.name!r}: a conversation is written as {', '.join(EXPORTS)}")
    return found


def file_name(title: str, suffix: str) -> str:
    """A name for a file that any system takes, made of the words of a title."""
    words = re.sub(r"[^\w]+", "-", title.casefold())[:_LONGEST].strip("-_")
    return f"{words or 'conversation'}{suffix}"
