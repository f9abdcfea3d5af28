"""The assistant as LlamaIndex knows such things: a retriever and a query engine for code that is built on it.

Imports LlamaIndex, which takes seconds.
"""

from __future__ import annotations

from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.schema import NodeWithScore, QueryBundle

from assistant.answering.chain import nodes_of
from assistant.answering.citations import render_markers
from assistant.chat import Assistant
from assistant.types import Filters, Found, Passage, Searching

__all__ = ["BriefingsQueryEngine", "BriefingsRetriever"]


class BriefingsRetriever(BaseRetriever):  # type: ignore[misc]  # LlamaIndex has no types for mypy here
    """The passages that the assistant finds for a question, best first, as text nodes.

    A node has the passage's id, its text, its offsets in the document's canonical text (`start_char_idx`,
    `end_char_idx`), and title, path, date, page and headings as metadata. `filters` are those of the assistant.
    """

    def __init__(self, assistant: Assistant, *, filters: Filters = Filters()) -> None:
        self._assistant = assistant
        self._filters = filters
        super().__init__(callback_manager=CallbackManager([]))

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        passages: tuple[Passage, ...] = ()
        for event in self._assistant.stream(query_bundle.query_str, filters=self._filters):
            if isinstance(event, Found):
                passages = event.passages
            elif not isinstance(event, Searching):
                break  # they are in their last order before anything is said
        return nodes_of(passages)


class BriefingsQueryEngine(CustomQueryEngine):  # type: ignore[misc]
    """Answers as the assistant does, by quotes or, where an LLM is set, in its checked words.

    The response's text has a marker in brackets behind each cited stretch; `source_nodes` are the passages that were
    found, and `metadata["answer"]` is the whole `Answer` with its citations.
    """

    assistant: Any
    filters: Filters = Filters()

    def custom_query(self, query_str: str) -> Response:
        """The answer to one question; raises `InputError` for one that cannot be searched for."""
        answer = self.assistant.ask(query_str, filters=self.filters)
        text = render_markers(answer.text, answer.citations)
        return Response(response=text, source_nodes=nodes_of(answer.passages), metadata={"answer": answer})
