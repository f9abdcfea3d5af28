"""Which number each citation of a memo gets: the same in every export as on the page."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.memos.memo import Memo, Place, Reference
from assistant.memos.not_code import cited_tokens


def numbers(memo: Memo) -> Mapping[str, int]:
    """The number of each token that is used, from 1 in the order of first use, as the markers of an answer.

    Tokens that stand for the same words of the same document share a number; unknown tokens have none,
    nor have those that are no citations, such as one in code.
    """
    known = memo.references
    by_place: dict[Place, int] = {}
    used = (token for section in memo.sections for token in cited_tokens(section.text) if token in known)
    return {token: by_place.setdefault(known[token].place, len(by_place) + 1) for token in used}


def notes(memo: Memo) -> tuple[Reference, ...]:
    """The reference behind each number, in order: the first has number 1."""
    known = memo.references
    first: dict[int, Reference] = {}
    for token, number in numbers(memo).items():
        first.setdefault(number, known[token])
    return tuple(first[number] for number in sorted(first))
