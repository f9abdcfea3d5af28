"""Yes in a claim and no in its source, or the other way round."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language.written_dates import MONTH_NAME
from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.reach import reach

# What follows "declined" where it means "fell"; "declined in part because" and "declined for want of time" refuse.
_FELL = (
    rf"(?!\s+(?:by|from|since|further|sharply|steeply|steadily|slightly|markedly|significantly|rapidly|gradually)\b|"
    rf"\s+to\s+(?:(?:about|around|almost|just|below|under|only|some|its|their)\s+)*[\d$€£]|"
    rf"\s+(?:in|during|over|for)\s+(?:the\s+)?(?:{MONTH_NAME}\b|\d|(?:first|second|third|fourth|last|past|next)\b|"
    rf"(?:two|three|four|five|six|seven|eight|nine|ten|several|some)\s+(?:days|weeks|months|quarters|years)))"
)

CUES = re.compile(
    r"\b(?:not(?!\s+only)|no\s+longer|no(?!\s*\.|\s+(?:more|fewer|less|later)\s+than\b)|never|none|nobody|nothing|"
    r"neither|nor|without|cannot|unable\s+to|unlikely\s+to|unwilling\s+to|yet\s+to(?:\s+be)?|"
    rf"refus(?:e|es|ed|ing)(?:\s+to)?|declin(?:ed|ing){_FELL}(?:\s+to)?|"
    rf"declines?{_FELL}(?!\s+(?:in|of)\b)(?:\s+to)?|den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|fail(?:s|ed|ing)?\s+to|"
    r"rebuff(?:s|ed|ing)?|spurn(?:s|ed|ing)?|turn(?:s|ed|ing)?\s+(?:[\w'’]+\s+){0,3}?down|rul(?:es|ed|ing)\s+out|"
    r"lack(?:s|ed|ing)?|(?:stop(?:s|ped)?|ceas(?:es|ed))(?=\s+\w+ing\b))\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words that say no, verbs among them: "declined a meeting" is no meeting. "A decline in trade" is another thing."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A word (its key) of which one of two texts says yes and the other no: the source where `by_source`."""

    key: str
    by_source: bool


def denial(source: str, said: str) -> Denial | None:
    """A word that the source negates and what is said does not, or the other way round; the source's come first."""
    there, here = reach(source, CUES), reach(said, CUES)
    key = there.missed_by(here)
    if key:
        return Denial(key, by_source=True)
    if any(group.before for group in there.groups):
        return None  # "China declined.": of what, another sentence says
    key = here.missed_by(there, strict=bool(there.groups))
    return Denial(key, by_source=False) if key else None


def negation(premise: str, claim: str) -> Finding | None:
    """A word that the source negates must be negated in the claim, and the other way round."""
    found = denial(parts_of(premise)[1], claim)
    if found is None:
        return None
    reason = "the source says no to what the sentence says"
    return Finding(
        "contradicted",
        "negation",
        reason if found.by_source else "the sentence says no to what the source says",
    )
