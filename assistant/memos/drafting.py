"""A topic and a template become a memo, one question a section; what the briefings do not say is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from assistant.answering.citations import render_markers
from assistant.errors import InputError
from assistant.language.sentences import sentence_spans
from assistant.memos.markdown import escaped
from assistant.memos.memo import GAP, Memo, Place, Reference, Section
from assistant.memos.template import Asked, Order, Template
from assistant.types import Answer, Citation, Disagreement, Document, Side, Span

DOUBT = "(only partly supported)"
"""What stands in a written sentence that its sources bear out only in part."""

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


def section_of(briefings: Briefings, memo: Memo, asked: Asked, *, order: Order = "relevance") -> Section:
    """The section that answers a question, to be put at the end of `memo`, whose tokens it goes on with.

    Evidence that the memo cites already keeps its token. Of quotes, those that the memo has already are left out,
    unless it has all of them. A written sentence that is only partly supported says so, and where sources differ, the
    quotes of each side follow the answer.
    """
    answer = briefings.ask(asked.question)
    if answer.outcome == "abstained":
        return Section(asked.heading, asked.question, _gap(asked.question))
    known = memo.references
    tokens = {each.place: each.token for each in known.values()}
    stretches = _quotes(answer)
    if stretches:
        new = [span for span in stretches if not all(_place(each) in tokens for each in _behind(answer, span))]
        kept = new or stretches
        answer = _rearranged(answer, sorted(kept, key=lambda span: _day(answer, span)) if order == "date" else kept)
    answer = _with_doubts(answer)
    last = max((int(token.removeprefix("c")) for token in known), default=0)
    references: dict[str, Reference] = {}
    for citation in (*answer.citations, *(_cited(side) for one in answer.disagreements for side in one.sides)):
        if _place(citation) not in tokens:
            last += 1
            tokens[_place(citation)] = f"c{last}"
        token = tokens[_place(citation)]
        if token not in references:
            references[token] = known.get(token) or _reference(token, citation, briefings)
    text = _with_tokens(answer, tokens)
    differing = [_differing(one, tokens) for one in answer.disagreements]
    gaps = [_gap(part) for part in answer.missing]
    return Section(asked.heading, asked.question, "\n\n".join([text, *differing, *gaps]), tuple(references.values()))


def _gap(part: str) -> str:
    """One sentence that says what is missing, however many sentences the question has."""
    pieces = [span.of(part) for span in sentence_spans(part)]
    said = escaped("; ".join([*(piece.rstrip(".?!") for piece in pieces[:-1]), *pieces[-1:]]))
    return f"{GAP}: {said}" if said.endswith(("?", ".", "!")) else f"{GAP}: {said}."


def _differing(one: Disagreement, tokens: Mapping[Place, str]) -> str:
    """What each side of a disagreement says, as a list of quotes; nobody says which is right."""
    sides = [f"- {escaped(side.quote)}[^{tokens[_place(_cited(side))]}]" for side in one.sides]
    return "\n".join([f"Sources differ on {escaped(one.about)}:\n", *sides])


def _cited(side: Side) -> Citation:
    """A side of a disagreement as a citation of the whole of itself."""
    return Citation(1, Span(0, len(side.quote)), side.source, side.chunk_id, side.span, side.quote)


def _with_tokens(answer: Answer, tokens: Mapping[Place, str]) -> str:
    """The answer as Markdown, a paragraph a line, with the tokens where its markers would be."""
    written = answer.writer is not None
    pieces: list[str] = []
    numbered = [
        replace(citation, marker=int(tokens[_place(citation)].removeprefix("c"))) for citation in answer.citations
    ]
    # Bounds that no text has keep the markers apart from what is escaped around them.
    for line in render_markers(answer.text, numbered, form="\x02{marker}\x03").split("\n"):
        if line.strip():
            marked = escaped(line, written=written)
            pieces.append(marked.replace("\x02", "[^c").replace("\x03", "]"))
    return "\n\n".join(pieces)


def _with_doubts(answer: Answer) -> Answer:
    """The answer with `DOUBT` in each sentence that its sources bear out only in part, before its full stop."""
    partly = [each.span for each in answer.statements if each.span is not None and each.verdict.status == "partly"]
    for span in sorted(partly, reverse=True):
        at = span.start + len(span.of(answer.text).rstrip(".!?"))
        citations = tuple(replace(each, answer_span=_longer(each.answer_span, at)) for each in answer.citations)
        text = f"{answer.text[:at]} {DOUBT}{answer.text[at:]}"
        answer = replace(answer, text=text, citations=citations)
    return answer


def _longer(span: Span, at: int) -> Span:
    """A span of the text after `DOUBT` and a space were put in at `at`."""
    by = len(DOUBT) + 1
    return span.shifted(by) if span.start >= at else Span(span.start, span.end + by) if span.end >= at else span


def _place(citation: Citation) -> Place:
    return citation.source.document_id, citation.source.content_hash, citation.span


def _quotes(answer: Answer) -> list[Span]:
    """The stretches of an answer that is quotes, one a line; empty for any other."""
    stretches = sorted({citation.answer_span for citation in answer.citations})
    whole = "\n".join(span.of(answer.text) for span in stretches) == answer.text
    return stretches if whole and answer.writer is None else []


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
