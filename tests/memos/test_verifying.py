"""Thirty edits, each in all three formats: verify names every one and nothing else."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from assistant.chat import Assistant
from assistant.embedding.hashing import HashingEmbedder
from assistant.memos.edited import FORMATS, read_edited
from assistant.memos.export import export
from assistant.memos.memo import Memo, Section
from assistant.memos.numbering import notes
from assistant.memos.verifying import Verification, verify
from assistant.reading.words_and_vectors import WordsAndVectors
from tests.memos.edits import Case, Library, both, gone, quote, rewritten, sentence, source, swapped, unmarked
from tests.memos.made import reference

VERIFIER = WordsAndVectors(HashingEmbedder())

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


@pytest.fixture
def library(assistant: Assistant, memo: Memo) -> Library:
    return {each.source.path: assistant.document(each.source.path) for each in notes(memo)}


def verified(path: Path, library: Library) -> Verification:
    return verify(read_edited(path), library.get, VERIFIER)


def test_there_are_thirty_edits_and_each_kind_of_fault_comes_several_times() -> None:
    assert len({case.name for case in CASES}) == len(CASES) == 30
    kinds = [kind for case in CASES for _, kind, _ in case.faults]
    for kind in (
        "quote altered",
        "source changed",
        "source gone",
        "not supported",
        "number or date changed",
        "no source",
    ):
        assert kinds.count(kind) >= 5, kind


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_every_edit_is_named_and_nothing_else(
    tmp_path: Path, memo: Memo, library: Library, case: Case, suffix: str
) -> None:
    path = tmp_path / f"memo{suffix}"
    export(memo, path)
    assert not verified(path, library).faults
    case.edit(path, library)
    found = [(fault.of, fault.kind, fault.text) for fault in verified(path, library).faults]
    assert [each[:2] for each in found] == [each[:2] for each in case.faults], found
    for (_, _, text), (_, _, words) in zip(found, case.faults, strict=True):
        assert words in text


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_untouched_memo_has_as_many_sentences_and_footnotes_in_order_as_were_exported(
    tmp_path: Path, memo: Memo, library: Library, suffix: str
) -> None:
    path = tmp_path / f"memo{suffix}"
    export(memo, path)
    findings = verified(path, library).findings
    assert {finding.kind for finding in findings} == {"unchanged"}
    assert sum(finding.of == "sentence" for finding in findings) == sum(len(s.tokens) for s in memo.sections) + 1
    assert sum(finding.of == "footnote" for finding in findings) == len(notes(memo))


@pytest.mark.parametrize("suffix", FORMATS)
def test_another_order_of_words_that_the_source_bears_out_is_no_fault(
    tmp_path: Path, memo: Memo, library: Library, suffix: str
) -> None:
    path = tmp_path / f"memo{suffix}"
    export(memo, path)
    sentence("Finland joined NATO on 4 April 2023.", "On 4 April 2023 Finland joined NATO.")(path, library)
    found = verified(path, library)
    assert not found.faults
    assert [finding.text for finding in found.findings if finding.kind == "reworded"] == [
        "On 4 April 2023 Finland joined NATO."
    ]


def test_a_footnote_added_by_hand_is_no_source(tmp_path: Path, memo: Memo, library: Library) -> None:
    path = tmp_path / "memo.md"
    export(memo, path)
    text = path.read_text(encoding="utf-8").replace("zebras?", "zebras?\n\nThe zebras left.[^z]")
    path.write_text(f"{text}\n[^z]: Somebody told me.\n", encoding="utf-8")
    found = [(fault.of, fault.kind, fault.reason) for fault in verified(path, library).faults]
    assert found == [
        ("sentence", "no source", "its footnote has no tag that tells its source"),
        ("footnote", "no source", "it has no tag that tells its source"),
    ]


def test_word_footnotes_that_lost_their_first_place_are_missed_where_they_are_used_again(
    tmp_path: Path, memo: Memo, library: Library
) -> None:
    path = tmp_path / "memo.docx"
    export(memo, path)
    unmarked(1)(path, library)
    faults = verified(path, library).faults
    assert {(fault.of, fault.kind) for fault in faults} >= {("sentence", "no source")}
    assert all("Galaxy Leader" in fault.text or fault.of == "footnote" for fault in faults)


@pytest.mark.parametrize("suffix", FORMATS)
def test_sentences_that_share_a_citation_behind_the_last_are_unchanged_until_edited(
    tmp_path: Path, suffix: str
) -> None:
    text = "It began badly. It went on for days. Ships wait.[^c1]\n\n- Ships **wait**.[^c1]"
    path = tmp_path / f"memo{suffix}"
    export(Memo("T", "t", "x", (Section("H", "?", text, (reference(),)),)), path)
    kinds = [(finding.text, finding.kind) for finding in verified(path, {}).findings if finding.of == "sentence"]
    assert kinds == [
        ("It began badly.", "unchanged"),
        ("It went on for days.", "unchanged"),
        ("Ships wait.", "unchanged"),
        ("Ships wait.", "unchanged"),
    ]
    sentence("It began badly.", "It began well.")(path, {})
    assert [f.text for f in verified(path, {}).faults if f.of == "sentence"] == ["It began well."]


def test_a_tracked_change_counts_as_accepted(tmp_path: Path, memo: Memo, library: Library) -> None:
    path = tmp_path / "memo.docx"
    export(memo, path)
    by = 'w:id="900" w:author="A" w:date="2024-01-01T00:00:00Z"'
    change = (
        f"by </w:t></w:r><w:del {by}><w:r><w:delText>42</w:delText></w:r></w:del>"
        f'<w:ins {by}><w:r><w:t>24</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> percent'
    )
    parts = iter([change])  # the first place is the sentence, the second its quote
    rewritten(path, lambda text: text.replace("by 42 percent", next(parts, "by 42 percent"), 1))
    found = [(fault.of, fault.kind, fault.text[:36]) for fault in verified(path, library).faults]
    assert found == [("sentence", "number or date changed", "Transits of the Suez Canal fell by 2")]


def test_a_paragraph_that_another_program_adds_below_the_bibliography_is_seen(
    tmp_path: Path, memo: Memo, library: Library
) -> None:
    path = tmp_path / "memo.docx"
    export(memo, path)
    opened = docx.Document(str(path))
    opened.add_paragraph("Grain is cheap. It will stay so.")
    opened.save(str(path))
    found = [(fault.kind, fault.text) for fault in verified(path, library).faults]
    assert found == [("no source", "Grain is cheap."), ("no source", "It will stay so.")]
