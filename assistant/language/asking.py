"""Which part of a question asks, where it tells something first."""

from __future__ import annotations

import re

from assistant.language.sentences import sentence_spans

_ASKING = re.compile(r"\b(?:who|whom|whose|what|when|where|which|why|how)\b", re.IGNORECASE)


def asking_part(question: str) -> str:
    """The sentence at the end that asks, without what is told before it; else the whole question.

    "Finland joined NATO this week. Which country does it border?" asks with its second sentence: one with a question
    word and a question mark, or a colon at the end. A sentence that asks for yes or no ("Is that so?") leans on what is
    told, several sentences that ask belong together, and what follows a question says how it is meant.
    """
    sentences = [span.of(question) for span in sentence_spans(question)]
    asking = [sentence for sentence in sentences if "?" in sentence or sentence.endswith(":")]
    if len(sentences) > 1 and asking == sentences[-1:] and _ASKING.search(asking[0]):
        return asking[0]
    return question
