from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.chat import Assistant
from assistant.index.report import FileDone, FileOutcome, Scanned
from assistant.types import Conversation, Coverage, DateRange, Filters, Turn
from assistant.ui import render_library, syncing
from assistant.ui.branches import Branch
from assistant.ui.panels import answering, filters, library, sources
from assistant.ui.panels.standing import Standing, Stopped
from tests.ui.payloads import PAYLOADS
from tests.ui.stage import stage

NO_FILTERS: tuple[object, ...] = ("", "", [], [], [])


def shown_at(assistant: Assistant, **place: object) -> dict[str, str]:
    made: dict[str, str] = json.loads(sources.source_reader(assistant)(json.dumps(place)))
    return made


def quote_of(assistant: Assistant, path: str, words: str) -> dict[str, object]:
    document = assistant.document(path)
    start = document.text.index(words)
    return {
        "document": document.id,
        "hash": document.source.content_hash,
        "start": start,
        "end": start + len(words),
    }


def test_a_place_is_shown_with_its_words_marked(assistant: Assistant) -> None:
    shown = shown_at(assistant, **quote_of(assistant, "talks.md", "The reason was the sanctions"))
    assert "<mark>The reason was the sanctions</mark>" in shown["body"]
    assert "Talks in Singapore" in shown["head"]
    assert shown["problem"] == ""


def test_a_document_that_changed_since_the_answer_is_shown_without_a_mark_and_says_so(assistant: Assistant) -> None:
    place = quote_of(assistant, "talks.md", "The reason")
    (assistant.library.corpus / "talks.md").write_text("# Talks\n\nSomething else is said now.\n")
    list(assistant.sync())
    shown = shown_at(assistant, **place)
    assert "has changed" in shown["head"]
    assert "<mark>" not in shown["body"]


def test_the_other_documents_that_say_the_same_are_offered(assistant: Assistant) -> None:
    other = assistant.document("grain.txt").id
    shown = shown_at(assistant, **quote_of(assistant, "talks.md", "The reason"), also=[other, "unknown"])
    assert "Also in 1 other briefing" in shown["head"]
    assert f'data-document="{other}"' in shown["head"]


def test_a_quote_is_looked_for_in_a_document_that_says_the_same(assistant: Assistant) -> None:
    found = shown_at(assistant, document="grain.txt", quote="It ended in July 2023.")
    assert "<mark>It ended in July 2023.</mark>" in found["body"]
    other = shown_at(assistant, document="grain.txt", quote="It stopped.")
    assert "in other words" in other["head"]


@pytest.mark.parametrize(
    "place",
    [
        {"document": "nowhere.md"},
        {"document": "talks.md", "after": 10**9},
        {"document": "../../etc/passwd"},
        {"document": 7},
        {"unknown": "field"},
        {"document": "talks.md", "start": -1, "end": 4},
        *({"document": payload} for payload in PAYLOADS[:3]),
    ],
    ids=str,
)
def test_a_place_that_does_not_exist_is_a_sentence_and_no_html(assistant: Assistant, place: dict[str, object]) -> None:
    shown = shown_at(assistant, **place)
    assert shown["problem"]
    assert shown["body"] == ""


def test_a_huge_document_is_read_on_in_parts(tmp_path: Path) -> None:
    assistant = stage(tmp_path, {"huge.txt": "".join(f"Line {n} of many lines.\n\n" for n in range(4_000))})
    place = quote_of(assistant, "huge.txt", "Line 2000 of")
    shown = shown_at(assistant, **place)
    assert "<mark>Line 2000 of</mark>" in shown["text"]
    assert len(shown["body"]) < 60_000
    assert "Show what comes before" in shown["before"]
    after = shown_at(assistant, document="huge.txt", after=assistant.document("huge.txt").text.index("Line 3900"))
    assert after["after"] == ""
    assert "Line 3999" in after["text"]
    assistant.close()


def steps(assistant: Assistant, question: str, held: Conversation | None) -> list[list[object]]:
    return list(answering.answered(assistant, question, held, NO_FILTERS))


def test_the_answer_grows_and_the_conversation_comes_out_at_the_end(assistant: Assistant) -> None:
    made = steps(assistant, " meeting  minister? ", None)
    assert 'data-state="running"' in str(made[0][3])
    assert 'data-state="done"' in str(made[-1][3])
    held = made[-1][4]
    assert isinstance(held, Conversation)
    assert [turn.question for turn in held.turns] == ["meeting minister?"]


def test_the_others_are_asked_in_a_turn_of_its_own(assistant: Assistant) -> None:
    held = steps(assistant, "meeting minister?", None)[-1][4]
    assert isinstance(held, Conversation)
    answer = held.turns[0].answer
    document = assistant.document("grain.txt").id
    within = answering.Within(answer, (document,))
    grown = list(answering.answered(assistant, answer.question, held, NO_FILTERS, within=within))[-1][4]
    assert isinstance(grown, Conversation)
    assert [turn.question for turn in grown.turns] == ["meeting minister?"] * 2
    assert grown.turns[1].answer.filters.documents == (document,)
    assert {passage.source.document_id for passage in grown.turns[1].answer.passages} == {document}
    nobody = answering.Within(answer, ())
    failed = list(answering.answered(assistant, answer.question, held, NO_FILTERS, within=nobody))[-1]
    assert "no other documents" in str(failed[3])


def test_only_an_answer_from_the_others_is_asked_again_in_its_documents_alone(assistant: Assistant) -> None:
    held = steps(assistant, "meeting minister?", None)[-1][4]
    assert isinstance(held, Conversation)
    source = assistant.document("grain.txt").source
    first = replace(held.turns[0].answer, coverage=Coverage("meeting", (), (source,)))
    held = Conversation("c1", (Turn("meeting minister?", first),))
    filtered = (*NO_FILTERS[:4], [source.document_id])
    by_filter = list(answering.answered(assistant, "corridor?", held, filtered))[-1][4]
    assert isinstance(by_filter, Conversation)
    assert by_filter.turns[-1].answer.filters.documents == (source.document_id,)
    assert answering.asked_within(by_filter) is None
    within = answering.Within(first, (source.document_id,))
    by_button = list(answering.answered(assistant, first.question, held, NO_FILTERS, within=within))[-1][4]
    assert isinstance(by_button, Conversation)
    assert answering.asked_within(by_button) == replace(within, answer=by_button.turns[-1].answer)
    assert answering.asked_within(held) is None


def test_a_stopped_answer_stays_among_the_earlier_turns(assistant: Assistant) -> None:
    held = steps(assistant, "meeting minister?", None)[-1][4]
    assert isinstance(held, Conversation)
    stands = Standing((Stopped(1, replace(held.turns[0], question="stopped?")),))
    made = list(answering.answered(assistant, "tonnes corridor?", held, NO_FILTERS, standing=stands))
    earlier = str(made[0][2])
    assert earlier.index("meeting minister?") < earlier.index("stopped?")
    assert earlier.count("This answer is not complete.") == 1
    assert made[-1][9] == stands


def test_the_conversation_that_goes_in_is_not_changed(assistant: Assistant) -> None:
    first = steps(assistant, "meeting minister?", None)[-1][4]
    assert isinstance(first, Conversation)
    before = first.turns
    second = steps(assistant, "tonnes corridor?", first)[-1][4]
    assert first.turns is before
    assert isinstance(second, Conversation)
    assert len(second.turns) == 2


def test_a_question_that_cannot_be_asked_says_why_and_leaves_the_conversation(assistant: Assistant) -> None:
    last = steps(assistant, "🙂🙂", None)[-1]
    assert "That did not work" in str(last[3])
    assert 'data-state="failed"' in str(last[3])


def test_asking_again_replaces_the_last_turn_only_when_it_asked_the_same(assistant: Assistant) -> None:
    held = steps(assistant, "meeting minister?", None)[-1][4]
    assert isinstance(held, Conversation)
    assert answering.without_last(held, "other?") is held
    emptied = answering.without_last(held, "meeting minister?")
    assert emptied is not None
    assert emptied.turns == ()


def test_asking_again_removes_no_turn_but_the_one_that_stands_there(assistant: Assistant) -> None:
    held = steps(assistant, "meeting minister?", None)[-1][4]
    assert isinstance(held, Conversation)
    assert answering.without_last(held, "meeting minister?", position=1) is held
    emptied = answering.without_last(held, "meeting minister?", position=0)
    assert emptied is not None
    assert emptied.turns == ()


def test_an_edit_cuts_the_conversation_before_its_turn_and_keeps_the_rest_as_a_branch(assistant: Assistant) -> None:
    held = steps(assistant, "meeting minister?", None)[-1][4]
    assert isinstance(held, Conversation)
    held = steps(assistant, "tonnes corridor?", held)[-1][4]
    assert isinstance(held, Conversation)
    cut, left = answering.before_edit(held, (), 0)
    assert cut is not None
    assert (cut.id, cut.turns) == (held.id, ())
    assert [branch.turns for branch in left] == [held.turns]
    shown = str(list(answering.answered(assistant, "sanctions?", cut, NO_FILTERS, left=left))[-1][3])
    assert shown.index("Edited; show the earlier version") < shown.index("tonnes corridor?")
    assert answering.before_edit(None, (), 0) == (None, ())


def test_the_oldest_turns_are_dropped_and_the_branches_move_with_those_that_stay(assistant: Assistant) -> None:
    held = steps(assistant, "meeting minister?", None)[-1][4]
    assert isinstance(held, Conversation)
    full = replace(held, turns=held.turns * 50)
    left = (Branch(0, held.turns), Branch(49, held.turns))
    last = list(answering.answered(assistant, "tonnes corridor?", full, NO_FILTERS, left=left))[-1]
    grown, moved = last[4], last[6]
    assert isinstance(grown, Conversation)
    assert len(grown.turns) == 50
    assert grown.turns[-1].question == "tonnes corridor?"
    assert moved == (Branch(48, held.turns),)
    assert 'data-do="edit" data-turn="49"' in str(last[3])


def test_a_question_asked_while_the_assistant_starts_says_so_and_is_answered(tmp_path: Path) -> None:
    assistant = stage(tmp_path, {"a.txt": "Title\n\nThe crane is red.\n"}, start=False)
    asking = answering.answered(assistant, "crane red?", None, NO_FILTERS)
    assert "as soon as the assistant is ready" in str(next(asking)[3])
    list(assistant.bring_up_to_date())
    assert "The crane is red." in str(list(asking)[-1][3])
    assistant.close()


def test_the_start_says_what_it_is_doing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    starting = stage(tmp_path, {"a.md": "China declined.", "b.md": "Ships sail."}, start=False)
    said: list[tuple[str, str]] = []

    def look(*_: object) -> None:
        said.append((starting.state().phase, starting.state().detail))

    monkeypatch.setattr(starting, "_prepare", look)
    for event in starting.bring_up_to_date():
        look(event)
    starting.close()
    assert said[0] == ("indexing", "Reading 2 new or changed files.")
    assert ("indexing", "Indexed 1 of 2 new or changed files.") in said
    assert said[-1] == ("starting", "Loading the model.")
    assert starting.state().phase == "ready"


def test_the_values_of_the_components_are_the_filters() -> None:
    made = filters.filters_of("2023-01-31", "", ["P"], ["text/csv"], None)
    assert made == Filters(DateRange(date(2023, 1, 31), None), ("P",), ("text/csv",), ())
    assert filters.filters_of(*NO_FILTERS) == Filters()
    assert filters.filters_of("yesterday", "", [], [], []) == Filters()


def test_dates_of_which_the_first_is_the_later_one_do_not_filter() -> None:
    made = filters.filters_of("2024-05-01", "2023-01-01", ["P"])
    assert (made.dates, made.publishers) == (None, ("P",))
    assert filters.filters_of("2024-05-01", "2024-05-01").dates == DateRange(date(2024, 5, 1), date(2024, 5, 1))


def test_one_filter_is_removed_and_the_others_stay() -> None:
    values = ("2023-01-31", "2023-02-01", ["P", "Q"], ["text/csv"], ["d"])
    assert filters.without("publisher", "P", values) == ["2023-01-31", "2023-02-01", ["Q"], ["text/csv"], ["d"]]
    assert filters.without("dates", "", values) == ["", "", ["P", "Q"], ["text/csv"], ["d"]]


def test_a_choice_that_is_no_longer_offered_is_dropped() -> None:
    assert filters.still_there(["b", "gone"], [("A", "a"), ("B", "b")]) == ["b"]
    assert filters.still_there(None, [("A", "a")]) == []


def test_uploads_are_followed_file_by_file_to_their_end(assistant: Assistant, tmp_path: Path) -> None:
    good, bad, foreign = tmp_path / "new.txt", tmp_path / "empty.md", tmp_path / "x.exe"
    good.write_text("New\n\nThe quokka is new.\n")
    bad.write_text("")
    foreign.write_text("x")
    lines = list(library.uploaded(assistant, [str(good), str(bad), str(foreign)]))
    assert 'data-stage="received"' in lines[0]
    assert any('data-stage="reading"' in line for line in lines)
    assert lines[-1].count('data-stage="indexed"') == 1
    assert lines[-1].count('data-stage="failed"') == 2
    assert "empty" in lines[-1]
    assert "not a supported format" in lines[-1]


def test_an_upload_during_another_sync_waits_for_its_turn(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "_TURN_SECONDS", 0.0)
    (tmp_path / "late.txt").write_text("It came late.")
    under_way = assistant.sync()
    next(under_way)
    seen = library.uploaded(assistant, [str(tmp_path / "late.txt")])
    assert "received" in next(seen)
    waiting = next(seen)
    assert "received" in waiting
    assert "It is read when the indexing under way has ended" in waiting
    assert next(seen) == waiting
    list(under_way)
    *_, last = seen
    assert "indexed, 1 passage" in last
    assert "under way" not in last


def test_a_removed_document_can_be_brought_back(assistant: Assistant) -> None:
    assert 'data-do="restore"' in library.removed(assistant, "talks.md", delete_file=False)
    assert {entry.path: entry.status for entry in assistant.documents()}["talks.md"] == "removed"
    assert "Up to date" in list(library.restored(assistant, "talks.md"))[-1]
    assert {entry.path: entry.status for entry in assistant.documents()}["talks.md"] == "indexed"


def test_a_removed_upload_that_is_uploaded_again_is_searched_again(assistant: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "new.txt"
    file.write_text("New\n\nThe quokka is new.\n")
    list(library.uploaded(assistant, [str(file)]))
    library.removed(assistant, "uploads/new.txt", delete_file=True)
    assert not (assistant.library.corpus / "uploads" / "new.txt").exists()
    assert 'data-stage="indexed"' in list(library.uploaded(assistant, [str(file)]))[-1]
    assert {entry.path: entry.status for entry in assistant.documents()}["uploads/new.txt"] == "indexed"


def test_a_deleted_upload_that_is_uploaded_under_another_name_is_searched(assistant: Assistant, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("New\n\nThe quokka is new.\n")
    list(library.uploaded(assistant, [str(tmp_path / "a.txt")]))
    library.removed(assistant, "uploads/a.txt", delete_file=True)
    assert "indexed, 1 passage" in list(library.uploaded(assistant, [str(tmp_path / "b.txt")]))[-1]
    assert assistant.ask("quokka?").outcome == "answered"


def test_an_upload_whose_text_stood_under_another_name_before_is_indexed_as_any_other(
    assistant: Assistant, tmp_path: Path
) -> None:
    (assistant.library.corpus / "talks.md").rename(tmp_path / "moved.md")
    last = list(library.uploaded(assistant, [str(tmp_path / "moved.md")]))[-1]
    assert "indexed, 1 passage" in last
    assert 'class="reason"' not in last


def test_a_file_that_was_not_uploaded_is_not_deleted(assistant: Assistant) -> None:
    assert "problem" in library.removed(assistant, "talks.md", delete_file=True)
    assert (assistant.library.corpus / "talks.md").exists()


@pytest.mark.parametrize(("words", "found"), [("", 2), ("GRAIN", 1), ("markdown", 1), ("grain markdown", 0)])
def test_the_library_is_searched_by_every_word(assistant: Assistant, words: str, found: int) -> None:
    assert len(render_library.matching(assistant.documents(), words)) == found
    assert render_library.documents(assistant.documents(), words).count("<li ") == found


def test_one_document_and_one_file_are_not_several(assistant: Assistant) -> None:
    (one,) = render_library.matching(assistant.documents(), "markdown")
    assert ">1 document<" in render_library.documents([one])
    assert "1 file, 1 to read" in render_library.sync_line(Scanned(1, 1))


def test_how_far_a_sync_is_has_a_name(assistant: Assistant) -> None:
    shown = render_library.sync_line(FileDone(FileOutcome("a.txt", "indexed"), 1, 3))
    assert '<progress max="3" value="1" aria-label="Files that are read">' in shown


def test_a_vector_index_that_cannot_be_used_is_said_above_the_documents(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "notice" not in library.listed_with_problem(assistant, "")
    monkeypatch.setattr(assistant, "vector_problem", lambda: "the Chroma server <b> cannot be used")
    shown = library.listed_with_problem(assistant, "")
    assert shown.index("The Chroma server &lt;b&gt; cannot be used") < shown.index("2 documents")
