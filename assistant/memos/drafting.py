"""A topic and a template become a memo, one question a section; what the briefings do not say is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, takewhile
from typing import Protocol

from assistant.answering.overviews.topics import newest_first
from assistant.errors import InputError
from assistant.memos.evidence import Documents, cited_answer, place_of
from assistant.memos.memo import Memo, Section
from assistant.memos.template import Asked, Order, Template
from assistant.types import Answer, Citation, Source, Span

_MOST_BRIEFINGS = 20  # that one section asks


class Briefings(Documents, Protocol):
    """What a draft needs of an `Assistant`."""

    def ask(self, question: str) -> Answer:
        """The finished answer to a question."""
        ...

    def ask_within(self, answer: Answer, documents: Sequence[str]) -> Answer:
        """The finished answer to the query of an answer from some documents alone, by their ids."""
        ...


@dataclass(frozen=True, slots=True)
class Drafting:
    """Event: how far a memo is. `memo` has the sections that are done, `asking` is the heading of the next.

    `asking` is None in the last event, in which the memo is whole.
    """

    memo: Memo
    done: int
    total: int
    asking: str | None


def draft(briefings: Briefings, topic: str, template: Template, *, begun: Memo | None = None) -> Iterator[Drafting]:
    """The events of a draft: one before each section, one at the end. Each holds the memo as far as it is.

    Who stops asking for events cancels the draft and has lost nothing: `begun`, the memo of the last event, goes on
    with the sections that are `missing`, at its end, whatever was done to the others meanwhile. Raises `InputError`
    for a topic without words, as `Assistant.ask` does for a question, and where `begun` is of another topic or
    template.
    """
    subject = " ".join(topic.split())
    if not any(character.isalnum() for character in subject):
        raise InputError("the topic has no words: say in a few words what the memo is about")
    if begun is not None and (begun.topic, begun.template) != (subject, template.name):
        raise InputError(f"the memo that was begun is about {begun.topic!r}, by the template {begun.template!r}")
    memo = begun or Memo(template.title.format(topic=subject), subject, template.name)
    total = len(template.sections)
    left = missing(memo, template)
    for done, asked in enumerate(left, start=total - len(left)):
        yield Drafting(memo, done, total, asked.heading)
        section = section_of(briefings, memo, asked, order=template.order)
        memo = replace(memo, sections=(*memo.sections, section))
    yield Drafting(memo, total, total, None)


def missing(memo: Memo, template: Template) -> tuple[Asked, ...]:
    """The sections of the template, about the topic of the memo, whose questions no section of it answers yet."""
    answered = Counter(section.question for section in memo.sections)
    left: list[Asked] = []
    for asked in template.sections:
        question = asked.question.format(topic=memo.topic)
        if answered[question]:
            answered[question] -= 1  # a template may ask the same twice
        else:
            left.append(replace(asked, heading=asked.heading.format(topic=memo.topic), question=question))
    return tuple(left)


def section_of(briefings: Briefings, memo: Memo, asked: Asked, *, order: Order = "relevance") -> Section:
    """The section that answers a question, to be put at the end of `memo`, whose tokens it goes on with.

    Evidence that the memo cites already keeps its token. Of quotes, those that the memo has already are left out; where
    it has all of them, the best one stays. Where the latest is asked for, the newest stays, and what comes before it
    down to the first that the memo has. A section that asks each briefing has them all. A written sentence that is only
    partly supported says so, and where sources differ, the quotes of each side follow the answer. What comes
    only near to an answer is left to who asks for it.
    """
    answer = briefings.ask(asked.question)
    if asked.each_briefing:
        answer = _of_each(answer, briefings)
    stretches = _quotes(answer)
    if stretches:
        places = {each.place for each in memo.references.values()}
        new = [span for span in stretches if not all(place_of(each) in places for each in _behind(answer, span))]
        if newest_first(asked.question):  # the newest, told before or not, and none older than what was told before
            new = [stretches[0], *takewhile(lambda span: span in new, stretches[1:])]
        kept = stretches if asked.each_briefing else new or stretches[:1]
        answer = _rearranged(answer, sorted(kept, key=lambda span: _day(answer, span)) if order == "date" else kept)
    found = cited_answer(replace(answer, likeliest=()), memo, briefings)  # no draft has what nobody asked to be there
    return Section(asked.heading, asked.question, found.text, found.references, given=found.text)


def _of_each(answer: Answer, briefings: Briefings) -> Answer:
    """The best quote of each briefing that is quoted or mentions what was asked about and answers by itself, by date.

    Of those that the answer quotes already it is the first one there: an overview tells of some that no briefing gives
    by itself. A written answer draws on all of them already and stays as it is; so does one that no single briefing
    gives.
    """
    if answer.coverage is None or answer.writer is not None:
        return answer
    quoted_too = (source for citation in answer.citations for source in (citation.source, *citation.also_in))
    about = dict.fromkeys((*quoted_too, *answer.coverage.used, *answer.coverage.others))
    text = ""
    citations: list[Citation] = []
    for source in sorted(islice(about, _MOST_BRIEFINGS), key=lambda source: source.date or date.max):
        quoted = _quoted_from(source, answer)
        found = answer if quoted else briefings.ask_within(answer, (source.document_id,))
        stretches = quoted or _quotes(found)
        if found.outcome == "abstained" or not stretches:
            continue
        quote = stretches[0].of(found.text)
        if quote in text.split("\n"):
            continue
        start = len(text) + bool(text)
        text = f"{text}\n{quote}" if text else quote
        best = _behind(found, stretches[0])[0]
        citations.append(replace(best, marker=len(citations) + 1, answer_span=Span(start, len(text))))
    if not citations:
        return answer
    return replace(answer, text=text, outcome="answered", citations=tuple(citations), missing=())


def _quotes(answer: Answer) -> list[Span]:
    """The stretches of an answer that is quotes, one a line; empty for any other."""
    stretches = sorted({citation.answer_span for citation in answer.citations})
    whole = "\n".join(span.of(answer.text) for span in stretches) == answer.text
    return stretches if whole and answer.writer is None else []


def _quoted_from(source: Source, answer: Answer) -> list[Span]:
    """The quotes of an answer that stand in one document."""
    own = {citation.answer_span for citation in answer.citations if citation.source.document_id == source.document_id}
    return [span for span in _quotes(answer) if span in own]


def _behind(answer: Answer, stretch: Span) -> list[Citation]:
    return [citation for citation in answer.citations if citation.answer_span == stretch]


def _day(answer: Answer, stretch: Span) -> date:
    """The day of the oldest source of a stretch; of undated ones the last day there is."""
    return min((each.source.date for each in _behind(answer, stretch) if each.source.date), default=date.max)


def _rearranged(answer: Answer, stretches: Sequence[Span]) -> Answer:
    """The answer with these of its stretches, in this order, one a line, and their citations."""
    text = ""
    citations: list[Citation] = []
    for stretch in stretches:
        start = len(text) + bool(text)
        text = f"{text}\n{stretch.of(answer.text)}" if text else stretch.of(answer.text)
        citations += [replace(each, answer_span=Span(start, len(text))) for each in _behind(answer, stretch)]
    return replace(answer, text=text, citations=tuple(citations))
