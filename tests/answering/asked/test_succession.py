"""A sentence that tells whom somebody followed does not answer who followed them."""

from __future__ import annotations

import pytest

from assistant.answering.asked.succession import other_way_round

HOLT_AFTER_DAHL = "Ida Holt was elected in May at the age of 65 and succeeded Per Dahl."


@pytest.mark.parametrize(
    "question",
    [
        "Who replaced Ida Holt as mayor?",
        "who replaced ida holt as mayor?",
        "Who will succeed Ida Holt?",
        "Which politician succeeded Ida Holt?",
        "Who followed Ida Holt as mayor of Arlen?",
        "Who took over from Holt?",
        "By whom was Ida Holt replaced?",
        "Who was Ida Holt replaced by?",
        "Who was Ida Holt's successor?",
        "Who is the successor of Ida Holt?",
        "Whom did Per Dahl replace?",
        "Who was replaced by Per Dahl?",
        "Who was Per Dahl's predecessor?",
    ],
)
@pytest.mark.parametrize(
    "sentence",
    [
        HOLT_AFTER_DAHL,
        "Holt took over from Dahl.",
        "Dahl was replaced by Holt in May.",
        "Mayor Ida Holt, who replaced Per Dahl, opened the pier.",
        "Dahl's successor, Ida Holt, opened the pier.",
    ],
)
def test_the_other_way_round_is_no_answer(question: str, sentence: str) -> None:
    assert other_way_round(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who replaced Per Dahl as mayor?", HOLT_AFTER_DAHL),
        ("Whom did Ida Holt succeed?", HOLT_AFTER_DAHL),
        ("Who was Ida Holt's predecessor?", HOLT_AFTER_DAHL),
        ("By whom was Per Dahl replaced?", HOLT_AFTER_DAHL),
        # it tells both
        ("Who replaced Ida Holt?", "Holt succeeded Dahl in May and was replaced by Rosa Lind in June."),
        # it names nobody on the other side, or somebody else altogether
        ("Who replaced Ida Holt?", "After Holt fell ill, Rosa Lind replaced her."),
        ("Who replaced Ida Holt?", "Rosa Lind succeeded Per Dahl."),
        ("Who replaced Ida Holt?", "Ida Holt left in May."),
        # both sides are asked about, or no succession is
        ("When did Ida Holt replace Per Dahl?", HOLT_AFTER_DAHL),
        ("Who met Ida Holt?", HOLT_AFTER_DAHL),
        ("What did Ida Holt succeed in doing?", HOLT_AFTER_DAHL),
        ("Who replaced Ida Holt?", "Ida Holt succeeded in persuading the council of Arlen."),
    ],
)
def test_what_may_answer_is_left(question: str, sentence: str) -> None:
    assert not other_way_round(question, sentence)
