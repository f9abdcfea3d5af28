"""How `--help` is printed: an option that takes no value shows no type, and arguments are named as people say them."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup


class Command(TyperCommand):
    """A command whose flags show no type."""

    def get_params(self, ctx: Any) -> Any:
        """The parameters, for parsing and for the help."""
        return _plain_flags(super().get_params(ctx))


class Group(TyperGroup):
    """The program itself, likewise."""

    def get_params(self, ctx: Any) -> Any:
        """The parameters, for parsing and for the help."""
        return _plain_flags(super().get_params(ctx))


def _plain_flags(parameters: list[Any]) -> list[Any]:
    for parameter in parameters:
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""
    return parameters
