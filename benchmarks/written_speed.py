"""How soon a written answer is there: ours beside LlamaIndex's CitationQueryEngine, given the same passages.

    ASSISTANT_LLM_URL=... ASSISTANT_LLM_MODEL=... python -m benchmarks.written_speed DATA_FOLDER [--questions 15]

Answerable questions of RealTimeQA and SQuAD 2.0, drawn by chance; each is asked of both one after the other, over the
same endpoint. CitationQueryEngine, as shipped, gets the passages that our request to the model held, so that it neither
searches nor writes from more. Questions for which no request was made, as the answer was "the briefings don't say", are
told and left out.

Figures, medians over questions: seconds until the evidence in quotes is there, until the first piece of the model's
reply (with the length of the prompt), until the first sentence that was checked and is shown; how long after the model
had written its last word that sentence came; until our whole answer, and until the other's. Both wait for the same
model; the second of two in a row finds nothing of the first one's prompt remembered, as the prompts begin differently.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from llama_index.core.base.llms.types import ChatMessage, ChatResponse
from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle
from pydantic import Field

from assistant.answering.base import Answerer
from assistant.answering.chain import nodes_of
from assistant.answering.written.drafting import PASSAGES, wanted
from assistant.answering.written.generative import REPLY_TOKENS
from assistant.embedding.base import Embedder
from assistant.errors import SettingsError
from assistant.llms import Sampling
from assistant.settings import Settings
from assistant.types import Answer, Done, Passage, Quoted, Said
from assistant.wiring import build_llm, build_models, build_verifier
from benchmarks.answer_sets import realtimeqa_all, squad_dev
from benchmarks.encodings import bundled_embedder
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.set_index import SetIndex
from benchmarks.statistics import estimate, quantile
from benchmarks.streaming_llm import StreamingLLM
from benchmarks.written_sets import drawn
from benchmarks.written_systems import Ours

_MEDIAN = quantile(0.5)
_LAST_WORDS = 12  # characters of a sentence by which its end is found in the reply


class ClockedLLM(StreamingLLM):
    """Passes everything on to `inner` and notes when each piece of the reply came.

    The times in `pieces` are those of `time.perf_counter`; `prompt` is the text that was sent. Both are of the last
    request.
    """

    prompt: str = ""
    pieces: list[tuple[float, str]] = Field(default_factory=list)

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> Iterator[ChatResponse]:
        """The pieces as they come."""
        self.prompt = "\n".join(str(message.content) for message in messages)
        self.pieces = []
        for piece in self._inner.stream_chat(messages, **kwargs):
            self.pieces.append((time.perf_counter(), piece.delta or ""))
            yield piece

    def written_at(self, sentence: str) -> float | None:
        """When the last words of a sentence had come; None where the reply does not hold them as they stand."""
        reply = "".join(text for _, text in self.pieces)
        ending = sentence.rstrip(" .!?")[-_LAST_WORDS:]
        end = reply.find(ending) + len(ending)
        if end < len(ending):
            return None
        for moment, text in self.pieces:
            end -= len(text)
            if end <= 0:
                return moment
        return None


class These(BaseRetriever):  # type: ignore[misc]
    """Finds the same passages whatever is asked."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._nodes = nodes_of(passages)
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:  # noqa: ARG002
        return self._nodes


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds from the question on, but `verified_after`: from the model's last word of the sentence.

    `first` and those of it are None where no sentence was shown. `prompt_tokens` are counted with our tokenizer.
    """

    question: str
    quoted: float
    first_token: float
    prompt_tokens: int
    first: float | None
    verified_after: float | None
    whole: float
    peer: float
    peer_prompt_tokens: int


def timed(answerer: Answerer, llm: ClockedLLM, question: str, embedder: Embedder) -> Times | None:
    """The times of both for one question; None where the model was not asked for an answer."""
    start = time.perf_counter()
    quoted: tuple[float, Answer] | None = None
    first: tuple[float, float | None] | None = None
    answer: Answer | None = None
    for event in answerer.stream(question, question):
        now = time.perf_counter()
        if isinstance(event, Quoted):
            quoted = now - start, event.answer
        elif isinstance(event, Said) and event.text and first is None:
            written = llm.written_at(event.statements[-1].text)
            first = now - start, None if written is None else now - written
        elif isinstance(event, Done):
            answer, whole = event.answer, now - start
    assert answer is not None, "an answerer ends with Done"
    if quoted is None:
        return None
    tokens = embedder.count_tokens([llm.prompt])[0]
    first_token = (llm.pieces[0][0] if llm.pieces else time.perf_counter()) - start
    start = time.perf_counter()
    engine = CitationQueryEngine(These(wanted(quoted[1])[:PASSAGES]), llm=llm)
    response = engine.query(question)
    peer = time.perf_counter() - start
    assert isinstance(response, Response)
    return Times(
        question=question,
        quoted=quoted[0],
        first_token=first_token,
        prompt_tokens=tokens,
        first=first and first[0],
        verified_after=first and first[1],
        whole=whole,
        peer=peer,
        peer_prompt_tokens=embedder.count_tokens([llm.prompt])[0],
    )


def figures(times: Sequence[Times], asked: int) -> dict[str, object]:
    """Medians over the questions for which a request was made, with the paired difference to the other system."""
    with_first = [one for one in times if one.first is not None]
    after = [one.verified_after for one in with_first if one.verified_after is not None]
    return {
        "questions": asked,
        "written": len(times),
        "a sentence shown": len(with_first),
        "evidence in quotes": _median([one.quoted for one in times]),
        "first piece of the reply": _median([one.first_token for one in times]),
        "prompt tokens": _median([one.prompt_tokens for one in times]),
        "first checked sentence": _median([one.first for one in with_first if one.first is not None]),
        "behind the model": _median(after),
        "whole answer": _median([one.whole for one in times]),
        "CitationQueryEngine, whole answer": _median([one.peer for one in times]),
        "CitationQueryEngine, prompt tokens": _median([one.peer_prompt_tokens for one in times]),
        "CitationQueryEngine where a sentence was shown": _median([one.peer for one in with_first]),
        "first checked sentence minus its whole answer": _median(
            [one.first - one.peer for one in with_first if one.first is not None]
        ),
    }


def _median(values: Sequence[float]) -> object:
    return asdict(estimate(values, statistic=_MEDIAN)) if values else None


def main() -> None:
    """Prints a line for each question and the figures, and writes them as JSON."""
    parser = runner("written_speed", __doc__, data=True)
    parser.add_argument("--questions", type=int, default=15, help="answerable questions of each set, drawn by chance")
    arguments = parser.parse_args()
    settings = Settings.read()
    try:
        llm = ClockedLLM(build_llm(settings, sampling=Sampling(max_tokens=REPLY_TOKENS)))
    except SettingsError as error:
        print(f"This needs an LLM: {error}", file=sys.stderr)
        raise SystemExit(2) from error
    models = build_models(settings)
    results = []
    with bundled_embedder(arguments.cache) as embedder:
        for _, data in sets_there({"realtimeqa": realtimeqa_all, "squad": squad_dev}, arguments.data):
            with SetIndex(data.documents, embedder) as index:
                ours = Ours(index, models.embedder, llm, reader=models.reader, verifier=build_verifier(models))
                questions = drawn(data, kind=True)
                ours.ask(questions.pop().text)  # loads what is loaded once
                times = []
                for question in questions[: arguments.questions]:
                    found = timed(ours.answerer, llm, question.text, embedder)
                    times += [found] if found else []
                    print(json.dumps(asdict(found) if found else {"question": question.text, "written": False}))
                results.append({"set": data.name, **figures(times, arguments.questions)})
                print(json.dumps(results[-1], indent=1), flush=True)
    write_results(parser, arguments, results, settings={"model": settings.llm_model, "questions": arguments.questions})


if __name__ == "__main__":
    main()
