"""The guard of the suite itself: no test in this process reaches beyond the machine that it runs on."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest


@pytest.mark.parametrize("address", ["192.0.2.1", "127.0.0.11"])
def test_a_connection_beyond_loopback_is_refused_at_once(address: str) -> None:
    with socket.socket() as connection, pytest.raises(RuntimeError, match=f"Network is disabled for host '{address}'"):
        connection.connect((address, 80))


def test_loopback_and_sockets_that_are_files_are_open(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
    if hasattr(socket, "AF_UNIX"):
        with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
            name = str(tmp_path / "s")
            server.bind(name)
            server.listen()
            client.connect(name)
