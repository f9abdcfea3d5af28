"""What a question asks about must be told of by a word for it, not by the right names alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.asked.happenings import odds_left, told_of
from assistant.answering.evidence import Evidence
from assistant.answering.scoring import EvidenceScorer
from assistant.embedding.hashing import HashingEmbedder
from tests.answering.memory import MemoryCorpus, document

QUESTION = "When did Holm visit Arlen?"
ACCUSED = "On 3 May Holm accused Arlen of greed."


def evidence_of(text: str, sentence: str) -> Evidence:
    embedder = HashingEmbedder()
    corpus = MemoryCorpus([document("a.txt", text, title="Notes")], embedder)
    scorer = EvidenceScorer(embedder, corpus)
    found = scorer.score(scorer.read(QUESTION), corpus.retrieve(QUESTION))
    return next(one for one in found if one.text == sentence)


HERE = evidence_of("Holm visited Arlen on 3 May.", "Holm visited Arlen on 3 May.")
NEAR = evidence_of(f"{ACCUSED} Holm had visited the pier.", ACCUSED)
NOWHERE = evidence_of(f"{ACCUSED} The pier was closed.", ACCUSED)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When did Holm visit Arlen?", "Holm arrived in Arlen on 3 May."),
        ("When did Holm visit Arlen?", "Holm and Borl met in Arlen on 3 May."),
        ("What is the price of wheat?", "Wheat stands at $6 a bushel."),
        ("What is the price of wheat?", "Wheat stands at 6 dollars a bushel."),
        ("Who succeeded Holm as mayor?", "Borl was appointed mayor on 3 May."),
        ("When did Holm travel to Arlen?", "Holm flew to Arlen on 3 May."),
        ("When were the sailors set free?", "The sailors came home on 3 May."),
        ("When were the sailors set free?", "Arlen released the sailors on 3 May."),
        ("Who took over the ministry after Holm?", "Borl was appointed minister on 3 May."),
        ("When was the report released?", "The report came out on 3 May."),
        # what has the word and asks about something else
        ("Which towns met the target?", "Only Arlen spent more than 2 percent."),
        ("What does Arlen demand in return for the treaty?", "Arlen demands duties of 2 percent."),
        ("When was the price cap agreed?", "Arlen agreed on a cap on 3 May."),
        ("What is the cost of living crisis about?", "It is about rents."),
        ("Did the mayor succeed in her plan?", "The mayor failed."),
        # what is only behind or before what is asked
        ("What did Arlen say when Holm visited Borl?", "Arlen said that it was pleased."),
        ("After Holm resigned, who became mayor?", "Borl became mayor in May."),
        ("The mayor resigned. What is the harbour's name?", "The harbour is called Arlen."),
        # nothing that the table knows
        ("How long is the pier?", "The pier is 300 metres long."),
        ("", ""),
    ],
)
def test_a_text_tells_of_what_is_asked_about(question: str, text: str) -> None:
    assert told_of(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When did Holm visit Arlen?", "On 3 May Holm accused Arlen of greed."),
        ("When did the ferry return to Arlen?", "The ferry left Arlen on 3 May."),
        ("When did Borl withdraw its application?", "Borl handed its application to Holm on 3 May."),
        ("What is the price of wheat?", "Wheat accounted for 41,622 tonnes."),
        ("Who succeeded Holm as mayor?", "Mayor Holm announced the treaty on 3 May."),
        ("When the ferry sank, who resigned?", "The ferry sank on 3 May."),
        ("who will replace Holm?", "Mayor Holm announced the treaty on 3 May."),
        ("When did the harbour reopen?", "The harbour was closed on 3 May."),
        ("When did Holm travel to Arlen?", "On 3 May Holm spoke with Arlen by video."),
        ("When were the 25 sailors set free?", "The ship was seized with 25 sailors on 3 May."),
        ("Who took over the ministry after Holm?", "Holm headed the ministry in May."),
        ("When did the plant at Borl open?", "Work on the plant at Borl stopped on 3 May."),
    ],
)
def test_a_text_with_the_right_names_alone_does_not(question: str, text: str) -> None:
    assert not told_of(question, text)


@given(st.floats(0.0, 1.0))
def test_an_answer_is_less_likely_the_further_away_a_word_for_it_is(probability: float) -> None:
    assert odds_left(probability, QUESTION, HERE) == probability
    nowhere, near = (odds_left(probability, QUESTION, one) for one in (NOWHERE, NEAR))
    assert 0.0 <= nowhere <= near <= probability
    if 1e-9 < probability < 0.999:
        assert nowhere < near < probability
