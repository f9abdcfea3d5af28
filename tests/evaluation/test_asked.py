"""What the fixture `ask` counts as cited, and what it says when a test fails."""

from __future__ import annotations

from assistant.evaluation.asked import AskedAnswer, Sought
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
    assert gap.sought == [Sought(f"a citation of {TEXT!r}", TEXT)]


def test_the_story_names_the_sentence_nearest_to_words_that_are_not_cited_and_none_for_words_not_said() -> None:
    answer = answer_citing("The port closed.")
    assert not answer.cites("Nobody was harmed.")
    assert not answer.says("earthquake")
    assert answer.story().splitlines()[-3:] == [
        "looked for a citation of 'Nobody was harmed.'",
        "  nearest in a cited document: Nobody was hurt.",
        "looked for an answer that says 'earthquake'",
    ]


def test_pytest_shows_an_answer_by_its_beginning() -> None:
    assert repr(answer_citing("The port closed.")) == "<answered 'So.'>"
