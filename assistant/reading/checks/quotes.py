"""Words that a claim puts in quotation marks must be words of its source."""

from __future__ import annotations

import re

from assistant.reading.agreement import plain
from assistant.reading.checks.base import Finding, parts_of

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|(?<!\w)[‘']([^‘’']+(?:[’']\w[^‘’']*)*)[’'](?!\w)")
_LEFT_OUT = re.compile(r"\s*(?:\.\.\.|…|\[[^\]]*\])\s*")


def quotes(premise: str, claim: str) -> Finding | None:
    """Every quotation stands word for word in the body of the premise; "..." and "[...]" may leave words out."""
    source = f" {plain(parts_of(premise)[1])} "
    for match in _QUOTED.finditer(claim):
        quoted = next(group for group in match.groups() if group is not None)
        pieces = [plain(piece) for piece in _LEFT_OUT.split(quoted)]
        if any(piece and f" {piece} " not in source for piece in pieces):
            return Finding("unsupported", "fabricated", f"the source does not have the words “{quoted.strip()}”")
    return None
