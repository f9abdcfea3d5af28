"""The assistant that front ends hold: what it reads from a question before an answerer sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.base import Answerer
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.answering.written.generative import GenerativeAnswerer
from assistant.answering.written.verification import SentenceVerifier
from assistant.chat import Assistant
from assistant.embedding.hashing import HashingEmbedder
from assistant.errors import AssistantError, IndexBusy, InputError, SettingsError
from assistant.index.library import Library
from assistant.llms.scripted import ScriptedLLM
from assistant.reading.words_and_vectors import WordsAndVectors
from assistant.retrieval.fused import FusedRetriever
from assistant.types import Answer, Conversation, DateRange, Done, Searching, Turn
from tests.ui.stage import stage

FILES = {
    f"{day}.md": f"---\ntitle: Harbour {day}\ndate: {day}\n---\nThe harbour of Arlen was {said}.\n"
    for day, said in (("2023-05-02", "closed by ice"), ("2023-06-10", "open again"))
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = stage(tmp_path_factory.mktemp("chat"), dict(FILES))
    yield made
    made.close()


def paths(answer: Answer) -> set[str]:
    return {passage.source.path for passage in answer.passages}


def test_as_of_a_day_hides_what_was_written_later_and_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("Was the harbour of Arlen open as of 5 May 2023?")
    assert (paths(answer), answer.as_of, answer.time) == ({"2023-05-02.md"}, date(2023, 5, 5), None)


def test_the_time_asked_about_is_read_beside_the_day_of_what_was_known(assistant: Assistant) -> None:
    april = DateRange(date(2023, 4, 1), date(2023, 4, 30))
    answer = assistant.ask("As of 5 May 2023, was the harbour of Arlen open in April 2023?")
    assert (paths(answer), answer.as_of, answer.time) == ({"2023-05-02.md"}, date(2023, 5, 5), april)
    answer = assistant.ask("Was the harbour of Arlen open last month, as of 5 May 2023?")
    assert (answer.as_of, answer.time) == (date(2023, 5, 5), april)
    answer = assistant.ask("As of July 2023, was the harbour of Arlen open in April 2023?", as_of=date(2023, 5, 5))
    assert (paths(answer), answer.as_of, answer.time) == ({"2023-05-02.md"}, date(2023, 5, 5), april)


def test_the_words_that_say_as_of_when_are_not_searched_and_stay_in_the_query(assistant: Assistant) -> None:
    events = list(assistant.stream("As of 5 May 2023, was the harbour of Arlen closed?"))
    assert isinstance(events[0], Searching)
    assert events[0].query == "Was the harbour of Arlen closed?"
    assert isinstance(events[-1], Done)
    assert events[-1].answer.query == "As of 5 May 2023, was the harbour of Arlen closed?"


@pytest.mark.parametrize("time_asked", ["in April 2023", "last month"])
def test_of_the_time_and_the_day_in_a_question_one_can_be_taken_away_and_the_other_stays(
    assistant: Assistant, time_asked: str
) -> None:
    april = DateRange(date(2023, 4, 1), date(2023, 4, 30))
    asked = f"As of 5 May 2023, was the harbour of Arlen open {time_asked}?"
    answer = assistant.ask(asked, use_time=False)
    assert (paths(answer), answer.as_of, answer.time) == ({"2023-05-02.md"}, date(2023, 5, 5), None)
    answer = assistant.ask(asked, use_as_of=False)
    assert (len(paths(answer)), answer.as_of, answer.time) == (2, None, april)
    answer = assistant.ask(asked, use_time=False, use_as_of=False)
    assert (len(paths(answer)), answer.as_of, answer.time) == (2, None, None)


def test_the_day_in_the_question_can_be_taken_away(assistant: Assistant) -> None:
    answer = assistant.ask("Was the harbour of Arlen open as of 5 May 2023?", use_as_of=False)
    assert (len(paths(answer)), answer.as_of) == (2, None)
    answer = assistant.ask("Was it open as of 1 July 2023?", use_as_of=False, as_of=date(2023, 5, 5))
    assert (paths(answer), answer.as_of) == ({"2023-05-02.md"}, date(2023, 5, 5))


def test_a_given_day_goes_before_that_of_the_question(assistant: Assistant) -> None:
    answer = assistant.ask("Was the harbour open as of 1 July 2023?", as_of=date(2023, 5, 5))
    assert (paths(answer), answer.as_of) == ({"2023-05-02.md"}, date(2023, 5, 5))


def test_other_dates_rank_and_hide_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("Was the harbour of Arlen open in May 2023?")
    assert (len(paths(answer)), answer.as_of) == (2, None)
    assert answer.time is not None


def test_a_follow_up_is_completed_by_the_condenser_and_a_first_question_is_not(tmp_path: Path) -> None:
    asked: list[str] = []

    def completed(question: str, conversation: Conversation) -> str:
        asked.append(question)
        return f"{question} ({conversation.turns[-1].question})"

    made = stage(tmp_path, dict(FILES), condenser=completed)
    try:
        first = made.ask("Was the harbour closed?")
        talk = Conversation("talk").with_turn(Turn(first.question, first))
        assert made.ask("Why?", conversation=talk).query == "Why? (Was the harbour closed?)"
        assert made.ask("Was it open?", conversation=Conversation("new")).query == "Was it open?"
        assert asked == ["Why?"]
    finally:
        made.close()


def test_one_that_nobody_started_starts_with_the_first_question(assistant: Assistant) -> None:
    loaded: list[str] = []
    answerer = ExtractiveAnswerer(
        FusedRetriever(assistant.library.index, HashingEmbedder()), HashingEmbedder(), assistant.library.index
    )
    unstarted = Assistant(assistant.library, answerer, prepare=lambda: loaded.append("the model"))
    assert unstarted.ask("Was the harbour of Arlen closed?").outcome == "answered"
    assert unstarted.ask("Was the harbour of Arlen open?").outcome == "answered"
    assert loaded == ["the model"]


def test_an_answer_that_is_doubted_is_shown_again_with_what_it_rests_on(assistant: Assistant) -> None:
    first = assistant.ask("Was the harbour of Arlen closed by ice?")
    talk = Conversation("talk").with_turn(Turn(first.question, first))
    again = assistant.ask("Are you sure?", conversation=talk)
    assert (again.question, again.query) == ("Are you sure?", first.query)
    assert (again.text, again.citations, again.outcome) == (first.text, first.citations, "answered")
    assert "the answer rests on" in again.notes[0]
    assert not any("rests on" in note for note in assistant.ask("And in June?", conversation=talk).notes)


@pytest.mark.parametrize(
    ("content", "examples"),
    [
        ("Why was “Arlen” closed?\n".encode("cp1252"), ("Why was “Arlen” closed?",)),
        ("\ufeff# notes\nWas it open?\n\n".encode(), ("Was it open?",)),
        ("Was it open?\n".encode("utf-16"), ("Was it open?",)),
        (bytes(range(256)), ()),
    ],
)
def test_example_questions_in_another_encoding_do_not_break_the_page(
    tmp_path: Path, content: bytes, examples: tuple[str, ...]
) -> None:
    made = stage(tmp_path, {**FILES, ".questions.txt": content})
    try:
        assert made.state().examples == examples
    finally:
        made.close()


def test_a_sync_that_fails_after_a_failed_start_leaves_it_failed_and_one_that_works_makes_it_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = stage(tmp_path, dict(FILES), start=False)
    prepared: list[str] = []
    monkeypatch.setattr(made, "_prepare", lambda: prepared.append(made.state().detail))
    corpus, away = tmp_path / "corpus", tmp_path / "away"
    corpus.rename(away)
    made.start()
    try:
        for _ in range(2):
            with pytest.raises(AssistantError, match="there is no folder"):
                made.ask("Was the harbour of Arlen open?")
            assert made.state().phase == "failed"
            with pytest.raises(InputError, match="there is no folder"):
                list(made.sync())
        away.rename(corpus)
        list(made.sync())
        assert (made.state().phase, prepared) == ("ready", ["Loading the model."])
        assert len(paths(made.ask("Was the harbour of Arlen open?"))) == 2
        list(made.sync())
        assert len(prepared) == 1
    finally:
        made.close()


def test_a_model_that_cannot_be_loaded_after_a_sync_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = stage(tmp_path, dict(FILES), start=False)

    def broken() -> None:
        raise SettingsError("the model is damaged")

    monkeypatch.setattr(made, "_prepare", broken)
    made.start()
    try:
        with pytest.raises(AssistantError, match="damaged"):
            made.ask("Was the harbour of Arlen open?")
        with pytest.raises(SettingsError, match="damaged"):
            list(made.sync())
        state = made.state()
        assert (state.phase, state.detail) == ("failed", "the model is damaged")
    finally:
        made.close()


def test_a_second_sync_that_has_to_wait_changes_nothing_of_what_is_said(tmp_path: Path) -> None:
    made = stage(tmp_path, dict(FILES), start=False)
    try:
        for begin in (made.bring_up_to_date, made.sync):
            events = begin()
            next(events)
            next(events, None)
            before = made.state()
            assert before.phase == "indexing"
            with pytest.raises(IndexBusy):
                list(made.sync())
            assert made.state() == before
            list(events)
            assert made.state().phase == "ready"
    finally:
        made.close()


def test_a_sync_that_is_given_up_is_no_longer_said_to_run(tmp_path: Path) -> None:
    made = stage(tmp_path, dict(FILES))
    try:
        events = made.sync()
        next(events)
        assert made.state().phase == "indexing"
        events.close()  # type: ignore[attr-defined]
        assert made.state().phase == "ready"
    finally:
        made.close()


CLOSED = "Ida Holm closed the harbour of Arlen because of ice."
REOPENED = "The harbour of Arlen was closed for a month because the ice stayed."
REPORTS = {
    "first.md": f"---\ntitle: First\ndate: 2023-05-02\n---\n{CLOSED}\n",
    "second.md": f"---\ntitle: Second\ndate: 2023-06-02\n---\n{REOPENED}\n",
    "third.md": "---\ntitle: Third\ndate: 2024-06-02\n---\nArlen is a town with many gulls.\n",
    "fourth.md": "---\ntitle: Fourth\ndate: 2023-06-02\n---\nCorn waited in Borl.\n",
}


def _in_quotes(library: Library) -> Answerer:
    embedder = HashingEmbedder()
    retriever = FusedRetriever(library.index, embedder)
    return ExtractiveAnswerer(retriever, embedder, library.index, mentions=library.index, max_sentences=1)


def _written(library: Library) -> Answerer:
    replies = ScriptedLLM([REOPENED, CLOSED])
    embedder = HashingEmbedder()
    checker = SentenceVerifier(WordsAndVectors(embedder))
    return GenerativeAnswerer(_in_quotes(library), lambda: replies, checker, count_tokens=embedder.count_tokens)


@pytest.mark.parametrize("answerer", [_in_quotes, _written])
def test_the_documents_that_an_answer_does_not_use_can_be_asked(
    tmp_path: Path, answerer: Callable[[Library], Answerer]
) -> None:
    made = stage(tmp_path, dict(REPORTS), answerer=answerer)
    try:
        asked = made.ask("Why was the harbour of Arlen closed?", as_of=date(2023, 12, 31))
        used = {citation.source.path for citation in asked.citations}
        assert len(used) == 1
        others = {source.path for source in asked.coverage.others} if asked.coverage else set()
        assert used | others == {"first.md", "second.md"}  # the third is of a later day

        more = made.ask_others(asked)
        assert more is not None
        assert (more.question, more.query, more.as_of) == (asked.question, asked.query, asked.as_of)
        assert {passage.source.path for passage in more.passages} == others
        assert {citation.source.path for citation in more.citations} == others
        assert bool(more.writer) is (answerer is _written)
        assert made.ask_others(more) is None
    finally:
        made.close()


def test_where_no_document_is_left_there_is_nothing_to_ask(assistant: Assistant) -> None:
    answer = assistant.ask("Was the harbour of Arlen open?")
    assert assistant.ask_others(answer) is None
    with pytest.raises(InputError, match="no other documents"):
        list(assistant.stream_within(answer, []))


def test_some_documents_alone_are_asked_as_the_question_was_understood(assistant: Assistant) -> None:
    answer = assistant.ask("Was the harbour of Arlen closed?")
    assert paths(answer) == set(FILES)
    document = assistant.document("2023-06-10.md").id
    *_, last = assistant.stream_within(answer, [document])
    assert isinstance(last, Done)
    assert paths(last.answer) == {"2023-06-10.md"}
    assert last.answer.filters.documents == (document,)
