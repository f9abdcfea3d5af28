from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from assistant.answering.subjects import subjects_of, unknown
from assistant.index.store import Store
from tests.index.corpora import DIMENSIONS, document, put

KNOWN = frozenset("china decline meeting sanctions li austin lloyd 2018 finland sweden join u s nato xi dong".split())


def frequency(terms: Sequence[str]) -> Mapping[str, int]:
    return {term: int(all(word in KNOWN for word in term.split())) for term in terms}


def names(question: str) -> list[str]:
    return [subject.name for subject in subjects_of(question, frequency)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Why did China decline?", ["China"]),
        ("why did china decline?", ["china"]),
        ("WHY DID CHINA DECLINE?", ["CHINA"]),
        ("Why did the U.S. impose sanctions in 2018?", ["U.S.", "2018", "impose"]),
        ("When did Lloyd Austin decline?", ["Lloyd Austin"]),
        ("When did Finland and Sweden join?", ["Finland", "Sweden"]),
        ("Sanctions on Li", ["Li"]),
        ("Why did Lloyd Austin's and China’s meeting decline?", ["Lloyd Austin", "China"]),
        ("why?", []),
        ("Why did the WHO decline?", ["WHO"]),
        ("WHO", ["WHO"]),
        ("WHO would decline?", []),
        ("WHO WOULD DECLINE?", []),
    ],
)
def test_names_countries_numbers_and_unheard_words_are_subjects(question: str, expected: list[str]) -> None:
    assert sorted(names(question)) == sorted(expected)


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("Why did China decline?", "Beijing's refusal came late.", True),
        ("Why did China decline?", "The Chinese embassy was silent.", True),
        ("Why did India decline?", "Indiana declined the offer.", False),
        ("What did the US say?", "The United States said no.", True),
        ("What did the US say?", "U.S. officials said no.", True),
        ("What did the US say?", "They told us no.", False),
        ("What did Lloyd Austin say?", "Austin said no.", True),
        ("What did Lloyd Austin say?", "Lloyd's of London said no.", False),
        ("What happened in 2018?", "In 2019 it ended.", False),
    ],
)
def test_a_subject_is_named_by_its_variants_only(question: str, text: str, named: bool) -> None:
    subject = subjects_of(question, frequency)[0]
    assert subject.named_in(text) is named


def test_a_subject_is_unknown_when_no_variant_is_in_the_corpus() -> None:
    subjects = subjects_of("Why did China and the US and India decline?", frequency)
    assert [subject.name for subject in unknown(subjects, frequency)] == ["India"]


def strangers(question: str) -> list[str]:
    proper = [subject for subject in subjects_of(question, frequency) if subject.proper]
    return [subject.name for subject in unknown(proper, frequency)]


@pytest.mark.parametrize(
    "question",
    [
        "When did Finland join NATO? Thanks.",
        "When did Finland join NATO? Many Thanks!",
        "Thanks! When did Sweden join NATO?",
        "Hello. When did Finland join NATO?",
        "Hello, When did Finland join NATO?",
        "Hi Claude, when did Finland join NATO?",
        "Good morning! Thank you, Tom. When did Finland join NATO?",
        "Understood. OK, When did Finland join NATO?",
        "When did Finland join NATO? Cite sources.",
        "Before I'm briefed, when did Finland join NATO?",
        "When did Finland join NATO? I’m writing. Don't decline.",
        "Did Mr. Li decline with Austin?",
        "What did Mr. Xi decline?",
        "What did Gen. Li say?",
        "Why did Lt. Gen. Li's meeting with Lloyd J. Austin, Jr. decline?",
        "Did Austin, Li and Dong ever meet?",
        "Did Austin (Li) meet Xi/Dong?",
    ],
)
def test_neither_ordinary_words_nor_short_surnames_are_unknown_names(question: str) -> None:
    assert strangers(question) == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Why did India decline?", ["India"]),
        ("Why did Narendra Modi decline?", ["Narendra Modi"]),
        ("Why did Mr. Modi decline?", ["Mr Modi"]),
        ("Why did Lt. Gen. Ng decline?", ["Lt Gen Ng"]),
        ("Did J. K. Rowling, Modi and Austin meet?", ["J K Rowling", "Modi"]),
        ("Thanks. Did Modi decline?", ["Modi"]),
        ("Who declined? Modi?", ["Modi"]),
        ("Narendra Modi declined. Why?", ["Narendra Modi"]),
        ("Modi?", ["Modi"]),
        ("Did Brian O'Brien decline?", ["Brian O'Brien"]),
        ("When was Hello Kitty sold?", ["Hello Kitty"]),
        ("When was World War II?", ["World War II"]),
        ("Did the Wagner Meeting decline?", ["Wagner Meeting"]),
        ("Did the Wagner Sanctions decline?", []),
    ],
)
def test_names_that_no_briefing_has_stay_unknown(question: str, expected: list[str]) -> None:
    assert strangers(question) == expected


def test_names_on_both_sides_of_a_mark_are_two() -> None:
    assert names("Did Lloyd Austin, Li Shangfu or St. Petersburg decline? Austin Dong did: Xi.") == [
        "Lloyd Austin",
        "Li Shangfu",
        "St Petersburg",
        "Austin Dong",
        "Xi",
    ]


def test_the_world_health_organization_is_not_named_by_a_word_of_grammar() -> None:
    (subject,) = subjects_of("Why did the WHO decline?", frequency)
    assert subject.named_in("The WHO’s report came.")
    assert not subject.named_in("Those who came declined.")


def test_a_name_with_a_possessive_inside_is_found_in_an_index(tmp_path: Path) -> None:
    store = Store(tmp_path / "index.sqlite", dimensions=DIMENSIONS)
    put(store, document("a.md", "The People's Union won 52 seats, the Farmers’ League nine."))
    asked = subjects_of(
        "How many seats have the People’s Union, the Farmers' League and the Women's Union?", store.document_frequency
    )
    assert [subject.name for subject in unknown(asked, store.document_frequency)] == ["Women's Union"]
    store.close()
