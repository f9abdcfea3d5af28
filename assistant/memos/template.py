"""Templates: which questions a memo asks about its topic. YAML files, ours or a team's, with the line of a mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from assistant.errors import InputError
from assistant.yaml_lines import line_of

OWN = Path(__file__).with_name("templates")
"""The folder of the templates that come with the program."""

Order = Literal["relevance", "date"]

_SUFFIX = ".yaml"
_TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Asked:
    """A section that is to be: its heading and its question, both with `{topic}` where the topic goes.

    With `each_briefing` every briefing that mentions what is asked about is asked for itself, and the best quote of
    each that answers is taken, so that nothing of a long story is crowded out.
    """

    heading: str
    question: str
    each_briefing: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of memo. `title` has `{topic}` where the topic goes.

    `order` says how the quotes of a section follow one another: the best first, or by the dates of their sources.
    Written answers keep the order in which they were written.
    """

    name: str
    title: str
    sections: tuple[Asked, ...]
    order: Order = "relevance"


class TemplateError(InputError):
    """A template cannot be used; the message names file and line."""


def _only_topic(text: str) -> str:
    fields = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    if fields - {_TOPIC}:
        raise ValueError(f"only {{{_TOPIC}}} can be filled in, not {{{min(fields - {_TOPIC})}}}")
    return text


_Line = Annotated[str, StringConstraints(strict=True, min_length=1), AfterValidator(_only_topic)]


class _SectionEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    heading: _Line
    question: _Line
    each_briefing: bool = False


class _TemplateEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    title: _Line
    order: Order = "relevance"
    sections: Annotated[list[_SectionEntry], AfterValidator(lambda found: _some(found))]


def template_files(folder: Path | None = None) -> Mapping[str, Path]:
    """The file of each template by its name; one in `folder` goes before ours of the same name.

    Raises `InputError` where `folder` is no folder.
    """
    if folder is not None and not folder.is_dir():
        raise InputError(f"there is no folder of templates {str(folder)!r}")
    folders = [OWN] if folder is None else [OWN, folder]
    return {file.stem: file for each in folders for file in sorted(each.glob(f"*{_SUFFIX}"))}


def load_template(name: str, *, folder: Path | None = None) -> Template:
    """The template of this name. Raises `InputError` for an unknown one, `TemplateError` for one that is wrong."""
    files = template_files(folder)
    if name not in files:
        raise InputError(f"there is no template {name!r}: known are {', '.join(sorted(files))}")
    return read_template(files[name])


def read_template(file: Path) -> Template:
    """The template in a file. Raises `TemplateError` with every mistake in it, one a line."""
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"{file}:1: it cannot be read: {error}") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise TemplateError(f"{file}:{line}: it is not YAML: {error.problem}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise TemplateError(f"{file}:1: it is not YAML: {error}") from error
    if root is None:
        raise TemplateError(f"{file}:1: it is empty")
    try:
        entry = _TemplateEntry.model_validate(content)
    except ValidationError as error:
        mistakes = sorted((line_of(root, each["loc"]), _said(each["loc"], each["msg"])) for each in error.errors())
        raise TemplateError("\n".join(f"{file}:{line}: {said}" for line, said in mistakes)) from error
    sections = tuple(Asked(each.heading, each.question, each.each_briefing) for each in entry.sections)
    return Template(file.stem, entry.title, sections, entry.order)


def _some(found: list[_SectionEntry]) -> list[_SectionEntry]:
    if not found:
        raise ValueError("a template needs at least one section")
    return found


def _said(path: Sequence[str | int], message: str) -> str:
    where = ".".join(map(str, path))
    said = message.removeprefix("Value error, ")
    return f"{where}: {said[:1].lower()}{said[1:]}" if where else f"{said[:1].lower()}{said[1:]}"
