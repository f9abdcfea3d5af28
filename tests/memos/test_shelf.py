from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count, islice, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from assistant.chat import Assistant
from assistant.errors import InputError, StorageError, WorkDamaged
from assistant.memos.drafting import draft, missing
from assistant.memos.editing import moved, retitled, with_section, with_text, without_section
from assistant.memos.memo import Memo, Section
from assistant.memos.shelf import Conflict, Shelf
from assistant.work.database import Database
from assistant.work.opening import KEPT_DELETED, WORK, open_work
from tests.memos.briefings import TEMPLATE, TOPIC
from tests.memos.made import memos, reference

MEMO = Memo(
    "The grain deal",
    "grain",
    "short",
    (
        Section("Withdrawal", "Why did it end?", "Russia withdrew.[^c1]", (reference(),)),
        Section("Ships", "Who sailed?", "The Razoni left."),
    ),
)


def seconds(step: int = 1) -> Callable[[], datetime]:
    """A clock on which some seconds go by each time that it is looked at."""
    passed = count(0, step)
    return lambda: datetime(2024, 3, 10, 12, tzinfo=UTC) + timedelta(seconds=next(passed))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_work(tmp_path)
    assert opened.database is not None
    yield opened.database
    opened.database.close()


@pytest.fixture
def shelf(database: Database) -> Shelf:
    return Shelf(database, now=seconds())


def typed(shelf: Shelf, key: str, number: int = 0) -> int:
    """Saves the memo with one more letter in a section."""
    saved = shelf.open(key)
    text = saved.memo.sections[number].text
    return shelf.save(key, with_text(saved.memo, number, f"{text}x"), revision=saved.revision)


def test_what_was_saved_is_there_after_opening_again(tmp_path: Path) -> None:
    first = open_work(tmp_path).database
    assert first is not None
    shelf = Shelf(first, now=seconds())
    key = shelf.create(MEMO)
    assert shelf.save(key, without_section(MEMO, 1), revision=1) == 2
    first.close()
    second = open_work(tmp_path).database
    assert second is not None
    saved = Shelf(second).open(key)
    assert (saved.memo, saved.revision) == (without_section(MEMO, 1), 2)
    assert (saved.summary.title, saved.summary.sections) == ("The grain deal", 1)
    assert saved.summary.created < saved.summary.changed
    second.close()


@given(memos())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_memo_comes_back_equal(database: Database, memo: Memo) -> None:
    shelf = Shelf(database)
    assert shelf.open(shelf.create(memo)).memo == memo


def test_half_characters_of_a_browser_are_saved_and_found(shelf: Shelf) -> None:
    memo = with_text(retitled(MEMO, "Half \ud800"), 0, "Words \udfff and more.")
    key = shelf.create(memo)
    assert shelf.open(key).memo == memo
    assert [each.id for each in shelf.list("half more")] == [key]


def test_two_tabs_never_overwrite_each_other_silently(shelf: Shelf) -> None:
    key = shelf.create(MEMO)
    one, other = with_text(MEMO, 0, "From one tab."), with_text(MEMO, 0, "From the other tab.")
    assert shelf.save(key, one, revision=1) == 2
    for revision in (1, 3, 0):
        with pytest.raises(Conflict, match="was changed elsewhere") as refused:
            shelf.save(key, other, revision=revision)
        assert (refused.value.newer.memo, refused.value.newer.revision) == (one, 2)
    assert shelf.open(key).memo == one
    assert shelf.save(key, other, revision=refused.value.newer.revision) == 3


def test_saving_what_is_there_already_changes_nothing(shelf: Shelf) -> None:
    key = shelf.create(MEMO)
    changed = with_text(MEMO, 0, "Other.")
    shelf.save(key, changed, revision=1)
    before = shelf.open(key)
    assert shelf.save(key, changed, revision=2) == shelf.save(key, changed, revision=1) == 2  # the last answer got lost
    assert shelf.open(key) == before
    assert len(shelf.versions(key)) == 1


def test_the_memo_changed_last_comes_first(shelf: Shelf) -> None:
    first, second = shelf.create(MEMO), shelf.create(MEMO)
    assert [each.id for each in shelf.list()] == [second, first]
    typed(shelf, first)
    assert [each.id for each in shelf.list()] == [first, second]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", True),
        ("grain withdraw", True),
        ("RUSSIA razoni", True),
        ("sail", True),
        ("ship left", True),
        ("corridor", False),
        ("russia corridor", False),
        ("c1", False),
        ('" OR NEAR(', False),
        ("?!", False),
    ],
)
def test_search_finds_what_has_all_words_in_title_headings_questions_or_texts(
    shelf: Shelf, words: str, found: bool
) -> None:
    key = shelf.create(MEMO)
    shelf.create(Memo("Corridor", "x", "y"))
    assert (key in [each.id for each in shelf.list(words)]) is found


def test_search_does_not_find_what_was_edited_away(shelf: Shelf) -> None:
    key = shelf.create(MEMO)
    shelf.save(key, with_text(MEMO, 0, "Nobody knows."), revision=1)
    assert shelf.list("russia") == ()
    assert len(shelf.list("nobody grain")) == 1
    shelf.rename(key, "Corridor")
    assert shelf.list("grain") == ()
    shelf.restore(key, 1)
    assert len(shelf.list("russia grain")) == 1


def test_a_new_name_is_a_revision_and_an_empty_one_is_refused(shelf: Shelf) -> None:
    key = shelf.create(MEMO)
    assert shelf.rename(key, " Grain \n today ") == 2
    assert (shelf.open(key).memo, shelf.list()[0].title) == (retitled(MEMO, "Grain today"), "Grain today")
    with pytest.raises(InputError, match="needs a title"):
        shelf.rename(key, " \n ")
    with pytest.raises(Conflict):
        shelf.save(key, typed_into(MEMO), revision=1)


def typed_into(memo: Memo) -> Memo:
    return with_text(memo, 0, f"{memo.sections[0].text}x")


def test_a_long_title_is_whole_in_the_memo_and_short_in_the_list(shelf: Shelf) -> None:
    for title, listed in (("why " * 100, "why …"), ("", "Untitled")):
        key = shelf.create(Memo(title, "t", "x"))
        assert shelf.open(key).memo.title == title
        assert shelf.open(key).summary.title.endswith(listed)
        assert len(shelf.list()[0].title) <= 80


def test_memos_of_different_logins_stay_apart(database: Database) -> None:
    ann, bob = Shelf(database, "ann"), Shelf(database, "bob")
    key = ann.create(MEMO)
    assert bob.list() == bob.list("grain") == ()
    attempts: tuple[Callable[[], object], ...] = (
        lambda: bob.open(key),
        lambda: bob.save(key, MEMO, revision=1),
        lambda: bob.rename(key, "Mine"),
        lambda: bob.delete(key),
        lambda: bob.undelete(key),
        lambda: bob.versions(key),
        lambda: bob.version(key, 1),
        lambda: bob.restore(key, 1),
    )
    for attempt in attempts:
        with pytest.raises(InputError, match="not there"):
            attempt()
    assert ann.open(key).revision == 1


def test_deleting_can_be_undone(shelf: Shelf) -> None:
    key = shelf.create(MEMO)
    before = shelf.open(key)
    shelf.delete(key)
    assert shelf.list() == shelf.list("grain") == ()
    for attempt in (shelf.open, shelf.delete, shelf.versions):
        with pytest.raises(InputError):
            attempt(key)
    with pytest.raises(InputError):
        shelf.save(key, MEMO, revision=1)
    shelf.undelete(key)
    assert shelf.open(key) == before


def test_while_somebody_types_a_state_is_kept_every_five_minutes(database: Database) -> None:
    shelf = Shelf(database, now=seconds(10))
    key = shelf.create(MEMO)
    for _ in range(80):
        typed(shelf, key)
    kept = shelf.versions(key)
    assert [each.why for each in kept] == ["time", "time", "begun"]
    assert [later.saved - earlier.saved for later, earlier in pairwise(kept)] == [timedelta(minutes=5)] * 2
    assert shelf.version(key, 1) == MEMO
    assert shelf.open(key).revision == 81


def test_what_stood_before_a_section_was_taken_out_or_a_citation_lost_is_kept(shelf: Shelf) -> None:
    key = shelf.create(MEMO)
    typed(shelf, key)  # keeps the state that it was begun with
    typed(shelf, key)
    whole = shelf.open(key).memo
    revision = shelf.save(key, without_section(whole, 1), revision=3)
    revision = shelf.save(key, with_text(shelf.open(key).memo, 0, "Nothing."), revision=revision)
    revision = shelf.save(key, with_section(shelf.open(key).memo, "New"), revision=revision)
    shelf.save(key, moved(shelf.open(key).memo, 0, 1), revision=revision)
    assert [(each.number, each.why, each.sections) for each in shelf.versions(key)] == [
        (6, "structure", 2),
        (4, "citations", 1),
        (3, "structure", 2),
        (1, "begun", 2),
    ]
    assert shelf.version(key, 3) == whole


def test_a_version_that_is_put_back_is_a_new_revision_and_what_was_there_is_kept(shelf: Shelf) -> None:
    key = shelf.create(MEMO)
    typed(shelf, key)
    typed(shelf, key)
    present = shelf.open(key).memo
    assert shelf.restore(key, 1) == 4
    assert shelf.open(key).memo == MEMO
    assert [(each.number, each.why) for each in shelf.versions(key)] == [(3, "restored"), (1, "begun")]
    assert shelf.restore(key, 3) == 5
    assert shelf.open(key).memo == present
    assert shelf.version(key, 5) == present
    for number in (2, 99):
        with pytest.raises(InputError, match="not kept any more"):
            shelf.restore(key, number)


def test_versions_do_not_grow_without_bound(shelf: Shelf) -> None:
    key = shelf.create(MEMO)
    for turn in range(130):
        saved = shelf.open(key)
        shelf.save(key, with_text(moved(saved.memo, 0, 1), 0, str(turn)), revision=saved.revision)
    kept = shelf.versions(key)
    assert len(kept) == 100
    assert [each.number for each in kept[:30]] == list(range(130, 100, -1))
    assert kept[-1].number == 1
    assert all(shelf.version(key, each.number).title == MEMO.title for each in kept)


def test_an_unfinished_draft_goes_on_after_the_program_was_started_again(
    tmp_path: Path, assistant: Assistant, memo: Memo
) -> None:
    first = open_work(tmp_path).database
    assert first is not None
    shelf, key, revision = Shelf(first), "", 0
    for event in islice(draft(assistant, TOPIC, TEMPLATE), 4):
        if not key:
            key, revision = shelf.create(event.memo, unfinished=True), 1
        revision = shelf.save(key, event.memo, revision=revision, unfinished=event.asking is not None)
    first.close()

    second = open_work(tmp_path).database
    assert second is not None
    shelf = Shelf(second)
    (line,) = shelf.list()
    assert (line.unfinished, line.sections) == (True, 3)
    saved = shelf.open(line.id)
    assert [each.heading for each in missing(saved.memo, TEMPLATE)] == ["Canal", "Grain", "NATO", "Animals"]
    revision = shelf.save(key, retitled(saved.memo, memo.title), revision=saved.revision)  # leaves it unfinished
    assert shelf.open(key).summary.unfinished
    for event in draft(assistant, TOPIC, TEMPLATE, begun=saved.memo):
        revision = shelf.save(key, event.memo, revision=revision, unfinished=event.asking is not None)
    assert shelf.open(key).memo == memo
    assert not shelf.open(key).summary.unfinished
    assert missing(memo, TEMPLATE) == ()
    second.close()


def test_sessions_that_save_at_once_lose_nothing(database: Database) -> None:
    shelf = Shelf(database)
    key = shelf.create(Memo("T", "t", "x"))

    def add(number: int) -> None:
        while True:
            saved = shelf.open(key)
            try:
                shelf.save(key, with_section(saved.memo, str(number)), revision=saved.revision)
            except Conflict:
                continue
            return

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(40)))
    saved = shelf.open(key)
    assert sorted(int(each.heading) for each in saved.memo.sections) == list(range(40))
    assert saved.revision == 41


def test_deleted_memos_are_purged_with_their_versions_after_their_time(tmp_path: Path) -> None:
    database = open_work(tmp_path).database
    assert database is not None
    long_ago = datetime.now(UTC) - KEPT_DELETED - timedelta(days=1)
    old, new = Shelf(database, now=lambda: long_ago), Shelf(database)
    gone, kept, untouched = (new.create(retitled(MEMO, f"Title {name}")) for name in ("gone", "kept", "other"))
    for key in (gone, kept):
        new.save(key, with_text(MEMO, 0, "Palimpsest " + key), revision=1)
    old.delete(gone)
    new.delete(kept)
    database.close()
    database = open_work(tmp_path).database
    assert database is not None
    shelf = Shelf(database)
    with pytest.raises(InputError):
        shelf.undelete(gone)
    shelf.undelete(kept)
    assert {each.id for each in shelf.list()} == {kept, untouched}
    assert [each.id for each in shelf.list("palimpsest")] == [kept]
    assert shelf.version(kept, 1) == retitled(MEMO, "Title kept")
    database.close()
    content = (tmp_path / WORK).read_bytes()
    assert b"Title gone" not in content
    assert gone.encode() not in content


def test_a_memo_whose_text_was_spoilt_is_told_and_the_others_stay(tmp_path: Path, database: Database) -> None:
    shelf = Shelf(database)
    spoilt, other = shelf.create(MEMO), shelf.create(MEMO)
    with closing(sqlite3.connect(tmp_path / WORK)) as connection:
        connection.execute("UPDATE memos SET memo = replace(memo, '\"start\"', '\"tart\"') WHERE id = ?", (spoilt,))
        connection.commit()
    with pytest.raises(WorkDamaged, match=r"'The grain deal'.*assistant restore"):
        shelf.open(spoilt)
    assert shelf.open(other).memo == MEMO
    assert len(shelf.list()) == 2


def test_a_closed_file_says_so(shelf: Shelf, database: Database) -> None:
    key = shelf.create(MEMO)
    database.close()
    with pytest.raises(StorageError, match="closed"):
        shelf.save(key, MEMO, revision=1)
