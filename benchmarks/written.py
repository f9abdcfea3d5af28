"""Answers written by an LLM: ours beside LlamaIndex's CitationQueryEngine with the same model, question by question.

    ASSISTANT_LLM_URL=... ASSISTANT_LLM_MODEL=... python -m benchmarks.written DATA_FOLDER [--questions 60]

Asked are the test split of the golden set and seeded samples of RealTimeQA and SQuAD 2.0, as many questions of each
kind. B4 is `CitationQueryEngine` as shipped over Chroma with our embedding model. Replies of the model are kept
(`--replies FILE`), so that a run can be stopped and gone on with, and so that the same drafts can be checked anew.

Figures: how often an answerable and an unanswerable question is refused; how often the words that are cited hold a gold
answer, and for RealTimeQA and SQuAD the text does; of ours also how many drafted sentences are shown, how often the
quotes stand in, and what is withheld and why. PaperQA2 (B5) needs an environment of its own: `benchmarks.handed_over`
writes the questions for it, `benchmarks/paperqa_replies.py` asks it, and `--paperqa FILE` takes its replies in here.

Side by side, over the answerable questions that both were asked, with a paired permutation test: the share of an
answer's sentences that carry a citation, and the share of what it cites that holds a gold answer. They stand in for the
citation recall and precision of Gao et al. (2023, ALCE), whose judge we have not: whether a citation is there at all,
and whether it holds what is right. Both are 0 where an answer refuses, the second also where it cites nothing.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.answering.written.generative import REPLY_TOKENS
from assistant.errors import SettingsError
from assistant.llms import Sampling
from assistant.settings import Settings
from assistant.wiring import build_llm, build_models, build_verifier
from benchmarks.answer_sets import AnswerSet, Question
from benchmarks.encodings import bundled_embedder
from benchmarks.gold_answers import gives_one
from benchmarks.handed_over import Recorded
from benchmarks.remembered_llm import RememberedLLM
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.set_index import SetIndex
from benchmarks.statistics import difference, estimate, permutation_test
from benchmarks.written_sets import drawn, loaders
from benchmarks.written_systems import CitationBaseline, Ours, Reply, System

OURS = "ours"
Replies = Mapping[bool, Sequence[tuple[Question, Reply]]]
"""The questions of a set with the replies of a system, answerable ones (True) and the others."""


def asked(data: AnswerSet, system: System, llm: Any, *, questions: int) -> Replies:
    """What a system replies to so many questions of each kind; one line for each question is printed."""
    replies: dict[bool, list[tuple[Question, Reply]]] = {True: [], False: []}
    for kind in replies:
        for question in drawn(data, kind=kind)[:questions]:
            llm.seconds = 0.0
            reply = system.ask(question.text)
            replies[kind].append((question, reply))
            told = {"question": question.text, "answerable": kind, **asdict(reply), "llm_seconds": llm.seconds}
            print(json.dumps(told, ensure_ascii=False), flush=True)
    return replies


def citation_recall(reply: Reply) -> float:
    """The share of its sentences that carry a citation; 0 of a refusal."""
    return 0.0 if reply.refuses else reply.cited_share


def citation_precision(question: Question, reply: Reply) -> float:
    """The share of what it cites that holds a gold answer; 0 of a refusal and of what cites nothing."""
    if reply.refuses or not reply.cited:
        return 0.0
    return sum(gives_one(text, question.answers) for text in reply.cited) / len(reply.cited)


def paired(ours: Sequence[tuple[Question, Reply]], other: Sequence[tuple[Question, Reply]]) -> dict[str, object]:
    """Both citation figures of two systems over the answerable questions that both were asked."""
    both = list(zip(ours, other, strict=True))
    assert all(one.text == two.text for (one, _), (two, _) in both), "the same questions in the same order"
    found: dict[str, object] = {"questions": len(both)}
    pairs = {
        "citation recall": [(citation_recall(one), citation_recall(two)) for (_, one), (_, two) in both],
        "citation precision": [(citation_precision(*one), citation_precision(*two)) for one, two in both],
    }
    for name, values in pairs.items():
        first, second = zip(*values, strict=True)
        found[name] = {
            "ours": asdict(estimate(first)),
            "other": asdict(estimate(second)),
            "difference": asdict(difference(first, second)),
            "p": permutation_test(first, second),
        }
    return found


def figures(replies: Replies) -> dict[str, object]:
    """The figures of a system on one set."""
    answerable, unanswerable = replies[True], replies[False]
    found: dict[str, object] = {
        "questions": {"answerable": len(answerable), "unanswerable": len(unanswerable)},
        "answerable refused": _share([reply.refuses for _, reply in answerable]),
        "unanswerable refused": _share([reply.refuses for _, reply in unanswerable]),
        "the text holds a gold answer": _share([gives_one(reply.text, each.answers) for each, reply in answerable]),
        "cited words hold one": _share(
            [any(gives_one(text, each.answers) for text in reply.cited) for each, reply in answerable]
        ),
        "unanswerable answered with a citation": _share(
            [bool(reply.cited) and not reply.refuses for _, reply in unanswerable]
        ),
    }
    drafted = Counter[str]()
    for _, reply in (*answerable, *unanswerable):
        drafted.update(reply.statuses)
    if drafted:
        found["answerable answered by quotes"] = _share([reply.fell_back for _, reply in answerable])
        found["drafted sentences"] = dict(sorted(drafted.items()))
    return found


def _share(flags: Sequence[bool]) -> object:
    return asdict(estimate([float(flag) for flag in flags])) if flags else None


def main() -> None:
    """Prints the figures and writes them as JSON."""
    parser = runner("written", __doc__, data=True)
    parser.add_argument("--questions", type=int, default=60, help="questions of each kind and set, drawn by chance")
    parser.add_argument("--of-peer", type=int, help="fewer for CitationQueryEngine, the first of the same ones")
    parser.add_argument("--paperqa", type=Path, help="replies of PaperQA2, as benchmarks/paperqa_replies.py wrote them")
    parser.add_argument("--replies", type=Path, default=Path("replies.jsonl"), help="file that keeps the replies")
    parser.add_argument("--only", choices=("ours", "b4"), help="one system alone; no file is written")
    arguments = parser.parse_args()
    settings = Settings.read()
    try:
        llm = RememberedLLM(build_llm(settings, sampling=Sampling(max_tokens=REPLY_TOKENS)), arguments.replies)
    except SettingsError as error:
        print(f"This needs an LLM: {error}", file=sys.stderr)
        raise SystemExit(2) from error
    models = build_models(settings)
    verifier = build_verifier(models)
    results: list[dict[str, object]] = []
    beside: dict[str, tuple[list[tuple[Question, Reply]], list[tuple[Question, Reply]]]] = {}
    with bundled_embedder(arguments.cache) as embedder:
        for _, data in sets_there(loaders(models), arguments.data):
            with SetIndex(data.documents, embedder) as index:
                systems: dict[str, System] = {}
                if arguments.only != "b4":
                    systems[OURS] = Ours(index, embedder, llm, reader=models.reader, verifier=verifier)
                if arguments.only != "ours":
                    systems["CitationQueryEngine"] = CitationBaseline(data.documents, embedder, llm)
                counts = {"CitationQueryEngine": arguments.of_peer or arguments.questions}
                if arguments.paperqa and not arguments.only:
                    recorded = Recorded(arguments.paperqa, data)
                    systems["PaperQA2"], counts["PaperQA2"] = recorded, recorded.questions
                replies = {}
                for name, system in systems.items():
                    replies[name] = asked(data, system, llm, questions=counts.get(name, arguments.questions))
                    results.append({"set": data.name, "system": name, **figures(replies[name])})
                    print(json.dumps(results[-1], indent=1), flush=True)
                for name in replies.keys() - {OURS} if OURS in replies else ():
                    ours, others = beside.setdefault(name, ([], []))
                    others += replies[name][True]
                    ours += replies[OURS][True][: len(replies[name][True])]
    if results and not arguments.only:
        for name in sorted(beside):
            results.append({"set": "all", "other": name, **paired(*beside[name])})
        given = {"model": settings.llm_model, "questions": arguments.questions}
        write_results(parser, arguments, results, settings=given)


if __name__ == "__main__":
    main()
