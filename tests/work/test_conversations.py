from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.errors import InputError, StorageError
from assistant.types import Span
from assistant.work.conversations import Conversations
from assistant.work.database import Database
from assistant.work.opening import open_work
from assistant.work.records import Feedback, Review, SavedTurn
from tests.work.conftest import Clock
from tests.work.nouns import answered


@pytest.fixture
def saved(database: Database, clock: Clock) -> Conversations:
    return Conversations(database, now=clock)


def _id(found: SavedTurn | None) -> int | None:
    return found.id if found else None


def _questions(saved: Conversations, conversation: str) -> list[str]:
    return [each.turn.question for each in saved.open(conversation).turns]


def test_what_was_saved_is_there_after_opening_again(tmp_path: Path, clock: Clock) -> None:
    first = open_work(tmp_path).database
    assert first is not None
    turns = [answered("When did it end?"), answered("Why?", text="Russia withdrew.")]
    for turn in turns:
        Conversations(first, now=clock).save("c1", turn)
    first.close()

    second = open_work(tmp_path).database
    assert second is not None
    found = Conversations(second).open("c1")
    assert [each.turn for each in found.turns] == turns
    assert found.conversation.turns == tuple(turns)
    assert found.summary.title == "When did it end?"
    assert found.summary.turns == 2
    assert found.summary.created < found.summary.changed
    second.close()


def test_the_conversation_changed_last_comes_first(saved: Conversations) -> None:
    for key in ("c1", "c2", "c1"):
        saved.save(key, answered("When?"))
    assert [each.id for each in saved.list()] == ["c1", "c2"]


def test_a_stopped_answer_is_kept_and_grounds_no_follow_up(saved: Conversations) -> None:
    saved.save("c1", answered("When?"))
    saved.save("c1", answered("Why?", text="Russia"), finished=False)
    found = saved.open("c1")
    assert [each.finished for each in found.turns] == [True, False]
    assert [turn.question for turn in found.conversation.turns] == ["When?"]


def test_a_turn_takes_the_place_of_those_that_are_named_and_of_no_others(saved: Conversations) -> None:
    first, second, other = answered("When?"), answered("Why?"), answered("Whose?")
    for turn in (first, second, other, second):
        saved.save("c1", turn)
    assert saved.others_since("c1", (first, second)) == 2
    assert saved.others_since("c1", ()) == saved.others_since("c2", (first,)) == 0
    saved.save("c1", answered("Who?"), gone=(second, second))
    assert _questions(saved, "c1") == ["When?", "Whose?", "Who?"]
    saved.save("c1", answered("How?"), gone=(first, second))  # of which one was replaced before
    assert _questions(saved, "c1") == ["Whose?", "Who?", "How?"]
    assert [each.turn.question for each in saved.open("c1").earlier] == ["When?", "Why?", "Why?"]


def test_a_turn_is_found_by_what_it_says_unless_another_took_its_place(database: Database, clock: Clock) -> None:
    ann, bob = Conversations(database, "ann", now=clock), Conversations(database, "bob", now=clock)
    turn = answered("When?")
    assert ann.find("c1", turn) is None
    first = ann.save("c1", turn)
    ann.rate(first, Feedback("up"))
    found = ann.find("c1", turn)
    assert found is not None
    assert (found, found.id) == (ann.open("c1").turns[0], first)
    assert ann.find("c1", answered("When?", text="Never.")) is None
    assert bob.find("c1", turn) is None
    again = ann.save("c1", turn)
    assert _id(ann.find("c1", turn)) == again
    ann.save("c1", answered("Why?"), gone=(turn,))
    assert _id(ann.find("c1", turn)) == first


def _as_an_older_program_wrote_it(database: Database, turn: int) -> None:
    """Takes fields out of a saved turn that came later."""
    with database.writing() as connection:
        (text,) = connection.execute("SELECT turn FROM turns WHERE id = ?", (turn,)).fetchone()
        content = json.loads(text)
        del content["answer"]["contrary"], content["answer"]["coverage"]
        older = json.dumps(content, separators=(",", ":"))
        assert len(older) < len(text)
        connection.execute("UPDATE turns SET turn = ? WHERE id = ?", (older, turn))


@pytest.mark.parametrize("question", ["When?", 'Who said "när\ud800"?\n'])
def test_a_turn_that_an_older_program_saved_is_found_and_replaced(
    database: Database, saved: Conversations, question: str
) -> None:
    saved.save("c1", answered(question, text="Another answer."))
    key = saved.save("c1", answered(question))
    _as_an_older_program_wrote_it(database, key)
    (_, turn) = saved.open("c1").conversation.turns
    assert _id(saved.find("c1", turn)) == key
    assert saved.others_since("c1", (turn,)) == 0
    saved.save("c1", answered("Why?"), gone=(turn,))
    assert _questions(saved, "c1") == [question, "Why?"]
    assert [each.turn for each in saved.open("c1").earlier] == [turn]
    assert saved.find("c1", turn) is None


def test_a_turn_that_cannot_be_read_keeps_no_other_from_being_found(database: Database, saved: Conversations) -> None:
    key = saved.save("c1", answered("When?"))
    _as_an_older_program_wrote_it(database, key)
    damaged = saved.save("c1", answered("When?"))
    with database.writing() as connection:
        connection.execute("UPDATE turns SET turn = substr(turn, 1, 40) WHERE id = ?", (damaged,))
    assert _id(saved.find("c1", answered("When?"))) == key


def test_conversations_of_different_logins_stay_apart(database: Database, clock: Clock) -> None:
    ann, bob = Conversations(database, "ann", now=clock), Conversations(database, "bob", now=clock)
    turn = ann.save("c1", answered("When did the corridor end?"))
    assert bob.list() == bob.list("corridor") == ()
    attempts = (
        lambda: bob.open("c1"),
        lambda: bob.rename("c1", "Mine"),
        lambda: bob.delete("c1"),
        lambda: bob.undelete("c1"),
        lambda: bob.save("c1", answered("Mine?")),
        lambda: bob.rate(turn, Feedback("down")),
    )
    for attempt in attempts:
        with pytest.raises(InputError):
            attempt()
    assert _questions(ann, "c1") == ["When did the corridor end?"]
    assert ann.open("c1").turns[0].feedback is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ["c2", "c1"]),
        ("grain", ["c1"]),
        ("GRAIN ended", ["c1"]),
        ("minister", ["c2"]),
        ("ministers declined", ["c2"]),
        ("sing", ["c2"]),
        ("grain minister", []),
        ('" OR NEAR(', []),
        ("grain AND", []),
        ("?!", []),
        ("_", []),
    ],
)
def test_search_finds_what_has_all_words_in_titles_questions_or_answers(
    saved: Conversations, words: str, expected: list[str]
) -> None:
    saved.save("c1", answered("When did grain exports stop?", text="The corridor ended in July."))
    saved.save("c2", answered("Who declined?", text="The minister did."))
    saved.rename("c2", "Talks in Singapore")
    assert [each.id for each in saved.list(words)] == expected


def test_search_does_not_find_what_was_replaced_or_renamed_away(saved: Conversations) -> None:
    turn = answered("When did grain exports stop?", text="In July.")
    saved.save("c1", turn)
    saved.rename("c1", "Corridor")
    saved.save("c1", answered("When did the deal end?", text="In July."), gone=(turn,))
    assert saved.list("grain") == ()
    assert [each.title for each in saved.list("corridor deal july")] == ["Corridor"]


def test_a_long_title_is_cut_at_a_word_and_an_empty_one_refused(saved: Conversations) -> None:
    saved.save("c1", answered("why " * 100))
    (line,) = saved.list()
    assert len(line.title) <= 80
    assert line.title.endswith("why …")
    with pytest.raises(InputError):
        saved.rename("c1", " \n ")


def test_deleting_can_be_undone(saved: Conversations) -> None:
    saved.save("c1", answered("When?"))
    before = saved.open("c1")
    saved.delete("c1")
    assert saved.list() == saved.list("when") == ()
    for attempt in (saved.open, saved.delete):
        with pytest.raises(InputError):
            attempt("c1")
    saved.undelete("c1")
    assert saved.open("c1") == before


def test_feedback_is_kept_changed_and_taken_back(saved: Conversations) -> None:
    turn = saved.save("c1", answered("When?"))
    for feedback in (Feedback("down", "the year is wrong"), Feedback("up"), None):
        saved.rate(turn, feedback)
        assert saved.open("c1").turns[0].feedback == feedback
    with pytest.raises(InputError):
        saved.rate(turn + 1, Feedback("up"))


def test_each_sentence_has_one_review_which_can_be_changed_and_taken_back(saved: Conversations) -> None:
    turn = saved.save("c1", answered("When?"))
    second, first = Review(Span(10, 17), "accepted"), Review(Span(0, 9), None, "which year?")
    for review in (Review(Span(10, 17), "rejected", "no"), second, first):
        saved.review(turn, review)
    assert saved.open("c1").turns[0].reviews == (first, second)
    saved.review(turn, Review(Span(0, 9), None))
    assert saved.open("c1").turns[0].reviews == (second,)
    with pytest.raises(InputError, match="load the page again"):
        saved.review(turn + 1, second)


def test_the_conversation_of_an_answer_is_found_by_whoever_owns_it(database: Database) -> None:
    ann, bob = Conversations(database, "ann"), Conversations(database, "bob")
    turn = ann.save("c1", answered("When?"))
    assert ann.open_with(turn) == ann.open("c1")
    for attempt in (lambda: bob.open_with(turn), lambda: bob.review(turn, Review(Span(0, 2), "accepted"))):
        with pytest.raises(InputError):
            attempt()


def test_sessions_that_write_at_once_lose_nothing(database: Database) -> None:
    saved = [Conversations(database, user) for user in ("ann", "bob")]

    def write(number: int) -> int:
        who = saved[number % 2]
        return who.save(f"own-{number % 2}", answered(f"Question {number}?"))

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(write, range(60)))
    assert len(set(ids)) == 60
    for person in (0, 1):
        turns = saved[person].open(f"own-{person}").turns
        assert sorted(each.turn.question for each in turns) == sorted(f"Question {n}?" for n in range(person, 60, 2))


def test_half_characters_of_a_browser_are_saved(saved: Conversations) -> None:
    turn = answered("why \ud800 did it end?")
    saved.save("c1", turn)
    assert saved.open("c1").turns[0].turn == turn
    assert [each.id for each in saved.list("why end")] == ["c1"]


def test_a_closed_file_says_so(saved: Conversations, database: Database) -> None:
    database.close()
    database.close()
    with pytest.raises(StorageError, match="closed"):
        saved.list()
