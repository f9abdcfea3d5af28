"""What judges make of replies, with scripted ones."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from assistant.errors import LLMUnavailable
from assistant.evaluation.judges import JUDGES, Opinion, samplings
from assistant.evaluation.judges.polling import score, yes_or_no
from assistant.llms.scripted import ScriptedLLM
from tests.evaluation.judges.cases import CONTEXTS, result


def voters(replies: Sequence[str]) -> list[ScriptedLLM]:
    return [ScriptedLLM([reply], model="script-1") for reply in replies]


@pytest.mark.parametrize(
    ("reply", "vote"),
    [
        ("YES", 1.0),
        ("yes, the context says so.", 1.0),
        (" **Yes**", 1.0),
        ("Answer: NO\nBecause ...", 0.0),
        ("No. It was yesterday.", 0.0),
        ("**Answer:** YES", 1.0),
        ("**Answer: NO**", 0.0),
        ("## Answer\n: `no`", 0.0),
        ("> _Yes_", 1.0),
        ("Yesterday the quay was closed.", None),
        ("I cannot tell whether YES or NO fits.", None),
        ("", None),
    ],
)
def test_a_reply_is_a_vote_only_where_it_begins_with_yes_or_no(reply: str, vote: float | None) -> None:
    assert yes_or_no(reply) == vote


@pytest.mark.parametrize(
    ("reply", "vote"),
    [
        ("4.0\nIt agrees.", 4.0),
        ("5", 5.0),
        ("\nScore: 3.5\nPartly.", 3.5),
        ("2/5", 2.0),
        ("Score: **4**", 4.0),
        ("**Score:** 4.5\nGood.", 4.5),
        ("4.0/5.0", 4.0),
        ("4 out of 5", 4.0),
        ("4.", 4.0),
        ("***\n# 3", 3.0),
        ("4 out of 10", None),
        ("1. It agrees.", None),
        ("5.5\nVery good.", None),
        ("0", None),
        ("10", None),
        ("The answer gets 4 of 5.", None),
        ("", None),
    ],
)
def test_a_score_is_the_number_alone_on_the_first_line(reply: str, vote: float | None) -> None:
    assert score(reply) == vote


def test_votes_have_a_mean_and_a_spread_and_unreadable_ones_are_counted() -> None:
    replies = ["5\nFull.", "It is fine, I think.", "3\nHalf."]
    opinion = JUDGES["correctness"](voters(replies)).judge(result(), CONTEXTS)
    assert opinion == Opinion("correctness", "script-1", 4.0, 2.0, (5.0, None, 3.0), tuple(replies))
    assert opinion.unreadable == 1


def test_without_a_readable_vote_there_is_no_mean() -> None:
    opinion = JUDGES["faithfulness"](voters(["Perhaps.", "Yesterday."])).judge(result(), CONTEXTS)
    assert (opinion.mean, opinion.spread, opinion.unreadable) == (None, None, 2)


@pytest.mark.parametrize("name", JUDGES)
def test_a_judge_sees_the_answer_and_what_it_judges_it_against(name: str) -> None:
    llm = ScriptedLLM(["YES"])
    judge = JUDGES[name]([llm])
    judge.judge(result(), CONTEXTS)
    (prompt,) = llm.prompts
    shown = (
        [result().query, str(result().reference_answer)]
        if name == "correctness"
        else [*CONTEXTS, *([result().query] if name == "relevancy" else [])]
    )
    assert all(words in prompt for words in (result().text, *shown))
    assert judge.name == name
    assert judge.definition


@pytest.mark.parametrize("name", JUDGES)
def test_an_abstention_is_not_judged(name: str) -> None:
    llm = ScriptedLLM([])
    opinion = JUDGES[name]([llm]).judge(result("", outcome="abstained"), CONTEXTS)
    assert (opinion.mean, opinion.votes, llm.prompts) == (None, (), ())
    assert opinion.feedback[0].startswith("there is no answer")


def test_correctness_needs_a_reference_answer_and_the_others_passages() -> None:
    assert JUDGES["correctness"]([ScriptedLLM([])]).judge(result(reference=None), CONTEXTS).votes == ()
    assert JUDGES["faithfulness"]([ScriptedLLM([])]).judge(result(), ()).votes == ()
    assert JUDGES["relevancy"]([ScriptedLLM([])]).judge(result(), ()).votes == ()


def test_a_judge_works_inside_a_running_event_loop() -> None:
    async def within() -> Opinion:
        return JUDGES["relevancy"](voters(["YES", "NO"])).judge(result(), CONTEXTS)

    assert asyncio.run(within()).mean == 0.5


def test_an_llm_that_fails_is_an_error_and_no_vote() -> None:
    with pytest.raises(LLMUnavailable, match="no reply left"):
        JUDGES["faithfulness"]([ScriptedLLM([])]).judge(result(), CONTEXTS)


def test_judging_leaves_the_global_settings_of_llama_index_without_an_llm() -> None:
    from llama_index.core import Settings

    before = Settings._llm
    JUDGES["faithfulness"](voters(["YES"])).judge(result(), CONTEXTS)
    assert Settings._llm is before


def test_a_judge_without_a_voter_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one voter"):
        JUDGES["faithfulness"]([])


def test_each_vote_has_its_own_seed_and_may_differ() -> None:
    drawn = samplings(3)
    assert len({sampling.seed for sampling in drawn}) == 3
    assert all(sampling.temperature > 0 for sampling in drawn)
