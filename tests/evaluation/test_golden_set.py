"""How a report names documents, and its part for some of the cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.chat import Assistant
from assistant.evaluation.golden_set import GoldenSet


def no_assistant(corpus: Path) -> Assistant:
    raise AssertionError(f"nothing is asked here, {corpus}")


@pytest.mark.parametrize(
    ("folders", "names"),
    [
        (["/x/briefings"], ["note.md"]),
        (["/x/briefings", "/x/others"], ["briefings/note.md", "others/note.md"]),
        (["/a/briefings", "/b/briefings", "/b/c"], ["a/briefings/note.md", "b/briefings/note.md", "b/c/note.md"]),
    ],
)
def test_documents_of_several_folders_have_names_of_their_own(folders: list[str], names: list[str]) -> None:
    paths = [Path(folder) for folder in folders]
    chosen = GoldenSet((), no_assistant, frozenset(paths))
    assert [chosen.document_name(path, "note.md") for path in paths] == names
