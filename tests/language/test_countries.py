"""One table of countries serves questions and checks; each reads as much of it as it may."""

from __future__ import annotations

from collections import Counter

from assistant.answering.subjects import groups_in
from assistant.language.countries import COUNTRIES
from assistant.reading.checks.terms import key_of


def test_no_name_stands_for_two_countries() -> None:
    names = Counter(name for country in COUNTRIES for name in (*country.names, *country.loosely))
    assert [name for name, times in names.items() if times > 1] == []


def test_every_name_of_a_country_is_found_in_a_question() -> None:
    for country in COUNTRIES:
        for name in (*country.names, *country.loosely):
            [found] = groups_in(f"about {name}")
            assert found.forms == groups_in(f"about {country.names[0]}")[0].forms


def test_a_name_by_which_a_country_is_only_meant_is_another_to_checks() -> None:
    assert key_of("Rome") == key_of("Italian") == "italy"
    assert key_of("Houthi") != key_of("Yemen")
    assert key_of("English") != key_of("British")
    assert key_of("Europe") != key_of("Brussels")
