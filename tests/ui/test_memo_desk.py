from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest

from assistant.chat import Assistant
from assistant.errors import AssistantError, InputError
from assistant.language.askable import MAX_QUESTION
from assistant.memos.template import load_template
from assistant.types import Answer, Turn
from assistant.ui.collecting import key_of
from assistant.ui.memo_desk import Desk
from assistant.ui.memo_requests import REQUEST, Reply
from assistant.ui.saving import Saving
from assistant.work.opening import open_work
from assistant.work.stored_text import title_line
from tests.ui.conftest import BRIEFINGS
from tests.ui.stage import stage


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = stage(tmp_path_factory.mktemp("desk"), dict(BRIEFINGS))
    yield made
    made.close()


@pytest.fixture
def saving(tmp_path: Path) -> Iterator[Saving]:
    (tmp_path / "index").mkdir(exist_ok=True)
    made = Saving(open_work(tmp_path / "index"))
    yield made
    made.close()


@pytest.fixture
def desk(assistant: Assistant, saving: Saving) -> Desk:
    return _desk(assistant, saving)


def _desk(assistant: Assistant, saving: Saving, user: str | None = None) -> Desk:
    shelf, conversations = saving.shelf(user), saving.of(user)
    assert shelf is not None
    assert conversations is not None
    return Desk(assistant, shelf, conversations)


def _ask(desk: Desk, **asked: object) -> Reply:
    return desk.reply(REQUEST.validate_json(json.dumps(asked)))


def _answered(desk: Desk, question: str) -> str:
    """The key of an answer that is saved in the conversation `c`."""
    answer = desk.briefings.ask(question)
    desk.conversations.save("c", Turn(question, answer))
    return key_of(answer)


def _collect(desk: Desk, question: str, **what: object) -> Reply:
    return _ask(desk, do="collect", conversation="c", answer=_answered(desk, question), **{"what": "answer", **what})


def _fields(reply: Reply, *texts: str) -> dict[str, object]:
    """The fields of a memo with other texts in its sections."""
    fields = json.loads(json.dumps(reply["fields"]))
    for section, text in zip(fields["sections"], texts, strict=True):
        section["text"] = text
    return dict(fields)


def _texts(desk: Desk, memo: object) -> list[str]:
    return [section.text for section in desk.shelf.open(str(memo)).memo.sections]


MEETING = "The minister declined the meeting."
TONNES = "The corridor carried 33 million tonnes of grain."


def test_the_first_answer_makes_a_memo_with_its_question_as_title(desk: Desk) -> None:
    reply = _collect(desk, "minister meeting?")
    saved = desk.shelf.open(str(reply["id"]))
    assert saved.memo.title == saved.memo.sections[0].heading == "minister meeting?"
    assert saved.memo.sections[0].text == f"{MEETING}[^c1]"
    assert saved.memo.references["c1"].quote == MEETING
    assert "new memo “minister meeting?”" in str(reply["notice"])


def test_a_question_of_any_length_makes_a_memo_that_can_be_saved(desk: Desk) -> None:
    said = "The minister met nobody of them. "
    question = f"{said * ((MAX_QUESTION - 20) // len(said))}Which meeting?".ljust(MAX_QUESTION, "?")
    reply = _ask(desk, do="open", id=_collect(desk, question)["id"])
    memo = desk.shelf.open(str(reply["id"])).memo
    assert memo.title == memo.sections[0].heading == title_line(question)
    assert memo.sections[0].question == question
    fields = _fields(reply, "My own words.")
    saved = _ask(desk, do="save", id=reply["id"], revision=reply["revision"], base=reply["fields"], fields=fields)
    assert _texts(desk, saved["id"]) == ["My own words."]
    _collect(desk, question, memo=saved["id"])
    assert len(_texts(desk, saved["id"])) == 1  # it is found by its whole question


def test_a_question_that_a_heading_can_hold_stands_whole_above_its_answer(desk: Desk) -> None:
    question = "Why did the minister decline the meeting that was to be held in Singapore in June, and who told him?"
    memo = desk.shelf.open(str(_collect(desk, question)["id"])).memo
    assert memo.title == memo.sections[0].heading == question


def test_each_answer_gets_a_section_and_a_sentence_goes_to_that_of_its_question(desk: Desk) -> None:
    memo = _collect(desk, "minister meeting?")["id"]
    assert _collect(desk, "tonnes corridor?", memo=memo)["id"] == memo
    _collect(desk, "minister meeting?", what="sentence", marker=1, memo=memo, again=True)
    assert _texts(desk, memo) == [f"{MEETING}[^c1]\n\n{MEETING}[^c1]", f"{TONNES}[^c2]"]


def test_what_the_memo_has_already_is_added_only_when_that_is_meant(desk: Desk) -> None:
    memo = _collect(desk, "minister meeting?")["id"]
    reply = _collect(desk, "minister meeting?", memo=memo)
    assert "The answer is in “minister meeting?” already." in str(reply["notice"])
    assert reply["id"] == memo
    assert "already" in str(_collect(desk, "minister meeting?", what="sentence", marker=1, memo=memo)["notice"])
    assert _texts(desk, memo) == [f"{MEETING}[^c1]"]
    assert len(desk.shelf.versions(str(memo))) == 0
    _collect(desk, "minister meeting?", memo=memo, again=True)
    assert _texts(desk, memo) == [f"{MEETING}[^c1]\n\n{MEETING}[^c1]"]
    elsewhere = _collect(desk, "minister meeting?", memo=memo, anew=True)["id"]
    assert elsewhere != memo
    assert _texts(desk, elsewhere) == [f"{MEETING}[^c1]"]


def test_words_of_a_document_are_quoted_and_those_of_a_changed_one_are_not(desk: Desk) -> None:
    document = desk.briefings.document("talks.md")
    start = document.text.index("The reason")
    place = {"document": document.id, "start": start, "end": len(document.text)}
    reply = _ask(desk, do="collect", what="quote", hash=document.source.content_hash, **place)
    assert desk.shelf.open(str(reply["id"])).memo.title == document.source.title
    assert _texts(desk, reply["id"]) == ["> The reason was the sanctions of 2018.[^c1]"]
    with pytest.raises(InputError, match="has changed"):
        _ask(desk, do="collect", what="quote", hash="0" * 64, memo=reply["id"], **place)


def test_what_no_briefing_says_can_be_collected(desk: Desk) -> None:
    assert _texts(desk, _collect(desk, "zebras?")["id"]) == ["No briefing says: zebras?"]


def test_an_unknown_answer_is_told(desk: Desk) -> None:
    with pytest.raises(InputError, match="not among the saved ones"):
        _ask(desk, do="collect", what="answer", conversation="", answer="0" * 16)
    with pytest.raises(InputError, match="no such sentence"):
        _collect(desk, "minister meeting?", what="sentence", marker=7)


def _undo(reply: Reply) -> dict[str, object]:
    """What the undo of a notice sends."""
    notice = str(reply["notice"])
    found = {name: notice.split(f'data-{name}="')[1].split('"')[0] for name in ("id", "revision", "version", "made")}
    numbers = {"revision": int(found["revision"]), "version": int(found["version"])}
    return {"do": "uncollect", "id": found["id"], **numbers, "made": found["made"] == "yes"}


def test_collecting_is_undone(desk: Desk) -> None:
    first = _collect(desk, "minister meeting?")
    second = _collect(desk, "tonnes corridor?", memo=first["id"])
    _ask(desk, **_undo(second))
    assert _texts(desk, first["id"]) == [f"{MEETING}[^c1]"]
    with pytest.raises(InputError, match="was changed since"):
        _ask(desk, **_undo(first))
    third = _collect(desk, "tonnes corridor?", anew=True)
    assert len(desk.shelf.list()) == 2
    assert _ask(desk, **_undo(third))["id"] == ""
    assert [one.id for one in desk.shelf.list()] == [first["id"]]


def test_a_draft_goes_on_where_it_was_left(desk: Desk) -> None:
    begun = _ask(desk, do="create", topic=" the  grain ", template="chronology")
    assert begun["draft"]
    sections = load_template("chronology").sections
    assert sections[0].heading in str(begun["asking"])
    once = _ask(desk, do="draft", id=begun["id"], revision=begun["revision"])
    assert f"2 of {len(sections)}" in str(once["asking"])
    again = _ask(desk, do="open", id=begun["id"])
    assert again["draft"]
    for _ in sections[1:]:
        again = _ask(desk, do="draft", id=begun["id"], revision=again["revision"])
    assert not again["draft"]
    saved = desk.shelf.open(str(begun["id"]))
    assert not saved.summary.unfinished
    assert saved.memo.title == "Chronology: the grain"
    assert [section.heading for section in saved.memo.sections] == [each.heading for each in sections]
    assert all(section.text.startswith("No briefing says") for section in saved.memo.sections)


def test_a_draft_can_be_ended_and_needs_a_topic(desk: Desk) -> None:
    begun = _ask(desk, do="create", topic="grain", template="chronology")
    left = _ask(desk, do="draft", id=begun["id"], revision=begun["revision"], leave=True)
    assert not left["draft"]
    assert left["fields"] == {"title": "Chronology: grain", "sections": []}
    with pytest.raises(InputError, match="no words"):
        _ask(desk, do="create", topic=" ? ", template="chronology")
    assert _ask(desk, do="create", topic="")["fields"] == {"title": "Untitled memo", "sections": []}


def test_what_is_collected_while_the_briefings_are_asked_stays(assistant: Assistant, saving: Saving) -> None:
    desk = _desk(assistant, saving)
    memo = _collect(desk, "minister meeting?")["id"]

    class Interrupted:
        """The briefings, which take long enough for somebody to collect something."""

        left = 1

        def ask(self, question: str) -> Answer:
            if self.left:
                self.left -= 1
                _collect(desk, "sanctions reason?", memo=memo)
            return assistant.ask(question)

        ask_within = staticmethod(assistant.ask_within)
        document = staticmethod(assistant.document)

    slow = Desk(Interrupted(), desk.shelf, desk.conversations)
    _ask(slow, do="add", id=memo, revision=1, words="tonnes corridor?", asking=True)
    saved = desk.shelf.open(str(memo)).memo
    assert [section.text for section in saved.sections] == [
        f"{MEETING}[^c1]",
        "The reason was the sanctions of 2018.[^c2]",
        f"{TONNES}[^c3]",
    ]
    assert saved.references["c3"].quote == TONNES


def test_what_is_typed_is_saved_and_its_citations_are_looked_after(desk: Desk) -> None:
    memo = _collect(desk, "minister meeting?")["id"]
    opened = _ask(desk, do="open", id=memo)
    fields = _fields(opened, "He declined.[^c9]")
    saved = _ask(desk, do="save", id=memo, revision=opened["revision"], fields=fields, base=opened["fields"])
    assert "[^c9]" in str(saved["previews"])
    assert isinstance(saved["problems"], list)
    (told,) = saved["problems"]
    assert "is not in the memo any more" in told
    assert "stands for no source" in told
    assert "Nothing is cited" in str(saved["references"])
    back = _ask(desk, do="put back", id=memo, revision=saved["revision"], section=0, token="c1")
    assert _texts(desk, memo) == ["He declined.[^c9][^c1]"]
    assert "any more" not in str(back["problems"])
    assert "no source" in str(back["problems"])  # what stands for nothing is told as long as it stands there


def test_a_memo_that_another_window_changed_is_not_overwritten(desk: Desk) -> None:
    memo = _collect(desk, "minister meeting?")["id"]
    opened = _ask(desk, do="open", id=memo)
    theirs = _fields(opened, "Theirs.[^c1]")
    mine = _fields(opened, "Mine.[^c1]")
    newer = _ask(desk, do="save", id=memo, revision=opened["revision"], fields=theirs)
    refused = _ask(desk, do="save", id=memo, revision=opened["revision"], fields=mine)
    assert "changed in another window" in str(refused["conflict"])
    assert refused["fields"] == theirs
    assert _texts(desk, memo) == ["Theirs.[^c1]"]
    kept = _ask(desk, do="save", id=memo, revision=opened["revision"], fields=mine, anyway=True)
    assert kept["fields"] == mine
    assert MEETING in str(desk.shelf.open(str(memo)).memo.sections[0].given)  # what was typed is to be verified
    versions = {one.number: one.why for one in desk.shelf.versions(str(memo))}
    assert versions[int(str(newer["revision"]))] == "conflict"
    back = _ask(desk, do="restore", id=memo, version=newer["revision"], revision=kept["revision"])
    assert back["fields"] == theirs


def test_text_for_sections_that_are_gone_is_a_conflict_and_can_be_kept(desk: Desk) -> None:
    memo = _collect(desk, "minister meeting?")["id"]
    opened = _ask(desk, do="open", id=memo)
    _ask(desk, do="remove", id=memo, revision=opened["revision"], section=0)
    mine = _fields(opened, "Mine.[^c1]")
    assert "conflict" in _ask(desk, do="save", id=memo, revision=opened["revision"], fields=mine)
    kept = _ask(desk, do="save", id=memo, revision=opened["revision"], fields=mine, anyway=True)
    assert kept["fields"] == mine
    assert desk.shelf.open(str(memo)).memo.references["c1"].quote == MEETING


@pytest.mark.parametrize(
    "asked",
    [
        {"do": "move", "section": 0, "to": 1},
        {"do": "remove", "section": 0},
        {"do": "put back", "section": 0, "token": "c1"},
        {"do": "unremove", "section": 0, "version": 1},
        {"do": "add", "words": "More"},
        {"do": "draft", "leave": True},
        {"do": "restore", "version": 1},
    ],
    ids=lambda asked: asked["do"],
)
def test_a_change_of_an_old_revision_is_a_conflict(desk: Desk, asked: dict[str, object]) -> None:
    memo = str(_ask(desk, do="create", topic="grain", template="chronology")["id"])
    for words in ("One", "Two"):
        _ask(desk, do="add", id=memo, revision=desk.shelf.open(memo).revision, words=words)
    before = desk.shelf.open(memo)
    assert "conflict" in _ask(desk, id=memo, **{"revision": 2, **asked})
    assert desk.shelf.open(memo) == before


def test_sections_are_moved_deleted_and_brought_back(desk: Desk) -> None:
    memo = str(_collect(desk, "minister meeting?")["id"])
    _collect(desk, "tonnes corridor?", memo=memo)
    revision = desk.shelf.open(memo).revision
    moved = _ask(desk, do="move", id=memo, revision=revision, section=1, to=0)
    assert _texts(desk, memo) == [f"{TONNES}[^c2]", f"{MEETING}[^c1]"]
    removed = _ask(desk, do="remove", id=memo, revision=moved["revision"], section=0)
    assert _texts(desk, memo) == [f"{MEETING}[^c1]"]
    back = {"revision": removed["revision"], "version": moved["revision"], "section": 0}
    _ask(desk, do="unremove", id=memo, **back)
    assert desk.shelf.open(memo).memo.sections[0].references[0].quote == TONNES
    assert _texts(desk, memo) == [f"{TONNES}[^c2]", f"{MEETING}[^c1]"]


def test_the_only_section_comes_back_beside_what_was_collected_meanwhile(desk: Desk) -> None:
    memo = str(_collect(desk, "minister meeting?")["id"])
    version = desk.shelf.open(memo).revision
    _ask(desk, do="remove", id=memo, revision=version, section=0)
    _collect(desk, "tonnes corridor?", memo=memo)
    assert _texts(desk, memo) == [f"{TONNES}[^c1]"]
    revision = desk.shelf.open(memo).revision
    _ask(desk, do="unremove", id=memo, revision=revision, version=version, section=0)
    assert _texts(desk, memo) == [f"{MEETING}[^c2]", f"{TONNES}[^c1]"]
    references = desk.shelf.open(memo).memo.references
    assert [references[token].quote for token in ("c1", "c2")] == [TONNES, MEETING]


def test_versions_are_listed_and_looked_at(desk: Desk) -> None:
    memo = str(_collect(desk, "minister meeting?")["id"])
    _collect(desk, "tonnes corridor?", memo=memo)
    (version,) = desk.shelf.versions(memo)
    assert f'data-version="{version.number}"' in str(_ask(desk, do="versions", id=memo)["html"])
    shown = str(_ask(desk, do="version", id=memo, version=version.number)["html"])
    words = re.sub(r"<[^>]*>", "", shown)
    assert MEETING in words
    assert TONNES not in words


def test_a_memo_is_exported_with_a_footnote_for_each_number(desk: Desk) -> None:
    memo = str(_collect(desk, "minister meeting?")["id"])
    _collect(desk, "tonnes corridor?", memo=memo)
    file = _ask(desk, do="export", id=memo, suffix=".docx")
    assert file["name"] == "minister-meeting.docx"
    part = next(
        one
        for one in docx.Document(BytesIO(b64decode(str(file["content"])))).part.package.iter_parts()
        if str(one.partname) == "/word/footnotes.xml"
    )
    assert MEETING in part.blob.decode()
    assert TONNES in part.blob.decode()
    with pytest.raises(InputError, match="no format"):
        _ask(desk, do="export", id=memo, suffix=".exe")


def test_a_deleted_memo_comes_back_and_others_do_not_see_it(desk: Desk, assistant: Assistant, saving: Saving) -> None:
    memo = str(_collect(desk, "minister meeting?")["id"])
    assert "Undo" in str(_ask(desk, do="discard", id=memo)["notice"])
    assert "No memos yet" in str(_ask(desk, do="list")["html"])
    _ask(desk, do="discard", id=memo, undo=True)
    assert memo in str(_ask(desk, do="list")["html"])
    bob = _desk(assistant, saving, "bob")
    assert memo not in str(_ask(bob, do="list")["html"])
    with pytest.raises(AssistantError, match="not there any more"):
        _ask(bob, do="open", id=memo)


def test_a_key_names_one_answer(assistant: Assistant) -> None:
    one, other = assistant.ask("minister meeting?"), assistant.ask("tonnes corridor?")
    assert key_of(one) == key_of(assistant.ask("minister meeting?")) != key_of(other)
