"""When a text counts as giving a gold answer."""

from __future__ import annotations

import pytest

from benchmarks.gold_answers import gives_one


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('It was told in the podcast "Serial," which', '"Serial"'),
        ("The ship left on 3 June.", "3 June"),
        ("the Black Sea Grain Initiative", "Black Sea grain initiative"),
        ("An answer: “It is over,” he said", '"It is over."'),
        ("What is 5 + 3?", "+"),  # nothing is left of it: looked for as it stands
    ],
)
def test_that_case_punctuation_and_articles_do_not_count(text: str, answer: str) -> None:
    assert gives_one(text, ["something else", answer])


def test_that_other_words_are_no_answer() -> None:
    assert not gives_one("The ship left on 4 June.", ["3 June"])
    assert not gives_one("The ship left.", [])
