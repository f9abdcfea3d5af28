"""Examples of questions: with the text that answers them, and with texts that look as if they did."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from assistant.language.sentences import sentence_spans
from assistant.language.words import stems
from assistant.types import Span
from benchmarks.training.examples import Example
from benchmarks.training.swaps import another_name, another_number, names

_WINDOWS = (60, 90, 120, 170)  # words of a text that is read; passages differ in length as well


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of an article with its sentences."""

    title: str
    text: str

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Its sentences."""
        return sentence_spans(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words."""
        return frozenset(stems(self.text))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its paragraph's number in the article, and the places of its answers; none where there is none."""

    question: str
    paragraph: int
    answers: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """Paragraphs of one article and the questions asked of them."""

    paragraphs: tuple[Paragraph, ...]
    asked: tuple[Asked, ...]


def article_of(row: Mapping[str, object]) -> Article:
    """An article of the SQuAD format."""
    title = str(row.get("title", "")).replace("_", " ")
    paragraphs, asked = [], []
    rows = row["paragraphs"]
    assert isinstance(rows, list)
    for number, paragraph in enumerate(rows):
        paragraphs.append(Paragraph(title, paragraph["context"]))
        for each in paragraph["qas"]:
            spans = [
                Span(answer["answer_start"], answer["answer_start"] + len(answer["text"]))
                for answer in each["answers"]
                if answer["text"]
            ]
            if spans or each.get("is_impossible", False):
                asked.append(Asked(each["question"].strip(), number, tuple(dict.fromkeys(spans))))
    return Article(tuple(paragraphs), tuple(asked))


class QuestionExamples:
    """Makes examples of the questions of one article; `chance` decides what is drawn."""

    def __init__(self, article: Article, source: str, chance: random.Random, *, other_names: Sequence[str]) -> None:
        self._article = article
        self._source = source
        self._chance = chance
        self._other_names = other_names
        counts = Counter(stem for paragraph in article.paragraphs for stem in paragraph.stems)
        total = len(article.paragraphs)
        self._rarity = {stem: math.log(1 + total / count) for stem, count in counts.items()}

    def answered(self, asked: Asked) -> Example:
        """The question with a stretch of its paragraph; unanswerable questions have no answers in it."""
        paragraph = self._article.paragraphs[asked.paragraph]
        around = asked.answers[0] if asked.answers else self._chance.choice(paragraph.sentences)
        kind = "as asked" if asked.answers else "unanswerable"
        return self._example(asked.question, paragraph, paragraph.sentences, around, asked.answers, kind)

    def near_miss(self, asked: Asked) -> Example | None:
        """The question with the paragraph of the article that shares its rare words and holds no answer to it."""
        own = self._article.paragraphs[asked.paragraph]
        answers = {span.of(own.text).lower() for span in asked.answers}
        wanted = set(stems(asked.question))
        ranked = sorted(
            (
                (sum(self._rarity.get(stem, 0.0) for stem in wanted & paragraph.stems), number)
                for number, paragraph in enumerate(self._article.paragraphs)
                if number != asked.paragraph and not any(answer in paragraph.text.lower() for answer in answers)
            ),
            reverse=True,
        )
        if not ranked:
            return None
        return self.missed(asked, self._article.paragraphs[self._chance.choice(ranked[:3])[1]], "near miss")

    def missed(self, asked: Asked, paragraph: Paragraph, kind: str) -> Example:
        """The question with a stretch of a paragraph that does not answer it, around the sentence that seems to."""
        wanted = set(stems(asked.question))
        best = max(paragraph.sentences, key=lambda span: len(wanted & set(stems(span.of(paragraph.text)))))
        return self._example(asked.question, paragraph, paragraph.sentences, best, (), kind)

    def without_answer(self, asked: Asked) -> Example | None:
        """The question with its paragraph, of which the sentences with the answer were cut out."""
        paragraph = self._article.paragraphs[asked.paragraph]
        answers = {span.of(paragraph.text).lower() for span in asked.answers}
        kept = [
            span
            for span in paragraph.sentences
            if not any(span.overlaps(answer) for answer in asked.answers)
            and not any(answer in span.of(paragraph.text).lower() for answer in answers)
        ]
        if not 2 <= len(kept) < len(paragraph.sentences):
            return None
        text = " ".join(span.of(paragraph.text) for span in kept)
        cut = Paragraph(paragraph.title, text)
        return self._example(asked.question, cut, cut.sentences, cut.sentences[0], (), "answer cut out")

    def about_another(self, asked: Asked) -> Example | None:
        """The question about somebody or something else, or of another year, with the paragraph it was asked of."""
        change = self._chance.random() < 0.25
        question = another_number(asked.question, self._chance) if change else None
        if question is None:
            paragraph = self._article.paragraphs[asked.paragraph]
            inside = [name for name in names(paragraph.text) if name not in asked.question]
            outside = self._chance.random() < 0.5 or not inside
            question = another_name(asked.question, self._other_names if outside else inside, self._chance)
        if question is None:
            return None
        return replace(self.answered(asked), asked=question, answers=(), source=f"{self._source}: about another")

    def _example(
        self,
        question: str,
        paragraph: Paragraph,
        sentences: Sequence[Span],
        around: Span,
        answers: Sequence[Span],
        kind: str,
    ) -> Example:
        """The example of a window of whole sentences that holds `around`."""
        window = self._window(paragraph.text, sentences, around)
        kept = [span for span in sentences if window.contains(span)]
        inside = [answer for answer in answers if window.contains(answer)]
        return Example(
            task="question",
            asked=question,
            title=paragraph.title,
            text=window.of(paragraph.text),
            sentences=tuple(_pair(span.shifted(-window.start)) for span in kept),
            answers=tuple(_pair(answer.shifted(-window.start)) for answer in inside),
            source=f"{self._source}: {kind}",
        )

    def _window(self, text: str, sentences: Sequence[Span], around: Span) -> Span:
        at_most = self._chance.choice(_WINDOWS)
        sizes = [len(span.of(text).split()) for span in sentences]
        first = next((n for n, span in enumerate(sentences) if span.end > around.start), len(sentences) - 1)
        last = next((n for n, span in enumerate(sentences) if span.end >= around.end), len(sentences) - 1)
        ahead = list(accumulate(reversed(sizes[:first])))
        room = max(0, at_most - sum(sizes[first : last + 1]))
        before = self._chance.random() * room
        start = first - sum(total <= before for total in ahead)
        room -= sum(sizes[start:first])
        end = last + sum(total <= room for total in accumulate(sizes[last + 1 :]))
        return Span(min(sentences[start].start, around.start), max(sentences[end].end, around.end))


def why(asked: Sequence[Asked]) -> Iterator[Asked]:
    """The questions that ask for a reason, which are rare."""
    starts = ("why", "for what reason", "what caused", "what was the reason", "what led", "how come")
    return (each for each in asked if each.question.lower().startswith(starts))


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end
