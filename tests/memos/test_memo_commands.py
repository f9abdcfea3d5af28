"""The two commands, each in a process of its own at least once; those that need a model are at the end."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from tests.test_command_line import assistant, assistant_here


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("memo", "grain", "--template", "poem"), "no template 'poem'"),
        (("memo", "grain", "--out", "memo.odt"), "in no format of memos"),
        (("memo", "grain", "--out", "nowhere/memo.md"), "no folder 'nowhere'"),
        (("memo", "grain", "--templates", "nowhere"), "no folder of templates 'nowhere'"),
        (("verify", "memo.odt"), "must end in one of .docx, .md, .html"),
        (("verify", "nowhere/none.docx"), "there is no file 'nowhere/none.docx'"),
        (("verify", "memo.md", "--comments", "memo.md"), "name a .docx"),
        (("verify", "memo.md", "--comments", "nowhere/memo.docx"), "no folder 'nowhere'"),
        (("verify", "memo.docx", "--comments", "./memo.docx"), "is the memo itself"),
    ],
    ids=["template", "format", "folder", "templates", "verify format", "verify nothing", "text", "comments", "itself"],
)
def test_a_mistake_is_told_before_a_model_is_loaded(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "memo.md").write_text("Ships wait.", encoding="utf-8")
    docx.Document().save(str(tmp_path / "memo.docx"))
    result = assistant_here(*arguments, cwd=tmp_path)
    assert result.returncode == 2, result.stderr
    assert said in result.stderr
    assert not (tmp_path / "index").exists()


def test_a_memo_is_drafted_exported_verified_edited_and_verified_again(tmp_path: Path) -> None:
    corpus, index, ours = tmp_path / "corpus", tmp_path / "index", tmp_path / "templates"
    corpus.mkdir()
    ours.mkdir()
    (corpus / "grain.md").write_text(
        "---\ntitle: The grain deal\ndate: 2023-07-18\n---\n\n"
        "Russia withdrew from the Black Sea grain deal on 17 July 2023. "
        "Ships had carried 33 million tonnes of grain by then.\n",
        encoding="utf-8",
    )
    (ours / "short.yaml").write_text(
        'title: "Note: {topic}"\nsections:\n'
        "  - heading: Withdrawal\n    question: When did Russia withdraw from {topic}?\n"
        "  - heading: Sport\n    question: Who won the football World Cup of 1998?\n",
        encoding="utf-8",
    )
    where = ("--corpus", str(corpus), "--index", str(index))
    files = [tmp_path / f"note{suffix}" for suffix in (".docx", ".md", ".html")]
    outs = [part for file in files for part in ("--out", str(file))]
    template = ("--template", "short", "--templates", str(ours))
    drafted = assistant("memo", "the Black Sea grain deal", *template, *outs, *where)
    assert drafted.returncode == 0, drafted.stderr
    assert "2 of 2: Sport" in drafted.stderr

    text = files[1].read_text(encoding="utf-8")
    assert "Russia withdrew from the Black Sea grain deal on 17 July 2023.[^1]" in text
    assert "No briefing says: Who won the football World Cup of 1998?" in text
    for file in files:
        untouched = (assistant if file.suffix == ".docx" else assistant_here)("verify", str(file), *where)
        assert untouched.returncode == 0, untouched.stdout
        assert untouched.stdout.startswith("All is in order: ")

    files[1].write_text(text.replace("on 17 July 2023.[^1]", "on 19 July 2023.[^1]"), encoding="utf-8")
    checked = tmp_path / "checked.docx"
    edited = assistant("verify", str(files[1]), "--json", "--comments", str(checked), *where)
    assert edited.returncode == 1
    assert "checked.docx is written" in edited.stderr
    (comment,) = docx.Document(str(checked)).comments
    assert comment.text.startswith("Number or date changed. ")
    faults = [each for each in json.loads(edited.stdout)["findings"] if each["kind"] not in ("unchanged", "reworded")]
    assert [(each["of"], each["kind"]) for each in faults] == [("sentence", "number or date changed")]
