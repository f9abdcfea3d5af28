from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from assistant.types import Turn
from assistant.work.turn_json import turn_from_text, turn_to_text
from tests.work.nouns import answered, turns


@given(turns)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_turn_comes_back_equal_with_every_noun_of_its_answer(turn: Turn) -> None:
    back = turn_from_text(turn_to_text(turn))
    assert back == turn
    assert repr(back) == repr(turn)


def test_half_characters_come_back() -> None:
    turn = answered("why \ud800?", text="so\x00 \udfff")
    assert turn_from_text(turn_to_text(turn)) == turn


def test_a_field_that_came_later_gets_its_default_and_an_unknown_one_is_left_out() -> None:
    content = json.loads(turn_to_text(answered("why?")))
    del content["answer"]["notes"]
    content["answer"]["mood"] = "cheerful"
    assert turn_from_text(json.dumps(content)) == answered("why?")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("answer", "outcome"), "shrugged"),
        (("answer", "seconds"), "long"),
        (("answer", "citations"), {}),
        (("answer", "citations", 0, "span"), {"start": 4, "end": 4}),
        (("answer", "citations", 0, "source", "date"), "yesterday"),
        (("answer",), None),
        (("question",), 5),
    ],
)
def test_what_no_turn_was_written_as_is_refused(path: tuple[str | int, ...], value: object) -> None:
    content = json.loads(turn_to_text(answered("why?")))
    inner = content
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(ValueError):
        turn_from_text(json.dumps(content))


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '"why?"', '{"question": "why?"}'])
def test_what_is_no_turn_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        turn_from_text(text)
