"""Golden files: what is read from them, and what they are told about mistakes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.evaluation.golden_file import GoldenFileError, golden_files, load_golden
from assistant.evaluation.golden_schema import SCHEMA, golden_schema

WHOLE = """\
corpus: briefings
split: test
tags: [grain]
cases:
  - id: first
    question: When was it signed?
    history: ["What happened in Istanbul?"]
    relevant:
      - document: a.md
        quote: signed on 22 July
      - any:
          - {document: b.md, quote: on 22 July}
          - document: c.pdf
            quote: the 22nd
    reference_answer: On 22 July 2022.
    must_say: ["22 July", [2022, "'22"]]
    must_not_say: [2023]
    as_of: 2022-08-01
    tags: [quick, grain]
  - id: second
    question: Who paid?
    answerable: false
"""


def written(folder: Path, text: str, name: str = "x.golden.yaml") -> Path:
    (folder / "briefings").mkdir(exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(GoldenFileError) as raised:
        load_golden([written(folder, text)])
    return [f"{place.line}: {message}" for place, message in raised.value.mistakes]


def case_with(**lines: str) -> str:
    """A file with one case; each line given replaces or adds to what it has."""
    given = {"id": "a", "question": "Why?", "answerable": "false"} | lines
    body = "\n".join(f"    {key}: {value}" for key, value in given.items() if value)
    return f"corpus: briefings\ncases:\n  -{body.removeprefix('   ')}\n"


def test_everything_in_a_file_is_read(tmp_path: Path) -> None:
    first, second = load_golden([written(tmp_path, WHOLE)])
    assert (first.id, first.question, first.history) == (
        "first",
        "When was it signed?",
        ("What happened in Istanbul?",),
    )
    assert first.corpus == (tmp_path / "briefings").resolve()
    assert [[(q.document, q.text, q.place.line) for q in each.quotes] for each in first.relevant] == [
        [("a.md", "signed on 22 July", 10)],
        [("b.md", "on 22 July", 12), ("c.pdf", "the 22nd", 14)],
    ]
    assert [[q.named_at and q.named_at.line for q in each.quotes] for each in first.relevant] == [[9], [12, 13]]
    assert first.must_say == (("22 July",), ("2022", "'22"))
    assert first.must_not_say == ("2023",)
    assert first.as_of == date(2022, 8, 1)
    assert first.tags == ("grain", "quick")
    assert (first.split, second.split) == ("test", "test")
    assert (first.place.line, second.place.line) == (5, 20)
    assert not second.answerable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1: it is empty"),
        ("cases: [", "1: it is not YAML: "),
        ("corpus: briefings\ncases:\n  - id: a\n    question: a\x0cb\n", "4: it is not YAML: the character U+000C"),
        ("corpus: briefings\ncases: []\n", "2: cases: the list is empty"),
        ("cases:\n  - {id: a, question: b, answerable: false}\n", "1: no `corpus`"),
        ("corpus: nowhere\ncases:\n  - {id: a, question: b, answerable: false}\n", "1: there is no corpus folder"),
        (case_with(relvant="[]"), "6: cases.0.relvant: this key is not known"),
        (case_with(question=""), "3: cases.0.question: this key is missing"),
        (case_with(id="Not Kebab"), "3: cases.0.id: small letters, digits, hyphens and dots are expected"),
        (case_with(answerable="true"), "3: cases.0: an answerable case needs `relevant`"),
        (case_with(must_say="[x]"), "3: cases.0: an unanswerable case has no"),
        (
            case_with(answerable="", relevant="[{document: a.md}]"),
            "5: cases.0.relevant.0: `document` and `quote` belong",
        ),
        (case_with(answerable="", relevant="[{}]"), "5: cases.0.relevant.0: give either"),
        (case_with(as_of="yesterday"), "6: cases.0.as_of: a day is expected, such as 2024-03-10"),
        (case_with(must_not_say="[yes]"), "6: cases.0.must_not_say.0: text is expected; yes, no, true"),
        (case_with(question="''"), "4: cases.0.question: it is empty"),
        (case_with(tags="quick"), "6: cases.0.tags: a list is expected, such as [one, two]"),
        (case_with(answerable="maybe"), "5: cases.0.answerable: true or false is expected"),
        ("corpus: briefings\nsplit: dev\ncases:\n  - {id: a, question: b}\n", "2: split: development or test is"),
        ("- one\n- two\n", "1: keys with their values are expected"),
        ("corpus: briefings\ncases:\n  - one\n", "3: cases.0: keys with their values are expected"),
        (case_with() + "    question: Twice?\n", "6: `question` stands here twice"),
        (case_with() + "  - {id: a, question: Who, answerable: false}\n", "6: the id 'a' is taken"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    assert any(mistake.startswith(expected) for mistake in mistakes(tmp_path, text)), mistakes(tmp_path, text)


def test_mistakes_come_in_the_order_of_the_lines_and_one_mistake_is_told_once(tmp_path: Path) -> None:
    text = case_with(id="A", must_say="[[], [true, x], {a: b}]", must_not_say="[no]", tags="x")
    assert [mistake.split(" is ")[0] for mistake in mistakes(tmp_path, text)] == [
        "3: cases.0.id: small letters, digits, hyphens and dots are expected, a letter or digit first",
        "6: cases.0.must_say.0: the list",
        "6: cases.0.must_say.1.0: text",
        "6: cases.0.must_say.2: text",
        "7: cases.0.must_not_say.0: text",
        "8: cases.0.tags: a list",
    ]


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    files = [
        written(tmp_path, case_with(id="A", as_of="never"), "one.golden.yaml"),
        written(tmp_path, "cases: 3\ncorpus: briefings\n", "two.golden.yaml"),
    ]
    with pytest.raises(GoldenFileError) as raised:
        load_golden(files)
    assert {place.file.name for place, _ in raised.value.mistakes} == {"one.golden.yaml", "two.golden.yaml"}
    assert len(raised.value.mistakes) == 3
    assert str(raised.value).splitlines()[0].startswith(f"{files[0]}:3: ")


def test_an_id_is_unique_over_all_files(tmp_path: Path) -> None:
    files = [written(tmp_path, case_with(), f"{name}.golden.yaml") for name in ("one", "two")]
    with pytest.raises(GoldenFileError, match=r"two\.golden\.yaml:3: the id 'a' is taken: it stands at .*one\.golden"):
        load_golden(files)


def test_a_given_corpus_takes_the_place_of_the_file_s(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    file = written(tmp_path, "cases:\n  - {id: a, question: b, answerable: false}\n")
    assert load_golden([file], corpus=other)[0].corpus == other


def test_files_are_found_below_a_folder_in_order(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.golden.yaml", "sub/a.golden.yaml", "notes.yaml"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert golden_files(tmp_path) == [tmp_path / "b.golden.yaml", tmp_path / "sub" / "a.golden.yaml"]
    with pytest.raises(InputError, match=r"their names end in \.golden\.yaml"):
        golden_files(tmp_path / "sub" / "nothing")


def test_what_a_right_answer_shows_changes_the_fingerprint_and_its_place_does_not(tmp_path: Path) -> None:
    def fingerprint(text: str) -> str:
        return load_golden([written(tmp_path, text)])[0].fingerprint

    assert fingerprint(WHOLE) == fingerprint("# a comment\n" + WHOLE) == fingerprint(WHOLE.replace("quick", "slow"))
    for changed in ("signed on 21 July", "22 June", "Ankara"):
        old = {"signed on 21 July": "signed on 22 July", "22 June": '"22 July"', "Ankara": "Istanbul"}[changed]
        assert fingerprint(WHOLE) != fingerprint(WHOLE.replace(old, changed, 1))


def test_the_published_schema_is_the_one_that_files_are_checked_by() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json.loads(json.dumps(golden_schema())), (
        "write it again: python -m assistant.evaluation.golden_schema"
    )


def test_the_schema_accepts_a_good_file_and_refuses_a_bad_one(tmp_path: Path) -> None:
    import jsonschema
    import yaml

    content = json.loads(json.dumps(yaml.safe_load(WHOLE), default=str))
    jsonschema.validate(content, golden_schema())
    content["cases"][0]["relvant"] = []
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, golden_schema())


def test_words_that_look_like_numbers_or_dates_are_taken_as_written(tmp_path: Path) -> None:
    (case,) = load_golden(
        [written(tmp_path, case_with(answerable="false", must_not_say="[12:30, 1.50, 010, 2023-05-01]"))]
    )
    assert case.must_not_say == ("12:30", "1.50", "010", "2023-05-01")


def test_a_day_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    (mistake,) = mistakes(tmp_path, case_with(answerable="false", as_of="2023-02-30"))
    assert "as_of" in mistake


def test_an_alias_inside_what_it_names_ends_in_a_mistake(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "corpus: briefings\ncases: &all [*all]\n")
