"""Lines at the head of a document that say what it is, whose and of which day: "Note, 18 June 2024, Policy Unit"."""

from __future__ import annotations

import re

from assistant.types import Span

_LONGEST = 100
_DAY = "\0"
_SEPARATOR = re.compile(r"\s*[,;|·•()\[\]]\s*|\s+[-–—/]{1,2}\s+")
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?\s+)?"
_CLOCK = r"(?:\s+(?:at\s+)?\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?)?"
_KIND = (
    r"(?:[\w&’'-]+\s+){0,3}?(?:briefing|brief|note|memo|memorandum|report|paper|update|bulletin|newsletter|digest|"
    r"factsheet|fact sheet|assessment|analysis|minutes|circular|cable|sitrep|backgrounder)|"
    r"(?:\w+\s+)?(?:statement|press release|communiqué|read-?out)"
)
_NUMBERED = r"(?:\s+(?:(?:no\.?|nr\.?|number|#)\s*)?[\w./-]*\d[\w./-]*)?"
_DATED = re.compile(
    rf"(?P<kind>(?:{_KIND}){_NUMBERED}(?:\s+(?:to|for)(?:\s+[\w’'-]+){{1,6}}?)?(?:\s+(?:of|dated))?:?\s+)?"
    r"(?:(?:first |last )?(?:published|issued|released|updated|posted|dated)(?:\s+on)?:?\s+)?"
    rf"{_WEEKDAY}{_DAY}{_CLOCK}",
    re.IGNORECASE,
)
_TELLING = re.compile(
    rf"(?:{_KIND}){_NUMBERED}(?:\s+(?:to|for|by|from|on)\s+.{{1,50}})?|"
    r"(?:ref(?:erence)?\.?|no\.?|nr\.?|issue|version|vol\.?|volume|edition)\s*:?\s*[\w./-]*\d[\w./-]*|"
    r"(?:un)?classified|(?:(?:eu|nato|un)\s+)?(?:restricted|confidential|secret)|official(?:[ -]sensitive)?|internal|"
    r"public|draft|final|limited(?: distribution)?|for (?:information|decision|official use only)|not for publication",
    re.IGNORECASE,
)
_HOUSE = r"ministry|department|directorate|office|secretariat|bureau|institute|centre|center|agency|embassy|delegation"
_AUTHOR = re.compile(
    r"(?:[Pp]repared |[Ww]ritten )?[Bb]y\s+(?:the\s+)?[A-Z].{1,50}|"
    rf"(?:The\s+)?(?i:{_HOUSE})\s+(?:of|for|to the)\s+(?:(?:the|and|&)\s+)*[A-Z].{{1,50}}|"
    rf"(?:[A-Z][\w&’'-]*\s+(?:(?:and|&|for)\s+)?){{1,4}}(?i:unit|desk|division|team|section|{_HOUSE})"
)
_NAME = re.compile(r"[A-Z][\w.’'&-]*(?:\s+(?:[A-Z][\w.’'&-]*|of|the|and|for|de|van|von|du|&)){0,5}")
_EVENT = re.compile(
    r"\b(?:events?|summits?|elections?|referendums?|votes?|meetings?|conferences?|hearings?|attacks?|explosions?|"
    r"strikes?|visits?|wars?|talks|forum|ceremony|born|died|killed|adopted|signed|effective|deadline|due|next|expir\w+|ends?)\b",
    re.IGNORECASE,
)


def tells_of_event(text: str) -> bool:
    """Whether words beside a date name something that is held, happens or falls due on that day."""
    return bool(_EVENT.search(text))


def is_byline(line: str, day: Span) -> bool:
    """Whether a line is made of parts that say what a document is, with its `day` as one of them.

    One part must be telling: a kind of document, its number, who may read it, whose it is. The others must be names;
    what happened is told in other words ("Explosion in Beirut, 4 August 2020").
    """
    if len(line) > _LONGEST:
        return False
    parts = [part for part in map(str.strip, _SEPARATOR.split(f"{line[: day.start]}{_DAY}{line[day.end :]}")) if part]
    parts = [part.removesuffix(".") if part == parts[-1] else part for part in parts]
    dated = [part for part in parts if _DAY in part]
    others = [part for part in parts if _DAY not in part]
    found = _DATED.fullmatch(dated[0]) if len(dated) == 1 else None
    if not found or tells_of_event(dated[0]):
        return False
    telling = [part for part in others if _TELLING.fullmatch(part) or _AUTHOR.fullmatch(part)]
    names = [part for part in others if part not in telling]
    return bool(telling or found["kind"]) and all(_NAME.fullmatch(part) and not tells_of_event(part) for part in names)
