"""Which sentence of its paragraph answers a question? SQuAD 2.0, each question asked of the one paragraph it is about.

    python -m benchmarks.in_paragraph DATA_FOLDER [--questions 1200] [--cache FOLDER] [--json FILE]

What is left of a question when search has done its part: the first sentence shown by the product, with and without
the reading model and with abstention switched off, and the sentence with the best cosine. The questions are those of
the six development articles that their paragraph answers.
"""

from __future__ import annotations

import json
import random

import numpy as np

from assistant.answering.base import Answerer
from assistant.answering.candidates import candidates_of
from assistant.embedding.base import Embedder
from assistant.reading.base import Reader
from assistant.reading.cross_encoder import CrossEncoder
from assistant.retrieval.base import Retriever
from assistant.retrieval.fused import FusedRetriever
from assistant.types import Done, Filters
from benchmarks.answer_sets import AnswerSet, Question, squad_dev
from benchmarks.answers import always_answering, compared, gives
from benchmarks.encodings import bundled_embedder
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.set_index import SetIndex


def measure(data: AnswerSet, embedder: Embedder, reader: Reader, *, limit: int) -> dict[str, object]:
    """The share of questions whose first sentence holds a gold answer in its place, by each way."""
    questions = [question for question in data.questions if question.answerable]
    random.Random(0).shuffle(questions)
    questions = questions[:limit]
    with SetIndex(data.documents, embedder) as index:
        retriever = FusedRetriever(index, embedder)

        def answered(reader: Reader | None) -> list[float]:
            answerer = always_answering(retriever, index, embedder, reader)
            return [float(_first_gives(answerer, question)) for question in questions]

        ours, unread = answered(reader), answered(None)
        cosine = [float(_nearest_gives(retriever, embedder, question)) for question in questions]
    return compared(ours, unread, cosine)


def _first_gives(answerer: Answerer, question: Question) -> bool:
    *_, last = answerer.stream(question.text, question.text, filters=_paragraph(question))
    assert isinstance(last, Done)
    return gives(question, last.answer, 0)


def _nearest_gives(retriever: Retriever, embedder: Embedder, question: Question) -> bool:
    passages = retriever.retrieve(question.text, k=10, filters=_paragraph(question))
    sentences = [candidate for passage in passages for candidate in candidates_of(passage)]
    if not sentences:
        return False
    vectors = embedder.encode([question.text, *(sentence.text for sentence in sentences)])
    best = sentences[int(np.argmax(vectors[1:] @ vectors[0]))]
    return question.answered_by(best.passage.source.document_id, best.span, best.text)


def _paragraph(question: Question) -> Filters:
    return Filters(documents=tuple(question.relevant))


def main() -> None:
    """Prints the figures and writes them as JSON."""
    parser = runner("in_paragraph", __doc__, data=True)
    parser.add_argument("--questions", type=int, default=1200, help="questions, drawn by chance")
    arguments = parser.parse_args()
    reader = CrossEncoder()
    with bundled_embedder(arguments.cache) as embedder:
        for _, data in sets_there({"squad": squad_dev}, arguments.data):
            results = measure(data, embedder, reader, limit=arguments.questions)
            print(json.dumps(results, indent=1), flush=True)
            settings = {"embedder": embedder.fingerprint, "reader": reader.name, "questions": arguments.questions}
            write_results(parser, arguments, results, settings=settings)


if __name__ == "__main__":
    main()
