"""Edits of a memo, section by section. Pure: each gives a new memo, and none alters a quote or forgets a reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.errors import InputError
from assistant.memos.evidence import Documents, Evidence, cited, last_token
from assistant.memos.memo import TOKEN, Memo, Reference, Section
from assistant.types import Answer

COLLECTED = "Collected"
"""The heading of the section that a memo without any gets for what is collected."""


def retitled(memo: Memo, title: str) -> Memo:
    """The memo under another title, on one line."""
    return replace(memo, title=_line(title))


def with_text(memo: Memo, number: int, text: str) -> Memo:
    """The memo with another text in a section, counted from 0; `tokens.token_problems` says what became of tokens."""
    return _changed(memo, number, replace(_section(memo, number), text=text))


def with_heading(memo: Memo, number: int, heading: str) -> Memo:
    """The memo with another heading over a section, on one line."""
    return _changed(memo, number, replace(_section(memo, number), heading=_line(heading)))


def with_section(memo: Memo, heading: str, question: str = "", text: str = "", at: int | None = None) -> Memo:
    """The memo with a new section, written by a person, before the one that is number `at`, or at its end."""
    at = len(memo.sections) if at is None else at
    if at != len(memo.sections):
        _section(memo, at)
    new = Section(_line(heading), _line(question), text, given="")
    return replace(memo, sections=(*memo.sections[:at], new, *memo.sections[at:]))


def without_section(memo: Memo, number: int) -> Memo:
    """The memo without a section. A neighbour keeps what it cited and was given, so that its text can still be pasted.

    Those of the only section of a memo go with it.
    """
    gone = _section(memo, number)
    left = Memo(memo.title, memo.topic, memo.template, (*memo.sections[:number], *memo.sections[number + 1 :]))
    if not left.sections:
        return left
    heir = max(number - 1, 0)
    homeless = [each for each in gone.references if each.token not in left.references]
    into = _with_references(left.sections[heir], homeless)
    return _changed(left, heir, replace(into, given=_all_given([into.given, gone.given])))


def brought_back(memo: Memo, earlier: Memo, number: int) -> Memo:
    """The memo with a section of an earlier state of it, in the place that it had there, or at the end.

    It cites what it cited: a token that has come to stand for something else since gives way to another one.
    """
    section, known = _section(earlier, number), memo.references
    token_at = {each.place: each.token for each in known.values()}
    own = {each.token for each in section.references}
    last = max(last_token(memo), last_token(earlier))
    tokens: dict[str, str] = {}
    references: dict[str, Reference] = {}
    for token in dict.fromkeys([*section.tokens, *(each.token for each in section.references)]):
        meant = earlier.references.get(token)
        new = token
        if token in known and (meant is None or meant.place != known[token].place):
            new = token_at.get(meant.place, "") if meant is not None else ""
        if not new:
            last += 1
            new = f"c{last}"
        tokens[token] = new
        if meant is not None and (token in own or new not in known):
            references[new] = known.get(new) or replace(meant, token=new)

    def renamed(text: str) -> str:
        return TOKEN.sub(lambda found: f"[^{tokens.get(found[1], found[1])}]", text)

    at = min(number, len(memo.sections))
    given = None if section.given is None else renamed(section.given)
    back = replace(section, text=renamed(section.text), references=tuple(references.values()), given=given)
    return replace(memo, sections=(*memo.sections[:at], back, *memo.sections[at:]))


def moved(memo: Memo, number: int, to: int) -> Memo:
    """The memo with a section in another place: the number that it has afterwards."""
    section = _section(memo, number)
    _section(memo, to)
    others = [*memo.sections[:number], *memo.sections[number + 1 :]]
    return replace(memo, sections=(*others[:to], section, *others[to:]))


def collected(memo: Memo, evidence: Evidence, section: int | None = None, *, documents: Documents) -> Memo:
    """The memo with evidence at the end of a section: of the last one where none is named.

    A memo without sections gets one, with the question of a whole answer as its heading. `documents` gives the words
    around a quote, and the quote itself of what was picked in a document. Raises `InputError` as `evidence.cited` does.
    """
    found = cited(evidence, memo, documents)
    if section is None and not memo.sections:
        question = evidence.question if isinstance(evidence, Answer) else ""
        memo = with_section(memo, question or COLLECTED, question)
    number = len(memo.sections) - 1 if section is None else section
    into = _section(memo, number)
    into = _with_references(into, found.references)
    given = _all_given([into.given, found.text])
    return _changed(memo, number, replace(into, text=_joined(into.text, found.text), given=given))


def holds(memo: Memo, evidence: Evidence, *, documents: Documents) -> bool:
    """Whether a section has all of the evidence already, as it was collected. Raises as `collected` does."""
    text = cited(evidence, memo, documents).text
    return any(text in section.text for section in memo.sections)


def given(states: Sequence[Memo]) -> str | None:
    """What of the texts of these states of a memo came from the briefings; None where one section does not say."""
    return _all_given([section.given for memo in states for section in memo.sections])


def _section(memo: Memo, number: int) -> Section:
    if not 0 <= number < len(memo.sections):
        raise InputError(f"there is no section {number + 1} in this memo, which has {len(memo.sections)}")
    return memo.sections[number]


def _changed(memo: Memo, number: int, section: Section) -> Memo:
    return replace(memo, sections=(*memo.sections[:number], section, *memo.sections[number + 1 :]))


def _with_references(section: Section, references: Sequence[Reference]) -> Section:
    has = {each.token for each in section.references}
    new = [each for each in references if each.token not in has]
    return replace(section, references=(*section.references, *new))


def _all_given(texts: Sequence[str | None]) -> str | None:
    """The texts of several sections as those of one; None where one is not known."""
    known = [each for each in texts if each is not None]
    return _joined(*known) if len(known) == len(texts) else None


def _joined(*texts: str) -> str:
    """The texts as paragraphs of their own."""
    return "\n\n".join(each.rstrip() for each in texts if each.strip())


def _line(text: str) -> str:
    return " ".join(text.split())
