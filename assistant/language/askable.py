"""What can be asked at all."""

from __future__ import annotations

from assistant.errors import InputError

MAX_QUESTION = 8000
"""The most characters of a question."""


def check(question: str) -> None:
    """Raises InputError, in a sentence for the person, where a question cannot be searched for."""
    if not question.strip():
        raise InputError("the question is empty: type what you want to know about the briefings")
    if len(question) > MAX_QUESTION:
        raise InputError(
            f"the question has {len(question):,} characters, at most {MAX_QUESTION:,} can be searched for: shorten it"
        )
    if not any(character.isalnum() for character in question):
        raise InputError(f"the question {question.strip()[:20]!r} has no words: type what you want to know")
