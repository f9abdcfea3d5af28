"""Which topic a request for an overview names ("summarise the grain deal", "suez canal revenue")."""

from __future__ import annotations

import re

from assistant.answering.phrases import has_finite_verb
from assistant.language.words import content_words

_MOST_KEYWORDS = 6
_SHAPE = (
    r"(?:in|as|within|using) (?:[\w-]+ ){0,2}"
    r"(?:brief|short|detail|bullets?|bullet points?|points?|sentences?|words?|paragraphs?|lines?)"
)
_AS_OF = r"as (?:of|at|known|things stood) (?=[^,]*(?:\d|last|now|today|yesterday))[^,]{1,30}?(?:, \d{4})?"
_POLITE = (
    r"(?:(?:please|kindly|hi|hello|(?:can|could|would|will) you|now|and|ok|so|briefly|just|actually|sorry|wait|thanks|"
    r"i(?:['’]d| would) like(?: you to)?|i (?:need|want)(?: you to)?|"
    rf"{_AS_OF}|{_SHAPE})\W+)*"
)
_ADJECTIVES = (
    r"(?:(?:an?|the|some|me|us|very|short|brief|quick|concise|detailed|comprehensive|executive|one-page|full|general|"
    r"complete|up-to-date)\s+)*"
)
_GIVE = r"(?:(?:give|show|get|send|write|prepare|draft|provide|make|compile)\s+)?"
_THING = (
    r"(?:summary|overview|outline|timeline|chronology|recap|digest|briefing(?: note)?|brief|memo|note|report|rundown|"
    r"synopsis|background|update|state of play|(?:(?:main|key|most important)\s+)(?:points|facts|events|developments))"
)
_BRIEFINGS = r"\b(?:(?:the|these|your|our|my|all)\s+)*(?:briefings?|documents?|files|corpus|reports?|sources)\b"
_US = rf"(?:we|you|{_BRIEFINGS})"
_SO_FAR = r"(?: so far| today| now| us)?"
_ON = r"(?:of|on|about|for|to|regarding|concerning)"
_NOT_A_DAY = r"(?!\s+(?:the )?(?:\d|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|board))"
_REQUEST = re.compile(
    rf"{_POLITE}(?:"
    r"(?:summari[sz]e|sum up|outline|recap|brief (?:me|us) (?:on|about)|update (?:me|us) (?:on|about)|"
    r"tell (?:me|us)(?: \w+)? about|fill (?:me|us) in on)"
    rf"|{_GIVE}{_ADJECTIVES}{_THING}(?:\s+{_ON}|(?=\W*(?:\(|please|$)))"
    rf"|what (?:is|are) the (?:summary|overview|timeline|chronology|background|(?:main|key) points) {_ON}"
    r"|(?:any|(?:the )?latest) (?:news|updates?|developments?) (?:on|about|from|in)|(?:the )?latest (?:on|about|from)"
    r"|what(?:['’]s| is| are) (?:the )?(?:latest|new|news|state of play)(?: (?:news|updates?|developments?|reports?))?"
    r"(?: (?:on|about|with|in|from|regarding)|(?=\W*(?:\(|$)))"
    r")(?!\w)[\s:]*(?P<topic>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WHAT_IS_SAID = re.compile(
    rf"what (?:else )?(?:do|does|did|have|has) {_US} (?:say|tell|know|said|report|reported|have|told|known){_SO_FAR}"
    rf" (?:about|regarding|on{_NOT_A_DAY})\s+(?P<topic>.*)"
    r"|what (?:else )?(?:is|was|were|has been) (?:said|known|reported|told|written) about\s+(?P<other>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WHAT_ABOUT = re.compile(r"(?:(?:and|but|so)\s+)?(?:what|how) about\s+(?P<topic>.*)|and\s+(?P<other>.*)", re.IGNORECASE)
_FORM = re.compile(rf",?\s*\b(?:please|for me|{_SHAPE})\W*$", re.IGNORECASE)
_LATEST = re.compile(r"\b(?:latest|newest|what(?:['’]s| is) new|update me|any news|recent(?:ly)?)\b", re.IGNORECASE)
_OF_BRIEFINGS = re.compile(rf"{_BRIEFINGS}(?:\s+(?:on|about|of|regarding)\b\s*|\W*$)", re.IGNORECASE)
_GENERAL = re.compile(
    r"\s+(?:crisis|situation|story|affair|issue|topic|subject|saga|developments?|events?)$", re.IGNORECASE
)
_HAPPENED = re.compile(
    r"^(?:all |everything )?(?:what|that) (?:has |had )?happened (?:in|with|to|at|on|around|during)?\s*", re.I
)
_BRACKETS = re.compile(r"(?P<before>.*?)\s*\((?P<inside>[^()]*)\)", re.DOTALL)
_NO_SUBJECT = frozenset(
    "crisis situation story affair issue topic subject saga development developments event events recent main key "
    "latest new news everything things last that this please".split()
)
_A_FACT = re.compile(
    r"^(?:the |exact |total |main )*(?:numbers?|dates?|day|year|names?|causes?|reasons?|prices?|costs?|amount|size|"
    r"length|age|captain|head|capital|population|share|total|results?|place|location|owner|author|title|meaning|"
    r"definition|difference)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)\b"
    r"|\b(?:one|ones|it|them|him|her|he|she|they|that|this|these|those|there|last|wrong|shorter|longer)\b"
    r"|^\W*(?:please|list|name|compare|find|show|give|tell|say|state|describe|explain|define|translate|write|count|"
    r"calculate|cite|quote|identify|just|rephrase|make|answer|check|repeat|rewrite|correct|fix|stop|wait|help|hello|hi|"
    r"good|great|nice|sorry|thanks?|thank you|yes|no|ok(?:ay)?|why|more|go on|continue|"
    r"in|on|at|of|for|from|by|with|to|during|since|after|before|until|between|under)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\b\w+s(?=\s+(?:on|in|of|from|between|with|against|at|over|by)\b|$)")
_OPEN = re.compile(r"['’]s?\W*$|\?")  # "and Sweden's?" leaves out what of it
_ASKS = re.compile(r"\b(?:who|whom|whose|what|when|where|which|why|how|whether|if)\b|\?.*\w", re.IGNORECASE | re.DOTALL)
# In capitals, among other letters or alone, it is the World Health Organization and asks nothing; "WHO left?" does.
_ORGANISATION = re.compile(r"(?<=\w )WHO\b|^\W*WHO(?=\W*$|['’]s\b|\s+(?:in|on|and|at|for|of|to)\b)")


def topic_of(question: str) -> str | None:
    """The topic of a request for an overview; empty where it names none, None where the question is another one.

    "Give me an overview of the Red Sea crisis" is one of "the Red Sea": what happened there is never called that in
    every report. "Tell me about how they met" and "What is known about the cause?" ask for something in particular. A
    few words that ask nothing ("suez canal revenue", "and wheat prices?") are a topic, too.
    """
    whole = " ".join(question.split())
    found = _REQUEST.fullmatch(whole)
    if found is None:
        said = _WHAT_IS_SAID.fullmatch(whole)
        return _keywords(whole) if said is None else _particular(_bare(said["topic"] or said["other"]))
    return _bare(found["topic"])


def is_request(text: str) -> bool:
    """Whether a text asks for an overview of a topic in so many words, which a few words without a verb do not."""
    return bool(topic_of(text)) and _REQUEST.fullmatch(" ".join(text.split())) is not None


def newest_first(question: str) -> bool:
    """Whether a request asks for the latest, so that the newest briefing comes first; else the oldest does."""
    return bool(_LATEST.search(question))


def _bare(topic: str) -> str | None:
    """A topic without what the request says about form and briefings; None where it asks something itself."""
    topic = _FORM.sub("", topic).strip(" .,;:!?")
    briefings = _OF_BRIEFINGS.match(topic)
    topic = _HAPPENED.sub("", topic[briefings.end() :].strip() if briefings else topic)
    brackets = _BRACKETS.fullmatch(topic)
    if brackets:
        before, inside = brackets["before"], brackets["inside"]
        topic = inside if not _has_subject(before) else before if inside.isupper() else f"{before} {inside}"
    if _ASKS.search(_spelt_out(topic)):
        return None
    general = _GENERAL.sub("", topic)
    return general if _has_subject(general) else ""


def _has_subject(text: str) -> bool:
    return any(word not in _NO_SUBJECT for word in content_words(_FORM.sub("", _spelt_out(text))))


def _spelt_out(text: str) -> str:
    """A topic in which an abbreviation that looks like a question word does not: only to be judged."""
    shouted = text.isupper() and len(text.split()) > 1
    return text if shouted else _ORGANISATION.sub("Organization", text)


def _particular(topic: str | None) -> str | None:
    """The topic, or None where it is one fact about something: "the cause of the fire"."""
    return None if topic is None or _A_FACT.search(topic) else topic


def _keywords(question: str) -> str | None:
    """The words of a question that is none: few, without a question word, a verb and, but for "what about", a "?"."""
    about = _WHAT_ABOUT.fullmatch(question)
    text = (about["topic"] or about["other"]).rstrip(" ?.!") if about else question.rstrip(" .!")
    said = _spelt_out(text)
    asks = _ASKS.search(said) or _VERB.search(said) or _OPEN.search(said) or has_finite_verb(_PLURAL.sub("", said))
    return None if asks or len(text.split()) > _MOST_KEYWORDS or not content_words(said) else _particular(text)
