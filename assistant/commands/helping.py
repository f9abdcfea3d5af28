"""How a command line is read and its `--help` printed, the same for every command."""

from __future__ import annotations

import os
import shutil
from typing import Any

from typer.core import TyperCommand, TyperGroup

from assistant.errors import InputError

_NARROW = 60
"""Columns below which the boxes of the help cut the names of options short."""


def colour() -> bool | None:
    """Whether colours are printed: False where a person wants none (https://no-color.org), else as the terminal is."""
    return False if os.environ.get("NO_COLOR") else None


class Command(TyperCommand):
    """A command whose flags show no type, and whose help fills its lines, wherever those of its docstring end."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        if self.help:
            self.help = "\n\n".join(" ".join(paragraph.split()) for paragraph in self.help.split("\n\n"))

    def get_params(self, ctx: Any) -> Any:
        """The parameters, for parsing and for the help."""
        return _plain_flags(super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the help; without boxes where they would leave it no room."""
        columns = shutil.get_terminal_size().columns
        if columns < _NARROW:
            self.rich_markup_mode = None
            formatter.width = columns
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """The program itself, likewise."""

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """The context, whose colours are those of every command and of what it prints."""
        return super().make_context(*args, **{"color": colour(), **extra})

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Raises `InputError` for bytes that are no text: they can be searched, stored and printed nowhere."""
        for argument in args:
            try:
                argument.encode()
            except UnicodeEncodeError as error:
                raise InputError(f"the argument {argument!r} is not UTF-8: type it again, or rename a file") from error
        return super().parse_args(ctx, args)

    def get_params(self, ctx: Any) -> Any:
        """The parameters, for parsing and for the help."""
        return _plain_flags(super().get_params(ctx))


def _plain_flags(parameters: list[Any]) -> list[Any]:
    for parameter in parameters:
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""
    return parameters
