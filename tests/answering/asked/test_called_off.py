"""What was planned and called off did not happen on the day that it was planned for."""

from __future__ import annotations

import pytest

from assistant.answering.asked.presupposition import contrary, parted
from assistant.answering.scoring import EvidenceScorer
from assistant.answering.subjects import subjects_of
from assistant.embedding.hashing import HashingEmbedder
from tests.answering.memory import MemoryCorpus, document

VISIT = "A visit of Ms Lund to Borl, planned for 11 May, was put off until January."
LISTING = "An earlier plan to list Arlen Networks on the exchange in 2023 was given up when markets fell."


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("When did Ada Lund visit Borl?", VISIT, "was put off"),
        ("Whom did Ada Lund meet on her visit to Borl?", VISIT, None),
        ("Why was Ada Lund's visit put off?", VISIT, None),
        ("When was Ada Lund's visit to Borl planned?", VISIT, None),
        ("When will Ada Lund visit Borl?", VISIT, None),
        ("Did Ada Lund visit Borl?", VISIT, None),
        ("When did Tomas Rehn visit Arlen?", VISIT, None),
        ("When was Arlen Networks listed on the exchange?", LISTING, "was given up"),
        ("How much was Arlen Networks fined?", LISTING, None),
        ("When was Tomas Rehn listed?", "The proposal to list Tomas Rehn was withdrawn on 8 May.", "was withdrawn"),
        ("When were the Borl talks held?", "Talks planned in Borl are called off.", "are called off"),
        ("When did the strike in Borl begin?", "The strike in Borl was called off on 3 May.", None),
        ("When did the dockers of Borl strike?", "The strike in Borl was called off on 3 May.", "was called off"),
        ("When did the strike in Borl end?", "The strike in Borl was called off on 3 May.", None),
        ("When did Ada Lund visit Borl?", "Ada Lund cancelled a visit to Borl.", "cancelled a visit"),
        ("When did Ada Lund visit Borl?", "Ada Lund visited Borl and cancelled a meeting.", None),
        (
            "When did Arlen sue Borl?",
            "Arlen said on 20 June that it would sue; it has not done so.",
            "would sue; it has not done so",
        ),
        ("When did Arlen sue Borl?", "Arlen said that it would sue Borl in June.", None),
    ],
)
def test_a_plan_that_was_called_off_is_the_opposite_of_its_event(
    question: str, sentence: str, words: str | None
) -> None:
    found = contrary(question, sentence)
    assert (found.of(sentence) if found else None) == words


def test_what_the_question_names_all_of_says_more_of_it_than_the_best_sentence() -> None:
    question = "When did the Arlen Front sign the agreement?"
    embedder = HashingEmbedder()
    text = "The agreement was signed in Borl by Ada Lund. Peace reigned there. The Arlen Front did not sign."
    corpus = MemoryCorpus([document("a.txt", text)], embedder)
    scorer = EvidenceScorer(embedder, corpus)
    query = scorer.read(question, subjects_of(question, corpus.document_frequency))
    found = sorted(scorer.score(query, corpus.retrieve(question)), key=lambda one: one.span)
    left, against = parted(query, found)
    assert against is not None
    assert against.quote == "The Arlen Front did not sign."
    assert [one.text for one in left] == [one.text for one in found[:2]]
    assert parted(query, found[:2]) == (found[:2], None)
    who = scorer.read("Who signed the agreement of the Arlen Front?", query.subjects)
    assert parted(who, found) == (found, None)
