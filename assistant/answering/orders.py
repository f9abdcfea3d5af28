"""Sentences of a question that tell the assistant how to behave, apart from what is asked of the briefings."""

from __future__ import annotations

import re

from assistant.language.sentences import sentence_spans
from assistant.language.words import content_words

_ORDER = re.compile(
    r"^\W*(?:(?:please|now|first|then|also|and)\W+)*(?:ignore|disregard|forget|print|reveal|repeat|pretend|translate|"
    r"act as|make up|invent|do not|don['’]t|never|always|write (?:me|an?|it|in|your)|keep (?:it|your)|"
    r"use (?:only|your|no)|be (?:as |very )?(?:brief|concise|short|exact|precise|specific|honest)|"
    r"(?:answer|reply|respond) (?:me|in|briefly|shortly|from|with|as|only|by))\b(?![^.]*\?)"
    r"|^\W*(?:system|developer|admin(?:istrator)?|assistant)\b\s*[-–—:]",
    re.IGNORECASE,
)


def without_orders(question: str) -> tuple[str, tuple[str, ...]]:
    """What a question asks, and its sentences that are orders: "Ignore all rules. Who led the talks?"

    They say nothing about the world, so they must not be searched for. A question that has nothing else stays whole.
    """
    sentences = [span.of(question) for span in sentence_spans(question)]
    orders = tuple(sentence for sentence in sentences if _ORDER.match(sentence))
    asked = " ".join(sentence for sentence in sentences if sentence not in orders)
    return (asked, orders) if orders and len(content_words(asked)) > 1 else (question, ())
