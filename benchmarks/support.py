"""Does the source support the sentence? The verifier of the evaluation beside two floors, on public sets.

    python -m benchmarks.support DATA_FOLDER [--sets fm2 wice] [--at-most 600] [--fit] [--cache FOLDER] [--json FILE]

AUROC of support over (evidence, claim) pairs, with the verifier without a reading model, words alone (share of the
claim's stems in the evidence) and the best cosine alone as floors from the same run, and balanced accuracy at the
verifier's one threshold. `--fit` fits the weights of the verifier without a reading model on FEVER pairs and the other
halves of PAWS-X and WiCE, which no figure comes from, and prints them.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from assistant.reading.cross_encoder import CrossEncoder
from assistant.reading.reading_verifier import ReadingVerifier
from assistant.reading.rules import Features
from assistant.reading.words_and_vectors import FEATURES, WordsAndVectors
from benchmarks.datasets import squad2_articles
from benchmarks.encodings import bundled_embedder
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.statistics import Estimate, auroc_estimate
from benchmarks.training.claims import changed_sentences
from benchmarks.training.questions import article_of
from benchmarks.training.swaps import names

_FITTED_PAIRS = 2000  # of FEVER
_CROWD = 8  # pieces of evidence in a long premise
_DIRECTIONS = (1, 1, -1, -1)  # of the features: what speaks for support, what against it


@dataclass(frozen=True, slots=True)
class Pair:
    """Evidence, a claim, and whether the one supports the other."""

    evidence: str
    claim: str
    supported: bool


@dataclass(frozen=True, slots=True)
class SupportResult:
    """The figures of one set; `balanced_accuracy` is at the verifier's threshold, `model` the reading model alone."""

    name: str
    pairs: int
    supported: int
    auroc: Mapping[str, Estimate]
    balanced_accuracy: float


def _lines(file: Path) -> Iterator[Mapping[str, object]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _texts(value: object) -> str:
    """A text, or the texts of a list of them or of objects that have one."""
    if isinstance(value, str):
        return value
    assert isinstance(value, list)
    return "\n".join(each["text"] if isinstance(each, dict) else str(each) for each in value)


def fm2(folder: Path) -> list[Pair]:
    """Fool Me Twice, development: adversarial claims with their gold evidence (Eisenschlos et al. 2021)."""
    lines = _lines(folder / "fm2" / "dev.jsonl")
    return [
        Pair(_texts(each["gold_evidence"]), str(each["text"]), each["label"] == "SUPPORTS")
        for each in lines
        if each["label"] in ("SUPPORTS", "REFUTES")
    ]


def fever_symmetric(folder: Path) -> list[Pair]:
    """FEVER pairs without clues in the claim alone, development (Schuster et al. 2019)."""
    lines = _lines(folder / "fever_symmetric" / "fever_symmetric_dev.jsonl")
    return [Pair(str(each["evidence"]), str(each["claim"]), each["label"] == "SUPPORTS") for each in lines]


def wice(folder: Path, *, fitted: bool = False) -> list[Pair]:
    """WiCE development claims, each with a chunk of its article that holds the evidence (Kamoi et al. 2023).

    Every other claim is for fitting.
    """
    lines = list(_lines(folder / "wice" / "oracle_chunks_claim_dev.jsonl"))
    half = list(dict.fromkeys(str(each["claim"]) for each in lines))[0 if fitted else 1 :: 2]
    return [
        Pair(_texts(each["evidence"]), str(each["claim"]), each["label"] == "supported")
        for each in lines
        if each["claim"] in half
    ]


def qags(name: str) -> Callable[[Path], list[Pair]]:
    """Sentences of summaries against their article, by the votes of three readers (Wang et al. 2020)."""

    def load(folder: Path) -> list[Pair]:
        pairs: list[Pair] = []
        for each in _lines(folder / "qags" / f"mturk_{name}.jsonl"):
            sentences = each["summary_sentences"]
            assert isinstance(sentences, list)
            for sentence in sentences:
                votes = [vote["response"] == "yes" for vote in sentence["responses"]]
                pairs.append(Pair(str(each["article"]), str(sentence["sentence"]), sum(votes) * 2 > len(votes)))
        return pairs

    return load


def paws(folder: Path, *, fitted: bool = False) -> list[Pair]:
    """Pairs of sentences from the same words, English PAWS-X (Yang et al. 2019): every other line is for fitting."""
    with (folder / "pawsx_en" / "dev-en.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Pair(row[0], row[1], row[2] == "1") for row in rows[0 if fitted else 1 :: 2]]


def realtimeqa(name: str) -> Callable[[Path], list[Pair]]:
    """Right and wrong choices of a news quiz, each with a stretch of news (Kasai et al. 2023).

    In the hard file the stretch holds the choice, right or wrong; the other one is a check that words pass too.
    """

    def load(folder: Path) -> list[Pair]:
        lines = _lines(folder / "realtimeqa_dev" / f"{name}.jsonl")
        return [Pair(str(row["evidence"]), f"{row['question']} {row['choice']}", row["label"] == 1) for row in lines]

    return load


def changed(folder: Path) -> list[Pair]:
    """Sentences of SQuAD 2.0's development half: as they are, and with a number, name, day or negation changed."""
    articles = [article_of(row) for row in squad2_articles(folder, "developer_dev")]
    others = [name for article in articles for asked in article.asked for name in names(asked.question)]
    made = changed_sentences(articles, 800, random.Random(7), other_names=others)
    return [Pair(each.text, each.asked, bool(each.supported)) for each in made]


LOADERS: Mapping[str, Callable[[Path], list[Pair]]] = {
    "fm2": fm2,
    "fever_symmetric": fever_symmetric,
    "wice": wice,
    "qags_cnndm": qags("cnndm"),
    "qags_xsum": qags("xsum"),
    "pawsx": paws,
    "realtimeqa": realtimeqa("mc_verify_hard"),
    "realtimeqa_easy": realtimeqa("mc_verify"),
    "changed": changed,
}


def measure(name: str, pairs: Sequence[Pair], verifier: ReadingVerifier, unread: WordsAndVectors) -> SupportResult:
    """The figures of one set."""
    claims = [(pair.evidence, pair.claim) for pair in pairs]
    seen = unread.features(claims)
    scores = {
        "verifier": np.asarray(verifier.support(claims)),
        "model": verifier.features(claims)[:, 0],
        "unread": np.asarray(unread.support(claims)),
        "words": seen[:, FEATURES.index("coverage")],
        "cosine": seen[:, FEATURES.index("best cosine")],
    }
    truth = np.asarray([pair.supported for pair in pairs])
    judged = scores["verifier"] >= verifier.threshold
    return SupportResult(
        name=name,
        pairs=len(pairs),
        supported=int(truth.sum()),
        auroc={who: auroc_estimate(values[truth].tolist(), values[~truth].tolist()) for who, values in scores.items()},
        balanced_accuracy=float((judged[truth].mean() + (~judged)[~truth].mean()) / 2),
    )


def fit(folder: Path, verifier: WordsAndVectors) -> list[float]:
    """Weights and intercept of a logistic model of the features, both classes of every set weighing the same.

    Two sets are made from FEVER: supported claims beside the evidence of another claim, as nearness would come out as
    a sign against support where all pairs are about the same thing; and supported claims beside a crowd of evidence
    with or without their own, as a premise may be long. A feature that still comes out against its direction is left
    out and the others are fitted again.
    """
    fever = [
        Pair(str(each["evidence"]), str(each["claim"]), each["label"] == "entailment")
        for each in _lines(folder / "fever" / "pairs.jsonl")
    ]
    fever = _sample(fever, _FITTED_PAIRS)
    right = [pair for pair in fever if pair.supported]
    shifted = [right[place:] + right[:place] for place in range(1, _CROWD + 1)]
    strangers = [Pair(other.evidence, pair.claim, False) for pair, other in zip(right, shifted[0], strict=True)]
    crowded = [
        Pair("\n".join(each.evidence for each in group), right[place].claim, own)
        for place in range(len(right))
        for own in (True, False)
        for group in [[*(other[place] for other in shifted[own:]), *([right[place]] if own else [])]]
    ]
    blocks: list[tuple[Features, Features, Features]] = []
    for pairs in (
        fever,
        [*right, *strangers],
        crowded,
        paws(folder, fitted=True),
        _sample(wice(folder, fitted=True), 200),
    ):
        truth = np.asarray([pair.supported for pair in pairs], dtype=np.float64)
        weight = np.where(truth == 1, 1 / truth.sum(), 1 / (1 - truth).sum())
        blocks.append((verifier.features([(pair.evidence, pair.claim) for pair in pairs]), truth, weight))
    features, truth, weight = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    kept = list(range(len(FEATURES)))
    while True:
        *weights, intercept = logistic(features[:, kept], truth, weight)
        right_way = [each for each, found in zip(kept, weights, strict=True) if found * _DIRECTIONS[each] > 0]
        if right_way == kept:
            break
        kept = right_way
    found = dict(zip(kept, weights, strict=True))
    return [*(found.get(each, 0.0) for each in range(len(FEATURES))), intercept]


def logistic(features: Features, truth: Features, weight: Features, *, ridge: float = 1e-3) -> list[float]:
    """Weights and intercept (last) of a logistic regression, by Newton's method."""
    design = np.hstack([features, np.ones((len(features), 1))])
    penalty = ridge * np.eye(design.shape[1])
    penalty[-1, -1] = 0.0
    found = np.zeros(design.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-design @ found))
        gradient = design.T @ (weight * (truth - likely)) - penalty @ found
        curvature = (design * (weight * likely * (1 - likely))[:, None]).T @ design + penalty
        found += np.linalg.solve(curvature, gradient)
    return [float(value) for value in found]


def _sample(pairs: list[Pair], at_most: int) -> list[Pair]:
    return pairs if len(pairs) <= at_most else random.Random(0).sample(pairs, at_most)


def main() -> None:
    """See the module."""
    parser = runner("support", __doc__, data=True)
    parser.add_argument("--sets", nargs="+", choices=LOADERS, default=list(LOADERS))
    parser.add_argument("--at-most", type=int, default=600, help="pairs of a set that are read (default: 600)")
    parser.add_argument("--fit", action="store_true", help="fit the weights and print them, without a measurement")
    arguments = parser.parse_args()
    with bundled_embedder(arguments.cache) as embedder:
        unread = WordsAndVectors(embedder)
        if arguments.fit:
            print(", ".join(f"{value:.2f}" for value in fit(arguments.data, unread)))
            return
        verifier = ReadingVerifier(CrossEncoder(), unread)
        results: list[SupportResult] = []
        for name, pairs in sets_there({each: LOADERS[each] for each in arguments.sets}, arguments.data):
            results.append(measure(name, _sample(pairs, arguments.at_most), verifier, unread))
            found = "  ".join(f"{who} {value}" for who, value in results[-1].auroc.items())
            print(f"{name} n={results[-1].pairs}: {found}  bal. acc. {results[-1].balanced_accuracy:.3f}", flush=True)
        settings = {"judge": verifier.name, "threshold": verifier.threshold, "at_most": arguments.at_most}
        write_results(parser, arguments, [asdict(result) for result in results], settings=settings)


if __name__ == "__main__":
    main()
