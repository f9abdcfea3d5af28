"""A reason that a claim gives and its source does not."""

from __future__ import annotations

import re

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.stretches import sentences

_CLAIMED = re.compile(
    r"\b(?:because|due to|owing to|on account of|as a (?:result|consequence)|therefore|thus|hence|consequently|"
    r"caused by|which (?:led|caused)|led to|resulted? (?:in|from)|the reasons?)\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:because|due to|owing to|on account of|therefore|thus|hence|consequently|since|reasons?|why|explain\w*|"
    r"caus(?:e|es|ed|ing)|results?|resulted|resulting|consequences?|(?:led|leads?|leading) to|prompt(?:ed|s|ing)|"
    r"trigger(?:ed|s|ing)|driven by|spurred|sparked|blam(?:e|es|ed|ing)|in (?:response|reply|protest|retaliation)|"
    r"in return|so that|in order to|thanks to|over the|amid|(?<=, )as|forc(?:e|es|ed|ing)|made|as a)\b|[;:–—|]",
    re.IGNORECASE,
)


def causes(premise: str, claim: str) -> Finding | None:
    """Where a claim gives a reason, a sentence of the source with words of it must give one too.

    What comes after something, or stands beside it, is not its reason.
    """
    if not _CLAIMED.search(claim) or any(_GIVEN.search(sentence) for sentence in sentences(parts_of(premise)[1])):
        return None
    return Finding("unsupported", "fabricated", "the source does not give this as the reason")
