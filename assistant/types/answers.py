"""An answer with everything that it points at, and what checking it gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.types.documents import Source, Span
from assistant.types.passages import DateRange, Filters, Passage


@dataclass(frozen=True, slots=True)
class Before:
    """The sentence before a quote that points back to it ("He declined."), or what leads to a quoted item of a list.

    It is shown so that the quote is understood.

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
    `before` is there where the quote begins with a word that points back, and where it is an item of a list.
    `page_index` is the page where the quote begins, `page_label` what is printed there, "3–4" where it runs over pages.
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
