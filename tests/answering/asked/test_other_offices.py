"""Who holds one office does not answer who holds another one with the same noun."""

from __future__ import annotations

import pytest

from assistant.answering.asked.other_offices import holds_another_office, of_another_office
from assistant.answering.asked.succession import names_no_other
from assistant.language.words import content_words, stem

WHO = "Who is the finance minister of Borl?"


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        (WHO, "Tomas Rehn was sworn in as prime minister of Borl on 6 May 2021.", True),
        (WHO, "Foreign Minister Ada Lund left for Arlen.", True),
        (WHO, "The deputy finance minister, Ada Lund, left for Arlen.", True),
        (WHO, "Ada Lund is minister for trade and finance.", False),
        (WHO, "Finance Minister Ada Lund met the prime minister.", False),
        (WHO, "The finance ministry goes to Ada Lund, a sister of the prime minister.", False),
        (WHO, "Minister Ada Lund spoke of the budget.", False),
        (WHO, "Ada Lund took over the ministry.", False),
        ("Who is Borl's Minister of Energy?", "Borl's Minister of Water, Ada Lund, spoke.", True),
        ("Who is Borl's Minister of Energy?", "Borl's Minister of Water and Energy, Ada Lund, spoke.", False),
        ("Who is the energy minister?", "Borl's Minister of Energy, Ada Lund, spoke.", False),
        ("Who is Borl's Minister of Energy?", "Energy Minister Ada Lund spoke.", False),
        ("Who is the secretary for trade?", "The Secretary for Health, Ada Lund, spoke.", True),
        ("Who is the defence minister?", "Defense Minister Ada Lund spoke.", False),
        ("Who is the defence minister?", "The foreign and defence minister, Ada Lund, spoke.", False),
        ("Who became prime minister of Borl?", "Ada Lund became deputy prime minister.", True),
        ("Who became prime minister of Borl?", "Ada Lund became foreign minister and deputy prime minister.", True),
        ("Who is the Borl Bank's governor?", "Deputy Governor Ada Lund voted against.", True),
        ("Who is the Borl Bank's governor?", "Governor Ada Lund voted against.", False),
        ("Who is the chief financial officer?", "Ada Lund, the chief executive officer, left.", True),
        ("Who met the finance minister?", "The prime minister met her.", False),
        ("Who was appointed by the finance minister?", "The prime minister named Ada Lund.", False),
        ("When did the finance minister resign?", "The prime minister resigned in May.", False),
    ],
)
def test_an_office_is_told_from_others_of_its_noun(question: str, sentence: str, other: bool) -> None:
    assert of_another_office(question, sentence) is other


@pytest.mark.parametrize(
    ("question", "sentence", "none"),
    [
        (
            "Who was prime minister before Ada Lund?",
            "Ada Lund was sworn in as prime minister of Borl in May 2021.",
            True,
        ),
        ("Who was secretary before Ada Lund?", "The Secretary Dr Ada Lund leads the board.", True),
        ("Who succeeded Ada Lund as secretary?", "The Secretary Dr Ada Lund leads the board.", True),
        ("Who will replace Ada Lund?", "Her desk was cleared for Tomas Rehn.", False),
        ("Who took over from Ada Lund?", "A successor to Ada Lund is sought.", False),
        ("Who was prime minister before Ada Lund?", "Ada Lund followed Rehn.", False),
        ("Who was prime minister before Ada Lund?", "Tomas Rehn, the outgoing prime minister, waved.", False),
        ("Who was governor after Mr Lund?", "Ada Lund was governor for ten years.", True),
        ("Who was hurt before Ada Lund was prime minister?", "Ferries sank.", False),
        ("Who is prime minister?", "Ada Lund was sworn in.", False),
    ],
)
def test_who_was_there_before_somebody_is_somebody_else(question: str, sentence: str, none: bool) -> None:
    known = frozenset(stem(word) for word in content_words(question))
    assert names_no_other(question, sentence, known) is none


CHIEF = "Who was chief executive of Borl Power before Ada Lund?"


@pytest.mark.parametrize(
    ("question", "sentence", "words", "another"),
    [
        (CHIEF, "Minister Tomas Rehn added that this was final.", "Minister Tomas Rehn", True),
        (CHIEF, "Energy Minister Tomas Rehn added that this was final.", "Energy Minister Tomas Rehn", True),
        (CHIEF, "Her predecessor, Tomas Rehn, left in May.", "Tomas Rehn", False),
        (CHIEF, "Minister Tomas Rehn was chief executive until May.", "Minister Tomas Rehn", False),
        ("Who is the prime minister?", "Minister Tomas Rehn was sworn in.", "Minister Tomas Rehn", False),
        ("Who is the prime minister?", "King Tomas opened parliament.", "King Tomas", True),
        ("Who is the president of Borl?", "General Tomas Rehn took power.", "General Tomas Rehn", False),
        ("Who led the talks?", "Minister Tomas Rehn led them.", "Minister Tomas Rehn", False),
        ("Who is the mayor of Borl?", "The minister met her.", "", False),
    ],
)
def test_who_holds_another_office_is_told_by_the_title(question: str, sentence: str, words: str, another: bool) -> None:
    assert holds_another_office(question, sentence, words) is another
