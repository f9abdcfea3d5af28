"""Weighs the reading model's support beside words, numbers and names.

    python -m benchmarks.training.calibrate_support EXAMPLES_FILE --first 80000

Fits a logistic model on the claims of the examples file behind the first ones, which training did not see, and writes
`assistant/reading/support.json`. Two kinds are made from FEVER's: supported claims beside the evidence of another
claim, and beside a crowd of evidence with or without their own, as a source may be long. Every kind of claim weighs the
same, and so do the supported and the others of it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.embedding.transformer import TransformerEmbedder
from assistant.reading.cross_encoder import CrossEncoder
from assistant.reading.reading_verifier import FEATURES, ReadingVerifier
from assistant.reading.words_and_vectors import WordsAndVectors
from benchmarks.training.examples import Example, read

FILE = Path(__file__).parents[2] / "assistant" / "reading" / "support.json"
_CROWD = 6  # pieces of evidence in a long source
_NOTHING = dict.fromkeys((*FEATURES, "intercept"), 0.0)


def strangers_and_crowds(claims: Sequence[Example]) -> Iterator[Example]:
    """Supported claims with the evidence of others, alone and among their own."""
    right = [claim for claim in claims if claim.source == "fever" and claim.supported]
    shifted = [right[place:] + right[:place] for place in range(_CROWD)]
    for number, claim in enumerate(right):
        around = [other[number].text for other in shifted]
        yield replace(claim, text=around[1], supported=False, source="strangers")
        if number % 2:
            yield replace(claim, text="\n".join([*around[1:], around[0]]), source="crowds")
        else:
            yield replace(claim, text="\n".join(around[1:]), supported=False, source="crowds")


def kind(example: Example) -> str:
    """The kind of a claim: its source, without how a sentence was changed."""
    return example.source.partition(":")[0]


def fitted(claims: list[Example]) -> dict[str, object]:
    """What `support.json` holds."""
    claims = [*claims, *strangers_and_crowds(claims)]
    verifier = ReadingVerifier(CrossEncoder(), WordsAndVectors(TransformerEmbedder()), weights=_NOTHING)
    matrix = verifier.features([(claim.text, claim.asked) for claim in claims])
    truth = np.array([bool(claim.supported) for claim in claims])
    groups = [(kind(claim), bool(claim.supported)) for claim in claims]
    counts = Counter(groups)
    model = LogisticRegression(C=10.0, max_iter=2000)
    model.fit(matrix, truth, sample_weight=[1 / counts[group] for group in groups])
    weights = {name: round(float(weight), 4) for name, weight in zip(FEATURES, model.coef_[0], strict=True)}
    return {
        "weights": weights | {"intercept": round(float(model.intercept_[0]), 4)},
        "provenance": {
            "script": "benchmarks/training/calibrate_support.py",
            "date": date.today().isoformat(),
            "claims": dict(sorted(Counter(kind(claim) for claim in claims).items())),
        },
    }


def main() -> None:
    """Fits, writes the file and prints it."""
    parser = argparse.ArgumentParser("python -m benchmarks.training.calibrate_support", description=__doc__)
    parser.add_argument("examples", type=Path, metavar="EXAMPLES_FILE")
    parser.add_argument("--first", type=int, required=True, help="how many examples training has seen")
    arguments = parser.parse_args()
    unseen = list(read(arguments.examples))[arguments.first :]
    stored = fitted([example for example in unseen if example.task == "claim"])
    FILE.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(stored, indent=2))


if __name__ == "__main__":
    main()
