"""Is a written sentence borne out by the passages that it cites, or by another one that was found?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.alignment import Carrier, carriers, rarity
from assistant.embedding.base import Embedder
from assistant.reading.agreement import verbatim
from assistant.reading.base import Verifier
from assistant.reading.checks import Finding, findings
from assistant.types import Passage, Span, Verdict

_COVERED = 0.7  # of a claim's content words, weighed by rarity, that its source must have
_RELATED = 0.35  # below this share the source is not about the claim at all

_ASSERTS_NOTHING = re.compile(
    r"(?:i hope\b|let me know\b|here (?:is|are)\b|(?:please )?feel free\b|sure\b|certainly\b|of course\b)|.*:$|.*\?$",
    re.IGNORECASE | re.DOTALL,
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


@dataclass(frozen=True, slots=True)
class _Judged:
    carrier: Carrier
    cited: bool
    wrong: tuple[Finding, ...]
    probability: float = 0.0


class SentenceVerifier:
    """Checks one sentence at a time: rules first, then the verifier on what the rules let pass, in one batch.

    `embedder` finds the passage that carries a sentence in other words; without one words alone do.
    """

    def __init__(self, verifier: Verifier, embedder: Embedder | None = None) -> None:
        self._verifier = verifier
        self._embedder = embedder

    def check(self, sentence: str, cited: Sequence[Passage], others: Sequence[Passage] = ()) -> Checked:
        """Judges `sentence` by the passages it cites, and by `others` that were found where those do not bear it out.

        Where only another passage bears it out, the sentence is supported and the evidence is that passage.
        """
        if _ASSERTS_NOTHING.fullmatch(sentence.strip()) or not re.search(r"\w", sentence):
            return Checked(Verdict("unsupported", reason="it asserts nothing", probability=0.0), asserts=False)
        passages = [*cited, *others]
        weights = rarity(passages)
        judged = [
            *(_by_rules(sentence, carrier, cited=True) for carrier in carriers(sentence, cited, weights)),
            *(_by_rules(sentence, carrier, cited=False) for carrier in carriers(sentence, others, weights)[:3]),
        ]
        open_ones = [each for each in judged if not each.wrong and each.carrier.coverage >= _COVERED]
        probabilities = self._verifier.support([(each.carrier.text, sentence) for each in open_ones])
        for each, probability in zip(open_ones, probabilities, strict=True):
            if probability >= self._verifier.threshold or verbatim(each.carrier.text, sentence):
                return Checked(
                    Verdict("supported", probability=float(probability)),
                    tuple((each.carrier.passage, span) for span in each.carrier.spans),
                )
        return Checked(_failed(judged))


def _by_rules(sentence: str, carrier: Carrier, *, cited: bool) -> _Judged:
    return _Judged(carrier, cited, findings(carrier.text, sentence))


def _failed(judged: Sequence[_Judged]) -> Verdict:
    """The verdict on a sentence that nothing bears out, by what comes nearest to bearing it out."""
    nearest = max(judged, key=lambda each: each.carrier.coverage, default=None)
    if nearest is None or nearest.carrier.coverage < _RELATED:
        return Verdict("unsupported", "fabricated", "no source says anything like it", 0.0)
    if nearest.wrong:
        found = nearest.wrong[0]
        return Verdict(found.status, found.failure, found.reason, 0.0)
    return Verdict("unsupported", "fabricated", "the source does not say so", 0.0)
