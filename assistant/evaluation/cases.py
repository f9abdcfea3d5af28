"""The nouns of a golden set: what is asked, and what a right answer shows. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from assistant.types import Outcome, Span

Split = Literal["development", "test"]
SUFFIX = ".golden.yaml"
"""How the name of a golden file ends."""


def right_outcome(answerable: bool) -> Outcome:
    """How a case comes out right: answered where the briefings answer, else abstained."""
    return "answered" if answerable else "abstained"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a golden file: the file and its line (from 1)."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document that answer the question, as written in a golden file.

    `document` is a path relative to the corpus folder, as `assistant list` prints it. `place` is that of the words, and
    `named_at` that of the document's name, where it is known.
    """

    document: str
    text: str
    place: Place
    named_at: Place | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that a full answer shows. Any one of `quotes` is enough: a fact may stand in several documents."""

    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class GoldenCase:
    """One question with what a right answer shows.

    `id` is unique in a golden set. `history` are the questions asked before in the same conversation, in order.
    An unanswerable case has no `relevant` evidence: the right outcome is to abstain. Each entry of `must_say` lists
    alternatives, one of which the answer must hold (whole words, case ignored). `as_of` hides documents dated later
    and is the day that "last month" is counted from. `split` says whether settings may be tuned on the case.
    """

    id: str
    question: str
    corpus: Path
    place: Place
    history: tuple[str, ...] = ()
    answerable: bool = True
    relevant: tuple[Evidence, ...] = ()
    reference_answer: str | None = None
    must_say: tuple[tuple[str, ...], ...] = ()
    must_not_say: tuple[str, ...] = ()
    as_of: date | None = None
    tags: tuple[str, ...] = ()
    split: Split = "development"

    @property
    def fingerprint(self) -> str:
        """Changes with anything that changes what a right answer is; places, tags and the split do not count."""
        said = (
            self.id,
            self.question,
            self.history,
            self.answerable,
            tuple(tuple((quote.document, quote.text) for quote in evidence.quotes) for evidence in self.relevant),
            self.reference_answer,
            self.must_say,
            self.must_not_say,
            self.as_of and self.as_of.isoformat(),
        )
        return sha256(repr(said).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class RelevantSpan:
    """A quote resolved: `text[span.start:span.end]` of the document with `path` holds the quoted words.

    `evidence` is the index into `GoldenCase.relevant` of the evidence that it shows.
    """

    evidence: int
    document_id: str
    path: str
    span: Span
    quote: str
