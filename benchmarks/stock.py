"""The baseline B0: stock LlamaIndex over Chroma with the same embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from assistant.embedding.base import Embedder
from assistant.types import Document


class StockRetriever:
    """LlamaIndex's VectorStoreIndex as shipped: 1,024-token chunks overlapping by 200, cosine over an in-memory Chroma.

    Needs `pip install llama-index-vector-stores-chroma`. A document's title is the first line of its text.
    """

    def __init__(self, documents: Sequence[Document], embedder: Embedder, *, name: str) -> None:
        import chromadb
        from llama_index.core import Document as LlamaDocument
        from llama_index.core import StorageContext, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.vector_stores.chroma import ChromaVectorStore

        client = chromadb.EphemeralClient(chromadb.Settings(anonymized_telemetry=False))
        unique = f"{name}-{uuid4().hex}"  # in-memory clients of a process share their collections
        collection = client.create_collection(unique, metadata={"hnsw:space": "cosine"}, embedding_function=None)
        index = VectorStoreIndex.from_documents(
            [LlamaDocument(text=f"{d.source.title}\n\n{d.text}", id_=d.id) for d in documents],
            storage_context=StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection)),
            embed_model=adapted(embedder),
            transformations=[SentenceSplitter(chunk_size=1024, chunk_overlap=200)],
        )
        self._retriever = index.as_retriever
        self.chunk_count = collection.count()

    def retrieve(self, query: str, *, k: int) -> list[tuple[str, str]]:
        """Document id and text of the k nearest nodes, best first."""
        nodes = self._retriever(similarity_top_k=min(k, self.chunk_count)).retrieve(query)
        return [(str(node.node.ref_doc_id), node.node.get_content()) for node in nodes]


def adapted(embedder: Embedder) -> Any:
    """Our embedder behind LlamaIndex's interface."""
    from llama_index.core.embeddings import BaseEmbedding

    class Adapted(BaseEmbedding):  # type: ignore[misc]  # LlamaIndex's types are not followed
        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [[float(x) for x in vector] for vector in embedder.encode(texts)]

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

    return Adapted(model_name=embedder.fingerprint, embed_batch_size=256)
