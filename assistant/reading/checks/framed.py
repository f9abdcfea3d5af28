"""A claim whose words its source has only behind others that take them back, or leave open whether they are true."""

from __future__ import annotations

import re

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.stretches import sentences
from assistant.reading.checks.terms import keys

_THAT = r"that\b(?!\s+(?:we|I|is|are|was|were|has|have|had)\b)"  # no relative clause
_NO = (
    r"(?:not|n['’]t|no(?:\s+one)?|nobody|none|never|nothing|neither|cannot|without|unable\s+to|yet\s+to\s+be|"
    r"fail\w*\s+to)"
)
# Only what leaves its "that" open: who did not know that it was so says that it was.
_OPEN = (
    r"(?:say|said|claim|stat|believ|think|thought|expect|confirm|verif|prov|show|establish|find|found|suggest|indicat|"
    r"mean|meant|impl|report|announc|agree|accept|evidence|sign|indication|confirmation|reason|guarantee|true|correct|"
    r"case|clear|certain|sure|convinced)\w*"
)
_TAKEN_BACK = re.compile(
    rf"(?:\b|(?=n['’]t)){_NO}\b[^,;:.()]{{0,40}}?\b{_OPEN}\s+(?:\w+\s+){{0,2}}?{_THAT}|"
    r"\b(?:false|untrue|incorrect|wrong|fiction|myth|hoax|lie|nonsense|doubtful|unclear|uncertain|unlikely|impossible|"
    r"(?<!no\s)(?<!not\s)(?:doubt(?:s|ed)?|den(?:y|ies|ied|ying))|reject\w*|dismiss\w*|refut\w*|disput\w*|debunk\w*|contrary\s+to)\b"
    rf"[^,;:.()]{{0,30}}?\b{_THAT}",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(
    r"\b(?:rumou?rs?|allegations?|speculation|stor(?:y|ies)|ideas?|notions?|suggestions?|accusations?|theor(?:y|ies)|"
    rf"possibility|chance|assumption|impression)\s+{_THAT}|"
    r"(?:^|\b(?:the|a|any|such|these|those|of|to|by|despite)\s+(?:\w+\s+)?)"
    rf"(?:claims?|reports?|beliefs?|fears?|hopes?)\s+{_THAT}|"
    r"^(?:had|were|should)\b(?=.*,.*\b(?:would|could|might)\b)|^(?:imagine|suppose|assume|assuming)\b",
    re.IGNORECASE,
)
_WRONG = re.compile(
    r"\b(?:false|untrue|incorrect|wrong|myth|hoax|lie|nonsense|baseless|unfounded|unproven|denied|rejected|dismissed)\b",
    re.IGNORECASE,
)
_END = re.compile(r"[;:()]|,\s*(?:and|but|while)\b")
_LEADS_IN = re.compile(r"(?:contrary|despite|amid|after|while|had|were|should|\w+ing)\b", re.IGNORECASE)
_CAREFUL = re.compile(
    r"\b(?:no|not|never|nobody|none|without|cannot|den(?:y|ies|ied)|false|untrue|wrong|if|would|could|may|might|"
    r"reportedly|allegedly|according\s+to|said|says?)\b|n['’]t\b",
    re.IGNORECASE,
)
_ENOUGH = 0.5  # of a claim's words, to be what stands behind a frame


def framed(premise: str, claim: str) -> Finding | None:
    """What the source has only behind "it is false that", "no evidence that", "rumours that" or in a question.

    Nothing is found where another stretch of the source has as much of the claim, and where the claim itself says no
    or is careful: other checks compare that.
    """
    wanted = keys(claim)
    if not wanted or _CAREFUL.search(claim):
        return None
    plain, behind, worst = 0, 0, None
    for sentence in sentences(parts_of(premise)[1]):
        frame = _TAKEN_BACK.search(sentence) or _LEFT_OPEN.search(sentence)
        asks = sentence.rstrip(" ”\"'’)").endswith("?")
        if frame is None and not asks:
            plain = max(plain, len(wanted & keys(sentence)))
            continue
        start = frame.end() if frame and not asks else 0
        end = len(sentence) if asks else _end_of(sentence, start)
        plain = max(plain, len(wanted & keys(f"{sentence[:start]} {sentence[end:]}")))
        held = len(wanted & keys(sentence[start:end]))
        if held > behind:
            behind, worst = held, _finding(frame, sentence[start:], asks=asks)
    return worst if behind > plain and behind >= _ENOUGH * len(wanted) else None


def _end_of(sentence: str, start: int) -> int:
    """Where what a frame bears on ends: at the comma behind "contrary to rumours that ...", else with the clause."""
    stop = _END.search(sentence, start)
    end = stop.start() if stop else len(sentence)
    comma = sentence.find(",", start, end) if _LEADS_IN.match(sentence) else -1
    return comma if comma >= 0 else end


def _finding(frame: re.Match[str] | None, after: str, *, asks: bool) -> Finding:
    if asks or frame is None:
        return Finding("unsupported", "dropped hedge", "the source only asks whether it is so")
    words = " ".join(frame.group().split()).strip(" ,;:")
    if _TAKEN_BACK.search(frame.group()) or _WRONG.search(after):
        return Finding("unsupported", "negation", f"the source has this only behind “{words}”")
    return Finding("partly", "dropped hedge", f"the source leaves it open: “{words}”")
