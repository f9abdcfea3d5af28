"""A name of a claim that stands in its source's title only, where the source has another name in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.calendar_dates import dates
from assistant.reading.checks.names import acronyms, alike, names_in, opening_names, spelled_out
from assistant.reading.checks.stretches import sentences
from assistant.reading.checks.terms import COUNTRIES, Term, bare, terms

_PREPOSITIONS = frozenset("of in at from for with near on to by between against over into through under after".split())
_ARTICLES = frozenset(("the", "a", "an"))
_PERSONS = frozenset(("he", "she"))


@dataclass(frozen=True, slots=True)
class _Slot:
    """A name of a sentence and what stands around it: the preposition before it, the nearest words of content."""

    sentence: tuple[Term, ...]
    name: tuple[Term, ...]
    preposition: str
    left: str
    right: str

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(term.key for term in self.name)

    @property
    def is_country(self) -> bool:
        return self.keys <= COUNTRIES

    def is_that_of(self, other: _Slot) -> bool:
        """Whether the two stand in one place: behind the same preposition, beside the same word on either side."""
        if self.preposition != other.preposition:
            return False
        return bool(self.left and self.left == other.left) or bool(self.right and self.right == other.right)


def exchanged(premise: str, claim: str) -> Finding | None:
    """A name that the sentences of the source do not have must not take the place of one that they have.

    The title of a document names whom its sentences speak of as "the minister"; where a sentence says a name itself,
    it speaks of nobody else. Names of countries are compared with each other, and so are all others. "He" stands for
    whom the sentence before names first.
    """
    body = parts_of(premise)[1]
    held = {bare(term.text) for term in terms(body)}
    keys = frozenset(term.key for term in terms(body) if term.key)
    initials = acronyms(terms(body))
    said = terms(claim)
    there = list(_slots(body))
    for mine in _slots(claim):
        if mine.keys & keys or any(bare(term.text) in initials for term in mine.name):
            continue
        if any(alike(bare(term.text), other) for term in mine.name for other in held):
            continue
        if spelled_out(mine.name[0], mine.sentence, held):
            continue
        for other in there:
            if other.is_country is mine.is_country and mine.is_that_of(other) and not _is_said(other, said):
                return Finding("contradicted", "misattributed", f"the source says it of {_written(other.name)}")
    return None


def _is_said(slot: _Slot, said: tuple[Term, ...]) -> bool:
    """Whether the claim has the name, too: then both are there, and which does what is for other checks."""
    return bool(slot.keys & {term.key for term in said}) or bool(
        {bare(term.text) for term in slot.name} & acronyms(said)
    )


def _slots(text: str) -> Iterator[_Slot]:
    """The names of a text in their places, sentence by sentence."""
    before: tuple[Term, ...] = ()
    for sentence in sentences(text):
        words = terms(sentence)
        days = [each.span for each in dates(sentence)]
        named = names_in(sentence, frozenset(term.key for term in opening_names(words)))
        first: tuple[Term, ...] = ()
        for run in _runs(sentence, named):
            slot = _slot(run, words)
            yield slot
            if not first and not slot.preposition and not any(span.start <= run[0].start < span.end for span in days):
                first = run
        opening = words[0] if words else None
        if opening is not None and bare(opening.text) in _PERSONS and before:
            yield _Slot(words, before, "", "", next((term.key for term in words[1:] if term.key), ""))
            first = before
        before = first


def _runs(sentence: str, named: Sequence[Term]) -> list[tuple[Term, ...]]:
    """Names that follow each other with nothing but white space between are one."""
    runs: list[list[Term]] = []
    for term in named:
        if runs and re.fullmatch(r"[\s-]*", sentence[runs[-1][-1].end : term.start]):
            runs[-1].append(term)
        else:
            runs.append([term])
    return [tuple(run) for run in runs]


def _slot(run: tuple[Term, ...], words: tuple[Term, ...]) -> _Slot:
    start, end = words.index(run[0]), words.index(run[-1])
    before = [term for term in words[:start] if bare(term.text) not in _ARTICLES]
    preposition = bare(before[-1].text) if before and bare(before[-1].text) in _PREPOSITIONS else ""
    left = next((term.key for term in reversed(before) if term.key), "")
    right = next((term.key for term in words[end + 1 :] if term.key), "")
    return _Slot(words, run, preposition, left, right)


def _written(name: Sequence[Term]) -> str:
    return " ".join(term.text for term in name).removesuffix("'s").removesuffix("’s")
