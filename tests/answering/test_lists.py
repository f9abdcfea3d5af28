"""Items of lists: whose list it is, and when all of it is quoted."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.extractive import ExtractiveAnswerer
from assistant.answering.lists import AT_MOST, of_lists_asked_about
from assistant.answering.scoring import EvidenceScorer
from assistant.answering.subjects import subjects_of
from assistant.embedding.hashing import HashingEmbedder
from assistant.language.dates import time_of_question
from assistant.types import Answer, Document, Done
from tests.answering.memory import MemoryCorpus, document

KENYA = ("two new dams on the Tana river;", "a tariff of 40 shillings;", "boreholes in Turkana.")
UGANDA = ("a pipeline to Mbarara;", "meters in Kampala.")


def listed(*items: str) -> str:
    return "\n".join(f"- {item}" for item in items)


PLANS = document(
    "plans.txt",
    f"The ministries met on 4 March 2024.\n\nIn Kenya the ministry plans:\n\n{listed(*KENYA)}\n\n"
    f"In Uganda the ministry plans:\n\n{listed(*UGANDA)}",
    title="Water plans",
)
UNION = ("a pay rise of 8 per cent;", "two rest days.")
COMPANY = ("night shifts;", "the end of the bonus of 300 crowns.")
DEMANDS = document(
    "demands.txt",
    f"The union demands:\n\n{listed(*UNION)}\n\nThe harbour company demands:\n\n{listed(*COMPANY)}",
    title="Talks in Orlo",
)


def ask(question: str, *documents: Document) -> Answer:
    corpus = MemoryCorpus(documents or (PLANS, DEMANDS), HashingEmbedder())
    answerer = ExtractiveAnswerer(corpus, HashingEmbedder(), corpus)
    named = time_of_question(question, today=date(2024, 9, 1))
    *_, last = answerer.stream(question, question, time=named[0] if named else None)
    assert isinstance(last, Done)
    return last.answer


@pytest.mark.parametrize(
    ("question", "items", "lead"),
    [
        ("What does the ministry in Kenya plan?", KENYA, "In Kenya the ministry plans:"),
        ("What does the ministry in Uganda plan?", UGANDA, "In Uganda the ministry plans:"),
        ("What does the union demand?", UNION, "The union demands:"),
        ("What does the harbour company demand?", COMPANY, "The harbour company demands:"),
    ],
)
def test_the_list_that_is_asked_for_is_quoted_whole_and_no_other(
    question: str, items: tuple[str, ...], lead: str
) -> None:
    answer = ask(question)
    assert tuple(citation.quote for citation in answer.citations) == items
    for citation in answer.citations:
        text = (PLANS if citation.source.path == "plans.txt" else DEMANDS).text
        assert citation.before is not None
        assert citation.before.quote == lead == citation.before.span.of(text)
        assert citation.quote == citation.span.of(text)


@pytest.mark.parametrize(
    "question",
    ["What does the ministry in Tanzania plan?", "Does the ministry in Kenya plan a pipeline to Mbarara?"],
)
def test_what_is_listed_for_another_country_is_never_quoted(question: str) -> None:
    quotes = {citation.quote for citation in ask(question).citations}
    assert not quotes & {*UGANDA, *(KENYA if "Tanzania" in question else ())}


@pytest.mark.parametrize(
    ("title", "kept"), [("The ministers of Ostria", True), ("Ostria and Belmark", False), ("Two states", False)]
)
def test_a_title_that_names_who_is_asked_about_keeps_a_list_for_somebody_else(title: str, kept: bool) -> None:
    text = f"To Belmark the ministers say:\n\n{listed('pay 300 crowns;', 'open the border.')}"
    corpus = MemoryCorpus([document("o.txt", text, title=title)], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    question = "What do the ministers of Ostria say?"
    query = scorer.read(question, subjects_of(question, corpus.document_frequency))
    left = of_lists_asked_about(query, scorer.score(query, corpus.retrieve(question)))
    assert sum(not one.introduces for one in left) == (2 if kept else 0)


def test_an_item_that_names_who_is_asked_about_stays_whatever_leads_to_it() -> None:
    text = f"In Uganda the ministry plans:\n\n{listed('a pipeline to Kenya', 'meters in Kampala')}"
    quotes = [
        citation.quote for citation in ask("What does the ministry plan for Kenya?", document("u", text)).citations
    ]
    assert quotes == ["a pipeline to Kenya"]


def test_a_date_in_what_leads_to_a_list_dates_its_items() -> None:
    text = f"Ships in the harbour of Arlen in April 2024:\n\n{listed('12 tankers in the harbour', '14 ferries')}"
    ships = document("s.txt", text)
    for month, outcome in (("April", "answered"), ("June", "abstained")):
        assert ask(f"How many tankers were in the harbour of Arlen in {month} 2024?", ships).outcome == outcome


def test_a_long_list_is_cut() -> None:
    text = f"The union demands:\n\n{listed(*(f'rest {number}' for number in range(20, 40)))}"
    assert len(ask("What does the union demand?", document("l.txt", text)).citations) == AT_MOST


def test_one_item_is_quoted_alone_where_the_list_is_not_asked_for() -> None:
    quotes = [citation.quote for citation in ask("How many crowns is the bonus whose end is demanded?").citations]
    assert quotes == ["the end of the bonus of 300 crowns."]


FIRMS = listed(
    "Arlen Marine FZE (formerly Northern Lights), registered on 9 June 2019",
    "Borl Trade Ltd",
    "Cade Holding, fined in May 2021",
)
STRAITS = listed("Gulf of Arlen: 16 incidents, against 21 in 2023", "Borl Strait: 74 (2023: 62)")
DAYS = listed("3 May 2021: Ada Lund signs for Arlen.", "8 May 2021: The Borl Front goes on.")


@pytest.mark.parametrize(
    ("question", "text", "left"),
    [
        ("When was Borl Trade registered?", FIRMS, ["Borl Trade Ltd"]),
        ("When was Cade Holding registered?", FIRMS, ["Cade Holding, fined in May 2021"]),
        ("When was the company registered?", FIRMS, FIRMS.replace("- ", "").split("\n")),
        ("When was Dorn registered?", FIRMS, FIRMS.replace("- ", "").split("\n")),
        ("How many incidents in the Borl Strait in 2023?", STRAITS, ["Borl Strait: 74 (2023: 62)"]),
        ("When did the Borl Front sign?", DAYS, DAYS.replace("- ", "").split("\n")),
    ],
)
def test_items_that_begin_with_other_names_are_of_others(question: str, text: str, left: list[str]) -> None:
    corpus = MemoryCorpus([document("a.txt", f"The list says:\n\n{text}")], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    query = scorer.read(question, subjects_of(question, lambda words: dict.fromkeys(words, 1)))
    scored = [one for one in scorer.score(query, corpus.retrieve(question)) if not one.introduces]
    found = sorted(of_lists_asked_about(query, scored), key=lambda one: one.span)
    assert [one.text for one in found] == left
