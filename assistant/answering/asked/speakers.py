"""Whose words are asked for: what the others said of a thing is not what one of them said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.candidates import sentences_around
from assistant.answering.evidence import Evidence
from assistant.answering.subjects import Subject
from assistant.language.pointing_back import points_back
from assistant.reading.checks.names import TITLES, names_in
from assistant.reading.checks.terms import bare

_SAY = (
    r"(?:say|said|tell|told|claim(?:ed)?|think|thought|write|written|announced?|demand(?:ed)?|promised?|answer(?:ed)?|"
    r"repl(?:y|ied)|add(?:ed)?|warn(?:ed)?|argued?|propose[d]?|respond(?:ed)?|comment(?:ed)?|"
    r"call(?:ed)? for|ask(?:ed)? for)"
)
_WHAT_SOMEBODY_SAID = re.compile(
    rf"\b(?:what|how|which \w+)\s+(?:did|does|do|has|have|had)\s+(?P<who>[^?,]{{2,60}}?)\s+{_SAY}\b", re.IGNORECASE
)
_SOMEBODY_SPEAKS = re.compile(r"\b(?:he|she|they|we|i|my|our|his|her)\b", re.IGNORECASE)
_LABEL = re.compile(r"(?=[^:]*\b[A-Z]{3,}\b)(?:[A-Z][\w.’'-]*\s+){0,4}[A-Z][\w.’'-]*\s*(?:\([^)]*\))?:\s+")
_BEGINS_WITH_A_SPEAKER = re.compile(
    r"\W*(?:(?:But|And|Then|Later|Yet)\s)?(?P<who>(?-i:[A-Z])[\w.’'-]+(?:\s(?-i:[A-Z])[\w.’'-]+){0,4})\s"
    rf"(?:(?:also|then|later|has|had)\s)*{_SAY}\b"
)
_ASKS_WHO_SPOKE = re.compile(rf"\b(?:{_SAY}|says|spoke|speaks?|asks?|asked|tells|denies|denied)\b", re.IGNORECASE)
_NOBODY = frozenset("easter christmas ramadan house parliament minister".split())


def names_only_its_speaker(question: str, sentence: str) -> bool:
    """Whether a question asks who did something, and a sentence of a transcript names only who speaks.

    "MINISTER FOR HEALTH: Before Easter." names the minister as who says so.
    """
    label = _LABEL.match(sentence)
    if label is None or _ASKS_WHO_SPOKE.search(question):
        return False
    return not any(bare(term.text) not in _NOBODY | TITLES for term in names_in(sentence[label.end() :]))


def is_of_other_speakers(question: str, names: Sequence[Subject], evidence: Evidence) -> bool:
    """Whether a question asks what somebody said whom it names, and a sentence names others and not them.

    Not where it points back, or has a word like "he" or "we", where a sentence beside it names them, or they wrote it;
    but what begins with another name and a word for saying ("Austin also warned China") is that one's.
    """
    found = _WHAT_SOMEBODY_SAID.search(question)
    speakers = [name for name in names if name.named_in(found["who"])] if found else []
    if not speakers or _names_one(speakers, evidence.in_full):
        return False
    if _is_said_by_another(evidence.text):
        return not _names_one(speakers, evidence.passage.source.author or "")
    if points_back(evidence.text) or _SOMEBODY_SPEAKS.search(evidence.text):
        return False
    return not any(_names_one(speakers, line) for line in _beside(evidence))


def _is_said_by_another(sentence: str) -> bool:
    """Whether a sentence, which names none of those asked about, begins with somebody who speaks."""
    found = _BEGINS_WITH_A_SPEAKER.match(sentence)
    return found is not None and bare(found["who"].split()[0]) not in _NOBODY


def _names_one(speakers: Sequence[Subject], text: str) -> bool:
    return any(speaker.named_in(text) for speaker in speakers)


def _beside(evidence: Evidence) -> Sequence[str]:
    """The sentences around one in its passage, and who and what stands above it."""
    headings = evidence.passage.chunk.locator(evidence.span).headings
    source = evidence.passage.source
    return [source.title, source.author or "", *headings, *sentences_around(evidence.passage, evidence.span)]
