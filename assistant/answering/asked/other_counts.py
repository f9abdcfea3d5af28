"""What is counted: forty deaths do not say how many cases there were."""

from __future__ import annotations

import re

_HOW_MANY = re.compile(r"\b(?:how (?:many|much)|number of|what (?:share|percentage|proportion))\b", re.IGNORECASE)
_DEAD = r"deaths?|dead|die|dies|died|dying|kill\w*|fatal\w*|deadl\w+|perished|drown\w*|bodies|lives|life|toll|lost"
_HURT = r"injur\w+|wound\w*|hurt|harmed|burn\w*|hospital\w*|casualt\w+|victims?"
_ILL = r"cases?|infect\w+|ill|sick|illness\w*|diseases?|contracted|caught|patients?|positive"
_GONE = r"missing|unaccounted|disappeared|vanished|lost"
_CONTRASTS = tuple(
    tuple(re.compile(rf"\b(?:{part})\b", re.IGNORECASE) for part in parts)
    for parts in (
        (r"cases?|infections?|infected", _ILL, rf"{_DEAD}|recovered|recoveries|doses?|vaccinated"),
        (r"injured|injuries|wounded|hurt", _HURT, rf"{_DEAD}|missing"),
        (
            r"deaths?|dead|die|died|killed|fatalities",
            rf"{_DEAD}|casualt\w+|victims?",
            r"injured|injuries|wounded|hurt|missing|rescued|survivors?|survived|cases|infections",
        ),
        (r"missing", _GONE, rf"{_DEAD}|injured|wounded|hurt|rescued"),
        (r"imports?|imported", r"import\w*|bought|buys?|purchase\w*", r"exports?|exported"),
        (r"exports?|exported", r"export\w*|sold|sells?|sales?|shipped", r"imports?|imported"),
    )
)
"""What a question counts, what else a sentence may call it, and what it may count that is something else."""


def of_another_count(question: str, sentence: str) -> bool:
    """Whether a question asks how many there were of one thing, and a sentence counts only what is beside that.

    A question that names both sides ("How many of the injured died?") is left alone.
    """
    if not _HOW_MANY.search(question):
        return False
    return any(
        asked.search(question)
        and not other.search(question)
        and not called.search(sentence)
        and bool(other.search(sentence))
        for asked, called, other in _CONTRASTS
    )
