"""Yes in a claim and no in its source, or the other way round."""

from __future__ import annotations

import re

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.reach import reach

# Verbs that say no are here with the words of grammar: "declined a meeting" is no meeting.
_CUES = re.compile(
    r"\b(?:not(?!\s+only)|no\s+longer|no(?!\s*\.)|never|none|nobody|nothing|neither|nor|without|cannot|unable\s+to|"
    r"unlikely\s+to|unwilling\s+to|yet\s+to(?:\s+be)?|refus(?:e|es|ed|ing)(?:\s+to)?|declin(?:e|es|ed|ing)(?:\s+to)?(?!\s+(?:by|from)\b)|"
    r"den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|fail(?:s|ed|ing)?\s+to|rebuff(?:s|ed|ing)?|spurn(?:s|ed|ing)?|"
    r"turn(?:s|ed|ing)?\s+(?:it\s+)?down|rul(?:es|ed|ing)\s+out|lack(?:s|ed|ing)?)\b|n['’]t\b",
    re.IGNORECASE,
)


def negation(premise: str, claim: str) -> Finding | None:
    """A word that the source negates must be negated in the claim, and the other way round."""
    source, said = reach(parts_of(premise)[1], _CUES), reach(claim, _CUES)
    if source.missed_by(said):
        return Finding("contradicted", "negation", "the source says no to what the sentence says")
    if any(group.before for group in source.groups):
        return None  # "China declined.": of what, another sentence says
    if said.missed_by(source, strict=bool(source.groups)):
        return Finding("contradicted", "negation", "the sentence says no to what the source says")
    return None
