from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.citations import cite
from assistant.answering.scoring import EvidenceScorer
from assistant.embedding.hashing import HashingEmbedder
from assistant.memos.drafting import section_of
from assistant.memos.memo import Memo, Section
from assistant.memos.not_code import cited_tokens
from assistant.memos.numbering import notes, numbers
from assistant.memos.template import Asked
from assistant.types import Answer, Document
from tests.answering.memory import MemoryCorpus, document
from tests.memos.made import memos, reference

TEXT = "Arlen has ships. Borl has ships. Cade has ships. Dorn has ships."
DOCUMENT = document("ships.txt", TEXT)
CORPUS = MemoryCorpus([DOCUMENT], HashingEmbedder())
SCORER = EvidenceScorer(HashingEmbedder(), CORPUS)
EVIDENCE = SCORER.score(SCORER.read("ships"), CORPUS.retrieve("ships"))


class Answering:
    """Gives one answer to every question."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def ask(self, question: str) -> Answer:
        return self._answer

    def ask_within(self, answer: Answer, documents: Sequence[str]) -> Answer:
        raise AssertionError("asked")

    def document(self, id_or_path: str) -> Document:
        return DOCUMENT


@given(st.lists(st.integers(0, 3), min_size=1, max_size=8))
def test_the_numbers_are_those_of_the_page(rows: list[int]) -> None:
    text, citations = cite([(EVIDENCE[row], ()) for row in rows])
    answer = Answer("Ships?", "Ships?", text, "answered", citations)
    memo = Memo("T", "t", "x")
    memo = Memo("T", "t", "x", (section_of(Answering(answer), memo, Asked("Ships", "Ships?")),))
    found = numbers(memo)
    assert [found[token] for token in memo.sections[0].tokens] == [citation.marker for citation in citations]


@given(memos())
def test_numbers_count_from_one_in_the_order_of_first_use_and_each_has_its_note(memo: Memo) -> None:
    found = numbers(memo)
    used = [token for section in memo.sections for token in cited_tokens(section.text)]
    first = list(dict.fromkeys(found[token] for token in used if token in found))
    assert first == list(range(1, len(first) + 1)) == list(range(1, len(notes(memo)) + 1))
    for token, number in found.items():
        assert notes(memo)[number - 1].place == memo.references[token].place
    assert set(used) - set(found) <= set(memo.unknown_tokens)


def test_two_tokens_for_the_same_words_share_a_number() -> None:
    references = (reference("c1"), reference("c2", path="b.md"), reference("c3"))
    memo = Memo("T", "t", "x", (Section("H", "?", "A.[^c3] B.[^c2] C.[^c1]", references),))
    assert numbers(memo) == {"c3": 1, "c2": 2, "c1": 1}


@pytest.mark.parametrize(
    "code",
    [
        "`[^c1]`",
        "``a ` [^c1]``",
        "```\n[^c1]\n```",
        "~~~[^c1]\n~~~",
        "> ~~~\n> [^c1]",
        "    [^c1]",
        "\t[^c1]",
        "\\[^c1]",
        "a\\\\\\[^c1]",
    ],
)
def test_only_what_is_shown_as_a_citation_is_numbered(code: str) -> None:
    references = (reference("c1"), reference("c2", path="b.md"))
    memo = Memo("T", "t", "x", (Section("H", "?", f"{code}\n\nSaid.[^c2]", references),))
    assert numbers(memo) == {"c2": 1}
    assert [each.token for each in notes(memo)] == ["c2"]


@pytest.mark.parametrize(
    "text", ["`a [^c1]", "<b c='`'>[^c1]`", "\\`[^c1]`", "\\\\[^c1]", "a\n    [^c1]", "| `a` | [^c1] |"]
)
def test_what_only_looks_like_code_is_numbered(text: str) -> None:
    found = numbers(Memo("T", "t", "x", (Section("H", "?", text, (reference("c1"),)),)))
    assert found == ({} if text.startswith("<b") else {"c1": 1})
