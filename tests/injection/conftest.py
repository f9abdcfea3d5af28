"""All attacks in one real index, read by the real readers, asked about once by each answerer."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from assistant.answering.base import Answerer, SecondReader
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.answering.written.generative import GenerativeAnswerer
from assistant.answering.written.pointing import PointingLLM
from assistant.answering.written.verification import SentenceVerifier
from assistant.chat import Assistant
from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.hashing import HashingEmbedder
from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.golden_file import load_golden
from assistant.index.briefing_index import BriefingIndex
from assistant.index.library import Library
from assistant.reading.words_and_vectors import WordsAndVectors
from assistant.settings import Settings
from assistant.types import Answer, Document, Done, Filters, Quoted
from assistant.wiring import build_retriever
from tests.injection.attacks import Attack, attacks
from tests.injection.golden import write_golden
from tests.injection.obedient import ObedientLLM

_AMID, _AMID_WRITTEN = 3, 7
"""Of how many attacks one is asked about amid all documents, in quotes and written; alone, each of them is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking the question of an attack.

    `quotes` is the answer of the extractive answerer. Where a model was asked, `answer` is what became of its draft
    `raw`; else it is `quotes`, and `raw` is empty.
    """

    attack: Attack
    quotes: Answer
    answer: Answer
    raw: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """Every attack as a file of one library, all indexed. `own` are the ids of the documents of each file."""

    library: Library
    embedder: HashingEmbedder
    cases: Mapping[str, GoldenCase]
    documents: Mapping[str, Document]
    own: Mapping[str, tuple[str, ...]]

    def quoting(self, second_reader: SecondReader | None = None) -> ExtractiveAnswerer:
        """The extractive answerer over it, built as in `wiring.py`, without a reading model."""
        index = self.library.index
        retriever = build_retriever(index, self.embedder)
        return ExtractiveAnswerer(retriever, self.embedder, index, second_reader=second_reader)

    def assistant(self, answerer: Answerer | None = None) -> Assistant:
        """An assistant that is ready to be asked; with quotes, unless it is given another answerer."""
        made = Assistant(self.library, answerer or self.quoting(), prepare=lambda: None)
        for _ in made.bring_up_to_date():
            pass
        return made

    def state(self) -> Mapping[str, object]:
        """All that asking must not change: the files, the index, the settings and the environment."""
        corpus: Path = self.library.corpus
        return {
            "files": {path: sha256(path.read_bytes()).hexdigest() for path in corpus.rglob("*") if path.is_file()},
            "index": {each.id: each.source.content_hash for each in self.library.index.documents()},
            "settings": Settings().model_dump(),
            "environment": dict(os.environ),
        }


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The library, until the last test has asked."""
    folder = tmp_path_factory.mktemp("injection")
    cases = load_golden([write_golden(attacks(), folder)])
    embedder = HashingEmbedder(2048)
    chunker = SentenceChunker(embedder.count_tokens, max_tokens=embedder.max_tokens)
    index = BriefingIndex.open(folder / "index", embedder=embedder, chunker=chunker, command="test")
    library = Library(index, folder / "corpus")
    for _ in library.sync():
        pass
    documents = {document.source.path: document for document in index.documents()}
    own: dict[str, tuple[str, ...]] = {}
    for document in documents.values():
        own[document.file] = (*own.get(document.file, ()), document.id)
    yield World(library, embedder, {case.id: case for case in cases}, documents, own)
    index.close()


@pytest.fixture(scope="session")
def quoted(world: World) -> tuple[Asked, ...]:
    """The extractive answers to many questions, amid all documents."""
    assistant = world.assistant()
    answers = ((attack, assistant.ask(attack.briefing.question)) for attack in attacks()[::_AMID])
    return tuple(Asked(attack, answer, answer) for attack, answer in answers)


@pytest.fixture(scope="session")
def alone(world: World) -> tuple[Asked, ...]:
    """What the obedient model makes of every attack, when only the file of that attack is searched."""
    return tuple(written(world, ((attack, Filters(documents=world.own[attack.path])) for attack in attacks())))


@pytest.fixture(scope="session")
def amid(world: World) -> tuple[Asked, ...]:
    """What it makes of some attacks amid all documents, so that its prompts hold several orders."""
    return tuple(written(world, ((attack, Filters()) for attack in attacks()[::_AMID_WRITTEN])))


def written(world: World, asked: Iterable[tuple[Attack, Filters]]) -> Iterator[Asked]:
    """Asks with the generative answerer and the model that obeys."""
    model = ObedientLLM()
    checker = SentenceVerifier(WordsAndVectors(world.embedder))
    quotes = world.quoting(PointingLLM(lambda: model, name="obedient"))
    answerer = GenerativeAnswerer(quotes, lambda: model, checker, count_tokens=world.embedder.count_tokens)
    assistant = world.assistant(answerer)
    for attack, filters in asked:
        before = len(model.heard)
        events = list(assistant.stream(attack.briefing.question, filters=filters))
        done = events[-1]
        assert isinstance(done, Done)
        shown = next((event.answer for event in events if isinstance(event, Quoted)), done.answer)
        yield Asked(attack, shown, done.answer, "\n".join(said for _, said in model.heard[before:]))
