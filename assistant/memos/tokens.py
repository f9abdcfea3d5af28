"""What an edit did to the citations of a memo: those it lost, doubled, or that stand for nothing. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.memos.memo import TOKEN, Memo, Reference

_PARAGRAPHS = re.compile(r"\n[ \t]*\n")

ProblemKind = Literal["lost", "doubled", "unknown"]


@dataclass(frozen=True, slots=True)
class TokenProblem:
    """A token that an edit lost, doubled, or made stand for nothing.

    `section` is the number, from 0, of the section where it was (lost) or is now (the others). `reference` is what it
    stands for; None where that is nothing.
    """

    kind: ProblemKind
    token: str
    section: int
    reference: Reference | None = None


def token_problems(before: Memo, after: Memo) -> tuple[TokenProblem, ...]:
    """What the edit that made `after` of `before` did: first what is lost, then what is doubled, then the unknown.

    A token that was moved to another section is neither. Lost is one that stands nowhere any more; doubled one that
    stands twice in a paragraph, or in more places than before: that is allowed. What was so before the edit is not
    told again; `Memo.unknown_tokens` names all that stand for nothing.
    """
    return (*_lost(before, after), *_doubled(before, after), *_unknown(before, after))


def put_back(memo: Memo, problem: TokenProblem) -> Memo:
    """The memo with a lost token at the end of its section, or of the last one there is; itself where none is lost."""
    if problem.kind != "lost" or problem.reference is None or not memo.sections:
        return memo
    number = min(problem.section, len(memo.sections) - 1)
    section = memo.sections[number]
    references = section.references
    if problem.token not in memo.references:
        references = (*references, problem.reference)
    back = replace(section, text=f"{section.text.rstrip()}[^{problem.token}]", references=references)
    return replace(memo, sections=(*memo.sections[:number], back, *memo.sections[number + 1 :]))


def _lost(before: Memo, after: Memo) -> Iterator[TokenProblem]:
    known, there = before.references, _counted(after)
    for token, number in _first_places(before).items():
        if token in known and not there[token]:
            yield TokenProblem("lost", token, number, known[token])


def _doubled(before: Memo, after: Memo) -> Iterator[TokenProblem]:
    known, was, there = after.references, _counted(before), _counted(after)
    crowded = _crowded(before)
    told: set[str] = set()
    for number, section in enumerate(after.sections):
        here = Counter(section.tokens)
        earlier = Counter(before.sections[number].tokens) if number < len(before.sections) else Counter[str]()
        for token, count in here.items():
            more = there[token] > max(was[token], 1) and count > earlier[token]
            if token in known and token not in told and (more or token in _crowded_in(section.text) - crowded):
                told.add(token)
                yield TokenProblem("doubled", token, number, known[token])


def _unknown(before: Memo, after: Memo) -> Iterator[TokenProblem]:
    known, earlier = after.references, set(before.unknown_tokens)
    for token, number in _first_places(after).items():
        if token not in known and token not in earlier:
            yield TokenProblem("unknown", token, number)


def _counted(memo: Memo) -> Counter[str]:
    """How often each token stands in the memo."""
    return Counter(token for section in memo.sections for token in section.tokens)


def _first_places(memo: Memo) -> dict[str, int]:
    """The number of the section where each token stands first."""
    places: dict[str, int] = {}
    for number, section in enumerate(memo.sections):
        for token in section.tokens:
            places.setdefault(token, number)
    return places


def _crowded(memo: Memo) -> set[str]:
    return {token for section in memo.sections for token in _crowded_in(section.text)}


def _crowded_in(text: str) -> set[str]:
    """The tokens that stand twice or more in one paragraph of a text."""
    found: set[str] = set()
    for paragraph in _PARAGRAPHS.split(text):
        found |= {token for token, count in Counter(TOKEN.findall(paragraph)).items() if count > 1}
    return found
