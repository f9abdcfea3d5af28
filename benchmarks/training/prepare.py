"""Makes the examples that the reading model is trained on.

    python -m benchmarks.training.prepare DATA_FOLDER EXAMPLES_FILE [--questions 40000] [--claims 18000] [--seed 1]
    python -m benchmarks.training.prepare DATA_FOLDER EXAMPLES_FILE --after FIRST_FILE --learnt 80000 [--claims 10000]

From SQuAD 1.1's training articles, the ten articles of SQuAD 2.0 that are for training, TyDi QA, FEVER, PAWS-X and the
half of WiCE that no figure comes from; `docs/reading-model.md` says why and with what licences. A second pass has the
questions of SQuAD 1.1 that the first left, passages that our retriever finds for them and that do not answer, and of
the claims some that were learnt, so that the others stay unseen.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import Path

from assistant.embedding.transformer import TransformerEmbedder
from benchmarks.datasets import squad1_articles, squad2_articles, tydi_passages
from benchmarks.training import claims
from benchmarks.training.examples import Example, read, write
from benchmarks.training.mined import Miner
from benchmarks.training.questions import Article, Asked, QuestionExamples, article_of, why
from benchmarks.training.swaps import names

_NEAR_MISSES = 0.30  # per answered question of SQuAD
_CUT_OUT = 0.12
_ABOUT_ANOTHER = 0.18
_MINED = 0.35  # in the second pass, where near misses are half as many


def squad_train(folder: Path) -> list[Article]:
    """SQuAD 1.1's training articles (Rajpurkar et al. 2016)."""
    return [article_of(row) for row in squad1_articles(folder)]


def squad_unanswerable(folder: Path) -> list[Article]:
    """The articles of SQuAD 2.0 that `splits.json` gives to training (Rajpurkar et al. 2018)."""
    return [article_of(row) for row in squad2_articles(folder, "adversarial_train")]


def tydi(folder: Path) -> list[Article]:
    """TyDi QA's gold passages, one article each; long ones by thousands of characters (Clark et al. 2020)."""
    return [article_of(row) for row in tydi_passages(folder, "train")]


def question_examples(folder: Path, count: int, chance: random.Random, *, second: bool = False) -> Iterator[Example]:
    """Answered questions of SQuAD 1.1 with their near misses, and all of the smaller sets.

    Of SQuAD 1.1 `count` questions, or for the second pass, with the same `chance`, all the others; in both those that
    ask *why*, which are rare.
    """
    articles = squad_train(folder)
    pool = [(article, asked) for article in articles for asked in article.asked]
    order = chance.sample(range(len(pool)), min(count, len(pool)))
    drawn = sorted(set(range(len(pool))) - set(order)) if second else order
    by_article: dict[int, list[Asked]] = {}
    for number in drawn:
        article, asked = pool[number]
        by_article.setdefault(id(article), []).append(asked)
    other_names = [name for _, asked in pool for name in names(asked.question)]
    with Miner(articles, TransformerEmbedder()) if second else nullcontext() as miner:
        for article in articles:
            make = QuestionExamples(article, "squad 1.1", chance, other_names=other_names)
            chosen = by_article.get(id(article), [])
            for asked in [*chosen, *why(article.asked)]:
                yield make.answered(asked)
                for share, another in (
                    (_NEAR_MISSES / 2 if second else _NEAR_MISSES, make.near_miss),
                    (_CUT_OUT, make.without_answer),
                    (_ABOUT_ANOTHER, make.about_another),
                ):
                    if chance.random() < share and (example := another(asked)) is not None:
                        yield example
                if miner is not None and chance.random() < _MINED:
                    missed = miner.missed(asked, article.paragraphs[asked.paragraph], chance)
                    if missed is not None:
                        yield make.missed(asked, missed, "mined")
    for article in squad_unanswerable(folder):
        make = QuestionExamples(article, "squad 2.0", chance, other_names=other_names)
        for asked in article.asked:
            yield make.answered(asked)
            yield make.answered(asked)  # in another window
            if asked.answers and (example := make.near_miss(asked)) is not None:
                yield example
    for article in tydi(folder):
        make = QuestionExamples(article, "tydi", chance, other_names=other_names)
        for asked in article.asked:
            yield make.answered(asked)
            for another in (make.without_answer, make.about_another):
                if chance.random() < 0.4 and (example := another(asked)) is not None:
                    yield example


def claim_examples(folder: Path, count: int, chance: random.Random) -> Iterator[Example]:
    """At most `count` claims: all of PAWS-X, a quarter each of changed sentences and answers, FEVER for the rest."""
    articles = squad_train(folder)
    other_names = [name for article in articles for asked in article.asked for name in names(asked.question)]
    yield from claims.paws(folder)
    yield from claims.wice(folder)
    yield from claims.changed_sentences(articles, count // 4, chance, other_names=other_names)
    chance.shuffle(articles)
    yield from claims.answers_as_claims(articles, count // 8, chance)
    facts = list(claims.fever(folder))
    chance.shuffle(facts)
    yield from islice(facts, count // 2)


def learnt_claims(learnt: Iterable[Example], count: int, chance: random.Random) -> list[Example]:
    """At most `count` of the claims among examples, by chance."""
    claims_learnt = [example for example in learnt if example.task == "claim"]
    return chance.sample(claims_learnt, min(count, len(claims_learnt)))


def main() -> None:
    """Writes the examples in the order in which they are learnt."""
    parser = argparse.ArgumentParser("python -m benchmarks.training.prepare", description=__doc__)
    parser.add_argument("data", type=Path, metavar="DATA_FOLDER")
    parser.add_argument("file", type=Path, metavar="EXAMPLES_FILE")
    parser.add_argument("--questions", type=int, default=40000, help="of SQuAD 1.1, for the first pass")
    parser.add_argument("--claims", type=int, default=18000)
    parser.add_argument("--after", type=Path, metavar="FIRST_FILE", help="make a second pass, after this first one")
    parser.add_argument("--learnt", type=int, help="how many examples of the first pass were learnt (default: all)")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    second = arguments.after is not None
    examples = list(question_examples(arguments.data, arguments.questions, chance, second=second))
    if second:
        examples += learnt_claims(islice(read(arguments.after), arguments.learnt), arguments.claims, chance)
    else:
        examples += claim_examples(arguments.data, arguments.claims, chance)
    chance.shuffle(examples)
    arguments.file.parent.mkdir(parents=True, exist_ok=True)
    print(f"{write(examples, arguments.file):,} examples in {arguments.file}")
    for source, number in sorted(Counter(example.source for example in examples).items()):
        print(f"{number:8,} {source}")


if __name__ == "__main__":
    main()
