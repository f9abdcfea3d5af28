from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.errors import InputError, StorageError
from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.golden_file import load_golden
from assistant.types import Turn
from assistant.work.case_file import CASES, CaseFile, Expected, Written
from assistant.work.records import Feedback, SavedTurn
from tests.work.nouns import answered

NOW = datetime(2024, 3, 10, tzinfo=UTC)
LINES = st.text(min_size=1).filter(str.strip)


@pytest.fixture
def file(tmp_path: Path) -> CaseFile:
    for folder in ("index", "corpus"):
        (tmp_path / folder).mkdir()
    return CaseFile(tmp_path / "index" / CASES, tmp_path / "corpus")


def _saved(question: str, reason: str = "", *, query: str = "", as_of: date | None = None) -> SavedTurn:
    answer = replace(answered(question).answer, query=query or question, as_of=as_of)
    return SavedTurn(1, Turn(question, answer), NOW, feedback=Feedback("down", reason))


def _add(file: CaseFile, saved: SavedTurn, *quotes: str, before: Sequence[SavedTurn] = ()) -> Written:
    return file.add(saved, before, [Expected("grain.txt", quote) for quote in quotes])


def _quotes(case: GoldenCase) -> list[str]:
    return [quote.text for evidence in case.relevant for quote in evidence.quotes]


@given(
    questions=st.lists(LINES, min_size=1, max_size=4, unique_by=lambda one: " ".join(one.split()).casefold()),
    earlier=LINES,
    quote=LINES,
    reason=st.text(),
)
@example(questions=["0", "1\x85", "2\u2028"], earlier="\u20290", quote="0\x85", reason="\x85")
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_thumbs_down_becomes_a_golden_case_that_loads_as_it_was_meant(
    tmp_path_factory: pytest.TempPathFactory, questions: list[str], earlier: str, quote: str, reason: str
) -> None:
    folder = tmp_path_factory.mktemp("golden")
    file = CaseFile(folder / CASES, folder)
    for number, question in enumerate(questions):
        saved = _saved(question, reason, query=f"{question} and more" if number else question)
        _add(file, saved, quote, before=[_saved(earlier)])
    cases = load_golden([file.path])
    assert [case.question for case in cases] == questions
    assert [list(case.history) for case in cases] == [[], *([[earlier]] * (len(questions) - 1))]
    assert {(case.answerable, tuple(_quotes(case))) for case in cases} == {(True, (normalize("NFC", quote),))}
    assert {case.relevant[0].quotes[0].document for case in cases} == {"grain.txt"}
    assert {case.corpus for case in cases} == {folder.resolve()}


def test_the_file_says_where_the_briefings_are_and_why_each_case_is_there(file: CaseFile, tmp_path: Path) -> None:
    written = _add(file, _saved("Who won in 2022?", "no briefing says\nthat: none", as_of=date(2023, 5, 5)))
    assert file.path.read_text(encoding="utf-8") == (
        f"corpus: ../corpus\ncases:\n- id: {written.id}\n  # no briefing says that: none\n"
        "  question: Who won in 2022?\n  as_of: 2023-05-05\n  answerable: false\n  tags:\n  - feedback\n"
    )
    (case,) = load_golden([file.path])
    assert (case.answerable, case.relevant, case.as_of, case.tags) == (False, (), date(2023, 5, 5), ("feedback",))
    assert case.corpus == (tmp_path / "corpus").resolve()
    assert case.place.line == written.line == 3


def test_the_same_question_has_one_case_and_the_last_pick_counts(file: CaseFile) -> None:
    _add(file, _saved("Who won?", "first"))
    _add(file, _saved("When did it end?"), "It ended in July.")
    again = _add(file, _saved("who  won?", "second"), "Nobody won.")
    assert (again.line, again.instead) == (3, True)
    first, second = load_golden([file.path])
    assert (first.question, _quotes(first)) == ("who  won?", ["Nobody won."])
    assert second.question == "When did it end?"
    assert "first" not in file.path.read_text(encoding="utf-8")
    other_day = _add(file, _saved("Who won?", as_of=date(2023, 5, 5)))
    asked_before = _add(file, _saved("Who won?", query="who won the cup"), before=[_saved("What of the cup?")])
    assert len({case.id for case in load_golden([file.path])} & {other_day.id, asked_before.id, again.id}) == 3


def test_what_a_person_edited_stays_and_new_cases_go_behind_it(file: CaseFile) -> None:
    _add(file, _saved("Who won?"))
    mine = (
        "# mine\ncorpus: ../corpus\ncases:\n    - id: own  # kept\n      question: Who won?\n      answerable: false\n"
        "      # why: nobody knows\n    # the end\ntags: [checked]"
    )
    file.path.write_text(mine, encoding="utf-8")
    with pytest.raises(InputError, match=r"feedback\.golden\.yaml: line 4: .*edited"):
        _add(file, _saved("who won?"), "Nobody won.")
    assert file.path.read_text(encoding="utf-8") == mine
    _add(file, _saved("When did it end?"), "It ended in July.", "In July.")
    own, new = load_golden([file.path])
    assert (own.id, own.tags) == ("own", ("checked",))
    assert (_quotes(new), new.tags) == (["It ended in July.", "In July."], ("checked", "feedback"))
    text = file.path.read_text(encoding="utf-8")
    assert [line for line in mine.splitlines() if line not in text] == []


@pytest.mark.parametrize(
    "text",
    ["cases: [", "corpus: .\ncases: []\n", "- one\n", "corpus: .\ncases: [{id: a, question: b, answerable: false}]\n"],
    ids=["no YAML", "no case", "a list", "in one line"],
)
def test_a_file_that_nothing_can_be_put_into_is_told_and_stays(file: CaseFile, text: str) -> None:
    file.path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"feedback\.golden\.yaml"):
        _add(file, _saved("Who won?"))
    assert file.path.read_text(encoding="utf-8") == text


def test_the_cases_are_on_the_disk_before_they_take_the_place_of_those_that_were_there(
    file: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add(file, _saved("When?"))
    before = file.path.read_bytes()
    monkeypatch.setattr(os, "fsync", _refuse)
    with pytest.raises(StorageError, match="No space left"):
        _add(file, _saved("Why?"))
    assert file.path.read_bytes() == before
    assert list(file.path.parent.iterdir()) == [file.path]


def _refuse(_: int) -> None:
    raise OSError(28, "No space left on device")
