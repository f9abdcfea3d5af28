"""Amounts that only certain words of a text can state: a number, a length, an age, a sum of money."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language.number_words import MORE_THAN_ONE, SCALES
from assistant.language.words import content_words, stem
from assistant.reading.checks.calendar_dates import dates


@dataclass(frozen=True, slots=True)
class Amount:
    """A kind of amount: the words of a question that `asks` for it, and those one of which a text `states` it with.

    Some are also stated `by_two_dates`. By the questions of SQuAD 1.1's training articles the sentence that answers has
    such words for 859 of 884 lengths, 101 of 104 ages and 244 of 246 sums of money.
    """

    asks: re.Pattern[str]
    states: re.Pattern[str]
    by_two_dates: bool = False

    def stated_in(self, text: str) -> bool:
        """Whether a text has words that can state it."""
        return bool(self.states.search(text)) or (self.by_two_dates and len(dates(text)) > 1)


_UNITS = (
    r"seconds?|minutes?|hours?|days?|weeks?|weekend|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies)|nights?|"
    r"terms?|millenni(?:a|um)|(?:kilo)?met(?:re|er)s?|km|m|miles?|feet|foot|inch(?:es)?|pages?|words?"
)
LENGTH = Amount(
    asks=re.compile(
        r"\bhow long\b(?! (?:did|was|were)\b)|\bhow much time\b|"
        r"\bhow many (?:second|minute|hour|day|week|month|year|decade)s\b",
        re.IGNORECASE,
    ),
    states=re.compile(
        rf"\b(?:{_UNITS}|overnight|since|until|till|from|how long|indefinite(?:ly)?|temporary|remainder|throughout)\b"
        r"|\d ?(?:km|mi|m|ft|yd|in)\b|\dyears?\b|\b[12]\d{3}\b[^.]*?\b[12]\d{3}\b",
        re.IGNORECASE,
    ),
    by_two_dates=True,
)
SO_FAR = Amount(LENGTH.asks, re.compile(rf"{LENGTH.states.pattern}|\b[12]\d{{3}}\b", re.IGNORECASE), by_two_dates=True)
LASTED = Amount(
    asks=re.compile(r"\bhow long (?:did|was|were)\b", re.IGNORECASE),
    states=re.compile(
        rf"(?:\d[\d.,]*|\b(?:an?|one|half|{MORE_THAN_ONE}|several|"
        r"few|many|some|couple of|all|whole|entire|hundreds? of|thousands? of|more|next))(?:[ -]\w+)?[ -]?"
        rf"(?:{_UNITS}|ft|seasons?)\b|\b(?:in|un)to the [\w-]+ centur(?:y|ies)\b|"
        r"\b(?:between|from) (?:\w+ ){0,3}\d[^.]{0,20}?\b(?:and|to|until|till|through)\b[^.]{0,20}?\d|\d ?[–—] ?\w|"
        r"\b(?:until|till|overnight|indefinite(?:ly)?|temporary|remainder|rest|throughout|lasted|longer|short|brief(?:ly)?|"
        r"as long as|how long|hours|days|weeks|months|years|decades|centuries|millennia)\b",
        re.IGNORECASE,
    ),
)
AGE = Amount(
    asks=re.compile(r"\bhow old (?:is|was|are|were|will|would)\b", re.IGNORECASE),
    states=re.compile(
        r"\b(?:aged?|ages|born|birthday|birth|years?|months?|centur(?:y|ies)|decades?|twenties|thirties|forties|fifties|"
        r"sixties|seventies|eighties|nineties|teenage\w*|older|younger|centenarian|built|founded|established|opened|"
        r"launched|introduced|created|designed|invented|dat(?:es?|ed|ing) (?:back|from|to)|since|"
        r"(?:at|only|was|turned) (?:only )?\d{1,3}(?! ?[\w%]))\b|[,(] ?\d{1,3}[,)]",
        re.IGNORECASE,
    ),
    by_two_dates=True,
)
MONEY = Amount(
    asks=re.compile(
        r"\bhow much money\b|\bhow expensive\b|\bhow much (?!time\b)(?:(?!\bhow\b)[^?])*?"
        r"\b(?:pay|pays|paid|paying|costs?|spend|spends|spent)\b",
        re.IGNORECASE,
    ),
    states=re.compile(
        r"[$€£¥₹₽₺₴₪₩¢%]|\b(?:USD|EUR|GBP|CHF|SEK|NOK|DKK)|\b(?:dollars?|euros?|pounds?|sterling|yuan|renminbi|yen|won|"
        r"rou?bles?|liras?|crowns?|kron\w+|francs?|rupees?|riyals?|dirhams?|dinars?|shekels?|pesos?|reals?|reais|rand|"
        r"hryvnias?|zlot\w+|forints?|lei|marks?|guilders?|florins?|ducats?|pence|penn(?:y|ies)|cents?|shillings?|"
        r"livres?|guineas?|free|nothing|millions?|billions?|trillions?|bn|per ?cent|half|twice|doubled?|tripled?|"
        r"thirds?|quarters?|times)\b|\d(?:m|bn|k)\b"
        r"|\b(?:price|cost|fee|fare|charge|value|sum|amount|toll|budget)s?\b[^|:]*: ",
        re.IGNORECASE,
    ),
)
AMOUNTS = (LENGTH, LASTED, AGE, MONEY)
_SINCE_WHEN = re.compile(r"\bhow long (?:has|have)\b", re.IGNORECASE)  # a day from which on it is so tells that, too

_COUNT = re.compile(
    r"\bhow (?:many|much|close|tall|wide|deep)\b(?! (?:time|longer|success|resistance|influence|control|trust)\b)"
    r"|\b(?:what|which) (?:(?:is|was|were|are) the )?(?:exact |total |estimated |approximate )?"
    r"(?:number|percent|percentage|share|fraction|amount|price|cost|population|proportion) of\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"\d|(?:{MORE_THAN_ONE}|(?:{'|'.join(SCALES)}|dozen|third|quarter)s?|half|percent|once|twice|zero)$"
)
_QUANTITY = re.compile(
    r"\b(?:one|single|sole|both|all (?:of )?(?:the|its|their)|infinite|moderate|several|fewe?r?|most|none|no|nil|free|"
    r"nothing|nobody|pairs?|couple|additional|doubl\w+|"
    r"tripl\w+|quadrupl\w+|\w+fold|majority|minority|little|huge|large|(?:four|fif|six|seven|eigh|nin|ten)ths?|"
    r"(?:virtually|nearly|almost) all|as much as|score|numerous|many|unknown|unclear|unlimited|some|modest|limited|"
    r"hardly|barely|slightly|partly|largely|mostly|mainly|entirely|wholly|fully|heavily|greatly|strongly|sharply|\w+antly|"
    r"\w+antially|considerabl[ey])\b|\b(?-i:[IVX]{2,})\b",
    re.IGNORECASE,
)
_NAME = r"(?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*"
_LISTED = re.compile(rf"\b{_NAME}(?:, {_NAME})+,? and {_NAME}")


_TEMPORAL_WORDS = (
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:\w*)?\b|day|week|month|year|decade|centur|night|"
    r"morning|evening|noon|hour|minute|spring|summer|autumn|winter|season|quarter|easter|christmas|ramadan|"
    r"\b(?:when|after|before|during|since|until|till|while|once|as soon as|by the time|following|upon|ago|now|then|"
    r"soon|"
    r"later|earlier|early|late|recent\w*|current\w*|already|yet|always|never|ever|next|last|first|previous\w*|former\w*|"
    r"simultaneously|meanwhile|immediately|age[ds]?|era|period|time|times|date[ds]?|eve|war|reign|term|old|eighteen\w*|"
    r"nineteen\w*|twent\w*|thirt\w*|forties|fifties|sixties|seventies|eighties|nineties|unknown|unclear|undecided)\b"
)
_TEMPORAL = re.compile(rf"\d|{_TEMPORAL_WORDS}", re.IGNORECASE)
_TEMPORAL_IN_ROW = re.compile(
    rf"\b(?:1\d|20)\d\d\b(?![.,]\d)|\d[:./-]\d|\d(?:st|nd|rd|th)\b|{_TEMPORAL_WORDS}", re.IGNORECASE
)


def states_a_time(text: str, *, row: bool = False) -> bool:
    """Whether a text has anything that may tell when: a figure, a month, a season, or a word like "after".

    In the row of a table a figure may count anything: there it must look like a year, a date or a time of day.
    """
    return (_TEMPORAL_IN_ROW if row else _TEMPORAL).search(text) is not None


def amounts_asked(question: str) -> tuple[Amount, ...]:
    """The kinds of amount that a question asks for."""
    found = tuple(amount for amount in AMOUNTS if amount.asks.search(question))
    return tuple(SO_FAR if amount is LENGTH and _SINCE_WHEN.search(question) else amount for amount in found)


def count_asked(question: str) -> bool:
    """Whether a question asks how many, how much, what share, or for a distance or size."""
    return bool(_COUNT.search(question))


def states_a_count(text: str, known: frozenset[str]) -> bool:
    """Whether a text has a number that is not among the `known` stems of the question, or words for a quantity.

    Names in a list can be counted. By the questions of SQuAD 1.1's training articles that ask so, the sentence that
    answers does in 7,287 of 7,332.
    """
    numbers = (word for word in content_words(text) if _NUMBER.match(word))
    return any(stem(word) not in known for word in numbers) or bool(_QUANTITY.search(text) or _LISTED.search(text))
