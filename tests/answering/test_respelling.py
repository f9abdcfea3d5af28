from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from assistant.answering.as_json import answer_as_json
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.answering.respelling import respelt
from assistant.answering.subjects import subjects_of, unknown
from assistant.embedding.hashing import HashingEmbedder
from assistant.index.store import Store
from assistant.types import Answer, Done, Respelt
from tests.answering.memory import MemoryCorpus
from tests.index.corpora import DIMENSIONS, document, put

SHIP = document("ship.txt", "Armed men seized the Galaxy Leader on 19 November 2023. Lloyd Austin condemned it.")
TALKS = document("talks.txt", "Ukraine asked Austin for ships. Sweden had none to share.")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store(tmp_path_factory.mktemp("index") / "index.sqlite", dimensions=DIMENSIONS)
    put(opened, SHIP, TALKS)
    yield opened
    opened.close()


def meant(store: Store, *texts: str) -> Respelt | None:
    return respelt(texts, unknown(subjects_of(texts[-1], store.document_frequency), store.document_frequency), store)


@pytest.mark.parametrize(
    ("question", "names", "offered"),
    [
        ("When was the Galexy Leadr seized?", "Galaxy Leader", "When was the Galaxy Leader seized?"),
        ("when was the galexy leadr seized?", "Galaxy Leader", "when was the Galaxy Leader seized?"),
        ("WHEN WAS THE GALEXY LEADR SEIZED?", "Galaxy Leader", "WHEN WAS THE Galaxy Leader SEIZED?"),
        ("who siezed the galaxy leadr?", "Galaxy Leader", "who siezed the Galaxy Leader?"),
        ("Who seized the galaxy Leadr’s men?", "Galaxy Leader", "Who seized the Galaxy Leader’s men?"),
        ("Did Jon Austen condemn it?", "Austin", "Did Jon Austin condemn it?"),
        ("Did Ukrane ask Swedan?", "Ukraine, Sweden", "Did Ukraine ask Sweden?"),
        ("Did Swedan share, or Swedan's king?", "Sweden", "Did Sweden share, or Sweden's king?"),
        ("what did ukrane ask for?", "Ukraine", "what did Ukraine ask for?"),
    ],
)
def test_the_question_is_offered_with_the_names_of_the_briefings(
    store: Store, question: str, names: str, offered: str
) -> None:
    assert meant(store, question) == Respelt(tuple(names.split(", ")), offered)


@pytest.mark.parametrize(
    "question",
    [
        "When was the Galaxy Leader seized?",
        "Who won the 2022 World Cup?",
        "Did Zelensky ask for ships?",
        "Did Austria ask for ships?",  # a country is spelt right, even where Australia is in the briefings
        "Did Austin austen?",  # in lower case beside names that have capitals it is none
        "How many ships are 20222?",
    ],
)
def test_nothing_is_offered_where_no_name_is_near(store: Store, question: str) -> None:
    assert meant(store, question) is None


def test_of_a_follow_up_the_query_is_changed_where_the_question_does_not_have_the_name(store: Store) -> None:
    found = meant(store, "When was it seized?", "When was the Galexy Leadr seized?")
    assert found is not None
    assert found.question == "When was the Galaxy Leader seized?"


def test_of_a_long_text_only_some_words_are_looked_up() -> None:
    asked: list[Sequence[Sequence[str]]] = []

    class Names:
        def nearest_name(self, readings: Sequence[Sequence[str]], /) -> tuple[int, str] | None:
            asked.append(readings)
            return None

    text = " ".join(f"word{letter}" for letter in "abcdefghij")
    assert respelt((text,), subjects_of(text, lambda terms: dict.fromkeys(terms, 0)), Names()) is None
    assert len(asked) == 4
    text = "Who wrote Worda Wordb Wordc Wordd Worde Wordf?"
    assert respelt((text,), subjects_of(text, lambda terms: dict.fromkeys(terms, 1)), Names()) is None
    assert len(asked) == 4


def asked(store: Store, question: str) -> Answer:
    embedder = HashingEmbedder()
    corpus = MemoryCorpus([SHIP, TALKS], embedder)
    *_, last = ExtractiveAnswerer(corpus, embedder, corpus, mentions=store).stream(question, question)
    assert isinstance(last, Done)
    return last.answer


def test_an_answer_abstains_as_before_and_offers_the_name(store: Store) -> None:
    answer = asked(store, "When was the Galexy Leadr seized?")
    assert (answer.outcome, answer.query) == ("abstained", "When was the Galexy Leadr seized?")
    assert answer.notes == ("no briefing names Galexy Leadr",)
    assert answer_as_json(answer)["did_you_mean"] == {
        "names": ["Galaxy Leader"],
        "question": "When was the Galaxy Leader seized?",
    }


def test_an_answer_offers_nothing(store: Store) -> None:
    answer = asked(store, "When was the Galaxy Leader seized?")
    assert answer.outcome == "answered"
    assert answer_as_json(answer)["did_you_mean"] is None
