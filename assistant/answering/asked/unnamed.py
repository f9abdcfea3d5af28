"""What a sentence tells of without its name: "a Chinese warship" is not called anything."""

from __future__ import annotations

import re

from assistant.language.words import stem, words

_NAME_OF = re.compile(
    r"\bnames?\s+of\s+(?:the|that|this)\s+(?P<what>(?:[\w’'-]+\s+){1,4}?)(?=(?:that|who|which|in|on|at|from|of|with|"
    r"to|for|by)\b|$)",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?i:an?|another|one|some|two|three|several|its|his|her|their)\s+(?:(?!(?:of|in|and)\b)[\w’'-]+\s+){0,3}?"
    r"(?P<what>[a-z][\w-]+)(?=(?P<then>.{0,30}))",
)
_CALLED = re.compile(r"\W{0,3}(?:called|named|known as|the\s)?\W{0,2}(?-i:[A-Z])", re.IGNORECASE)


def leaves_unnamed(question: str, sentence: str) -> bool:
    """Whether a question asks for the name of a thing, and a sentence has the thing as "a warship" without a name.

    "A warship, the Luyang, ..." and "the warship Luyang" name it.
    """
    found = _NAME_OF.search(question.rstrip(" ?.!") + " ")
    head = words(found["what"])[-1:] if found else []
    if not head:
        return False
    wanted = stem(head[0].lower())
    told = [match for match in _SOME.finditer(sentence) if stem(match["what"].lower()) == wanted]
    every = [word for word in words(sentence) if stem(word.lower()) == wanted]
    return bool(told) and len(told) == len(every) and not any(_CALLED.match(match["then"]) for match in told)
