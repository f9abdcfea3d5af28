"""Golden files: YAML in, `GoldenCase`s out, with file and line in every complaint."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from assistant.errors import InputError
from assistant.evaluation.cases import SUFFIX, Evidence, GoldenCase, Place, Quote
from assistant.evaluation.golden_schema import EvidenceEntry, FileEntry
from assistant.yaml_lines import line_of

_SAID = {
    "bool_parsing": "true or false is expected",
    "bool_type": "true or false is expected",
    "date_from_datetime_parsing": "a day is expected, such as 2024-03-10",
    "date_type": "a day is expected, such as 2024-03-10",
    "extra_forbidden": "this key is not known",
    "list_type": "a list is expected, such as [one, two]",
    "literal_error": "development or test is expected",
    "missing": "this key is missing",
    "model_type": "keys with their values are expected",
    "string_pattern_mismatch": "small letters, digits, hyphens and dots are expected, a letter or digit first",
    "string_too_short": "it is empty",
    "string_type": "text is expected; yes, no, true, false and null need quotes",
    "too_short": "the list is empty",
}
"""What a kind of mistake is called; pydantic's own words are those of programmers."""

_OF_A_BRANCH = frozenset({"string_type", "int_type", "float_type", "list_type"})


class GoldenFileError(InputError):
    """A golden file cannot be used; the message has one line for each mistake, with file and line."""

    def __init__(self, mistakes: Sequence[tuple[Place, str]]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(f"{place}: {message}" for place, message in mistakes))


class _AsWritten(yaml.SafeLoader):
    """Leaves numbers and dates as they are written: YAML 1.1 would make 750 of 12:30, 8 of 010, 1.5 of 1.50."""


_AsWritten.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":int", ":float", ":timestamp"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class _Lines:
    """Finds the line of a value in the tree that the YAML parser made."""

    file: Path
    root: yaml.Node

    def place(self, path: Sequence[str | int] = ()) -> Place:
        """Where the value at `path` stands, or the deepest part of it that there is."""
        return Place(self.file, line_of(self.root, path))

    def repeated_keys(self) -> Iterator[tuple[Place, str]]:
        """Keys that stand twice in one mapping; YAML would silently keep the last."""
        pending = [self.root]
        looked_at: set[int] = set()
        while pending:
            node = pending.pop()
            if id(node) in looked_at:  # an alias, which may even stand inside what it names
                continue
            looked_at.add(id(node))
            if isinstance(node, yaml.SequenceNode):
                pending += node.value
            elif isinstance(node, yaml.MappingNode):
                seen: set[str] = set()
                for key, value in node.value:
                    pending.append(value)
                    if isinstance(key, yaml.ScalarNode) and key.value in seen:
                        yield Place(self.file, key.start_mark.line + 1), f"`{key.value}` stands here twice"
                    seen.add(str(key.value))


def golden_files(path: Path) -> list[Path]:
    """The golden files at `path`: the file itself, or all below a folder, in order of their names.

    Raises `InputError` where there is none.
    """
    if path.is_file():
        return [path]
    found = sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else []
    if not found:
        raise InputError(f"there is no golden file at {str(path)!r}: their names end in {SUFFIX}")
    return found


def load_golden(files: Sequence[Path], *, corpus: Path | None = None) -> tuple[GoldenCase, ...]:
    """The cases of all files, in order. `corpus` takes the place of the folder that a file names.

    Raises `GoldenFileError` with every mistake in every file: YAML that cannot be parsed, unknown or missing keys,
    an id that stands twice, a corpus folder that is not there.
    """
    cases: list[GoldenCase] = []
    mistakes: list[tuple[Place, str]] = []
    for file in files:
        try:
            cases += _load(file, corpus)
        except GoldenFileError as error:
            mistakes += error.mistakes
    first: dict[str, Place] = {}
    for case in cases:
        if case.id in first:
            mistakes.append((case.place, f"the id {case.id!r} is taken: it stands at {first[case.id]}"))
        first.setdefault(case.id, case.place)
    if mistakes:
        raise GoldenFileError(mistakes)
    return tuple(cases)


def _load(file: Path, corpus: Path | None) -> list[GoldenCase]:
    lines, content = _parsed(file)
    try:
        entry = FileEntry.model_validate(content)
    except ValidationError as error:
        raise GoldenFileError(_mistakes(lines, error)) from error
    folder = corpus or (file.parent / entry.corpus if entry.corpus is not None else None)
    if folder is None:
        raise GoldenFileError([(lines.place(), "no `corpus`: name the folder of the briefings, relative to this file")])
    if not folder.is_dir():
        raise GoldenFileError([(lines.place(("corpus",)), f"there is no corpus folder {str(folder)!r}")])
    return [_case(entry, number, folder.resolve(), lines) for number in range(len(entry.cases))]


def _parsed(file: Path) -> tuple[_Lines, object]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldenFileError([(Place(file, 1), f"it cannot be read: {error}")]) from error
    loader: _AsWritten | None = None
    try:
        loader = _AsWritten(text)
        node = loader.get_single_node()
        if node is None:
            raise GoldenFileError([(Place(file, 1), "it is empty")])
        content = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise GoldenFileError([(Place(file, line), f"it is not YAML: {error.problem}")]) from error
    except yaml.reader.ReaderError as error:  # a control character, such as the form feed of a PDF
        line = text.count("\n", 0, error.position) + 1
        said = f"it is not YAML: the character U+{error.character:04X} is not allowed"
        raise GoldenFileError([(Place(file, line), said)]) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise GoldenFileError([(Place(file, 1), f"it is not YAML: {error}")]) from error
    finally:
        if loader is not None:
            loader.dispose()
    lines = _Lines(file, node)
    repeated = list(lines.repeated_keys())
    if repeated:
        raise GoldenFileError(repeated)
    return lines, content


def _mistakes(lines: _Lines, error: ValidationError) -> list[tuple[Place, str]]:
    """What is wrong, in the order of the lines; of the branches of a union only what says most."""
    found: dict[tuple[str | int, ...], tuple[str, str]] = {}
    for each in error.errors():
        path, kind = _without_branches(each["loc"], each["type"]), each["type"]
        if path not in found or (found[path][0] in _OF_A_BRANCH and kind not in _OF_A_BRANCH):
            found[path] = kind, _SAID.get(kind, each["msg"].removeprefix("Value error, "))
    for path in [path for path, (kind, _) in found.items() if kind in _OF_A_BRANCH]:
        if any(longer[: len(path)] == path for longer in found if len(longer) > len(path)):
            del found[path]
    mistakes = [
        (lines.place(path), f"{'.'.join(map(str, path))}: {said}" if path else said)
        for path, (_, said) in found.items()
    ]
    return sorted(mistakes, key=lambda mistake: mistake[0].line)


def _without_branches(loc: tuple[str | int, ...], kind: str) -> tuple[str | int, ...]:
    """The path of a value without the names of a union's branches, which pydantic puts in between."""
    if kind in _OF_A_BRANCH and loc and loc[-1] in ("str", "int", "float"):
        loc = loc[:-1]
    return tuple(step for step in loc if not str(step).startswith("list["))


def _case(entry: FileEntry, number: int, corpus: Path, lines: _Lines) -> GoldenCase:
    case = entry.cases[number]
    return GoldenCase(
        id=case.id,
        question=case.question,
        corpus=corpus,
        place=lines.place(("cases", number)),
        history=tuple(case.history),
        answerable=case.answerable,
        relevant=tuple(
            _evidence(each, ("cases", number, "relevant", position), lines)
            for position, each in enumerate(case.relevant)
        ),
        reference_answer=case.reference_answer,
        must_say=tuple(
            tuple(str(words) for words in (each if isinstance(each, list) else [each])) for each in case.must_say
        ),
        must_not_say=tuple(str(words) for words in case.must_not_say),
        as_of=case.as_of,
        tags=tuple(dict.fromkeys((*entry.tags, *case.tags))),
        split=entry.split,
    )


def _evidence(entry: EvidenceEntry, path: tuple[str | int, ...], lines: _Lines) -> Evidence:
    if entry.any is not None:
        found = [(each.document, each.quote, (*path, "any", n)) for n, each in enumerate(entry.any)]
    else:
        found = [(entry.document or "", entry.quote or "", path)]
    return Evidence(
        tuple(
            Quote(
                unicodedata.normalize("NFC", document),
                unicodedata.normalize("NFC", text),
                lines.place((*place, "quote")),
                lines.place((*place, "document")),
            )
            for document, text, place in found
        )
    )
