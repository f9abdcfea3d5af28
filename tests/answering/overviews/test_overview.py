from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.extractive import ABSTENTION, ExtractiveAnswerer
from assistant.answering.overviews.overview import naming, worth_telling
from assistant.answering.overviews.topics import is_request, newest_first, topic_of
from assistant.answering.scoring import EvidenceScorer
from assistant.embedding.hashing import HashingEmbedder
from assistant.embedding.transformer import BUNDLED_MODEL, TransformerEmbedder
from assistant.types import Answer, DateRange, Done
from tests.answering.memory import MemoryCorpus, document

DOCUMENTS = [
    document(
        "strike.txt",
        "Dockers in Arlen have begun a strike over night work. The harbour stands still. He called it a disgrace.",
        title="Strike in the harbour of Arlen",
        day=date(2021, 5, 4),
    ),
    document(
        "talks.txt",
        "Talks about the strike in the harbour of Arlen have failed. Day | Ships | Arlen\n"
        "The strike in Arlen costs 3 million crowns a day, the owners say.",
        title="Talks in Arlen fail",
        day=date(2021, 5, 9),
    ),
    document(
        "end.txt",
        "The strike in the harbour of Arlen is over. Night work is to be paid twice.",
        title="Arlen works again",
        day=date(2021, 6, 1),
    ),
    document(
        "trains.txt",
        "The night train to Borl runs again. Borl paid 4 million crowns for sleeping cars.",
        title="Night trains",
        day=date(2021, 5, 20),
    ),
]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("summarise the red sea crisis", "the red sea"),
        ("Summarize the Black Sea grain deal.", "the Black Sea grain deal"),
        ("Give me a short overview of Sweden's accession to NATO", "Sweden's accession to NATO"),
        ("Please can you write me a memo on Hungary and Sweden?", "Hungary and Sweden"),
        ("timeline of the grain deal", "the grain deal"),
        ("key points on the Suez Canal", "the Suez Canal"),
        ("What do we know about the Galaxy Leader?", "the Galaxy Leader"),
        ("What do the briefings say about Li Shangfu?", "Li Shangfu"),
        ("What is said about the Madrid memorandum?", "the Madrid memorandum"),
        ("what's the latest on Sweden", "Sweden"),
        ("Tell me more about the balloon", "the balloon"),
        ("Please summarise the briefings on the Vilnius summit", "the Vilnius summit"),
        ("summarise the situation", ""),
        ("Summarise the situation (Sudan)?", "Sudan"),
        ("Summarise the Black Sea Grain Initiative (BSGI)", "the Black Sea Grain Initiative"),
        ("Summarise the main events", ""),
        ("Summarize in three bullets", ""),
        ("summary please", ""),
        ("Summarise the resources of the Arctic", "the resources of the Arctic"),
        ("Tell me about Sudan's natural resources", "Sudan's natural resources"),
        ("Tell me about habeas corpus", "habeas corpus"),
        ("Give me a detailed overview of Sudan in five sentences", "Sudan"),
        ("Hi, briefly summarise the grain deal", "the grain deal"),
        ("I would like you to summarise the grain deal", "the grain deal"),
        ("Give me an update on Sudan", "Sudan"),
        ("Any news on Sudan?", "Sudan"),
        ("latest on Sudan", "Sudan"),
        ("What is the latest news from Sudan?", "Sudan"),
        ("What are the key points on the grain deal?", "the grain deal"),
        ("What do your documents say about Sudan?", "Sudan"),
        ("What do we know so far about Sudan?", "Sudan"),
        ("Houthi attacks on ships", "Houthi attacks on ships"),
        ("summarise", ""),
        ("Give me an overview", ""),
        ("what's the latest?", ""),
        ("Give me an overview (Li Shangfu)?", "Li Shangfu"),
        ("what's the latest (Sweden)?", "Sweden"),
        ("What else is known about the Galaxy Leader?", "the Galaxy Leader"),
        ("Please summarise the Red Sea crisis", "the Red Sea"),
        ("As of May 2023, summarise the grain deal", "the grain deal"),
        ("As of June 5, 2023, what is the latest on Sudan?", "Sudan"),
        ("As things stood last month give me a timeline of the grain deal", "the grain deal"),
        ("In two sentences, summarise the grain deal", "the grain deal"),
        ("Please, in one short paragraph, summarise the grain deal", "the grain deal"),
        ("Actually, summarise the grain deal", "the grain deal"),
        ("suez canal revenue", "suez canal revenue"),
        ("Galaxy Leader", "Galaxy Leader"),
        ("Houthi attacks", "Houthi attacks"),
        ("and the Suez Canal?", "the Suez Canal"),
        ("what about wheat prices?", "wheat prices"),
        ("Summarise the briefings", ""),
        ("Give me a summary of all the documents, please", ""),
        ("As of May 2023, who led the talks?", None),
        ("As of May 2023, Austin's summary of the talks", None),
        ("In two words, who is Li?", None),
        ("Tell me about how they met", None),
        ("Tell me who signed", None),
        ("List the three ports", None),
        ("compare Finland and Sweden", None),
        ("China declined the meeting", None),
        ("And it?", None),
        ("And Sweden's?", None),
        ("Did Sweden join?", None),
        ("Sweden and Finland?", None),
        ("the ports of Odesa Chornomorsk and Pivdennyi by name", None),
        ("What did Austin say about Taiwan?", None),
        ("What was written on the balloon?", None),
        ("What do they have on board?", None),
        ("What was said on 5 May 2023?", None),
        ("What do the briefings say on 5 May 2023?", None),
        ("date of Sweden's accession", None),
        ("What is known about the cause of the fire?", None),
        ("Make it shorter", None),
        ("Answer in German", None),
        ("Good morning", None),
        ("that's wrong", None),
        ("And the reason?", None),
        ("And in 2023?", None),
        ("And the last one?", None),
        ("Summarise the strike. When did it end?", None),
        ("Why was the overview of the talks late?", None),
        ("what happened in May 2023?", None),
        ("Summarise what happened with the grain deal", "the grain deal"),
        ("Summarise everything that happened to the Rubymar.", "the Rubymar"),
        ("What do the briefings say about the WHO?", "the WHO"),
        ("Summarise WHO", "WHO"),
        ("WHO", "WHO"),
        ("WHO in Malawi", "WHO in Malawi"),
        ("What is known about who left?", None),
        ("WHO won the cup?", None),
        ("TELL ME ABOUT WHO LEFT", None),
    ],
)
def test_the_topic_of_a_request_for_an_overview(question: str, topic: str | None) -> None:
    assert topic_of(question) == topic


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("summarise the grain deal", True),
        ("tell me about Sweden", True),
        ("the latest on Sweden", True),
        ("Sweden", False),
        ("summarise it", False),
        ("the report", False),
        ("Tell me who signed", False),
    ],
)
def test_only_what_names_its_topic_and_asks_for_an_overview_is_a_request(text: str, asks: bool) -> None:
    assert is_request(text) is asks


def test_the_latest_is_asked_for_by_its_words() -> None:
    assert newest_first("What's the latest on Sweden?")
    assert newest_first("update me on Sweden")
    assert not newest_first("Summarise Sweden's accession")


@pytest.fixture(scope="module")
def answerer() -> ExtractiveAnswerer:
    embedder = TransformerEmbedder(BUNDLED_MODEL)
    corpus = MemoryCorpus(DOCUMENTS, embedder)
    return ExtractiveAnswerer(corpus, embedder, corpus)


def ask(answerer: ExtractiveAnswerer, question: str, time: DateRange | None = None) -> Answer:
    *_, last = answerer.stream(question, question, time=time)
    assert isinstance(last, Done)
    return last.answer


def test_an_overview_goes_from_the_oldest_to_the_newest_briefing_and_tells_of_nothing_else(
    answerer: ExtractiveAnswerer,
) -> None:
    answer = ask(answerer, "Give me an overview of the strike in the harbour of Arlen")
    paths = [citation.source.path for citation in answer.citations]
    assert list(dict.fromkeys(paths)) == ["strike.txt", "talks.txt", "end.txt"]
    first = [next(each.quote for each in answer.citations if each.source.path == path) for path in dict.fromkeys(paths)]
    assert first[0].startswith("Dockers in Arlen")
    assert all(" | " not in citation.quote and citation.words is None for citation in answer.citations)


def test_the_latest_begins_with_the_newest_briefing(answerer: ExtractiveAnswerer) -> None:
    answer = ask(answerer, "What is the latest on the strike in Arlen?")
    assert answer.citations[0].source.path == "end.txt"


def test_of_a_time_only_what_is_of_that_time_is_told(answerer: ExtractiveAnswerer) -> None:
    question = "Give me an overview of the strike in the harbour of Arlen"
    june, before = DateRange(date(2021, 6, 1), date(2021, 6, 30)), DateRange(None, date(2020, 6, 30))
    assert {citation.source.path for citation in ask(answerer, question, june).citations} == {"end.txt"}
    assert ask(answerer, question, before).citations == ask(answerer, question).citations, "then there is nothing"


def test_no_overview_of_what_no_briefing_is_about(answerer: ExtractiveAnswerer) -> None:
    unknown = ask(answerer, "Summarise the elections in Cardona")
    assert (unknown.text, unknown.notes) == (ABSTENTION, ("no briefing names Cardona",))
    assert ask(answerer, "Summarise the prices of sleeping pills").outcome == "abstained"


def test_a_request_without_a_subject_says_what_it_lacks(answerer: ExtractiveAnswerer) -> None:
    answer = ask(answerer, "Summarise the briefings")
    assert answer.outcome == "abstained"
    assert answer.notes == ("an overview needs a subject, as in “summarise the grain deal”",)


HEALTH = [
    document(
        "cholera.txt", "Three per cent is more than the WHO regards as acceptable. Rain is rare.", title="Cholera"
    ),
    document("polio.txt", "Ada Lind of the WHO came to Borl. Who pays is not known. She left in May.", title="Polio"),
    document("trains.txt", "The night train to Borl runs again. Ida Holm of the ILO took it.", title="Trains"),
]


@pytest.fixture(scope="module")
def of_health() -> ExtractiveAnswerer:
    embedder = TransformerEmbedder(BUNDLED_MODEL)
    corpus = MemoryCorpus(HEALTH, embedder)
    return ExtractiveAnswerer(corpus, embedder, corpus)


@pytest.mark.parametrize("question", ["Summarise the WHO", "What do the briefings say about the WHO?"])
def test_an_abbreviation_is_told_of_by_what_names_it(of_health: ExtractiveAnswerer, question: str) -> None:
    assert ask(of_health, question).text.split("\n") == [
        "Three per cent is more than the WHO regards as acceptable.",
        "Ada Lind of the WHO came to Borl.",
    ]


@pytest.mark.parametrize(
    ("topic", "named"), [("the WHO", 2), ("WHO's", 2), ("the ILO", 0), ("Borl", 0), ("WHO in Borl", 0), ("who", 0)]
)
def test_only_an_abbreviation_that_is_named_twice_decides_by_itself(topic: str, named: int) -> None:
    corpus = MemoryCorpus(HEALTH, HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    query = scorer.read(topic)
    assert len(naming(query, scorer.score(query, corpus.retrieve(topic)))) == named


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("This note sets out what became of the strike.", False),
        ("This briefing also lists the demands of the strike.", False),
        ("This report puts the cost of the strike at 3 million crowns.", True),
        ("This strike adds to the cost.", True),
    ],
)
def test_what_a_text_says_of_itself_is_not_told_unless_there_is_nothing_else(sentence: str, kept: bool) -> None:
    embedder = HashingEmbedder()
    text = f"{sentence} The strike of the dockers ended on Monday."
    corpus = MemoryCorpus([document("a.txt", text, title="Strike")], embedder)
    scorer = EvidenceScorer(embedder, corpus)
    found = scorer.score(scorer.read("strike"), corpus.retrieve("strike"))
    assert (sentence in {one.text for one in worth_telling(found, None)}) is kept
    alone = [one for one in found if one.text == sentence]
    assert [one.text for one in worth_telling(alone, None)] == [sentence]
