"""An answer as a test sees it: what can be asserted of it, and its story when an assertion fails."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.evaluation.resolving import nearest, occurrences
from assistant.types import Answer, Citation

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Sought:
    """What a test looked for in vain: `what` in words, and the `quoted` words where a document should hold them."""

    what: str
    quoted: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class AskedAnswer:
    """An answer with the canonical texts of the documents that it cites, by path.

    `sought` is what `cites` and `says` looked for in vain, for the story.
    """

    answer: Answer
    texts: Mapping[str, str]
    sought: list[Sought] = field(default_factory=list, compare=False)

    def __repr__(self) -> str:
        """The beginning of the answer, for pytest's account of an assertion; the whole of it is in the story."""
        return f"<{self.answer.outcome} {textwrap.shorten(self.text, 60, placeholder='…')!r}>"

    @property
    def text(self) -> str:
        """What the answer says, without markers."""
        return self.answer.text

    @property
    def abstains(self) -> bool:
        """Whether the assistant said that the briefings do not answer."""
        return self.answer.outcome == "abstained"

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of the answer, in its order."""
        return self.answer.citations

    def cites(self, words: str, *, document: str | None = None) -> bool:
        """Whether a citation holds these words (white space aside), in the document with this path where one is given.

        Words that run over several citations count when these hold all of them.
        """
        for path, text in self.texts.items():
            if document is not None and path != document:
                continue
            cited = [each.span for each in self.citations if each.source.path == path]
            for place in occurrences(words, text):
                words_at = (at for at in range(place.start, place.end) if not text[at].isspace())
                if all(any(span.start <= at < span.end for span in cited) for at in words_at):
                    return True
        self.sought.append(Sought(f"a citation of {words!r}" + (f" in {document}" if document else ""), words))
        return False

    def says(self, words: str) -> bool:
        """Whether the answer holds these words: whole words, case and white space aside."""
        if occurrences(words.casefold(), self.text.casefold()):
            return True
        self.sought.append(Sought(f"an answer that says {words!r}"))
        return False

    def story(self) -> str:
        """The question, the answer, its citations and what was looked for in vain, as lines of text."""
        answer = self.answer
        lines = [f"question: {answer.question}"]
        if answer.query != answer.question:
            lines.append(f"searched for: {answer.query}")
        lines += [f"{answer.outcome} (answerability {answer.answerability:.2f})", *_wrapped(answer.text)]
        lines += [f"  [{each.marker}] {each.source.path} {each.span.start}-{each.span.end}" for each in self.citations]
        for sought in self.sought:
            lines.append(f"looked for {sought.what}")
            near = nearest(sought.quoted, "\n".join(self.texts.values())) if sought.quoted else None
            lines += [f"  nearest in a cited document: {near}"] if near else []
        return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    return [
        line
        for paragraph in text.split("\n")
        for line in textwrap.wrap(paragraph, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    ]
