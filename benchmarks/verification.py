"""Are written sentences judged rightly? True ones in other words, and false ones of every kind, over the sample corpus.

    python -m benchmarks.verification [--split dev test] [--made 40] [--seed 7] [--show] [--json FILE]

The sentences of `verification.yaml` are written by hand and split in two by a hash of their text; only `dev` was tuned
on. The others are made by code, at most `--made` of a kind, from sentences of the corpus: as they are, and with one
thing changed. Each cites the passages of its briefing that share most words with it, as a model would that read them;
the best of the rest of the corpus are the other passages. Beside the check stand two floors from the same run: words
alone (coverage) and the verifier alone, over the same sentences of the sources.
"""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import yaml

from assistant.answering.written.alignment import carriers, content, rarity
from assistant.answering.written.verification import SentenceVerifier
from assistant.chunking.sentences import SentenceChunker
from assistant.corpus import SUPPORTED
from assistant.corpus.loading import documents_of
from assistant.embedding.base import Embedder
from assistant.language.sections import is_reference_heading
from assistant.reading.base import Verifier
from assistant.reading.checks import parts_of
from assistant.settings import Settings
from assistant.types import Document, Passage
from assistant.wiring import build_models, build_verifier
from benchmarks.changes import CHANGES
from benchmarks.runs import runner, write_results

CORPUS = Path(__file__).parent.parent / "corpus"
SENTENCES = Path(__file__).with_name("verification.yaml")
CITED, OTHERS = 5, 10

_WORDS_ALONE = 1.0  # coverage from which words alone call a sentence supported: the best balance on the dev half


@dataclass(frozen=True, slots=True)
class Case:
    """A written sentence with what it cites and what else was found; `wrong` names what is, None where nothing is."""

    claim: str
    cited: tuple[Passage, ...]
    others: tuple[Passage, ...]
    wrong: str | None
    split: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a group of sentences are called supported: by the check, by words alone, by the verifier alone."""

    sentences: int
    check: int
    words: int
    verifier: int
    statuses: Mapping[str, int]
    failures: Mapping[str, int]


def briefings(corpus: Path = CORPUS) -> list[Document]:
    """The documents of a folder, in the order of their paths."""
    files = sorted(path for path in corpus.rglob("*") if path.suffix in SUPPORTED and not path.name.startswith("."))
    return [each for path in files for each in documents_of(path, path.relative_to(corpus).as_posix())]


class Library:
    """The passages of documents, ranked by the words that they share with a sentence."""

    def __init__(self, documents: Sequence[Document], embedder: Embedder) -> None:
        chunker = SentenceChunker(embedder.count_tokens, max_tokens=embedder.max_tokens)
        self.passages = [
            Passage(chunk, document.source, 1, 0.0, "benchmark")
            for document in documents
            for chunk in chunker.chunk(document)
            if not any(is_reference_heading(heading) for heading in chunk.headings)
        ]
        self._weights = rarity(self.passages)
        self._keys = {passage.chunk.id: content(passage.chunk.text) for passage in self.passages}

    def case(self, claim: str, paths: Sequence[str], wrong: str | None, split: str) -> Case:
        """The sentence with its passages; every briefing that it cites has a share of the cited ones."""
        each = max(1, CITED // len(paths))
        cited = [p for path in paths for p in self._nearest(claim, partial(_is_of, path=path))[:each]]
        others = self._nearest(claim, lambda p: p not in cited)[:OTHERS]
        return Case(claim, tuple(cited), tuple(others), wrong, split)

    def _nearest(self, claim: str, wanted: Callable[[Passage], bool]) -> list[Passage]:
        said = content(claim)

        def shared(passage: Passage) -> float:
            return sum(self._weights.get(key, 0.0) for key in said & self._keys[passage.chunk.id])

        return sorted(filter(wanted, self.passages), key=shared, reverse=True)


def written(library: Library, file: Path = SENTENCES) -> Iterator[Case]:
    """The sentences written by hand."""
    stored = yaml.safe_load(file.read_text(encoding="utf-8"))
    groups = [(None, stored["borne out"]), *stored["not borne out"].items()]
    for wrong, sources in groups:
        for source in sources:
            paths = [source["source"]] if isinstance(source["source"], str) else source["source"]
            for claim in source["says"]:
                yield library.case(claim, paths, wrong, split_of(claim))


def split_of(claim: str) -> str:
    """`dev` or `test`, by the text alone."""
    return "test" if sha256(claim.encode()).digest()[0] % 2 else "dev"


def made(library: Library, most: int, chance: random.Random) -> Iterator[Case]:
    """Sentences of the corpus as they are, and with one thing changed: at most `most` of each kind."""
    verbatim = [
        (passage, span.shifted(-passage.chunk.span.start).of(passage.chunk.text).strip("- "))
        for passage in library.passages
        for span in passage.chunk.sentences
    ]
    prose = [
        (p, text) for p, text in verbatim if 6 <= len(text.split()) <= 40 and " | " not in text and text[-1] in ".”"
    ]
    everything = " ".join(passage.chunk.text for passage in library.passages)
    for kind, change in CHANGES.items():
        chance.shuffle(prose)
        count = 0
        for passage, text in prose:
            new = change(text, passage.chunk.text, chance)
            if new is None or (kind != "verbatim" and new.strip(".") in everything):
                continue
            wrong = None if kind == "verbatim" else kind
            yield library.case(new, [passage.source.path], wrong, "made")
            count += 1
            if count == most:
                break


def _is_of(passage: Passage, path: str) -> bool:
    return passage.source.path == path or passage.source.path.startswith(f"{path}/")


def by_words(case: Case) -> bool:
    """Whether the words of some sentences of the cited passages cover the sentence."""
    found = carriers(case.claim, case.cited, rarity([*case.cited, *case.others]))
    return bool(found) and max(each.coverage for each in found) >= _WORDS_ALONE


def by_verifier(case: Case, verifier: Verifier) -> bool:
    """Whether the verifier finds the sentence supported by some sentences of the cited passages."""
    found = carriers(case.claim, case.cited, rarity([*case.cited, *case.others]))[:CITED]
    support = verifier.support([(parts_of(each.premise)[1], case.claim) for each in found])
    return max(support, default=0.0) >= verifier.threshold


def measure(cases: Sequence[Case], verifier: Verifier, *, show: bool = False) -> tuple[dict[str, Share], list[float]]:
    """The shares by split and kind, and the seconds of each check."""
    checker = SentenceVerifier(verifier)
    groups: dict[str, list[tuple[str, str, bool, bool]]] = {}
    seconds: list[float] = []
    for case in cases:
        start = time.perf_counter()
        found = checker.check(case.claim, case.cited, case.others)
        seconds.append(time.perf_counter() - start)
        status, failure = found.verdict.status, found.verdict.failure or "none"
        row = (status, failure, by_words(case), by_verifier(case, verifier))
        groups.setdefault(f"{case.split}: {case.wrong or 'borne out'}", []).append(row)
        if show and (status == "supported") != (case.wrong is None):
            print(f"{case.split}: {case.wrong or 'borne out'}\n  {case.claim}\n  -> {found.verdict}", flush=True)
            for passage, span in found.evidence:
                print("  |", span.shifted(-passage.chunk.span.start).of(passage.chunk.text))
    return {name: _share(rows) for name, rows in groups.items()}, seconds


def _share(rows: Sequence[tuple[str, str, bool, bool]]) -> Share:
    return Share(
        sentences=len(rows),
        check=sum(status == "supported" for status, _, _, _ in rows),
        words=sum(words for _, _, words, _ in rows),
        verifier=sum(alone for _, _, _, alone in rows),
        statuses=dict(Counter(status for status, _, _, _ in rows)),
        failures=dict(Counter(failure for _, failure, _, _ in rows)),
    )


def summary(shares: Mapping[str, Share]) -> dict[str, dict[str, float]]:
    """For each split the share of sentences called supported, of those that are and of those that are not."""
    found: dict[str, dict[str, float]] = {}
    for split in dict.fromkeys(name.partition(":")[0] for name in shares):
        right = [share for name, share in shares.items() if name in (f"{split}: borne out", f"{split}: verbatim")]
        wrong = [share for name, share in shares.items() if name.startswith(f"{split}:") and share not in right]
        for who in ("check", "words", "verifier"):
            for what, group in (("borne out", right), ("not borne out", wrong)):
                total = sum(share.sentences for share in group)
                passed = sum(getattr(share, who) for share in group)
                found.setdefault(split, {})[f"{who}: {what} shown"] = round(passed / total, 4) if total else 0.0
    return found


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = runner("verification", __doc__)
    parser.add_argument("--split", nargs="*", default=["dev", "test", "made"], help="which sentences: dev, test, made")
    parser.add_argument("--made", type=int, default=40, help="the most made sentences of a kind")
    parser.add_argument("--seed", type=int, default=7, help="of the made sentences")
    parser.add_argument("--show", action="store_true", help="print each sentence that is judged wrongly")
    arguments = parser.parse_args()
    models = build_models(Settings())
    verifier = build_verifier(models)
    library = Library(briefings(), models.embedder)
    cases = [*written(library), *made(library, arguments.made, random.Random(arguments.seed))]
    cases = [case for case in cases if case.split in arguments.split]
    measure(cases[:3], verifier)  # loads the models
    shares, seconds = measure(cases, verifier, show=arguments.show)
    for name, share in shares.items():
        print(f"{name:32} {share.sentences:4} check {share.check:4} words {share.words:4} verifier {share.verifier:4}")
    totals = summary(shares)
    print(totals)
    times = {"median": round(statistics.median(seconds), 4), "p95": round(sorted(seconds)[len(seconds) * 95 // 100], 4)}
    print(times)
    results = {
        "called supported": {name: asdict(share) for name, share in shares.items()},
        "shares": totals,
        "seconds a sentence": times,
    }
    write_results(parser, arguments, results, settings={"verifier": verifier.name, "cited": CITED, "others": OTHERS})


if __name__ == "__main__":
    main()
