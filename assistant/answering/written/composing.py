"""The answer that is left of a draft: what its sources bear out, with the citations of every sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.citations import citation_of
from assistant.answering.written.alignment import carrying_words
from assistant.answering.written.draft_stream import Written
from assistant.answering.written.verification import Checked
from assistant.types import Citation, Span, Statement

_CELLS = re.compile(r"\s*\|\s*")


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of a draft and what checking it gave."""

    part: Written
    checked: Checked

    @property
    def shown(self) -> bool:
        """Whether it stands in the answer: its sources bear it out, if only partly, and it is there what they are."""
        return self.checked.asserts and self.checked.verdict.status in ("supported", "partly") and bool(self.said)

    @property
    def said(self) -> str:
        """Its words, with the cells of a table's row apart."""
        return " – ".join(filter(None, _CELLS.split(self.part.text))) if self.part.kind == "row" else self.part.text


def composed(draft: Sequence[Judged]) -> tuple[str, tuple[Citation, ...], tuple[Statement, ...]]:
    """The text, its citations, and every sentence of the draft with its place in the text or none.

    Sentences that stood on one line do so again, and items of a list keep a mark. Markers count from 1 in the order of
    the answer; evidence that comes twice keeps its first one. Words of a citation are those that carry its sentence.
    """
    text, line = "", -1
    citations: list[Citation] = []
    statements: list[Statement] = []
    markers: dict[tuple[str, Span], int] = {}
    for judged in draft:
        part, checked = judged.part, judged.checked
        if not judged.shown:
            if checked.asserts:
                statements.append(Statement(judged.said, checked.verdict))
            continue
        mark = "- " if part.lead.strip() not in ("", ">") or part.kind == "row" else ""
        text += "" if not text else " " if part.line == line else "\n"
        text += mark if part.line != line else ""
        line = part.line
        span = Span(len(text), len(text) + len(judged.said))
        text += judged.said
        statements.append(Statement(judged.said, checked.verdict, span))
        for passage, place in checked.evidence:
            marker = markers.setdefault((passage.chunk.document_id, place), len(markers) + 1)
            citation = citation_of(passage, place, span, marker)
            citations.append(replace(citation, words=carrying_words(judged.said, passage, place)))
    return text, tuple(citations), tuple(statements)
