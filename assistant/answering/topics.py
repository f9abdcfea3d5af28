"""Which topic a request for an overview names ("summarise the grain deal", "suez canal revenue")."""

from __future__ import annotations

import re

from assistant.answering.phrases import has_finite_verb
from assistant.language.words import content_words

_MOST_KEYWORDS = 6
_POLITE = r"(?:(?:please|kindly|(?:can|could|would|will) you|now|and|ok|so|i(?:['’]d| would) like|i (?:need|want))\W+)*"
_ADJECTIVES = r"(?:(?:an?|the|some|me|us|short|brief|quick|concise|one-page|full|general|complete|up-to-date)\s+)*"
_GIVE = r"(?:(?:give|show|get|send|write|prepare|draft|provide|make|compile)\s+)?"
_THING = (
    r"(?:summary|overview|outline|timeline|chronology|recap|digest|briefing(?: note)?|brief|memo|note|report|rundown|"
    r"synopsis|background|state of play|(?:(?:main|key|most important)\s+)(?:points|facts|events|developments))"
)
_BRIEFINGS = r"(?:(?:the|these|our|my|all)\s+)*(?:briefings?|documents?|files|corpus|reports?|news|sources)"
_SAY = r"(?:say|says|tell|know|known|said|report|reported|have|written)"
_REQUEST = re.compile(
    rf"{_POLITE}(?:"
    r"(?:summari[sz]e|sum up|outline|recap|brief (?:me|us) (?:on|about)|update (?:me|us) (?:on|about)|"
    r"tell (?:me|us)(?: \w+)? about|fill (?:me|us) in on)"
    rf"|{_GIVE}{_ADJECTIVES}{_THING}(?:\s+(?:of|on|about|for|to|regarding)|(?=\W*(?:\(|$)))"
    rf"|what (?:else )?(?:do|does|did) (?:we|you|they|{_BRIEFINGS}) {_SAY}(?: \w+)? (?:about|on)"
    rf"|what (?:else )?(?:is|was|were|has been) {_SAY} (?:about|on)"
    r"|what(?:['’]s| is| are) (?:the )?(?:latest|new|news|state of play)(?: (?:news|developments?))?"
    r"(?: (?:on|about|with|in)|(?=\W*(?:\(|$)))"
    r")(?!\w)[\s:]*(?P<topic>.*)",
    re.IGNORECASE | re.DOTALL,
)
_PLEASE = re.compile(r",? (?:please|for me|in (?:brief|short))\W*$", re.IGNORECASE)
_WHAT_ABOUT = re.compile(r"(?:(?:and|but|so)\s+)?(?:what|how) about\s+(?P<topic>.*)|and\s+(?P<other>.*)", re.IGNORECASE)
_LATEST = re.compile(r"\b(?:latest|newest|what(?:['’]s| is) new|update me|recent(?:ly)?)\b", re.IGNORECASE)
_OF_BRIEFINGS = re.compile(rf"{_BRIEFINGS}(?:\s+(?:on|about|of|regarding)\b\s*|\W*$)", re.IGNORECASE)
_GENERAL = re.compile(
    r"\s+(?:crisis|situation|story|affair|issue|topic|subject|saga|developments?|events?)$", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)\b"
    r"|^\W*(?:please|list|name|compare|find|show|give|tell|say|state|describe|explain|define|translate|write|count|"
    r"calculate|cite|quote|help|hello|hi|thanks?|thank you|yes|no|ok(?:ay)?|why|more|go on|continue)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"['’]s?\W*$|\?")  # "and Sweden's?" leaves out what of it
_ASKS = re.compile(r"\b(?:who|whom|whose|what|when|where|which|why|how|whether|if)\b|\?.*\w", re.IGNORECASE | re.DOTALL)


def topic_of(question: str) -> str | None:
    """The topic of a request for an overview; empty where it names none, None where the question is another one.

    "Give me an overview of the Red Sea crisis" is one of "the Red Sea": what happened there is never called that in
    every report. "Tell me about how they met" asks something else. A few words that ask nothing ("suez canal revenue",
    "and wheat prices?") are a topic, too.
    """
    whole = " ".join(question.split())
    found = _REQUEST.fullmatch(whole)
    if found is None:
        return _keywords(whole)
    topic = _OF_BRIEFINGS.sub("", _PLEASE.sub("", found["topic"]), count=1).strip(" .,;:!?()")
    if _ASKS.search(topic):
        return None
    general = _GENERAL.sub("", topic)
    return general if content_words(general) else topic if content_words(topic) else ""


def _keywords(question: str) -> str | None:
    """The words of a question that is none: few, without a question word, a verb and, but for "what about", a "?"."""
    about = _WHAT_ABOUT.fullmatch(question)
    text = (about["topic"] or about["other"]).rstrip(" ?.!") if about else question
    but_plural = re.sub(r"\w+s$", "", text)  # "Houthi attacks" could be a sentence
    asks = _ASKS.search(text) or _VERB.search(text) or _OPEN.search(text) or has_finite_verb(but_plural)
    return None if asks or len(text.split()) > _MOST_KEYWORDS or not content_words(text) else text


def newest_first(question: str) -> bool:
    """Whether a request asks for the latest, so that the newest briefing comes first; else the oldest does."""
    return bool(_LATEST.search(question))
