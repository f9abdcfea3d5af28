from __future__ import annotations

import pytest

from assistant.answering.questions import Kind, holds, kind_of


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who chaired the talks?", "person"),
        ("When were the talks?", "time"),
        ("In what year did the talks end?", "time"),
        ("Where were the talks held?", "place"),
        ("Which country hosted the talks?", "place"),
        ("How many ships sailed?", "number"),
        ("What percentage of voters agreed?", "number"),
        ("why did the talks fail", "reason"),
        ("On what grounds was the claim thrown out?", "reason"),
        ("What was the reason for the delay?", "reason"),
        ("How did the ship sail?", "means"),
        ("What is a frigate?", "other"),
        ("What happened when the ship sailed?", "other"),
        ("Which rule tells how ships sail?", "other"),
        ("What did the crew know, and when did they know it?", "time"),
        ("After the storm, which broke the pier, when did the ship sail?", "time"),
        ("TALKS", "other"),
    ],
)
def test_the_question_word_tells_what_is_asked_for(question: str, kind: Kind) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("When did the ship sail?", "The ship sailed on 3 May.", "The ship sailed at last."),
        ("When did the ship sail in 2019?", "In 2019 it sailed in May.", "In 2019 the ship sailed."),
        ("How many ships sailed?", "Seven ships sailed.", "The ships sailed."),
        ("How many of the 9 ships sailed?", "Of 9 ships 4 sailed.", "The 9 ships sailed."),
        ("Who led the ship?", "It was led by Ida Holm.", "It was led by a woman."),
        ("Who followed Ida Holm?", "After Ida Holm came Per Dahl.", "They followed Ida Holm."),
        ("Why did it not sail?", "It stayed because of a storm.", "It stayed in the harbour."),
        ("Why did it not sail?", "The crew was unwilling to go.", "The crew was on board."),
    ],
)
def test_a_sentence_with_something_new_of_the_asked_kind_is_better(question: str, better: str, worse: str) -> None:
    kind = kind_of(question)
    assert holds(kind, better, question) > holds(kind, worse, question)
