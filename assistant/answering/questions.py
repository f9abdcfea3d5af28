"""What kind of answer a question asks for, and whether a sentence holds something of that kind."""

from __future__ import annotations

import re
from typing import Literal

from assistant.language.number_words import MORE_THAN_ONE, SCALES
from assistant.language.words import content_words, stem

Kind = Literal["person", "time", "place", "number", "reason", "means", "other"]
"""What is asked for: who, when, where, how many, why, how; everything else is "other"."""

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_NUMBER_WORDS = rf"{MORE_THAN_ONE}|(?:{'|'.join(SCALES)}|dozen)s?|half|third|quarter|percent|once|twice|none|zero"
_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "reason",
        re.compile(
            r"\bwhy\b|\bhow come\b|\bon (?:what|which) grounds\b|"
            r"\b(what|which)\b.{0,20}\b(reasons?|causes?|caused|led to|motives?)\b"
        ),
    ),
    (
        "number",
        re.compile(
            r"\bhow (many|much|long|old|far|close|big|large|tall|wide|high|deep|fast|heavy|often)\b"
            r"|\b(what|which) (is the |was the |were the |are the )?(exact |total |estimated |approximate )?"
            r"(number|percent|percentage|share|fraction|amount|size|cost|price|rate|length|height|age|population|proportion)\b"
        ),
    ),
    (
        "time",
        re.compile(
            r"\bwhen\b|\bsince which\b|\b(what|which|on what|in what)\s+(exact |other )?"
            r"(year|date|day|month|century|decade|time|period)\b|\bhow (soon|recently)\b|\buntil when\b"
        ),
    ),
    ("person", re.compile(r"\b(who|whom|whose)\b|\b(what|which) (person|man|woman|president|minister|leader|actor)\b")),
    (
        "place",
        re.compile(
            r"\bwhere\b|\b(what|which)\s+(\w+\s)?(country|countries|city|cities|state|states|place|town|region|continent|"
            r"island|location|nation|venue)\b"
        ),
    ),
    ("means", re.compile(r"\bhow\b")),
)

_TELLS_WHEN_OR_HOW = re.compile(
    r"(\b(?:what|which)\b.*?)\b(?:when|how)\b"
    r"(?! (?:many|much|long|old|far|did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b)"
)

_DATE = re.compile(
    rf"\b(1[0-9]{{3}}|20[0-9]{{2}})s?\b|\b({_MONTHS})\b|\b\d{{1,2}}(st|nd|rd|th) century\b"
    r"|\b(mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(last|next|this|earlier|previous) (week|month|year|spring|summer|"
    r"autumn|fall|winter)\b|\b(yesterday|today|tomorrow|ago)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"\d|\b({_NUMBER_WORDS})\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?:\"“] )(?<!^)\b[A-Z][\w’'.-]*[a-zA-Z]")
_PLACE = re.compile(r"\b(?:in|at|from|to|near|outside|across|off|into|toward|towards|of|within|over)(?: the)? [A-Z]\w+")
_REASON = re.compile(
    r"\b(because|since|as|due to|owing to|thanks to|over|amid|amidst|after|follow(?:s|ed|ing)|unless|until|"
    r"so that|in order to|"
    r"therefore|thus|hence|reasons?|causes?|caus(?:ed|ing)|led to|leads? to|leading to|result(?:ed|s|ing)?|"
    r"sparked|prompt(?:ed|s|ing)|trigger(?:ed|s|ing)|stem(?:s|med|ming)? from|blam(?:e|ed|es|ing)|cit(?:ed|es|ing)|"
    r"attribut(?:e[sd]?|ing|able)\b[^.;]*? to|"
    r"demand(?:s|ed|ing)?|condition(?:s|ed)?|refus(?:al|ed|es|ing|e)|unwilling|reluctant|would not|will not|"
    r"did not|has not|have not|sanction(?:s|ed|ing)?|objection|object(?:s|ed) to|in protest|protest(?:s|ed|ing)?|"
    r"in response|in retaliation|retaliat\w+|tensions?|strain(?:ed|s)?|concern(?:s|ed)?|fear(?:s|ed|ing)?|"
    r"dispute[sd]?|disagreements?|accus(?:ed|es|ing|ation)\w*|aim(?:s|ed)? (?:to|at)|seek(?:s|ing)? to|"
    r"want(?:s|ed|ing)? to|intended to|purpose|rationale|explain(?:s|ed|ing)?|motiv\w+|for the sake of)\b",
    re.IGNORECASE,
)
_STRONG_REASON = re.compile(
    r"\b(because|due to|owing to|amid|amidst|unless|in order to|therefore|reasons?|led to|leads? to|"
    r"result(?:ed|s)? (?:of|in|from)|sparked|prompted|stem(?:s|med)? from|unwilling|reluctant|would not|in protest|"
    r"in response|in retaliation|refus(?:al|ed|es|ing|e)|demand(?:s|ed|ing)?|cit(?:ed|es|ing)|strained|"
    r"blam(?:e|ed|es)|objected to|attribut(?:ed?|es)\b[^.;]*? to)\b",
    re.IGNORECASE,
)
_MEANS = re.compile(r"\b(by|through|via|using|with|used|uses|means of|method)\b", re.IGNORECASE)


def kind_of(question: str) -> Kind:
    """What kind of answer the question asks for, read from its question words.

    "What happens when it closes?" does not ask when; "After the deal, which he broke, when did it end?" does.
    """
    lower = _TELLS_WHEN_OR_HOW.sub(r"\1", question.lower())
    first = [(found.start(), kind) for kind, pattern in _ASKS if (found := pattern.search(lower))]
    if not first:
        return "other"
    start = min(first)[0]
    return next(kind for position, kind in first if position == start)


def holds(kind: Kind, sentence: str, question: str) -> float:
    """How well `sentence` holds something of the asked kind that the question does not name itself: 0 to 1.

    Cues on the surface, as in the answer typing of early question answering (Li and Roth 2002): a date for "when", a
    number for "how many", a name for "who"; for "why" words of cause, and of demands and refusals, which give the
    reason of a decision more often than "because" does in reports.
    """
    known = {stem(word) for word in content_words(question)}
    if kind == "time":
        return float(any(_new(found.group(), known) for found in _DATE.finditer(sentence)))
    if kind == "number":
        return float(any(_new(word, known) for word in content_words(sentence) if _NUMBER.match(word)))
    if kind == "person":
        return float(any(_new(found.group(), known) for found in _NAME.finditer(sentence)))
    if kind == "place":
        return float(any(_new(found.group().split()[-1], known) for found in _PLACE.finditer(sentence)))
    if kind == "reason":
        cues = len({found.group().lower() for found in _REASON.finditer(sentence)})
        strong = bool(_STRONG_REASON.search(sentence))
        return min(1.0, 0.25 * cues + 0.5 * strong)
    if kind == "means":
        return float(bool(_MEANS.search(sentence)))
    return float(any(_new(found.group(), known) for found in _NAME.finditer(sentence)))


def _new(phrase: str, known: set[str]) -> bool:
    """Whether the phrase says something that is not among the known stems."""
    return any(stem(word) not in known for word in content_words(phrase))
