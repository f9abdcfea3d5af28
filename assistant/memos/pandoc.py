"""Pandoc at the edge: texts become its document tree and back. The only importer of pypandoc."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pypandoc

from assistant.errors import AssistantError

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Tree = dict[str, Json]
"""A node of pandoc's tree: its kind under `t`, its content under `c`; the root has `meta` and `blocks`."""

MARKDOWN = "commonmark+footnotes+pipe_tables"
"""What a memo is written in. No extension turns typed quotation marks or dashes into others."""

_OPTIONS = ("--sandbox", "--quiet")  # pandoc reads and writes nothing but what it is given, and prints nothing
_MEMORY = ("+RTS", "-M1g", "-RTS")
_SECONDS = 60.0
_MAX_OUTPUT = 64 * 2**20
_OUT_OF_MEMORY = 251  # how GHC's programs end that reach the limit
_SAFE_LINKS = ("http://", "https://", "mailto:", "#")


def read_text(text: str, form: str = MARKDOWN) -> Tree:
    """The tree of a text. Raises `AssistantError` where pandoc refuses it."""
    return _tree(_run(("--from", form, "--to", "json"), text.encode("utf-8", "replace")))


def read_file(path: Path, form: str) -> Tree:
    """The tree of a file, tracked changes accepted. Raises `AssistantError` where pandoc refuses it."""
    return _tree(_run(("--from", form, "--to", "json", str(path.absolute()))))


def write_text(tree: Tree, form: str, *, options: Sequence[str] = ()) -> str:
    """The tree in a format that is text."""
    written = ("--from", "json", "--to", form, "--wrap=none", *options)
    return _run(written, json.dumps(tree).encode()).decode()


def write_bytes(tree: Tree, form: str, *, like: bytes | None = None) -> bytes:
    """The tree in a format that is not text, such as docx; `like` is a file of that format whose styles it takes."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--from", "json", "--to", form]
        if like is not None:
            model = Path(folder) / f"like.{form}"
            model.write_bytes(like)
            options.append(f"--reference-doc={model}")
        return _run((*options, "--output=-"), json.dumps(tree).encode())


def default_file(name: str) -> bytes:
    """A file that comes with pandoc, such as `reference.docx`."""
    return _run((f"--print-default-data-file={name}",))


def children(node: Json) -> Iterator[Tree]:
    """The nodes directly below a node or a list, in order."""
    inside = node.get("c") if isinstance(node, dict) else node
    pending = [inside] if not isinstance(inside, list) else list(inside)
    for each in pending:
        if isinstance(each, dict) and "t" in each:
            yield each
        elif isinstance(each, list):
            yield from children(each)


def replaced(node: Json, change: Callable[[Tree], list[Json] | None]) -> Json:
    """The tree with each node for which `change` gives nodes replaced by those; the others are gone through."""
    if isinstance(node, list):
        found: list[Json] = []
        for each in node:
            new = change(each) if isinstance(each, dict) and "t" in each else None
            found += new if new is not None else [replaced(each, change)]
        return found
    if isinstance(node, dict):
        return {key: replaced(value, change) for key, value in node.items()}
    return node


def harmless(tree: Tree) -> Tree:
    """The tree without what a person's Markdown could smuggle in: HTML is shown as text, pictures as their words,
    and links that lead elsewhere than to a web page, an address or a place in the memo lose their target.
    """
    return as_tree(replaced(tree, _harmless))


def as_tree(node: Json) -> Tree:
    """A node that is known to be an object. Raises `AssistantError` where it is not."""
    if not isinstance(node, dict):
        raise AssistantError("pandoc gave something else than a document")
    return node


def text_of(node: Json) -> str:
    """The words below a node, without footnotes."""
    if isinstance(node, dict):
        kind, content = node.get("t"), node.get("c")
        if kind in ("Str",):
            return str(content)
        if kind in ("Space", "SoftBreak", "LineBreak"):
            return " "
        if kind in ("Code", "Math", "RawInline", "CodeBlock", "RawBlock") and isinstance(content, list):
            return str(content[-1])
        if kind == "Note":
            return ""
    return "".join(text_of(each) for each in children(node))


def words(text: str) -> list[Json]:
    """A text as inline nodes."""
    pieces: list[Json] = []
    for number, word in enumerate(text.split()):
        pieces += [{"t": "Space"}] if number else []
        pieces.append({"t": "Str", "c": word})
    return pieces


def _harmless(node: Tree) -> list[Json] | None:
    kind, content = node.get("t"), node.get("c")
    if not isinstance(content, list):
        return None
    if kind == "RawInline":
        return [{"t": "Str", "c": content[1]}]
    if kind == "RawBlock":
        return [{"t": "Para", "c": words(str(content[1]))}]
    if kind == "Image":
        return as_list(replaced(content[1], _harmless))
    if kind == "Link":
        target = str(as_list(content[2])[0])
        if not target.lower().startswith(_SAFE_LINKS):
            return as_list(replaced(content[1], _harmless))
    return None


def as_list(node: Json) -> list[Json]:
    """A node that is known to be a list. Raises `AssistantError` where it is not."""
    if not isinstance(node, list):
        raise AssistantError("pandoc gave something else than a list")
    return node


def _tree(content: bytes) -> Tree:
    try:
        return as_tree(json.loads(content))
    except RecursionError as error:
        raise AssistantError("the memo is nested too deeply to be read") from error


@cache
def _program() -> str:
    return str(pypandoc.get_pandoc_path())


def _run(arguments: Sequence[str], given: bytes = b"") -> bytes:
    """What pandoc writes. It may be fed by strangers, so its time, memory and output have limits."""
    with tempfile.TemporaryFile() as written:
        try:
            ended = subprocess.run(
                [_program(), *_MEMORY, *_OPTIONS, *arguments],
                input=given,
                stdout=written,
                stderr=subprocess.PIPE,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise AssistantError(
                f"pandoc took longer than {_SECONDS:g} s: the memo is damaged, or too large"
            ) from error
        except OSError as error:
            raise AssistantError(f"pandoc could not be started: {error}") from error
        if ended.returncode == _OUT_OF_MEMORY or written.tell() > _MAX_OUTPUT:
            raise AssistantError("pandoc needs too much memory for it: the memo is damaged, or too large")
        if ended.returncode:
            said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
            raise AssistantError(f"pandoc could not convert the memo: {said[-1] if said else 'no reason given'}")
        written.seek(0)
        return written.read()
