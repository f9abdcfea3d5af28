"""The assistants behind a pytest run: one a folder of briefings, made when a test first asks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from assistant.chat import Assistant
from assistant.evaluation.asked import AskedAnswer
from assistant.evaluation.cache import cache_folder
from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.metrics import build_metrics
from assistant.evaluation.metrics.base import Metric
from assistant.evaluation.observing import documents_of, observe, result_of
from assistant.evaluation.passing import faults_of
from assistant.evaluation.report_file import read_report
from assistant.evaluation.results import CaseResult
from assistant.settings import Settings
from assistant.types import Document
from assistant.wiring import build_evaluated, build_models, build_verifier


class Briefings:
    """Answers over any number of folders, with indexes apart from those that are served.

    `baseline` is a report whose failures are known. `worker` keeps several processes of one run apart, each with its
    own indexes.
    """

    def __init__(self, *, baseline: Path | None = None, worker: str = "") -> None:
        self._cache = cache_folder() / worker if worker else cache_folder()
        self._settings = Settings.read()
        self._models = build_models(self._settings)
        self._metrics: Sequence[Metric] = build_metrics(build_verifier(self._models))
        self._assistants: dict[Path, Assistant] = {}
        self._documents: dict[Path, Mapping[str, Document]] = {}
        results = read_report(baseline).results if baseline is not None else ()
        self._known = {result.fingerprint: faults_of(result) for result in results}

    def result_of(self, case: GoldenCase) -> CaseResult:
        """Asks the case and scores the answer."""
        assistant = self._assistant(case.corpus)
        return result_of(*observe(assistant, case, self._documents[case.corpus]), self._metrics)

    def known_faults(self, case: GoldenCase) -> tuple[str, ...]:
        """Why the case, as it is written now, failed in the baseline; empty where it did not or is not in it."""
        return self._known.get(case.fingerprint, ())

    def ask(
        self, corpus: Path, question: str, *, history: Sequence[str] = (), as_of: date | None = None
    ) -> AskedAnswer:
        """The answer to a question after those of `history`, as on the day `as_of`."""
        assistant = self._assistant(corpus)
        answer = assistant.ask_after(history, question, as_of=as_of)
        paths = dict.fromkeys(citation.source.path for citation in answer.citations)
        return AskedAnswer(answer, {path: self._documents[corpus][path].text for path in paths})

    def close(self) -> None:
        """Gives every index back."""
        for assistant in self._assistants.values():
            assistant.close()
        self._assistants.clear()
        self._documents.clear()

    def _assistant(self, corpus: Path) -> Assistant:
        found = self._assistants.get(corpus)
        if found is None:
            found = build_evaluated(
                self._settings, corpus, self._models, cache=self._cache, command="pytest with golden cases"
            )
            try:
                for _ in found.bring_up_to_date():
                    pass
            except BaseException:  # kept, it would never be ready, and the next question would wait for ever
                found.close()
                raise
            self._assistants[corpus] = found
            self._documents[corpus] = documents_of(found)
        return found
