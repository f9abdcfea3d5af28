"""The pytest plugin: golden files are collected as tests, and tests can ask the briefings.

Loaded by every pytest run of an environment that has this package, so it imports nothing heavy before a golden file
is collected or the fixture `ask` is used.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.evaluation.cases import SUFFIX

if TYPE_CHECKING:
    from assistant.commands.testing import Briefings
    from assistant.evaluation.asked import AskedAnswer
    from assistant.evaluation.cases import GoldenCase

_MARK = re.compile(r"[^\W_][^:(]*")  # what pytest takes as the name of a mark
_BRIEFINGS = pytest.StashKey["Briefings"]()

Ask = Callable[..., "AskedAnswer"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, each also as a line of the configuration file."""
    group = parser.getgroup("assistant", "Briefing Assistant")
    for name, said in (
        ("corpus", "folder of briefings, instead of the one that a golden file names; for the fixture `ask`"),
        ("baseline", "report of `assistant eval`: cases that failed in it already are expected to fail"),
    ):
        group.addoption(f"--assistant-{name}", metavar="PATH", default=None, help=said)
        parser.addini(f"assistant_{name}", f"{said} (relative to the configuration file)", default=None)


def pytest_configure(config: pytest.Config) -> None:
    """Names the mark that every collected case has."""
    config.addinivalue_line("markers", "golden: a case of a golden file; its tags are marks as well")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> GoldenFile | None:
    """Collects `*.golden.yaml`."""
    if not file_path.name.endswith(SUFFIX):
        return None
    collected: GoldenFile = GoldenFile.from_parent(parent, path=file_path)
    return collected


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Gives the indexes back."""
    briefings = session.config.stash.get(_BRIEFINGS, None)
    if briefings is not None:
        briefings.close()


class GoldenFile(pytest.File):
    """A golden file; each case is a test."""

    def collect(self) -> Iterator[GoldenItem]:
        """The cases in order, with their tags as marks where these can be names of marks.

        Mistakes in the file are errors of collection.
        """
        from assistant.evaluation.golden_file import GoldenFileError, load_golden

        try:
            cases = load_golden([self.path], corpus=_path(self.config, "corpus"))
        except GoldenFileError as error:
            raise self.CollectError(str(error)) from error
        for case in cases:
            item: GoldenItem = GoldenItem.from_parent(self, name=case.id, case=case)
            for tag in filter(_MARK.fullmatch, case.tags):
                self.config.addinivalue_line("markers", f"{tag}: a tag of golden cases")
                item.add_marker(tag)
            item.add_marker("golden")
            yield item


class CaseFailed(Exception):
    """A golden case did not go as it should; the message is the whole story."""


class GoldenItem(pytest.Item):
    """One golden case: asks its question and fails with the answer, the citations and what was expected."""

    def __init__(self, *, case: GoldenCase, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self.case = case

    def runtest(self) -> None:
        """Asks the case. Fails where it does not go as it should, unless it failed in the baseline already.

        What must never happen (a crash, words that are not in their document) no baseline excuses.
        """
        from assistant.evaluation.observing import violations_of
        from assistant.evaluation.passing import faults_of, story_of

        briefings = _briefings(self.config)
        result = briefings.result_of(self.case)
        faults = faults_of(result)
        if not faults:
            return
        known = briefings.known_faults(self.case)
        if known and not violations_of(result):
            pytest.xfail(f"failed in the baseline already: {known[0]}")
        raise CaseFailed(story_of(result, faults))

    def repr_failure(  # type: ignore[override]
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: object = None,  # noqa: ARG002 - pytest's own signature
    ) -> str | object:
        """The story of a failed case, the sentence of a user's mistake, or a traceback for anything else."""
        from assistant.errors import AssistantError

        if isinstance(excinfo.value, CaseFailed | AssistantError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the case stands in its file."""
        return self.path, self.case.place.line - 1, f"golden case {self.case.id}"


@pytest.fixture
def ask(request: pytest.FixtureRequest) -> Iterator[Ask]:
    """Asks the briefings of `--assistant-corpus`: `ask(question, history=(), as_of=None)` -> `AskedAnswer`.

    What was asked in a test that fails is shown with the answers, their citations and what was looked for.
    """
    corpus = _path(request.config, "corpus")
    if corpus is None:
        raise pytest.UsageError(
            "the fixture `ask` needs a folder of briefings: --assistant-corpus FOLDER, "
            "or assistant_corpus = FOLDER in the configuration"
        )
    asked: list[AskedAnswer] = []

    def ask_briefings(question: str, *, history: Sequence[str] = (), as_of: date | None = None) -> AskedAnswer:
        answer = _briefings(request.config).ask(corpus, question, history=history, as_of=as_of)
        asked.append(answer)
        return answer

    yield ask_briefings
    for answer in asked:
        request.node.add_report_section("teardown", "assistant", answer.story())


def _briefings(config: pytest.Config) -> Briefings:
    """The assistants of this run, made when the first is needed."""
    found = config.stash.get(_BRIEFINGS, None)
    if found is None:
        from assistant.commands.testing import Briefings
        from assistant.offline import stay_offline

        stay_offline()
        found = Briefings(baseline=_path(config, "baseline"), worker=os.environ.get("PYTEST_XDIST_WORKER", ""))
        config.stash[_BRIEFINGS] = found
    return found


def _path(config: pytest.Config, name: str) -> Path | None:
    """The path of an option, or of the line in the configuration file, which is relative to that file."""
    option = config.getoption(f"assistant_{name}")
    if option:
        return (config.invocation_params.dir / str(option)).resolve()  # a test may have gone to another folder
    line = config.getini(f"assistant_{name}")
    beside = config.inipath.parent if config.inipath is not None else config.rootpath
    return (beside / str(line)).resolve() if line else None
