"""Who says it: a claim that gives the words of one speaker to another, or states as a fact what somebody said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.names import names_in
from assistant.reading.checks.stretches import sentences
from assistant.reading.checks.terms import COUNTRIES, keys, terms

_SAYS = (
    r"(?:said|says|saying|stated|states|claimed|claims|reported|reports|announced|announces|added|adds|argued|argues|"
    r"insisted|insists|warned|warns|noted|notes|told|tells|wrote|writes|replied|replies|answered|answers|confirmed|confirms|"
    r"estimated|estimates|believed|believes?|holds?|held|acknowledged|explained|stressed|declared|asserted|maintained|"
    r"underlined|reaffirmed|repeated|suggested|suggests|asked|called|calls|described|describes|accused|accuses|"
    r"denied|denies|counted|counts|puts?|gives?|gave|spoke|complained|regretted|expects?|expected|mentioned|pointed|quoted|quotes)"
)
_SPEAKS = re.compile(rf"\b{_SAYS}\b")
_ACCORDING = re.compile(
    r"\b(?:according to|as (?:reported|quoted|told) by|in the words of)\s+(?P<who>[^,;.]+)", re.IGNORECASE
)
_TAIL = re.compile(
    rf"[,”\"]\s+(?:(?P<verb>{_SAYS})\s+(?P<after>(?!that\b)[^,;]{{2,60}})|"
    r"(?P<before>[^,;]{2,80}?)\s+(?:\w+ly\s+)?(?:said|says|reports?|notes?|adds?|reported|noted|added|wrote|writes|"
    r"(?:told|tells) [^,;.]{2,40}))\s*\.?$"
)
_OPENS = re.compile(r"[;:]\s+|,\s+(?:and|but|while|whereas)\s+")
_POINTS_BACK = re.compile(r"(?:he|she|they|it)$", re.IGNORECASE)
_NOBODY = re.compile(r"(?:which|who|that|nobody|no one|none|what)\b|$", re.IGNORECASE)
_NOT_SPOKEN = re.compile(
    r"\b(?:was|were|is|are|be|been|being|to|not|can|could|may|might|must|should|would|will|longer|never|did|do|does|nobody)\s*$",
    re.IGNORECASE,
)
_PAPERS = frozenset("brief passag sourc document report text articl".split())
_NEEDED = 0.5  # of a claim's words, to be the content of what somebody says


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody says: the speaker as written, the keys of the words that name them, and of what is said."""

    speaker: str
    named: frozenset[str]
    content: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """The speaker's own names, without countries, which many speakers share."""
        return frozenset(term.key for term in names_in(f"by {self.speaker}")) - COUNTRIES


def attribution(premise: str, claim: str) -> Finding | None:
    """What the source has from somebody, the claim must have from the same one.

    A claim that names the speaker in any way is fine, and one that has it from "the briefing" names nobody. Pronouns
    of the source stand for whom the sentence before names first.
    """
    body = parts_of(premise)[1]
    there = sayings(body)
    stated = _stated(body)
    for part in _OPENS.split(claim):
        found = _in_part(part, there, stated, keys(body))
        if found is not None:
            return found
    return None


def _in_part(part: str, there: list[Saying], stated: list[frozenset[str]], known: frozenset[str]) -> Finding | None:
    every = sayings(part)
    said = [each for each in every if not each.named <= _PAPERS]
    if every and not said:
        return None  # "according to reports" states nothing as a fact, and names nobody
    content = said[0].content if said else keys(part)
    if not content:
        return None
    alike = [each for each in there if len(each.content & content) >= _NEEDED * len(content)]
    if said:
        found = _other_speaker(said[0], alike, known)
        if found is not None:
            return found
        content = keys(part)  # what one says that another has said
    best = max(alike, key=lambda each: len(each.content & content), default=None)
    plain = max((len(found & content) for found in stated), default=0)
    if best is None or len(best.content & content) <= plain:
        return None
    if (best.named - best.content) & keys(part) or (said and best.named & said[0].named):
        return None
    return Finding("partly", "dropped hedge", f"the source has this from {_short(best.speaker)}")


def sayings(text: str) -> list[Saying]:
    """What is said by somebody in a text, sentence by sentence."""
    found: list[Saying] = []
    before = ""
    for sentence in sentences(text):
        for speaker, content in _in_sentence(sentence):
            if _NOBODY.match(speaker.strip()):
                continue
            whom = before if before and _POINTS_BACK.search(speaker.strip()) else speaker
            found.append(Saying(whom.strip(' ,-“”"'), keys(whom), keys(content)))
        before = _subject(sentence, before)
    return found


def _in_sentence(sentence: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    accorded = [match.span() for match in _ACCORDING.finditer(sentence)]
    for match in _ACCORDING.finditer(sentence):
        found.append((match["who"], sentence[: match.start()] + " " + sentence[match.end() :]))
    tail = _TAIL.search(sentence)
    if tail and any(start <= tail.end("before") <= end for start, end in accorded):
        tail = None
    if tail:
        found.append((tail["after"] or tail["before"], sentence[: tail.start()]))
    for match in _SPEAKS.finditer(sentence):
        if any(start <= match.start() < end for start, end in accorded):
            continue  # "according to reports"
        if _NOT_SPOKEN.search(sentence[: match.start()]) or (tail and match.start() >= tail.start()):
            continue
        opened = [cut.end() for cut in _OPENS.finditer(sentence, 0, match.start())]
        start = opened[-1] if opened else 0
        if not terms(sentence[start : match.start()]):
            start = 0
        found.append((sentence[start : match.start()], sentence[match.end() :]))
    return found


def _stated(body: str) -> list[frozenset[str]]:
    """For each sentence the keys that nobody in it is said to have said."""
    return [
        keys(sentence) - frozenset().union(*(keys(content) for _, content in _in_sentence(sentence)))
        for sentence in sentences(body)
    ]


def _other_speaker(said: Saying, there: list[Saying], known: frozenset[str]) -> Finding | None:
    if not there:
        if said.named & known:
            return None
        return Finding("unsupported", "wrong speaker", f"the source does not have this from {_short(said.speaker)}")
    for each in there:
        if not each.named:
            return None
        if said.names and each.names:
            if said.names & each.names:
                return None
        elif said.named & each.named:
            return None
    return Finding("contradicted", "wrong speaker", f"the source has this from {_short(there[0].speaker)}")


def _subject(sentence: str, before: str) -> str:
    """Whom a pronoun in the next sentence stands for: who speaks in this one, else whom it names first."""
    spoken = _in_sentence(sentence)
    if spoken:
        return before if _POINTS_BACK.search(spoken[0][0].strip()) else spoken[0][0]
    found = terms(sentence)
    known = frozenset(term.key for term in found[:1] if term.capital)
    named = names_in(sentence, known)
    if not named:
        return ""
    end = named[0].end
    for term in named[1:]:
        if term.start - end > 1:
            break
        end = term.end
    return sentence[named[0].start : end]


def _short(speaker: str) -> str:
    """A speaker as a clause names them: the last words of a long description."""
    words = speaker.strip(' ,“”"').split()
    return " ".join(words[-6:])
