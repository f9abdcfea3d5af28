from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.chat import Assistant
from assistant.embedding.hashing import HashingEmbedder
from assistant.memos.evidence import Picked, reference_to
from assistant.memos.memo import Reference
from assistant.memos.quoting import quote_with_reference
from assistant.memos.verifying.checking import Verification, verify
from assistant.memos.verifying.edited import read_edited
from assistant.reading.words_and_vectors import WordsAndVectors
from assistant.types import Span
from tests.memos.made import reference


def test_the_quote_comes_alone_or_with_its_reference_behind_it() -> None:
    made = reference(quote="Ships\nwait.")
    assert quote_with_reference(made, "none") == "Ships\nwait."
    assert quote_with_reference(made, "inline") == "“Ships\nwait.” (About a.md, Port, 2023-05-02, p. iv)"
    bare = replace(made, page_label=None, source=replace(made.source, publisher=None, date=None))
    assert quote_with_reference(bare, "inline") == "“Ships\nwait.” (About a.md)"


def test_as_json_it_has_the_keys_of_a_memo_file() -> None:
    found = json.loads(quote_with_reference(reference(), "json"))
    assert (found["quote"], found["start"], found["end"], found["page"]) == ("Ships wait.", 0, 11, "iv")
    assert (found["path"], found["date"], found["publisher"]) == ("a.md", "2023-05-02", "Port")


@pytest.fixture
def passage(assistant: Assistant) -> Reference:
    """Two sentences of a document with marks in its title and publisher."""
    found = assistant.document("red_sea.md")
    words = "The Galaxy Leader was seized in the Red Sea on 19 November 2023. Its crew of 25"
    start = found.text.index(words)
    return reference_to(Picked(found.id, found.source.content_hash, Span(start, start + len(words))), assistant)


def pasted(text: str, tmp_path: Path, assistant: Assistant) -> Verification:
    path = tmp_path / "pasted.md"
    path.write_text(f"# Mine\n\n{text}\n", encoding="utf-8")
    return verify(read_edited(path), assistant.library.index.document, WordsAndVectors(HashingEmbedder()))


def test_a_pasted_footnote_is_verified_and_an_edit_of_its_quote_is_named(
    tmp_path: Path, assistant: Assistant, passage: Reference
) -> None:
    text = quote_with_reference(passage, "footnote")
    assert [each.kind for each in pasted(text, tmp_path, assistant).findings] == ["unchanged"] * 3
    body, note = text.split("\n\n")
    faults = pasted(f"{body}\n\n{note.replace('crew of 25', 'crew of 26')}", tmp_path, assistant).faults
    assert [(each.of, each.kind) for each in faults] == [("footnote", "quote altered")]


def test_marks_in_a_quote_stay_text_in_a_footnote() -> None:
    text = quote_with_reference(reference(quote="*Now* [go](http://x).\nYes."), "footnote")
    assert re.match(r"\\\*Now\\\* \\\[go\\\]\(http://x\)\. Yes\.(\[\^q[0-9a-f]{8}\])\n\n\1: About a\.md\.", text)


def test_copied_footnotes_in_one_text_each_lead_to_their_own_source(tmp_path: Path, assistant: Assistant) -> None:
    copied = []
    for path in ("red_sea.md", "grain.md", "canal/suez.txt"):
        found = assistant.document(path)
        start = next(number for number, each in enumerate(found.text) if each.isalnum())
        end = found.text.index(".", start) + 1
        made = reference_to(Picked(found.id, found.source.content_hash, Span(start, end)), assistant)
        copied.append(quote_with_reference(made, "footnote"))
    findings = pasted("\n\n".join(copied), tmp_path, assistant).findings
    assert [(each.of, each.kind) for each in findings] == [("sentence", "unchanged")] * 3 + [
        ("footnote", "unchanged")
    ] * 3
    sources = [each.quoted[0].source for each in findings[:3]]
    assert [source.path for source in sources if source] == ["red_sea.md", "grain.md", "canal/suez.txt"]


def test_the_same_words_of_two_documents_have_two_labels() -> None:
    one, other = (quote_with_reference(reference(path=path), "footnote") for path in ("a.md", "b.md"))
    assert re.findall(r"\[\^q\w+\]", one)[0] not in other
