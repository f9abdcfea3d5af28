"""The nouns of a report: what happened in each case, under which conditions, and what must never happen. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
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

    def __str__(self) -> str:
        return f"{self.path}, characters {self.start}-{self.end}"

    def overlaps(self, other: Excerpt) -> bool:
        """Whether the two share at least one character of the same document."""
        return self.path == other.path and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class CitedExcerpt:
    """A citation in a report. `verbatim`: the quote is exactly that stretch of the canonical text in the index.

    `relevant`: it shows one of the evidence entries of the golden case, as citation precision counts it.
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
    `history`, `reference_answer` and `as_of` are those of the golden case, for a person who reads the report.
    `evidence` has for each of `relevant` the index of the evidence that it shows: those that share one are
    alternatives, any one of which is enough. Empty: each stands for itself.
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
    history: tuple[str, ...] = ()
    reference_answer: str | None = None
    as_of: date | None = None
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentPrint:
    """A document as it was when a report was made: the hash of its canonical text and its length in characters."""

    content_hash: str
    characters: int


@dataclass(frozen=True, slots=True)
class Conditions:
    """Everything that can move a number: settings, digests of models, the corpus, versions, and the program itself.

    `documents` are by path with the corpus folder's name in front where a run has several. `code` is the digest of
    the package's own files. `judge` names what decided on support. `machine` is what computes: another processor, or
    another arithmetic, gives vectors that differ a little. It is empty in reports that were made before it was kept.
    """

    settings: Mapping[str, str]
    models: Mapping[str, str]
    versions: Mapping[str, str]
    documents: Mapping[str, DocumentPrint]
    code: str
    judge: str
    machine: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that must never happen; it fails a run at once, without statistics."""

    rule: Rule
    case_id: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a judge thinks of one case, on its own scale.

    `votes` has one value for each time it was asked, None where its reply could not be read: those are counted, not
    guessed. `mean` and `spread` (largest less smallest) are of the readable votes, None where there is none.
    `feedback` has the reply behind each vote; without votes it says in one entry why the judge was not asked.
    """

    judge: str
    model: str
    mean: float | None
    spread: float | None
    votes: tuple[float | None, ...]
    feedback: tuple[str, ...]

    @property
    def unreadable(self) -> int:
        """How many votes could not be read."""
        return self.votes.count(None)


@dataclass(frozen=True, slots=True)
class EvalReport:
    """A run over a golden set: its conditions, every case in the order of the files, what was violated, set metrics.

    `opinions` of LLM judges are by case id; they advise a person, and no verdict looks at them.
    """

    made_at: str
    conditions: Conditions
    results: tuple[CaseResult, ...]
    set_scores: Mapping[str, float | None]
    violations: tuple[Violation, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    opinions: Mapping[str, tuple[Opinion, ...]] = field(default_factory=dict)
