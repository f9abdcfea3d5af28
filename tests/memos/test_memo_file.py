from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from assistant.errors import InputError
from assistant.memos.memo import Memo, Section
from assistant.memos.memo_file import memo_as_json, memo_from_json, read_memo
from tests.memos.made import memos, reference


@given(memos())
def test_a_memo_is_read_as_it_was_written(memo: Memo) -> None:
    assert memo_from_json(memo_as_json(memo)) == memo


def changed(key: str, value: object) -> str:
    text = memo_as_json(Memo("T", "t", "x", (Section("H", "Q?", "Said.[^c1]", (reference(),)),)))
    content = json.loads(text)
    content["sections"][0]["references"][0][key] = value
    return json.dumps(content)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "it is no memo: "),
        ("[]", "it is no memo: "),
        (changed("token", "3"), "sections.0.references.0.token: "),
        (changed("author_name", "x"), "sections.0.references.0.author_name: "),
        (changed("end", 0), "it is no memo: a span needs"),
        (changed("date", "yesterday"), "sections.0.references.0.date: "),
        ('{"version": 2, "title": "", "topic": "", "template": "", "sections": []}', "version: "),
    ],
    ids=["no JSON", "a list", "token", "unknown key", "empty span", "date", "version"],
)
def test_what_is_no_memo_is_refused_with_the_place(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "memo.json"
    file.write_text(text)
    with pytest.raises(InputError) as refused:
        read_memo(file)
    assert said in str(refused.value)
    assert str(refused.value).startswith(str(file))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.json"):
        read_memo(tmp_path / "none.json")
