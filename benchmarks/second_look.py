"""What a language model that looks again changes: golden questions answered in quotes, with its word and without.

    ASSISTANT_LLM_URL=... ASSISTANT_LLM_MODEL=... python -m benchmarks.second_look [--replies FILE]

Where the reading model is nearly sure enough, an LLM is asked to copy the sentence that answers; what it copies counts
only where it stands in the evidence word for word (`answering/second_look.py`). Nothing is drafted here. The rule, and
how much such a word counts, were made on the development half.
Replies of the model are kept, so that a run can be stopped and gone on with.

Figures, of each half: answerable questions answered and those whose quotes hold the words that must be said, and
unanswerable ones refused, both ways; the AUROC of the answerability; how many questions the model was asked, and at how
many of them it pointed; and how many times as often it points at a sentence where the briefings answer as where they do
not. For a model of one's own that ratio on the development half is what the setting `llm_likelier` should be, roughly:
a few dozen cases tell it, and the counts stand beside it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.answering.extractive import ExtractiveAnswerer
from assistant.answering.facets import facets_of
from assistant.answering.written.pointing import PointingLLM
from assistant.chat import Assistant
from assistant.errors import SettingsError
from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.golden_file import golden_files, load_golden
from assistant.evaluation.metrics.must_say import said
from assistant.llms import Sampling
from assistant.settings import Settings
from assistant.types import Answer, Passage
from assistant.wiring import Models, build_evaluated, build_llm, build_models, build_retriever
from benchmarks.remembered_llm import RememberedLLM
from benchmarks.runs import runner, write_results
from benchmarks.statistics import auroc_estimate, difference, estimate

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"


@dataclass(slots=True)
class Counting:
    """A second reader that counts how often it is asked, and how often it copies anything."""

    inner: PointingLLM
    asked: int = 0
    pointed: int = 0

    @property
    def name(self) -> str:
        """Who reads."""
        return self.inner.name

    @property
    def likelier(self) -> float:
        """How far it is believed."""
        return self.inner.likelier

    def copied(self, question: str, passages: Sequence[Passage]) -> Sequence[str]:
        """What the inner one copies."""
        found = self.inner.copied(question, passages)
        self.asked += 1
        self.pointed += bool(found)
        return found


@dataclass(frozen=True, slots=True)
class Both:
    """A golden case with its answers: by the reading model alone, and with a second reader that was `asked` or not."""

    case: GoldenCase
    alone: Answer
    second: Answer
    asked: bool

    @property
    def turned(self) -> bool:
        """Whether the second reader pointed at a sentence that stands in the evidence."""
        return self.asked and self.second.outcome == "answered" and self.alone.outcome == "abstained"


def with_second_reader(assistant: Assistant, models: Models, reader: Counting) -> Assistant:
    """An assistant over the same briefings that asks the second reader, too."""
    index = assistant.library.index
    retriever = build_retriever(index, models.embedder)
    answerer = ExtractiveAnswerer(retriever, models.embedder, index, reader=models.reader, second_reader=reader)
    made = Assistant(assistant.library, answerer, prepare=lambda: None)
    for _ in made.bring_up_to_date():
        pass
    return made


def figures(seen: Sequence[Both]) -> dict[str, object]:
    """The figures of some cases, both ways, with the differences (second minus alone)."""
    found: dict[str, object] = {}
    measured = {
        "answerable answered": [(_answered(one.alone), _answered(one.second)) for one in seen if one.case.answerable],
        "must-say": [
            (_said(one.case, one.alone), _said(one.case, one.second))
            for one in seen
            if one.case.answerable and one.case.must_say
        ],
        "unanswerable refused": [
            (1 - _answered(one.alone), 1 - _answered(one.second)) for one in seen if not one.case.answerable
        ],
    }
    for name, pairs in measured.items():
        alone, second = zip(*pairs, strict=True)
        found[name] = {
            "alone": asdict(estimate(alone)),
            "second": asdict(estimate(second)),
            "difference": asdict(difference(second, alone)),
        }
    found["AUROC"] = {
        way: asdict(
            auroc_estimate(
                [getattr(one, way).answerability for one in seen if one.case.answerable],
                [getattr(one, way).answerability for one in seen if not one.case.answerable],
            )
        )
        for way in ("alone", "second")
    }
    found["likelier"] = likelier(seen)
    found["changed"] = [
        {"case": one.case.id, "answerable": one.case.answerable, "now": one.second.outcome}
        for one in seen
        if one.alone.outcome != one.second.outcome
    ]
    return found


def likelier(seen: Sequence[Both]) -> dict[str, object]:
    """How many times as often it points where the briefings answer as where they do not, if it is asked.

    Half a case is added to each count, so that a few cases tell little. Questions of several parts are left out: one
    part may be refused by itself.
    """
    asked = [one for one in seen if one.asked and len(facets_of(one.second.query)) == 1]
    shares, counts = [], {}
    for answerable in (True, False):
        kind = [one for one in asked if one.case.answerable == answerable]
        turned = sum(one.turned for one in kind)
        counts["answerable" if answerable else "unanswerable"] = [turned, len(kind)]
        shares.append((turned + 0.5) / (len(kind) + 1))
    return counts | {"ratio": shares[0] / shares[1]}


def _answered(answer: Answer) -> float:
    return float(answer.outcome == "answered")


def _said(case: GoldenCase, answer: Answer) -> float:
    return sum(said(answer, entry) for entry in case.must_say) / len(case.must_say)


def measure(models: Models, llm: RememberedLLM, cases: Sequence[GoldenCase], *, believed: float) -> dict[str, object]:
    """The figures of both halves; `believed` is `llm_likelier` of the settings."""
    name = str(llm.metadata.model_name)
    results: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="second-look-") as folder:
        plain = Settings.read(writing=False)
        alone = build_evaluated(plain, cases[0].corpus, models, cache=Path(folder), command="benchmark")
        try:
            for _ in alone.bring_up_to_date():
                pass
            for half in ("development", "test"):
                reader = Counting(PointingLLM(lambda: llm, name=name, likelier=believed))
                second = with_second_reader(alone, models, reader)
                seen = []
                for case in (case for case in cases if case.split == half):
                    before = reader.asked
                    one, two = (way.ask_after(case.history, case.question, as_of=case.as_of) for way in (alone, second))
                    seen.append(Both(case, one, two, asked=reader.asked > before))
                    print(f"{half} {len(seen)}: asked {reader.asked}, pointed {reader.pointed}", flush=True)
                results[half] = figures(seen) | {"asked": reader.asked, "pointed": reader.pointed}
        finally:
            alone.close()
    return results


def main() -> None:
    """Prints the figures and writes them as JSON."""
    parser = runner("second_look", __doc__)
    parser.add_argument("--replies", type=Path, default=Path("replies.jsonl"), help="file that keeps the replies")
    arguments = parser.parse_args()
    settings = Settings.read()
    try:
        llm = RememberedLLM(build_llm(settings, sampling=Sampling(max_tokens=200)), arguments.replies)
    except SettingsError as error:
        print(f"This needs an LLM: {error}", file=sys.stderr)
        raise SystemExit(2) from error
    cases = load_golden(golden_files(GOLDEN))
    results = measure(build_models(settings), llm, cases, believed=settings.llm_likelier)
    print(json.dumps(results, indent=1))
    given = {"golden": "tests/golden", "model": settings.llm_model, "llm_likelier": settings.llm_likelier}
    write_results(parser, arguments, results, settings=given)


if __name__ == "__main__":
    main()
