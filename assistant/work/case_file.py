"""The golden file that thumbs-down become cases of: one a question, put at its end; what a person edited stays."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from textwrap import indent

import yaml

from assistant.errors import InputError, StorageError
from assistant.files import write_atomically
from assistant.types import Answer
from assistant.work.records import SavedTurn

CASES = "feedback.golden.yaml"
"""The name of the file, which lies in the folder of the index; `assistant eval` reads it."""

_SLUG = 48  # characters

Entry = Mapping[str, object]
"""A case with the keys of a golden file."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Words that a right answer shows, and the path of their document as `assistant list` prints it."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Written:
    """Where a case stands in the file, lines counted from 1; `instead` where it took the place of an earlier one."""

    id: str
    line: int
    instead: bool = False


class CaseFile:
    """Cases of golden files, for the briefings in the folder `corpus`. Safe to use from several threads."""

    def __init__(self, path: Path, corpus: Path) -> None:
        self.path = path
        self._corpus = corpus
        self._turn = threading.Lock()

    def add(self, saved: SavedTurn, before: Sequence[SavedTurn], expected: Sequence[Expected]) -> Written:
        """Writes the case of a question, in place of the one that it has; without `expected`, abstaining is right.

        `before` are the turns before it. Raises `InputError` where a person has edited the case of this question, or
        the file so that nothing can be put into it, and `StorageError` where the disk refuses.
        """
        entry = entry_of(saved, before, expected)
        reason = saved.feedback.reason if saved.feedback is not None else ""
        with self._turn:
            try:
                text = self.path.read_text(encoding="utf-8") if self.path.exists() else ""
                new, written = with_case(text, entry, reason, corpus=self._relative())
                write_atomically(self.path, new)
            except (InputError, yaml.YAMLError, UnicodeDecodeError) as error:
                raise InputError(f"{self.path}: {error}") from error
            except OSError as error:
                raise StorageError(f"{self.path} cannot be written: {error.strerror or error}") from error
        return written

    def _relative(self) -> str:
        corpus, folder = self._corpus.resolve(), self.path.parent.resolve()
        try:
            return Path(os.path.relpath(corpus, folder)).as_posix()
        except ValueError:  # on another drive
            return corpus.as_posix()


def entry_of(saved: SavedTurn, before: Sequence[SavedTurn], expected: Sequence[Expected]) -> Entry:
    """The case of a question.

    The questions `before` it are in it only where the query was completed from them.
    """
    answer = saved.turn.answer
    completed = _plain(answer.query) != _plain(saved.turn.question)
    history = [each.turn.question for each in before if each.finished] if completed else []
    entry: dict[str, object] = {"id": _id(answer, history), "question": saved.turn.question}
    if history:
        entry["history"] = history
    if answer.as_of is not None:
        entry["as_of"] = answer.as_of
    if expected:
        entry["relevant"] = [{"document": each.document, "quote": each.quote} for each in expected]
    else:
        entry["answerable"] = False
    return {**entry, "tags": ["feedback"]}


def with_case(text: str, entry: Entry, reason: str, *, corpus: str) -> tuple[str, Written]:
    """The text of a golden file with one more case, or with this one instead of the case of the same question.

    All other characters stay as they are. Raises `InputError` as `CaseFile.add` does, `yaml.YAMLError` for a text
    that is not YAML.
    """
    item = _item(entry, reason)
    if not text.strip():
        head = yaml.safe_dump({"corpus": corpus}, allow_unicode=True, width=_ONE_LINE)
        return f"{head}cases:\n{item}", Written(str(entry["id"]), 3)
    text = text if text.endswith("\n") else f"{text}\n"
    content, nodes = _cases(text)
    cases = content["cases"]
    assert isinstance(cases, list)
    place = next((number for number, each in enumerate(cases) if _question(each) == _question(entry)), None)
    if place is None:
        start = end = _end(text, nodes[-1])
        left = [*cases, entry]
    else:
        start, end = text.rfind("\n", 0, nodes[place].start_mark.index) + 1, _end(text, nodes[place])
        if not _is_ours(text[start:end], cases[place]):
            line = text.count("\n", 0, start) + 1
            raise InputError(f"line {line}: this question is a case already, and was edited: change it there")
        left = [*cases[:place], entry, *cases[place + 1 :]]
    column = nodes[-1].start_mark.index - text.rfind("\n", 0, nodes[-1].start_mark.index) - 1 - len("- ")
    new = f"{text[:start]}{indent(item, ' ' * column)}{text[end:]}"
    if yaml.safe_load(new) != {**content, "cases": left}:
        raise InputError("it was edited so that no case can be put into it: give it another name, or mend it")
    return new, Written(str(entry["id"]), text.count("\n", 0, start) + 1, place is not None)


_ONE_LINE = 10**9  # characters: a path is not folded


def _item(entry: Entry, reason: str) -> str:
    """A case as an item of a list, with the reason as a comment behind its id."""
    text = yaml.dump([dict(entry)], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    first, rest = text.split("\n", 1)
    said = "".join(one for one in " ".join(reason.split()) if one.isprintable())
    return f"{first}\n  # {said}\n{rest}" if said else f"{first}\n{rest}"


_RARE_BREAK = re.compile("[\x85\u2028\u2029]")


class _Dumper(yaml.SafeDumper):
    """Writes text so that it is read as it was: PyYAML leaves rare line breaks bare, and then reads spaces for them."""


def _represented(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _RARE_BREAK.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represented)


def _is_ours(text: str, entry: Entry) -> bool:
    """Whether a case stands in the file as it was written here."""
    lines = text.split("\n")
    column = len(lines[0]) - len(lines[0].lstrip())
    if len(lines) > 1 and lines[1].startswith(f"{' ' * column}  # "):
        del lines[1]
    return "\n".join(lines) == indent(_item(entry, ""), " " * column)


def _cases(text: str) -> tuple[dict[str, object], list[yaml.Node]]:
    """What a golden file holds, and the nodes of its cases. Raises `InputError` where cases cannot be put behind."""
    content, root = yaml.safe_load(text), yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(content, dict) and isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value == "cases" and isinstance(value, yaml.SequenceNode) and value.value and not value.flow_style:
                return content, list(value.value)
    raise InputError("it has no list of `cases`: give it another name, or mend it")


def _end(text: str, node: yaml.Node) -> int:
    """Where the line behind the last value of a case begins."""
    last = max(each.end_mark.index for each in _scalars(node))
    return text.index("\n", last) + 1


def _scalars(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for pair in node.value:
            for each in pair:
                yield from _scalars(each)
    elif isinstance(node, yaml.SequenceNode) and node.value:
        for each in node.value:
            yield from _scalars(each)
    else:
        yield node


def _question(entry: object) -> object:
    """What makes two cases the same: the question, what was asked before it, and the day whose knowledge was asked."""
    if not isinstance(entry, Mapping):
        return None
    history = entry.get("history")
    before = [_plain(str(each)) for each in history] if isinstance(history, list) else []
    day = entry.get("as_of")
    return _plain(str(entry.get("question"))), before, day.isoformat() if isinstance(day, date) else day


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _id(answer: Answer, history: Sequence[str]) -> str:
    """A readable name that is the same for the same question in the same conversation, and no other."""
    slug = re.sub(r"[^a-z0-9]+", "-", answer.question.casefold())[:_SLUG].strip("-")
    digest = sha256(repr((answer.question, tuple(history), answer.as_of)).encode("utf-8", "replace")).hexdigest()[:6]
    return f"{slug}-{digest}" if slug else digest
