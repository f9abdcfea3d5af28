from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.index.store import Store
from tests.index.corpora import DIMENSIONS, document, put

SHIP = document("ship.txt", "Armed men seized the Galaxy Leader in the Red Sea. A leader of the Houthis spoke.")
TALKS = document(
    "talks.txt", "Lloyd Austin met Recep Tayyip Erdoğan. A Houthi leader read the Prosperity Guardian plan."
)
VISIT = document("visit.txt", "Jens Kroll came on Monday.")
SHARES = document("shares.txt", "Share of Chinese ports\n\nChinese ports had a share of 4 %.")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store(tmp_path_factory.mktemp("index") / "index.sqlite", dimensions=DIMENSIONS)
    put(opened, SHIP, TALKS, VISIT, SHARES)
    yield opened
    opened.close()


def nearest(store: Store, *readings: str) -> tuple[int, str] | None:
    return store.nearest_name([reading.split() for reading in readings])


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Galexy Leadr", "Galaxy Leader"),
        ("galaxy leadr", "Galaxy Leader"),
        ("Prosparity Guardian", "Prosperity Guardian"),
        ("Lloyd Austen", "Lloyd Austin"),
        ("Erdogen", "Erdoğan"),
        ("Erdoğen", "Erdoğan"),
        ("Chinise", "Chinese"),
        ("Huothis", "Houthis"),
        ("Huothi", "Houthi"),
        ("Jens Krol", "Jens Kroll"),
    ],
)
def test_a_name_that_is_spelt_much_like_one_in_the_documents_is_told_as_they_write_it(
    store: Store, asked: str, name: str
) -> None:
    assert nearest(store, asked) == (0, name)


@pytest.mark.parametrize(
    "asked",
    [
        "World Cup",
        "Zelensky",
        "Galaxy Quest",
        "Lloyd Leadr",  # each is near, but they never stand side by side
        "Rad Sea",  # too short to be told from others
        "Leadr",  # mostly no name
        "shere",
        "Seezed",
        "Krol",  # short, and nothing beside it
        "F16",
        "Galaxy Leader",
        '"',
    ],
)
def test_no_name_is_told_where_none_is_near(store: Store, asked: str) -> None:
    assert nearest(store, asked) is None


def test_the_first_reading_that_is_near_a_name_counts(store: Store) -> None:
    assert nearest(store, "Jon Austen", "Austen", "Erdogen") == (1, "Austin")
    assert nearest(store) is None


def test_a_name_of_a_document_that_came_later_is_known(store: Store) -> None:
    assert nearest(store, "Stoltenburg") is None
    put(store, document("nato.txt", "Jens Stoltenberg spoke."))
    assert nearest(store, "Stoltenburg") == (0, "Stoltenberg")
