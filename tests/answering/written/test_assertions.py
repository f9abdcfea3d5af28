"""A lead-in, a courtesy or a question says nothing; a claim says something, whatever stands before it."""

from __future__ import annotations

import pytest

from assistant.answering.written.assertions import asserts_nothing


@pytest.mark.parametrize(
    "sentence",
    [
        "Here is what the briefings say:",
        "Here is what the briefings say about Finland, Sweden and Norway:",
        "Based on the passages, here is what happened to Finland:",
        "According to the briefings:",
        "## Summary",
        "**Key points:**",
        "Recent attacks:",
        "Key events of 2023:",
        "China declined for the following reasons:",
        "Between 2021 and 2023, these events took place:",
        "The parties agreed on:",
        "I hope this helps!",
        "Of course!",
        "Sure, here are the main points:",
        "In summary:",
        "Let me know if you have questions.",
        "Let me know if you need more on Finland, Sweden or Norway.",
        "If you have any questions, feel free to ask.",
        "If you need more details, please let me know.",
        "What happened next?",
        "The passages do not mention the price.",
        "The passages do not mention the price, and they do not say who paid.",
        "Unfortunately, the briefings don't say when Austin resigned.",
        "I'm sorry, but I cannot find the price in the passages.",
        "The question asks about Finland.",
        "The answer to the question is not given.",
        "The answer is:",
        "...",
    ],
)
def test_sentences_that_assert_nothing(sentence: str) -> None:
    assert asserts_nothing(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Borl did not close its harbour.",
        "In summary, trade fell.",
        "Dahl agreed.",
        "The following day the crane fell.",
        "The question of Borl was raised by Holt.",
        "The answer from Borl was a refusal.",
        "Sure enough, the crane fell.",
        "Here are the facts: Russia invaded Poland on 3 May 2023.",
        "The question is settled: Russia won the war.",
        "The answer is Finland.",
        "The answer to the question is 3 May 2023.",
        "Of course, Austin resigned on 3 May 2023.",
        "If you have doubts, Austin resigned.",
        "I'm sorry, the war is over.",
        "The briefings do not say when, but Austin resigned on 3 May 2023.",
        "Based on the briefings, Russia won.",
        "Russia won the war:",
        "Russia invaded Poland on 3 May 2023:",
        "#1 is Russia.",
    ],
)
def test_sentences_that_assert_something(sentence: str) -> None:
    assert not asserts_nothing(sentence)
