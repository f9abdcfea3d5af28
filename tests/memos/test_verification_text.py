from __future__ import annotations

import json
from typing import get_args

from assistant.memos.verification_text import as_json, as_text, explained, untagged
from assistant.memos.verifying import IN_ORDER, Finding, Kind, Verification

FINDINGS = (
    Finding("sentence", "Ships wait.", "unchanged"),
    Finding("sentence", "x" * 300, "no source", "it has no footnote", 2),
    Finding("footnote", "Ships wait.", "quote altered", "the source says “Ships sail.”"),
    Finding("footnote", "Ships sail.", "unchanged"),
    Finding("footnote", "Ships stay.", "unchanged"),
)


def test_faults_are_told_with_their_reasons_and_everything_is_counted() -> None:
    assert as_text(Verification(FINDINGS)).split("\n") == [
        f"no source: sentence “{'x' * 200} …”",
        "  it has no footnote",
        "quote altered: footnote “Ships wait.”",
        "  the source says “Ships sail.”",
        "Something is wrong: 1 sentence is unchanged; 1 has no source; "
        "1 footnote has an altered quote; 2 are unchanged",
    ]


def test_a_memo_in_order_and_an_empty_one_say_so() -> None:
    assert as_text(Verification(FINDINGS[:1])) == "All is in order: 1 sentence is unchanged"
    assert as_text(Verification(())) == "All is in order: empty"


def test_a_file_without_any_tag_is_said_to_be_no_memo_first() -> None:
    said = "No footnote of this file has a tag: it is not a memo that was exported here, or its tags were removed."
    bare = Finding("sentence", "Ships wait.", "no source", "it has no footnote", 1)
    typed = Finding("footnote", "A book.", "no source", "it has no tag that tells its source", 1)
    lines = as_text(Verification((bare, bare, typed))).split("\n")
    assert lines[0] == said
    assert lines[-1] == "Something is wrong: 2 sentences have no source; 1 footnote has no source"
    gap = Finding("sentence", "No briefing says: Who won?", "unchanged")
    for others in (Finding("footnote", "Ships sail.", "source gone", "a.md is not in the library"), gap):
        assert said not in as_text(Verification((bare, others)))
    assert untagged(Verification(FINDINGS[:1])) == ""


def test_the_json_has_every_finding() -> None:
    found = json.loads(json.dumps(as_json(Verification(FINDINGS))))
    assert found["ok"] is False
    assert [each["kind"] for each in found["findings"]] == [finding.kind for finding in FINDINGS]
    assert found["findings"][1] == {
        "of": "sentence",
        "number": 2,
        "kind": "no source",
        "text": "x" * 300,
        "reason": "it has no footnote",
    }
    assert as_json(Verification(FINDINGS[:1]))["ok"] is True


def test_a_fault_is_explained_in_sentences_with_what_to_do_and_what_is_in_order_is_not() -> None:
    altered = explained(FINDINGS[2])
    assert altered.startswith("The source says “Ships sail.” Put the exported words back")
    assert explained(FINDINGS[1]).startswith("It has no footnote. Give it")
    assert explained(FINDINGS[0]) == ""


def test_each_kind_of_fault_says_what_to_do() -> None:
    for kind in set(get_args(Kind)) - IN_ORDER:
        assert explained(Finding("sentence", "x", kind))
        assert explained(Finding("footnote", "x", kind))
