"""What a sentence of a memo may be that needs no source: it says nothing of the world, only leads over or asks."""

from __future__ import annotations

import re

from assistant.memos.evidence import OPPOSITE
from assistant.memos.memo import GAPS
from assistant.memos.tag import plain

# Each word is on the list, so that none can be a name, a number, a date or a word that says what happened.
_WORDS = frozenset(
    """a about above according additional also an and any are as ask at available background based be below briefing
    briefings by can certainly chronology conclusion contents course detail details do document documents each feel
    find finding findings first follow following follows footnote footnotes for free from further given gives have
    helpful helps here here's hope i if important in information is it its itself key know later let list listed lists
    main me memo mention mentioned more need needs note notes now of on other our overview passage passages please
    point points question questions quote quotes read reader report reports say says section sections see shown shows
    source sources state states summary sum summed sure text texts that the their them there these they this those to
    topic turn up us useful we what which with would you your answer answers fact facts thank thanks short brief
    page pages table next part parts like is are""".split()
)
_LEADS_IN = re.compile(
    r"(?:here(?:'s| is| are)|(?:the )?following|below|(?:the|these|this|our) (?:\w+ )?"
    r"(?:briefings?|documents?|passages?|sources?|texts?|quotes?|memo|section|facts|points|details|list|table|questions?)"
    r"|according to|based on|in (?:summary|conclusion|short|brief|sum|detail)|to sum up|see|(?:key|main|important)"
    r"|(?:summary|background|overview|details|notes?|findings|sources|facts|contents)$)\b"
)
_ANNOUNCES = re.compile(r"\b(?:following|follows?|below|here|see|above)\b")
_COURTESY = re.compile(
    r"(?:i hope|let (?:me|us) know|(?:please )?feel free|please (?:ask|let|see|read|note$)|thanks?|thank you|of course$"
    r"|sure$|certainly$|if you (?:have|need|would like)|for (?:more|further|additional|details))\b"
)
_ASKS = re.compile(  # one that begins as a question does, and is not cut in two: "Poland lost: who won?"
    r"[\"'(\[]*(?:(?:and|but|so|or|then|now),? )?(?:(?:about|at|by|for|from|in|of|on|since|to|under|until|with) )?"
    r"(?:who|whom|whose|what|when|where|why|which|how|is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|"
    r"shall|should|may|might|must)\b(?:(?! - )[^:;?])*\?[\"')\]]*"
)
_WANTS_A_YES = re.compile(r", ?(?:right|correct|yes|no|(?:\w+n't|\w+) (?:i|you|he|she|it|we|they|there)(?: not)?)\?")


def says_a_gap(text: str) -> bool:
    """Whether a sentence says what no briefing does, as a memo itself puts it."""
    return plain(text).startswith(tuple(f"{gap}:" for gap in GAPS))


def needs_no_source(sentence: str) -> bool:
    """Whether a sentence of a memo says nothing that a source could bear out, so that it is in order without one.

    It is a question, the line above quotes that say the opposite, a lead-in or a courtesy. A lead-in or a courtesy has
    no name, number or date, and no word beyond those that texts say of themselves.
    """
    text = plain(sentence).strip("*_ ")
    if not any(character.isalnum() for character in text) or text == f"{OPPOSITE}:":
        return True
    low = text.casefold()
    asks = _ASKS.fullmatch(low) and not _WANTS_A_YES.search(low)
    return bool(asks) or _says_nothing(low)


def _says_nothing(low: str) -> bool:
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", low)
    said = " ".join(words)
    if not _WORDS.issuperset(words):
        return False
    if _COURTESY.match(said):
        return True
    return bool(_LEADS_IN.match(said)) and (low.endswith(":") or bool(_ANNOUNCES.search(said)))
