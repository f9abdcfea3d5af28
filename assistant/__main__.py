"""The command line: `assistant serve`, `ask`, `index`, `list`, `eval` and the others that `assistant --help` lists."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import metadata
from typing import Annotated

import typer

from assistant.commands.asking import ask
from assistant.commands.conversations import conversations
from assistant.commands.doctor import doctor
from assistant.commands.evaluating import evaluate
from assistant.commands.helping import Command, Group, colour
from assistant.commands.indexing import index_command
from assistant.commands.keeping import backup, restore
from assistant.commands.memos import memo
from assistant.commands.serving import serve
from assistant.commands.showing import list_command, show
from assistant.commands.verifying_memo import verify_command
from assistant.errors import AssistantError
from assistant.offline import stay_offline

_DISTRIBUTION = "briefing-assistant"

cli = typer.Typer(
    name="assistant",
    cls=Group,
    help="Ask a folder of briefings a question; every sentence of the answer points at the words it came from.",
    epilog="Start with [bold]assistant serve[/bold], which opens the page, or with "
    "[bold]assistant ask 'why did China decline?'[/bold]",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for name, command in (
    ("ask", ask),
    ("index", index_command),
    ("serve", serve),
    ("show", show),
    ("list", list_command),
    ("eval", evaluate),
    ("doctor", doctor),
    ("memo", memo),
    ("verify", verify_command),
    ("backup", backup),
    ("restore", restore),
):
    cli.command(name, cls=Command)(command)
cli.add_typer(conversations, name="conversations")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{_DISTRIBUTION} {metadata.version(_DISTRIBUTION)}")
        raise typer.Exit


@cli.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Takes the options of the program itself."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line; mistakes of the user end in one sentence on standard error and their exit code."""
    stay_offline()
    try:
        cli(args=None if arguments is None else list(arguments), prog_name="assistant")
    except AssistantError as error:
        typer.secho(f"assistant: {error}", fg=typer.colors.RED, err=True, color=colour())
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("\nassistant: stopped", err=True)
        sys.exit(130)


if __name__ == "__main__":
    main()
