from __future__ import annotations

from dataclasses import replace

from assistant.types import Disagreement, Side, Source, Span
from assistant.work.changes import Change, changed_since
from tests.work.nouns import answered

ANSWER = answered("When?").answer
CITED = ANSWER.citations[0].source
OTHER = Source("id-other", "other.txt", "Other", "text/plain", "h9")


def test_an_answer_whose_sources_are_as_they_were_has_no_changes() -> None:
    assert changed_since(ANSWER, [OTHER, replace(CITED, title="Another title")]) == ()


def test_changed_and_gone_documents_are_told_once_each_as_they_were_cited() -> None:
    twice = replace(ANSWER, citations=ANSWER.citations * 2)
    assert changed_since(twice, [replace(CITED, content_hash="h2")]) == (Change(CITED, "changed"),)
    assert changed_since(twice, [OTHER]) == (Change(CITED, "gone"),)


def test_documents_of_a_disagreement_count_too_and_those_that_say_the_opposite() -> None:
    side = Side(OTHER, "chunk", Span(0, 4), "July", Span(0, 4))
    assert changed_since(replace(ANSWER, contrary=(side,)), [CITED]) == (Change(OTHER, "gone"),)
    answer = replace(ANSWER, disagreements=(Disagreement("date", "the end", (side,)),))
    assert changed_since(answer, [CITED]) == (Change(OTHER, "gone"),)
