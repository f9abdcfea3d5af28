"""Looks a golden set over without asking anything: do its quotes still stand in the documents?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.evaluation.cases import GoldenCase, Place
from assistant.evaluation.resolving import resolve
from assistant.evaluation.results import DocumentPrint, EvalReport
from assistant.types import DateRange, Document


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a golden file that a person should look at."""

    place: Place
    case_id: str
    message: str


def check_cases(cases: Sequence[GoldenCase], documents: Mapping[str, Document]) -> list[Finding]:
    """Every quote that is not in its document, every document that is not there or is hidden by `as_of`."""
    findings: list[Finding] = []
    for case in cases:
        resolution = resolve(case, documents)
        findings += [Finding(each.place, case.id, each.message) for each in resolution.unresolved]
        findings += _hidden(case, documents)
    return findings


def _hidden(case: GoldenCase, documents: Mapping[str, Document]) -> list[Finding]:
    """Evidence that stands only in documents that `as_of` hides, so that nothing can cite it."""
    if case.as_of is None:
        return []
    seen = DateRange(end=case.as_of)
    findings: list[Finding] = []
    for evidence in case.relevant:
        held = [
            (quote, document) for quote in evidence.quotes if (document := documents.get(quote.document)) is not None
        ]
        if held and not any(document.source.date in seen for _, document in held):
            quote, document = held[0]
            dated = f"is dated {document.source.date}" if document.source.date else "has no date"
            message = f"{quote.document!r} {dated}: `as_of: {case.as_of}` hides it, and nothing can cite it"
            findings.append(Finding(quote.named_at or quote.place, case.id, message))
    return findings


def stale_cases(
    cases: Sequence[GoldenCase],
    baseline: EvalReport,
    documents: Mapping[str, DocumentPrint],
    named: Callable[[GoldenCase, str], str],
) -> list[Finding]:
    """Cases that lean on a document whose text changed since the baseline: read them again, even where they hold.

    `documents` are today's, by the name that reports use; `named` gives that name for a document of a case.
    """
    findings: list[Finding] = []
    for case in cases:
        for path in dict.fromkeys(quote.document for evidence in case.relevant for quote in evidence.quotes):
            name = named(case, path)
            before, now = baseline.conditions.documents.get(name), documents.get(name)
            if before is not None and now is not None and before != now:
                message = (
                    f"{path!r} changed since the baseline ({before.characters:,} characters then, {now.characters:,} "
                    "now): read the case again"
                )
                findings.append(Finding(case.place, case.id, message))
    return findings
