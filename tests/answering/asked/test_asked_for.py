"""A sentence that lacks what a question asks for by its name, amount or time is no evidence, however near it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.asked.asked_for import AskedFor, asked_for
from assistant.answering.evidence import Evidence
from assistant.answering.query import Query
from assistant.answering.questions import kind_of
from assistant.answering.scoring import EvidenceScorer
from assistant.answering.subjects import Subject, subjects_of
from assistant.embedding.hashing import HashingEmbedder
from assistant.types import DateRange, Span
from tests.answering.memory import MemoryCorpus, document

JUNE = DateRange(date(2024, 6, 1), date(2024, 6, 30))


def asked(question: str, time: DateRange | None, subjects: Sequence[Subject] = ()) -> AskedFor:
    """What is asked for by a question about these subjects."""
    return asked_for(Query(question, kind_of(question), {}, tuple(subjects)), time)


def sentence(text: str, words: str | None = None) -> Evidence:
    """The text as the first sentence of a document's evidence; `words` are those that a reader holds for the answer."""
    corpus = MemoryCorpus([document("one.txt", text)], embedder := HashingEmbedder())
    scorer = EvidenceScorer(embedder, corpus)
    [found] = scorer.score(scorer.read(text), corpus.retrieve(text))
    start = text.index(words) if words else 0
    return replace(found, answer=Span(start, start + len(words)) if words else None)


@pytest.mark.parametrize(
    ("question", "text", "words", "holds"),
    [
        ("What is the name of the journalist?", "The court freed a Turkish journalist.", "a Turkish journalist", False),
        ("What is the name of the journalist?", "The court freed a Turkish journalist.", None, False),
        ("What is the name of the journalist?", "The court freed Bülent Keneş.", "Bülent Keneş", True),
        ("What is the name of the journalist?", "The court freed the journalist Bülent Keneş.", None, True),
        ("What was the ship's name?", "The Razoni left the port of Odesa.", "The Razoni", True),
        ("What is the name of Roosevelt's policy?", "It is known as interventionism.", "interventionism", True),
        ("Which company bought the corn?", "A private company bought all the corn.", "A private company", True),
        ("What is the name of France's colony in the New World?", "Few settled in New France.", "New France", True),
        ("What is the name of the bridge?", "The crossing is called the gate.", "the gate", True),
        ("What is the name of the bridge?", "They met at the gate.", "the gate", False),
        ("How long has the pier been shut?", "It was shut in 2019.", None, True),
        ("How much success did the expedition have?", "The expedition was a disaster.", None, True),
        ("How many of the roads were damaged?", "All of the roads were damaged.", None, True),
        ("What is it called when a pier is shut?", "It is called a closure.", None, True),
        ("How long did the call last?", "The two generals spoke by video on Thursday.", None, False),
        ("How long did the call last?", "The two generals spoke for 75 minutes.", None, True),
        ("How long did the call last?", "The call was held between 2 May 2023 and 3 May 2023.", None, True),
        ("For how long was it extended?", "The parties do not agree for how long.", None, True),
        ("How long will the talks stay cancelled?", "Nobody in Beijing knows how long that will be.", None, True),
        ("How long did the call last?", "He spoke of the years between 2019 and 2022.", None, True),
        ("How long did the call last?", "The sanctions named aircraft in 2017 and missiles in 2018.", None, False),
        ("How long is the pier?", "It is 120m long.", None, True),
        ("How long did they meet?", "It was their first talk at length since November 2022.", None, False),
        ("How long has the pier been shut?", "It has been shut since November 2022.", None, True),
        ("How many days did it take?", "The inspection of the ship was thorough.", None, False),
        ("How old is Admiral Dong?", "Austin and Admiral Dong met on 31 May 2024 for 75 minutes.", None, False),
        ("How old is Admiral Dong?", "Admiral Dong, 62, met Austin in Singapore.", None, True),
        ("How old was he when he resigned?", "He resigned at 62.", None, True),
        ("How old is the pier?", "The pier was built in 1904.", None, True),
        ("How much did China pay for the aircraft?", "China bought ten Su-35 aircraft in 2017.", None, False),
        ("How much did China pay for the aircraft?", "The aircraft came for $2.5 billion.", None, True),
        ("How much did China pay for the aircraft?", "China got the ten aircraft for nothing.", None, True),
        ("How much did the repairs cost?", "Work: repairs | Cost (thousands): 120", None, True),
        ("How much time did he spend in Beijing?", "He stayed there until Friday.", None, True),
        ("Who was the captain of the Galaxy Leader?", "Houthi fighters boarded the Galaxy Leader.", None, False),
        ("Who was the captain of the Galaxy Leader?", "The captain called the owners from his cabin.", None, True),
        ("Who was the captain of the Galaxy Leader?", "Lyubomir Chanev steered the Galaxy Leader.", None, True),
        ("Who boarded the Galaxy Leader?", "Houthi fighters boarded the Galaxy Leader.", None, True),
        ("When was Borl Trade registered?", "Borl Trade is a company of Arlen.", None, False),
        ("When was Borl Trade registered?", "Borl Trade was registered after the storm.", None, True),
        ("When was Borl Trade registered?", "Borl Trade was registered on Monday.", None, True),
        ("When was Borl Trade registered?", "# Note 7/2024\nBorl Trade is a company of Arlen.", None, False),
        ("When was Borl Trade registered?", "# 3 May 2024\nBorl Trade is a company of Arlen.", None, True),
        ("When was Borl Trade registered?", "Borl Trade was not registered.", None, True),
        ("When was the ladder built?", "Part: Fish ladder | Cost: 41 | Paid by: Arlen", None, False),
        ("When was the ladder built?", "Part: Fish ladder | Cost: 41 | Built: 2019", None, True),
        ("When was the ladder built?", "Part: Fish ladder | Cost: 41 | Opened: 3 May", None, True),
        ("How many ships came?", "The harbour counted them every morning.", None, False),
        ("How many ships came?", "The harbour counted several of them every morning.", None, True),
        ("How many ships came?", "A party came to the city for the treaty.", None, False),
        ("How many ships came?", "Ninety-two came to the city.", None, True),
        ("How many ships came?", "No ship came.", None, True),
        ("How many died when the Arlen was fired on?", "The Arlen was not fired upon.", None, True),
        ("How many died when the Arlen was fired on?", "The Arlen was near Borl.", None, False),
        ("How many of the 725,000 tonnes went to Borl?", "The 725,000 tonnes went to Arlen and Borl.", None, False),
        ("How many of the 725,000 tonnes went to Borl?", "Borl got 12,000 of the 725,000 tonnes.", None, True),
        ("How many carriers went round?", "Maersk, MSC and Hapag-Lloyd went round the Cape.", None, True),
        ("How much does Arlen depend on its harbour?", "Arlen depends heavily on its harbour.", None, True),
        ("Who is the leader of the Houthis?", "Abdul-Malik al-Houthi spoke on Monday.", None, True),
        ("Who is the leader of the crew?", "Fighters boarded the Galaxy Leader, and its crew fled.", None, False),
        ("Who is the minister of Arlen?", "In Arlen the Prime Minister, called Holm, spoke.", None, True),
        ("Who is the leader of the crew?", "Leader of the crew is a man from Borl.", None, True),
        ("Who is the chief of the harbour?", "Željko Šefčovič runs the harbour.", None, True),
        ("Who is the chief of the harbour?", "The Houthis, Hamas and Iran want the harbour.", None, False),
        ("How close did the ship come?", "The ship cut across the bow of the ferry.", None, False),
        ("How close did the ship come?", "The ship came within 140 metres of the ferry.", None, True),
        ("Who came to Borl, and how many ships?", "The mayor of Arlen came.", None, True),
        ("What share of the crew came home?", "The whole crew hoped to come home.", None, False),
        ("What share of the crew came home?", "Two in five came home.", None, True),
    ],
)
def test_what_is_asked_for_must_be_there(question: str, text: str, words: str | None, holds: bool) -> None:
    one = sentence(text, words)
    assert asked(question, None).among([one]) == ([one] if holds else [])


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        (
            "How many ships passed in June 2024?",
            "Month: 2024-04 | Ships: 1124 | Reported by: Informare, June 2024",
            False,
        ),
        ("How many ships passed in June 2024?", "Month: 2024-06 | Ships: 1100 | Reported by: Informare", True),
        ("Which ships passed in June 2024?", "Month: 2024-04 | Ships: 1124 | Reported by: Informare", False),
        ("How many ships passed in June 2024?", "In May 2024 there were 1,111 ships in the canal.", False),
        ("How many ships passed in June 2024?", "In the first half of 2024 there were 7,000 ships.", True),
        ("How many ships passed in June 2024?", "There were 1,111 ships in the canal in June.", True),
        ("How many ships passed in June 2024?", "There were 1,111 ships in the canal in May.", False),
        ("How many ships passed in June 2024?", "There were 1,111 ships in the canal on Monday.", True),
        ("How many ships passed in June 2024?", "There were 1,111 ships in the canal.", True),
        ("Why did ships stay away in June 2024?", "Ships avoid the strait since the attacks of May 2024.", True),
    ],
)
def test_figures_of_another_time_do_not_answer(question: str, text: str, holds: bool) -> None:
    one = sentence(text)
    assert asked(question, JUNE).among([one]) == ([one] if holds else [])
    assert asked(question, None).among([one]) == [one]


@pytest.mark.parametrize(
    "question",
    [
        "How many ships came after Russia left the deal in June 2024?",
        "After Russia left the deal in June 2024, how many ships came?",
        "How many ships came before the U.S. left the deal in June 2024?",
        "How many ships have come since the seizure of the Galaxy Leader on 19 June 2024?",
        "How many ships came by the time the deal ended on 19 June 2024?",
        "As of July 2024, how many ships came following the attack of 19 June 2024?",
        "Which ships came after Russia left the deal in June 2024?",
        "How many ships came under the agreement signed on 19 June 2024?",
        "How many states have ratified the treaty that was signed on 19 June 2024?",
        "How many soldiers died in the war that began on 19 June 2024?",
    ],
)
def test_a_time_that_only_tells_which_event_is_meant_throws_out_no_figure(question: str) -> None:
    row = sentence("Month: 2024-09 | Ships: 1124 | Reported by: Informare")
    told = sentence("On 13 September 2024 the hundredth ship left through the corridor.")
    assert asked(question, JUNE).among([row]) == [row]
    assert asked(question, JUNE).among([told]) == [told]


def test_a_row_is_of_the_day_in_any_cell_that_is_a_date() -> None:
    hit = sentence("Ship: Galaxy Leader | Date hit: 19 November 2023 | Outcome: seized")
    june = sentence("Ship: Tutor | Date hit: 12 June 2024 | Outcome: sunk")
    undated = sentence("Quantity: food | Figure: 33 million tonnes | Given by: the UN, 21 July")
    assert asked("Which ship was hit in June 2024?", JUNE).among([hit, june, undated]) == [june, undated]


@pytest.mark.parametrize(
    "question",
    [
        "How many ships came in June 2024 under the deal?",
        "How many ships came under the deal in June 2024?",
        "How many ships came since 1 June 2024?",
        "How many ships came before the end of June 2024?",
        "How many of the following ships came in June 2024?",
        "Had as many ships ever come before in June 2024?",
        "How many ships have the Houthis seized in June 2024?",
        "From where were the drones launched on 19 June 2024, and how many?",
        "How many ships were seized in June 2024?",
        "After the end of the deal, how many ships came in June 2024?",
        "After the end of the deal how many ships came in June 2024?",
        "Since the end of the deal did more ships come in June 2024?",
        "Russia came back after talks. In June 2024 how many ships left?",
        "Which ships came under the agreement signed on 19 June 2024?",
        "How many ships came in June 2024 after Russia left the deal on 17 July 2023?",
        "After Russia left the deal on 17 July 2023, how many ships came in June 2024?",
    ],
)
def test_a_time_beside_that_of_an_event_is_asked_about(question: str) -> None:
    assert asked(question, JUNE).among([sentence("Month: 2024-04 | Ships: 1124 | Reported by: Informare")]) == []


def test_a_time_without_an_end_takes_all_that_is_earlier() -> None:
    one = sentence("In May 2024 there were 1,111 ships in the canal.")
    assert asked("How many ships passed until June 2024?", DateRange(None, JUNE.end)).among([one]) == [one]
    assert asked("How many ships passed since June 2024?", DateRange(JUNE.start, None)).among([one]) == []


def test_a_passage_counts_no_longer_for_the_sentence_that_was_left_out() -> None:
    text = "The court freed a Turkish journalist. A lawyer called Lindqvist spoke of a victory."
    corpus = MemoryCorpus([document("one.txt", text)], embedder := HashingEmbedder())
    scorer = EvidenceScorer(embedder, corpus)
    found = scorer.score(scorer.read(text), corpus.retrieve(text))
    read = [replace(one, read=3.0 if "Turkish" in one.text else -2.0, relevance=4.0) for one in found]
    [left] = asked("What is the name of the journalist?", None).among(read)
    assert "Lindqvist" in left.text
    assert left.relevance == -2.0
    assert asked("Who is the journalist?", None).among(read) == read
    lawyer_best = [replace(one, read=-one.read) for one in read]
    [left] = asked("What is the name of the journalist?", None).among(lawyer_best)
    assert left.relevance == 4.0


def test_a_row_of_a_table_is_about_the_names_in_its_cells_and_heads() -> None:
    text = "# Polls\n\nPollster: Yle | Margin: 2.5 points\n\nPollster: EVA | Sample: 2088"
    corpus = MemoryCorpus([document("polls.txt", text, title="Polls in Finland")], embedder := HashingEmbedder())
    scorer = EvidenceScorer(embedder, corpus)
    rows = scorer.score(scorer.read("What margin?"), corpus.retrieve("margin"))

    def left(question: str) -> set[str]:
        wanted = asked(question, None, subjects_of(question, corpus.document_frequency))
        return {one.text.split(" |")[0] for one in wanted.among(rows)}

    assert left("What is the margin of error of EVA?") == {"Pollster: EVA"}
    assert left("How far are EVA and Yle apart?") == {"Pollster: EVA", "Pollster: Yle"}
    assert left("What is the margin of error in Finland?") == {"Pollster: EVA", "Pollster: Yle"}


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("A note said that Estmark lifted the ban in May.", True),
        ("The ban was said to be lifted by Carvonia in May.", False),
        ("The price of tin rose in May.", False),
    ],
)
def test_what_is_told_of_others_is_known(text: str, others: bool) -> None:
    assert asked("When did Carvonia lift the ban?", None).is_told_of_others(sentence(text)) is others
