"""The only place that turns settings into objects: plain constructor calls, read from top to bottom."""

from __future__ import annotations

from assistant.answering.extractive import ExtractiveAnswerer
from assistant.chat import Assistant
from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.transformer import TransformerEmbedder
from assistant.index.briefing_index import BriefingIndex
from assistant.index.library import Library
from assistant.retrieval.folding import FoldingRetriever
from assistant.retrieval.fused import FusedRetriever
from assistant.retrieval.references import ReferencesLast
from assistant.settings import Settings


def build_embedder(settings: Settings) -> TransformerEmbedder:
    """The embedding model; nothing is loaded yet."""
    return TransformerEmbedder(settings.embedding_model, precision=settings.embedding_precision)


def build_library(settings: Settings, embedder: TransformerEmbedder, *, command: str, rebuild: bool = False) -> Library:
    """The corpus folder with its index, owned by this process from now on."""
    chunker = SentenceChunker(embedder.count_tokens, max_tokens=embedder.max_tokens)
    index = BriefingIndex.open(
        settings.index,
        embedder=embedder,
        chunker=chunker,
        command=command,
        chroma_url=settings.chroma_url,
        rebuild=rebuild,
    )
    return Library(index, settings.corpus)


def build_assistant(settings: Settings, *, command: str) -> Assistant:
    """Everything that answers questions; the model is loaded by `Assistant.start` or `bring_up_to_date`."""
    embedder = build_embedder(settings)
    library = build_library(settings, embedder, command=command)
    index = library.index

    answerer = ExtractiveAnswerer(
        FoldingRetriever(ReferencesLast(FusedRetriever(index, embedder))),
        embedder,
        index,
        k=settings.passages,
        max_sentences=settings.sentences,
    )

    def prepare() -> None:
        index.warm_up()
        embedder.load()
        answerer.warm_up()

    return Assistant(library, answerer, prepare=prepare)
