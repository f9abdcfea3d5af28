from __future__ import annotations

import pytest

from assistant.language.abbreviations import Definition, OtherName, beside, definitions, other_names, shorts_of

LAKE = Definition("ALC", "Arlen Lake Commission")
LIBRARY = Definition("ALC", "Arlen Library Club")


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("The Arlen Lake Commission (ALC) has eight members.", "ALC", "Arlen Lake Commission"),
        ("Their union, the Allied Dock\nWorkers (ADW), is on strike.", "ADW", "Allied Dock Workers"),
        ("The Department of Defence (DoD) declined.", "DoD", "Department of Defence"),
        ("OPCW (the Organisation for the Prohibition of Chemical Weapons) met.", "OPCW", None),
        ("They signed the Non-Proliferation Treaty (NPT).", "NPT", "Non-Proliferation Treaty"),
        ("The case fatality rate (CFR; see below) rose.", "CFR", "case fatality rate"),
    ],
)
def test_a_name_and_its_initials_in_brackets_are_a_definition(text: str, short: str, long: str | None) -> None:
    assert definitions(text) == [Definition(short, long or "Organisation for the Prohibition of Chemical Weapons")]


@pytest.mark.parametrize(
    "text",
    [
        "The bank syndicate (DNB, Rabobank) waits.",
        "Cholera in Malawi (WHO) is worse.",
        "Joe Biden (D) and Marcus Obi (MP) spoke.",
        "Sub-Arlen Lake Commission (ALC)",
        "Arlen Lake Commission (the ALC met there)",
    ],
)
def test_other_words_in_brackets_are_none(text: str) -> None:
    assert definitions(text) == []


def test_abbreviations_are_looked_for_by_themselves_and_by_the_initials_of_names() -> None:
    assert shorts_of("Who chairs the ALC?") == ("ALC",)
    assert "ALC" in shorts_of("Who chairs the Arlen Lake Commission's board?")
    assert {"DD", "DoD"} <= set(shorts_of("What did the Department of Defence say?"))
    assert shorts_of("WHO CHAIRS THE ALC?") == ()
    assert shorts_of("What did the UN say about the US?") == ()


def test_both_names_count_as_one_in_either_direction() -> None:
    [long] = other_names("Who chairs the ALC?", [("a", LAKE), ("b", LAKE)])
    assert long == OtherName("ALC", "Arlen Lake Commission")
    [short] = other_names("Who chairs the Arlen Lake Commission?", [("a", LAKE)])
    assert short == OtherName("Arlen Lake Commission", "ALC")
    assert short.in_words_of_documents("Who chairs the Arlen Lake Commission?") == "Who chairs the ALC?"
    assert beside([short], "The ALC met.", "a") == "The ALC Arlen Lake Commission met."
    assert other_names("Who chairs the Arlen Lake Commission (ALC)?", [("a", LAKE)]) == ()


def test_what_documents_define_differently_is_not_mixed() -> None:
    defined = [("a", LAKE), ("b", LIBRARY)]
    assert other_names("Who chairs the ALC?", defined) == ()
    [short] = other_names("Who chairs the Arlen Lake Commission?", defined)
    assert short == OtherName("Arlen Lake Commission", "ALC", frozenset({"a"}))
    assert beside([short], "The ALC met.", "b") == beside([short], "The ALC met.", "c") == "The ALC met."


@pytest.mark.parametrize(
    "text", ["(" + "A" * 9_000, "Arlen " * 9_000 + "(ALC)", "A(" * 9_000, "ALC (" + "lake " * 9_000]
)
def test_a_long_text_takes_no_time(text: str) -> None:
    assert definitions(text) == []
    assert len(shorts_of(f"Who leads {text}?")) <= 64
