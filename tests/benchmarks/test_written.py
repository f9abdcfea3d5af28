"""Written answers measured with a scripted LLM: what counts as answered, cited and refused, and what is kept."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest
from llama_index.core.base.llms.types import ChatMessage

from assistant.embedding.hashing import HashingEmbedder
from assistant.llms.scripted import ScriptedLLM
from assistant.types import DateRange
from benchmarks import written
from benchmarks.answer_sets import AnswerSet, Question
from benchmarks.datasets import make_document
from benchmarks.handed_over import Recorded, as_json
from benchmarks.remembered_llm import RememberedLLM
from benchmarks.written import asked, figures, paired
from benchmarks.written_sets import drawn
from benchmarks.written_systems import CitationBaseline, Reply, marked_share, refuses, time_named

DOCUMENTS = (
    make_document("a", "The port of Miravale reopened on 9 March.", title="Port"),
    make_document("b", "The dam of Orlen is old.", title="Dam"),
)


def test_the_figures_of_the_citation_query_engine(tmp_path: Path) -> None:
    pytest.importorskip("llama_index.vector_stores.chroma", reason="needs llama-index-vector-stores-chroma")
    data = AnswerSet(
        "made",
        DOCUMENTS,
        (
            Question("When did the port of Miravale reopen?", ("9 March",)),
            Question("Who built the dam of Orlen?", answerable=False),
        ),
    )
    scripted = ScriptedLLM(["It reopened on 9 March [1][2][7].", "The sources do not say who built it."])
    llm = RememberedLLM(scripted, tmp_path / "replies.jsonl")
    system = CitationBaseline(DOCUMENTS, HashingEmbedder(), llm)
    found = figures(asked(data, system, llm, questions=5))
    assert "Miravale" in scripted.prompts[0]
    assert found == figures(asked(data, system, llm, questions=5)), "kept replies give the same"
    assert found.pop("questions") == {"answerable": 1, "unanswerable": 1}
    assert {name: each["value"] for name, each in found.items() if isinstance(each, dict)} == {
        "the text holds a gold answer": 1.0,
        "cited words hold one": 1.0,
        "answerable refused": 0.0,
        "unanswerable refused": 1.0,
        "unanswerable answered with a citation": 0.0,
    }


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("The sources do not mention it.", True),
        ("I cannot determine who won.", True),
        ("There is no information about this.", True),
        ("It was built in 1950 [1].", False),
        ("They did not attend the meeting [2].", False),
    ],
)
def test_what_counts_as_a_refusal(text: str, refused: bool) -> None:
    assert refuses(text) is refused


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("It reopened [1]. Ships came [2].", 1.0),
        ("It reopened. [1] Ships came.", 0.5),
        ("It reopened. Ships came.", 0.0),
        ("", 0.0),
    ],
)
def test_the_share_of_sentences_with_a_marker(text: str, share: float) -> None:
    assert marked_share(text) == share


def test_citations_side_by_side_count_a_refusal_as_nothing() -> None:
    questions = [Question("When?", ("9 March",)), Question("Where?", ("Miravale",)), Question("Who?", ("Ida",))]
    right = Reply("On 9 March.", ("It reopened on 9 March.", "The dam is old."), 1.0, refuses=False, cited_share=1.0)
    refusal = Reply("The briefings don't say.", (), 1.0, refuses=True)
    bare = Reply("In Miravale.", (), 1.0, refuses=False)
    ours = list(zip(questions, (right, refusal, bare), strict=True))
    found = paired(ours[:2], [(questions[0], refusal), (questions[1], refusal)])
    assert found["questions"] == 2
    recall, precision = found["citation recall"], found["citation precision"]
    assert isinstance(recall, dict)
    assert isinstance(precision, dict)
    assert (recall["ours"]["value"], recall["other"]["value"]) == (0.5, 0.0)
    assert (precision["ours"]["value"], precision["difference"]["value"]) == (0.25, 0.25)
    assert 0.0 < recall["p"] <= 1.0


def test_without_an_llm_it_says_which_settings_to_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["written", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        written.main()
    assert ended.value.code == 2
    assert "set llm_url and llm_model" in capsys.readouterr().err


def test_a_reply_is_kept_for_the_next_run(tmp_path: Path) -> None:
    file = tmp_path / "replies.jsonl"
    messages = [ChatMessage(role="user", content="Why?")]
    first = RememberedLLM(ScriptedLLM(["Because."]), file)
    assert first.chat(messages).message.content == "Because."
    again = RememberedLLM(ScriptedLLM([]), file)
    assert [piece.delta for piece in again.stream_chat(messages)] == ["Because."]
    assert again.seconds == first.seconds > 0


def test_a_smaller_draw_is_the_beginning_of_a_larger_one() -> None:
    questions = tuple(Question(str(number), answerable=number % 3 > 0) for number in range(90))
    everything = drawn(AnswerSet("made", (), questions), kind=True)
    assert drawn(AnswerSet("made", DOCUMENTS, questions), kind=True)[:7] == everything[:7]
    assert sorted(everything, key=lambda one: int(one.text)) == [one for one in questions if one.answerable]
    assert everything != [one for one in questions if one.answerable]


def test_a_time_counts_where_it_is_the_same_on_every_day() -> None:
    assert time_named("What was the index in June 2024?") == DateRange(date(2024, 6, 1), date(2024, 6, 30))
    assert time_named("What was the index last week?") is None
    assert time_named("What was the index?") is None


def test_replies_of_another_environment_are_read_back(tmp_path: Path) -> None:
    questions = (
        Question("When did the port reopen?", ("9 March",)),
        Question("Who built the dam?", answerable=False),
        Question("Who owns the dam?", answerable=False),
    )
    data = AnswerSet("made", DOCUMENTS, questions)
    [handed] = as_json([data], questions=1)
    assert [each["text"] for each in handed["documents"]] == [each.text for each in DOCUMENTS]
    asked_of = handed["questions"]
    assert len(asked_of) == 2, "one of each kind"
    said = {asked_of[0]: "On 9 March [1].", asked_of[1]: "I cannot answer."}
    file = tmp_path / "replies.jsonl"
    rows = [
        {"set": "made", "question": each, "text": text, "cited": [DOCUMENTS[0].text], "refuses": False, "seconds": 2.0}
        for each, text in said.items()
    ]
    rows.append({**rows[0], "set": "another", "text": "It never did."})
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    recorded = Recorded(file, data)
    assert recorded.questions == 1
    assert [recorded.ask(each).refuses for each in asked_of] == [False, True]
    assert recorded.ask(asked_of[0]).cited_share == 1.0
    with pytest.raises(KeyError):
        recorded.ask("What else?")
