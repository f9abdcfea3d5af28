"""Fits the scale from the probability that decides to the answerability that is told.

    assistant eval tests/golden --json REPORT.json
    python -m benchmarks.scale_answerability REPORT.json [--keep]

Platt scaling (Platt 1999) on the development half of the golden cases: two numbers, which leave the order of questions
and every decision as they are. What names a stranger is ruled out, told as 0, and not fitted. Writes `scale.json` and
prints the expected calibration error of both halves before and after, beside that of answers which are drawn with
exactly the told probability, below which no figure over so few questions can be expected to fall. With `--keep` the
scale stays and is only measured.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import fmean

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.answering.calibration import Scale, shipped_scale
from assistant.evaluation.metrics.calibration_error import calibration_error
from assistant.evaluation.report_file import read_report

FILE = Path(__file__).parents[1] / "assistant" / "answering" / "scale.json"
_LEAST = 1e-6

Pairs = Sequence[tuple[float, bool]]
"""The probability that decided, and whether the question is answerable."""


def fitted(pairs: Pairs) -> Scale:
    """The scale under which these pairs are likeliest."""
    kept = [(p, answerable) for p, answerable in pairs if p > 0.0]
    bounded = np.clip([p for p, _ in kept], _LEAST, 1 - _LEAST)
    logits = np.log(bounded / (1 - bounded)).reshape(-1, 1)
    model = LogisticRegression(C=1e4, max_iter=1000).fit(logits, [answerable for _, answerable in kept])
    return Scale(round(float(model.coef_[0][0]), 4), round(float(model.intercept_[0]), 4))


def error(pairs: Pairs) -> float:
    """The expected calibration error."""
    found = calibration_error(pairs)
    assert found is not None
    return round(found, 4)


def floor(said: Sequence[float], *, draws: int = 200, seed: int = 0) -> float:
    """The mean error of answers drawn with exactly these probabilities."""
    chance = random.Random(seed)
    return round(fmean(error([(p, chance.random() < p) for p in said]) for _ in range(draws)), 4)


def main() -> None:
    """Fits, writes and prints."""
    parser = argparse.ArgumentParser("python -m benchmarks.scale_answerability", description=__doc__)
    parser.add_argument("report", type=Path, metavar="REPORT.json")
    parser.add_argument("--keep", action="store_true", help="fit nothing: measure the scale that is shipped")
    arguments = parser.parse_args()
    before = shipped_scale()
    results = read_report(arguments.report).results
    halves: dict[str, Pairs] = {
        split: [(before.decided(each.answerability), each.answerable) for each in results if each.split == split]
        for split in ("development", "test")
    }
    scale = before if arguments.keep else fitted(halves["development"])
    fit = {
        "date": date.today().isoformat(),
        "fitted on": {"golden cases, development half": len(halves["development"])},
    }
    if arguments.keep:
        fit = {key: json.loads(FILE.read_text(encoding="utf-8"))["provenance"][key] for key in fit}
    told = {split: [(scale.told(p), answerable) for p, answerable in pairs] for split, pairs in halves.items()}
    told["both"] = [*told["development"], *told["test"]]
    stored = {
        "slope": scale.slope,
        "intercept": scale.intercept,
        "provenance": {
            "script": "benchmarks/scale_answerability.py",
            **fit,
            "measured": date.today().isoformat(),
            "expected calibration error": {
                split: {
                    "n": len(pairs),
                    **({"unscaled": error(halves[split])} if split in halves else {}),
                    "told": error(pairs),
                    "of exact probabilities": floor([p for p, _ in pairs]),
                }
                for split, pairs in told.items()
            },
        },
    }
    FILE.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(stored, indent=2))


if __name__ == "__main__":
    main()
