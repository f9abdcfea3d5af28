from __future__ import annotations

from itertools import pairwise

from assistant.answering.evidence import Evidence
from assistant.answering.scoring import EvidenceScorer
from assistant.answering.selection import same, select
from assistant.embedding.hashing import HashingEmbedder
from tests.answering.memory import MemoryCorpus, document

FIRST = document(
    "first.txt",
    "Repairs of the northern pier cost 12 million crowns. The pier was closed on Monday. Fish was sold as before. "
    "The pier opens again in June.",
)
SECOND = document(
    "second.txt", "The repairs of the northern pier cost 12 million crowns. Ferries use the southern pier."
)
DENIED = document("denied.txt", "The repairs of the northern pier did not cost 12 million crowns.")
THIRD = document("third.txt", "The repairs of the northern pier cost 15 million crowns.")


def evidence(question: str = "What did the repairs of the northern pier cost?") -> list[Evidence]:
    embedder = HashingEmbedder()
    corpus = MemoryCorpus([FIRST, SECOND, THIRD, DENIED], embedder)
    scorer = EvidenceScorer(embedder, corpus)
    return scorer.score(scorer.read(question), corpus.retrieve(question))


def test_what_two_documents_say_is_shown_once_with_both_sources() -> None:
    shown = select(evidence(), at_most=4, weaker_by=3.0)
    costs = [(cited, others) for cited, others in shown if "12 million" in cited.text and "not" not in cited.text]
    assert len(costs) == 1
    cited, others = costs[0]
    named = {cited.passage.chunk.document_id, *(source.document_id for source in others)}
    assert named == {"first.txt", "second.txt"}


def test_a_sentence_with_another_number_is_not_the_same() -> None:
    found = evidence()
    twelve = next(one for one in found if "cost 12 million" in one.text and "not" not in one.text)
    fifteen = next(one for one in found if "15 million" in one.text)
    assert not same(twelve, fifteen)
    assert same(twelve, twelve)


def test_a_denial_is_not_the_same() -> None:
    found = evidence()
    denied = next(one for one in found if "not cost" in one.text)
    assert not any(same(denied, other) for other in found if other is not denied)


def test_much_weaker_sentences_are_left_out() -> None:
    found = evidence()
    shown = [cited for cited, _ in select(found, at_most=8, weaker_by=2.0)]
    assert found[0] in shown
    assert all(one.score >= found[0].score - 2.0 for one in shown)
    assert len(shown) < len(found)


def test_the_best_comes_first_and_neighbours_of_one_document_follow_its_text() -> None:
    found = evidence("pier northern repairs closed opens June")
    shown = [cited for cited, _ in select(found, at_most=8, weaker_by=100.0)]
    assert shown[0] == found[0]
    pairs = [(one, two) for one, two in pairwise(shown[1:]) if one.passage.chunk == two.passage.chunk]
    assert pairs
    assert all(one.span < two.span for one, two in pairs)


def test_what_is_shown_for_another_facet_is_not_repeated() -> None:
    found = evidence()
    twelve = next(one for one in found if "cost 12 million" in one.text and "not" not in one.text)
    others = [one for one in found if not same(one, twelve)]
    assert len(others) == len(found) - 2  # both documents say it
    again = select(found, at_most=8, weaker_by=100.0, shown=[(twelve, ())])
    assert {cited.text for cited, _ in again} == {one.text for one in others}
