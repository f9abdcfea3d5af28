from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.chat import Assistant
from assistant.types import Conversation, Said, Turn
from assistant.ui import render, render_saved
from assistant.ui.panels import answering
from assistant.ui.panels.held import halt, marks_of
from assistant.ui.saving import Saving, partial
from assistant.work.changes import Change
from assistant.work.conversations import Conversations
from assistant.work.opening import Opened, open_work
from assistant.work.records import SavedConversation
from tests.ui.tags import Tags
from tests.work.nouns import answered

NO_FILTERS: tuple[object, ...] = (None, None, [], [], [])
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def saving(tmp_path: Path) -> Iterator[Saving]:
    (tmp_path / "index").mkdir(exist_ok=True)
    made = Saving(open_work(tmp_path / "index"))
    yield made
    made.close()


def _conversations(saving: Saving, user: str | None = None) -> Conversations:
    found = saving.of(user)
    assert found is not None
    return found


def _questions(saved: SavedConversation) -> list[str]:
    return [each.turn.question for each in saved.turns]


def test_an_answer_is_saved_before_it_is_shown_as_finished(assistant: Assistant, saving: Saving) -> None:
    seen: list[Turn] = []

    def save(key: str, turn: Turn) -> str:
        seen.append(turn)
        return saving.save("ann", key, turn)

    shown: list[object] = []
    for step in answering.answered(assistant, "meeting minister?", None, NO_FILTERS, save=save):
        shown = step
        assert ('data-state="done"' in str(step[3])) == bool(seen)
    held = shown[4]
    assert isinstance(held, Conversation)
    (found,) = _conversations(saving, "ann").open(held.id).turns
    assert (found.turn,) == held.turns
    assert _conversations(saving, "bob").list() == _conversations(saving).list() == ()


def test_an_answer_that_cannot_be_saved_is_shown_and_says_so(assistant: Assistant, saving: Saving) -> None:
    saving.close()
    steps = answering.answered(
        assistant, "meeting minister?", None, NO_FILTERS, save=lambda key, turn: saving.save(None, key, turn)
    )
    last = str(list(steps)[-1][3])
    assert "The minister declined the meeting." in last
    assert "This answer was not saved" in last


def test_without_a_database_nothing_is_saved_and_nothing_is_wrong() -> None:
    saving = Saving(Opened(None, ("conversations are not saved: the disk is full",)))
    assert saving.save(None, "c1", answered("When?")) == ""
    assert saving.of(None) is None
    saving.close()


def test_what_is_edited_or_asked_again_takes_the_place_of_the_saved_turns(saving: Saving) -> None:
    first, second, third = answered("When?"), answered("Why?"), answered("How?")
    for turn in (first, second, third):
        assert saving.save(None, "c1", turn) == ""
    assert saving.save(None, "c1", answered("Who?"), gone=(second, third)) == ""
    found = _conversations(saving).open("c1")
    assert _questions(found) == ["When?", "Who?"]
    assert [each.turn for each in found.earlier] == [second, third]


def test_what_another_window_added_stays_and_is_told(saving: Saving) -> None:
    mine = answered("When?")
    for turn in (mine, answered("Why?"), answered("How?")):
        saving.save(None, "c1", turn)
    said = saving.save(None, "c1", answered("When?", text="In July."), gone=(mine,))
    assert said.startswith("2 questions were asked in this conversation in another window.")
    assert _questions(_conversations(saving).open("c1")) == ["Why?", "How?", "When?"]


def test_an_answer_to_a_deleted_conversation_says_that_it_was_not_saved(saving: Saving) -> None:
    saving.save(None, "c1", answered("When?"))
    _conversations(saving).delete("c1")
    assert saving.save(None, "c1", answered("Why?")).startswith("This answer was not saved: this conversation is not")


def test_a_stopped_answer_gives_way_to_the_same_question_and_to_no_other(saving: Saving) -> None:
    saving.save(None, "c1", answered("When?", text="It"), finished=False)
    saving.save(None, "c1", answered("Why?"))
    saving.save(None, "c1", answered("How?", text="By"), finished=False)
    saving.save(None, "c1", answered("How?"))
    assert _questions(_conversations(saving).open("c1")) == ["When?", "Why?", "How?"]


def test_an_answer_is_left_as_far_as_it_was_said_where_the_page_goes_away(assistant: Assistant) -> None:
    left: list[Turn] = []

    def leave(_key: str, turn: Turn) -> str:
        left.append(turn)
        return ""

    for halted in (True, False):
        steps = answering.answered(assistant, "minister declined", None, NO_FILTERS, leave=leave)
        running = next(step[5] for step in steps if 'class="prose"' in str(step[3]))
        assert isinstance(running, render.Progress)
        if halted:  # by Stop, which keeps it itself
            running.halted.set()
        assert isinstance(steps, Generator)
        steps.close()
        assert bool(left) != halted
    assert left[0].answer.text == "The minister declined the meeting."
    finished = list(answering.answered(assistant, "minister declined", None, NO_FILTERS, leave=leave))
    assert 'data-state="done"' in str(finished[-1][3])
    assert len(left) == 1


@pytest.mark.parametrize("left", [False, True])
def test_an_answer_that_is_finished_when_it_is_stopped_is_kept_once_and_shown_unless_its_page_left(
    left: bool, assistant: Assistant
) -> None:
    kept: list[Turn] = []
    running: list[render.Progress] = []

    def save(_key: str, turn: Turn) -> str:
        kept.append(turn)
        (running[-1].left if left else running[-1].halted).set()  # while it is being saved
        return ""

    for step in answering.answered(assistant, "minister declined", None, NO_FILTERS, save=save):
        running += [each for each in step if isinstance(each, render.Progress)]
        shown = str(step[3])
    assert len(kept) == 1
    assert ('data-state="done"' in shown) != left
    assert halt(running[-1], left=left)  # so that Stop keeps no part of it besides


def test_a_halt_waits_until_the_last_step_is_out(assistant: Assistant) -> None:
    steps = answering.answered(assistant, "minister declined", None, NO_FILTERS)
    running = next(steps)[5]
    assert isinstance(running, render.Progress)
    threading.Timer(0.3, lambda: list(steps)).start()
    assert not halt(running)
    assert running.ended.is_set()
    assert not halt(None)


def test_of_a_stopped_answer_is_kept_what_was_said() -> None:
    said = Said("It ended.", answered("When?").answer.citations)
    now = render.Progress("When?", query="when did it end")
    assert partial(now) is None
    kept = partial(replace(now, text=said.text, citations=said.citations))
    assert kept is not None
    assert (kept.answer.text, kept.answer.query) == ("It ended.", "when did it end")
    quoted = answered("When?", text="It ended in July.").answer
    assert partial(replace(now, quoted=quoted)) == Turn("When?", quoted)
    written = partial(replace(now, quoted=quoted, text=said.text, citations=said.citations))
    assert written is not None
    assert written.answer.text == "It ended."
    assert written.answer.writer
    assert written.answer.passages == quoted.passages


def test_a_saved_conversation_shows_its_turns_and_what_changed_since(assistant: Assistant, saving: Saving) -> None:
    steps = list(
        answering.answered(
            assistant, "meeting minister?", None, NO_FILTERS, save=lambda _, turn: saving.save(None, "c1", turn)
        )
    )
    assert "has changed since" not in str(steps[-1][3])
    saving.save(None, "c1", answered("How?", text="By"), finished=False)
    found = _conversations(saving).open("c1")
    earlier, now = render_saved.transcript(found, marks_of(assistant))
    assert "The minister declined the meeting." in earlier
    assert "has changed since" not in earlier
    assert 'data-state="stopped"' in now
    assert "not complete" in now
    assert "is no longer in the library" in now  # nothing of that name was ever in this one
    (assistant.library.corpus / "talks.md").write_text("# Talks in Singapore\n\nNothing of that.\n", encoding="utf-8")
    list(assistant.sync())
    earlier, _ = render_saved.transcript(found, marks_of(assistant))
    assert "The minister declined the meeting." in earlier
    assert "<b>Talks in Singapore</b> has changed since" in earlier


def test_nothing_in_a_saved_conversation_becomes_an_element(saving: Saving) -> None:
    saving.save(None, EVIL, answered(f'{EVIL}"', text=EVIL, path=EVIL))
    saved = _conversations(saving)
    source = answered("", path=EVIL).answer.citations[0].source
    html = (
        render_saved.listed(saved.list(), EVIL)
        + render_saved.deleted(EVIL, EVIL)
        + "".join(render_saved.transcript(saved.open(EVIL), lambda _: ""))
        + render_saved.changes([Change(replace(source, title=EVIL), "gone")])
    )
    Tags(html)
    assert "<img" not in html


def test_the_list_tells_which_conversation_is_open_and_that_nothing_was_found(saving: Saving) -> None:
    for key in ("c1", "c2"):
        saving.save(None, key, answered("When?"))
    html = render_saved.listed(_conversations(saving).list(), "c1")
    assert html.count('<li aria-current="true">') == 1
    one, _ = _conversations(saving).list()
    lines = [
        render_saved.listed([replace(one, changed=one.changed + timedelta(hours=hours))], None) for hours in (0, 1)
    ]
    assert lines[0] != lines[1]  # of one name and one day
    assert f"{one.changed.astimezone():%H:%M}" in lines[0]
    assert "No conversation has these words." in render_saved.listed((), "c1", "elephants")
    assert "What you ask is kept here." in render_saved.listed((), None)
