"""From settings to an LLM, and the scripted one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from llama_index.core.base.llms.types import ChatMessage

from assistant.errors import InputError, LLMUnavailable, SettingsError
from assistant.llms import Endpoint, build
from assistant.llms.scripted import ScriptedLLM
from assistant.settings import Settings
from assistant.wiring import build_judge, build_llm
from tests.evaluation.judges.cases import CONTEXTS, result

KEY = "sk-the-secret-of-this-test"


def test_without_a_url_there_is_no_llm() -> None:
    with pytest.raises(SettingsError, match="set llm_url and llm_model"):
        build_llm(Settings.read(llm_model="m", llm_key=KEY))


def test_the_settings_make_an_llm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_LLM_KEY", KEY)
    llm = build_llm(Settings.read(llm_url="http://127.0.0.1:1/v1", llm_model="m", llm_seconds=7))
    assert (llm.api_base, llm.model, llm.timeout, llm.api_key) == ("http://127.0.0.1:1/v1", "m", 7, KEY)
    assert llm.metadata.is_chat_model


@pytest.mark.parametrize("url", ["127.0.0.1:8080/v1", "ftp://host/v1", ""])
def test_a_url_that_no_provider_has_is_refused_with_those_there_are(url: str) -> None:
    with pytest.raises(SettingsError, match=r"must begin with http: or https:$"):
        build_llm(Settings.read(llm_url=url, llm_model="m"))


@pytest.mark.parametrize(
    ("line", "hint"),
    [("reading = True", True), ("reading = true\nwriting= False # off", True), ('host = "True', False)],
)
def test_a_truth_value_with_a_capital_is_explained(
    line: str, hint: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "assistant.toml").write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"assistant\.toml cannot be read") as refusal:
        Settings.read()
    assert str(refusal.value).endswith("; TOML writes true and false in small letters") is hint


def test_a_url_needs_a_model() -> None:
    with pytest.raises(SettingsError, match="llm_url is set without llm_model"):
        build_llm(Settings.read(llm_url="http://127.0.0.1:1/v1"))


def test_settings_never_show_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings.read(llm_key=KEY)
    assert KEY not in repr(settings) + str(settings) + settings.model_dump_json() + str(dict(settings))
    monkeypatch.chdir(tmp_path)
    for line in (f'llm_keys = "{KEY}"', f'llm_key = ["{KEY}"]'):
        (tmp_path / "assistant.toml").write_text(line, encoding="utf-8")
        with pytest.raises(SettingsError, match="llm_key") as refusal:
            Settings.read()
        assert KEY not in str(refusal.value)


def test_importing_the_room_imports_no_llama_index() -> None:
    code = "import sys, assistant.llms, assistant.evaluation.judges; print([m for m in sys.modules if 'llama' in m])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_scripted_llm_says_its_replies_in_order_and_keeps_the_prompts() -> None:
    llm = ScriptedLLM(["One reply.", " Two  words \n"])
    assert llm.complete("First?").text == "One reply."
    items = list(llm.stream_chat([ChatMessage(role="user", content="Second?")]))
    assert [item.delta for item in items] == [" Two  ", "words \n"]
    assert items[-1].message.content == " Two  words \n"
    assert len(llm.prompts) == 2
    assert "Second?" in llm.prompts[1]
    with pytest.raises(LLMUnavailable, match="no reply left for: Third"):
        llm.complete("Third?")


def test_scripted_llms_share_no_prompts() -> None:
    one, other = ScriptedLLM(["a"]), ScriptedLLM(["b"])
    one.complete("To one?")
    assert other.prompts == ()


def test_a_url_may_name_a_file_of_replies(tmp_path: Path) -> None:
    file = tmp_path / "replies.json"
    file.write_text(json.dumps(["From the file."]), encoding="utf-8")
    llm = build(Endpoint(f"scripted:{file}", "script-2"))
    assert llm.complete("?").text == "From the file."
    assert llm.metadata.model_name == "script-2"


@pytest.mark.parametrize("content", [None, "not json", '{"a": 1}', "[1]"])
def test_a_file_without_replies_is_a_mistake_in_the_settings(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "replies.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"replies\.json"):
        build(Endpoint(f"scripted:{file}", "m"))


def test_a_judge_asks_the_llm_of_the_settings_once_a_vote(tmp_path: Path) -> None:
    file = tmp_path / "replies.json"
    file.write_text(json.dumps(["YES"]), encoding="utf-8")
    judge = build_judge(Settings.read(llm_url=f"scripted:{file}", llm_model="script-3"), "relevancy", votes=2)
    opinion = judge.judge(result(), CONTEXTS)
    assert (opinion.model, opinion.votes) == ("script-3", (1.0, 1.0))


def test_a_judge_needs_an_llm_and_a_known_name() -> None:
    with pytest.raises(SettingsError, match="set llm_url and llm_model"):
        build_judge(Settings.read(), "relevancy")
    with pytest.raises(InputError, match="no judge 'taste': known are faithfulness, relevancy, correctness"):
        build_judge(Settings.read(), "taste")
