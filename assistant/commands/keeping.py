"""`assistant backup` and `assistant restore`: the conversations, copied to a file and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import Index
from assistant.settings import Settings

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


def backup(file: File, index: Index = None) -> None:
    """Copy the saved conversations to a file, also while the page is running; an earlier backup there is replaced."""
    from assistant.work.copying import back_up

    count = back_up(Settings.read(index=index).index, file)
    typer.secho(f"{file}: {_many(count)}", bold=True)


def restore(file: File, index: Index = None) -> None:
    """Put a backup back in place of the saved conversations; those are kept under another name. End the page before."""
    from assistant.work import copying

    count, kept = copying.restore(Settings.read(index=index).index, file)
    typer.secho(f"restored {_many(count)} from {file}", bold=True)
    if kept is not None:
        typer.echo(f"what was there before is kept as {kept}")


def _many(count: int) -> str:
    return "1 conversation" if count == 1 else f"{count:,} conversations"
