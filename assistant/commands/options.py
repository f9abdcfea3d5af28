"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Corpus = Annotated[
    Path | None, typer.Option("--corpus", metavar="FOLDER", help="Folder with the briefings.", show_default="corpus")
]
Index = Annotated[
    Path | None, typer.Option("--index", metavar="FOLDER", help="Folder of the index.", show_default="index")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
