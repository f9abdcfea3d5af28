import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.embedding.hashing import HashingEmbedder
from assistant.retrieval.fused import FusedRetriever
from assistant.types import Filters
from tests.retrieval.conftest import TinyIndex

TEXTS = {
    "summit.txt": "The defence ministers met at the summit in Singapore.",
    "sanctions.txt": "Sanctions on the general were imposed in 2018.",
    "weather.txt": "Rain fell over the hills all week.",
    "harvest.txt": "The harvest was late this year.",
    "market.txt": "Prices at the market fell again.",
}


@pytest.fixture
def filled(index: TinyIndex, embedder: HashingEmbedder) -> TinyIndex:
    for path, text in TEXTS.items():
        index.add(embedder, path, text)
    return index


def test_a_match_carries_cosine_coverage_and_their_weighted_mean(filled: TinyIndex, embedder: HashingEmbedder) -> None:
    matches = FusedRetriever(filled, embedder, dense_weight=0.25).matches("When were sanctions imposed?")
    assert matches[0].passage.source.path == "sanctions.txt"
    for match in matches:
        mean = 0.25 * match.cosine + 0.75 * match.coverage
        assert match.score == pytest.approx(min(1.0, max(0.0, mean)), abs=1e-6)
        assert 0.0 <= match.coverage <= 1.0


def test_a_passage_without_the_words_has_no_coverage(filled: TinyIndex, embedder: HashingEmbedder) -> None:
    matches = {m.passage.source.path: m for m in FusedRetriever(filled, embedder).matches("harvest")}
    assert matches["harvest.txt"].coverage > 0.3
    assert matches["weather.txt"].coverage == 0.0


def test_a_question_without_words_is_ranked_by_its_vector_alone(filled: TinyIndex, embedder: HashingEmbedder) -> None:
    matches = FusedRetriever(filled, embedder).matches("🤷", k=3)
    assert len(matches) == 3
    assert all(match.coverage == 0.0 for match in matches)


def test_only_documents_that_the_filters_allow_are_found(filled: TinyIndex, embedder: HashingEmbedder) -> None:
    found = FusedRetriever(filled, embedder).retrieve("ministers", filters=Filters(documents=("weather.txt",)))
    assert [passage.source.path for passage in found] == ["weather.txt"]


def test_an_empty_index_gives_nothing(index: TinyIndex, embedder: HashingEmbedder) -> None:
    assert FusedRetriever(index, embedder).retrieve("anything") == []


def test_word_hits_below_the_dense_candidates_get_their_true_cosine(
    filled: TinyIndex, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "harvest sanctions"
    expected = {m.passage.source.path: m.cosine for m in FusedRetriever(filled, embedder).matches(question)}
    monkeypatch.setattr(filled, "nearest", lambda vector, k, filters: filled.store.exact_nearest(vector, 1, filters))
    found = {m.passage.source.path: m.cosine for m in FusedRetriever(filled, embedder).matches(question)}
    assert found.keys() == {"harvest.txt", "sanctions.txt"}
    assert found == pytest.approx({path: expected[path] for path in found}, abs=1e-6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(question=st.text(max_size=60) | st.sampled_from(list(TEXTS.values())))
def test_every_question_gives_ranked_scores_between_0_and_1(
    filled: TinyIndex, embedder: HashingEmbedder, question: str
) -> None:
    found = FusedRetriever(filled, embedder).retrieve(question, k=4)
    assert [passage.rank for passage in found] == [1, 2, 3, 4]
    scores = [passage.score for passage in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)


def test_an_irrelevant_document_added_later_leaves_the_order_of_the_others(
    filled: TinyIndex, embedder: HashingEmbedder
) -> None:
    retriever = FusedRetriever(filled, embedder)
    before = [passage.chunk.id for passage in retriever.retrieve("sanctions imposed on the general")]
    filled.add(embedder, "zoo.txt", "Penguins swam.")
    after = retriever.retrieve("sanctions imposed on the general")
    assert after[0].source.path == "sanctions.txt"
    assert [passage.chunk.id for passage in after if passage.source.path != "zoo.txt"] == before


@pytest.mark.parametrize("weight", [-0.1, 1.1])
def test_a_weight_outside_0_to_1_is_refused(index: TinyIndex, embedder: HashingEmbedder, weight: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        FusedRetriever(index, embedder, dense_weight=weight)
