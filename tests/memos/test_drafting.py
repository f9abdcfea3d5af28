from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import ClassVar

import pytest

from assistant.chat import Assistant
from assistant.errors import InputError
from assistant.memos.drafting import draft, missing, section_of
from assistant.memos.editing import with_section, without_section
from assistant.memos.memo import Memo
from assistant.memos.template import Asked, Template
from assistant.types import Answer, Citation, Coverage, Document, Source, Span, Statement, Verdict
from tests.answering.memory import document
from tests.memos.briefings import PLACES, TEMPLATE, TOPIC, staged


def test_each_section_is_an_event_and_its_text_the_answer_with_tokens(assistant: Assistant) -> None:
    events = list(draft(assistant, f"  {TOPIC} ", TEMPLATE))
    assert [event.asking for event in events] == [*(asked.heading for asked in TEMPLATE.sections), None]
    assert [event.done for event in events] == list(range(len(TEMPLATE.sections) + 1))
    memo = events[-1].memo
    assert (memo.title, memo.topic) == (f"Note: {TOPIC}", TOPIC)
    assert memo.sections[0].text == "The Galaxy Leader was seized in the Red Sea on 19 November 2023.[^c1]"
    assert memo.sections[1].tokens == ("c2", "c3")  # the first is there already
    assert memo.sections[2].tokens == ("c1",)  # and is all that answers this
    assert sum(len(section.tokens) for section in memo.sections) == PLACES


def test_every_reference_quotes_its_document_in_its_paragraph(assistant: Assistant, memo: Memo) -> None:
    assert len(memo.references) == PLACES - 1
    for reference in memo.references.values():
        text = assistant.document(reference.source.document_id).text
        assert reference.span.of(text) == reference.quote
        assert reference.before + reference.quote + reference.after in text.split("\n")


def test_what_no_briefing_says_is_said(memo: Memo) -> None:
    assert memo.sections[-1].text == "No briefing says: Where are the zebras?"
    assert memo.sections[-1].references == ()


def test_a_draft_that_was_cancelled_goes_on_where_it_stopped(assistant: Assistant, memo: Memo) -> None:
    *_, last = islice(draft(assistant, TOPIC, TEMPLATE), 4)
    assert len(last.memo.sections) == 3
    resumed = list(draft(assistant, TOPIC, TEMPLATE, begun=last.memo))
    assert (resumed[0].done, resumed[-1].memo) == (3, memo)


def test_a_draft_goes_on_with_what_is_missing_whatever_was_done_to_the_rest(assistant: Assistant, memo: Memo) -> None:
    *_, last = islice(draft(assistant, TOPIC, TEMPLATE), 4)
    edited = with_section(without_section(last.memo, 1), "Of my own", text="Mine.", at=0)
    assert [each.heading for each in missing(edited, TEMPLATE)] == ["Shipping", "Canal", "Grain", "NATO", "Animals"]
    events = list(draft(assistant, TOPIC, TEMPLATE, begun=edited))
    assert [(event.done, event.asking) for event in events][:2] == [(2, "Shipping"), (3, "Canal")]
    assert events[-1].memo.sections[:3] == edited.sections
    assert missing(events[-1].memo, TEMPLATE) == missing(memo, TEMPLATE) == ()


def test_what_cannot_be_drafted_is_refused_before_anything_is_asked(assistant: Assistant, memo: Memo) -> None:
    with pytest.raises(InputError, match="no words"):
        next(draft(assistant, " ?! ", TEMPLATE))
    with pytest.raises(InputError, match="by the template 'test'"):
        next(draft(assistant, "whales", TEMPLATE, begun=memo))


def test_a_chronology_puts_the_quotes_of_older_sources_first(tmp_path: Path) -> None:
    assistant = staged(tmp_path)
    try:
        asked = (Asked("All", "What on 2023?"),)
        memo = list(draft(assistant, "x", Template("test", "T", asked, order="date")))[-1].memo
    finally:
        assistant.close()
    section = memo.sections[0]
    days = [memo.references[token].source.date for token in section.tokens]
    dated = [day for day in days if day is not None]
    assert dated == sorted(dated)
    assert days[len(dated) :] == [None] * (len(days) - len(dated))
    assert len(set(days)) == 3


def test_a_new_token_is_none_that_the_memo_has_even_where_some_were_deleted(assistant: Assistant, memo: Memo) -> None:
    shorter = replace(memo, sections=memo.sections[1:2])
    assert list(shorter.references) == ["c2", "c3"]
    added = section_of(assistant, shorter, TEMPLATE.sections[0])
    assert added.tokens == ("c4",)


class Wrote:
    """A written answer over one document: the model's list, bold words, and things that must not become marks."""

    LINES = ("Arlen [is](http://x) a **port** <b>.", "- Its *harbour* is closed.", "Ice_age_ &amp; more.")

    def __init__(self) -> None:
        self._document = document("arlen.txt", "Arlen is a port. The harbour of Arlen is closed.")

    def ask(self, question: str) -> Answer:
        source: Source = self._document.source
        text = "\n".join(self.LINES)
        spans = [Span(text.index(line), text.index(line) + len(line)) for line in self.LINES]
        citations = tuple(
            Citation(number, span, source, "arlen.txt-0", Span(0, 16), "Arlen is a port.")
            for number, span in enumerate(spans[:2], start=1)
        )
        statements = tuple(Statement(span.of(text), Verdict("supported"), span) for span in spans)
        missing = ("Who is the mayor. And why",)
        return Answer(
            question, question, text, "answered", citations, missing=missing, writer="model", statements=statements
        )

    def ask_within(self, answer: Answer, documents: Sequence[str]) -> Answer:
        raise AssertionError("asked")

    def document(self, id_or_path: str) -> Document:
        return self._document


def test_a_written_answer_keeps_its_bold_and_lists_and_its_links_and_html_are_text() -> None:
    section = section_of(Wrote(), Memo("T", "t", "x"), Asked("Arlen", "What is Arlen?"))
    assert section.text.split("\n\n") == [
        r"Arlen \[is\](http://x) a **port** \<b>.[^c1]",
        "- Its *harbour* is closed.[^c1]",
        r"Ice\_age\_ \&amp; more.",
        "No briefing says: Who is the mayor; And why.",
    ]


def test_a_document_that_has_changed_since_the_answer_gives_no_words_around_the_quote() -> None:
    class Changed(Wrote):
        def document(self, id_or_path: str) -> Document:
            return document("arlen.txt", "Arlen is a port. It is another text.")

    (reference,) = section_of(Changed(), Memo("T", "t", "x"), Asked("Arlen", "What is Arlen?")).references
    assert (reference.quote, reference.before, reference.after) == ("Arlen is a port.", "", "")


class Several:
    """Briefings of which each says one thing about the harbour, and one nothing; asked at once, the newest answers."""

    SAID: ClassVar = {
        "new": "It opened in May.",
        "old": "It was shut in March.",
        "twin": "It opened in May.",
        "mute": "",
    }
    DAYS: ClassVar = {"new": date(2023, 5, 9), "old": date(2023, 3, 2), "twin": None, "mute": date(2023, 4, 1)}

    def _source(self, name: str) -> Source:
        return replace(document(f"{name}.txt", self.SAID[name] or "-").source, date=self.DAYS[name])

    def ask(self, question: str) -> Answer:
        answer = self._answer(question, "new")
        others = tuple(self._source(name) for name in ("mute", "old", "twin"))
        return replace(answer, coverage=Coverage("harbour", (self._source("new"),), others))

    def ask_within(self, answer: Answer, documents: Sequence[str]) -> Answer:
        (wanted,) = documents
        (name,) = [name for name in self.SAID if self._source(name).document_id == wanted]
        return self._answer(answer.question, name)

    def _answer(self, question: str, name: str) -> Answer:
        said = self.SAID[name]
        if not said:
            return Answer(question, question, "The briefings don't say.", "abstained", ())
        span = Span(0, len(said))
        return Answer(question, question, said, "answered", (Citation(1, span, self._source(name), "c", span, said),))

    def document(self, id_or_path: str) -> Document:
        (name,) = [name for name in self.SAID if self._source(name).document_id == id_or_path]
        return document(f"{name}.txt", self.SAID[name])


def test_a_section_that_asks_each_briefing_has_the_best_quote_of_each_by_date() -> None:
    asked = Asked("Events", "What happened at the harbour?", each_briefing=True)
    memo = Memo("T", "t", "x")
    section = section_of(Several(), memo, asked, order="date")
    assert section.text.split("\n\n") == ["It was shut in March.[^c1]", "It opened in May.[^c2]"]
    assert [each.source.date for each in section.references] == [date(2023, 3, 2), date(2023, 5, 9)]
    again = section_of(Several(), replace(memo, sections=(section,)), asked, order="date")
    assert again.tokens == section.tokens


def test_of_quotes_that_the_memo_has_all_the_best_one_is_repeated(assistant: Assistant) -> None:
    asked = Asked("Shipping", "What in the Red Sea?")
    first = section_of(assistant, Memo("T", "t", "x"), asked)
    again = section_of(assistant, Memo("T", "t", "x", (first,)), asked)
    assert len(first.tokens) > 1
    assert again.tokens == first.tokens[:1]


def test_the_latest_begins_with_the_newest_and_goes_back_no_further_than_what_was_told() -> None:
    class Dated(Several):
        def ask(self, question: str) -> Answer:
            text, citations = "", []
            for number, name in enumerate(("new", "old", "older"), start=1):
                span = Span(len(text) + bool(text), len(text) + bool(text) + len(self.SAID[name]))
                text = f"{text}\n{self.SAID[name]}".lstrip()
                quoted = Span(0, len(self.SAID[name]))
                citations.append(Citation(number, span, self._source(name), "c", quoted, self.SAID[name]))
            return Answer(question, question, text, "answered", tuple(citations))

        SAID: ClassVar = {**Several.SAID, "older": "It was built in 1900."}
        DAYS: ClassVar = {**Several.DAYS, "older": date(2022, 1, 1)}

    asked = Asked("Now", "What is the latest on the harbour?")
    memo = Memo("T", "t", "x")
    assert len(section_of(Dated(), memo, asked, order="date").tokens) == 3
    told = section_of(Several(), memo, Asked("Events", "What happened?", each_briefing=True), order="date")
    again = section_of(Dated(), replace(memo, sections=(told,)), asked, order="date")
    assert again.text == "It opened in May.[^c2]"
