"""What the fixture `ask` counts as cited."""

from __future__ import annotations

from assistant.evaluation.asked import AskedAnswer
from assistant.types import Answer, Citation, Source, Span

TEXT = "The port closed. Nobody was hurt. It reopened."
SOURCE = Source("d", "note.md", "Note", "text/markdown", "hash")


def answer_citing(*sentences: str) -> AskedAnswer:
    spans = [Span(TEXT.index(each), TEXT.index(each) + len(each)) for each in sentences]
    citations = tuple(
        Citation(number, Span(0, 1), SOURCE, "c", span, span.of(TEXT)) for number, span in enumerate(spans, start=1)
    )
    return AskedAnswer(Answer("Why?", "Why?", "So.", "answered", citations), {"note.md": TEXT})


def test_words_over_several_citations_are_cited_only_where_these_hold_all_of_them() -> None:
    assert answer_citing("The port closed.", "Nobody was hurt.", "It reopened.").cites(TEXT)
    assert answer_citing("The port closed.", "Nobody was hurt.").cites("port closed. Nobody")
    gap = answer_citing("The port closed.", "It reopened.")
    assert not gap.cites(TEXT), "the sentence between is not cited"
    assert gap.sought == [f"a citation of {TEXT!r}"]
