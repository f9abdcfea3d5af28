"""What the runners share: their command line, the sets that are there, and the file with the results."""

from __future__ import annotations

import json
import os
import platform
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import TypeVar

from assistant.evaluation.conditions import code_digest, versions

RESULTS = Path(__file__).parent / "results"

# They move times by a factor of ten where other work is going on. PASSIVE is what the program sets by itself.
_THREADING = ("OMP_NUM_THREADS", "OMP_WAIT_POLICY")
_ITS_OWN = {"OMP_WAIT_POLICY": "PASSIVE"}

_Set = TypeVar("_Set")


def runner(name: str, doc: str | None, *, data: bool = False) -> ArgumentParser:
    """The command line of `python -m benchmarks.NAME`: where the results go, and for public sets where the data are."""
    parser = ArgumentParser(
        f"python -m benchmarks.{name}", description=doc, formatter_class=RawDescriptionHelpFormatter
    )
    if data:
        parser.add_argument("data", type=Path, metavar="DATA_FOLDER", help="folder with the public data sets")
        parser.add_argument("--cache", type=Path, help="folder in which encodings are kept between runs")
    parser.add_argument("--json", type=Path, default=RESULTS / f"{name}.json", help="file to write the results to")
    return parser


def sets_there(loaders: Mapping[str, Callable[[Path], _Set]], folder: Path) -> Iterator[tuple[str, _Set]]:
    """The sets that are in the data folder, each loaded when its turn comes; a sentence for each that is not."""
    for name, load in loaders.items():
        try:
            found = load(folder)
        except FileNotFoundError as error:
            print(f"{name}: the data are not there ({error.filename}); skipped.", flush=True)
        else:
            yield name, found


def command_of(parser: ArgumentParser, arguments: Namespace) -> str:
    """The command that repeats a run: options that differ from their defaults, no paths of this machine."""
    moved = {name: os.environ[name] for name in _THREADING if name in os.environ}
    words = [f"{name}={value}" for name, value in moved.items() if _ITS_OWN.get(name) != value] + [parser.prog]
    for action in parser._actions:  # argparse has no public list of them
        value = getattr(arguments, action.dest, action.default)
        if not action.option_strings:
            words.append(str(action.metavar))
        elif value != action.default and not isinstance(value, Path):
            words.append(action.option_strings[-1])
            words += [] if value is True else map(str, value) if isinstance(value, list) else [str(value)]
    return " ".join(words)


def write_results(
    parser: ArgumentParser, arguments: Namespace, results: object, *, settings: Mapping[str, object]
) -> None:
    """Writes results with all that can move them; a file that cannot be compared with another is of no use."""
    packages = versions()
    for extra in ("llama-index-core", "llama-index-vector-stores-chroma", "llama-index-embeddings-huggingface"):
        try:
            packages[extra] = metadata.version(extra)
        except metadata.PackageNotFoundError:
            continue
    report = {
        "command": command_of(parser, arguments),
        "date": date.today().isoformat(),
        "machine": machine(),
        "load_at_end": round(os.getloadavg()[0], 1),
        "versions": packages,
        "code": code_digest(),
        "settings": dict(settings),
        "results": results,
    }
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def machine() -> str:
    """The machine in general words."""
    return f"{os.cpu_count()} CPU cores ({platform.machine()}), {platform.system()}"
