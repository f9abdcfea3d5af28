"""Numbers of a claim that its source does not have, or has of something else."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.quantities import Quantity, quantities
from assistant.reading.checks.stretches import around, belongs_elsewhere

_ROUNDED = 0.03  # how far a number that is called "about" may lie from that of the source
_BOUNDED = 0.1  # and one that is called "more than" or "almost"


def numbers(premise: str, claim: str) -> Finding | None:
    """Every number of the claim must stand in the source, as a number of the same unit and of the same things.

    "1.2 million" is 1,200,000, "twelve" is 12. "About 90" is borne out by 91, "almost" and "more than" by a number
    on that side. What is below zero in one must be so in the other, or fall: "-5.2 per cent", "fell by 5.2 per cent".
    A claim that leaves out "more than" or "almost" is partly borne out. "The twelve soldiers" is wrong only where the
    source counts soldiers and has another number of them.
    """
    head, body = parts_of(premise)
    said = quantities(claim)
    if not said:
        return None
    there = quantities(body)
    titled = quantities(head)
    claim_around = around(claim, [each.span for each in said])
    body_around = around(body, [each.span for each in there])
    dropped: Finding | None = None
    for each, near in zip(said, claim_around, strict=True):
        same = [place for place, other in enumerate(there) if _agree(each, other)]
        if not same:
            if any(_agree(each, other) for other in titled):
                continue
            found = _missing(each, there)
            if each.definite and found.status == "unsupported":
                continue  # "the two presidents": whoever names them need not count them
            return found
        wrong = [_wrong(each, near, place, there, body_around) for place in same]
        if all(wrong):
            return next(found for found in wrong if found)
        bounds = {there[place].bound for place, found in zip(same, wrong, strict=True) if not found}
        if each.bound == "" and bounds and bounds <= {"above", "below"} and dropped is None:
            source = there[same[0]]
            how = "more than" if source.bound == "above" else "less than"
            dropped = Finding("partly", "dropped hedge", f"the source says {how} {source.text}")
    return dropped


def _agree(said: Quantity, there: Quantity) -> bool:
    """Whether the two are one number, as far as the words before it allow."""
    if (said.kind == "ordinal") != (there.kind == "ordinal"):
        return False
    if said.minus != there.minus and not (there.falls if said.minus else said.falls):
        return False
    if said.value == there.value:
        return {said.bound, there.bound} != {"above", "below"}
    if said.kind == "ordinal" or not said.bound:
        return False
    share = float((there.value - said.value) / said.value) if said.value else 1.0
    if said.bound == "about":
        return abs(share) <= _ROUNDED
    return 0 <= share <= _BOUNDED if said.bound == "above" else -_BOUNDED <= share <= 0


def _wrong(
    said: Quantity, near: frozenset[str], place: int, there: Sequence[Quantity], around_there: Sequence[frozenset[str]]
) -> Finding | None:
    """What is wrong with a number that the source has: another unit, or a number of other things."""
    source = there[place]
    kinds = {said.kind, source.kind}
    if len(kinds) == 2 and (kinds & {"percent", "money"}) and (said.unit or said.nouns):
        return Finding("contradicted", "number mismatch", f"the source says {source.text}, not {said.text}")
    told = bool(said.nouns or said.unit) and bool(source.nouns or source.unit)
    if told and said.unit != source.unit:
        return Finding("contradicted", "number mismatch", f"the source says {source.text}, not {said.text}")
    others = [
        around_there[other]
        for other, each in enumerate(there)
        if other != place and each.value != said.value and each.kind == said.kind
    ]
    if belongs_elsewhere(near, around_there[place], others):
        return Finding("contradicted", "number mismatch", f"the source says {said.text} of something else")
    return None


def _missing(said: Quantity, there: Sequence[Quantity]) -> Finding:
    """The source has no such number; where it has one of the same things, that one is named."""
    like = [
        each for each in there if each.kind == said.kind and (each.unit, each.nouns[:1]) == (said.unit, said.nouns[:1])
    ]
    if like:
        names = [f"{'minus ' * each.minus}{each.text}" for each in (like[0], said)]
        return Finding("contradicted", "number mismatch", f"the source says {names[0]}, not {names[1]}")
    return Finding("unsupported", "number mismatch", f"the source does not have the number {said.text}")
