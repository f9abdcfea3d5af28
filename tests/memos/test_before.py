"""The sentence before one that points back, wherever an answer leaves the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat import Assistant
from assistant.memos.before import with_before
from assistant.memos.drafting import section_of
from assistant.memos.editing import collected
from assistant.memos.evidence import AnswerSentence
from assistant.memos.export import export
from assistant.memos.memo import Memo
from assistant.memos.template import Asked
from assistant.memos.verifying.edited import FORMATS
from assistant.types import Answer, Before, Citation, Source, Span, Statement, Verdict
from tests.memos.edits import sentence
from tests.memos.verifying.test_checking import verified

SOURCE = Source("d", "a.md", "A", "text/markdown", "h")
SEIZED = "The Galaxy Leader was seized in the Red Sea on 19 November 2023."
CREW = "Its crew of 25 was taken to a port on the Red Sea."


def quoted(*lines: tuple[str, str | None]) -> Answer:
    """Quotes, one a line, each with the sentence before it or without one."""
    text, citations = "", []
    for number, (quote, before) in enumerate(lines, start=1):
        start = len(text) + bool(text)
        text = f"{text}\n{quote}" if text else quote
        told = Before(Span(0, len(before)), before) if before else None
        place = Span(100 * number, 100 * number + len(quote))
        citations.append(Citation(number, Span(start, len(text)), SOURCE, "c", place, quote, before=told))
    return Answer("Q", "Q", text, "answered", tuple(citations))


def test_it_stands_in_brackets_on_one_line_ahead_of_its_quote() -> None:
    shown = with_before(quoted(("Odo left.", None), ("It ended.", "The talks\nbegan."), ("He sat.", "Li came.")))
    assert shown.text == "Odo left.\n(Before it: The talks began.) It ended.\n(Before it: Li came.) He sat."
    assert [each.answer_span.of(shown.text) for each in shown.citations] == ["Odo left.", "It ended.", "He sat."]


def test_it_is_not_said_twice_where_the_answer_has_it_directly_above() -> None:
    answer = quoted(("Odo left.", None), ("He sat.", "Odo left."), ("He rose.", "He sat."))
    assert with_before(answer) == answer


def test_what_leads_to_several_items_stands_ahead_of_the_first() -> None:
    led = quoted(("Ammonia.", "They demanded:"), ("Payments.", "They demanded:"), ("Odo left.", None))
    assert with_before(led).text == "(Before it: They demanded:) Ammonia.\nPayments.\nOdo left."
    apart = with_before(led, apart=True)
    assert apart.text == "(Before it: They demanded:)\nAmmonia.\nPayments.\nOdo left."
    between = quoted(("Ammonia.", "They demanded:"), ("Odo left.", None), ("Payments.", "They demanded:"))
    assert with_before(between).text.count("They demanded:") == 2


def test_it_can_have_a_line_and_a_citation_of_its_own() -> None:
    shown = with_before(quoted(("It ended.", "Talks began.")), apart=True)
    assert shown.text == "(Before it: Talks began.)\nIt ended."
    own, quote = shown.citations
    assert own.answer_span.of(shown.text) == "(Before it: Talks began.)"
    assert (own.quote, own.span, own.before) == ("Talks began.", Span(0, 12), None)
    assert quote.answer_span.of(shown.text) == quote.quote


@given(st.lists(st.tuples(st.text("aI. ", min_size=1, max_size=8), st.none() | st.text("bé.", min_size=1)), max_size=5))
def test_every_stretch_stays_its_words(lines: list[tuple[str, str | None]]) -> None:
    answer = quoted(*lines)
    answer = replace(
        answer,
        statements=tuple(Statement("x", Verdict("supported"), each.answer_span) for each in answer.citations),
    )
    for apart in (False, True):
        shown = with_before(answer, apart=apart)
        quotes = [each for each in shown.citations if not each.answer_span.of(shown.text).startswith("(Before it: ")]
        assert [each.answer_span.of(shown.text) for each in quotes] == [quote for quote, _ in lines]
        spans = [each.span for each in shown.statements if each.span]
        assert [span.of(shown.text) for span in spans] == [quote for quote, _ in lines]


@pytest.fixture
def crew(assistant: Assistant) -> Answer:
    """An answer whose second quote points back to the first."""
    answer = assistant.ask("What in the Red Sea?")
    first, second, *rest = answer.citations
    assert (first.quote, second.quote) == (SEIZED, CREW)
    before = Before(first.span, first.quote)
    return replace(answer, citations=(first, replace(second, before=before), *rest))


def test_a_memo_cites_it_with_a_token_of_its_own(assistant: Assistant, crew: Answer) -> None:
    empty = Memo("T", "t", "")
    alone = collected(empty, AnswerSentence(crew, crew.citations[1].answer_span), documents=assistant)
    assert alone.sections[0].text == f"(Before it: {SEIZED})[^c1]\n\n{CREW}[^c2]"
    assert [each.quote for each in alone.references.values()] == [SEIZED, CREW]
    whole = collected(empty, crew, documents=assistant)
    assert whole.sections[0].text.split("\n\n")[:2] == [f"{SEIZED}[^c1]", f"{CREW}[^c2]"]


def test_a_draft_has_it_where_the_quote_above_is_left_out_as_known(assistant: Assistant, crew: Answer) -> None:
    class Briefings:
        document = assistant.document
        ask_within = assistant.ask_within

        def ask(self, question: str) -> Answer:
            return crew

    memo = collected(Memo("T", "t", ""), assistant.ask("What was seized in the Red Sea?"), documents=assistant)
    text = section_of(Briefings(), memo, Asked("Shipping", "What?")).text
    assert text.startswith(f"(Before it: {SEIZED})[^c1]\n\n{CREW}[^c2]\n\n")


@pytest.mark.parametrize("suffix", FORMATS)
def test_it_is_in_order_as_it_was_exported_and_an_edit_of_it_is_named(
    tmp_path: Path, assistant: Assistant, crew: Answer, suffix: str
) -> None:
    answer = AnswerSentence(crew, crew.citations[1].answer_span)
    path = tmp_path / f"memo{suffix}"
    export(collected(Memo("T", "t", ""), answer, documents=assistant), path)
    library = {"red_sea.md": assistant.document("red_sea.md")}
    found = verified(path, library).findings
    assert [(each.of, each.kind) for each in found] == [("sentence", "unchanged")] * 2 + [("footnote", "unchanged")] * 2
    sentence("19 November 2023", "18 November 2023")(path, library)
    (fault,) = verified(path, library).faults
    assert (fault.of, fault.text) == ("sentence", f"(Before it: {SEIZED.replace('19', '18')})")
