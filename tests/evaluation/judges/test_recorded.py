"""Judges that are a real model, recorded from a server on loopback (docs/cassettes.md).

A small model judges badly: the tests are about what is made of its replies, not about whether it is right.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from assistant.evaluation.judges import JUDGES, samplings
from assistant.llms import Endpoint, build
from tests.evaluation.judges.cases import CONTEXTS, result

pytestmark = [pytest.mark.vcr, pytest.mark.block_network]

CASSETTES = Path(__file__).parent / "cassettes" / "test_recorded"


@pytest.mark.parametrize("name", JUDGES)
def test_a_judge_reads_the_replies_of_a_model(name: str, recorded_endpoint: Endpoint, record_mode: str) -> None:
    judge = JUDGES[name]([build(recorded_endpoint, sampling) for sampling in samplings(3)])
    opinion = judge.judge(result(), CONTEXTS)
    votes = [vote for vote in opinion.votes if vote is not None]
    assert len(opinion.votes) == 3
    assert votes, opinion.feedback
    assert opinion.mean == pytest.approx(sum(votes) / len(votes))
    for vote, reply in zip(opinion.votes, opinion.feedback, strict=True):
        words = reply.lower().split()
        if name == "correctness":
            assert vote is None or str(int(vote)) in words[0] + words[1]
        else:
            assert vote == {"yes": 1.0, "no": 0.0}.get(words[0].strip(".,:"))
    if record_mode == "none":
        assert list(opinion.feedback) == recorded_replies(f"test_a_judge_reads_the_replies_of_a_model[{name}].yaml")


def recorded_replies(cassette: str) -> list[str]:
    """The replies as they stand in the file, read without vcrpy and without the client."""
    interactions = yaml.safe_load((CASSETTES / cassette).read_text(encoding="utf-8"))["interactions"]
    bodies = [json.loads(one["response"]["body"]["string"]) for one in interactions]
    return [body["choices"][0]["message"]["content"] for body in bodies]
