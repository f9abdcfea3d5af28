"""The chain from question to answer as a LlamaIndex query engine over our retriever.

Imported only when the first question is asked: LlamaIndex takes seconds to import. Nothing here reads LlamaIndex's
global `Settings`, which would look for an OpenAI key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.base.response.schema import StreamingResponse
from llama_index.core.callbacks import CallbackManager
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.llms.base import LLM
from assistant.retrieval.base import Retriever
from assistant.types import AnswerEvent, Done, Filters, Passage, Said

Synthesis = Callable[[Mapping[str, Sequence[Passage]]], Iterator[AnswerEvent]]
"""From the passages found for each query to the events of the answer; the last event is `Done`."""


class BriefingRetriever(BaseRetriever):  # type: ignore[misc]  # LlamaIndex has no types for mypy here
    """Our retriever as LlamaIndex's: one node a passage, with the chunk's id, text and offsets in its document.

    `found` keeps the passages behind the nodes, by query.
    """

    def __init__(self, retriever: Retriever, *, k: int, filters: Filters) -> None:
        self._retriever = retriever
        self._k = k
        self._filters = filters
        self.found: dict[str, tuple[Passage, ...]] = {}
        super().__init__(callback_manager=CallbackManager([]))

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        query = query_bundle.query_str
        self.found[query] = tuple(self._retriever.retrieve(query, k=self._k, filters=self._filters))
        return nodes_of(self.found[query])


class BriefingResponse(StreamingResponse):  # type: ignore[misc]
    """A streaming response whose text comes from our events; `events` has them all, with the citations.

    Read either `events` or `response_gen`, not both: they draw on the same answer.
    """

    def __init__(self, events: Iterator[AnswerEvent], source_nodes: list[NodeWithScore]) -> None:
        self.events = self._noting(events)
        super().__init__(response_gen=_text_of(self.events), source_nodes=source_nodes, metadata={})

    def _noting(self, events: Iterator[AnswerEvent]) -> Iterator[AnswerEvent]:
        for event in events:
            if isinstance(event, Done):
                self.response_txt = event.answer.text
                self.metadata = {"answer": event.answer}
            yield event


class BriefingQueryEngine(BaseQueryEngine):  # type: ignore[misc]
    """Retrieves passages for each query of a bundle and hands them to our synthesis.

    The queries are the bundle's `custom_embedding_strs` (the facets of a question), or its query where it has none.
    """

    def __init__(self, retriever: BriefingRetriever, synthesis: Synthesis) -> None:
        super().__init__(callback_manager=CallbackManager([]))
        self._retriever = retriever
        self._synthesis = synthesis

    def retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """The passages of all queries as nodes, each passage once."""
        nodes: dict[str, NodeWithScore] = {}
        for query in query_bundle.custom_embedding_strs or [query_bundle.query_str]:
            for node in self._retriever.retrieve(QueryBundle(query)):
                nodes.setdefault(node.node.node_id, node)
        return list(nodes.values())

    def _query(self, query_bundle: QueryBundle) -> BriefingResponse:
        nodes = self.retrieve(query_bundle)
        return BriefingResponse(self._synthesis(self._retriever.found), nodes)

    async def _aquery(self, query_bundle: QueryBundle) -> BriefingResponse:
        return self._query(query_bundle)

    def _get_prompt_modules(self) -> dict[str, object]:
        return {}


def answer_events(
    queries: Sequence[str], retriever: Retriever, synthesis: Synthesis, *, question: str, k: int, filters: Filters
) -> Iterator[AnswerEvent]:
    """Runs the chain for one question that is searched by `queries`; the events of its answer as they come."""
    engine = BriefingQueryEngine(BriefingRetriever(retriever, k=k, filters=filters), synthesis)
    response: BriefingResponse = engine.query(QueryBundle(question, custom_embedding_strs=list(queries)))
    return response.events


def written_by(llm: LLM, system: str, user: str) -> Iterator[str]:
    """What a language model replies to these messages, piece by piece as it writes; raises `LLMUnavailable`."""
    messages = [ChatMessage(role=MessageRole.SYSTEM, content=system), ChatMessage(role=MessageRole.USER, content=user)]
    for piece in llm.stream_chat(messages):
        yield piece.delta or ""


def nodes_of(passages: Sequence[Passage]) -> list[NodeWithScore]:
    """The passages as LlamaIndex nodes with their scores."""
    return [NodeWithScore(node=node_of(passage), score=passage.score) for passage in passages]


def node_of(passage: Passage) -> TextNode:
    """The passage as a LlamaIndex text node."""
    chunk, source = passage.chunk, passage.source
    return TextNode(
        id_=chunk.id,
        text=chunk.text,
        start_char_idx=chunk.span.start,
        end_char_idx=chunk.span.end,
        metadata={
            "document_id": source.document_id,
            "path": source.path,
            "title": source.title,
            "date": source.date.isoformat() if source.date else None,
            "page_label": chunk.page_label,
            "headings": list(chunk.headings),
            "rank": passage.rank,
            "retriever": passage.retriever,
        },
    )


def _text_of(events: Iterator[AnswerEvent]) -> Iterator[str]:
    """What each event adds to the text of the answer."""
    said = ""
    for event in events:
        text = event.text if isinstance(event, Said) else event.answer.text if isinstance(event, Done) else said
        if text != said:
            yield text.removeprefix(said)
            said = text
