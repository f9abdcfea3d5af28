"""What is collected in a memo, from real briefings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.answering.extractive import UNCLEAR
from assistant.chat import Assistant
from assistant.embedding.hashing import HashingEmbedder
from assistant.errors import InputError
from assistant.memos.drafting import section_of
from assistant.memos.editing import collected, with_section, with_text, without_section
from assistant.memos.evidence import AnswerSentence, Picked, reference_of
from assistant.memos.export import export
from assistant.memos.memo import Memo, Section
from assistant.memos.pandoc import as_list, as_tree, read_text, text_of
from assistant.memos.template import Asked
from assistant.memos.verifying.checking import verify
from assistant.memos.verifying.edited import FORMATS, read_edited
from assistant.reading.words_and_vectors import WordsAndVectors
from assistant.types import Answer, Citation, Disagreement, Document, Page, Side, Source, Span, Statement, Verdict
from tests.answering.memory import document

EMPTY = Memo("Title", "topic", "")
SEIZED = "The Galaxy Leader was seized in the Red Sea on 19 November 2023."


def picked(assistant: Assistant, path: str, words: str) -> Picked:
    found = assistant.document(path)
    start = found.text.index(words)
    return Picked(found.id, found.source.content_hash, Span(start, start + len(words)))


def test_a_whole_answer_is_collected_as_a_draft_has_it(assistant: Assistant) -> None:
    question = "What in the Red Sea?"
    memo = collected(EMPTY, assistant.ask(question), documents=assistant)
    assert memo.sections == (section_of(assistant, EMPTY, Asked(question, question)),)
    assert len(memo.references) == 3


def test_what_is_collected_follows_in_the_last_section_or_the_one_that_is_named(assistant: Assistant) -> None:
    memo = Memo("T", "t", "", (Section("A", "", "Mine.\n"), Section("B", "", "")))
    answer = assistant.ask("What was seized in the Red Sea?")
    assert [each.text for each in collected(memo, answer, documents=assistant).sections] == [
        "Mine.\n",
        f"{SEIZED}[^c1]",
    ]
    named = collected(memo, answer, 0, documents=assistant)
    assert [each.text for each in named.sections] == [f"Mine.\n\n{SEIZED}[^c1]", ""]
    with pytest.raises(InputError, match="there is no section 3"):
        collected(memo, answer, 2, documents=assistant)


def test_a_place_keeps_its_token_and_one_that_was_edited_out_is_not_given_again(assistant: Assistant) -> None:
    memo = collected(EMPTY, assistant.ask("What in the Red Sea?"), documents=assistant)
    again = collected(with_section(memo, "More"), assistant.ask("What was seized in the Red Sea?"), documents=assistant)
    assert again.sections[1].tokens == ("c1",)
    assert again.references == memo.references
    emptied = without_section(with_text(again, 1, ""), 0)
    more = collected(emptied, picked(assistant, "grain.md", "Russia withdrew"), documents=assistant)
    assert more.sections[-1].tokens == ("c4",)


def test_a_token_that_stands_for_nothing_does_not_come_to_stand_for_new_evidence(assistant: Assistant) -> None:
    memo = Memo("T", "t", "", (Section("A", "", "From elsewhere.[^c7]"),))
    memo = collected(memo, assistant.ask("What was seized in the Red Sea?"), documents=assistant)
    assert memo.unknown_tokens == ("c7",)
    assert list(memo.references) == ["c8"]


def test_what_no_briefing_says_is_collected_as_such(assistant: Assistant) -> None:
    memo = collected(EMPTY, assistant.ask("Where are the zebras?"), documents=assistant)
    assert memo.sections[0].text == "No briefing says: Where are the zebras?"


def test_a_sentence_of_quotes_is_collected_whole_with_its_citation_alone(assistant: Assistant) -> None:
    answer = assistant.ask("What in the Red Sea?")
    citation = answer.citations[1]
    part = Span(citation.answer_span.start + 4, citation.answer_span.start + 9)
    memo = collected(EMPTY, AnswerSentence(answer, part), documents=assistant)
    (section,) = memo.sections
    assert (section.heading, section.question) == ("Collected", "")
    assert section.text == f"{citation.quote}[^c1]"
    assert section.references == (reference_of(citation, assistant),)


@pytest.mark.parametrize("span", [Span(10**6, 10**6 + 1), Span(0, 10**6)])
def test_a_sentence_that_is_not_in_the_answer_is_refused(assistant: Assistant, span: Span) -> None:
    with pytest.raises(InputError, match="no such sentence"):
        collected(EMPTY, AnswerSentence(assistant.ask("What in the Red Sea?"), span), documents=assistant)


def test_picked_words_are_quoted_as_the_document_has_them_today(assistant: Assistant) -> None:
    pick = picked(assistant, "grain.md", " Russia withdrew from the grain deal on 17 July 2023. ")
    memo = collected(EMPTY, pick, documents=assistant)
    (section,) = memo.sections
    assert section.text == "> Russia withdrew from the grain deal on 17 July 2023.[^c1]"
    (found,) = section.references
    text = assistant.document("grain.md").text
    assert found.span.of(text) == found.quote == "Russia withdrew from the grain deal on 17 July 2023."
    assert f"{found.before}{found.quote}{found.after}" in text
    assert found.before.endswith("grain. ")
    twice = collected(memo, pick, documents=assistant)
    assert twice.references == memo.references
    assert twice.sections[0].tokens == ("c1", "c1")


def test_words_of_a_document_that_changed_or_is_gone_and_no_words_are_refused(assistant: Assistant) -> None:
    pick = picked(assistant, "grain.md", "Russia withdrew")
    for wrong, said in (
        (replace(pick, content_hash="0" * 64), "has changed since"),
        (replace(pick, document_id="nothing"), "nothing"),
        (replace(pick, span=Span(0, 10**6)), "no words were picked"),
        (picked(assistant, "grain.md", " "), "no words were picked"),
    ):
        with pytest.raises(InputError, match=said):
            collected(EMPTY, wrong, documents=assistant)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_memo_of_what_was_picked_is_in_order_when_it_comes_back(
    tmp_path: Path, assistant: Assistant, suffix: str
) -> None:
    text = assistant.document("red_sea.md").text
    several = text[text.index("Its crew") : text.index(" on 5 January")]
    assert "\n" in several
    memo = collected(EMPTY, picked(assistant, "red_sea.md", several), documents=assistant)
    assert memo.sections[0].text.count("[^c1]") == 1
    memo = collected(memo, assistant.ask("What of the grain?"), documents=assistant)
    path = tmp_path / f"memo{suffix}"
    export(memo, path)
    verification = verify(read_edited(path), assistant.library.index.document, WordsAndVectors(HashingEmbedder()))
    assert {finding.kind for finding in verification.findings} == {"unchanged"}
    assert len(verification.findings) == 2 + 1 + 3 + 3 + 0


class Plan:
    """A document of two pages whose lines look like marks of Markdown."""

    def __init__(self) -> None:
        found = document("plan.txt", "# A plan\n\n1. [Go](http://x) *now*\n> 2 < 3\\\nDone.\n")
        self.one = replace(found, pages=(Page(1, "i", Span(0, 8)), Page(2, "ii", Span(8, len(found.text)))))

    def document(self, id_or_path: str) -> Document:
        return self.one


def test_marks_in_picked_words_are_text_and_each_line_stays_one() -> None:
    plan = Plan()
    memo = collected(
        EMPTY, Picked(plan.one.id, plan.one.source.content_hash, Span(8, len(plan.one.text))), documents=plan
    )
    assert memo.sections[0].text.split("\n") == [
        r"> 1\. \[Go\](http://x) \*now\*" "\\",
        r"> \> 2 \< 3\\" "\\",
        "> Done.[^c1]",
    ]
    (found,) = memo.references.values()
    assert found.quote == plan.one.text[10:].strip()
    assert (found.page_label, found.before, found.after) == ("ii", "", "")
    assert read_back(memo.sections[0].text) == found.quote.split()


def test_picked_words_name_each_page_that_they_stand_on() -> None:
    plan = Plan()
    picked = Picked(plan.one.id, plan.one.source.content_hash, Span(2, 14))
    (found,) = collected(EMPTY, picked, documents=plan).references.values()
    assert (found.page_label, found.page) == ("i–ii", "pp. i–ii")


def read_back(text: str) -> list[str]:
    """The words that a reader of the Markdown sees, without the token."""
    blocks = as_list(read_text(text.replace("[^c1]", ""))["blocks"])
    assert [as_tree(block)["t"] for block in blocks] == ["BlockQuote"]
    return text_of(as_tree(blocks[0])).split()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("#>-*_`[]()<&;|\\1.a ~=:+!", min_size=1, max_size=12), min_size=1, max_size=4))
def test_whatever_is_picked_reads_as_it_stands_in_the_document(lines: list[str]) -> None:
    assume("".join(lines).strip())
    plan = Plan()
    plan.one = document("plan.txt", "\n".join(lines))
    memo = collected(
        EMPTY, Picked("plan.txt", plan.one.source.content_hash, Span(0, len(plan.one.text))), documents=plan
    )
    assert read_back(memo.sections[0].text) == plan.one.text.split()


def written() -> Answer:
    """Two sentences on a line, the second of which is only partly supported, and sources that differ."""
    found = document("arlen.txt", "Arlen is a port. The harbour of Arlen is closed.")
    source: Source = found.source
    text = "Arlen is a *port*. It is closed."
    spans = (Span(0, 18), Span(19, 32))
    quotes = (Span(0, 16), Span(17, 48))
    side = Side(source, "arlen.txt-0", Span(0, 16), "Arlen is a port.", Span(0, 5))
    return Answer(
        "Arlen?",
        "Arlen?",
        text,
        "answered",
        tuple(
            Citation(number, span, source, "arlen.txt-0", quote, quote.of(found.text))
            for number, (span, quote) in enumerate(zip(spans, quotes, strict=True), start=1)
        ),
        writer="model",
        statements=(
            Statement(spans[0].of(text), Verdict("supported"), spans[0]),
            Statement("Arlen is a city.", Verdict("unsupported")),
            Statement(spans[1].of(text), Verdict("partly"), spans[1]),
        ),
        missing=("Why?",),
        disagreements=(Disagreement("polarity", "Arlen", (side, side)),),
    )


class Arlen:
    def document(self, id_or_path: str) -> Document:
        return document("arlen.txt", "Arlen is a port. The harbour of Arlen is closed.")


def test_a_written_sentence_keeps_its_doubt_and_leaves_the_rest_of_the_answer() -> None:
    answer = written()
    memo = collected(EMPTY, AnswerSentence(answer, Span(19, 32)), documents=Arlen())
    assert memo.sections[0].text == "It is closed (only partly supported).[^c1]"
    assert [each.quote for each in memo.references.values()] == ["The harbour of Arlen is closed."]
    memo = collected(memo, AnswerSentence(answer, Span(0, 18)), documents=Arlen())
    assert memo.sections[0].text.endswith("\n\nArlen is a *port*.[^c2]")


@pytest.mark.parametrize("opposite", [True, False])
def test_an_abstention_brings_what_says_the_opposite_or_comes_near(opposite: bool) -> None:
    sides = written().disagreements[0].sides[:1]
    answer = replace(written(), text="", outcome="abstained", citations=(), statements=())
    answer = replace(answer, contrary=sides) if opposite else replace(answer, likeliest=sides)
    head = "Against what the question supposes:" if opposite else "This comes nearest to an answer:"
    memo = collected(EMPTY, answer, documents=Arlen())
    said = "No briefing says" if opposite else "The briefings don't clearly say"
    assert memo.sections[0].text.split("\n\n") == [f"{said}: Arlen?", head, "- Arlen is a port.[^c1]"]
    assert [each.quote for each in memo.references.values()] == ["Arlen is a port."]


def test_a_memo_does_not_say_that_no_briefing_says_what_one_may_though_its_quote_is_left_out() -> None:
    answer = replace(
        written(), text=UNCLEAR, outcome="abstained", citations=(), statements=(), disagreements=(), missing=()
    )
    (section,) = collected(EMPTY, answer, documents=Arlen()).sections
    assert section.text == "The briefings don't clearly say: Arlen?"


def test_a_whole_written_answer_brings_its_disagreements_and_gaps() -> None:
    memo = collected(EMPTY, written(), documents=Arlen())
    assert memo.sections[0].text.split("\n\n") == [
        "Arlen is a *port*.[^c1] It is closed (only partly supported).[^c2]",
        "Sources differ on Arlen:",
        "- Arlen is a port.[^c1]\n- Arlen is a port.[^c1]",
        "No briefing says: Why?",
    ]
