"""Which sentences of a passage can be evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.candidates import begins_within_a_list, candidates_of
from assistant.answering.subjects import subjects_of
from assistant.language.sentences import sentence_spans
from assistant.types import Chunk, Locator, Passage, Source, Span

SOURCE = Source(
    "d", "d.docx", "The harbour", "x", "h", date=date(2023, 7, 21), publisher="Harbour Watch of Arlen", author="R. Lind"
)


def passage(line: str, source: Source = SOURCE) -> Passage:
    text = f"{line}\nThe pier of Arlen was shut in May 2021 by Rosa Lind."
    spans = (Span(0, len(line)), Span(len(line) + 1, len(text)))
    return Passage(Chunk("c", "d", 0, Span(0, len(text)), text, spans), source, 1, 0.5, "fused")


def texts(line: str, source: Source = SOURCE) -> list[str]:
    return [candidate.text for candidate in candidates_of(passage(line, source))]


@pytest.mark.parametrize(
    "line",
    [
        "Harbour Watch of Arlen, 21 July 2023",
        "Harbour Watch of Arlen | R. Lind | Friday 21 July 2023",
        "21 July 2023 · Harbour Watch of Arlen",
        "Harbour Watch of Arlen | {title} | 21 July 2023",
    ],
)
def test_a_line_of_publisher_title_author_and_day_says_nothing(line: str) -> None:
    assert texts(line.format(title=SOURCE.title)) == ["The pier of Arlen was shut in May 2021 by Rosa Lind."]


@pytest.mark.parametrize("line", ["The Harbour Watch saw the pier on 21 July 2023.", "Arlen closed on 21 July 2023."])
def test_a_sentence_with_a_word_more_is_evidence(line: str) -> None:
    assert texts(line)[0] == line


def test_without_publisher_and_date_no_line_is_a_byline() -> None:
    bare = replace(SOURCE, publisher=None, author=None, date=None)
    assert texts("Harbour Watch of Arlen, 21 July 2023.", bare)[0] == "Harbour Watch of Arlen, 21 July 2023."


@pytest.mark.parametrize("line", ["The agreement of 10 July 2023", "Exports and imports, June 2022"])
def test_a_heading_that_nobody_marked_as_one_says_nothing(line: str) -> None:
    assert texts(line) == ["The pier of Arlen was shut in May 2021 by Rosa Lind."]


@pytest.mark.parametrize(
    "line",
    ["Pier shut on 21 July 2023", "Ships in June: 1,124", "Ship: Arlen | Crew: 12", "- 12 ships from 3 countries"],
)
def test_a_short_line_that_says_something_is_evidence(line: str) -> None:
    assert texts(line)[0] == line.removeprefix("- ")


def test_a_sentence_that_introduces_a_list_says_nothing_alone() -> None:
    assert [one.introduces for one in candidates_of(passage("The demands reported by the harbour are:"))] == [
        True,
        False,
    ]


def test_a_long_sentence_with_a_colon_at_its_end_says_something_alone() -> None:
    long = (
        "In March 2021 the mayor, Ada Holm, told the council of Arlen why the tolls on the northern pier would be "
        "dropped in four years:"
    )
    assert not any(one.introduces for one in candidates_of(passage(long)))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Totals that were given in the week of 17 July 2023", False),
        ("The channels cut in August 2022 and their state on 6 June 2024", False),
        ("Table 2: ships counted in the harbour of Arlen until the end of June", False),
        ("The figures of the harbour differ with who counts.", True),
        ("Ship: Arlen | Crew: 12", True),
        ("- Arlen counted twelve ships in the first week of June", True),
    ],
)
def test_the_caption_of_a_table_says_nothing_alone(line: str, says: bool) -> None:
    row = "Counted by: Arlen | Ships: 12"
    text = f"{line}\n{row}"
    spans = (Span(0, len(line)), Span(len(line) + 1, len(text)))
    above = Passage(Chunk("c", "d", 0, Span(0, len(text)), text, spans), SOURCE, 1, 0.5, "fused")
    assert [one.introduces for one in candidates_of(above)] == [not says, False]


@pytest.mark.parametrize(
    ("date", "asked", "share"),
    [("2024-04", "April 2024", 1.0), ("2024-04-07", "7 April 2024", 1.0), ("2024-05", "April 2024", 0.5)],
)
def test_a_row_names_the_time_that_it_has_in_numbers(date: str, asked: str, share: float) -> None:
    [row, _] = candidates_of(passage(f"Month: {date} | Ships: 1124"))
    subjects = subjects_of(f"How many came in {asked}?", lambda words: dict.fromkeys(words, 1))
    assert row.share_of(subjects) == share


def test_the_heads_above_a_sentence_are_those_where_it_stands() -> None:
    text = "Arlen counted 12 ships.\nBorl, 4 May\nThe pier was shut for two weeks."
    spans = tuple(Span(text.index(line), text.index(line) + len(line)) for line in text.split("\n"))
    chunk = Chunk("c", "d", 0, Span(0, len(text)), text, spans, headings=("Arlen",))
    chunk = replace(chunk, locators=(Locator(spans[1].start, ("Borl, 4 May",)),))
    first, second = candidates_of(Passage(chunk, SOURCE, 1, 0.5, "fused"))
    assert (first.text, second.text) == ("Arlen counted 12 ships.", "The pier was shut for two weeks.")
    assert ("arlen" in first.head_stems, "borl" in first.head_stems) == (True, False)
    assert ("arlen" in second.head_stems, "borl" in second.head_stems) == (False, True)


PLANS = "In Arlen it plans:\n\n- a pier\n- a crane\n\nIn Borl it plans:\n\n- a tower"


def in_one_chunk(text: str) -> Passage:
    spans = sentence_spans(text)
    return Passage(Chunk("c", "d", 0, Span(0, len(text)), text, spans), SOURCE, 1, 0.5, "fused")


def test_an_item_is_understood_by_what_leads_to_it_and_not_by_another_list() -> None:
    [arlen, _, crane, borl, _] = candidates_of(in_one_chunk(PLANS))
    assert (arlen.introduces, crane.introduces, borl.introduces) == (True, False, True)
    [lead] = crane.leads
    assert lead.quote == "In Arlen it plans:" == lead.span.of(PLANS)
    assert crane.in_full == "In Arlen it plans: a crane"
    assert "arlen" in crane.neighbour_stems & crane.lead_stems
    assert "borl" not in crane.context


def test_a_line_without_a_colon_that_leads_to_a_list_says_nothing_alone() -> None:
    assert [one.introduces for one in candidates_of(in_one_chunk("Under the settlement\n\n- Arlen pays"))] == [
        True,
        False,
    ]


def test_a_lead_that_points_back_brings_the_sentence_before_it_in_its_line() -> None:
    text = "Arlen heard the review. It rejected:\n\n- a duty of 300 crowns"
    [lead] = candidates_of(in_one_chunk(text))[-1].leads
    assert lead.quote == "Arlen heard the review. It rejected:" == lead.span.of(text)
    apart = text.replace(". ", ".\n\n")
    [lead] = candidates_of(in_one_chunk(apart))[-1].leads
    assert lead.quote == "It rejected:" == lead.span.of(apart)


def test_a_list_that_an_earlier_chunk_begins_is_led_by_what_stands_there() -> None:
    text = "In Arlen it plans:\n\n- works:\n  - a pier\n  - a crane\n- a tower"
    spans = sentence_spans(text)
    parts = [spans[:3], spans[3:4], spans[4:]]
    chunks = [
        Chunk(str(number), "d", number, Span(part[0].start, part[-1].end), text[part[0].start : part[-1].end], part)
        for number, part in enumerate(parts)
    ]
    assert [begins_within_a_list(chunk) for chunk in chunks] == [False, True, True]
    [crane] = candidates_of(Passage(chunks[1], SOURCE, 1, 0.5, "fused"), chunks[:1])
    [tower] = candidates_of(Passage(chunks[2], SOURCE, 1, 0.5, "fused"), chunks[:2])
    assert [lead.quote for lead in crane.leads] == ["In Arlen it plans:", "works:"]
    assert [lead.span.of(text) for lead in tower.leads] == ["In Arlen it plans:"]
    assert (crane.position, tower.position) == (0, 0)
