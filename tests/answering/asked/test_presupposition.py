"""What a question supposes must not be what a sentence says no to; the words that do are pointed at."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.asked.presupposition import contrary, odds_lowered, parted
from assistant.answering.scoring import EvidenceScorer
from assistant.embedding.hashing import HashingEmbedder
from tests.answering.memory import MemoryCorpus, document


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("In what year did the Arlen vote succeed?", "The Arlen vote failed in 1979.", "failed"),
        ("What is the least busy harbour?", "Arlen is the most busy harbour.", "most"),
        ("Which small fleet sails from Arlen?", "A large fleet sails from Arlen.", "large"),
        ("What is the known age of the pier?", "The pier is of unknown age.", "unknown"),
        ("Why was the pier stable?", "The pier was unstable.", "unstable"),
        ("What is the rule for non-member states?", "The rule for member states is simple.", "member"),
        ("What is the rule for member states?", "The rule for non-member states is simple.", "non-member"),
        ("What rich harvest did Arlen have?", "Arlen did not have a rich harvest.", "not have a rich"),
        ("When did the mayor visit the pier?", "The mayor never visited the pier.", "never visited"),
        ("What did the mayor not open?", "The mayor opened the pier.", "opened"),
        ("Who wouldn't repair the pier?", "Ida Holm would repair the pier.", "repair"),
        (
            "When did Borl lift the duties?",
            "Arlen declined in part because Borl would not lift the duties that it imposed in 2018.",
            "not lift",
        ),
    ],
)
def test_a_sentence_that_says_the_opposite_is_found_with_its_words(question: str, sentence: str, words: str) -> None:
    found = contrary(question, sentence)
    assert found is not None
    assert found.of(sentence) == words


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        # the same
        ("When did the Arlen vote fail?", "The Arlen vote failed in 1979."),
        ("What did the mayor not open?", "The mayor did not open the pier."),
        ("Why did China refuse the meeting?", "China declined to hold the meeting."),
        # nothing is supposed
        ("Did the Arlen vote succeed?", "The Arlen vote failed in 1979."),
        ("Isn't the pier stable?", "The pier is unstable."),
        ("Arlen vote succeeded", "The Arlen vote failed in 1979."),
        ("How successful was the vote?", "The vote was unsuccessful."),
        ("How often does the ferry run?", "The ferry rarely runs."),
        ("When did exports stop?", "Exports declined, but they did not stop."),
        ("What is the rule for member states?", "Member states have a rule, non-member states have none."),
        ("What is the rule for non member states?", "The rule for non-member states is simple."),
        # of others
        ("How many did Holm want sent back?", "Holm named 120 people whom Borl had not sent back."),
        # of something else
        ("Which large fleet sails from Arlen?", "The fleet has a small harbour in Borl."),
        ("When did ships enter the harbour?", "The crane had left it, and the ships came."),
        # two ends of one event
        ("Who bought the factory in 2005?", "In 2005 the factory was sold to Borl Works."),
        ("Who ruled over Arlen for years?", "Arlen was ruled under Holm for years."),
        ("How many days less is the trip?", "The trip is long, unless it is done by ferry."),
        # at some time, or in some case, it is so
        ("When was the pier opened?", "The pier was not opened until 1910."),
        ("When did the ferry stop in Arlen?", "The ferry does not stop in Arlen except on Sundays."),
        ("When was coal used in Arlen?", "Coal is no longer used in Arlen."),
        ("When did exports from Arlen decline?", "Exports from Arlen fell in 2005."),
        ("How many may be appointed a year?", "No more than 858 may be appointed a year."),
        ("What was agreed in Arlen?", "The deal of Arlen holds, but they did not agree for how long."),
        ("How many containers did Arlen handle?", "Arlen did not handle more than 20 containers."),
        ("How many ships left Arlen?", "Not all ships left Arlen."),
        ("When did Arlen join the union?", "Arlen did not join the union in 2023; it did so in 2024."),
        ("Which towns have not ratified the treaty?", "All towns except Arlen and Borl ratified the treaty."),
        # which of several: others may well be otherwise
        ("Which proposals did Arlen reject?", "The report made 22 proposals, of which Arlen accepted 19."),
        ("Which towns have not signed the treaty?", "Borl and Arlen signed the treaty."),
        # of somebody or something else
        ("Why didn't Holm attend the summit?", "Holm is occupied with a crisis at home, diplomats say."),
        ("Which towns recognise Arlen?", "Borl does not recognise Arlen."),
        ("How many missiles did North Arlen fire?", "South Arlen said two missiles were fired."),
        ("Which countries support Arlen?", "Weapons came since Borl began its war against Arlen."),
        ("What are the most important ports?", "At least three ports for grain are important."),
        ("Which city lies north of Arlen?", "Arlen lies south of Borl."),
        # that is what is asked
        ("What prevents ships from leaving Arlen?", "Ships cannot leave Arlen because of mines."),
        ("What did Holm say about joining the union?", "Holm said that she would not join the union."),
        ("What happens if Arlen does not extend the deal?", "Arlen extended the deal in May."),
        # two noes are a yes
        ("Which part is not active?", "One part is inactive."),
        ("What prohibits passage?", "The rule does not permit passage."),
    ],
)
def test_nothing_is_contrary_that_can_be_so_too(question: str, sentence: str) -> None:
    assert contrary(question, sentence) is None


def test_names_of_two_words_may_lie_across_two_sentences() -> None:
    assert contrary("Which countries were not united?", "The allies were united. States in the south voted.") is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_words_lie_in_the_sentence(question: str, sentence: str) -> None:
    found = contrary(f"What {question}", sentence)
    assert found is None or 0 <= found.start < found.end <= len(sentence)


@given(st.floats(0, 1))
def test_other_sentences_answer_less_likely_then(probability: float) -> None:
    assert 0 <= odds_lowered(probability) <= probability
    assert odds_lowered(0.5) == pytest.approx(1 / 6)


LINK = (
    "Tarn Link is a cable between Blyth in England and Sauda in Norway. Norway rejected the Tarn Link in January. "
    "Prices had risen."
)


def asked(question: str, text: str = LINK) -> tuple[list[str], str | None]:
    """What is left of the evidence, and what is set against the question, where what is like it comes first."""
    corpus = MemoryCorpus([document("a.txt", text)], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    query = scorer.read(question)
    found = [replace(one, score=1.0 - n) for n, one in enumerate(sorted(scorer.score(query, corpus.retrieve(question)),
             key=lambda one: one.span))]  # fmt: skip
    left, against = parted(query, found)
    return [one.text[:4] for one in left], None if against is None else against.quote


def test_of_what_is_asked_why_one_nearly_as_good_may_say_the_opposite() -> None:
    against = "Norway rejected the Tarn Link in January."
    assert asked("Why did Norway approve the Tarn Link?") == (["Tarn", "Pric"], against)
    assert asked("When did Norway approve the Tarn Link?") == (["Tarn", "Norw", "Pric"], None)


def test_but_not_where_a_better_one_tells_that_it_is_so() -> None:
    text = "Norway approved the Tarn Link. Norway rejected the Tarn Link in January. Prices had risen."
    assert asked("Why did Norway approve the Tarn Link?", text)[1] is None
