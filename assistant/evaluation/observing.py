"""Asks an assistant one golden case and writes down what happened."""

from __future__ import annotations

import time as clock
from collections.abc import Mapping, Sequence

from assistant.chat import Assistant
from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.metrics.base import Metric, Observation
from assistant.evaluation.metrics.citing import entries_shown
from assistant.evaluation.metrics.fidelity import is_dangling, is_verbatim
from assistant.evaluation.resolving import Resolution, resolve
from assistant.evaluation.results import CaseResult, CitedExcerpt, Excerpt, Rule, Violation
from assistant.types import Answer, Citation, Document, Passage

_SHOWN = 80  # characters of a passage that a report repeats
_DIGITS = 6


def observe(
    assistant: Assistant, case: GoldenCase, documents: Mapping[str, Document]
) -> tuple[Observation, Resolution]:
    """Asks the questions of the case in order; what is raised becomes `Observation.error`, so that a run goes on.

    `documents` are all that the assistant's index holds, by path.
    """
    resolution = resolve(case, documents)
    start = clock.perf_counter()
    try:
        answer = assistant.ask_after(case.history, case.question, as_of=case.as_of)
    except Exception as error:  # a crash is a result here, and the next case must still be asked
        seconds = clock.perf_counter() - start
        said = f"{type(error).__name__}: {error}"
        return Observation(case, resolution.spans, None, {}, said, seconds), resolution
    identifiers = {citation.source.document_id for citation in answer.citations}
    identifiers |= {span.document_id for span in resolution.spans}
    texts = {document.id: document.text for document in documents.values() if document.id in identifiers}
    return Observation(case, resolution.spans, answer, texts, None, answer.seconds), resolution


def documents_of(assistant: Assistant) -> dict[str, Document]:
    """All documents that the assistant's index holds, by path; read once for a run, not for each case."""
    return {document.source.path: document for document in assistant.library.index.documents()}


def result_of(observation: Observation, resolution: Resolution, metrics: Sequence[Metric]) -> CaseResult:
    """The observation as a line of a report, scored by every metric; scores are rounded to six digits."""
    case, answer = observation.case, observation.answer
    scores = [metric.score(observation) for metric in metrics]
    return CaseResult(
        case_id=case.id,
        fingerprint=case.fingerprint,
        question=case.question,
        query=answer.query if answer else case.question,
        answerable=case.answerable,
        split=case.split,
        tags=case.tags,
        outcome=answer.outcome if answer else None,
        text=answer.text if answer else "",
        answerability=round(answer.answerability, _DIGITS) if answer else 0.0,
        citations=tuple(_cited(each, answer, observation) for each in answer.citations) if answer else (),
        passages=tuple(_passage(each) for each in answer.passages) if answer else (),
        relevant=tuple(Excerpt(each.path, each.span.start, each.span.end, each.quote) for each in observation.relevant),
        missing=tuple(f"{each.place}: {each.message}" for each in resolution.unresolved),
        scores={each.metric: None if each.value is None else round(each.value, _DIGITS) for each in scores},
        reasons={each.metric: each.reason for each in scores if each.reason},
        seconds=round(observation.seconds, _DIGITS),
        error=observation.error,
        history=case.history,
        reference_answer=case.reference_answer,
        as_of=case.as_of,
        evidence=tuple(each.evidence for each in observation.relevant),
    )


def violations_of(result: CaseResult) -> list[Violation]:
    """What must never happen, as far as one case shows it."""
    found: list[tuple[Rule, str]] = []
    if result.error is not None:
        found.append(("crashed", result.error))
    for citation in result.citations:
        if not citation.verbatim:
            detail = f"citation [{citation.marker}] is not what stands at {citation.excerpt}"
            found.append(("citation-not-verbatim", detail))
    found += [("span-not-found", message) for message in result.missing]
    return [Violation(rule, result.case_id, detail) for rule, detail in found]


def _cited(citation: Citation, answer: Answer, observation: Observation) -> CitedExcerpt:
    texts = observation.texts
    return CitedExcerpt(
        marker=citation.marker,
        answer_start=citation.answer_span.start,
        answer_end=citation.answer_span.end,
        excerpt=Excerpt(citation.source.path, citation.span.start, citation.span.end, citation.quote),
        verbatim=is_verbatim(citation, answer, texts) and not is_dangling(citation, answer, texts),
        relevant=bool(entries_shown(citation, observation.relevant)),
    )


def _passage(passage: Passage) -> Excerpt:
    chunk = passage.chunk
    return Excerpt(passage.source.path, chunk.span.start, chunk.span.end, chunk.text[:_SHOWN])
