"""`assistant serve`: the page."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from assistant.commands.folders import with_corpus_of_index
from assistant.commands.options import Corpus, Index
from assistant.commands.progress import note
from assistant.settings import Settings


def serve(
    corpus: Corpus = None,
    index: Index = None,
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Address of the page.", show_default="127.0.0.1")
    ] = None,
    port: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Port of the page; 0 takes a free one.", show_default="7860")
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = True,
) -> None:
    """Open the chat page; the index is brought up to date in the background."""
    from assistant.index.scan import check_folder
    from assistant.ui.server import serve as serve_page
    from assistant.wiring import build_assistant, build_models, build_saving, build_verifier

    settings = with_corpus_of_index(Settings.read(corpus=corpus, index=index, host=host, port=port))
    check_folder(settings.corpus)
    models = build_models(settings)
    assistant = build_assistant(settings, command="assistant serve", models=models)
    saving = build_saving(settings)
    for warning in saving.warnings:
        note(warning)
    try:
        serve_page(
            assistant,
            saving=saving,
            verifier=build_verifier(models),
            host=settings.host,
            port=settings.port,
            auth=settings.logins(),
            public_url=settings.public_url,
            open_browser=open_browser and sys.stdout.isatty(),
            announce=typer.echo,
        )
    finally:
        saving.close()
        assistant.close()
