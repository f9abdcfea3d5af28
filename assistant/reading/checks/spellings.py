"""The same name in two spellings: a premise and a claim brought to one before they are compared."""

from __future__ import annotations

import re

_ACRONYM = re.compile(r"\b[A-Z]{2,6}\b")
_RUN = re.compile(r"[A-Z][\w’'-]*(?:(?:\s+(?:of|the|and|for|de|on))*\s+[A-Z][\w’'-]*)+")
_WORD = re.compile(r"\b[A-Z][\w’'-]*")
_WORLD_WAR = re.compile(r"\bWorld War (?:(?P<two>2|Two)|(?:1|One))\b")


def alike(premise: str, claim: str) -> tuple[str, str]:
    """Premise and claim, with an acronym in the place of the words that it stands for, where only one spells them out.

    The words must stand in a row of names whose initials hold the acronym: "CDC" for "US Centers for Disease Control".
    "World War 2" becomes "World War II" in both.
    """
    premise, claim = _roman(premise), _roman(claim)
    return _shortened(premise, claim), _shortened(claim, premise)


def _roman(text: str) -> str:
    return _WORLD_WAR.sub(lambda match: "World War II" if match["two"] else "World War I", text)


def _shortened(text: str, other: str) -> str:
    """The text with the acronyms of `other` for the words of its own that they abbreviate."""
    for acronym in dict.fromkeys(_ACRONYM.findall(other)):
        for run in _RUN.finditer(text):
            words = list(_WORD.finditer(run.group()))
            place = "".join(word.group()[0] for word in words).find(acronym)
            if place >= 0:
                start = run.start() + words[place].start()
                end = run.start() + words[place + len(acronym) - 1].end()
                text = f"{text[:start]}{acronym}{text[end:]}"
                break
    return text
