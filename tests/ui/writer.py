"""An answerer that writes what a test tells it to, with real documents behind it, so that no test needs a model."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from assistant.index.library import Library
from assistant.types import (
    Answer,
    AnswerEvent,
    Citation,
    Conversation,
    Coverage,
    DateRange,
    Disagreement,
    Done,
    Filters,
    Quoted,
    Said,
    Side,
    Span,
    Statement,
    Verdict,
)
from tests.ui.stage import FirstSentences, citation_of

MODEL = "small-model <7b>"
SUPPORTED = Verdict("supported")


@dataclass(frozen=True)
class Sentence:
    """A sentence to write with its verdict, and the words of the document that it cites. `joint` is put before it."""

    text: str
    path: str = ""
    quote: str = ""
    verdict: Verdict = SUPPORTED
    shown: bool = True
    joint: str = " "


@dataclass(frozen=True)
class Contradiction:
    """Two quotes to show as a disagreement: path, quote and differing words of each."""

    about: str
    sides: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Draft:
    """What to write for a question."""

    sentences: tuple[Sentence, ...] = ()
    words: str = ""
    contradiction: Contradiction | None = None
    mentions: tuple[str, tuple[str, ...], tuple[str, ...]] | None = None
    query: str | None = None


@dataclass
class Writer:
    """Quotes as `FirstSentences` does, then writes the draft of the question, if there is one.

    It waits for `pen` before each sentence, so that a test can look at each step.
    """

    library: Library
    drafts: Mapping[str, Draft]
    pen: threading.Semaphore | None = None
    asked: list[tuple[str, Conversation | None]] = field(default_factory=list)

    def stream(
        self,
        question: str,
        query: str,
        *,
        filters: Filters = Filters(),
        time: DateRange | None = None,
        conversation: Conversation | None = None,
    ) -> Iterator[AnswerEvent]:
        self.asked.append((query, conversation))
        draft = self.drafts.get(question)
        words = draft.words or query if draft else query
        for event in FirstSentences(self.library).stream(question, words, filters=filters, time=time):
            if not isinstance(event, Done):
                yield event
            elif draft is None:
                yield Done(replace(event.answer, query=query))
            else:
                quoted = replace(event.answer, query=draft.query or query)
                if draft.sentences:
                    yield Quoted(quoted)
                yield from self._write(draft, quoted)

    def _write(self, draft: Draft, quoted: Answer) -> Iterator[AnswerEvent]:
        text, citations, statements = "", list[Citation](), list[Statement]()
        for sentence in draft.sentences:
            if self.pen is not None:
                self.pen.acquire(timeout=30)
            span = None
            if sentence.shown:
                start = len(text) + (len(sentence.joint) if text else 0)
                text = f"{text}{sentence.joint}{sentence.text}" if text else sentence.text
                span = Span(start, len(text))
                if sentence.path:
                    document = self.library.document(sentence.path)
                    at = document.text.index(sentence.quote)
                    place = Span(at, at + len(sentence.quote))
                    citations.append(citation_of(document, place, len(citations) + 1, span))
            statements.append(Statement(sentence.text, sentence.verdict, span))
            yield Said(text, tuple(citations), tuple(statements))
        if self.pen is not None:
            self.pen.acquire(timeout=30)
        answer = quoted
        if draft.sentences:
            answer = replace(
                quoted, text=text, citations=tuple(citations), statements=tuple(statements), writer=MODEL, missing=()
            )
        yield Done(replace(answer, disagreements=self._disagreements(draft), coverage=self._coverage(draft)))

    def _disagreements(self, draft: Draft) -> tuple[Disagreement, ...]:
        if draft.contradiction is None:
            return ()
        sides = []
        for path, quote, words in draft.contradiction.sides:
            document = self.library.document(path)
            at = document.text.index(quote)
            inside = at + quote.index(words)
            place = Span(at, at + len(quote))
            sides.append(Side(document.source, "c", place, quote, Span(inside, inside + len(words))))
        return (Disagreement("number", draft.contradiction.about, tuple(sides)),)

    def _coverage(self, draft: Draft) -> Coverage | None:
        if draft.mentions is None:
            return None
        subject, used, others = draft.mentions
        found = [tuple(self.library.document(path).source for path in paths) for paths in (used, others)]
        return Coverage(subject, found[0], found[1])
