"""Fits the weights of the evidence scorer.

    python -m benchmarks.fit_evidence DATA_FOLDER [--reading] [--cache FOLDER]

A conditional logit: within each question the sentences that give the gold answer share as much probability as a
softmax over their linear scores can give them. Trained on SQuAD 1.1's training articles and, with `--reading`, on the
ten articles of SQuAD 2.0 that are for training, whose licence allows to ship what was learnt from them; RealTimeQA and
SQuAD's development half are only looked at. TyDi QA's passages added to the training made both of these a little worse
(one passage an article, so that rank alone finds most answers).

Writes `evidence.json`; with `--reading`, where the reading model's judgments are features too, `evidence_reading.json`.
The reading model has seen these articles, once. Of SQuAD 1.1's it has seen ten times as many questions, and weights
fitted on those (or on both) trust it no better: see `docs/reading-model.md`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.answering.readings import READ_SENTENCE_FEATURES
from assistant.answering.scoring import SENTENCE_FEATURES
from benchmarks import answer_sets
from benchmarks.answer_runs import Scored, run, shipped_reader
from benchmarks.answer_sets import AnswerSet
from benchmarks.encodings import bundled_embedder

ARTICLES = 20
QUESTIONS = 1500
RIDGE = 0.01
NOT_LEARNT = ("passage_score",)  # the scale of a retriever may change
QUESTIONS_READ = 1000
ANSWERING = Path(__file__).parents[1] / "assistant" / "answering"


def fit(scored: Sequence[Scored], *, reading: bool) -> NDArray[np.float64]:
    """The weights of `SENTENCE_FEATURES` that make the gold sentences most probable."""
    usable = [item for item in scored if item.gold.any()]
    fixed = NOT_LEARNT if reading else (*NOT_LEARNT, *READ_SENTENCE_FEATURES)
    free = [number for number, name in enumerate(SENTENCE_FEATURES) if name not in fixed]
    matrices = [item.features[:, free] for item in usable]
    scale = np.concatenate(matrices).std(axis=0) + 1e-6
    matrices = [matrix / scale for matrix in matrices]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.0, np.zeros_like(weights)
        for matrix, item in zip(matrices, usable, strict=True):
            scores = matrix @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            right = shares[item.gold].sum()
            total -= np.log(right + 1e-12)
            gradient -= matrix.T @ (np.where(item.gold, shares / right, 0.0) - shares)
        penalty = RIDGE * float(weights @ weights)
        return total / len(usable) + penalty, gradient / len(usable) + 2 * RIDGE * weights

    found = minimize(loss, np.zeros(len(free)), jac=True, method="L-BFGS-B")
    weights = np.zeros(len(SENTENCE_FEATURES))
    weights[free] = found.x / scale
    return weights


def training(folder: Path, *, reading: bool) -> AnswerSet:
    """The articles with the questions that they answer."""
    if not reading:
        return answer_sets.squad_train(folder, articles=ARTICLES)
    data = answer_sets.squad_dev(folder, part="adversarial_train")
    return replace(data, questions=tuple(question for question in data.questions if question.answerable))


def fitted(scored: Sequence[Scored], name: str, *, reading: bool) -> dict[str, object]:
    """What the file holds: the weights, and where they come from; `name` is that of the set."""
    weights = fit(scored, reading=reading)
    ranked = [item.gold[np.argsort(-(item.features @ weights), kind="stable")] for item in scored]
    return {
        "weights": {
            name: round(float(weight), 3)
            for name, weight in zip(SENTENCE_FEATURES, weights, strict=True)
            if reading or name not in READ_SENTENCE_FEATURES
        },
        "provenance": {
            "script": "benchmarks/fit_evidence.py",
            "date": date.today().isoformat(),
            "data": f"{name} (CC BY-SA 4.0), {len(scored)} questions",
            "on the same questions": {
                f"Sent@{k}": round(float(np.mean([gold[:k].any() for gold in ranked])), 3) for k in (1, 3)
            },
        },
    }


def main() -> None:
    """Fits, writes the file and prints it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path, metavar="DATA_FOLDER")
    parser.add_argument("--cache", type=Path, help="folder in which encodings are kept between runs")
    parser.add_argument("--reading", action="store_true", help="fit the weights for evidence that was read")
    arguments = parser.parse_args()
    try:
        articles = training(arguments.data, reading=arguments.reading)
    except FileNotFoundError as error:
        raise SystemExit(f"the data are not there ({error.filename}): nothing was fitted") from error
    with bundled_embedder(arguments.cache) as embedder:
        reader = shipped_reader() if arguments.reading else None
        scored = run(articles, embedder, limit=QUESTIONS_READ if reader else QUESTIONS, reader=reader)
    stored = fitted(scored, articles.name, reading=arguments.reading)
    file = ANSWERING / ("evidence_reading.json" if arguments.reading else "evidence.json")
    file.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(stored, indent=2))


if __name__ == "__main__":
    main()
