from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.memos.template import TemplateError, load_template, read_template, template_files

GOOD = 'title: "Ours: {topic}"\nsections:\n  - heading: One\n    question: What is {topic}?\n'


@pytest.mark.parametrize("name", sorted(template_files()))
def test_each_of_our_templates_asks_different_questions_about_the_topic(name: str) -> None:
    template = load_template(name)
    questions = [asked.question.format(topic="the grain deal") for asked in template.sections]
    assert len(set(questions)) == len(questions) >= 3
    assert all("the grain deal" in question and question.endswith("?") for question in questions)
    assert "the grain deal" in template.title.format(topic="the grain deal")


def test_the_five_kinds_of_the_documentation_are_there() -> None:
    assert set(template_files()) == {
        "briefing-note",
        "chronology",
        "decision-memo",
        "questions-and-answers",
        "situation-report",
    }


def test_a_template_of_a_team_goes_before_ours_and_new_ones_are_added(tmp_path: Path) -> None:
    (tmp_path / "chronology.yaml").write_text(GOOD)
    (tmp_path / "weekly.yaml").write_text(GOOD)
    assert load_template("chronology", folder=tmp_path).title == "Ours: {topic}"
    assert load_template("weekly", folder=tmp_path).name == "weekly"
    assert len(load_template("briefing-note", folder=tmp_path).sections) == 5


def test_unknown_templates_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no template 'poem': known are briefing-note, "):
        load_template("poem")
    with pytest.raises(InputError, match="nowhere"):
        load_template("chronology", folder=tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "it is empty"),
        ("title: [\n", 2, "it is not YAML"),
        ("- a\n", 1, "valid dictionary"),
        (GOOD.replace("title:", "titel:"), 1, "titel: "),
        (GOOD.replace("    question:", "    ask:"), 4, "sections.0.ask: "),
        (GOOD.replace("What is {topic}?", "What is {subject}?"), 4, "only {topic} can be filled in, not {subject}"),
        (GOOD.replace("What is {topic}?", "What is {topic?"), 4, "sections.0.question: "),
        (GOOD.replace("heading: One", "heading: 1"), 3, "sections.0.heading: "),
        (f"order: size\n{GOOD}", 1, "order: "),
        ("title: T\nsections: []\n", 2, "sections: a template needs at least one section"),
    ],
    ids=["empty", "no YAML", "a list", "unknown", "deep", "field", "brace", "number", "order", "no sections"],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(text)
    with pytest.raises(TemplateError) as refused:
        read_template(file)
    assert any(each.startswith(f"{file}:{line}: ") and said in each for each in str(refused.value).splitlines()), str(
        refused.value
    )
