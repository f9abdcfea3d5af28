"""How long the reading model takes to rank 20 passages of 200 tokens and to judge 40 sentences of 50.

    python -m benchmarks.reading_speed [--rounds 15] [--json FILE]

The passages are sentences of the sample briefings one after another. Three ways take turns: *in place*, as the product
does it, where a passage is read once and all its sentences are judged in it; *apart*, where 40 more texts of 50 tokens
are read for themselves, as a model that judges a sentence at a time would have to; and *in place* in float32, for CPUs
that do not compute in bfloat16. Told are the medians with their intervals, and how many tokens and sentences there
truly are.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.embedding.base import Embedder
from assistant.embedding.transformer import TransformerEmbedder
from assistant.language.sentences import sentence_spans
from assistant.reading.base import Text
from assistant.reading.cross_encoder import CrossEncoder
from benchmarks.datasets import briefings
from benchmarks.runs import runner, write_results
from benchmarks.statistics import estimate, quantile

QUESTION = "Why did China decline the invitation to talk?"
CORPUS = Path(__file__).parents[1] / "corpus"
_ENOUGH = 10_000  # tokens, so that none is left out


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read: its name, the reader, and the texts that it reads."""

    name: str
    reader: CrossEncoder
    texts: tuple[Text, ...]


def sample_sentences(folder: Path = CORPUS) -> list[str]:
    """All sentences of the briefings of a folder, each once, in an order by chance."""
    found: dict[str, None] = {}
    for document in briefings(folder):
        found |= dict.fromkeys(span.of(document.text) for span in sentence_spans(document.text))
    sentences = list(found)
    random.Random(0).shuffle(sentences)
    return sentences


def texts_of(sentences: list[str], count: int, *, tokens: int, embedder: Embedder) -> tuple[Text, ...]:
    """`count` texts of whole sentences, about `tokens` tokens each in the mean; taken away from `sentences`."""
    made: list[Text] = []
    have = 0
    for number in range(1, count + 1):
        text = sentences.pop()
        while have + sum(embedder.count_tokens([text])) < number * tokens - tokens // 8:
            text = f"{text} {sentences.pop()}"
        have += sum(embedder.count_tokens([text]))
        made.append(Text("", text, sentence_spans(text)))
    return tuple(made)


def timed(ways: Sequence[Way], rounds: int) -> dict[str, list[float]]:
    """The seconds of each way in each round; a round before these loads the models."""
    seconds: dict[str, list[float]] = {way.name: [] for way in ways}
    for number in range(rounds + 1):
        for way in ways:
            began = time.perf_counter()
            assert all(way.reader.read(QUESTION, way.texts))
            if number:
                seconds[way.name].append(time.perf_counter() - began)
    return seconds


def main() -> None:
    """Measures, prints and writes the results."""
    parser = runner("reading_speed", __doc__)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    embedder, left = TransformerEmbedder(), sample_sentences()
    passages = texts_of(left, 20, tokens=200, embedder=embedder)
    apart = texts_of(left, 40, tokens=50, embedder=embedder)
    reader = CrossEncoder(tokens=_ENOUGH)
    ways = [
        Way("in place", reader, passages),
        Way("apart", reader, (*passages, *apart)),
        Way("in place, float32", CrossEncoder(tokens=_ENOUGH, precision="float32"), passages),
    ]
    seconds = timed(ways, arguments.rounds)
    results = {
        way.name: {
            "texts": len(way.texts),
            "sentences": sum(len(text.sentences) for text in way.texts),
            "tokens": sum(embedder.count_tokens([text.text for text in way.texts])),
            "seconds": asdict(estimate(seconds[way.name], statistic=quantile(0.5))),
        }
        for way in ways
    }
    print(json.dumps(results, indent=1))
    write_results(parser, arguments, results, settings={"arithmetic": embedder.arithmetic})


if __name__ == "__main__":
    main()
