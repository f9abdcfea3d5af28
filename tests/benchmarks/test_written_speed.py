"""The clock around a language model, and what is made of its times."""

from __future__ import annotations

import pytest
from llama_index.core.base.llms.types import ChatMessage

from assistant.llms.scripted import ScriptedLLM
from benchmarks.written_speed import ClockedLLM, Times, figures


def test_it_tells_when_the_last_words_of_a_sentence_had_come() -> None:
    llm = ClockedLLM(ScriptedLLM(["The port reopened on 9 March [b2]. Ships came the next day [b2]."]))
    written = "".join(piece.delta or "" for piece in llm.stream_chat([ChatMessage(role="user", content="When?")]))
    assert written.startswith("The port")
    assert llm.prompt == "When?"
    first, last = llm.written_at("The port reopened on 9 March."), llm.written_at("Ships came the next day.")
    assert first is not None
    assert last is not None
    assert llm.pieces[0][0] <= first <= last <= llm.pieces[-1][0]
    assert llm.written_at("Nobody wrote this.") is None


def test_medians_are_of_the_questions_with_a_sentence_where_one_is_needed() -> None:
    def times(first: float | None, peer: float) -> Times:
        after = None if first is None else 0.2
        return Times("When?", 0.5, 2.0, 900, first, after, 6.0, peer, 1000)

    found = figures([times(3.0, 7.0), times(5.0, 9.0), times(None, 20.0)], asked=4)
    assert (found["questions"], found["written"], found["a sentence shown"]) == (4, 3, 2)
    value = {name: each["value"] for name, each in found.items() if isinstance(each, dict)}
    assert value["first checked sentence"] == 4.0
    assert value["CitationQueryEngine, whole answer"] == 9.0
    assert value["CitationQueryEngine where a sentence was shown"] == 8.0
    assert value["first checked sentence minus its whole answer"] == -4.0
    assert value["behind the model"] == pytest.approx(0.2)
