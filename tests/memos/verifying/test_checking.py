"""Thirty edits, each in all three formats: verify names every one and nothing else."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from assistant.embedding.hashing import HashingEmbedder
from assistant.memos.export import export
from assistant.memos.memo import Memo, Section
from assistant.memos.numbering import notes
from assistant.memos.verifying.checking import Verification, verify
from assistant.memos.verifying.edited import FORMATS, read_edited
from assistant.reading.words_and_vectors import WordsAndVectors
from tests.memos.cases import CASES
from tests.memos.edits import Case, Library, rewritten, sentence, unmarked
from tests.memos.made import reference

VERIFIER = WordsAndVectors(HashingEmbedder())


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
    (reworded,) = found.reworded
    assert reworded.text == "On 4 April 2023 Finland joined NATO."
    assert [each.words for each in reworded.quoted] == ["Finland joined NATO on 4 April 2023."]
    lines = path.read_text(encoding="utf-8").split("\n") if suffix == ".md" else []
    assert reworded.line == next((at for at, line in enumerate(lines, 1) if line.startswith("On 4 April")), None)


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


INVENTED = (
    "Here are the facts: Russia invaded Poland on 3 May 2023.",
    "The question is settled: Russia won the war.",
    "Of course, Austin resigned on 3 May 2023.",
    "If you have doubts, Austin resigned.",
    "The war was won by Russia:",
)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("invented", INVENTED)
def test_an_invented_sentence_does_not_pass_as_a_lead_in(
    tmp_path: Path, memo: Memo, library: Library, suffix: str, invented: str
) -> None:
    path = tmp_path / f"memo{suffix}"
    export(memo, path)
    sentence("No briefing says: Where are the zebras?", invented)(path, library)
    assert [(fault.kind, fault.text) for fault in verified(path, library).faults] == [("no source", invented)]


@pytest.mark.parametrize("invented", [*INVENTED, "Yes.", "The briefings do not say that Finland joined."])
def test_an_invented_sentence_above_a_footnote_is_not_supported(
    tmp_path: Path, memo: Memo, library: Library, invented: str
) -> None:
    path = tmp_path / "memo.md"
    export(memo, path)
    sentence("Finland joined NATO on 4 April 2023.", invented)(path, library)
    faults = [fault for fault in verified(path, library).faults if fault.of == "sentence"]
    assert [fault.text for fault in faults] == [invented]
    assert faults[0].kind in ("not supported", "number or date changed")


def test_that_the_briefings_do_not_clearly_say_needs_no_source(tmp_path: Path) -> None:
    path = tmp_path / "memo.html"
    export(Memo("T", "t", "x", (Section("H", "?", "The briefings don't clearly say: Who won?"),)), path)
    path.write_text(path.read_text(encoding="utf-8").replace("don't", "don’t"), encoding="utf-8")
    assert not verified(path, {}).faults


def test_a_lead_in_may_be_added(tmp_path: Path, memo: Memo, library: Library) -> None:
    path = tmp_path / "memo.md"
    export(memo, path)
    text = path.read_text(encoding="utf-8").replace(
        "No briefing says:", "The briefings say the following:\n\nNo briefing says:"
    )
    path.write_text(text, encoding="utf-8")
    assert not verified(path, library).faults


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_line_above_quotes_that_differ_is_unchanged_until_edited(tmp_path: Path, suffix: str) -> None:
    text = "Sources differ on Ships of the U.S. that wait in 2023:\n\n- Ships wait.[^c1]\n- Ships **wait**.[^c1]"
    path = tmp_path / f"memo{suffix}"
    export(Memo("T", "t", "x", (Section("H", "?", text, (reference(),)),)), path)
    kinds = [finding.kind for finding in verified(path, {}).findings if finding.of == "sentence"]
    assert kinds == ["unchanged"] * 3
    sentence("that wait in 2023", "that sank in 2023")(path, {})
    faults = [fault for fault in verified(path, {}).faults if fault.of == "sentence"]
    assert [(fault.kind, fault.text[-18:]) for fault in faults] == [("no source", "that sank in 2023:")]


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
