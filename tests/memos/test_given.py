"""What a person changes in a memo before it is exported is judged as what they change afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.chat import Assistant
from assistant.embedding.hashing import HashingEmbedder
from assistant.memos.drafting import draft
from assistant.memos.editing import brought_back, collected, given, with_section, with_text, without_section
from assistant.memos.export import export
from assistant.memos.memo import Memo
from assistant.memos.memo_file import memo_as_json, memo_from_json
from assistant.memos.template import Asked, Template
from assistant.memos.verifying.checking import Verification, verify
from assistant.memos.verifying.edited import FORMATS, read_edited
from assistant.reading.words_and_vectors import WordsAndVectors
from tests.memos.briefings import FILES
from tests.ui.stage import stage

TEMPLATE = Template("test", "Note: {topic}", (Asked("Ships", "What was seized in the Red Sea?"),))
SEIZED = "The Galaxy Leader was seized in the Red Sea on 19 November 2023."
WRONG = SEIZED.replace("19", "20")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = stage(tmp_path_factory.mktemp("given"), dict(FILES))
    yield made
    made.close()


@pytest.fixture(scope="module")
def memo(assistant: Assistant) -> Memo:
    return list(draft(assistant, "shipping", TEMPLATE))[-1].memo


def verified(memo: Memo, path: Path, assistant: Assistant) -> Verification:
    export(memo, path)
    return verify(read_edited(path), assistant.library.index.document, WordsAndVectors(HashingEmbedder()))


def edited(memo: Memo, old: str, new: str) -> Memo:
    text = memo.sections[0].text
    assert old in text
    return with_text(memo, 0, text.replace(old, new))


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_sentence_that_was_changed_before_the_export_is_judged(
    tmp_path: Path, assistant: Assistant, memo: Memo, suffix: str
) -> None:
    path = tmp_path / f"memo{suffix}"
    assert {each.kind for each in verified(memo, path, assistant).findings} == {"unchanged"}
    wrong = memo_from_json(memo_as_json(edited(memo, SEIZED, WRONG)))
    faults = [(each.kind, each.text) for each in verified(wrong, path, assistant).faults]
    assert faults == [("number or date changed", WRONG)]


def test_a_sentence_without_a_citation_that_was_put_in_before_the_export_has_no_source(
    tmp_path: Path, assistant: Assistant, memo: Memo
) -> None:
    more = edited(memo, SEIZED, f"The owner lost 55 ships. {SEIZED}")
    faults = [(each.kind, each.text) for each in verified(more, tmp_path / "memo.md", assistant).faults]
    assert faults == [("no source", "The owner lost 55 ships.")]


def test_a_sentence_that_was_written_by_hand_is_judged_by_what_it_cites(
    tmp_path: Path, assistant: Assistant, memo: Memo
) -> None:
    token = next(each.token for each in memo.references.values() if each.quote == SEIZED)
    more = with_section(memo, "Mine", text=f"{WRONG}[^{token}]")
    faults = [(each.kind, each.text) for each in verified(more, tmp_path / "memo.md", assistant).faults]
    assert faults == [("number or date changed", WRONG)]


def test_a_sentence_that_was_given_another_citation_is_judged_by_that(
    tmp_path: Path, assistant: Assistant, memo: Memo
) -> None:
    both = collected(memo, assistant.ask("What of the grain?"), documents=assistant)
    seized = next(each.token for each in both.references.values() if each.quote == SEIZED)
    other = next(each.token for each in both.references.values() if each.source.path == "grain.md")
    assert not verified(both, tmp_path / "memo.md", assistant).faults
    moved = edited(both, f"{SEIZED}[^{seized}]", f"{SEIZED}[^{other}]")
    faults = verified(moved, tmp_path / "memo.md", assistant).faults
    assert [(each.kind, each.text) for each in faults] == [("not supported", SEIZED)]


def test_what_was_given_stays_so_when_sections_go_come_back_and_are_pasted(
    tmp_path: Path, assistant: Assistant, memo: Memo
) -> None:
    path = tmp_path / "memo.md"
    two = with_section(memo, "Mine")
    left = without_section(two, 0)
    pasted = with_text(left, 0, memo.sections[0].text)
    back = brought_back(left, two, 0)
    for each in (pasted, back):
        assert {finding.kind for finding in verified(each, path, assistant).findings} == {"unchanged"}
    assert [each.kind for each in verified(edited(back, SEIZED, WRONG), path, assistant).faults] == [
        "number or date changed"
    ]


def test_of_a_section_that_does_not_tell_all_counts_as_given(tmp_path: Path, assistant: Assistant, memo: Memo) -> None:
    assert given([memo, with_section(memo, "Mine")]) == "\n\n".join([memo.sections[0].text] * 2)
    older = replace(memo, sections=(replace(memo.sections[0], given=None),))
    assert memo_from_json(memo_as_json(older)) == older
    assert given([memo, older]) is None
    found = verified(edited(older, SEIZED, WRONG), tmp_path / "memo.md", assistant).findings
    assert {each.kind for each in found} == {"unchanged"}
