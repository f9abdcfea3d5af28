"""A claim that states as a fact what its source says is possible, planned, feared or wanted."""

from __future__ import annotations

import re

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.reach import reach

_CUES = re.compile(
    r"\b(?:(?-i:may)|might|could|would|will|shall|should|(?:is|are|was|were)\s+to(?=\s+[a-z])|reportedly|allegedly|alleged|"
    r"apparently|supposedly|purportedly|probably|possibly|perhaps|likely(?:\s+to)?|(?:is|are|was|were)?\s*(?:\w+ly\s+)?"
    r"(?:expect(?:s|ed|ing)?|believ(?:e|es|ed)|thought|rumou?red|due|set|poised)(?:\s+to)?|plan(?:s|ned|ning)?(?:\s+to)?|intend(?:s|ed)?(?:\s+to)?|hop(?:e|es|ed|ing)(?:\s+to)?|"
    r"aim(?:s|ed|ing)?\s+to|threaten(?:s|ed|ing)?(?:\s+to)?|propos(?:e|es|ed|ing)(?:\s+to)?|consider(?:s|ed|ing)?|"
    r"suggest(?:s|ed|ing)?|seem(?:s|ed)?(?:\s+to)?|appear(?:s|ed)?\s+to|estimat(?:e|es|ed)|(?:promis|pledg)(?:e|es|ed)|vow(?:s|ed)?(?:\s+to)?|"
    r"want(?:s|ed)?(?:\s+to)?|ask(?:s|ed)?\s+(?:for|to)|demand(?:s|ed|ing)?|urg(?:e|es|ed)|call(?:s|ed)?\s+for|"
    r"offer(?:s|ed)?\s+to|tr(?:y|ies|ied|ying)\s+to|sought\s+to|if|whether|unless|potential(?:ly)?|prospect\s+of|"
    r"under\s+investigation|said\s+to)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"reportedly|allegedly|apparently|supposedly|purportedly|probably|possibly|perhaps", re.IGNORECASE)


def modality(premise: str, claim: str) -> Finding | None:
    """What the source hedges the claim must hedge; a claim more careful than its source is fine."""
    source = reach(parts_of(premise)[1], _CUES, whole=_WHOLE)
    if source.missed_by(reach(claim, _CUES, whole=_WHOLE), strict=True):
        return Finding("partly", "dropped hedge", "the source does not state it as a fact")
    return None
