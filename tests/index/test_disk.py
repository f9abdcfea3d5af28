"""A full or read-only disk: what was acknowledged stays, questions are answered, the message names the folder (R8)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.index.corpora import Desk, texts

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits and users are set as POSIX does")

LIMITED = """
import json, resource, sys
from pathlib import Path
from tests.index.corpora import Desk, texts
from assistant.errors import AssistantError
from assistant.index.report import FileDone
desk = Desk(Path(sys.argv[1]), Path(sys.argv[2]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
acknowledged, error, hits, warnings = [], "", None, []
try:
    with desk.open() as index:
        warnings = list(index.warnings)
        try:
            for event in desk.events(index):
                if isinstance(event, FileDone) and event.outcome.status == "indexed":
                    acknowledged.append(event.outcome.path)
        except AssistantError as caught:
            error = f"{type(caught).__name__}: {caught}"
        hits = len(index.search_words('"minister"', 3)) + len(index.nearest(desk.model.encode(["minister"])[0], 3))
except AssistantError as caught:
    error = f"{type(caught).__name__}: {caught}"
print(json.dumps({"acknowledged": acknowledged, "error": error, "hits": hits, "warnings": warnings}))
"""

READ_ONLY = """
import os, sys
from pathlib import Path
from tests.index.corpora import Desk
from assistant.errors import AssistantError
desk = Desk(Path(sys.argv[1]), Path(sys.argv[2]))
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    desk.open()
except AssistantError as caught:
    print(f"{type(caught).__name__}: {caught}")
"""


def _run(code: str, *arguments: object) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture
def growing(desk: Desk) -> Desk:
    desk.write("first.md", "The minister was there first. The minister left.")
    desk.once()
    for number in range(200):
        desk.write(f"{number}.md", "\n\n".join(f"The minister made point {number}-{point}." for point in range(40)))
    return desk


@pytest.mark.parametrize("room", [0, 4_096, 100_000, 400_000, 1_000_000], ids=str)
def test_with_no_room_to_grow_indexing_stops_with_a_message_and_questions_are_answered(
    growing: Desk, room: int
) -> None:
    limit = (growing.folder / "index.sqlite").stat().st_size + room
    told = json.loads(_run(LIMITED, growing.corpus, growing.folder, limit))
    assert told["error"].startswith("StorageError")
    assert str(growing.folder) in told["error"]
    assert told["hits"] >= 2
    with growing.open() as index:
        assert index.warnings == ()
        index.store.verify()
        found = texts(index)
        assert "first.md" in found
        assert set(told["acknowledged"]) <= set(found)
        growing.sync(index)
        assert len(index.documents()) == 201


def test_a_disk_without_room_even_for_a_log_still_answers(growing: Desk) -> None:
    told = json.loads(_run(LIMITED, growing.corpus, growing.folder, 0))
    assert told["hits"] >= 2
    assert "StorageError" in told["error"]
    with growing.open() as index:
        assert set(texts(index)) == {"first.md"}


def test_a_read_only_folder_is_a_storage_error_that_names_it(growing: Desk, tmp_path: Path) -> None:
    place = Path(shutil.copytree(growing.folder, tmp_path / "read-only"))
    outer = [folder for folder in tmp_path.parents if folder.stat().st_uid == os.getuid() and folder != Path("/")]
    modes = {folder: folder.stat().st_mode for folder in [tmp_path, *outer]}
    try:
        for folder in modes:
            folder.chmod(0o755)
        place.chmod(0o555)
        said = _run(READ_ONLY, growing.corpus, place)
    finally:
        place.chmod(0o755)
        for folder, mode in modes.items():
            folder.chmod(mode)
    assert said.startswith("StorageError")
    assert str(place) in said
    assert "permissions" in said
