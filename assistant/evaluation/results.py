"""The nouns of a report: what happened in each case, under which conditions, and what must never happen. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.evaluation.cases import Split
from assistant.types import Outcome

Rule = Literal["crashed", "citation-not-verbatim", "span-not-found", "document-lost-text"]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a document in a report: where it stands and its words."""

    path: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class CitedExcerpt:
    """A citation in a report. `verbatim`: the quote is exactly that stretch of the canonical text in the index.

    `relevant`: it overlaps one of the spans that the golden case names.
    """

    marker: int
    answer_start: int
    answer_end: int
    excerpt: Excerpt
    verbatim: bool
    relevant: bool


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case of a run. `outcome` is None where the case crashed, and `error` says how.

    `scores` has every metric by name; None is "does not apply". `fingerprint` identifies the case as written, so
    that a case that was edited is not compared with its old self. `missing` are the quotes that did not resolve.
    """

    case_id: str
    fingerprint: str
    question: str
    query: str
    answerable: bool
    split: Split
    tags: tuple[str, ...]
    outcome: Outcome | None
    text: str
    answerability: float
    citations: tuple[CitedExcerpt, ...]
    passages: tuple[Excerpt, ...]
    relevant: tuple[Excerpt, ...]
    missing: tuple[str, ...]
    scores: Mapping[str, float | None]
    reasons: Mapping[str, str]
    seconds: float
    error: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentPrint:
    """A document as it was when a report was made: the hash of its canonical text and its length in characters."""

    content_hash: str
    characters: int


@dataclass(frozen=True, slots=True)
class Conditions:
    """Everything that can move a number: settings, digests of models, the corpus, versions, and the program itself.

    `documents` are by path with the corpus folder's name in front where a run has several. `code` is the digest of
    the package's own files. `judge` names what decided on support.
    """

    settings: Mapping[str, str]
    models: Mapping[str, str]
    versions: Mapping[str, str]
    documents: Mapping[str, DocumentPrint]
    code: str
    judge: str


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that must never happen; it fails a run at once, without statistics."""

    rule: Rule
    case_id: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class EvalReport:
    """A run over a golden set: its conditions, every case in the order of the files, what was violated, set metrics."""

    made_at: str
    conditions: Conditions
    results: tuple[CaseResult, ...]
    set_scores: Mapping[str, float | None]
    violations: tuple[Violation, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
