"""`assistant conversations`: lists what was saved, and exports one conversation; also while the page is running."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.folders import check_folder_of
from assistant.commands.helping import Command, Group
from assistant.commands.options import AsJson, Index
from assistant.commands.progress import note
from assistant.errors import InputError, StorageError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.work.conversations import Conversations

_SHORT = 8  # characters of an id that the list shows

User = Annotated[
    str,
    typer.Option("--user", metavar="NAME", help="Whose conversations, where the page has logins.", show_default=False),
]

conversations = typer.Typer(cls=Group, help="List and export saved conversations.", no_args_is_help=True)


@conversations.command("list", cls=Command)
def list_saved(
    words: Annotated[
        str, typer.Argument(metavar="[WORDS]", help="Words to look for in titles, questions and answers.")
    ] = "",
    user: User = "",
    as_json: AsJson = False,
    index: Index = None,
) -> None:
    """List the saved conversations, last changed first."""
    with _saved(Settings.read(index=index).index, user) as saved:
        found = saved.list(words) if saved is not None else ()
    if as_json:
        rows = [
            {"id": one.id, "title": one.title, "changed": one.changed.isoformat(), "questions": one.turns}
            for one in found
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not found:
        typer.echo("No saved conversation has these words." if words.strip() else "No conversation is saved yet.")
    for one in found:
        count = "1 question" if one.turns == 1 else f"{one.turns} questions"
        typer.echo(f"{one.id[:_SHORT]:<{_SHORT}}  {one.changed.astimezone():%Y-%m-%d %H:%M}  {one.title} ({count})")


@conversations.command("export", cls=Command)
def export(
    conversation: Annotated[
        str, typer.Argument(metavar="ID", help="As `assistant conversations list` prints it, or its beginning.")
    ],
    out: Annotated[
        list[Path],
        typer.Option("--out", metavar="FILE", help="A file to write: .html, .md or .json; may be repeated."),
    ],
    user: User = "",
    index: Index = None,
) -> None:
    """Write one conversation with the words that its answers rest on."""
    from assistant.index.snapshot import Snapshot
    from assistant.ui.shared import Shared, export_of
    from assistant.work.conversations import utc_now

    settings = Settings.read(index=index)
    exports = [(path, export_of(path)) for path in out]
    for path in out:
        check_folder_of(path)
    with _saved(settings.index, user) as saved:
        if saved is None:
            raise InputError(f"no conversation is saved in {str(settings.index)!r} yet: the page saves each answer")
        found = [one.id for one in saved.list() if one.id.startswith(conversation)]
        if conversation in found:
            found = [conversation]
        if len(found) != 1:
            many = "several conversations begin" if found else "no conversation begins"
            raise InputError(f"{many} with {conversation!r}: `assistant conversations list` prints them")
        opened = saved.open(found[0])
    briefings = Snapshot(settings.index)
    shared = Shared(opened, briefings if briefings.exists else None, utc_now())
    for path, exported in exports:
        try:
            path.write_text(exported(shared), encoding="utf-8", newline="\n")
        except OSError as error:
            raise StorageError(f"{str(path)!r} cannot be written: {error.strerror or error}") from error
        note(f"{path} is written")


@contextmanager
def _saved(folder: Path, user: str) -> Iterator[Conversations | None]:
    """The conversations in an index folder as they are now; None where nothing was saved in it yet.

    Raises `InputError` for a folder without an index.
    """
    from assistant.index.opening import DATABASE
    from assistant.work.conversations import Conversations
    from assistant.work.database import Database
    from assistant.work.opening import WORK

    if not (folder / WORK).is_file():
        if (folder / DATABASE).is_file():
            yield None
            return
        raise InputError(f"there are no conversations in {str(folder)!r}: name the folder of the index with --index")
    database = Database.copy_of(folder / WORK)
    try:
        yield Conversations(database, user)
    finally:
        database.close()
