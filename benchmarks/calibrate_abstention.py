"""Calibrates when to abstain: `python -m benchmarks.calibrate_abstention DATA_FOLDER [--cache FOLDER]`.

A logistic regression over `assistant.answering.calibration.FEATURES` tells questions that a corpus answers from those
that it does not: SQuAD 2.0's training half with its adversarial questions, SQuAD 1.1 and TyDi QA training parts with
the relevant passages deleted, Natural Questions asked of all these corpora. The coefficients are learnt from sets whose
licences allow to ship them; the threshold is the largest at which at most `REFUSED` of RealTimeQA's answerable
questions are refused (evaluation only: one number is read off it). Writes `calibration.json`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.answering.calibration import FEATURES, features_of
from benchmarks import answer_sets
from benchmarks.answer_runs import Scored, evidence_of, run
from benchmarks.encodings import CachedEmbedder, bundled_embedder

REFUSED = 0.075
STRANGERS = 5.0  # how much a question that is foreign to the corpus counts in the fit; there are few of them
CALIBRATION_FILE = Path(__file__).parents[1] / "assistant" / "answering" / "calibration.json"


def matrix(scored: Sequence[Scored]) -> NDArray[np.float64]:
    """The calibration's features, one question a row."""
    rows = []
    for item in scored:
        values = features_of(evidence_of(item))
        rows.append([values[name] for name in FEATURES])
    return np.array(rows)


Runs = Mapping[str, Sequence[Scored]]


def calibrated(fitted: Runs, held: Runs) -> dict[str, object]:
    """What `calibration.json` holds: coefficients from the fitted sets, the threshold from RealTimeQA, all figures."""
    rows = [item for scored in fitted.values() for item in scored if not item.strange]
    model = LogisticRegression(C=1.0, max_iter=2000)
    weights = [STRANGERS if item.kind == "out of corpus" else 1.0 for item in rows]
    model.fit(matrix(rows), [item.kind == "answerable" for item in rows], sample_weight=weights)
    probabilities = {name: probability(model, scored) for name, scored in {**fitted, **held}.items()}
    news = held["realtimeqa"]
    answerable = [p for p, item in zip(probabilities["realtimeqa"], news, strict=True) if item.kind == "answerable"]
    threshold = float(np.quantile(answerable, REFUSED))
    figures = {name: report(scored, probabilities[name], threshold) for name, scored in {**fitted, **held}.items()}
    return {
        "coefficients": dict(zip(FEATURES, (round(float(c), 4) for c in model.coef_[0]), strict=True)),
        "intercept": round(float(model.intercept_[0]), 4),
        "threshold": round(threshold, 4),
        "provenance": {
            "script": "benchmarks/calibrate_abstention.py",
            "date": date.today().isoformat(),
            "fitted on": {name: len(scored) for name, scored in fitted.items()},
            "threshold from": f"RealTimeQA: {REFUSED:.1%} of the answerable questions refused",
            "figures": figures,
        },
    }


def main() -> None:
    """Fits, writes and prints the figures on the sets that were not fitted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path, metavar="DATA_FOLDER")
    parser.add_argument("--cache", type=Path, help="folder in which encodings are kept between runs")
    arguments = parser.parse_args()
    try:
        with bundled_embedder(arguments.cache) as embedder:
            fitted, held = runs(arguments.data, embedder)
    except FileNotFoundError as error:
        raise SystemExit(f"the data are not there ({error.filename}): nothing was fitted") from error
    stored = calibrated(fitted, held)
    CALIBRATION_FILE.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(stored, indent=2))


def runs(data: Path, embedder: CachedEmbedder) -> tuple[Runs, Runs]:
    """The questions that are fitted and those that are not; FileNotFoundError where a set is not there."""
    strangers = answer_sets.out_of_corpus(data, count=400)
    train, natural = answer_sets.squad_train(data, articles=20), answer_sets.tydi(data, "train", passages=1000)
    adversarial = answer_sets.squad_dev(data, part="adversarial_train")
    development, news = answer_sets.squad_dev(data), answer_sets.realtimeqa_all(data)
    fitted = {
        "squad 1.1 train": run(train, embedder, limit=1500, strangers=strangers[:100], delete=True),
        "tydi train": run(natural, embedder, strangers=strangers[100:200], delete=True),
        "squad 2.0 adversarial_train": run(adversarial, embedder, limit=1000, strangers=strangers[:50], delete=True),
    }
    held = {
        "squad 2.0 developer_dev": run(development, embedder, limit=1200, strangers=strangers[200:300], delete=True),
        "realtimeqa": run(news, embedder, strangers=strangers[300:], delete=True),
    }
    return fitted, held


def probability(model: LogisticRegression, scored: Sequence[Scored]) -> NDArray[np.float64]:
    """The probability of each question, 0 where it names a stranger, as the answerer does."""
    found = model.predict_proba(matrix(scored))[:, 1]
    return np.where([item.strange for item in scored], 0.0, found)


def report(scored: Sequence[Scored], probabilities: NDArray[np.float64], threshold: float) -> dict[str, float]:
    """The share refused of each kind of question and how well the probability parts answerable from the others."""
    kinds = np.array([item.kind for item in scored])
    figures: dict[str, float] = {}
    for kind in sorted(set(kinds)):
        figures[f"refused, {kind}"] = round(float(np.mean(probabilities[kinds == kind] < threshold)), 3)
        figures[f"n, {kind}"] = int(np.sum(kinds == kind))
        if kind != "answerable":
            pair = np.isin(kinds, ["answerable", kind])
            figures[f"AUROC against {kind}"] = round(
                float(roc_auc_score(kinds[pair] == "answerable", probabilities[pair])), 3
            )
    return figures


if __name__ == "__main__":
    main()
