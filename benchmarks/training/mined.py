"""Hard negatives, mined with the product's own retriever: passages that it finds and that do not answer."""

from __future__ import annotations

import random
from collections.abc import Sequence

from assistant.embedding.base import Embedder
from assistant.retrieval.fused import FusedRetriever
from benchmarks.datasets import make_document
from benchmarks.set_index import SetIndex
from benchmarks.training.questions import Article, Asked, Paragraph

_PASSED_OVER = 5  # passages that may answer, or be of a paragraph that was found already


class Miner:
    """Finds for a question what retrieval would show if its paragraph were not there (Karpukhin et al. 2020, 3.2).

    A paragraph that holds one of the answers in the same letters is no negative; one that answers in other words can
    slip through. `among` is of how many of the best paragraphs one is drawn. Use it in a `with` block: the index is
    gone after it.
    """

    def __init__(self, articles: Sequence[Article], embedder: Embedder, *, among: int = 5) -> None:
        self._among = among
        self._paragraphs = {
            str(number): paragraph
            for number, paragraph in enumerate(each for article in articles for each in article.paragraphs)
        }
        documents = [
            make_document(path, paragraph.text, title=paragraph.title) for path, paragraph in self._paragraphs.items()
        ]
        self._index = SetIndex(documents, embedder)
        self._retriever = FusedRetriever(self._index, embedder)

    def __enter__(self) -> Miner:
        return self

    def __exit__(self, *raised: object) -> None:
        self._index.__exit__(None, None, None)

    def missed(self, asked: Asked, own: Paragraph, chance: random.Random) -> Paragraph | None:
        """One of the best passages' paragraphs that is not its `own` and holds none of its answers, or None."""
        answers = {span.of(own.text).lower() for span in asked.answers}
        found = self._retriever.retrieve(asked.question, k=self._among + _PASSED_OVER)
        paragraphs = dict.fromkeys(passage.source.document_id for passage in found)
        others = [
            paragraph
            for paragraph in (self._paragraphs[path] for path in paragraphs)
            if paragraph.text != own.text and not any(answer in paragraph.text.lower() for answer in answers)
        ]
        return chance.choice(others[: self._among]) if others else None
