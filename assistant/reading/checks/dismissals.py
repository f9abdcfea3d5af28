"""A claim that somebody was put out of an office who only left it by its source, or the other way round."""

from __future__ import annotations

import re

from assistant.reading.checks.base import Finding, parts_of

_AUXILIARY = r"(?:was|were|been|being|is|are|got)\s+(?:\w+ly\s+)?"
_PUT_OUT = re.compile(rf"\b{_AUXILIARY}(?:dismissed|sacked|fired(?!\s+(?:at|on|from|by))|ousted)\b", re.IGNORECASE)
_PUTS_OUT = re.compile(
    r"\b(?:dismiss\w*|sack(?:s|ed|ing)?|fir(?:e|es|ed|ing)|oust\w*|remov\w*|reliev\w*|replac\w*|expel\w*|forced|pushed|"
    r"thrown|threw|suspend\w*|let\s+go|lost\s+(?:his|her|their)|purg\w*|depos\w*|voted\s+out|terminat\w*|"
    r"reject\w*|turned\s+down|struck|denied)\b",
    re.IGNORECASE,
)  # in any of these words, or of an appeal that was dismissed
_WENT = re.compile(
    r"\b(?:(?:had|has|have)\s+left|left\s+(?:the\s+(?:company|board|post|office|firm|party|government|job|bank|ministry)|"
    r"(?:his|her|their|its)\s+(?:post|office|job|position))|resign(?:s|ed|ing|ation)?|quit|"
    r"(?:step|stepped|stepping|steps)\s+(?:down|aside)|departed|retired)\b",
    re.IGNORECASE,
)
_BY_CHOICE = re.compile(r"\b(?:resigned|stepped\s+(?:down|aside)|retired)\b", re.IGNORECASE)


def dismissals(premise: str, claim: str) -> Finding | None:
    """Who left after a dispute was not thereby dismissed, and who was dismissed did not resign."""
    source = parts_of(premise)[1]
    went = _WENT.search(source)
    if went and _PUT_OUT.search(claim) and not _PUTS_OUT.search(source):
        return _contradicted(went.group())
    out = _PUT_OUT.search(source)
    if out and _BY_CHOICE.search(claim) and not _WENT.search(source):
        return _contradicted(out.group())
    return None


def _contradicted(there: str) -> Finding:
    return Finding("contradicted", "fabricated", f"the source says only “{' '.join(there.split())}”")
