from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from assistant.chat import Assistant
from assistant.memos.memo import TOKEN
from assistant.memos.tag import read_footnote
from assistant.ui.panels.quoting import quoter
from tests.ui.conftest import BRIEFINGS
from tests.ui.stage import stage


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = stage(tmp_path_factory.mktemp("quoting"), dict(BRIEFINGS))
    yield made
    made.close()


def _quoted(assistant: Assistant, wanted: str, **other: object) -> dict[str, str]:
    document = assistant.document("talks.md")
    start = document.text.index("The minister")
    end = document.text.index(" The reason")
    place = {"document": document.id, "hash": document.source.content_hash, "start": start, "end": end}
    return dict(json.loads(quoter(assistant)(json.dumps({**place, "form": wanted, **other}))))


def test_a_quote_is_copied_as_it_is_wanted(assistant: Assistant) -> None:
    assert _quoted(assistant, "none") == {"text": "The minister declined the meeting."}
    assert _quoted(assistant, "inline")["text"].startswith("“The minister declined the meeting.” (Talks in Singapore")
    footnote = read_footnote(_quoted(assistant, "footnote")["text"].split("]: ", 1)[1])
    assert footnote.quote == "The minister declined the meeting."
    assert json.loads(_quoted(assistant, "json")["text"])["quote"] == "The minister declined the meeting."


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"form": "song"}, "cannot be copied"),
        ({"start": 5, "end": 5}, "No words are marked"),
        ({"hash": "0"}, "has changed"),
        ({"document": "gone"}, "cannot be copied"),
        ({"start": 10**6, "end": 10**6 + 1}, "cannot be copied"),
    ],
    ids=str,
)
def test_words_that_are_not_there_are_not_copied(assistant: Assistant, other: dict[str, object], said: str) -> None:
    answer = _quoted(assistant, "none", **other)
    assert "text" not in answer
    assert said in answer["problem"]


def test_each_copied_footnote_has_a_label_of_its_own_that_is_no_token(assistant: Assistant) -> None:
    document = assistant.document("talks.md")
    more = _quoted(assistant, "footnote", end=document.text.index(" The reason") + 11)["text"]
    labels = [re.findall(r"\[\^(\w+)\]", text) for text in (_quoted(assistant, "footnote")["text"], more)]
    assert [len(set(each)) for each in labels] == [1, 1]
    assert labels[0] != labels[1]
    assert not TOKEN.search("".join(f"[^{each[0]}]" for each in labels))
