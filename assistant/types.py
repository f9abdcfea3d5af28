"""The nouns that every room shares: frozen, slotted dataclasses; standard library only, no I/O.

Offsets are always half-open character offsets into `Document.text`, the canonical text of a document:
`document.text[span.start:span.end] == quote` holds for every chunk, passage and citation.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of a text; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The same span, `by` characters further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its physical index (from 1), the label printed on it ("iv", "12"), and its characters.

    Pages without text have no span and are not listed, so indexes may skip numbers.
    """

    index: int
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document: its level (1 is the highest) and its characters."""

    level: int
    span: Span


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader of a citation needs to know about a document: the bibliographic head, without the text."""

    document_id: str
    path: str
    title: str
    media_type: str
    content_hash: str
    date: date | None = None
    publisher: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A briefing: one canonical text with its bibliographic head and its structure.

    `path` is relative to the corpus folder, with `/`; an attachment has the path of its mail, a `/` and its own
    name. `id` is derived from the path, `content_hash` is the sha256 of the canonical text. `file` is the path of
    the file it was read from (its own path, or the mail's).
    """

    source: Source
    text: str
    file: str
    headings: tuple[Heading, ...] = ()
    pages: tuple[Page, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The stable id of this document (see `Source.document_id`)."""
        return self.source.document_id


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a reader finds what stands in a document from the character `start` on, up to the next locator.

    `headings` are the texts of the headings above it, outermost first; `page_index` and `page_label` are its page.
    """

    start: int
    headings: tuple[str, ...] = ()
    page_index: int | None = None
    page_label: str | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is stored and found: a run of whole sentences of one document.

    `text` is exactly `span` of the document's text. `sentences` are spans in the document, in order, inside `span`.
    `headings`, `page_index` and `page_label` are those where it starts (see `Locator`); `locators` are where others
    begin inside it, in order.
    """

    id: str
    document_id: str
    ordinal: int
    span: Span
    text: str
    sentences: tuple[Span, ...]
    headings: tuple[str, ...] = ()
    page_index: int | None = None
    page_label: str | None = None
    locators: tuple[Locator, ...] = ()

    def locator(self, span: Span) -> Locator:
        """The headings and the page where a span of the document that lies inside the chunk starts."""
        first = Locator(self.span.start, self.headings, self.page_index, self.page_label)
        return next((one for one in reversed(self.locators) if one.start <= span.start), first)

    def quote(self, span: Span) -> str:
        """The characters of a span of the document that lies inside the chunk."""
        return span.shifted(-self.span.start).of(self.text)


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `start` to `end`, both included; None leaves that side open."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents a search may use. Empty fields allow everything; a document must pass all that are given."""

    dates: DateRange | None = None
    publishers: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()

    def allows(self, source: Source) -> bool:
        """Whether a document with this head passes. A document without a date passes no date filter."""
        return (
            (self.dates is None or source.date in self.dates)
            and (not self.publishers or source.publisher in self.publishers)
            and (not self.media_types or source.media_type in self.media_types)
            and (not self.documents or source.document_id in self.documents)
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """What a retriever returns: a chunk with the head of its document, its rank (from 1) and its score.

    Scores of two retrievers are never compared, ranks are. `also_in` are the documents of near-duplicate passages
    that were folded into this one.
    """

    chunk: Chunk
    source: Source
    rank: int
    score: float
    retriever: str
    also_in: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """The sentence before a quote that points back to it ("He declined."): shown so that it is understood.

    `quote` is exactly `span` of the same document. It is no part of the answer's text and no evidence.
    """

    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Ties a stretch of the answer to a stretch of a document.

    `answer_span` indexes `Answer.text`; `span` indexes the canonical text of the document whose hash is
    `source.content_hash`, and `quote` is exactly that stretch. `marker` counts from 1 in the order of the answer.
    `words` are the words inside `span` that answer the question, in the document too; None where nobody read them out.
    `before` is there where the quote begins with a word that points back.
    """

    marker: int
    answer_span: Span
    source: Source
    chunk_id: str
    span: Span
    quote: str
    headings: tuple[str, ...] = ()
    page_index: int | None = None
    page_label: str | None = None
    also_in: tuple[Source, ...] = ()
    words: Span | None = None
    before: Before | None = None


Outcome = Literal["answered", "abstained"]
Status = Literal["supported", "partly", "unsupported", "contradicted"]
Failure = Literal[
    "fabricated",
    "misattributed",
    "stitched",
    "number mismatch",
    "date mismatch",
    "dropped hedge",
    "wrong speaker",
    "negation",
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking a written sentence against its sources gave.

    `failure` is the class of what is wrong, None where nothing is; `reason` says it to a person in a clause ("the
    source says 42, not 43"), empty where nothing is wrong. `probability` is the verifier's, of support.
    """

    status: Status
    failure: Failure | None = None
    reason: str = ""
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that a language model wrote, in the order of its draft.

    `text` has no markers. `span` is its place in `Answer.text`, None where it is withheld from the answer.
    """

    text: str
    verdict: Verdict
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """What one source says beside an answer, as against another one: `quote` is exactly `span` of the document.

    `words` lie inside it and are those that differ, or that answer.
    """

    source: Source
    chunk_id: str
    span: Span
    quote: str
    words: Span


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Sources that differ on a number, a date or yes and no about the same thing; nobody says which is right.

    `about` names the thing in a few words of the sources.
    """

    kind: Literal["number", "date", "polarity"]
    about: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many documents mention what is asked about: those that are quoted, and the others, newest first."""

    subject: str
    used: tuple[Source, ...]
    others: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Respelt:
    """A question with names as the briefings write them, in place of names like them that no briefing has."""

    names: tuple[str, ...]
    question: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a question. Abstaining is a result, not an error.

    `text` holds no citation markers; front ends put them in at the ends of `Citation.answer_span`s. `query` is the
    stand-alone form of the question that was searched. `time` is the stretch of time read from the question and
    used to rank (None where there was none or the person removed it). `as_of` is the day whose knowledge was asked for:
    no document dated later was searched. `missing` are the parts of the question that
    the briefings do not answer. `answerability` is the calibrated probability that the corpus answers the question.

    `contrary` are sentences that say the opposite of what the question supposes. `likeliest` is there where it abstains
    although the briefings are likelier than not to answer: the sentence that comes nearest to an answer.
    `did_you_mean` is offered where the question names what no briefing does and a name that they have is spelt much
    like it; it was not searched for.

    `writer` names the language model that wrote the text; None where the text is quotes. `statements` are all sentences
    that it wrote, those withheld too.
    """

    question: str
    query: str
    text: str
    outcome: Outcome
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    filters: Filters = Filters()
    time: DateRange | None = None
    as_of: date | None = None
    missing: tuple[str, ...] = ()
    answerability: float = 0.0
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    writer: str | None = None
    statements: tuple[Statement, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    contrary: tuple[Side, ...] = ()
    coverage: Coverage | None = None
    likeliest: tuple[Side, ...] = ()
    did_you_mean: Respelt | None = None

    @property
    def sides(self) -> tuple[Side, ...]:
        """What is quoted beside the text: nearest to an answer, against the question, then of each disagreement."""
        return (*self.likeliest, *self.contrary, *(side for one in self.disagreements for side in one.sides))

    @property
    def withheld(self) -> tuple[Statement, ...]:
        """The sentences that were written and are not in the text."""
        return tuple(statement for statement in self.statements if statement.span is None)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and its answer."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was asked and answered before; immutable, so two browser sessions cannot share one by accident."""

    id: str
    turns: tuple[Turn, ...] = field(default=())

    def with_turn(self, turn: Turn) -> Conversation:
        """A new conversation with `turn` at its end."""
        return replace(self, turns=(*self.turns, turn))


@dataclass(frozen=True, slots=True)
class Searching:
    """Event: the query that is being searched, after follow-ups and dates were read."""

    query: str
    time: DateRange | None


@dataclass(frozen=True, slots=True)
class Found:
    """Event: the passages that were found. It comes again when they were read and ranked anew."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Event: the answer in quotes, which is there before a language model has written one. It may stay the answer."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Said:
    """Event: the answer as far as it is known; each event holds all text so far, with its citations.

    `statements` are the sentences that a language model has written so far, those withheld too.
    """

    text: str
    citations: tuple[Citation, ...]
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """Event: the finished answer; always the last one."""

    answer: Answer


AnswerEvent = Searching | Found | Quoted | Said | Done
