from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.written_dates import date_in_name, days_of, document_date, is_day, parse_date

PATTERNS = [
    "{0:%Y-%m-%d}",
    "{0.day} {0:%B %Y}",
    "{0:%B} {0.day}, {0.year}",
    "{0:%d.%m.%Y}",
    "{0.day} {0:%b} {0.year}",
    "{0:%Y/%m/%d}",
]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(PATTERNS))
def test_a_date_is_read_back_however_it_was_written(day: date, pattern: str) -> None:
    assert parse_date(f"Issued {pattern.format(day)}, Singapore") == day


@pytest.mark.parametrize("text", ["31-05-2023", "31-5-2023", "05-31-2023"])
def test_a_date_in_figures_is_read_where_only_one_can_be_meant(text: str) -> None:
    assert parse_date(text) == parse_date(f"Issued {text}.") == date(2023, 5, 31)
    assert parse_date(f"1-{text}") == parse_date(f"{text}-7") == parse_date(f"{text}4") is None


@pytest.mark.parametrize(
    "text",
    ["31 June 2023", "05/06/2023", "05-06-2023", "31-06-2023", "in May 2023", "1.2.3", "version 12.31.2023.4", ""],
)
def test_what_is_no_date_or_could_be_two_is_not_read(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "head",
    [
        "Talks in Singapore\n\nDate: 31 May 2023",
        "# Talks\nPublished on May 31, 2023\nText",
        "31 May 2023\n\nTalks",
        "Wednesday, 31 May 2023",
        "Sample briefing | Project | 31 May 2023\n\nText",
        "From: a@example.org | Date: 2023-05-31 | To: b@example.org | x",
        "SINGAPORE, 31 May 2023 — The minister declined a meeting.",
        "Singapore (May 31, 2023) - The minister declined.",
        "Last updated: 31.05.2023",
        "Title\n\nDate of issue: 2023-05-31 14:00 UTC",
        "Policy brief\nNext Review: 31 December 2030\nDate: 31 May 2023",
        "Call\nDeadline: 30 June 2024\nPublished 31 May 2023",
        "Talks\nPosted on May 31, 2023 by John Smith",
        "Talks\nPublished 31 May 2023, by Ana de Souza and J. Smith",
        "Talks\nLast updated on 31 May 2023 by the Ministry of Defence",
        "Talks\nPosted by John Smith on May 31, 2023",
        "Talks\nPosted on May 31, 2023 at 14:00 by John Smith",
        "Talks\nDate: 31-05-2023",
        "Talks\nBriefing, 31 May 2023, Policy Unit",
        "Talks\nNote no. 14 | 31 May 2023 | Unclassified",
        "Talks\nRef. 2023/14, May 31, 2023, restricted",
        "Talks\nPolicy Unit · 31 May 2023 · Restricted",
        "Talks\nSituation report no. 5 - 31 May 2023 - Sudan desk",
        "Talks\nBackground note / 31 May 2023 / European Union",
        "Talks\nBriefing for the minister, Wednesday 31 May 2023",
        "Talks\nWeekly briefing (31 May 2023)",
        "Talks\nEnergy desk briefing 31 May 2023",
        "Note for the Defence Committee 31 May 2023\nTalks",
        "Talks\nPress release, Brussels, 31 May 2023",
        "Talks\nMinistry of Foreign Affairs, London, 31 May 2023",
        "Talks\nBy Jane Doe, 31 May 2023",
        "Talks\nThe Hague, 31 May 2023",
        "Talks\nOffice of the Chief Economist, 31 May 2023.",
        "Talks\n2023-05-31T14:00Z",
        "Born: 1 May 1950\nMeeting date: 5 June 2026\nSent: 31 May 2023 09:00",
        "Wheat rust\n\nPolicy Report 12, published 31 May 2023",
        "Report 12, Institute for Crops, issued on 31 May 2023",
        "MARITIME WEEKLY\nWeek 22: 25 - 31 May 2023\nAll times UTC",
        "Situation report 4\nReporting period: 28 April to 31 May 2023",
    ],
)
def test_the_date_of_a_document_in_its_first_lines(head: str) -> None:
    assert document_date(head) == date(2023, 5, 31)


@pytest.mark.parametrize(
    "head",
    [
        "The talks were held on 31 May 2023 in Singapore.",
        "China declined. On 31 May 2023 the Pentagon said so.",
        "Year: 2023 | Date: 31 May 2023 | Host: Singapore",
        "Hostages released on 31 May 2023 by Hamas",
        "Posted on 31 May 2023 by those who were there",
        "Issued by the court on 31 May 2023, the order was ignored",
        "No date at all",
        "Explosion in Beirut, 31 May 2023",
        "Summit, Brussels, 31 May 2023",
        "Election, 31 May 2023",
        "Born 31 May 1960",
        "Meeting of the Council, 31 May 2023, Restricted",
        "Conference on the Future, Paris, 31 May 2023",
        "Talks in Brussels, 31 May 2023, ended without agreement.",
        "The report, 31 May 2023, says that talks failed.",
        "Attack on the Ministry of Defence, 31 May 2023",
        "Division of Germany, 31 May 2023",
        "By train to Brussels, 31 May 2023",
        "Conference week: 25 - 31 May 2023",
        "Week 22 of the strike ended on 31 May 2023.",
        "Hostages in Gaza, released 31 May 2023",
        "Hostages, released 31 May 2023",
        "The rules, published 31 May 2023, were ignored.",
        "Briefing, 30 May 2023 to 31 May 2023, Policy Unit",
        "Wednesday 31 May 2023 at 14:00, Brussels and London",
        "Note on the attack of 31 May 2023",
        "Report for the summit of 31 May 2023",
        "\n".join(f"line {n}" for n in range(6)) + "\nBriefing, 31 May 2023, Policy Unit",
        "Contract\n\nExpires: 31 December 2030",
        "Call\nDue date: 30 June 2024\nStart date: 1 May 2024",
        "\n".join(f"line {n}" for n in range(40)) + "\nDate: 31 May 2023",
    ],
)
def test_the_date_of_an_event_is_not_that_of_the_document(head: str) -> None:
    assert document_date(head) is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2023-05-31-talks.pdf", date(2023, 5, 31)),
        ("talks_20230531.md", date(2023, 5, 31)),
        ("31-May-2023 talks.txt", date(2023, 5, 31)),
        ("31-05-2023 talks.pdf", date(2023, 5, 31)),
        ("talks_31-05-2023.pdf", date(2023, 5, 31)),
        ("talks-31-05-2023.pdf", date(2023, 5, 31)),
        ("talks-31-May-2023.pdf", date(2023, 5, 31)),
        ("2023-13-45.md", None),
        ("talks-2023.md", None),
        ("123456789012.md", None),
    ],
)
def test_the_date_in_a_file_name(name: str, day: date | None) -> None:
    assert date_in_name(name) == day


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ((2024,), date(2024, 1, 1), date(2024, 12, 31)),
        ((2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        ((2024, 2, 28), date(2024, 2, 28), date(2024, 2, 28)),
        ((2023, 2, 29), date(2023, 2, 1), date(2023, 2, 28)),
        ((2023, 2, 0), date(2023, 2, 1), date(2023, 2, 28)),
    ],
)
def test_a_date_means_a_day_a_month_or_a_year(written: tuple[int, ...], first: date, last: date) -> None:
    assert days_of(*written) == (first, last)


@pytest.mark.parametrize("text", ["31 May 2023", "Wed, 31 May 2023", "2023-05-31 12:30", "31.05.2023"])
def test_a_day_alone_is_told_from_words_about_one(text: str) -> None:
    assert is_day(text)
    assert not is_day(f"since {text}")
    assert not is_day(f"{text} and later")
