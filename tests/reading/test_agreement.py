import pytest

from assistant.reading.agreement import coverage, missing_names, missing_numbers, negations_differ, plain, verbatim


@pytest.mark.parametrize(
    ("premise", "hypothesis", "missing"),
    [
        ("It cost $60,000 on 30 May.", "On May 30, 60000 dollars were paid.", set()),
        ("Two ships left.", "2 ships left.", set()),
        ("Ninety days passed.", "After 90 days", set()),
        ("A rise of 32.9 percent", "A rise of 32 percent", {"32"}),
        ("In 2023", "In 2024, one ship", {"2024"}),
        ("The 1st of 2023", "2023-01-01", {"01"}),
        ("It paid $19m.", "It paid 19 million.", set()),
    ],
)
def test_numbers_that_the_premise_does_not_have(premise: str, hypothesis: str, missing: set[str]) -> None:
    assert missing_numbers(premise, hypothesis) == missing


@pytest.mark.parametrize(
    ("premise", "hypothesis", "missing"),
    [
        ("China refused.", "The Chinese side refused.", set()),
        ("Li met Austin.", "Then Austin met Dong.", {"Dong"}),
        ("They met.", "Talks resumed.", set()),
        ("They met in Paris.", "MINISTERS MEET IN PARIS", set()),
        ("they met", "Austin Meets Dong In Singapore", set()),
    ],
)
def test_names_that_the_premise_does_not_have(premise: str, hypothesis: str, missing: set[str]) -> None:
    assert missing_names(premise, hypothesis) == missing


@pytest.mark.parametrize(
    ("premise", "hypothesis", "differ"),
    [
        ("China met Austin.", "China did not meet Austin.", True),
        ("China declined to meet.", "China didn’t meet.", False),
        ("He never said no.", "He said it.", False),  # two negations cancel
        ("Nothing was said.", "It was said.", True),
    ],
)
def test_negations(premise: str, hypothesis: str, differ: bool) -> None:
    assert negations_differ(premise, hypothesis) is differ


def test_coverage_counts_each_stem_once() -> None:
    assert coverage(["ship", "left"], ["ship", "ship", "fire"]) == 0.5
    assert coverage(["ship"], []) == 0.0


@pytest.mark.parametrize(
    ("premise", "claim", "stands"),
    [
        ("The harbour was closed. Ships wait.", "the harbour was closed", True),
        ("The harbour was closed. Ships wait.", "The harbour was closed; ships wait.", True),
        ("Depth: 3.5 metres | Port: Arlen", "Port: Arlen", True),
        ("He said: “The harbour is closed.”", "The harbour is closed.", True),
        ("- The U.S. ship left at 5 p.m. on Monday", "The U.S. ship left at 5 p.m. on Monday.", True),
        ("The wife of the minister resigned.", "The minister resigned.", False),
        ("China declined to comment.", "China declined.", False),
        ("A drone launched by enemies of Iran attacked the ship.", "Iran attacked the ship.", False),
        ("Only half of the harbour was closed on Monday.", "The harbour was closed on Monday.", False),
    ],
)
def test_a_claim_stands_in_its_source_from_border_to_border(premise: str, claim: str, stands: bool) -> None:
    assert verbatim(premise, claim) == (1.0 if stands else None)


def test_verbatim_compares_words_only() -> None:
    assert plain("“China’s\n no,”  he said…") == plain("china’s no he SAID")


def test_a_sign_is_no_punctuation() -> None:
    assert verbatim("Growth was -5.2 per cent in March.", "Growth was 5.2 per cent in March.") is None
    assert verbatim("Growth was -5.2 per cent in March.", "Growth was −5.2 per cent in March.") == 1.0
    assert verbatim("The talks of 2022-23 failed.", "The talks of 2022–23 failed.") == 1.0
