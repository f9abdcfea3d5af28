"""Thirty edits of the memo of `briefings.py`, and the faults that each makes."""

from __future__ import annotations

from tests.memos.edits import Case, both, gone, quote, sentence, source, swapped, unmarked

CASES = [
    # the words of a quote
    Case("quote, a number", quote("fell by 42 percent", "fell by 62 percent"), (("footnote", "quote altered", "62"),)),
    Case("quote, a date", quote("on 17 July 2023", "on 18 July 2023"), (("footnote", "quote altered", "18 July"),)),
    Case("quote, a word", quote("The Razoni left", "The Razoni reached"), (("footnote", "quote altered", "reached"),)),
    Case("quote, a negation", quote("Sweden joined", "Sweden never joined"), (("footnote", "quote altered", "never"),)),
    Case("quote, cut", quote("Maersk paused its voyages", "Maersk paused"), (("footnote", "quote altered", "Maersk"),)),
    # numbers and dates of a sentence
    Case("percent", sentence("by 42 percent", "by 24 percent"), (("sentence", "number or date changed", "24"),)),
    Case("money", sentence("6 billion dollars", "9 billion dollars"), (("sentence", "number or date changed", "9"),)),
    Case("tonnes", sentence("26,000 tonnes", "36,000 tonnes"), (("sentence", "number or date changed", "36,000"),)),
    Case("day", sentence("on 4 April 2023", "on 5 April 2023"), (("sentence", "number or date changed", "5 April"),)),
    Case("year", sentence("on 7 March 2024", "on 7 March 2023"), (("sentence", "number or date changed", "Sweden"),)),
    Case("month", sentence("in August 2023", "in October 2023"), (("sentence", "number or date changed", "October"),)),
    Case("crew", sentence("Its crew of 25 was", "Its crew of 52 was"), (("sentence", "number or date changed", "52"),)),
    # sentences that their footnotes do not bear out
    Case(
        "two footnotes exchanged",
        swapped(4, 6),
        (("sentence", "not supported", "Transits"), ("sentence", "not supported", "Razoni")),
    ),
    Case(
        "two of one document exchanged",
        swapped(7, 8),
        (("sentence", "not supported", "Russia"), ("sentence", "not supported", "Ukraine")),
    ),
    Case("negated", sentence("Finland joined", "Finland did not join"), (("sentence", "not supported", "Finland"),)),
    Case("another name", sentence("Maersk paused", "Hapag paused"), (("sentence", "not supported", "Hapag"),)),
    Case(
        "another claim",
        sentence("Russia withdrew from the grain deal on 17 July 2023.", "Wheat prices rose sharply in Cairo."),
        (("sentence", "not supported", "Wheat"),),
    ),
    # sentences without a source
    Case(
        "a new sentence before",
        sentence("Transits of the", "Insurers left the market. Transits of the"),
        (("sentence", "no source", "Insurers"),),
    ),
    Case(
        "a new sentence with a number",
        sentence("Maersk paused", "Nine ships were hit. Maersk paused"),
        (("sentence", "no source", "Nine"),),
    ),
    Case(
        "a new sentence in a gap",
        sentence("No briefing says: Where are the zebras?", "The zebras are in Kenya."),
        (("sentence", "no source", "zebras"),),
    ),
    Case("a footnote deleted", unmarked(9), (("sentence", "no source", "Finland"),)),
    Case("another footnote deleted", unmarked(5), (("sentence", "no source", "Egypt"),)),
    # documents
    Case("a document gone", gone("canal/suez.txt"), (("footnote", "source gone", ""),) * 2),
    Case("another document gone", gone("nato.html"), (("footnote", "source gone", ""),) * 3),
    Case(
        "gone, and a sentence edited",
        both(gone("canal/suez.txt"), sentence("fell by", "dropped by")),
        (("sentence", "source gone", "dropped"), *(("footnote", "source gone", ""),) * 2),
    ),
    Case(
        "a document that no longer says it",
        source("canal/suez.txt", "42 percent", "49 percent"),
        (("footnote", "source changed", "42"), ("footnote", "source changed", "Egypt")),
    ),
    Case(
        "a document that grew",
        source("canal/suez.txt", "Transits of", "A new first line.\nTransits of"),
        (("footnote", "source changed", "Transits"), ("footnote", "source changed", "Egypt")),
    ),
    Case(
        "a document that says something else, and a sentence edited",
        both(source("nato.html", "Finland joined", "Finland left"), sentence("Finland joined", "Finland entered")),
        (("sentence", "source changed", "Finland entered"), *(("footnote", "source changed", ""),) * 3),
    ),
    # several at once
    Case(
        "a quote and its sentence alike",
        both(quote("on 23 January 2024", "on 24 January 2024"), sentence("on 23 January 2024", "on 24 January 2024")),
        (("sentence", "number or date changed", "24 January"), ("footnote", "quote altered", "24 January")),
    ),
    Case(
        "three edits far apart",
        both(
            sentence("The Razoni left", "All went well. The Razoni left"),
            quote("6 billion", "7 billion"),
            sentence("in August 2023", "in August 2022"),
        ),
        (
            ("sentence", "no source", "All went well"),
            ("sentence", "number or date changed", "Ukraine"),
            ("footnote", "quote altered", "7 billion"),
        ),
    ),
]
