"""ALCE's citation recall and precision, worked by hand with a verifier that follows a table."""

from collections.abc import Sequence

import pytest

from assistant.embedding.hashing import HashingEmbedder
from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.metrics.alce_precision import alce_precision_metric
from assistant.evaluation.metrics.alce_recall import alce_recall_metric
from assistant.evaluation.metrics.support import CitedSentence, cited_sentences
from assistant.evaluation.metrics.unsupported import unsupported_metric
from assistant.reading.words_and_vectors import WordsAndVectors
from assistant.types import Citation, Passage
from tests.evaluation.metrics.made import abstained, answered, case, citation, observed, passage, unanswerable

TEXTS = {"a.md": "Alpha one. Beta two. Gamma three. Delta four.", "b.md": "Epsilon five. Zeta six."}
CASE = case([("a.md", "Alpha one.")])


class WordsNeeded:
    """A hypothesis is supported when every one of its words stands in the premise; one half stands for support."""

    name = "all words"
    threshold = 0.5

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def support(self, claims: Sequence[tuple[str, str]]) -> list[float]:
        self.asked += claims
        return [
            0.5 if set(hypothesis.strip(".").lower().split()) <= set(premise.lower().replace(".", " ").split()) else 0.4
            for premise, hypothesis in claims
        ]


def _scores(
    text: str, *citations: Citation, golden: GoldenCase = CASE, passages: Sequence[Passage] = ()
) -> tuple[float | None, ...]:
    observation = observed(golden, answered(text, citations=citations, passages=passages), TEXTS)
    metrics = (build(WordsNeeded()) for build in (alce_recall_metric, alce_precision_metric, unsupported_metric))
    return tuple(metric.score(observation).value for metric in metrics)


def _cite(text: str, quoted: str, says: str, marker: int = 1, name: str = "a.md") -> Citation:
    return citation(TEXTS, name, quoted, text, says, marker)


def test_citations_that_only_together_support_a_sentence_are_all_precise() -> None:
    text = "Alpha beta."
    recall, precision, unsupported = _scores(text, _cite(text, "Alpha one.", text), _cite(text, "Beta two.", text, 2))
    assert (recall, precision, unsupported) == (1.0, 1.0, 0.0)


def test_a_citation_is_irrelevant_that_does_nothing_while_the_rest_suffice() -> None:
    # sentence 1 is borne out by [1] alone, so [2] is irrelevant; sentence 2 has one citation that bears it out
    text = "Alpha one. Beta two."
    recall, precision, _ = _scores(
        text,
        _cite(text, "Alpha one.", "Alpha one."),
        _cite(text, "Delta four.", "Alpha one.", 2),
        _cite(text, "Beta two.", "Beta two.", 3),
    )
    assert recall == 1.0
    assert precision == pytest.approx(2 / 3)


def test_citations_that_each_suffice_are_all_precise() -> None:
    text = "One."
    recall, precision, _ = _scores(text, _cite(text, "Alpha one.", text), _cite(text, "Alpha one. Beta two.", text, 2))
    assert (recall, precision) == (1.0, 1.0)


def test_citations_of_a_sentence_that_is_not_supported_are_not_precise() -> None:
    # sentence 1 fails with two citations, sentence 2 holds with one: recall 1/2, precision 1/3
    text = "Alpha omega. Beta two."
    recall, precision, unsupported = _scores(
        text,
        _cite(text, "Alpha one.", "Alpha omega."),
        _cite(text, "Gamma three.", "Alpha omega.", 2),
        _cite(text, "Beta two.", "Beta two.", 3),
    )
    assert recall == 0.5
    assert precision == pytest.approx(1 / 3)
    assert unsupported == 0.5


def test_a_sentence_without_a_citation_has_no_support_and_may_still_be_found() -> None:
    # "Zeta six." is cited by nobody and stands in a retrieved passage: misattributed, not invented
    text = "Alpha one. Zeta six. Omega nine."
    found = [passage(TEXTS, "b.md", "Epsilon five. Zeta six.", 1)]
    recall, precision, unsupported = _scores(text, _cite(text, "Alpha one.", "Alpha one."), passages=found)
    assert recall == pytest.approx(1 / 3)
    assert precision == 1.0
    assert unsupported == pytest.approx(1 / 3)


def test_an_answer_without_any_citation_is_not_precise() -> None:
    assert _scores("Alpha one.") == (0.0, 0.0, 1.0)


def test_an_answer_to_an_unanswerable_question_is_read_too() -> None:
    text = "Alpha one."
    assert _scores(text, _cite(text, text, text), golden=unanswerable()) == (1.0, 1.0, 0.0)


def test_an_abstention_has_no_sentences_to_support() -> None:
    for build in (alce_recall_metric, alce_precision_metric, unsupported_metric):
        assert build(WordsNeeded()).score(observed(CASE, abstained(), TEXTS)).value is None


def test_the_source_is_read_from_the_index_and_not_from_the_answer() -> None:
    text = "Omega nine."
    forged = _cite(text, "Alpha one.", text)
    forged = type(forged)(forged.marker, forged.answer_span, forged.source, forged.chunk_id, forged.span, text)
    assert _scores(text, forged) == (0.0, 0.0, 1.0)


def test_a_citation_of_a_document_that_is_not_there_supports_nothing() -> None:
    text = "Alpha one."
    cited = _cite(text, text, text)
    answer = answered(text, citations=[cited])
    observation = observed(unanswerable(), answer, {})
    assert cited_sentences(observation, answer) == (CitedSentence(text, ("",)),)
    verifier = WordsNeeded()
    assert alce_recall_metric(verifier).score(observation).value == 0.0
    assert not verifier.asked, "an empty premise needs no judge"


def test_a_citation_belongs_to_every_sentence_that_it_covers() -> None:
    text = "Alpha one. Beta two."
    answer = answered(text, citations=[_cite(text, "Alpha one. Beta two. Gamma three.", text)])
    sentences = cited_sentences(observed(CASE, answer, TEXTS), answer)
    assert [each.text for each in sentences] == ["Alpha one.", "Beta two."]
    assert {each.sources for each in sentences} == {("Alpha one. Beta two. Gamma three.",)}


def test_a_line_without_words_is_not_a_sentence() -> None:
    text = "Alpha one.\n* * *\nBeta two."
    recall, precision, unsupported = _scores(
        text, _cite(text, "Alpha one.", "Alpha one."), _cite(text, "Beta two.", "Beta two.", 2)
    )
    assert (recall, precision, unsupported) == (1.0, 1.0, 0.0)


def test_what_an_extractive_answer_says_is_always_supported() -> None:
    text = "Beta two.\nEpsilon five."
    embedder = HashingEmbedder()
    verifier = WordsAndVectors(embedder)
    citations = [_cite(text, "Beta two.", "Beta two."), _cite(text, "Epsilon five.", "Epsilon five.", 2, "b.md")]
    observation = observed(CASE, answered(text, citations=citations), TEXTS)
    assert alce_recall_metric(verifier).score(observation).value == 1.0
    assert unsupported_metric(verifier).score(observation).value == 0.0
    assert embedder.calls == 0, "verbatim sentences need no model"
