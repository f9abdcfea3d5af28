from __future__ import annotations

from assistant.memos.verifying.lines import lines_of

TEXT = (
    "# Ships wait\r\n\r\nShips *wait*.[^1] They sail\r\non Monday.\r\n\r\n"
    "- Trains \\[fast\\] run.\r\n\r\n[^1]: “Ferries sink.”\r\n"
)


def test_the_line_is_that_of_the_first_word_whatever_marks_stand_between() -> None:
    said = ["Ships wait.", "They sail on Monday.", "Trains [fast] run."]
    assert lines_of(TEXT, said) == [3, 3, 6]


def test_a_heading_a_footnote_and_what_is_not_there_have_no_line() -> None:
    assert lines_of(TEXT, ["Ferries sink.", "…", "Ships wait.", "Ships wait.", "on"]) == [None, None, 3, None, 4]
