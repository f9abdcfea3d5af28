"""Whether one case went as it should, in sentences: what a test of a single case fails for."""

from __future__ import annotations

import difflib

from assistant.evaluation.cases import right_outcome
from assistant.evaluation.results import CaseResult, Excerpt

_ALL_CITED = "citation recall"
_SAID = "must-say"
_NOT_SAID = "must-not-say"


def faults_of(result: CaseResult) -> tuple[str, ...]:
    """Why the case fails, a sentence each; empty where it passes.

    It fails when it crashed, a quote of the golden case or of a citation is not in its document, it was answered where
    abstaining is right or the other way round, evidence is not cited, or words are said or left out against the case.
    """
    if result.error is not None:
        return (f"it crashed: {result.error}",)
    faults = [f"a quote of the case does not resolve: {message}" for message in result.missing]
    faults += [
        f"citation [{each.marker}] is not what stands in {each.excerpt.path}"
        for each in result.citations
        if not each.verbatim
    ]
    right = right_outcome(result.answerable)
    if result.outcome != right:
        faults.append(f"it {result.outcome}, and should have {right}")
    for metric, said in (
        (_ALL_CITED, "evidence is not cited"),
        (_SAID, "words are missing from the answer"),
        (_NOT_SAID, "the answer says what it must not"),
    ):
        value = result.scores.get(metric)
        if value is not None and value < 1 and (result.outcome == "answered" or metric == _NOT_SAID):
            which = result.reasons.get(metric, "").partition(": ")[2]
            faults.append(f"{said}: {which}" if which else said)
    return tuple(faults)


def story_of(result: CaseResult, faults: tuple[str, ...]) -> str:
    """A failed case for a person: what is wrong, the question, the answer, its citations beside the expected spans.

    The first line is the first fault, as pytest repeats that line alone in its summary.
    """
    lines = [*faults, f"question: {result.question}"]
    lines += [f"  asked before: {question}" for question in result.history]
    if result.query != result.question:
        lines.append(f"  searched for: {result.query}")
    lines.append(f"{result.outcome or 'crashed'}, answerability {result.answerability:.2f}:")
    lines += [f"  {line}" for line in result.text.splitlines()]
    for citation in result.citations:
        word = "expected" if citation.relevant else "not among the expected"
        lines.append(f"  [{citation.marker}] {citation.excerpt} ({word})")
    if result.relevant:
        lines.append("expected:")
    for span in result.relevant:
        lines += [f"  {span}", f"    {_one_line(span.quote)}"]
        near = _nearest(span, result)
        if near is not None:
            lines.append(f"    nearest citation: {_one_line(near.quote)}")
    if result.reference_answer:
        lines.append(f"reference answer: {result.reference_answer}")
    return "\n".join(lines)


def _nearest(span: Excerpt, result: CaseResult) -> Excerpt | None:
    """The cited stretch most like an expected one that no citation overlaps; None where one does or none is cited."""
    cited = [citation.excerpt for citation in result.citations]
    if any(each.overlaps(span) for each in cited):
        return None
    return max(cited, key=lambda each: difflib.SequenceMatcher(None, each.quote, span.quote).ratio(), default=None)


def _one_line(text: str) -> str:
    return " ".join(text.split())
