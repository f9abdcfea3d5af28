"""A command asks the page that has the index open, over a real server."""

from __future__ import annotations

import os
import socket
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import httpx
import pytest

from assistant.chat import Assistant
from assistant.errors import AssistantError, IndexBusy, InputError
from assistant.index.report import FileDone, Scanned
from assistant.ui import commanded
from assistant.ui.commanded import new_key
from assistant.ui.open_page import ASK, SYNC, WITHIN, BriefingsOfPage, OpenPage, open_page
from assistant.ui.told import Asked, Brought, Step, Wanted
from tests.ui.stage import served


@pytest.fixture
def url(assistant: Assistant) -> Iterator[str]:
    with served(assistant, auth=[("ida", "a long password")], key=(key := new_key())) as url:
        assistant.announce(url, key)
        yield url


def asked_of(assistant: Assistant, question: str = "Why sanctions?") -> Asked:
    return Asked(question, (), others=False, corpus=str(assistant.library.corpus.resolve()))


def page_over(folder: Path) -> OpenPage:
    page = open_page(folder)
    assert page is not None
    return page


@pytest.mark.usefixtures("url")
def test_the_answer_is_the_one_of_the_page(assistant: Assistant, tmp_path: Path) -> None:
    told = page_over(tmp_path / "index").ask(asked_of(assistant))
    assert told is not None
    expected = assistant.ask("Why sanctions?")
    assert told.answer.text == "The reason was the sanctions of 2018."
    assert replace(told.answer, seconds=expected.seconds) == expected
    assert told.from_others is None
    assert told.notes == ()


@pytest.mark.usefixtures("url")
def test_a_file_that_came_meanwhile_is_read_before_the_answer(assistant: Assistant, tmp_path: Path) -> None:
    (assistant.library.corpus / "harbour.txt").write_text("The harbour was closed in 2021.\n")
    (assistant.library.corpus / "empty.txt").write_bytes(b"")
    told = page_over(tmp_path / "index").ask(asked_of(assistant, "When was the harbour closed?"))
    assert told is not None
    assert told.answer.text == "The harbour was closed in 2021."
    assert len(told.notes) == 1
    assert "1 file could not be read and is not searched" in told.notes[0]


@pytest.mark.usefixtures("url")
def test_what_the_page_cannot_answer_ends_as_it_would_here(assistant: Assistant, tmp_path: Path) -> None:
    page = page_over(tmp_path / "index")
    with pytest.raises(AssistantError, match="the question is empty") as caught:
        page.ask(asked_of(assistant, " "))
    assert caught.value.exit_code == 2
    with pytest.raises(AssistantError, match="name another index with --index") as caught:
        page.ask(replace(asked_of(assistant), corpus=str(tmp_path)))
    assert caught.value.exit_code == 2


@pytest.mark.usefixtures("url")
def test_a_question_that_names_no_folder_is_asked_of_the_one_that_the_page_shows(
    assistant: Assistant, tmp_path: Path
) -> None:
    told = page_over(tmp_path / "index").ask(replace(asked_of(assistant), corpus=None))
    assert told is not None
    assert told.answer.text == "The reason was the sanctions of 2018."


@pytest.mark.usefixtures("url")
def test_a_sync_that_is_wanted_waits_for_the_one_that_is_running(assistant: Assistant, tmp_path: Path) -> None:
    page = page_over(tmp_path / "index")
    (assistant.library.corpus / "harbour.txt").write_text("The harbour was closed in 2021.\n")
    running = assistant.sync()
    next(running)
    threading.Timer(1.0, lambda: list(running)).start()
    (assistant.library.corpus / "pier.txt").write_text("The pier was closed in 2022.\n")
    told = page.sync(Wanted(str(assistant.library.corpus.resolve())))
    assert told is not None
    scanned, done, brought = told
    assert isinstance(scanned, Scanned)
    assert (scanned.to_read, scanned.files) == (1, 4)
    assert isinstance(done, FileDone)
    assert done.outcome.path == "pier.txt"
    assert isinstance(brought, Brought)
    assert (brought.report.count("unchanged"), brought.report.count("indexed"), brought.files) == (3, 1, 4)
    assert brought.documents == assistant.library.index.status().documents
    assert brought.problem is None
    with pytest.raises(AssistantError, match="name another index with --index"):
        page.sync(Wanted(str(tmp_path)))


@pytest.mark.usefixtures("url")
def test_a_database_that_another_program_holds_is_told_and_not_waited_for(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sync(_: Assistant) -> NoReturn:
        raise IndexBusy("another program keeps it locked")

    monkeypatch.setattr(Assistant, "sync", sync)
    told = page_over(tmp_path / "index").sync(Wanted(str(assistant.library.corpus.resolve())))
    assert told is not None
    with pytest.raises(AssistantError, match="keeps it locked") as caught:
        list(told)
    assert caught.value.exit_code == IndexBusy.exit_code


@pytest.mark.usefixtures("url")
def test_a_page_that_goes_away_during_a_sync_is_told_to_be(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commanded, "brought_up_to_date", lambda _: iter((Step(), Step())))
    told = page_over(tmp_path / "index").sync(Wanted())
    assert told is not None
    with pytest.raises(IndexBusy, match="was closed meanwhile"):
        list(told)


@pytest.mark.usefixtures("url")
def test_a_fault_inside_the_page_is_told_and_does_not_look_like_a_page_that_is_gone(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def ask_after(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(Assistant, "ask_after", ask_after)
    with pytest.raises(AssistantError, match="something went wrong inside the open page") as caught:
        page_over(tmp_path / "index").ask(asked_of(assistant))
    assert caught.value.exit_code == 1
    assert "a mistake of ours" in caplog.text


@pytest.mark.usefixtures("url")
def test_the_briefings_of_the_page_are_those_of_its_assistant(assistant: Assistant, tmp_path: Path) -> None:
    briefings = BriefingsOfPage(page_over(tmp_path / "index"), tmp_path / "index")
    expected = assistant.ask("Why sanctions?")
    answer = briefings.ask("Why sanctions?")
    assert replace(answer, seconds=expected.seconds) == expected
    cited = answer.citations[0].source.document_id
    alone, here = briefings.ask_within(answer, [cited]), assistant.ask_within(expected, [cited])
    assert replace(alone, seconds=here.seconds) == here
    assert briefings.document(cited) == assistant.document(cited)
    with pytest.raises(InputError, match="no document 'nowhere'"):
        briefings.document("nowhere")


def test_briefings_of_a_page_that_is_gone_are_told_to_be(assistant: Assistant, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        page = OpenPage(f"http://127.0.0.1:{free.getsockname()[1]}", "key")
        with pytest.raises(IndexBusy, match="was closed while it was asked"):
            BriefingsOfPage(page, tmp_path / "index").ask("Why sanctions?")


@pytest.mark.usefixtures("url")
@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_nobody_else_can_read_the_key(tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "index" / "owner.json").stat().st_mode) == 0o600


def test_without_the_key_nothing_is_told(assistant: Assistant, url: str) -> None:
    for headers in ({}, {"authorization": "Bearer x"}, {"authorization": f"Bearer {new_key()}"}):
        for path in (ASK, WITHIN, SYNC):
            refused = httpx.post(f"{url}{path}", content="{}", headers=headers, trust_env=False)
            assert refused.status_code == 403
    assert OpenPage(url, new_key()).ask(asked_of(assistant)) is None


@pytest.mark.usefixtures("url")
def test_a_question_of_another_version_is_refused(assistant: Assistant, url: str, tmp_path: Path) -> None:
    page = page_over(tmp_path / "index")
    headers = {"authorization": f"Bearer {page._key}"}
    assert httpx.post(f"{url}/command/ask", content="no JSON", headers=headers, trust_env=False).status_code == 400


def test_a_page_that_is_gone_tells_nothing(assistant: Assistant) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert OpenPage(f"http://127.0.0.1:{free.getsockname()[1]}", "key").ask(asked_of(assistant)) is None


def test_a_process_that_shows_no_page_is_not_asked(assistant: Assistant, tmp_path: Path) -> None:
    assert assistant.library.index.status().documents
    assert open_page(tmp_path / "index") is None
