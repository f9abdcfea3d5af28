"""A claim made of pieces of several sentences that none of them says."""

from __future__ import annotations

import re

from assistant.language.pointing_back import points_back
from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.calendar_dates import dates
from assistant.reading.checks.names import names_in
from assistant.reading.checks.stretches import clauses, sentences
from assistant.reading.checks.terms import keys, terms

_SEPARATE = re.compile(r";\s+|,\s+(?:and|but)\s+(?=(?:the\s+)?[A-Z])|,\s+(?:while|whereas)\s+")
_DETERMINERS = "the|a|an|its|his|her|their|this|that|these|those|he|she|it|they|both|all|no|some"
_SUBJECT_FIRST = re.compile(rf"(?:{_DETERMINERS})\b")
_PRONOUN_FIRST = re.compile(r"\W*[A-Z]?[^A-Z.]*?\b(?:he|she|they)\b")  # "Trained as a lawyer he ..."
_CARRIED = 0.85  # of the words of a clause, that one sentence must have
_CLAUSE_WORDS = 3  # of content, that a clause has at least
_SUBJECT = 3  # words at the beginning of a claim that may stand for a pronoun of the source


def stitching(premise: str, claim: str) -> Finding | None:
    """Every clause of a claim, with all its names, must be carried by one sentence or main clause of the premise.

    Where a sentence points back ("He added that ..."), the words that the claim has in the place of the pronoun, at
    its beginning, may be those of the sentence before.
    """
    body = [unit for sentence in sentences(parts_of(premise)[1]) for unit in _SEPARATE.split(sentence)]
    if len(body) < 2:
        return None
    held = [keys(sentence) for sentence in body]
    anywhere = frozenset().union(*held)
    for sentence, here in zip(body, held, strict=True):
        pointing = points_back(sentence) or _PRONOUN_FIRST.match(sentence) is not None
        if _misses_only_a_subject(claim, here, anywhere, pointing=pointing):
            return None
    first = _first_name(claim)
    said_of_it = [first <= here or points_back(unit) for unit, here in zip(body, held, strict=True)]
    for clause in _whole_clauses(claim):
        allowed = [here for here, same in zip(held, said_of_it, strict=True) if same or not _without_subject(clause)]
        if not _carried(clause, allowed, anywhere):
            break
    else:
        return None
    return Finding("unsupported", "stitched", "it joins what the source says in different sentences")


def _misses_only_a_subject(claim: str, here: frozenset[str], anywhere: frozenset[str], *, pointing: bool) -> bool:
    """Whether one sentence has all that the premise has of the claim, but for its first words or for one name."""
    days = [each.span for each in dates(claim)]
    said = [
        term
        for term in terms(claim)
        if term.key in anywhere and not any(span.start <= term.start < span.end for span in days)
    ]
    missing = [place for place, term in enumerate(said) if term.key not in here]
    if not missing:
        return True
    a_name = all(said[place].capital for place in missing) and missing[-1] - missing[0] < len(missing)
    return pointing and len(missing) <= _SUBJECT and (missing[-1] < len(missing) or a_name)


def _first_name(claim: str) -> frozenset[str]:
    """The first name of a claim, which is the subject of its clauses that have none."""
    found = names_in(claim)
    return frozenset((found[0].key,)) if found else frozenset()


def _whole_clauses(claim: str) -> list[str]:
    """The clauses of a claim; what is only a name or two ("... and the Security Council") goes with the last."""
    found: list[str] = []
    for clause in clauses(claim):
        said = [term for term in terms(clause) if term.key]
        if found and (len(said) < _CLAUSE_WORDS or all(term.capital for term in said)):
            found[-1] = f"{found[-1]} {clause}"
        else:
            found.append(clause)
    return found


def _without_subject(clause: str) -> bool:
    """Whether a clause goes on with the subject of the one before, as in "... and called it a step"."""
    return clause.strip()[:1].islower() and not _SUBJECT_FIRST.match(clause.strip())


def _carried(clause: str, held: list[frozenset[str]], anywhere: frozenset[str]) -> bool:
    wanted = (keys(clause) & anywhere) - keys(" ".join(each.text for each in dates(clause)))
    named = wanted & {term.key for term in terms(clause) if term.capital}
    return not wanted or any(named <= here and len(wanted & here) >= _CARRIED * len(wanted) for here in held)
