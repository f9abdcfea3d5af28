from __future__ import annotations

from pathlib import Path

import docx
import pytest
from bs4 import BeautifulSoup

from assistant.errors import AssistantError, InputError
from assistant.memos import pandoc
from assistant.memos.verifying import edited
from assistant.memos.verifying.edited import read_edited


def test_a_text_that_is_nested_too_deeply_is_refused_in_every_format(tmp_path: Path) -> None:
    for name, text in (("deep.md", ">" * 20_000 + " x"), ("list.md", "- " * 900 + "x"), ("d.html", "<div>" * 20_000)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="nested too deeply"):
            read_edited(tmp_path / name)


def test_pandoc_is_ended_when_it_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "_SECONDS", 0.01)
    with pytest.raises(AssistantError, match="longer than"):
        pandoc.read_text("Some words. " * 100_000)


def test_pandoc_is_ended_when_it_needs_too_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "_MEMORY", ("+RTS", "-M16m", "-RTS"))
    with pytest.raises(AssistantError, match="too much memory"):
        pandoc.read_text("Some words. " * 100_000)


def test_an_output_of_pandoc_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "_MAX_OUTPUT", 10_000)
    with pytest.raises(AssistantError, match="too much memory"):
        pandoc.read_text("Some words. " * 1_000)


def test_a_file_that_is_too_large_for_a_memo_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "memo.md").write_text("One. Two. Three.\n\n" * 10, encoding="utf-8")
    monkeypatch.setattr(edited, "_MAX_SENTENCES", 29)
    with pytest.raises(InputError, match="has 30 sentences, more than the 29"):
        read_edited(tmp_path / "memo.md")
    docx.Document().save(str(tmp_path / "memo.docx"))
    monkeypatch.setattr(edited, "_MAX_XML_BYTES", 1_000)
    with pytest.raises(InputError, match=r"'memo\.docx' holds .* that is no memo"):
        read_edited(tmp_path / "memo.docx")
    monkeypatch.setattr(edited, "_MAX_TEXT_BYTES", 100)
    with pytest.raises(InputError, match="that is no memo"):
        read_edited(tmp_path / "memo.md")


@pytest.mark.parametrize(
    "smuggled",
    [
        '![<meta http-equiv="refresh" content="0;url=https://evil.example/"><form action=x>](y)',
        "![a [x](javascript:alert(1))](y)",
        "![a ![<form action=x>](z)](y)",
        "[![<form action=x> [x](javascript:alert(1))](y)](https://example.org)",
    ],
)
def test_the_words_of_a_picture_smuggle_nothing_in(smuggled: str) -> None:
    page = BeautifulSoup(pandoc.write_text(pandoc.harmless(pandoc.read_text(smuggled)), "html"), "lxml")
    assert not page.select("meta, form, img, [href^=javascript]")
