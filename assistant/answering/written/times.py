"""What a written sentence without a date is understood to be of: the time that the question asks about."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.asked_for import of_its_time, time_asked_about
from assistant.answering.questions import kind_of
from assistant.language.asking import asking_part
from assistant.reading.checks.calendar_dates import dates
from assistant.types import DateRange, Passage, Span


def is_of_another_time(
    sentence: str, question: str, time: DateRange | None, evidence: Sequence[tuple[Passage, Span]]
) -> bool:
    """Whether a sentence that names no date itself is borne out by nothing of the `time` that the question asks about.

    "The index was at 3,072" is true of January, but not as an answer for June. The rule for rows and numbers is that of
    answers in quotes (`AskedFor`).
    """
    kind = kind_of(asking_part(question))
    asked = time_asked_about(question, kind, time)
    if asked is None or not evidence or dates(sentence):
        return False
    return not any(of_its_time(passage.chunk.quote(span), kind, asked) for passage, span in evidence)
