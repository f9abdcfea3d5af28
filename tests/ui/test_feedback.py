"""What the page's script asks about a kept answer: to rate it, to make it a test case, to review and to share it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.chat import Assistant
from assistant.errors import InputError
from assistant.evaluation.golden_file import load_golden
from assistant.evaluation.resolving import resolve
from assistant.types import Document, Source, Turn
from assistant.ui import render_feedback
from assistant.ui.panels.feedback import Picked, expected_words, feedback_server, tools_of
from assistant.ui.panels.reviewing import reviewing_server
from assistant.ui.panels.sharing import sharing_server
from assistant.ui.saving import Saving
from assistant.work.case_file import CASES, CaseFile
from assistant.work.opening import Opened, open_work
from assistant.work.records import Feedback, Review, SavedTurn
from tests.ui.payloads import PAYLOADS
from tests.work.nouns import answered

Server = Callable[..., dict[str, Any]]


def _request(user: str | None = None) -> gr.Request:
    """What Gradio hands to a function that the page's script calls, with the cookie of a login."""
    app = SimpleNamespace(cookie_id="1", tokens={} if user is None else {"secret": user})
    return SimpleNamespace(app=app, cookies={"access-token-1": "secret"})


@pytest.fixture
def saving(assistant: Assistant, tmp_path: Path) -> Iterator[Saving]:
    made = Saving(open_work(tmp_path / "index"), cases=CaseFile(tmp_path / "index" / CASES, assistant.library.corpus))
    yield made
    made.close()


@pytest.fixture
def feedback(assistant: Assistant, saving: Saving) -> Server:
    serve = feedback_server(assistant, saving)
    return lambda user=None, **asked: json.loads(serve(json.dumps(asked), _request(user)))


def _asked(assistant: Assistant, saving: Saving, question: str, user: str = "") -> int:
    saved = saving.conversations(user)
    conversation = saved.open("c1").conversation if saved.list() else None
    return saved.save("c1", Turn(question, assistant.ask(question, conversation=conversation)))


def test_a_rating_is_kept_for_the_one_who_gave_it(assistant: Assistant, saving: Saving, feedback: Server) -> None:
    turn = _asked(assistant, saving, "minister meeting?", user="ann")
    assert "problem" in feedback("bob", do="rate", turn=turn, thumb="up", reason="")
    assert feedback("ann", do="rate", turn=turn, thumb="down", reason=" which year? ") == {}
    saved = saving.conversations("ann").open("c1").turns[0]
    assert saved.feedback == Feedback("down", "which year?")
    shown = tools_of(saving, "ann", "c1", saved.turn)
    assert 'value="which year?"' in shown
    assert tools_of(saving, "bob", "c1", saved.turn) == tools_of(None, None, "c1", saved.turn) == ""
    assert feedback("ann", do="rate", turn=turn, thumb=None) == {}
    assert saving.conversations("ann").open("c1").turns[0].feedback is None


def test_picked_words_become_a_case_that_the_evaluation_finds_in_the_document(
    assistant: Assistant, saving: Saving, feedback: Server
) -> None:
    assert saving.cases is not None
    turn = _asked(assistant, saving, "minister meeting?")
    document = assistant.document("grain.txt")
    at = document.text.index("33 mill")
    picked = {"document": document.id, "start": at, "end": at + 7, "quote": "33 mill"}
    assert "“33 million”" in feedback(do="case", turn=turn, picked=picked)["told"]
    (case,) = load_golden([saving.cases.path])
    ((quote,),) = (each.quotes for each in case.relevant)
    assert (quote.document, quote.text) == ("grain.txt", "33 million")
    resolved = resolve(case, {one.source.path: one for one in assistant.library.index.documents()})
    assert (len(resolved.spans), resolved.unresolved) == (1, ())
    follow_up = _asked(assistant, saving, "and when was that?")
    assert "line" in feedback(do="case", turn=follow_up, picked=None)["told"]
    _, second = load_golden([saving.cases.path])
    assert (second.answerable, second.history) == (False, ("minister meeting?",))


def test_words_that_are_not_there_any_more_make_no_case(assistant: Assistant, saving: Saving, feedback: Server) -> None:
    turn = _asked(assistant, saving, "minister meeting?")
    key = assistant.document("grain.txt").id
    for picked in (
        {"document": key, "start": 0, "end": 5, "quote": "other"},
        {"document": key, "start": 0, "end": 9999, "quote": "G"},
        {"document": "../../etc/passwd", "start": 0, "end": 1, "quote": "r"},
    ):
        assert "problem" in feedback(do="case", turn=turn, picked=picked)
    assert saving.cases is not None
    assert not saving.cases.path.exists()


def test_sentences_are_walked_from_end_to_end(assistant: Assistant, feedback: Server) -> None:
    document = assistant.document("grain.txt")
    found, at = [], 0
    while span := feedback(do="sentence", document=document.id, at=at, by=1):
        found.append(document.text[span["start"] : span["end"]])
        at = span["end"]
    assert found == ["Grain exports", "The corridor carried 33 million tonnes of grain.", "It ended in July 2023."]
    back = feedback(do="sentence", document=document.id, at=len(document.text), by=-1)
    assert feedback(do="sentence", document=document.id, at=back["start"] + 3) == back
    assert "problem" in feedback(do="sentence", document="nowhere", at=0)


@given(text=st.text(min_size=1, max_size=80), data=st.data())
@settings(max_examples=150, deadline=None)
def test_expected_words_hold_what_was_picked_and_cut_no_word(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document = Document(Source("d", "a.txt", "A", "text/plain", "h"), text, "a.txt")
    picked = Picked(document="d", start=start, end=end, quote=text[start:end])
    if not text[start:end].strip():
        with pytest.raises(InputError):
            expected_words(document, picked)
        return
    quote = expected_words(document, picked).quote
    assert quote in text
    assert text[start:end].strip() in quote
    assert quote == quote.strip()


def test_a_review_is_kept_and_leaves_as_a_sheet(assistant: Assistant, saving: Saving) -> None:
    turn = _asked(assistant, saving, "minister meeting?")
    (span,) = (one.answer_span for one in saving.conversations(None).open("c1").turns[0].turn.answer.citations)
    serve = reviewing_server(saving)

    def ask(**asked: object) -> dict[str, Any]:
        reply: dict[str, Any] = json.loads(serve(json.dumps(asked), _request()))
        return reply

    place = {"turn": turn, "start": span.start, "end": span.end}
    assert ask(do="decide", decision="rejected", note="who?", **place) == {}
    file = ask(do="sheet", turn=turn, form=".csv")
    assert (file["name"], file["type"]) == ("review-minister-meeting.csv", "text/csv")
    (row,) = csv.DictReader(StringIO(file["text"]))
    assert (row["verdict"], row["note"], row["path"]) == ("rejected", "who?", "talks.md")
    for wrong in ({"do": "decide", **place, "end": 0}, {"do": "sheet", "turn": turn + 1, "form": ".md"}, {"do": "x"}):
        assert "problem" in ask(**wrong)


def test_a_conversation_is_shared_by_its_owner_alone(assistant: Assistant, saving: Saving) -> None:
    _asked(assistant, saving, "minister meeting?", user="ann")
    serve = sharing_server(assistant, saving)
    file = json.loads(serve(json.dumps({"id": "c1", "form": ".html"}), _request("ann")))
    assert (file["name"], file["type"]) == ("minister-meeting.html", "text/html")
    assert "The reason was the sanctions of 2018." in file["text"]
    assert "problem" in json.loads(serve(json.dumps({"id": "c1", "form": ".html"}), _request("bob")))
    assert "problem" in json.loads(serve(json.dumps({"id": "c1", "form": ".exe"}), _request("ann")))


def test_without_a_database_the_page_says_so(assistant: Assistant) -> None:
    serve = sharing_server(assistant, Saving(Opened(None, ("full",))))
    assert "not saved here" in json.loads(serve('{"id": "c1", "form": ".md"}', _request()))["problem"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_reason_becomes_an_element(payload: str) -> None:
    turn = answered("When?", text=payload)
    span = turn.answer.citations[0].answer_span
    saved = SavedTurn(1, turn, datetime.now(UTC), feedback=Feedback("down", payload))
    html = render_feedback.tools(replace(saved, reviews=(Review(span, None, payload),)), cases=True)
    page = BeautifulSoup(html, "lxml")
    assert {tag.name for tag in page.body.find_all(True)} == {"span", "button", "div", "input", "p"}  # type: ignore[union-attr]
    assert page.input is not None
    assert page.input["value"] == payload
    (button,) = page.select("[data-do=review]")
    assert json.loads(str(button["data-sentences"]))[0]["note"] == payload
