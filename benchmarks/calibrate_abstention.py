"""Calibrates when to abstain.

    python -m benchmarks.calibrate_abstention DATA_FOLDER [--reading] [--cache FOLDER]

A logistic regression over the `ABSTENTION_FEATURES` of `assistant.answering.calibration` tells questions that a corpus
answers from those that it does not: SQuAD 2.0's training half with its adversarial questions, SQuAD 1.1 and TyDi QA
training parts with the relevant passages deleted, Natural Questions asked of all these corpora. (Where all is read TyDi
QA is left out; with it the development half of the golden cases is told apart a little worse, at .753 instead of .761.)
The coefficients are learnt from sets whose licences allow to ship them; the threshold is the largest at which at most
`REFUSED` of RealTimeQA's answerable questions are refused (evaluation only: one number is read off it). With reading a
few more may be, up to the tenth that is the bound, as it finds more of the others. Writes `calibration.json`; with
`--reading`, for evidence that the reading model has read, `calibration_reading.json`.
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

from assistant.answering.asked.happenings import odds_left
from assistant.answering.asked.presupposition import odds_lowered
from assistant.answering.calibration import ABSTENTION_FEATURES, READ_ABSTENTION_FEATURES, features_of
from assistant.answering.evidence import Evidence
from assistant.reading.base import Reader
from benchmarks import answer_sets
from benchmarks.answer_runs import Scored, judged, run, shipped_reader
from benchmarks.answer_sets import AnswerSet, Question
from benchmarks.encodings import CachedEmbedder, bundled_embedder

REFUSED = {"words and vectors": 0.075, "reading": 0.095}
TOLD_BY_THE_SCORE = ("subjects", "read")
STRANGERS = 5.0  # how much a question that is foreign to the corpus counts in the fit; there are few of them
ANSWERING = Path(__file__).parents[1] / "assistant" / "answering"


def features(*, reading: bool) -> list[str]:
    """The features that have a coefficient.

    With reading those are left out whose coefficient comes out with the wrong sign: the score has what they tell.
    """
    left_out = TOLD_BY_THE_SCORE if reading else READ_ABSTENTION_FEATURES
    return [name for name in ABSTENTION_FEATURES if name not in left_out]


def matrix(evidence: Sequence[Sequence[Evidence]], *, reading: bool) -> NDArray[np.float64]:
    """The calibration's features, one question a row."""
    values = [features_of(each) for each in evidence]
    return np.array([[each[name] for name in features(reading=reading)] for each in values])


Runs = Mapping[str, Sequence[Scored]]


def calibrated(fitted: Runs, held: Runs, *, reading: bool) -> dict[str, object]:
    """What the file holds: coefficients from the fitted sets, the threshold from RealTimeQA, all figures."""
    rows = [(item, *judged(item, reading=reading)) for scored in fitted.values() for item in scored if not item.strange]
    rows = [row for row in rows if row[1] and not row[2]]  # the others are not decided by the probability alone
    model = LogisticRegression(C=1.0, max_iter=2000)
    weights = [STRANGERS if item.kind == "out of corpus" else 1.0 for item, *_ in rows]
    kinds = [item.kind == "answerable" for item, *_ in rows]
    model.fit(matrix([evidence for _, evidence, _ in rows], reading=reading), kinds, sample_weight=weights)
    probabilities = {name: probability(model, scored, reading=reading) for name, scored in {**fitted, **held}.items()}
    news = held["realtimeqa"]
    answerable = [p for p, item in zip(probabilities["realtimeqa"], news, strict=True) if item.kind == "answerable"]
    refused = REFUSED["reading" if reading else "words and vectors"]
    threshold = float(np.quantile(answerable, refused))
    figures = {name: report(scored, probabilities[name], threshold) for name, scored in {**fitted, **held}.items()}
    return {
        "coefficients": dict(zip(features(reading=reading), (round(float(c), 4) for c in model.coef_[0]), strict=True)),
        "intercept": round(float(model.intercept_[0]), 4),
        "threshold": round(threshold, 4),
        "provenance": {
            "script": "benchmarks/calibrate_abstention.py",
            "date": date.today().isoformat(),
            "fitted on": {name: len(scored) for name, scored in fitted.items()},
            "threshold from": f"RealTimeQA: {refused:.1%} of the answerable questions refused",
            "figures": figures,
        },
    }


def main() -> None:
    """Fits, writes and prints the figures on the sets that were not fitted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path, metavar="DATA_FOLDER")
    parser.add_argument("--cache", type=Path, help="folder in which encodings are kept between runs")
    parser.add_argument("--reading", action="store_true", help="calibrate for evidence that was read")
    arguments = parser.parse_args()
    reader = shipped_reader() if arguments.reading else None
    try:
        with bundled_embedder(arguments.cache) as embedder:
            fitted, held = runs(arguments.data, embedder, reader)
    except FileNotFoundError as error:
        raise SystemExit(f"the data are not there ({error.filename}): nothing was fitted") from error
    stored = calibrated(fitted, held, reading=arguments.reading)
    file = ANSWERING / ("calibration_reading.json" if arguments.reading else "calibration.json")
    file.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(stored, indent=2))


def runs(data: Path, embedder: CachedEmbedder, reader: Reader | None) -> tuple[Runs, Runs]:
    """The questions that are fitted and those that are not; FileNotFoundError where a set is not there.

    Where all is read, the sets give fewer questions: reading takes a sixth of a second each time.
    """
    strangers = answer_sets.out_of_corpus(data, count=400)
    train, natural = answer_sets.squad_train(data, articles=20), answer_sets.tydi(data, "train", passages=1000)
    adversarial = answer_sets.squad_dev(data, part="adversarial_train")
    development, news = answer_sets.squad_dev(data), answer_sets.realtimeqa_all(data)
    share = 5 if reader is not None else 1

    def asked(questions: AnswerSet, limit: int | None, others: Sequence[Question]) -> list[Scored]:
        return run(questions, embedder, limit=limit, strangers=others, delete=True, reader=reader)

    fitted = {
        "squad 1.1 train": asked(train, 1500 // share, strangers[:100]),
        **({} if reader is not None else {"tydi train": asked(natural, 1000, strangers[100:200])}),
        "squad 2.0 adversarial_train": asked(adversarial, 1000 // (2 if reader is not None else 1), strangers[:50]),
    }
    held = {
        "squad 2.0 developer_dev": asked(development, 1200 // share, strangers[200:300]),
        "realtimeqa": asked(news, None, strangers[300:]),
    }
    return fitted, held


def probability(model: LogisticRegression, scored: Sequence[Scored], *, reading: bool) -> NDArray[np.float64]:
    """The probability of each question as the answerer decides it."""
    found = []
    for item in scored:
        evidence, contrary = judged(item, reading=reading)
        if item.strange or not evidence:
            found.append(0.0)
            continue
        told = float(model.predict_proba(matrix([evidence], reading=reading))[0, 1])
        left = odds_left(told, item.question.text, evidence[0])
        found.append(odds_lowered(left) if contrary else left)
    return np.array(found)


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
