"""Is a written sentence borne out by the passages that it cites, or by another one that was found?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from assistant.answering.phrases import has_finite_verb
from assistant.answering.written.alignment import Carrier, carriers, rarity
from assistant.answering.written.assertions import asserts_nothing
from assistant.answering.written.short_answers import answering, is_short_answer
from assistant.reading.base import Reader, Verifier
from assistant.reading.checks import Finding, findings, parts_of, premise_of
from assistant.reading.checks.names import names_in
from assistant.reading.checks.terms import terms
from assistant.types import Failure, Passage, Span, Verdict

_COVERED = 0.75  # of a claim's words of content, rare ones counting more, that its source must have
_COVERED_BY_ITSELF = 0.6  # of them, without title and date of the document, which say nothing themselves
_RELATED = 0.35  # below this share the source is not about the claim at all
_READ = 4  # carriers that the verifier reads for a sentence, and as many for each of its parts
_PARTS = re.compile(r";\s+|,\s+(?:and|while|whereas|but)\s+|\s+(?:while|whereas)\s+", re.IGNORECASE)
_YES_OR_NO = re.compile(r"\W*(?:yes|no)\W*", re.IGNORECASE)  # of what, another sentence says
_SHORTEST_PART = 4  # words

_NO_ANSWER = Verdict(
    "unsupported", "misattributed", "the source has these words, but does not give them as the answer", 0.0
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a sentence gave.

    `evidence` are the sentences of documents that bear it out, best first: the passage and the span in its document.
    It is empty unless the verdict is supported or partly. `asserts` is False for a sentence that says nothing a source
    could bear out ("Here is what the briefings say:"); its verdict is then unsupported, and it can be dropped.
    """

    verdict: Verdict
    evidence: tuple[tuple[Passage, Span], ...] = ()
    asserts: bool = True

    def refuted(self, failure: Failure, reason: str) -> Checked:
        """The same sentence where something else shows that nothing bears it out."""
        return Checked(Verdict("unsupported", failure, reason, self.verdict.probability))


@dataclass(frozen=True, slots=True)
class _Judged:
    """A claim, or a part of one, with sentences that may carry it and what the rules found."""

    claim: str
    carrier: Carrier
    cited: bool
    wrong: tuple[Finding, ...]

    @property
    def open(self) -> bool:
        """Whether the rules leave it to the verifier."""
        covered = self.carrier.coverage >= _COVERED and self.carrier.own >= _COVERED_BY_ITSELF
        return covered and all(found.status == "partly" for found in self.wrong)


class SentenceVerifier:
    """Checks one sentence at a time: rules first, then the verifier on what the rules let pass, in one batch.

    Words find what carries a sentence. `threshold` is the verifier's lowest probability of what rules and words let
    pass: a little under its own, as they have taken out most of what is wrong by then. A `reader` tells whether a
    source gives a short answer to the question; without it words alone do.
    """

    def __init__(self, verifier: Verifier, *, reader: Reader | None = None, threshold: float = 0.45) -> None:
        self._verifier = verifier
        self._reader = reader
        self._threshold = threshold

    def check(
        self, sentence: str, cited: Sequence[Passage], others: Sequence[Passage] = (), *, question: str = ""
    ) -> Checked:
        """Judges `sentence` by the passages it cites, and by `others` that were found where those do not bear it out.

        Where only another passage bears it out, the sentence is supported and the evidence is that passage. A sentence
        of several parts is supported where each part is, by whichever cited passage. Names that it repeats of the
        `question` may stand anywhere in the passage. A short answer ("Israel.") is supported only by what gives it as
        the answer to the question.
        """
        short = bool(question) and is_short_answer(sentence)  # a line of its own says no more than its words
        whole = None if short else _whole(sentence, cited) or _whole(sentence, others)
        if _YES_OR_NO.fullmatch(sentence) or (whole is None and asserts_nothing(sentence)):
            return Checked(Verdict("unsupported", reason="it asserts nothing", probability=0.0), asserts=False)
        if whole is not None:
            return Checked(Verdict("supported"), (whole,))
        weights = rarity([*cited, *others])
        asked = frozenset(term.key for term in names_in(f"about {question}"))

        def judged(claim: str) -> list[_Judged]:
            near = [(carrier, True) for carrier in carriers(claim, cited, weights)]
            near += [(carrier, False) for carrier in carriers(claim, others, weights)]
            return [_judged(claim, carrier, asked, cited=is_cited) for carrier, is_cited in near]

        candidates = judged(sentence)
        if short:
            given = answering(sentence, question, [each.carrier for each in candidates], weights, self._reader)
            if candidates and not given:
                return Checked(_NO_ANSWER)
            candidates = [each for each in candidates if each.carrier in given]
        parts = [[each for each in judged(part) if each.cited] for part in parts_of_claim(sentence)]
        read = [*_worth_reading(candidates), *(each for part in parts for each in _worth_reading(part))]
        support = self._verifier.support([(_body(each.carrier), each.claim) for each in read])
        probability = {id(each): float(found) for each, found in zip(read, support, strict=True)}

        best = self._best(candidates, probability)
        if best is not None and not best.wrong:
            return _borne_out([best], probability)
        joined = [self._best(part, probability) for part in parts]
        if joined and all(each is not None and not each.wrong for each in joined):
            return _borne_out([each for each in joined if each is not None], probability)
        if best is not None:
            found = best.wrong[0]
            verdict = Verdict(found.status, found.failure, found.reason, probability[id(best)])
            return Checked(verdict, _evidence([best]))
        return Checked(_failed(candidates, probability))

    def _best(self, judged: Sequence[_Judged], probability: dict[int, float]) -> _Judged | None:
        """The candidate that the verifier finds supported: without findings, cited, and likely before others."""
        found = [each for each in judged if probability.get(id(each), 0.0) >= self._threshold]
        return min(found, key=lambda each: (bool(each.wrong), not each.cited, -probability[id(each)]), default=None)


def parts_of_claim(sentence: str) -> tuple[str, ...]:
    """The parts of a sentence that can be said each by itself; none where it is a single one.

    The last of several words ("peace, justice, and integrity are ...") begins no part: what is before it is a list
    without a verb.
    """
    parts = [part.strip() for part in _PARTS.split(sentence.strip().rstrip("."))]
    long_enough = len(parts) > 1 and all(len(part.split()) >= _SHORTEST_PART for part in parts)
    listed = "," in parts[0] and not has_finite_verb(parts[0])
    return tuple(parts) if long_enough and not listed else ()


def _judged(claim: str, carrier: Carrier, asked: Set[str], *, cited: bool) -> _Judged:
    """What the rules find in a claim; names of the question (`asked`) that the passage has anywhere count as named."""
    there = names_in(carrier.passage.chunk.text) if asked else []
    also = dict.fromkeys(term.text for term in there if term.key in asked and term.text not in carrier.premise)
    head, body = parts_of(carrier.premise)
    premise = premise_of(" | ".join([head, *also]), body) if also else carrier.premise
    return _Judged(claim, carrier, cited, findings(premise, claim))


def _whole(sentence: str, passages: Iterable[Passage]) -> tuple[Passage, Span] | None:
    """The sentence of a passage that the claim repeats in full."""
    wanted = _unspaced(sentence)
    for passage in passages:
        chunk = passage.chunk
        for span in chunk.sentences:
            if wanted and _unspaced(chunk.quote(span)) == wanted:
                return passage, span
    return None


def _unspaced(text: str) -> str:
    return " ".join(text.split()).strip("-•* ").rstrip(".")


def _worth_reading(judged: Sequence[_Judged]) -> list[_Judged]:
    return [each for each in judged if each.open][:_READ]


def _body(carrier: Carrier) -> str:
    return parts_of(carrier.premise)[1]


def _evidence(found: Iterable[_Judged]) -> tuple[tuple[Passage, Span], ...]:
    pairs = [(each.carrier.passage, span) for each in found for span in each.carrier.spans]
    return tuple({(passage.chunk.id, span): (passage, span) for passage, span in pairs}.values())


def _borne_out(found: Sequence[_Judged], probability: dict[int, float]) -> Checked:
    return Checked(Verdict("supported", probability=min(probability[id(each)] for each in found)), _evidence(found))


def _failed(judged: Sequence[_Judged], probability: dict[int, float]) -> Verdict:
    """The verdict on a sentence that nothing bears out, by what comes nearest to bearing it out."""
    nearest = max(judged, key=lambda each: (each.carrier.coverage, each.cited), default=None)
    if nearest is None or nearest.carrier.coverage < _RELATED:
        return Verdict("unsupported", "fabricated", "no source says anything like it", 0.0)
    likely = probability.get(id(nearest), 0.0)
    if nearest.wrong:
        found = nearest.wrong[0]
        status = found.status if found.status != "partly" else "unsupported"
        return Verdict(status, found.failure, found.reason, likely)
    missing = next((term.text for term in terms(nearest.claim) if term.key in nearest.carrier.missing), None)
    if nearest.carrier.coverage < _COVERED and missing is not None:
        return Verdict("unsupported", "fabricated", f"the source says nothing of “{missing}”", likely)
    failure: Failure = "stitched" if len(nearest.carrier.spans) > 1 else "misattributed"
    return Verdict("unsupported", failure, "the source has the words but does not say so", likely)
