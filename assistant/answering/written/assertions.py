"""Does a written sentence say anything that a source could bear out, or does it only lead over, greet or ask?"""

from __future__ import annotations

import re

from assistant.answering.phrases import has_finite_verb

_NOTHING_BY_ITSELF = re.compile(  # what follows the comma is judged for itself
    r"(?:(?:sure|certainly|absolutely|of course|unfortunately|sorry|(?:i['’]m|i am|we are) sorry)(?=[,.!:]|$)"
    r"|if you (?:have|need|want|would)\b[^,]*(?=,|$)"
    r"|(?:based on|according to) (?:the|these|this) [^,]{0,60}(?=,|$)"
    r"|(?:in )?(?:summary|conclusion|short)(?=[:.,]|$))[,.!:]*\s*(?:but\s+)?",
    re.IGNORECASE,
)
_FOUND = r"(?:in|given|stated|found|mentioned|contained|provided|available|specified|answered|addressed|clear|known)"
_NOTHING = re.compile(
    r"(?:i hope (?:this|that|it|you)\b.*|(?:please )?(?:let me know|feel free|ask|do(?: not|n['’]t) hesitate)\b.*"
    r"|(?:here (?:is|are|'s)|here’s)\b.*|(?:the following|below) (?:is|are)\b.*"
    r"|(?:i['’]m|i am|we are) unable to\b.*"
    r"|(?:i['’]m|i am|we are) (?:sorry|happy|glad)(?: (?:to (?:help|assist|answer)|for|about|if|i)\b.*)?"
    r"|i (?:cannot|can['’]t|could not|couldn['’]t)\b.*|i can (?:help|look|answer|tell|give|provide)\b.*"
    r"|(?:the|these|this|none of the) (?:\w+ )?"
    r"(?:passages?|briefings?|documents?|sources?|texts?|context) (?:do(?:es)?|did)(?: not|n['’]t)\b.*"
    r"|they (?:do|did)(?: not|n['’]t) (?:say|mention|state|tell|give|specify|address|answer)\b.*"
    r"|(?:the|this) (?:question|answer)(?: to (?:the|this|your) (?:\w+ )?question)?"
    r"(?: (?:asks|cannot|can['’]t|depends)\b.*"
    rf"| is (?:unclear|unknown|whether|about|below|as follows|in the|not (?:\w+ )?{_FOUND})\b.*| is)?)[\s.!]*",
    re.IGNORECASE | re.DOTALL,
)
_HEADING = re.compile(r"#{1,6}\s")
_BREAK = re.compile(r"[:;!]\s+|\s+[–—-]\s+|(,\s+)(?:(?:but|yet|and|so|while|whereas|although|though|as)\s+)?")
_BEGINS_A_CLAUSE = re.compile(
    r"[A-Z0-9]|(?:he|she|it|they|we|there|the|an?|this|that|these|those|its|his|her|their|our|all|both|no)\b"
)
_ANNOUNCES = re.compile(  # more than it says comes behind the colon: a list, or the end of the sentence itself
    r"\b(?:follow(?:ing|s)|these|those|below|here|several|various|multiple|different|many|some|few|two|three|four|five|"
    r"six|seven|eight|nine|ten|key|main|reasons?|factors?|points?|ways?|steps?)\b|"
    r"\b(?:is|are|was|were|be|includ(?:e|es|ed|ing)|that|by|to|on|of|in|with|for|from|because|says?|said|as|and|or)$",
    re.IGNORECASE,
)


def asserts_nothing(sentence: str) -> bool:
    """Whether a sentence says nothing that a source could bear out: a heading, a question, a lead-in, a courtesy.

    Whatever it begins with, it asserts something where a further clause does ("Of course, Austin resigned.").
    """
    text = sentence.strip().strip("*_ ")
    if not any(character.isalnum() for character in text) or _HEADING.match(text) or text.endswith("?"):
        return True
    leads_in = text.endswith(":")
    return all(_says_nothing(part, leads_in=leads_in) for part in _clauses(text.rstrip(": ")))


def _says_nothing(clause: str, *, leads_in: bool) -> bool:
    rest = _NOTHING_BY_ITSELF.sub("", clause, count=1) if _NOTHING_BY_ITSELF.match(clause) else clause
    if not rest.strip(" .!") or _NOTHING.fullmatch(rest):
        return True
    return leads_in and (bool(_ANNOUNCES.search(rest)) or _is_label(rest))


def _is_label(text: str) -> bool:
    """Whether it has no verb that makes it a statement; a last word with an "s" is a plural ("Recent attacks:")."""
    before, _, last = text.rpartition(" ")
    return not has_finite_verb(before if last.endswith("s") else text)


def _clauses(text: str) -> list[str]:
    """A sentence cut where another clause begins that may say something by itself."""
    found, start = [], 0
    for cut in _BREAK.finditer(text):
        after = text[cut.end() :]
        if cut[1] and not (_BEGINS_A_CLAUSE.match(after) and has_finite_verb(after.split(",", 1)[0])):
            continue
        found.append(text[start : cut.start()])
        start = cut.end()
    return [part for part in [*found, text[start:]] if any(character.isalnum() for character in part)]
