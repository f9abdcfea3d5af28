"""Examples of claims: borne out by a text, or not."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from assistant.language.sentences import sentence_spans
from benchmarks.training.examples import Example
from benchmarks.training.questions import Article
from benchmarks.training.swaps import another_day, another_name, another_number, names, negated

_BRACKETS = {
    "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"', "-LCB-": "{", "-RCB-": "}",
}  # fmt: skip


def claim(text: str, hypothesis: str, supported: bool, source: str, *, title: str = "") -> Example:
    """The example of one pair."""
    sentences = tuple((span.start, span.end) for span in sentence_spans(text))
    return Example("claim", hypothesis, title, text, sentences, supported=supported, source=source)


def fever(folder: Path) -> Iterator[Example]:
    """FEVER's development pairs (Thorne et al. 2018)."""
    with (folder / "fever" / "pairs.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            evidence = _written(row["evidence"])
            if evidence.strip():
                yield claim(evidence, row["claim"], row["label"] == "entailment", "fever")


def paws(folder: Path) -> Iterator[Example]:
    """PAWS-X (Yang et al. 2019): the lines of its development part that `benchmarks.support` keeps for fitting.

    Both ways round; its test part comes without labels.
    """
    from benchmarks.support import paws as pairs

    for pair in pairs(folder, fitted=True):
        yield claim(pair.evidence, pair.claim, pair.supported, "paws")
        yield claim(pair.claim, pair.evidence, pair.supported, "paws")


def wice(folder: Path) -> Iterator[Example]:
    """WiCE (Kamoi et al. 2023): the claims that `benchmarks.support` keeps for fitting."""
    from benchmarks.support import wice as pairs

    for pair in pairs(folder, fitted=True):
        yield claim(pair.evidence, pair.claim, pair.supported, "wice")


def changed_sentences(
    articles: Sequence[Article], count: int, chance: random.Random, *, other_names: Sequence[str]
) -> Iterator[Example]:
    """Sentences of a paragraph as claims about it: as they are, and with a number, name, day or "not" changed."""
    for _ in range(count):
        article = chance.choice(articles)
        paragraph = chance.choice(article.paragraphs)
        whole = [span.of(paragraph.text) for span in paragraph.sentences if 40 < len(span) < 300]
        if not whole:
            continue
        said = chance.choice(whole)
        if chance.random() < 0.4:
            yield claim(paragraph.text, said, True, "changed: not at all", title=paragraph.title)
            continue
        inside = [name for name in names(paragraph.text) if name not in said]
        changes: list[tuple[str, Callable[[], str | None]]] = [
            ("number", partial(another_number, said, chance)),
            ("name", partial(another_name, said, inside or other_names, chance)),
            ("name elsewhere", partial(another_name, said, other_names, chance)),
            ("day", partial(another_day, said, chance)),
            ("negation", partial(negated, said)),
        ]
        chance.shuffle(changes)
        for kind, change in changes:
            new = change()
            if new is not None and new != said:
                yield claim(paragraph.text, new, False, f"changed: {kind}", title=paragraph.title)
                break


def answers_as_claims(articles: Iterable[Article], count: int, chance: random.Random) -> Iterator[Example]:
    """A question followed by an answer as a claim: the right one, or another one of the same kind from the article."""
    made = 0
    for article in articles:
        by_kind: dict[str, list[str]] = {}
        for asked in article.asked:
            for span in asked.answers[:1]:
                text = span.of(article.paragraphs[asked.paragraph].text)
                by_kind.setdefault(_kind(asked.question), []).append(text)
        for asked in chance.sample(article.asked, min(len(article.asked), 40)):
            if not asked.answers or made >= count:
                continue
            paragraph = article.paragraphs[asked.paragraph]
            right = {span.of(paragraph.text) for span in asked.answers}
            held = [
                text
                for text in by_kind[_kind(asked.question)]
                if not any(text.lower() in each.lower() or each.lower() in text.lower() for each in right)
            ]
            inside = [text for text in held if text in paragraph.text]
            said = f"{asked.question} {min(right, key=len)}"
            yield claim(paragraph.text, said, True, "answer", title=paragraph.title)
            wrong = inside if inside and chance.random() < 0.7 else held
            if wrong:
                other = chance.choice(wrong)
                yield claim(paragraph.text, f"{asked.question} {other}", False, "answer", title=paragraph.title)
            made += 1


def _kind(question: str) -> str:
    match = re.search(r"\b(who|when|where|why|how many|how much|how|which|what)\b(?:\s+(year))?", question.lower())
    return " ".join(filter(None, match.groups())) if match else "other"


def _written(text: str) -> str:
    """A text of the Penn treebank's tokens as people write it."""
    for token, sign in _BRACKETS.items():
        text = text.replace(token, sign)
    text = re.sub(r"\s+([.,;:!?)\]%'’])", r"\1", text)
    return re.sub(r"([(\[$])\s+", r"\1", text).strip()
