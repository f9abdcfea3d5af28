"""A Chroma server by its address: proved like the embedded copy, missed without harm, refused where it is far."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import SettingsError, VectorsUnavailable
from assistant.index.vectors.index import VectorIndex
from assistant.index.vectors.server import check_address
from tests.index.vector_table import WAIT, Table, assert_answers_equal, clustered

DIMENSIONS = 32


class Server:
    """A `chroma run` on loopback, which can be stopped and started on the same data."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = shutil.which("chroma", path=str(Path(sys.executable).parent)) or shutil.which("chroma")
        assert program is not None
        command = [program, "run", "--host", "127.0.0.1", "--port", str(self.port), "--path", str(self._folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the server did not start")

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    one = Server(tmp_path_factory.mktemp("server"))
    one.start()
    yield one
    one.stop()


@pytest.fixture
def table(tmp_path: Path, request: pytest.FixtureRequest) -> Table:
    made = Table(tmp_path)
    made.set_index_id(f"test{abs(hash(request.node.name))}")
    return made


def collections(server: Server, table: Table) -> list[str]:
    import chromadb

    client = chromadb.HttpClient(host="127.0.0.1", port=server.port)
    names = sorted(one.name for one in client.list_collections() if table.index_id() in one.name)
    client.close()
    return names


def test_a_server_is_proved_changed_opened_again_and_cleaned_up(server: Server, table: Table) -> None:
    stored = clustered(600, dimensions=DIMENSIONS)
    keys = table.put(stored)
    vectors = VectorIndex(table.folder, table.database, DIMENSIONS, server.url)
    assert vectors.wait_until_proved(WAIT), vectors.status()
    assert vectors.status().engine == "server"
    assert_answers_equal(vectors, table, stored[:10])
    table.remove(keys[:20])
    vectors.apply_changes()
    assert vectors.wait_until_proved(WAIT), vectors.status()
    assert vectors.status().why == "changed: 0 new, 20 removed"
    assert_answers_equal(vectors, table, stored[:10])
    vectors.close()
    again = VectorIndex(table.folder, table.database, DIMENSIONS, server.url)
    assert again.wait_until_proved(WAIT), again.status()
    assert again.status().why == "opened"
    table.put(clustered(300, seed=4, dimensions=DIMENSIONS), first=5_000)
    again.apply_changes()
    assert again.wait_until_proved(WAIT), again.status()
    assert again.status().why.startswith("rebuilt")
    assert_answers_equal(again, table, clustered(10, seed=4, dimensions=DIMENSIONS))
    again.close()
    assert collections(server, table) == [f"briefings-{table.index_id()}-2"]
    assert not (table.folder / "vectors").exists()


def test_vectors_that_vanished_from_the_server_are_noticed(server: Server, table: Table) -> None:
    table.put(clustered(200, dimensions=DIMENSIONS))
    first = VectorIndex(table.folder, table.database, DIMENSIONS, server.url)
    assert first.wait_until_proved(WAIT), first.status()
    first.close()
    import chromadb

    client = chromadb.HttpClient(host="127.0.0.1", port=server.port)
    collection = client.get_collection(f"briefings-{table.index_id()}-1", embedding_function=None)
    collection.delete(collection.get()["ids"][:5])
    client.close()
    second = VectorIndex(table.folder, table.database, DIMENSIONS, server.url)
    assert second.wait_until_proved(WAIT), second.status()
    assert second.status().why == "rebuilt: its ids are not as they were left"
    second.close()


def test_a_server_that_goes_and_comes_back_costs_no_answer_and_no_change(tmp_path: Path, table: Table) -> None:
    server = Server(tmp_path / "data")
    stored = clustered(200, dimensions=DIMENSIONS)
    table.put(stored)
    vectors = VectorIndex(table.folder, table.database, DIMENSIONS, server.url)
    assert vectors.problem() is None
    assert not vectors.wait_until_proved(WAIT)
    assert server.url in vectors.status().detail
    said = vectors.problem()
    assert said
    assert said.startswith(f"the Chroma server at {server.url} cannot be used: it does not answer")
    with pytest.raises(VectorsUnavailable, match=server.url):
        vectors.nearest(stored[0], 5)
    try:
        server.start()
        vectors.apply_changes()
        assert vectors.wait_until_proved(WAIT), vectors.status()
        assert vectors.problem() is None
        server.stop()
        with pytest.raises(VectorsUnavailable):
            vectors.nearest(stored[0], 5)
        table.put(clustered(10, seed=6, dimensions=DIMENSIONS), first=1_000)
        vectors.apply_changes()
        assert not vectors.wait_until_proved(WAIT)
        assert server.url in vectors.status().detail
        server.start()
        vectors.apply_changes()
        assert vectors.wait_until_proved(WAIT), vectors.status()
        assert_answers_equal(vectors, table, clustered(10, seed=6, dimensions=DIMENSIONS))
    finally:
        vectors.close()
        server.stop()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000",
        "http://[::1]:8000",
        "http://localhost:8000",
        "http://192.168.1.20:8000/",
        "http://10.0.0.1",
        "https://chroma.example.org",
    ],
)
def test_near_and_encrypted_servers_are_accepted(url: str) -> None:
    check_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://8.8.8.8:8000",
        "http://[2606:4700::1111]:8000",
        "http://0.0.0.0:8000",
        "ftp://127.0.0.1",
        "127.0.0.1:8000",
        "http://",
        "http://127.0.0.1:99999",
        "http://user:secret@127.0.0.1:8000",
        "http://127.0.0.1:8000/path",
    ],
)
def test_far_servers_without_encryption_and_malformed_addresses_are_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        VectorIndex(tmp_path, tmp_path / "index.sqlite", DIMENSIONS, url)


def test_a_refused_address_shows_no_password() -> None:
    with pytest.raises(SettingsError) as refused:
        check_address("http://user:secret@127.0.0.1:8000")
    assert "secret" not in str(refused.value)


def test_a_name_that_stands_for_a_far_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    far = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: far)
    with pytest.raises(SettingsError, match=r"8\.8\.8\.8"):
        check_address("http://chroma.internal:8000")
