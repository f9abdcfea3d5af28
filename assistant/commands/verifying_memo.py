"""`assistant verify`: an edited memo against the briefings of today."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.folders import check_folder_of, with_corpus_of_index
from assistant.commands.options import AsJson, Corpus, Index
from assistant.commands.paged import brought_by_page
from assistant.commands.progress import note, warn_of_failures, with_progress
from assistant.errors import InputError, StorageError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.memos.verifying.checking import Verification
    from assistant.memos.verifying.edited import EditedMemo


def verify_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An exported memo: .docx, .md or .html.")],
    comments: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A .docx to write: the memo with a Word comment at everything that is not in order."
        ),
    ] = None,
    as_json: AsJson = False,
    corpus: Corpus = None,
    index: Index = None,
) -> None:
    """Check a memo that was exported and edited: quotes, sources, numbers, and sentences without a source.

    The index is brought up to date first. Sentences that were reworded and are still borne out are listed beside their
    sources. Ends with 1 where something is wrong.
    """
    from assistant.memos.verifying.comments import commented
    from assistant.memos.verifying.edited import FORMATS, read_edited
    from assistant.memos.verifying.told import as_json as in_json
    from assistant.memos.verifying.told import as_text

    if file.suffix.lower() in FORMATS and not file.exists():
        raise InputError(f"there is no file {str(file)!r}")
    memo = read_edited(file)  # before an index is opened for it
    if comments is not None:
        _check(comments, file)
    settings = Settings.read(corpus=corpus, index=index)
    found = _found_with_page(settings, memo) or _found_here(settings, memo)
    told = json.dumps(in_json(found), ensure_ascii=False, indent=2) if as_json else as_text(found, _bold)
    typer.echo(told)
    if comments is not None:
        _write(comments, commented(file, found))
        note(f"{comments} is written")
    if found.faults:
        raise typer.Exit(1)


def _bold(words: str) -> str:
    return typer.style(words, bold=True)


def _found_with_page(settings: Settings, memo: EditedMemo) -> Verification | None:
    """What is found in the briefings of the page that has the index open; None where there is none."""
    from assistant.index.snapshot import Snapshot
    from assistant.memos.verifying.checking import verify
    from assistant.wiring import build_models, build_verifier

    paged = brought_by_page(settings)
    if paged is None:
        return None
    warn_of_failures(paged[1].report)
    return verify(memo, Snapshot(settings.index).document, build_verifier(build_models(settings)))


def _found_here(settings: Settings, memo: EditedMemo) -> Verification:
    from assistant.memos.verifying.checking import verify
    from assistant.wiring import build_library, build_models, build_verifier

    settings = with_corpus_of_index(settings)
    models = build_models(settings)
    library = build_library(settings, models.embedder, command="assistant verify")
    with library.index:
        warn_of_failures(with_progress(library.sync()))
        return verify(memo, library.index.document, build_verifier(models))


def _check(comments: Path, memo: Path) -> None:
    if comments.suffix.lower() != ".docx":
        raise InputError(f"{comments.name!r} cannot have comments: name a .docx to write them to")
    check_folder_of(comments)
    if comments.exists() and comments.samefile(memo):
        raise InputError(f"{comments.name!r} is the memo itself: name another file for the comments")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise StorageError(f"the comments could not be written to {str(path)!r}: {error.strerror}") from error
