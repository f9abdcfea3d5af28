"""Overviews: told of what the briefings are about, and of nothing else?

    python -m benchmarks.overviews DATA_FOLDER [--topics 60] [--json FILE]

Topics are titles of SQuAD 1.1's training articles, asked for in three wordings that take turns. The corpus are twelve
paragraphs each of half of the articles; no paragraph bears the title of its article, so that the topic must be told
from the text. Each topic of the corpus is asked once with its article there and once with it deleted, and each of the
others as it is: some of these are mentioned by the articles that are there.

Figures: how often a topic that is there is told of, by at least one quote of its article; the share of quotes that are
of it, and from how many of its paragraphs; how often what was deleted, and what never was there, is refused: apart for
topics that some sentence of what is left mentions (has all words of), as it is no mistake to quote that. Beside it the
same topic as a question ("Explain ..."), for which nothing knows that an overview is wanted.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from assistant.answering.extractive import ExtractiveAnswerer
from assistant.language.sentences import sentence_spans
from assistant.language.words import stems
from assistant.settings import Settings
from assistant.types import Document, Done
from assistant.wiring import build_models, build_retriever
from benchmarks.datasets import make_document, squad1_articles
from benchmarks.encodings import bundled_embedder
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.set_index import SetIndex, WithoutDocuments
from benchmarks.statistics import difference, estimate

WORDINGS = ("Summarise {}", "Give me an overview of {}.", "What do the briefings say about {}?")
AS_A_QUESTION = "Explain {}."
_PARAGRAPHS = 12  # of an article
_SEED = 11  # 5 is the draw that the thresholds were read off


@dataclass(frozen=True)
class Topics:
    """Topics with the documents of their articles, by the ids of those; and topics without any."""

    there: Mapping[str, frozenset[str]]
    absent: Sequence[str]
    documents: Sequence[Document]

    @cached_property
    def _sentences(self) -> Sequence[tuple[str, frozenset[str]]]:
        """The words of every sentence, in one form, with the id of its document."""
        return [
            (each.id, frozenset(stems(span.of(each.text))))
            for each in self.documents
            for span in sentence_spans(each.text)
        ]

    def mentioned(self, topic: str, *, without: frozenset[str] = frozenset()) -> bool:
        """Whether a sentence of the documents, `without` some, has all words of the topic in some form."""
        wanted = set(stems(topic))
        return any(wanted <= words for document, words in self._sentences if document not in without)


def squad_topics(folder: Path, *, count: int, seed: int = _SEED) -> Topics:
    """So many topics that are there and as many that are not."""
    rows = random.Random(seed).sample(squad1_articles(folder), 2 * count)
    there: dict[str, frozenset[str]] = {}
    documents: list[Document] = []
    for row in rows[:count]:
        made: list[Document] = []
        for paragraph in row["paragraphs"][:_PARAGRAPHS]:
            number = len(documents) + len(made) + 1
            made.append(make_document(f"text-{number}", paragraph["context"], title=f"Text {number}"))
        there[_topic(row["title"])] = frozenset(each.id for each in made)
        documents += made
    return Topics(there, [_topic(row["title"]) for row in rows[count:]], documents)


def _topic(title: str) -> str:
    return title.replace("_", " ")


def quoted(answerer: ExtractiveAnswerer, question: str) -> list[str]:
    """The documents of the quotes that answer one request, one for each; none where it was refused."""
    *_, last = answerer.stream(question, question)
    assert isinstance(last, Done)
    return [citation.source.document_id for citation in last.answer.citations]


def measure(topics: Topics, answerer: ExtractiveAnswerer, retriever: WithoutDocuments) -> dict[str, object]:
    """The figures of both ways, with the differences of what is paired."""
    ways: dict[str, dict[str, list[float]]] = {}
    for way in ("overview", "as a question"):
        found: dict[str, list[float]] = defaultdict(list)
        for number, topic in enumerate((*topics.there, *topics.absent)):
            wording = WORDINGS[number % len(WORDINGS)] if way == "overview" else AS_A_QUESTION
            question, own = wording.format(topic), topics.there.get(topic, frozenset())
            kind = "mentioned" if topics.mentioned(topic, without=own) else "not mentioned"
            retriever.deleted = frozenset()
            here = quoted(answerer, question)
            if not own:
                found[f"absent, {kind}: refused"].append(float(not here))
                continue
            of_its_own = sum(each in own for each in here)
            found["told of"].append(float(of_its_own > 0))
            if here:
                found["quotes of its article"].append(of_its_own / len(here))
                found["its paragraphs quoted"].append(float(len(set(here) & own)))
            retriever.deleted = own
            found[f"deleted, {kind}: refused"].append(float(not quoted(answerer, question)))
        ways[way] = found
        print(way, {name: sum(values) / len(values) for name, values in found.items()}, flush=True)
    results: dict[str, object] = {
        way: {name: asdict(estimate(values)) for name, values in found.items()} for way, found in ways.items()
    }
    results["difference"] = {
        name: asdict(difference(ways["overview"][name], ways["as a question"][name]))
        for name in ways["overview"]
        if len(ways["overview"][name]) == len(ways["as a question"][name])
    }
    return results


def main() -> None:
    """Prints the figures and writes them as JSON."""
    parser = runner("overviews", __doc__, data=True)
    parser.add_argument("--topics", type=int, default=60, help="how many that are there, and as many that are not")
    arguments = parser.parse_args()
    models = build_models(Settings.read(writing=False))
    loaders = {"squad:train": lambda folder: squad_topics(folder, count=arguments.topics)}
    with bundled_embedder(arguments.cache) as embedder:
        for _, topics in sets_there(loaders, arguments.data):
            with SetIndex(topics.documents, embedder) as index:
                retriever = WithoutDocuments(build_retriever(index, embedder))
                answerer = ExtractiveAnswerer(retriever, models.embedder, index, reader=models.reader)
                results = measure(topics, answerer, retriever)
            print(json.dumps(results, indent=1))
            write_results(parser, arguments, results, settings={"topics": arguments.topics, "seed": _SEED})


if __name__ == "__main__":
    main()
