"""The other end of the compass: what is told of North America does not answer for South America."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.reading.checks.terms import terms

_DIRECTIONS = {
    word: direction
    for direction in ("north", "south", "east", "west")
    for word in (direction, f"{direction}ern", f"{direction}-eastern", f"{direction}-western")
} | {f"{side}{end}": f"{side}{end}" for side in ("north", "south") for end in ("east", "west")}


def of_another_direction(question: str, sentence: str, around: str) -> bool:
    """Whether a sentence has what a name in the question has behind another direction: "North America" for "South".

    The direction of the question must stand nowhere in `around`, the passage with the heads above it. "The northern
    pier" is no name: what is told of a southern one is its opposite (`presupposition.py`).
    """
    asked = {(direction, what) for direction, what in _directed(question, named=True) if what}
    if not asked:
        return False
    near = {direction for direction, _ in _directed(around)}
    told = set(_directed(sentence))
    return any(
        direction not in near and any(other != direction and what == thing for other, thing in told)
        for direction, what in asked
    )


def _directed(text: str, *, named: bool = False) -> Iterator[tuple[str, str]]:
    """Each direction of a text, or of its names, with the key of the word behind it, empty where none says anything."""
    words = terms(text)
    for place, word in enumerate(words):
        direction = _DIRECTIONS.get(word.text.lower())
        if direction is not None and (word.capital or not named):
            yield direction, words[place + 1].key if place + 1 < len(words) else ""
