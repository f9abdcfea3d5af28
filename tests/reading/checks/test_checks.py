"""Each check finds its own kind of mistake, and nothing in a claim that only says the same in other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.checks import CHECKS, Check, findings, parts_of, premise_of
from assistant.reading.checks.attribution import attribution
from assistant.reading.checks.dates import calendar
from assistant.reading.checks.exchanged import exchanged
from assistant.reading.checks.modality import modality
from assistant.reading.checks.names import names
from assistant.reading.checks.negation import negation
from assistant.reading.checks.numbers import numbers
from assistant.reading.checks.opposites import opposites
from assistant.reading.checks.quotes import quotes
from assistant.reading.checks.roles import roles
from assistant.reading.checks.stitching import stitching

HEAD = "Harbour news | 2021-05-20"
CRANE = "On 12 May a crane fell into the fairway of Arlen, and 1,200,000 tonnes of corn were held up for 31 days."
SPOKEN = "Mayor Ina Holt said that the harbour would reopen in June. The pilot Per Dahl called the delay “a scandal”."


def _found(check: Check, premise: str, claim: str, head: str = "") -> str | None:
    found = check(premise_of(head, premise), claim)
    return None if found is None else f"{found.status}: {found.failure}"


@pytest.mark.parametrize(
    ("premise", "claim"),
    [
        (CRANE, "1.2 million tonnes of corn were held up."),
        (CRANE, "About 1.2 million tonnes of corn were held up for thirty-one days."),
        ("Two of 87 ships left with $23 billion.", "2 of 87 ships left with 23 billion dollars."),
        ("It rose by 3 to 5% for the 31st time.", "For the 31st time it rose by 3-5 per cent."),
        ("A 30-minute talk was planned.", "The talk was planned for 30 minutes."),
        ("The 12 men met.", "The two sides met."),
        ("The DoD declined.", "The Department of Defence declined."),
        ("The Department of Defence declined.", "The DoD declined."),
        ("It flew at 60,000 to 65,000 feet.", "It flew at 65,000 feet."),
        ("It cost between 5 and 10 million euros.", "It cost 5 million to 10 million euros."),
        ("It cost $5 to $10 million.", "It cost at least $5 million."),
        ("An F-16 was seen under Section 231.", "The F-16 falls under Section 231."),
        ("98 ships passed.", "Almost 100 ships passed."),
        ("The twelve soldiers left the fort.", "12 soldiers left the fort."),
        ("The presidents met in Lima.", "The two presidents met in Lima."),
        ("Among 87 ships these three, of Borl, left.", "The three left."),
        ("Growth was -5.2 per cent in March.", "Growth was −5.2 per cent in March."),
        ("Growth was -5.2 per cent in March.", "The economy shrank by 5.2 per cent in March."),
        ("Revenue fell by $5 million.", "Revenue changed by -$5 million."),
        ("Transits: 1,111 | Change on a year before (%): -49.1", "Transits were 49.1 per cent lower, at 1,111."),
        ("It held 188-8 votes and 10–12 seats.", "It held 8 votes and 12 seats."),
    ],
)
def test_numbers_that_are_the_same(premise: str, claim: str) -> None:
    assert _found(numbers, premise, claim) is None


@pytest.mark.parametrize(
    ("premise", "claim", "found"),
    [
        (CRANE, "1.3 million tonnes were held up.", "contradicted: number mismatch"),
        (CRANE, "They were held up for 31 weeks.", "contradicted: number mismatch"),
        ("Growth was -5.2 per cent in March.", "Growth was 5.2 per cent in March.", "contradicted: number mismatch"),
        ("It was −20 degrees.", "It was 20 degrees.", "contradicted: number mismatch"),
        ("Growth was 3 per cent.", "Growth was minus 3 per cent.", "contradicted: number mismatch"),
        ("It paid $20 million.", "It paid 20 million euros.", "contradicted: number mismatch"),
        ("It rose by 20%.", "It rose by 20 points and 20 ships.", "contradicted: number mismatch"),
        ("60 targets at 16 places were hit.", "16 targets were hit at 60 places.", "contradicted: number mismatch"),
        (
            "Corn made up 40 tonnes and wheat 70 tonnes.",
            "There were 40 tonnes of wheat.",
            "contradicted: number mismatch",
        ),
        ("It is the 31st member.", "It has 31 members.", "unsupported: number mismatch"),
        ("More than 60 ships left.", "60 ships left.", "partly: dropped hedge"),
        ("Almost 60 ships left.", "More than 60 ships left.", "contradicted: number mismatch"),
        ("The 20 soldiers left the fort.", "The twelve soldiers left the fort.", "contradicted: number mismatch"),
        ("The twenty soldiers left the fort.", "The 12 soldiers left the fort.", "contradicted: number mismatch"),
        ("Three presidents met in Lima.", "Both two presidents met in Lima.", "contradicted: number mismatch"),
        (
            "After the tsunami 12 people were missing.",
            "After the tsunami 15 people were missing.",
            "contradicted: number mismatch",
        ),
        (
            "In their cooperation 12 ships took part.",
            "In their cooperation 15 ships took part.",
            "contradicted: number mismatch",
        ),
    ],
)
def test_numbers_that_differ(premise: str, claim: str, found: str) -> None:
    assert _found(numbers, premise, claim) == found


@given(st.integers(min_value=1000, max_value=10**12))
def test_a_number_is_the_same_in_every_notation(value: int) -> None:
    assert numbers(f"It carried {value} tonnes.", f"It carried {value:,} tonnes.") is None
    assert numbers(f"It carried {value} tonnes.", f"It carried {value + 1:,} tonnes.") is not None


@pytest.mark.parametrize(
    "written", ["31 May 2023", "May 31, 2023", "2023-05-31", "31st of May 2023", "May 2023", "2023"]
)
def test_dates_that_are_the_same(written: str) -> None:
    for source in ("31 May 2023", "May 31, 2023", "2023-05-31"):
        assert _found(calendar, f"They met on {source}.", f"They met in {written}.") is None


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("A crane fell into the fairway on 12 May 2021.", None),  # the year is that of the document
        ("A crane fell into the fairway on Wednesday, 12 May 2021.", None),
        ("A crane fell into the fairway on 12 May 2020.", "contradicted: date mismatch"),
        ("A crane fell into the fairway on 13 May.", "contradicted: date mismatch"),
        ("A crane fell into the fairway in June.", "unsupported: date mismatch"),
        ("A crane fell into the fairway on Monday.", "unsupported: date mismatch"),
    ],
)
def test_dates_of_a_document(claim: str, found: str | None) -> None:
    assert _found(calendar, CRANE, claim, HEAD) == found


def test_a_day_of_the_week_is_the_last_one_before_the_document() -> None:
    assert _found(calendar, "It fell on Wednesday.", "It fell on 19 May 2021.", HEAD) is None
    assert _found(calendar, "It fell on Wednesday.", "It fell on 12 May 2021.", HEAD) == "contradicted: date mismatch"


def test_a_year_in_the_head_of_a_cell_is_no_other_date_than_that_of_the_row() -> None:
    row = "Month: 2024-04 | Ships 2024: 1124 | Of which tankers: 410 | Reported by: Informare, 12 June 2024"
    for claim in ("1124 ships went through the canal in April 2024.", "410 tankers were counted in April 2024."):
        assert _found(calendar, row, claim) is None
    assert _found(calendar, row, "1124 ships went through the canal in June 2024.") == "contradicted: date mismatch"


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("UNCTAD counted 14000000 tonnes.", "partly: dropped hedge"),
        ("UNCTAD counted more than 14 million tonnes.", None),
        ("The share was 10 per cent.", None),
    ],
)
def test_a_cell_of_its_own_bounds_the_number_before_it(claim: str, found: str | None) -> None:
    row = "As of: 2022-12-15 | Share (%): 10 | Tonnes: 14000000 | Precision: more than | Counted by: UNCTAD"
    assert _found(numbers, row, claim) == found


def test_a_date_of_something_else_is_found() -> None:
    two = "Arlen joined on 4 April 2023. Borl joined on 7 March 2024 after long talks."
    assert _found(calendar, two, "After long talks Borl joined on 4 April 2023.") == "contradicted: date mismatch"


TREATIES = "The 2004 Treaty of Arlen failed. Instead, the Borl Treaty was signed."


@pytest.mark.parametrize(
    ("premise", "claim", "found"),
    [
        (TREATIES, "The Treaty of Borl dates from 2004.", "contradicted: date mismatch"),
        (TREATIES, "The Treaty of Arlen dates from 2004.", None),
        ("Borl signed a treaty. It did so in 2004 in Arlen.", "Borl signed in 2004.", None),
        ("Borl and Arlen signed in 2004. Borl paid.", "Borl signed in 2004.", None),
        ("A treaty was signed in 2004. Borl paid.", "Borl signed in 2004.", None),
    ],
)
def test_a_date_of_another_name_is_found(premise: str, claim: str, found: str | None) -> None:
    assert _found(calendar, premise, claim) == found


@pytest.mark.parametrize(
    ("premise", "claim", "missing"),
    [
        ("China’s ministry refused.", "It was the Chinese side that refused.", False),
        ("The U.S. and the UK signed.", "A treaty binds America and Britain.", False),
        ("President Erdoğan spoke.", "It was Erdogan who spoke.", False),
        ("The Joint Coordination Centre met.", "The body called JCC met.", False),
        ("The JCC met.", "A Joint Coordination Centre met.", False),
        ("Wei met Austin.", "In the end Wei met Dong.", True),
        ("Wei met Austin.", "In Australia they met Wei.", True),
        ("Li met Lloyd Austin at the summit in Singapore.", "Li Met Lloyd Austin At The Summit In Singapore", False),
        ("Li met Lloyd Austin at the summit in Singapore.", "Wei Met Lloyd Austin At The Summit In Singapore", True),
        ("Ina Holt, Per Dahl and Ada Lund met.", "Ina Holt, Per Dahl, Olaf Berg and Ada Lund met.", True),
        ("Its words are Justice and Integrity.", "Its words are Justice and Integration.", True),
        ("They shared Capital with the south.", "They shared Capitalism with the south.", False),
        ("The ministries of justice met.", "In the Ministry of Justice they met.", False),
    ],
)
def test_names(premise: str, claim: str, missing: bool) -> None:
    assert (_found(names, premise, claim) is not None) is missing


@pytest.mark.parametrize(
    ("premise", "claim", "wrong"),
    [
        ("China declined the request.", "China refused the request.", False),
        ("An attack did not stop the traffic.", "The traffic was not stopped.", False),
        ("The call was asked for. China declined.", "China declined the call.", False),
        ("China closed the harbour without warning.", "China did not close the harbour.", True),
        ("Not only ships but trains left.", "Ships and trains left.", False),
        ("China declined the request.", "China took the request.", True),
        ("The memorandum names no number.", "The memorandum names a number.", True),
        ("Sweden never extradites citizens.", "Sweden extradites citizens.", True),
        ("The ship left.", "The ship has not left.", True),
        ("Hungary has yet to approve it.", "Hungary will approve it.", True),
        ("The lines have stopped sending ships.", "The lines no longer send ships.", False),
        ("The lines have stopped sending ships.", "The lines are sending ships.", True),
        ("China turned the call down.", "China declined the call.", False),
        ("Weekly transits fell to 1,124 in April.", "Weekly transits declined to 1,124 in April.", False),
        ("Exports declined for three months.", "Exports fell for three months.", False),
        ("Revenue declined sharply.", "Revenue fell sharply.", False),
        ("Support declined to about 45 per cent.", "Support fell to about 45 per cent.", False),
        ("Transits declined in May.", "Transits fell in May.", False),
        ("China declined in part because of the sanctions.", "China met him in part because of them.", True),
        ("The minister declined to comment in May.", "The minister commented in May.", True),
    ],
)
def test_negation(premise: str, claim: str, wrong: bool) -> None:
    assert (_found(negation, premise, claim) == "contradicted: negation") is wrong


def test_opposites() -> None:
    assert _found(opposites, "Exports fell.", "Exports rose.") == "contradicted: negation"
    assert _found(opposites, "It left with water.", "It left without water.") == "contradicted: negation"
    assert _found(opposites, "It left at 5 p.m.", "It left at 5 a.m. again.") == "contradicted: negation"
    assert _found(opposites, "Exports fell and rose.", "Exports rose.") is None
    assert _found(opposites, "Thousands of ships left.", "Hundreds of ships left.") == "contradicted: negation"
    assert _found(opposites, "Hundreds of thousands left.", "Thousands left.") is None
    assert _found(opposites, "The talks collapsed.", "The talks succeeded.") == "contradicted: negation"
    assert _found(opposites, "The bank raised its key rate.", "The bank cut its rate.") == "contradicted: negation"
    assert _found(opposites, "She confirmed by phone.", "She claimed by phone.") == "contradicted: negation"
    assert _found(opposites, "The talks collapsed in May.", "Holt succeeded Dahl as mayor in June.") is None
    assert _found(opposites, "Holt raised doubts.", "The bank cut its rate.") is None
    assert _found(opposites, "The group claimed the attack, police confirmed.", "The group claimed the attack.") is None
    assert _found(opposites, "The Southern Line is long.", "The pier is longer than the Northern Line.") is None


@pytest.mark.parametrize(
    ("premise", "claim", "dropped"),
    [
        ("Trade could bring a billion.", "Trade brings a billion.", True),
        ("The ship is believed to have sunk.", "The ship sank.", True),
        ("Helicopters reportedly sank three boats.", "Helicopters sank three boats.", True),
        ("Both will attend the forum.", "Both attended the forum.", True),
        ("It reportedly fired at boats and sank three.", "It sank three boats.", True),
        ("Trade could bring a billion.", "Trade may bring a billion.", False),
        ("Trade brings a billion.", "Trade may bring a billion.", False),
        ("They met in May in Arlen.", "They met in Arlen.", False),
        ("Nordkraft has six weeks to appeal.", "Nordkraft has appealed.", True),
        ("Nordkraft has until 5 May to appeal against it.", "Nordkraft appealed against it.", True),
        ("Nordkraft can appeal.", "Nordkraft has already appealed.", True),
        ("The court can dismiss the minister.", "The minister has been dismissed.", True),
        ("The buyer has the right to inspect the ship.", "The buyer has inspected the ship.", True),
        ("Nordkraft plans to appeal.", "Nordkraft has appealed.", True),
        ("Nordkraft is to appeal.", "Nordkraft has appealed.", True),
        ("Nordkraft has six weeks to appeal.", "Nordkraft can appeal within six weeks.", False),
        ("Nordkraft has six weeks to appeal.", "Nordkraft may appeal within six weeks.", False),
        ("Nordkraft had six weeks to appeal and appealed.", "Nordkraft has appealed.", False),
        ("Nordkraft managed to appeal.", "Nordkraft has appealed.", False),
        ("Nordkraft had to close the dam.", "Nordkraft closed the dam.", False),
        ("The missile can carry three warheads.", "The missile carries three warheads.", False),
    ],
)
def test_modality(premise: str, claim: str, dropped: bool) -> None:
    assert (_found(modality, premise, claim) == "partly: dropped hedge") is dropped


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("Ina Holt said that the harbour would reopen in June.", None),
        ("According to the mayor, the harbour would reopen in June.", None),
        ("The harbour would reopen in June, Holt told the council.", None),
        ("The harbour would reopen in June, Dahl told the council.", "contradicted: wrong speaker"),
        ("The delay was “a scandal”, said Dahl.", None),
        ("Per Dahl said that the harbour would reopen in June.", "contradicted: wrong speaker"),
        ("The delay was “a scandal”, said Holt.", "contradicted: wrong speaker"),
        ("The harbour would reopen in June.", "partly: dropped hedge"),
    ],
)
def test_attribution(claim: str, found: str | None) -> None:
    assert _found(attribution, SPOKEN, claim) == found


def test_what_one_says_that_another_said_is_not_yet_said() -> None:
    nested = "Mayor Ina Holt said that the police had confirmed the closure of the harbour."
    assert _found(attribution, nested, "The police confirmed the closure of the harbour.") == "partly: dropped hedge"
    assert _found(attribution, nested, nested) is None


def test_a_pronoun_speaks_for_the_one_before() -> None:
    spoken = "Mayor Ina Holt spoke on Monday. She said that the harbour is empty."
    assert _found(attribution, spoken, "Holt said that the harbour is empty.") is None
    assert _found(attribution, spoken, "Dahl said that the harbour is empty.") == "contradicted: wrong speaker"


@pytest.mark.parametrize(
    ("premise", "claim", "wrong"),
    [
        ("Austin walked up to Li.", "Li walked up to Austin.", True),
        ("Li succeeded Wei in March.", "Wei succeeded Li in March.", True),
        ("Turkey's parliament voted after Hungary.", "Hungary's parliament voted.", True),
        ("A US jet shot down the Chinese balloon.", "A Chinese jet shot down the balloon.", True),
        ("Austin met Li.", "Li met Austin.", False),
        ("The balloon was shot down by China.", "China shot down the balloon.", False),
        ("Finland and Sweden applied.", "Sweden applied.", False),
        ("Arlen closed its harbour.", "The harbour of Arlen was closed.", False),
    ],
)
def test_roles(premise: str, claim: str, wrong: bool) -> None:
    assert (_found(roles, premise, claim) == "contradicted: misattributed") is wrong


def test_quotes() -> None:
    assert _found(quotes, SPOKEN, 'He called it "a scandal".') is None
    assert _found(quotes, SPOKEN, "He called it “a great scandal”.") == "unsupported: fabricated"
    assert _found(quotes, SPOKEN, "The mayor's harbour isn't the pilots' harbour.") is None
    assert _found(quotes, SPOKEN, "“the harbour … in June”") is None


def test_stitching() -> None:
    apart = "Kristersson visited Budapest on 23 February. Orbán called the agreement an important step."
    joined = "Kristersson visited Budapest and called the agreement an important step."
    assert _found(stitching, apart, joined) == "unsupported: stitched"
    assert _found(stitching, apart.replace("Orbán", "He"), joined) is None
    assert _found(stitching, apart, "Kristersson visited Budapest, and Orbán called the agreement a step.") is None
    clauses = "Officials met in Arlen last week, and Adviser Jake Sullivan met Wang Yi in May."
    assert _found(stitching, clauses, "Jake Sullivan met officials in Arlen last week.") == "unsupported: stitched"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_sentence_agrees_with_itself(check: Check) -> None:
    for sentence in (CRANE, SPOKEN, "China declined the “call”, which may be held on Monday, 3 May 2021, by 12 men."):
        assert check(premise_of(HEAD, sentence), sentence) is None


@given(st.text(), st.text())
def test_no_text_is_too_strange(premise: str, claim: str) -> None:
    for found in findings(premise, claim):
        assert found.reason


@given(st.text().filter(lambda text: "\n" not in text), st.text())
def test_a_premise_is_taken_apart_as_it_was_made(head: str, body: str) -> None:
    assert parts_of(premise_of(head, body)) == (head, body)


TITLED = "News of Holt, Dong Jun and the Ranger | China | 2021-05-20"


@pytest.mark.parametrize(
    ("premise", "claim"),
    [
        ("Dahl opened the bridge.", "Holt opened the bridge."),
        ("The letter came from Dahl on Monday.", "The letter came from Holt on Monday."),
        ("Police arrested Dahl on Friday.", "Police arrested Holt on Friday."),
        ("Police searched the house of Dahl.", "Police searched the house of Holt."),
        ("Dahl's crane fell on the pier.", "Holt's crane fell on the pier."),
        ("Dahl, the mayor of Borl, opened the bridge.", "Holt, the mayor of Borl, opened the bridge."),
        ("On Monday Dahl, who is 54, resigned.", "On Monday Holt, who is 54, resigned."),
        ("For Ina Lund a meeting was out of the question.", "For Dong Jun a meeting was out of the question."),
        ("In Japan, the harbour was closed in May.", "In China, the harbour was closed in May."),
        ("Ina Lund came on Friday.\nShe declined a meeting.", "Holt declined a meeting."),
        ("The carrier Truman was hit in port.", "The carrier Ranger was hit in port."),
    ],
)
def test_a_name_of_the_title_does_not_take_the_place_of_another(premise: str, claim: str) -> None:
    assert _found(exchanged, premise, claim, TITLED) == "contradicted: misattributed"
    assert names(premise_of(TITLED, premise), claim) is None  # nothing else sees it


@pytest.mark.parametrize(
    ("premise", "claim"),
    [
        ("The minister opened the bridge.", "Holt opened the bridge."),
        ("She opened the bridge with Dahl.", "Holt opened the bridge with Dahl."),
        ("The ship left Norfolk on 5 May.", "The Ranger left Norfolk on 5 May."),
        ("The ship left Norfolk on 5 May.", "The Ranger left on 5 May."),
        ("Dahl opened the bridge, and the minister praised him.", "Holt praised Dahl."),
        ("Beijing declined a meeting.", "China declined a meeting."),
        ("FEMA sent two tents.", "The Federal Emergency Management Agency sent two tents."),
        ("The Prime Minister opened the bridge.", "Holt opened the bridge."),
    ],
)
def test_a_name_of_the_title_stands_for_who_is_not_named(premise: str, claim: str) -> None:
    assert _found(exchanged, premise, claim, TITLED) is None
