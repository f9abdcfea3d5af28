"""Names that only a number tells apart: what is said of one is no answer for another."""

from __future__ import annotations

import pytest

from assistant.answering.asked.numbered import numbered, of_another_number


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What does Resolution 2702 say?", {"resolution": {2702}}),
        ("Super Bowl LVIII and Super Bowl LVI", {"bowl": {58, 56}}),
        ("COP28 follows COP 27.", {"cop": {28, 27}}),
        ("Articles 4, 5 and 6 of the treaty", {"article": {4, 5, 6}}),
        ("Article IV", {"article": {4}}),
        ("World War I ended.", {"war": {1}}),
        ("Windows 11 replaces Windows 10.", {"window": {11, 10}}),
        ("King Charles III", {"charle": {3}}),
    ],
)
def test_names_with_a_number(text: str, names: dict[str, set[int]]) -> None:
    assert dict(numbered(text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "In 2018 exports fell.",
        "What happened in June 2024?",
        "The USD 500 million loan",
        "Ukraine 40% of it",
        "When Biden and I met",
        "Only 25 of the ships came.",
        "Nordkraft 3.5 and no more",
    ],
)
def test_other_numbers_after_a_capital_name_nothing(text: str) -> None:
    assert not numbered(text)


@pytest.mark.parametrize(
    ("question", "sentence", "around", "another"),
    [
        ("What did Resolution 2702 decide?", "Resolution 2664 eased aid.", "Resolution 2664 eased aid.", True),
        ("What did Resolution 2702 decide?", "Resolution 2702 ended it.", "", False),
        (
            "What did Resolution 2702 decide?",
            "It replaced Resolution 2664.",
            "Resolution 2702 | It ...",
            False,
        ),
        ("Who played at Super Bowl LVIII?", "Super Bowl LVI: Eminem.", "Super Bowl LVIII: Usher.", True),
        ("What does Article 5 say?", "Article V speaks of an attack.", "", False),
        ("What do the articles say?", "Article V speaks of an attack.", "", False),
        ("What does Article 5 say?", "Articles 4 to 6 are about defence.", "", False),
        ("What does Article 5 say?", "Articles 4 and 6 are about defence.", "", True),
        ("When did World War 2 end?", "World War I ended in 1918.", "World War I ended in 1918.", True),
    ],
)
def test_what_is_said_of_another_number(question: str, sentence: str, around: str, *, another: bool) -> None:
    assert of_another_number(question, sentence, around) is another
