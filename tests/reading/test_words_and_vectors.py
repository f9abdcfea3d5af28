import numpy as np
import pytest

from assistant.embedding.hashing import HashingEmbedder
from assistant.reading.words_and_vectors import FEATURES, WordsAndVectors

PREMISE = (
    "China declined the invitation on 30 May 2023. Washington would not lift the sanctions on Li Shangfu. "
    "The two ministers shook hands at a dinner in Singapore."
)
SENTENCE = "Washington would not lift the sanctions on Li Shangfu."


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def verifier(embedder: HashingEmbedder) -> WordsAndVectors:
    return WordsAndVectors(embedder)


def test_a_verbatim_sentence_is_certain_and_needs_no_vectors(
    verifier: WordsAndVectors, embedder: HashingEmbedder
) -> None:
    dinner = "the two ministers  shook hands at a dinner in singapore"
    claims = [(PREMISE, SENTENCE), (PREMISE, dinner), (SENTENCE, SENTENCE.rstrip("."))]
    assert verifier.support(claims) == [1.0, 1.0, 1.0]
    assert embedder.calls == 0


def test_half_a_word_is_not_verbatim(verifier: WordsAndVectors) -> None:
    assert verifier.support([("Ministers.", "minister")])[0] < 1.0
    assert verifier.support([("Ministers.", "ministers")])[0] == 1.0


def test_nothing_supports_and_nothing_is_supported(verifier: WordsAndVectors) -> None:
    assert verifier.support([("", SENTENCE), (PREMISE, ""), ("—", "…")]) == [0.0, 0.0, 0.0]
    assert verifier.support([]) == []


def test_a_claim_close_to_the_source_is_supported_and_one_about_something_else_is_not(
    verifier: WordsAndVectors,
) -> None:
    close, far = verifier.support(
        [
            (PREMISE, "China declined the invitation in May 2023."),
            (PREMISE, "Grain exports through Odesa fell for a third month."),
        ]
    )
    assert close >= verifier.threshold > far


@pytest.mark.parametrize(
    "altered",
    [
        "China declined the invitation on 31 May 2023.",
        "China declined the invitation on 30 May 2022.",
        "On 30 May 2023 China declined 3 invitations.",
    ],
)
def test_a_number_that_the_source_does_not_have_is_not_supported(verifier: WordsAndVectors, altered: str) -> None:
    assert verifier.support([(PREMISE, altered)])[0] <= 0.1 < verifier.threshold


@pytest.mark.parametrize(
    ("right", "altered"),
    [
        ("The sanctions on Li Shangfu would not be lifted.", "The sanctions on Dong Jun would not be lifted."),
        ("Ministers shook hands in Singapore.", "Ministers did not shake hands in Singapore."),
    ],
)
def test_another_name_or_a_negation_lowers_support(verifier: WordsAndVectors, right: str, altered: str) -> None:
    better, worse = verifier.support([(PREMISE, right), (PREMISE, altered)])
    assert worse < better


def test_a_batch_gives_what_single_claims_give_in_one_call_to_the_model(
    verifier: WordsAndVectors, embedder: HashingEmbedder
) -> None:
    claims = [
        (PREMISE, "China turned the invitation down."),
        (PREMISE, SENTENCE),
        ("", "x"),
        (SENTENCE, "Sanctions on Li Shangfu would stay."),
    ]
    together = verifier.support(claims)
    assert embedder.calls == 1
    assert together == pytest.approx([verifier.support([claim])[0] for claim in claims], abs=1e-6)
    assert all(0.0 <= value <= 1.0 for value in together)


def test_features_have_a_row_a_claim_and_the_name_follows_the_weights(
    verifier: WordsAndVectors, embedder: HashingEmbedder
) -> None:
    read = verifier.features([(PREMISE, SENTENCE)])
    assert read.shape == (1, len(FEATURES))
    assert read[0] == pytest.approx([1.0, 1.0, 0.0, 0.0], abs=1e-6)
    other = WordsAndVectors(embedder, weights=[1.0] * (len(FEATURES) + 1))
    assert other.name != verifier.name
    assert WordsAndVectors(embedder, threshold=0.6).name != verifier.name
    assert embedder.fingerprint in verifier.name
    with pytest.raises(ValueError, match="4 weights and an intercept"):
        WordsAndVectors(embedder, weights=np.ones(3).tolist())
