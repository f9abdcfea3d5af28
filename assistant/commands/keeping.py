"""`assistant backup` and `assistant restore`: conversations and memos, copied to a file and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.folders import check_folder_of
from assistant.commands.options import Index
from assistant.errors import WorkDamaged
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.work.copying import Contents

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


def backup(file: File, index: Index = None) -> None:
    """Copy the saved conversations and memos to a file, also while the page runs; an earlier backup is replaced."""
    from assistant.work.copying import back_up

    check_folder_of(file)
    contents = back_up(Settings.read(index=index).index, file)
    typer.secho(f"{file}: {_said(contents)}", bold=True)


def restore(file: File, index: Index = None) -> None:
    """Replace what is saved by a backup; what was saved is kept under another name. Stop `assistant serve` first."""
    from assistant.work import copying
    from assistant.work.schema import NewerWork

    try:
        contents, kept = copying.restore(Settings.read(index=index).index, file)
    except NewerWork:
        raise
    except WorkDamaged as error:  # whose advice is to put a backup back, which is what failed
        raise WorkDamaged(
            f"{file} cannot be put back: it is damaged, or no file that `assistant backup` wrote; nothing was changed, "
            "name another backup"
        ) from error
    typer.secho(f"restored {_said(contents)} from {file}", bold=True)
    if kept is not None:
        typer.echo(f"what was there before is kept as {kept}")


def _said(contents: Contents) -> str:
    counts = ((contents.conversations, "conversation"), (contents.memos, "memo"))
    return " and ".join(f"{count:,} {what}{'' if count == 1 else 's'}" for count, what in counts)
