from __future__ import annotations

import json
from typing import get_args

from assistant.memos.tag import Footnote
from assistant.memos.verifying.checking import IN_ORDER, Finding, Kind, Quoted, Verification
from assistant.memos.verifying.told import as_json, as_text, explained, untagged

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


QUOTED = Quoted(2, Footnote("It has six weeks to appeal."), words="It has six\nweeks to appeal.")
REWORDED = Finding("sentence", "It has appealed.", "reworded", "", 4, (QUOTED,), 7)
BESIDE = "Reworded, and still borne out as far as code can tell: read them beside their sources"


def test_a_reworded_sentence_is_listed_beside_its_source_though_all_is_in_order() -> None:
    asked = Finding("sentence", "And then?", "reworded", "", 5)
    found = Verification((FINDINGS[0], REWORDED, asked, FINDINGS[3]))
    assert as_text(found, lambda words: f"<{words}>").split("\n") == [
        BESIDE,
        "  line 7: “It has <appealed.>”",
        "      the source of footnote 2 says “It has <six weeks to appeal.>”",
        "  sentence 5: “And then?”",
        "      it needs no source",
        "",
        "All is in order; 2 sentences are reworded, see above; 1 is unchanged; 1 footnote is unchanged",
    ]


def test_what_is_reworded_follows_the_faults_and_is_cut_where_it_is_very_long() -> None:
    long = Finding("sentence", "x " * 400, "reworded", "", 3)
    fault = Finding("sentence", "No.", "no source", "why", 2, (), 5)
    lines = as_text(Verification((fault, long, FINDINGS[3]))).split("\n")
    assert lines[:4] == ["no source: sentence “No.” (line 5)", "  why", "", BESIDE]
    assert lines[4].endswith("x …”")
    assert (
        lines[-1] == "Something is wrong: 1 sentence has no source; 1 is reworded, see above; 1 footnote is unchanged"
    )


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
        "line": None,
        "kind": "no source",
        "text": "x" * 300,
        "reason": "it has no footnote",
        "quotes": [],
    }
    (reworded,) = json.loads(json.dumps(as_json(Verification((REWORDED,)))))["findings"]
    assert (reworded["kind"], reworded["line"]) == ("reworded", 7)
    assert reworded["quotes"] == [{"footnote": 2, "text": "It has six\nweeks to appeal."}]
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
