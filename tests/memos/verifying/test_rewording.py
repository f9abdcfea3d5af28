from __future__ import annotations

from assistant.memos.tag import Footnote
from assistant.memos.verifying.checking import Finding, Quoted
from assistant.memos.verifying.rewording import Marked, rewording

NOTE = Footnote("note")


def _differing(text: str, *quotes: str) -> list[list[str]]:
    """What differs in the sentence, then in each quote."""
    quoted = tuple(Quoted(number, NOTE, words=quote) for number, quote in enumerate(quotes, start=1))
    found = rewording(Finding("sentence", text, "reworded", "", 1, quoted))
    assert [number for number, _ in found.sources] == list(range(1, len(quotes) + 1))
    return [_marks(found.sentence), *(_marks(quote) for _, quote in found.sources)]


def _marks(marked: Marked) -> list[str]:
    return [span.of(marked.text) for span in marked.differs]


def test_the_words_that_the_other_does_not_have_differ() -> None:
    assert _differing("Brekke was dismissed in June.", "Brekke had left in June, they say.") == [
        ["was dismissed"],
        ["had left", "they say."],
    ]


def test_capitals_and_marks_around_words_are_no_difference_and_the_order_is() -> None:
    assert _differing("Today “ships” wait", "today, ships wait.") == [[], []]
    assert _differing("In May all ships wait.", "All ships wait in May.") == [["In May"], ["in May."]]


def test_of_two_sources_a_word_of_either_does_not_differ() -> None:
    assert _differing("Ships wait and trains run late.", "Ships wait.", "Trains run.") == [["and", "late."], [], []]


def test_a_footnote_whose_words_are_gone_is_left_out_and_what_is_wholly_other_is_not_marked() -> None:
    gone = rewording(Finding("sentence", "Who won?", "reworded", "", 1, (Quoted(1, NOTE),)))
    assert (gone.sentence, gone.sources) == (Marked("Who won?"), ())
    assert _differing("Trains run.", "Ships wait.") == [[], []]


def test_a_very_long_text_is_not_compared() -> None:
    assert _differing("a " * 1_001, "a b") == [[], []]
