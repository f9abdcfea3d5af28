"""Only what says nothing of the world needs no source; a claim never slips through behind a lead-in."""

from __future__ import annotations

import pytest

from assistant.memos.verifying.unsourced import needs_no_source


@pytest.mark.parametrize(
    "sentence",
    [
        "The briefings say the following:",
        "**The briefings say the following:**",
        "Here are the facts:",
        "Here’s what the sources say:",
        "The following points are important:",
        "Key points:",
        "Sources:",
        "In summary:",
        "See the footnotes below.",
        "I hope this helps!",
        "Let me know if you have questions.",
        "If you have any questions, please feel free to ask me.",
        "Against what the question supposes:",
        "Who will feed the zebras?",
        "And why did Russia leave the deal on 17 July 2023?",
        "“Who won?”",
        "In which year did it end?",
        "* * *",
    ],
)
def test_what_says_nothing_needs_no_source(sentence: str) -> None:
    assert needs_no_source(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Here are the facts: Russia invaded Poland on 3 May 2023.",
        "Here are the facts about Russia:",
        "Here is the answer: yes.",
        "The question is settled: Russia won the war.",
        "The question is settled:",
        "The answer is no.",
        "Of course, Austin resigned on 3 May 2023.",
        "Of course the war is over.",
        "If you have doubts, Austin resigned.",
        "I hope this helps, since Austin resigned.",
        "Let me know why Austin resigned on 3 May 2023.",
        "The briefings do not mention that Russia won.",
        "The following 3 points:",
        "Based on the briefings, Russia won:",
        "Russia invaded Poland on 3 May 2023:",
        "Sources differ on why Russia won the war:",
        "Against what the question supposes, Russia won:",
        "Costs of 5 million:",
        "Russia invaded Poland?",
        "Russia won: who lost?",
        "What is certain - Russia won, did it?",
        "What Russia did on 3 May 2023 was invade Poland, wasn't it?",
        "# Russia won the war.",
        "#1 is Russia.",
        "Yes.",
    ],
)
def test_what_says_something_needs_a_source(sentence: str) -> None:
    assert not needs_no_source(sentence)
