"""What the last answer showed, for a follow-up that goes on from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answering.followups.condensing import goes_on
from assistant.types import Chunk, Conversation, Filters, Passage, Source

MOST = 2
"""Passages of the last answer that a draft is offered beside those that were found now."""

Recall = Callable[[Sequence[str]], Sequence[tuple[Chunk, Source]]]
"""From ids of chunks to those that the index still has, with the heads of their documents."""


def nothing(_: Sequence[str]) -> Sequence[tuple[Chunk, Source]]:
    """Recalls nothing."""
    return ()


def grounding(
    question: str, conversation: Conversation | None, recall: Recall, *, filters: Filters = Filters()
) -> tuple[Passage, ...]:
    """The passages that the last answer cites, in its order and as the index has them today; at most `MOST`.

    None for a question that does not go on from that answer (`goes_on`), nor of a document that the filters leave out.
    """
    if conversation is None or not goes_on(question, conversation):
        return ()
    cited = dict.fromkeys(citation.chunk_id for citation in conversation.turns[-1].answer.citations)
    known = [(chunk, source) for chunk, source in recall(list(cited)) if filters.allows(source)]
    return tuple(
        Passage(chunk, source, rank, 0.0, "the last answer") for rank, (chunk, source) in enumerate(known[:MOST], 1)
    )
