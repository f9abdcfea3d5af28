"""A topic and a template become a memo, one question a section; what the briefings do not say is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from assistant.answering.citations import render_markers
from assistant.errors import InputError
from assistant.language.sentences import sentence_spans
from assistant.memos.markdown import escaped
from assistant.memos.memo import GAP, Memo, Reference, Section
from assistant.memos.template import Asked, Template
from assistant.types import Answer, Citation, Document, Span

_AROUND = 400  # characters of the paragraph on each side of a quote


class Briefings(Protocol):
    """What a draft needs of an `Assistant`."""

    def ask(self, question: str) -> Answer:
        """The finished answer to a question."""
        ...

    def document(self, id_or_path: str) -> Document:
        """The document with this id or path; raises `InputError` where there is none."""
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
    with the section that is missing. Raises `InputError` for a topic without words, as `Assistant.ask` does for a
    question, and where `begun` is of another topic or template.
    """
    subject = " ".join(topic.split())
    if not any(character.isalnum() for character in subject):
        raise InputError("the topic has no words: say in a few words what the memo is about")
    if begun is not None and (begun.topic, begun.template) != (subject, template.name):
        raise InputError(f"the memo that was begun is about {begun.topic!r}, by the template {begun.template!r}")
    memo = begun or Memo(template.title.format(topic=subject), subject, template.name)
    total = len(template.sections)
    for asked in template.sections[len(memo.sections) :]:
        heading = asked.heading.format(topic=subject)
        yield Drafting(memo, len(memo.sections), total, heading)
        section = section_of(
            briefings, memo, Asked(heading, asked.question.format(topic=subject)), order=template.order
        )
        memo = replace(memo, sections=(*memo.sections, section))
    yield Drafting(memo, total, total, None)


def section_of(briefings: Briefings, memo: Memo, asked: Asked, *, order: str = "relevance") -> Section:
    """The section that answers a question, to be put at the end of `memo`, whose tokens it goes on with.

    Evidence that the memo cites already keeps its token.
    """
    answer = briefings.ask(asked.question)
    if answer.outcome == "abstained":
        return Section(asked.heading, asked.question, _gap(asked.question))
    if order == "date" and answer.writer is None:
        answer = _by_date(answer)
    tokens = {each.place: each.token for each in memo.references.values()}
    references: dict[str, Reference] = {}
    for citation in answer.citations:
        place = (citation.source.document_id, citation.span)
        token = tokens.setdefault(place, f"c{len(tokens) + 1}")
        kept = memo.references.get(token)
        references.setdefault(token, kept or _reference(token, citation, briefings))
    text = _with_tokens(answer, tokens)
    gaps = [_gap(part) for part in answer.missing]
    return Section(asked.heading, asked.question, "\n\n".join([text, *gaps]), tuple(references.values()))


def _gap(part: str) -> str:
    """One sentence that says what is missing, however many sentences the question has."""
    pieces = [span.of(part) for span in sentence_spans(part)]
    said = escaped("; ".join([*(piece.rstrip(".?!") for piece in pieces[:-1]), *pieces[-1:]]))
    return f"{GAP}: {said}" if said.endswith(("?", ".", "!")) else f"{GAP}: {said}."


def _with_tokens(answer: Answer, tokens: dict[tuple[str, Span], str]) -> str:
    """The answer as Markdown, a paragraph a line, with the tokens where its markers would be."""
    written = answer.writer is not None
    pieces: list[str] = []
    numbered = [
        replace(citation, marker=int(tokens[citation.source.document_id, citation.span].removeprefix("c")))
        for citation in answer.citations
    ]
    # Bounds that no text has keep the markers apart from what is escaped around them.
    for line in render_markers(answer.text, numbered, form="\x02{marker}\x03").split("\n"):
        if line.strip():
            marked = escaped(line, written=written)
            pieces.append(marked.replace("\x02", "[^c").replace("\x03", "]"))
    return "\n\n".join(pieces)


def _by_date(answer: Answer) -> Answer:
    """The same quotes, those of older sources first; undated ones stay at the end."""
    stretches = sorted({citation.answer_span for citation in answer.citations})
    if "\n".join(span.of(answer.text) for span in stretches) != answer.text:
        return answer  # not quotes one a line, so there is nothing to be put in another order

    def dated(span: Span) -> date:
        days = [each.source.date for each in answer.citations if each.answer_span == span and each.source.date]
        return min(days, default=date.max)

    text, moved = "", {}
    for span in sorted(stretches, key=dated):
        start = len(text) + bool(text)
        text = f"{text}\n{span.of(answer.text)}" if text else span.of(answer.text)
        moved[span] = Span(start, len(text))
    citations = [replace(citation, answer_span=moved[citation.answer_span]) for citation in answer.citations]
    citations.sort(key=lambda citation: citation.answer_span)
    return replace(answer, text=text, citations=_in_order(citations))


def _in_order(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations with markers that count from 1 in their order."""
    markers: dict[int, int] = {}
    return tuple(replace(each, marker=markers.setdefault(each.marker, len(markers) + 1)) for each in citations)


def _reference(token: str, citation: Citation, briefings: Briefings) -> Reference:
    """The citation under its token, with the words around the quote where the document is still the one cited."""
    found = Reference(token, citation.source, citation.span, citation.quote, citation.page_label)
    try:
        document = briefings.document(citation.source.document_id)
    except InputError:
        return found
    span, text = citation.span, document.text
    if document.source.content_hash != citation.source.content_hash or span.of(text) != citation.quote:
        return found
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    before = text[max(start, span.start - _AROUND) : span.start]
    after = text[span.end : min(len(text) if end < 0 else end, span.end + _AROUND)]
    return replace(found, before=before, after=after)
