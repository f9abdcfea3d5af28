from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from unicodedata import normalize

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.evaluation.golden_file import load_golden
from assistant.work.conversations import Conversations
from assistant.work.database import Database
from assistant.work.exporting import Expected, conversation_as_json, golden_case
from assistant.work.records import Feedback, SavedTurn
from assistant.work.turn_json import turn_from_text
from tests.work.nouns import answered

NOW = datetime(2024, 3, 10, tzinfo=UTC)
LINES = st.text(min_size=1).filter(str.strip)


def _loaded(text: str, folder: Path) -> tuple[object, ...]:
    file = folder / "feedback.golden.yaml"
    file.write_text(text, encoding="utf-8")
    return load_golden([file])


def test_an_export_holds_every_turn_with_its_evidence(database: Database) -> None:
    saved = Conversations(database)
    first = saved.save("c1", answered("When did it end?"))
    second = saved.save("c1", answered("Why \ud800?"), instead_of=first)
    saved.rate(second, Feedback("down", "too short"))
    text = conversation_as_json(saved.open("c1"))
    content = json.loads(text.encode("utf-8"))
    assert content["title"] == "When did it end?"
    assert content["turns"][0]["feedback"] == {"thumb": "down", "reason": "too short"}
    for key, turn in (("turns", answered("Why \ud800?")), ("earlier", answered("When did it end?"))):
        (exported,) = content[key]
        assert turn_from_text(json.dumps(exported)) == turn


@given(question=LINES, history=st.lists(LINES, max_size=2), quote=LINES, reason=st.text())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_thumbs_down_becomes_a_golden_case_that_loads_as_it_was_meant(
    tmp_path_factory, question: str, history: list[str], quote: str, reason: str
) -> None:
    folder = tmp_path_factory.mktemp("golden")
    saved = SavedTurn(1, answered(question), NOW, feedback=Feedback("down", reason))
    (case,) = _loaded(golden_case(saved, [Expected("grain.txt", quote)], corpus=".", history=history), folder)
    assert (case.question, list(case.history), case.answerable) == (question, history, True)
    ((found,),) = (evidence.quotes for evidence in case.relevant)
    assert found.document == "grain.txt"
    assert found.text == normalize("NFC", quote)


def test_without_expected_words_abstaining_is_right_and_the_day_is_kept(tmp_path: Path) -> None:
    turn = answered("Who won in 2022?")
    turn = replace(turn, answer=replace(turn.answer, as_of=date(2023, 5, 5)))
    saved = SavedTurn(1, turn, NOW, feedback=Feedback("down", "no briefing says\nthat: none"))
    text = golden_case(saved, [], corpus=".")
    assert text.startswith("# no briefing says that: none\n")
    (case,) = _loaded(text, tmp_path)
    assert (case.answerable, case.relevant, case.as_of, case.tags) == (False, (), date(2023, 5, 5), ("feedback",))
    assert case.id.startswith("who-won-in-2022-")


def test_ids_tell_questions_apart_that_differ_in_what_was_asked_before() -> None:
    saved = SavedTurn(1, answered("Why?"), NOW)
    assert golden_case(saved, [], corpus=".") == golden_case(saved, [], corpus=".")
    texts = {golden_case(saved, [], corpus=".", history=[before]).split("\n")[2] for before in ("When?", "Who?")}
    assert len(texts) == 2
