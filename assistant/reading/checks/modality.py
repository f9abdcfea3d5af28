"""A claim that states as a fact what its source says is possible, planned, feared or wanted."""

from __future__ import annotations

import re

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.reach import reach
from assistant.reading.checks.terms import key_of

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

_SPAN = r"(?:[\w-]+\s+){1,3}?(?:hours?|days?|weeks?|months?|years?)"
_LEFT_OPEN = (
    rf"\b(?:(?:has|have|had)\s+(?:{_SPAN}|until\s+[\w\s]{{1,30}}?|time)\s+(?:left\s+)?(?:in\s+which\s+)?to|"
    r"(?:rights?|chances?|options?|opportunity|permission|deadline|invitation)\s+to|(?:has|have)\s+(?:yet\s+)?to|"
    r"(?:is|are)\s+(?:able|entitled|allowed|permitted|ready|prepared|willing|about|scheduled|required|free|supposed)\s+to|"
    r"can|must|(?:prepar(?:es?|ed|ing)|decid(?:es?|ing))\s+to)\b"
)
_OPEN = re.compile(_LEFT_OPEN, re.IGNORECASE)
_CAREFUL = re.compile(rf"(?:{_CUES.pattern})|(?:{_LEFT_OPEN})", re.IGNORECASE)
# "has appealed", "have already been sold", "Nordkraft appealed": a participle after a noun is told by its ending alone.
_DONE = re.compile(
    r"\b(?:has|have|had)\s+(?:(?:been|now|already|also|since|just)\s+|\w+ly\s+)*(?P<after>[a-z]\w+)|\b(?P<past>[a-z]\w+ed)\b"
)


def modality(premise: str, claim: str) -> Finding | None:
    """What the source hedges the claim must hedge; a claim more careful than its source is fine.

    What has a term, a right or a duty to be done, or can be, is not thereby done: "has six weeks to appeal".
    """
    body = parts_of(premise)[1]
    source = reach(body, _CUES, whole=_WHOLE)
    if source.missed_by(reach(claim, _CUES, whole=_WHOLE), strict=True):
        return Finding("partly", "dropped hedge", "the source does not state it as a fact")
    possible = reach(body, _OPEN, width=1)
    said = reach(claim, _CAREFUL)
    done = {key_of(match["after"] or match["past"]) for match in _DONE.finditer(claim)}
    firsts = {group.keys[0] for group in possible.groups if group.keys and not group.before}
    if (firsts & done & said.free) - possible.free - said.touched:
        return Finding("partly", "dropped hedge", "the source says only that it may be done, or is to be")
    return None
