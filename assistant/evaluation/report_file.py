"""Reports as JSON: what `--json` writes, and what a baseline is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.errors import InputError
from assistant.evaluation.results import CaseResult, EvalReport
from assistant.files import write_atomically

_FORMAT = 1


def write_report(report: EvalReport, path: Path) -> None:
    """Writes the report whole or not at all, a case a line so that two versions can be compared by eye.

    Raises `InputError` where the folder does not take it.
    """
    content = {"format": _FORMAT, **TypeAdapter(EvalReport).dump_python(report, mode="json")}
    if not report.opinions:
        del content["opinions"]
    cases = ",\n  ".join(json.dumps(result, ensure_ascii=False) for result in content.pop("results"))
    head = json.dumps(content, ensure_ascii=False, indent=1).removesuffix("\n}")
    try:
        write_atomically(path, f'{head},\n "results": [\n  {cases}\n ]\n}}\n')
    except OSError as error:
        raise InputError(f"the report cannot be written to {str(path)!r}: {error.strerror}") from error


def read_report(path: Path) -> EvalReport:
    """The report in a file. Raises `InputError` where the file is none, or of another format."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        found = content.pop("format", None) if isinstance(content, dict) else None
        if found != _FORMAT:
            raise InputError(f"{str(path)!r} is not a report of this version: make it again with --accept")
        return TypeAdapter(EvalReport).validate_python(content)
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be read: {error.strerror}") from error
    except (ValueError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{str(path)!r} is not a report: {reason}; make it again with --accept") from error


class Journal:
    """The results of a run that is under way, a line each, so that a run that was stopped goes on where it was.

    Results of another version of a case are not used, nor are crashes. `close` deletes the file: only a run that was
    stopped leaves one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._adapter = TypeAdapter(CaseResult)

    def read(self) -> dict[str, CaseResult]:
        """The results noted before, by fingerprint of the case; a line that was cut off is passed over."""
        results: dict[str, CaseResult] = {}
        with suppress(FileNotFoundError):
            for line in self.path.read_text(encoding="utf-8").splitlines():
                with suppress(ValidationError):
                    result = self._adapter.validate_json(line)
                    if result.error is None:
                        results[result.fingerprint] = result
        return results

    def add(self, results: Iterable[CaseResult]) -> None:
        """Notes results at the end of the file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            for result in results:
                file.write(self._adapter.dump_json(result) + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """Deletes the file; the run is whole."""
        self.path.unlink(missing_ok=True)
