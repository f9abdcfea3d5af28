"""The only place that turns settings into objects: plain constructor calls, read from top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Protocol

from assistant.answering.base import Answerer
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.answering.followups.condensing import condense
from assistant.answering.written.generative import REPLY_TOKENS, GenerativeAnswerer
from assistant.answering.written.pointing import PointingLLM
from assistant.answering.written.rewriting import RewritingCondenser
from assistant.answering.written.verification import SentenceVerifier
from assistant.chat import Assistant
from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.base import Embedder
from assistant.embedding.transformer import TransformerEmbedder
from assistant.errors import InputError, SettingsError
from assistant.evaluation.cache import index_folder
from assistant.evaluation.conditions import indexing_digest
from assistant.evaluation.judges import JUDGES, Judge, samplings
from assistant.index.briefing_index import BriefingIndex
from assistant.index.library import Library
from assistant.llms import LLM, Endpoint, Sampling, build, provider_of
from assistant.llms.capabilities import context_window
from assistant.llms.keeping import KeptLLM
from assistant.reading.base import Verifier
from assistant.reading.cross_encoder import CrossEncoder
from assistant.reading.dates_in_words import DatesInWords
from assistant.reading.reading_verifier import ReadingVerifier
from assistant.reading.remembering import RememberedReadings
from assistant.reading.words_and_vectors import WordsAndVectors
from assistant.retrieval.base import Retriever
from assistant.retrieval.folding import FoldingRetriever
from assistant.retrieval.fused import FusedRetriever
from assistant.retrieval.other_names import Definitions, UnderOtherNames
from assistant.retrieval.references import ReferencesLast
from assistant.retrieval.searchable import SearchableIndex
from assistant.settings import Settings
from assistant.types import Conversation
from assistant.ui.saving import Saving
from assistant.work.case_file import CASES, CaseFile
from assistant.work.opening import open_work

_PATIENCE = 8.0  # seconds that a follow-up waits for its completion by an LLM
_UNREAD = "The reading model is switched off: words and vectors choose the sentences."


@dataclass(frozen=True, slots=True)
class Models:
    """What several assistants and the verifier of an evaluation share; each is loaded when first used.

    `reader` is None where the settings switch reading off.
    """

    embedder: TransformerEmbedder
    reader: CrossEncoder | None


def build_models(settings: Settings) -> Models:
    """The models of the settings; nothing is loaded yet."""
    return Models(build_embedder(settings), CrossEncoder(tokens=settings.reading_tokens) if settings.reading else None)


def build_embedder(settings: Settings) -> TransformerEmbedder:
    """The embedding model; nothing is loaded yet."""
    return TransformerEmbedder(settings.embedding_model, precision=settings.embedding_precision)


def build_reader(model: CrossEncoder) -> RememberedReadings:
    """The reading model as questions are read with it: dates in words, and no text read twice."""
    return RememberedReadings(DatesInWords(model))


def build_chunker(embedder: TransformerEmbedder) -> SentenceChunker:
    """What cuts documents into passages that the model reads whole."""
    return SentenceChunker(embedder.count_tokens, max_tokens=embedder.max_tokens)


class _Index(SearchableIndex, Definitions, Protocol):
    """What passages are found in."""


def build_retriever(index: _Index, embedder: Embedder) -> Retriever:
    """Words and vectors together, under any name of a thing, lists of sources last, near-duplicates folded."""
    return FoldingRetriever(ReferencesLast(UnderOtherNames(FusedRetriever(index, embedder), index)))


def build_library(settings: Settings, embedder: TransformerEmbedder, *, command: str, rebuild: bool = False) -> Library:
    """The corpus folder with its index, owned by this process from now on."""
    chunker = build_chunker(embedder)
    index = BriefingIndex.open(
        settings.index,
        embedder=embedder,
        chunker=chunker,
        command=command,
        chroma_url=settings.chroma_url,
        rebuild=rebuild,
    )
    return Library(index, settings.corpus)


def build_assistant(settings: Settings, *, command: str, models: Models | None = None) -> Assistant:
    """Everything that answers questions; the model is loaded by `Assistant.start` or `bring_up_to_date`."""
    models = models or build_models(settings)
    embedder = models.embedder
    library = build_library(settings, embedder, command=command)
    index = library.index
    reader = build_reader(models.reader) if models.reader is not None else None

    endpoint, llm, pointing = None, None, None
    if settings.llm_url is not None and settings.writing and models.reader is not None:
        endpoint = endpoint_of(settings)  # a wrong setting is said now, not at the first answer
        llm = KeptLLM(partial(build_writer, endpoint))
        pointing = PointingLLM(llm, name=endpoint.model, likelier=settings.llm_likelier)

    quotes = ExtractiveAnswerer(
        build_retriever(index, embedder),
        embedder,
        index,
        reader=reader,
        second_reader=pointing,
        mentions=index,
        definitions=index,
        chunks_of=index.chunks_of,
        k=settings.passages,
        max_sentences=settings.sentences,
    )

    answerer: Answerer = quotes
    condenser: Callable[[str, Conversation], str] = condense
    if endpoint and llm:
        rewriter = cache(lambda: build_rewriter(endpoint))
        checker = SentenceVerifier(build_verifier(models), reader=reader)
        answerer = GenerativeAnswerer(
            quotes, llm, checker, count_tokens=embedder.count_tokens, too_long=llm.forget, recall=index.chunks
        )
        condenser = RewritingCondenser(rewriter)

    def prepare() -> None:
        index.warm_up()
        embedder.load()
        if reader is not None:
            reader.load()
        quotes.warm_up()

    note = None if reader is not None else _UNREAD
    return Assistant(library, answerer, prepare=prepare, condenser=condenser, note=note)


def build_saving(settings: Settings) -> Saving:
    """What keeps the conversations of the page; call it once the assistant is built, which owns the folder."""
    return Saving(open_work(settings.index), cases=CaseFile(settings.index / CASES, settings.corpus))


def build_verifier(models: Models) -> Verifier:
    """What judges whether a source supports a sentence; reports name it."""
    floor = WordsAndVectors(models.embedder)
    return ReadingVerifier(models.reader, floor) if models.reader is not None else floor


def build_evaluated(settings: Settings, corpus: Path, models: Models, *, cache: Path, command: str) -> Assistant:
    """The assistant that an evaluation asks: over a folder of briefings, with an index of its own below `cache`.

    The index is kept for the next evaluation under the digest of all that decides what it holds; an embedded vector
    index always, so that no server is touched.
    """
    model = f"{models.embedder.fingerprint} {settings.embedding_precision}"  # vectors of both would mix in one index
    digest = indexing_digest(corpus, model, build_chunker(models.embedder).fingerprint)
    own = settings.model_copy(update={"corpus": corpus, "index": index_folder(digest, cache), "chroma_url": None})
    return build_assistant(own, command=command, models=models)


def endpoint_of(settings: Settings) -> Endpoint:
    """Where the LLM of the settings answers.

    Raises `SettingsError` where no `llm_url` is set, for one that no provider has, and where `llm_model` is missing.
    """
    if settings.llm_url is None:
        raise SettingsError("there is no LLM: set llm_url and llm_model")
    key = settings.llm_key.get_secret_value() if settings.llm_key is not None else None
    endpoint = Endpoint(settings.llm_url, settings.llm_model or "", key, settings.llm_seconds, settings.llm_context)
    provider_of(endpoint)
    return endpoint


def build_llm(settings: Settings, *, sampling: Sampling = Sampling()) -> LLM:
    """The LLM of the settings; nothing is sent before its first prompt. Raises as `endpoint_of` does."""
    return build(endpoint_of(settings), sampling)


def build_writer(endpoint: Endpoint) -> LLM:
    """The LLM that writes answers; the server is asked for its context window, where the settings do not tell it."""
    return build(replace(endpoint, context=context_window(endpoint)), Sampling(max_tokens=REPLY_TOKENS))


def build_rewriter(endpoint: Endpoint) -> LLM:
    """The LLM that completes follow-ups: rules do it where it does not answer soon, as nothing is searched before."""
    return build(replace(endpoint, seconds=min(endpoint.seconds, _PATIENCE)), Sampling(max_tokens=80))


def build_judge(settings: Settings, name: str, *, votes: int = 3) -> Judge:
    """The judge of this name, which asks the LLM of the settings `votes` times about each case.

    Raises `InputError` for an unknown name and `SettingsError` where no `llm_url` is set.
    """
    if name not in JUDGES:
        raise InputError(f"there is no judge {name!r}: known are {', '.join(JUDGES)}")
    return JUDGES[name]([build_llm(settings, sampling=sampling) for sampling in samplings(votes)])
