"""Words and their stems."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.language.words import content_words, stem, words

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture
def often_switched() -> Iterator[None]:
    """Threads take turns a thousand times as often."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("often_switched")
def test_threads_do_not_spoil_each_others_stems() -> None:
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(CORPUS.rglob("*.md")))
    each = sorted({word.lower() for word in words(text)})[:3000]
    stem.cache_clear()
    alone = {word: stem(word) for word in each}
    stem.cache_clear()
    orders = [each, each[::-1], each[1::2] + each[::2], each[len(each) // 2 :] + each[: len(each) // 2]]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda order: [stem(word) for word in order], orders))
    assert {word: stem(word) for word in each} == alone


def test_the_world_health_organization_is_a_word_of_content() -> None:
    assert content_words("Who told the WHO’s team who left?") == ["told", "who", "team", "left"]
    assert content_words("WHO LEFT?") == ["left"]
    assert content_words("WHO") == ["who"]
