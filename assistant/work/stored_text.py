"""Text as SQLite keeps it, shows it in a list and finds it."""

from __future__ import annotations

from assistant.language.words import words as words_of

_TITLE = 80  # characters


def storable(text: str) -> str:
    """The text without half characters, which SQLite cannot store."""
    return text.encode("utf-8", "replace").decode("utf-8")


def title_line(text: str) -> str:
    """The text on one line, cut at a word where it is too long for a list."""
    said = " ".join(storable(text).split())
    if len(said) <= _TITLE:
        return said
    return f"{said[: _TITLE - 2].rsplit(' ', 1)[0]} …"


def patterns(words: str) -> list[str]:
    """What a full-text search asks for each word: the word, its other forms, and longer ones that begin with it."""
    return [f'"{word}"*' for word in words_of(words)]
