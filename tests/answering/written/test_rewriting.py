"""Follow-ups rewritten by a model: taken where they are the same question, and left to the rules where not."""

from __future__ import annotations

import pytest

from assistant.answering.followups.condensing import condense
from assistant.answering.written.rewriting import RewritingCondenser
from assistant.llms.scripted import ScriptedLLM
from assistant.types import Answer, Conversation, Turn

FIRST = "Why did China decline the meeting with Lloyd Austin?"
TOLD = "China declined because the United States would not lift its sanctions on Li Shangfu."
ANSWER = Answer(FIRST, FIRST, TOLD, "answered")
TALK = Conversation("talk", (Turn(FIRST, ANSWER),))


def rewritten(question: str, *replies: str) -> tuple[str, ScriptedLLM]:
    llm = ScriptedLLM(replies)
    return RewritingCondenser(lambda: llm)(question, TALK), llm


def test_the_model_s_question_is_taken() -> None:
    query, llm = rewritten("When was he sanctioned?", "“When was Li Shangfu sanctioned?”\n")
    assert query == "When was Li Shangfu sanctioned?"
    assert FIRST in llm.prompts[0]
    assert TOLD in llm.prompts[0]


@pytest.mark.parametrize(
    "reply",
    [
        "When was Vladimir Putin sanctioned?",  # nobody spoke of him
        "What did China decline?",  # another question
        "Li Shangfu " * 40,
        "",
        "China declined because of sanctions on 20 September 2018.",
    ],
)
def test_what_is_not_the_question_is_left_to_the_rules(reply: str) -> None:
    question = "When was he sanctioned?"
    assert rewritten(question, reply)[0] == condense(question, TALK) != question


def test_a_question_that_stands_alone_is_not_sent() -> None:
    question = "How many ships left Odesa in May 2023?"
    query, llm = rewritten(question)
    assert query == question
    assert not llm.prompts


def test_a_doubt_is_not_sent_and_asks_the_same_again() -> None:
    query, llm = rewritten("Are you sure?", "Are you sure China declined?")
    assert query == FIRST
    assert not llm.prompts


def test_a_model_that_fails_leaves_it_to_the_rules() -> None:
    question = "When was he sanctioned?"
    assert rewritten(question)[0] == condense(question, TALK)
