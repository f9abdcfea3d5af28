"""Evidence that was not sure enough to answer, looked at by a second reader whose every word must stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.asked.times_asked import may_be_of
from assistant.answering.evidence import Evidence
from assistant.language.words import content_words
from assistant.types import DateRange, Span

PASSAGES_LOOKED_AT = 4
"""How many passages a second reader is given, best first."""

LIKELIER = 3.0
"""How many times as often a second reader points at a sentence where the briefings answer as where they do not.

Measured with a model of 1.5 billion weights on the development half of the golden cases, see `docs/quality.md`. Larger
models should do better: who has one can measure it and say so (`llm_likelier` of the settings).
"""

_NAMES = 0.5
_AS_TYPED = str.maketrans("’‘“”–—", "''\"\"--")  # models write one for the other
_AROUND = " \t\"'*`-•"


def odds_raised(probability: float, likelier: float) -> float:
    """The probability that the briefings answer, once a second reader has pointed at a sentence.

    `likelier` is the likelihood ratio of Bayes' rule (see `SecondReader.likelier`).
    """
    return likelier * probability / (likelier * probability + 1.0 - probability)


def pointed_at(copied: Sequence[str], evidence: Sequence[Evidence], time: DateRange | None) -> list[Evidence]:
    """The sentences in which what was copied stands word for word, each with those words as its answer.

    For each text the best sentence that holds it; `evidence` is sorted, best first. A text without a word of content
    ("No") is in too many sentences to point at one. A sentence about something else is none, whoever points at it: its
    surroundings must hold more than half of the question's names, and it no other time than the one asked about.
    """
    about = [one for one in evidence if one.names > _NAMES and (time is None or may_be_of(one.text, time))]
    found: dict[tuple[str, Span], Evidence] = {}
    for text in copied:
        wanted = text.translate(_AS_TYPED).strip(_AROUND).rstrip(".")
        if not content_words(wanted):
            continue
        pattern = re.compile(
            r"(?<!\w)(?<!\d[.,])" + r"\s+".join(map(re.escape, wanted.split())) + r"(?!\w)(?![.,]\d)", re.IGNORECASE
        )
        for one in about:
            match = pattern.search(one.text.translate(_AS_TYPED))
            if match:
                words = Span(match.start(), match.end()).shifted(one.span.start)
                found.setdefault((one.passage.chunk.document_id, one.span), replace(one, answer=words))
                break
    return list(found.values())
