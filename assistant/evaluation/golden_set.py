"""A golden set over one or more corpus folders: asked or checked folder by folder, reported as one."""

from __future__ import annotations

import time as clock
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from assistant.chat import Assistant
from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.checking import Finding, check_cases
from assistant.evaluation.metrics.base import Metric
from assistant.evaluation.observing import documents_of
from assistant.evaluation.report_file import Journal
from assistant.evaluation.results import CaseResult, EvalReport
from assistant.evaluation.running import CaseDone, run_cases
from assistant.index.report import SyncEvent
from assistant.types import Document

BuildAssistant = Callable[[Path], Assistant]
_PROOF_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run over all folders gave: results in the order of the cases, the documents, and where the time went."""

    results: tuple[CaseResult, ...]
    documents: Mapping[str, Document]
    seconds: Mapping[str, float]
    reused: int = 0


@dataclass(frozen=True, slots=True)
class GoldenSet:
    """Golden cases and how to get an assistant over the folder that each names.

    `named` are the folders of all cases that were read, also of those that are not asked: how a report names a document
    must not depend on which cases are chosen.
    """

    cases: tuple[GoldenCase, ...]
    build: BuildAssistant
    named: frozenset[Path]

    @property
    def corpora(self) -> tuple[Path, ...]:
        """The corpus folders of the cases, in order."""
        return tuple(dict.fromkeys(case.corpus for case in self.cases))

    def document_name(self, corpus: Path, path: str) -> str:
        """How a report names a document: its path, behind the name of its folder where there are several."""
        return path if len(self.named) == 1 else f"{'/'.join(corpus.parts[-self._parts() :])}/{path}"

    def _parts(self) -> int:
        """So many last parts of the folders' paths tell them apart."""
        most = max(len(folder.parts) for folder in self.named)
        return next(
            parts
            for parts in range(1, most + 1)
            if parts == most or len({folder.parts[-parts:] for folder in self.named}) == len(self.named)
        )

    def part_of(self, report: EvalReport) -> EvalReport:
        """What a report of the whole set says about these cases and the documents of their folders."""
        ids = {case.id for case in self.cases}
        folders = tuple(self.document_name(corpus, "") for corpus in self.corpora)
        documents = {name: each for name, each in report.conditions.documents.items() if name.startswith(folders)}
        return replace(
            report,
            results=tuple(result for result in report.results if result.case_id in ids),
            conditions=replace(report.conditions, documents=documents),
        )

    def contexts(self, result: CaseResult, documents: Mapping[str, Document]) -> list[str]:
        """The whole texts of the passages behind an answer; a report keeps their beginnings only."""
        corpus = next(case.corpus for case in self.cases if case.id == result.case_id)
        return [
            documents[self.document_name(corpus, each.path)].text[each.start : each.end] for each in result.passages
        ]

    def check(self, *, progress: Callable[[Iterator[SyncEvent]], object]) -> tuple[list[Finding], dict[str, Document]]:
        """Every quote that does not stand in its document, and all documents by the name that reports use."""
        findings: list[Finding] = []
        documents: dict[str, Document] = {}
        for corpus in self.corpora:
            assistant = self.build(corpus)
            try:
                progress(assistant.library.sync())
                held = documents_of(assistant)
                cases = [case for case in self.cases if case.corpus == corpus]
                findings += check_cases(cases, held)
                documents |= {self.document_name(corpus, path): document for path, document in held.items()}
            finally:
                assistant.close()
        return findings, documents

    def ask(
        self,
        metrics: Sequence[Metric],
        journal_of: Callable[[str], Journal],
        *,
        progress: Callable[[Iterator[SyncEvent]], object],
        done: Callable[[CaseDone], None],
    ) -> Asked:
        """Brings each folder's index up to date and asks its cases.

        `journal_of` gives the journal for the digest of a folder's documents and cases; what it knows from a run that
        was stopped is not asked again. `progress` runs a sync to its end and shows it; `done` is told of each case.
        """
        results: dict[str, CaseResult] = {}
        documents: dict[str, Document] = {}
        seconds = {"indexing": 0.0, "asking": 0.0}
        reused = 0
        journals: list[Journal] = []
        for corpus in self.corpora:
            start = clock.perf_counter()
            assistant = self.build(corpus)
            try:
                progress(assistant.bring_up_to_date())
                assistant.library.index.wait_until_proved(_PROOF_SECONDS)  # so that every case is searched alike
                held = documents_of(assistant)
                documents |= {self.document_name(corpus, path): document for path, document in held.items()}
                indexed = clock.perf_counter()
                cases = [case for case in self.cases if case.corpus == corpus]
                journal = journal_of(_digest(held.values(), cases))
                journals.append(journal)
                known = journal.read()
                for event in run_cases(assistant, cases, held, metrics, known=known):
                    if not event.reused:
                        journal.add([event.result])
                    reused += event.reused
                    results[event.result.case_id] = event.result
                    done(event)
                seconds["indexing"] += indexed - start
                seconds["asking"] += clock.perf_counter() - indexed
            finally:
                assistant.close()
        for journal in journals:
            journal.close()
        return Asked(tuple(results[case.id] for case in self.cases), documents, seconds, reused)


def _digest(documents: Iterable[Document], cases: Sequence[GoldenCase]) -> str:
    said = (*(document.source for document in documents), *(case.fingerprint for case in cases))
    return sha256(repr(said).encode()).hexdigest()[:16]
