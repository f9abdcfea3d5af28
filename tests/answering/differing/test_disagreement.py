from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.differing.contrasts import contrasts_in
from assistant.answering.differing.disagreement import AT_MOST, disagreements
from assistant.answering.differing.stated import Day, stated_in
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.answering.scoring import EvidenceScorer
from assistant.embedding.hashing import HashingEmbedder
from assistant.types import Disagreement, Document, Done
from tests.answering.memory import MemoryCorpus, document


def found(question: str, *documents: Document) -> tuple[Disagreement, ...]:
    embedder = HashingEmbedder()
    corpus = MemoryCorpus(documents, embedder)
    scorer = EvidenceScorer(embedder, corpus)
    query, passages = scorer.read(question), corpus.retrieve(question)
    return disagreements(query, passages, scorer.score(query, passages))


def briefing(text: str, *, path: str = "arlen.txt", day: date | None = None) -> Document:
    return document(path, text, title="Harbour", day=day)


def words(one: Disagreement, documents: Sequence[Document]) -> list[str]:
    texts = {each.id: each.text for each in documents}
    return [side.words.of(texts[side.source.document_id]) for side in one.sides]


def test_two_documents_with_another_figure_stand_in_the_order_of_their_dates() -> None:
    later = briefing("The storm sank 42 boats in the port of Arlen.", path="a.txt", day=date(2021, 5, 9))
    earlier = briefing("The storm sank 35 boats in the port of Arlen.", path="b.txt", day=date(2021, 5, 5))
    (shown,) = found("How many boats did the storm sink in the port of Arlen?", later, earlier)
    assert shown.kind == "number"
    assert [side.source.path for side in shown.sides] == ["b.txt", "a.txt"]
    assert words(shown, [later, earlier]) == ["35 boats", "42 boats"]
    assert shown.about == "storm, sank, port, Arlen"


@pytest.mark.parametrize(
    ("question", "text", "differing"),
    [
        (
            "How many people were on board the ferry Borl?",
            "The ferry Borl had 25 people on board. An early report spoke of 22 people on board.",
            ["25 people", "22 people"],
        ),
        (
            "When did the ferry Borl sink?",
            "The ferry Borl did sink on 2 March 2021, the coast guard said. Other reports date it to 1 March.",
            ["2 March 2021", "1 March"],
        ),
        (
            "When was the treaty of Arlen signed?",
            "One paper dates the treaty of Arlen to 22 June, whereas it was signed on 28 June.",
            ["22 June", "28 June"],
        ),
        (
            "How close did the ferry Borl come to the pier?",
            "The reported distance of the ferry Borl to the pier varies:\n"
            "Source: Daily Arlen | Closest distance: 160 yards\nSource: Borl News | Closest distance: 130 yards",
            ["160 yards", "130 yards"],
        ),
        (
            "What day is the expiry of the term of the treaty?",
            "The treaty of Arlen has a term.\n"
            "Point: Expiry of the term of the treaty | One report: 22 November (News, 3 May) | "
            "Another report: 19 November (Daily, 4 May)",
            ["22 November", "19 November"],
        ),
        (
            "Were the talks in Arlen cancelled or postponed?",
            "Reports differ: some headlines say that the talks in Arlen are cancelled, while the mayor speaks of a "
            "postponement.",
            ["cancelled", "postponement"],
        ),
        (
            "Is the ferry a Norwegian ship?",
            "The mayor says that the ferry is a Norwegian ship. The owner says that the ferry is not a Norwegian ship.",
            ["ferry is a Norwegian ship", "not"],
        ),
        (
            "How many wrecked ships did the navy count?",
            "The navy counted 12 wrecked ships. The port denied that. It puts the number of wrecked ships at 20.",
            ["12 wrecked", "20"],
        ),
    ],
)
def test_reports_that_a_text_sets_against_each_other_are_shown(question: str, text: str, differing: list[str]) -> None:
    one = briefing(text, day=date(2021, 5, 4))
    shown = found(question, one)
    assert shown
    assert sorted(words(shown[0], [one])) == sorted(differing)


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        pytest.param(
            "How many boats did the storm sink in Arlen?",
            ("The mayor says that the storm sank 30 boats in Arlen. In May he had put it at 42 boats in Arlen.",),
            id="what one speaker says later",
        ),
        pytest.param(
            "How many boats did the storm sink in Arlen?",
            ("The storm sank about 30 boats in the port of Arlen.", "The storm sank 29 boats in the port of Arlen."),
            id="rounding",
        ),
        pytest.param(
            "How many boats did storms sink in Arlen?",
            (
                "A storm sank 30 boats in the port of Arlen on 4 May 2021.",
                "A storm sank 42 boats in the port of Arlen on 9 May 2021.",
            ),
            id="different days",
        ),
        pytest.param(
            "What did the port of Arlen lose?",
            ("The storm sank 30 boats in the port of Arlen.", "The storm sank 42 cranes in the port of Arlen."),
            id="different units",
        ),
        pytest.param(
            "How many boats did the storm sink?",
            ("The storm sank 30 boats in the port of Arlen.", "Heavy ice crushed 42 boats on a lake near Borl."),
            id="different things",
        ),
        pytest.param(
            "How many boats were sunk in Arlen?",
            ("In March 30 boats were sunk in Arlen. The mayor had counted 42 boats sunk in April.",),
            id="different months",
        ),
        pytest.param(
            "Who is the mayor of Arlen?",
            ("The mayor of Arlen counted 25 boats. An early report spoke of 22 boats.",),
            id="another kind of answer",
        ),
        pytest.param(
            "How many cranes did the storm break?",
            ("The storm broke cranes and sank 25 boats. An early report spoke of 22 boats.",),
            id="another thing counted",
        ),
    ],
)
def test_what_does_not_differ_on_what_is_asked_is_not_shown(question: str, texts: tuple[str, ...]) -> None:
    assert found(question, *(briefing(text, path=f"{number}.txt") for number, text in enumerate(texts))) == ()


def test_a_figure_of_an_older_document_that_has_moved_is_no_disagreement() -> None:
    older = briefing("The port of Arlen has shipped 30 million tonnes of grain.", path="a.txt", day=date(2021, 5, 1))
    newer = briefing("The port of Arlen has shipped 42 million tonnes of grain.", path="b.txt", day=date(2021, 9, 1))
    assert found("How much grain has the port of Arlen shipped?", older, newer) == ()


def test_an_answer_carries_the_disagreements() -> None:
    one = briefing("The ferry Borl had 25 people on board. An early report spoke of 22 people on board.")
    embedder = HashingEmbedder()
    corpus = MemoryCorpus([one], embedder)
    question = "How many people were on board the ferry Borl?"
    *_, last = ExtractiveAnswerer(corpus, embedder, corpus).stream(question, question)
    assert isinstance(last, Done)
    assert [words(each, [one]) for each in last.answer.disagreements] == [["25 people", "22 people"]]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("about 1.2 million tonnes of grain", [("1.2 million tonnes", 1_200_000.0, "tonn")]),
        ("twelve ships and 30 per cent", [("twelve ships", 12.0, "ship"), ("30 per cent", 30.0, "%")]),
        ("338 million US dollars", [("338 million US dollars", 338_000_000.0, "dollar")]),
        ("F-16 aircraft at 02:15 under Resolution 2231", []),
        ("on 19 December 2023", [("19 December 2023", Day(2023, 12, 19), "")]),
        ("since July 2022", [("July 2022", Day(2022, 7, None), "")]),
        ("a report of 10 January 2024", []),
    ],
)
def test_figures_and_dates_are_read_with_their_units(text: str, stated: list[tuple[str, object, str]]) -> None:
    assert [(one.span.of(text), one.value, one.unit) for one in stated_in(text)] == stated


@given(st.text(max_size=200))
def test_what_is_stated_lies_inside_any_text_and_does_not_overlap(text: str) -> None:
    spans = [one.span for one in stated_in(text)]
    assert all(span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


_PIECES = st.sampled_from(
    [
        "The ferry had 25 people on board.",
        "An early report spoke of 22 people.",
        "Reports differ on the day.",
        "The mayor says that the pier is open.",
        "The owner says that the pier is not open.",
        "It sank on 2 March, while other reports say 1 March.",
        "Some headlines say cancelled, while others write postponed.",
        "Source: Daily | Distance: 160 yards",
        "Source: News | Distance: 150 yards",
        "- Count | Ministry: 12 ships | Spokesman: 14 ships",
        "Quantity: Food | Figure: 32 million tonnes | Given by: UN",
        "Quantity: Food | Figure: 33 million tonnes | Given by: mayor",
        "# Conflicting accounts",
        "“No, we are not”, the mayor said.",
    ]
)


@given(st.lists(_PIECES, min_size=1, max_size=12), st.lists(_PIECES, max_size=6))
def test_every_quote_stands_in_its_document_and_holds_its_words(first: list[str], second: list[str]) -> None:
    documents = [
        briefing("\n".join(first), path="a.txt", day=date(2021, 5, 4)),
        briefing(" ".join(second) or "Nothing happened here.", path="b.txt"),
    ]
    corpus = MemoryCorpus(documents, HashingEmbedder())
    passages = corpus.retrieve("When did the ferry sink, and was it 22 or 25 people?")
    for contrast in contrasts_in(passages):
        for told, span in (contrast.first, contrast.second):
            assert 0 <= span.start < span.end <= len(told.text)
    shown = found("Were 22 or 25 people on the ferry, or was it cancelled on 2 March?", *documents)
    assert len(shown) <= AT_MOST
    for side in (side for one in shown for side in one.sides):
        text = corpus.documents[side.source.document_id].text
        assert side.span.of(text) == side.quote
        assert side.span.contains(side.words)
    assert all(one.sides[0].words != one.sides[1].words or one.sides[0].source != one.sides[1].source for one in shown)


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("Two fifths of the boats sank.", [40]),
        ("Boats sank, three-quarters of them red.", [75]),
        ("Trade fell by a third.", [100 / 3]),
        ("One quarter of the boats sank, half of them red.", [25, 50]),
        ("A third report came in the first half of the year.", []),
        ("It lasted half an hour, a quarter of an hour more than in the second quarter of 2023.", []),
        ("The third of the boats, half a million crowns.", []),
        ("40% sank.", [40]),
    ],
)
def test_fractions_in_words_are_shares(text: str, shares: list[float]) -> None:
    assert [one.value for one in stated_in(text) if one.unit == "%"] == pytest.approx(shares)


@pytest.mark.parametrize(
    ("one", "two", "differing"),
    [
        ("Two fifths", "One third", ["Two fifths", "One third"]),
        ("A third", "A fifth", ["A third", "A fifth"]),
        ("Two fifths", "40 per cent", None),
        ("A third", "35%", None),
        ("Two thirds", "Two-thirds", None),
        ("Two fifths", "30%", ["Two fifths", "30%"]),
    ],
)
def test_shares_in_words_and_in_figures_are_compared(one: str, two: str, differing: list[str] | None) -> None:
    first = briefing(f"{one} of the boats in the port of Arlen sank.", path="a.txt", day=date(2021, 5, 5))
    second = briefing(f"{two} of the boats in the port of Arlen sank.", path="b.txt", day=date(2021, 5, 6))
    shown = found("What share of the boats in the port of Arlen sank?", first, second)
    assert [words(each, [first, second]) for each in shown] == ([differing] if differing else [])


LOST = "Telia, which runs the cable, says a third of Arlen's internet capacity was lost, though users noticed nothing."
ASKED = "How much internet capacity did Arlen lose?"


@pytest.mark.parametrize(
    ("other", "day", "differing"),
    [
        ("According to Telia, a fifth of Arlen's internet capacity was affected.", 28, ["a third", "a fifth"]),
        ("According to Telia, 20% of Arlen's internet capacity was affected.", 28, ["a third", "20%"]),
        ("According to Telia, 35% of Arlen's internet capacity was affected.", 28, None),
        ("According to Cinia, a fifth of Arlen's internet capacity was affected.", 28, None),
        ("A fifth of Arlen's internet capacity was affected.", 28, None),
        ("According to Telia, a fifth of Arlen's internet users was affected.", 28, None),
        ("According to Telia, a fifth of Arlen's internet capacity was affected.", None, None),
        ("In October, according to Telia, a fifth of Arlen's internet capacity was affected.", 28, None),
    ],
)
def test_shares_of_one_whole_differ_where_the_same_source_gives_them(
    other: str, day: int | None, differing: list[str] | None
) -> None:
    first = briefing(LOST.replace("lost,", "lost in November,") if "October" in other else LOST, path="a.txt",
                     day=date(2024, 11, 20))  # fmt: skip
    second = briefing(other, path="b.txt", day=date(2024, 11, day) if day else date(2025, 2, 1))
    shown = found(ASKED, first, second)
    assert [words(each, [first, second]) for each in shown] == ([differing] if differing else [])
