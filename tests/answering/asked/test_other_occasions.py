"""What somebody did in one year does not tell what they did in another."""

from __future__ import annotations

import pytest

from assistant.answering.asked.presupposition import contrary

JOINED = "In 2019 Arlen joined the customs union."


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("Which union did Arlen join in 2022?", JOINED, "In 2019"),
        ("Which union did Arlen join in 2019?", JOINED, None),
        ("Which union did Arlen join?", JOINED, None),
        ("Did Arlen join a union in 2022?", JOINED, None),
        ("Which union had Arlen joined before 2022?", JOINED, None),
        ("In what year did Arlen join the union that met in 2022?", JOINED, None),
        ("Which union did Arlen leave in 2022?", JOINED, None),
        ("Who was minister of Arlen in 2022?", "In 2019 Ada Lund became minister of Arlen.", None),
        ("Who became minister in 2022?", "Ada Lund, born in 2022, became minister in 2019.", None),
        ("Who became minister in 2022?", "Ada Lund became minister in 2019, her second year in parliament.", "in 2019"),
        ("How much did exports fall in 2022?", "On 12 January 2023 the bank said that exports fell by 3%.", None),
        ("How much did exports fall in 2022?", "In 2024 exports fell by 3%.", "In 2024"),
        ("How much did exports fall in 2022?", "In January 2023 exports fell by 3%.", "In January 2023"),
        ("What fall did the bank report in 2022?", "In January 2023 the bank reported a fall of 3%.", None),
        ("What fall did the bank report in 2022?", "In 2020 the bank reported a fall of 3%.", "In 2020"),
        ("What fall did the bank report in May?", "On 8 June the bank reported a fall of 3%.", None),
        ("Where did the ministers meet in May 2021?", "They met in Borl, Arlen, on 2 May 2022.", "on 2 May 2022"),
        ("How much did exports fall in 2022?", "In 2020 exports fell by 3%, and the next year by more.", None),
        ("How much did exports fall in 2022?", "Between 2019 and 2020 exports fell by 3%.", None),
        ("How much did exports fall in 2022?", "In 2020, when exports fell, the bank cut its rate.", None),
        ("Where was the council moved in May 2010?", "In May 2000 the council was moved to Borl.", "In May 2000"),
        ("Whom did Lund meet in May?", "Lund met the minister on 3 March.", "on 3 March"),
        ("Whom did Lund meet in May?", "In June Lund said that she met the minister.", None),
        ("Whom did Lund meet in May 2023?", "On 30 May Lund met the minister.", None),
        ("In May of what year did Lund meet the minister?", "Lund met the minister in March 2021.", None),
        ("Who patented an engine in 1883?", "In 1781 Watt patented an engine.", "In 1781"),
        ("What did the price rise to in 2008?", "After the crash in 2001 the price rose to 40 dollars.", None),
        ("When was the deal that they signed in 2022 ratified?", "The deal was ratified in 2020.", None),
    ],
)
def test_the_same_at_another_time_is_not_what_is_asked_about(question: str, sentence: str, words: str | None) -> None:
    found = contrary(question, sentence)
    assert (found.of(sentence) if found else None) == words
