"""What a written sentence that tells no time is understood to be of: the time that the question asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answering.asked.times_asked import row_is_of_another_time, time_asked_about
from assistant.answering.facets import facets_of
from assistant.answering.questions import kind_of
from assistant.language.asking import asking_part
from assistant.language.dates import times_of_question
from assistant.language.rows import is_row
from assistant.reading.checks.calendar_dates import dates
from assistant.types import DateRange, Passage, Span

_ANY_DAY = date(2000, 1, 1)  # whether a question names a time does not depend on the day on which it is asked
# A sentence that tells its time in other words than a date: "a month earlier", "the previous year", "by then".
_WHEN = re.compile(
    r"\b(?:after|ago|before|by|during|earlier|following|former\w*|last|later|next|previous\w*|prior|since|then|until|"
    r"(?:first|second|third|fourth|same|that|this|every|each) (?:half|quarter|day|week|month|year))\b",
    re.IGNORECASE,
)


def is_of_another_time(
    sentence: str, question: str, time: DateRange | None, evidence: Sequence[tuple[Passage, Span]]
) -> bool:
    """Whether a sentence that tells no time is borne out only by rows of tables of another time than is asked about.

    "The index was at 3,072" is true of January, but not as an answer for June. Only rows: of a sentence a date may be
    that of something else in it. In a question of several parts each must ask about a time.
    """
    if time is None or not evidence or dates(sentence) or _WHEN.search(sentence):
        return False
    texts = [passage.chunk.quote(span) for passage, span in evidence]
    if not all(is_row(text) and row_is_of_another_time(text, time) for text in texts):
        return False
    return all(_asks_about(facet.query, time) for facet in facets_of(question))


def _asks_about(part: str, time: DateRange) -> bool:
    named = times_of_question(part, today=_ANY_DAY)
    return bool(named) and time_asked_about(part, kind_of(asking_part(part)), time) is not None
