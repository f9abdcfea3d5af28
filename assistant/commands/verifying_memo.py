"""`assistant verify`: an edited memo against the briefings of today."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import AsJson, Corpus, Index
from assistant.commands.progress import warn_of_failures, with_progress
from assistant.settings import Settings


def verify_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An exported memo: .docx, .md or .html.")],
    as_json: AsJson = False,
    corpus: Corpus = None,
    index: Index = None,
) -> None:
    """Check a memo that was exported and edited: quotes, sources, numbers, and sentences without a source.

    The index is brought up to date first. Ends with 1 where something is wrong.
    """
    from assistant.memos.edited import read_edited
    from assistant.memos.verification_text import as_json as in_json
    from assistant.memos.verification_text import as_text
    from assistant.memos.verifying import verify
    from assistant.wiring import build_library, build_models, build_verifier

    memo = read_edited(file)  # before an index is opened for it
    settings = Settings.read(corpus=corpus, index=index)
    models = build_models(settings)
    library = build_library(settings, models.embedder, command="assistant verify")
    with library.index:
        warn_of_failures(with_progress(library.sync()))
        found = verify(memo, library.index.document, build_verifier(models))
    typer.echo(json.dumps(in_json(found), ensure_ascii=False, indent=2) if as_json else as_text(found))
    if found.faults:
        raise typer.Exit(1)
