"""What stands in the fields of one window of a memo: as the memo has them, and as they become the memo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.memos import editing
from assistant.memos.memo import Memo, Reference, Section
from assistant.memos.tokens import TokenProblem, token_problems
from assistant.ui.memo_requests import Fields, Reply


def fields_of(memo: Memo) -> Reply:
    """The fields of a window that shows this memo."""
    return {
        "title": memo.title,
        "sections": [{"heading": one.heading, "question": one.question, "text": one.text} for one in memo.sections],
    }


def with_fields(memo: Memo, fields: Fields) -> Memo:
    """The memo with what stands in the fields of a window that shows as many sections."""
    memo = editing.retitled(memo, fields.title)
    for number, (section, written) in enumerate(zip(memo.sections, fields.sections, strict=True)):
        if written.heading != section.heading:
            memo = editing.with_heading(memo, number, written.heading)
        if written.text != section.text:
            memo = editing.with_text(memo, number, written.text)
    return memo


def kept_anyway(states: Sequence[Memo], fields: Fields) -> Memo:
    """What stands in the fields, whatever the memo has become, with what its tokens stand for.

    `states` are the memo as it is now and, where it was kept, as the window knew it.
    """
    known = {token: reference for memo in states for token, reference in memo.references.items()}
    sections = [Section(" ".join(one.heading.split()), one.question, one.text) for one in fields.sections]
    homes: dict[str, int] = {}
    for number, section in enumerate(sections):
        for token in section.tokens:
            homes.setdefault(token, number)
    owned: dict[int, list[Reference]] = {}
    for token, reference in known.items():
        owned.setdefault(homes.get(token, 0), []).append(reference)
    given = editing.given(states)
    filled = tuple(
        replace(one, references=tuple(owned.get(number, ())), given=given if number == 0 or given is None else "")
        for number, one in enumerate(sections)
    )
    return replace(editing.retitled(states[0], fields.title), sections=filled)


def problems_since(before: Memo, memo: Memo) -> list[TokenProblem]:
    """The citations that were lost or doubled since `before`, and all that stand for nothing."""
    new = [one for one in token_problems(before, memo) if one.kind != "unknown"]
    unknown = set(memo.unknown_tokens)
    nowhere = [
        TokenProblem("unknown", token, number)
        for number, section in enumerate(memo.sections)
        for token in dict.fromkeys(section.tokens)
        if token in unknown
    ]
    return [*new, *nowhere]


def before_typing(memo: Memo, base: Fields | None) -> Memo:
    """The memo as it was before somebody typed, with what its tokens stand for today."""
    if base is None or len(base.sections) != len(memo.sections):
        return memo
    return with_fields(memo, base)
