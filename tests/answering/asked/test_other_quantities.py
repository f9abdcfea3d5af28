"""What is told of the second round does not answer for the third."""

from __future__ import annotations

import pytest

from assistant.answering.asked.other_quantities import of_another_quantity

SECOND = "The second round of talks in Borl ended with a ceasefire."


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("What was agreed in the third round of talks?", SECOND, True),
        ("What was agreed in the second round of talks?", SECOND, False),
        ("What was agreed in the talks?", SECOND, False),
        ("What was agreed in the third round?", "The second round led to a truce, the third to a treaty.", False),
        ("What was agreed in the third round?", "The round that followed the second round led to a truce.", False),
        ("What did the 3rd package ban?", "The 2nd package banned coal.", True),
        ("What did the third package ban?", "The third package banned coal.", False),
        (
            "What does a family with an income below $38,000 pay?",
            "Families with incomes below $60,000 pay nothing.",
            True,
        ),
        ("What does a family with an income below $38,000 pay?", "Families with incomes above $60,000 pay all.", False),
        ("What debate lasts 55 minutes?", "The members' debate lasts 45 minutes.", True),
        ("Which two ships were hit?", "Three ships were hit.", False),
        ("What three things did they ask for?", "They asked for two things.", False),
        ("Where will it be in 25 years?", "In 20 years it will be here.", False),
        ("Who lived there in the 18th century?", "In the 17th century monks lived there.", False),
        ("What was spent in the 2012/2013 season?", "In the 2012/13 season a million was spent.", False),
        ("What is the final of Stage 4?", "Stage 3 is the final of it.", False),
    ],
)
def test_a_sentence_with_another_number_of_the_same_things_is_no_answer(
    question: str, sentence: str, other: bool
) -> None:
    assert of_another_quantity(question, sentence, sentence) is other


def test_a_passage_that_has_the_number_may_go_on_with_it() -> None:
    around = f"{SECOND} Then came the third round. It failed."
    assert not of_another_quantity("What was agreed in the third round of talks?", SECOND, around)
