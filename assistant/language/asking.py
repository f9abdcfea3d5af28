"""Which part of a question asks, where the rest of it tells something first."""

from __future__ import annotations

import re

from assistant.language.sentences import sentence_spans

_ASKING = re.compile(r"\b(?:who|whom|whose|what|when|where|which|why|how)\b", re.IGNORECASE)


def asking_part(question: str) -> str:
    """The one sentence that asks, without what is told before or after it; else the whole question.

    "Finland joined NATO this week. Which country does it border?" asks with its second sentence. Taken are sentences
    with a question word and a question mark or a colon at the end. A sentence that asks for yes or no ("Is that so?")
    leans on the others for what it is about, and where several sentences ask none of them is the one.
    """
    sentences = [span.of(question) for span in sentence_spans(question)]
    asking = [sentence for sentence in sentences if "?" in sentence or sentence.endswith(":")]
    if len(sentences) < 2 or len(asking) != 1 or not _ASKING.search(asking[0]):
        return question
    return asking[0]
