"""A sentence of a passage as evidence for a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answering.candidates import behind_leads
from assistant.embedding.base import Vectors
from assistant.reading.base import UNREAD
from assistant.types import Before, Passage, Side, Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage with its score: a logit, larger is better, comparable between questions.

    `span` is in the document. `vector` is its unit embedding. `held` tells how well it holds something of the kind
    asked for (0 to 1). Abstention is judged by `cosine` (the larger one of the sentence alone and with its neighbours),
    `coverage` (weighted share of the question's words in the sentence), `context_coverage` (the same with neighbours,
    title and headings) and `subjects` (share of the question's subjects in that context); `names` is the share of its
    names there. `read` and `relevance` are the reading model's log-odds that the sentence, and some sentence of its
    passage, answers (`UNREAD` without it), and `answer` are the words of the sentence that answer, in the document.
    What only `introduces` the lines after it answers nothing, but tells what they are about. `leads` are those of them
    that lead to an item of a list, the outermost first.
    """

    passage: Passage
    span: Span
    text: str
    score: float
    cosine: float
    coverage: float
    context_coverage: float
    subjects: float
    held: float
    vector: Vectors
    read: float = UNREAD
    relevance: float = UNREAD
    answer: Span | None = None
    names: float = 1.0
    introduces: bool = False
    leads: tuple[Before, ...] = ()

    @property
    def document_id(self) -> str:
        """The id of the document that it stands in."""
        return self.passage.chunk.document_id

    @property
    def place(self) -> tuple[str, Span]:
        """Where it stands: its document and its span."""
        return self.document_id, self.span

    @property
    def in_full(self) -> str:
        """The sentence behind the lines that lead to it."""
        return behind_leads(self.leads, self.text)

    @property
    def words(self) -> str:
        """The words that answer, empty without any."""
        return "" if self.answer is None else self.answer.shifted(-self.span.start).of(self.text)

    def side(self, words: Span) -> Side:
        """The sentence as it is shown beside an answer, with some of its words marked; they are in the document."""
        return Side(self.passage.source, self.passage.chunk.id, self.span, self.text, words)


def left_of(evidence: Sequence[Evidence], can_answer: Callable[[Evidence], bool]) -> list[Evidence]:
    """The sentences that can answer, in their order, as they count without the others.

    Where a passage was read as an answer for the sake of a sentence that cannot be one, it counts no more than the
    best of those that are left.
    """
    kept = [one for one in evidence if can_answer(one)]
    best, left = _best_read(evidence), _best_read(kept)
    return [
        replace(one, relevance=min(one.relevance, left[chunk])) if left[chunk] < best[chunk] else one
        for one, chunk in ((one, one.passage.chunk.id) for one in kept)
    ]


def _best_read(evidence: Sequence[Evidence]) -> dict[str, float]:
    """The largest log-odds of a sentence in each passage, by the id of its chunk."""
    best: dict[str, float] = {}
    for one in evidence:
        best[one.passage.chunk.id] = max(one.read, best.get(one.passage.chunk.id, one.read))
    return best
