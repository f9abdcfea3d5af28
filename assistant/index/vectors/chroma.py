"""The only door to Chroma: one collection of vectors, kept in a folder of its own or on a server.

It runs in the process of `proof.py` alone. Three rules of RELIABILITY matter here: no embedding function is ever
passed or taken from what is stored (Chroma would build the class that the stored configuration names), ids are
upserted and never added (adding an id again keeps the old vector silently), and cosine and ef_search are set.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from assistant.embedding.base import Vectors
from assistant.files import sha256_of
from assistant.importing import importing
from assistant.index.vectors.state import Digests

# Measured by benchmarks/self_retrieval.py: with Chroma's own ef_search (100) recall@10 is 0.88 to 0.93.
HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 400, "max_neighbors": 32}

_PAGE = 5_000
_DELETE = 1_000


class Collection:
    """The vectors of one generation, by id."""

    def __init__(self, client: Any, collection: Any) -> None:
        self._client = client
        self._collection = collection
        self.batch = min(2_000, int(client.get_max_batch_size()))
        """How many vectors one call of `upsert` may have."""

    def ids(self) -> set[str]:
        """Every id it holds."""
        found: set[str] = set()
        while True:
            page = self._collection.get(include=[], limit=_PAGE, offset=len(found))["ids"]
            before = len(found)
            found.update(page)
            if len(page) < _PAGE or len(found) == before:
                return found

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Stores one row of `vectors` under each id."""
        self._collection.upsert(ids=list(ids), embeddings=vectors)

    def delete(self, ids: Iterable[str]) -> None:
        """Takes the ids out."""
        left = iter(ids)
        while part := list(islice(left, _DELETE)):
            self._collection.delete(ids=part)

    def nearest(self, vectors: Vectors, k: int) -> list[list[tuple[str, float]]]:
        """For each row of `vectors` the ids of its k nearest and their cosines, nearest first."""
        found = self._collection.query(query_embeddings=vectors, n_results=k, include=["distances"])
        return [
            [(str(one), 1.0 - float(distance)) for one, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def close(self) -> None:
        """Lets go of its files or of its connection."""
        self._client.close()


class Shelf(Protocol):
    """Where generations are kept. Methods raise whatever Chroma raises."""

    engine: str

    def create(self, generation: int) -> Collection:
        """A new, empty generation."""
        ...

    def open(self, generation: int) -> Collection:
        """A generation that is there."""
        ...

    def digests(self, generation: int) -> Digests:
        """Sizes and digests of its files; empty where there are no files to look at."""
        ...

    def is_as_noted(self, generation: int, digests: Digests) -> bool:
        """Whether its files are just those, byte for byte."""
        ...

    def newest(self) -> int:
        """The highest generation that has left a trace; 0 if none has."""
        ...

    def keep_only(self, generation: int) -> None:
        """Removes all other generations as far as that can be done."""
        ...


def _chroma() -> Any:
    with importing("chromadb"):
        import chromadb

    return chromadb


def _settings(**more: Any) -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False, allow_reset=False, **more)


class FolderShelf:
    """Generations in folders, `<folder>/<generation>/`, with Chroma embedded in this process."""

    engine = "embedded"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _collection(self, generation: int, get: Callable[[Any], Any]) -> Collection:
        client = _chroma().PersistentClient(path=str(self._folder / str(generation)), settings=_settings())
        try:
            return Collection(client, get(client))
        except BaseException:
            client.close()
            raise

    def create(self, generation: int) -> Collection:
        """A new folder with an empty collection."""
        (self._folder / str(generation)).mkdir(parents=True)
        return self._collection(
            generation,
            lambda client: client.create_collection("vectors", embedding_function=None, configuration={"hnsw": HNSW}),
        )

    def open(self, generation: int) -> Collection:
        """The collection in a folder that is there."""
        return self._collection(generation, lambda client: client.get_collection("vectors", embedding_function=None))

    def is_as_noted(self, generation: int, digests: Digests) -> bool:
        """Looks at names and sizes first: a torn link_lists.bin may claim terabytes. Raises OSError."""
        home = self._folder / str(generation)
        sizes = {
            path.relative_to(home).as_posix(): path.stat().st_size
            for path in home.rglob("*")
            if path.is_file() or path.is_symlink()
        }
        return sizes == {name: size for name, (size, _) in digests.items()} and self.digests(generation) == digests

    def digests(self, generation: int) -> Digests:
        """Every file below the generation's folder; raises OSError where one cannot be read."""
        home = self._folder / str(generation)
        found: Digests = {}
        for path in sorted(home.rglob("*")):
            if path.is_symlink():
                found[path.relative_to(home).as_posix()] = (-1, "a link")
            elif path.is_file():
                found[path.relative_to(home).as_posix()] = (path.stat().st_size, sha256_of(path))
        return found

    def newest(self) -> int:
        """The highest number among the folders."""
        if not self._folder.is_dir():
            return 0
        return max((int(path.name) for path in self._folder.iterdir() if path.name.isdecimal()), default=0)

    def keep_only(self, generation: int) -> None:
        """Renames the others aside, so that a failed removal cannot leave half a generation under its number."""
        if not self._folder.is_dir():
            return
        for path in list(self._folder.iterdir()):
            if path.name.isdecimal() and path.name != str(generation):
                with suppress(OSError):
                    path = path.rename(path.with_name(f"{path.name}.old"))
            if path.name.endswith(".old"):
                shutil.rmtree(path, ignore_errors=True)


class ServerShelf:
    """Generations as collections `briefings-<index id>-<generation>` on a Chroma server."""

    engine = "server"

    def __init__(self, url: str, index_id: str) -> None:
        self._address = urlsplit(url)
        self._prefix = f"briefings-{index_id}-"

    def _client(self) -> Any:
        encrypted = self._address.scheme == "https"
        return _chroma().HttpClient(
            host=self._address.hostname or "",
            port=self._address.port or (443 if encrypted else 8000),
            ssl=encrypted,
            settings=_settings(),
        )

    def _collection(self, get: Callable[[Any], Any]) -> Collection:
        client = self._client()
        try:
            return Collection(client, get(client))
        except BaseException:
            client.close()
            raise

    def create(self, generation: int) -> Collection:
        """A new collection; one of the same name was never finished and goes."""
        name = f"{self._prefix}{generation}"

        def made(client: Any) -> Any:
            if name in self._names(client):
                client.delete_collection(name)
            return client.create_collection(name, embedding_function=None, configuration={"hnsw": HNSW})

        return self._collection(made)

    def open(self, generation: int) -> Collection:
        """A collection that is there."""
        name = f"{self._prefix}{generation}"
        return self._collection(lambda client: client.get_collection(name, embedding_function=None))

    def digests(self, generation: int) -> Digests:
        """Nothing: the server's files are its own."""
        del generation
        return {}

    def is_as_noted(self, generation: int, digests: Digests) -> bool:
        """Always: there is nothing to look at."""
        del generation, digests
        return True

    def _names(self, client: Any) -> list[str]:
        return [str(one.name) for one in client.list_collections(limit=10_000) if one.name.startswith(self._prefix)]

    def newest(self) -> int:
        """The highest number among the collections of this index."""
        client = self._client()
        try:
            numbers = [name.removeprefix(self._prefix) for name in self._names(client)]
        finally:
            client.close()
        return max((int(number) for number in numbers if number.isdecimal()), default=0)

    def keep_only(self, generation: int) -> None:
        """Deletes the other collections of this index; the next rebuild tries again what fails."""
        client = self._client()
        try:
            for name in self._names(client):
                if name != f"{self._prefix}{generation}":
                    with suppress(Exception):
                        client.delete_collection(name)
        finally:
            client.close()
