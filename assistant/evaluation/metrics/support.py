"""Which sentences of an answer its sources support, as a verifier reads them: under the metrics of ALCE."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evaluation.metrics.base import Observation
from assistant.language.sentences import sentence_spans
from assistant.language.words import words
from assistant.reading.base import Claim, Verifier
from assistant.types import Answer, Span


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence of an answer and the text of each place that is cited for it, in the order of the markers.

    The texts are those of the index, at the places that the citations name, not the quotes that came with the answer;
    a place that does not exist has the text "".
    """

    text: str
    sources: tuple[str, ...]


def cited_sentences(observation: Observation, answer: Answer) -> tuple[CitedSentence, ...]:
    """The sentences of an answer that have words; a citation belongs to each sentence that its end overlaps."""
    return tuple(
        CitedSentence(span.of(answer.text), _sources(observation, answer, span))
        for span in sentence_spans(answer.text)
        if words(span.of(answer.text))
    )


def supported(sentences: Sequence[CitedSentence], verifier: Verifier) -> list[bool]:
    """For each sentence whether all of its sources together support it; False for one without a source."""
    return holds_up([Claim(joined(each.sources), each.text) for each in sentences], verifier)


def holds_up(claims: Sequence[Claim], verifier: Verifier) -> list[bool]:
    """For each claim whether the verifier finds it supported; one without a premise is not."""
    read = [claim for claim in claims if claim.premise]
    verdicts = iter(verifier.support(read) if read else ())
    return [bool(claim.premise) and next(verdicts) >= verifier.threshold for claim in claims]


def joined(sources: Sequence[str]) -> str:
    """Several sources as one premise."""
    return "\n".join(source for source in sources if source)


def _sources(observation: Observation, answer: Answer, sentence: Span) -> tuple[str, ...]:
    cited = sorted((each for each in answer.citations if each.answer_span.overlaps(sentence)), key=lambda c: c.marker)
    places = dict.fromkeys((each.source.document_id, each.span) for each in cited)
    return tuple(span.of(observation.texts.get(document, "")) for document, span in places)
