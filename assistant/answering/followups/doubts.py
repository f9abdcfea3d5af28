"""Questions that doubt the last answer: "are you sure?", "really?", "who says so?", "which briefings say that?".

They ask nothing new. The same question is asked again, so that its evidence is shown, and a note says what the answer
rests on.
"""

from __future__ import annotations

import re

from assistant.answering.followups.pronouns import QUOTED
from assistant.answering.phrases import phrases
from assistant.language.number_words import counted
from assistant.types import Answer, Disagreement

_THAT = r"(?:that|this|it|so|those|these)"
_SURE = r"(?:sure|certain|positive|confident)"
_QUITE = r"(?:(?:really|quite|absolutely|completely|totally|100 ?%|very|so|actually|definitely|still) )?"
_TEXTS = r"(?:briefings?|documents?|sources?|reports?|texts?|papers?|files?)"
_EVIDENCE = r"(?:sources?|evidence|proof|references?|citations?|quotes?)"
_OF_THAT = rf"(?: (?:for|of|about|on|behind) (?:{_THAT}|your answer|the answer))?"
_OPENS = r"(?:(?:hm+|oh|wait|no|but|and|ok(?:ay)?|well|so|sorry|yes|thanks|thank you|please)\b[\s,.!…-]*)*"
_DOUBTS = re.compile(
    rf"{_OPENS}(?:"
    rf"(?:are|r) (?:you|u) {_QUITE}{_SURE}(?: (?:about|of) (?:{_THAT}|your answer|the answer))?"
    rf"|(?:is|was|are|were) {_THAT}(?: (?:answers?|figures?|numbers?|names?|dates?|statements?|quotes?))? {_QUITE}"
    r"(?:so|true|right|correct|accurate|certain|sure|reliable|the case)"
    r"|(?:really|seriously|honestly|truly)(?: so| true)?|(?:for )?(?:sure|certain|real)"
    rf"|how (?:{_SURE}|reliable) (?:are you|is {_THAT})(?: (?:about|of) {_THAT})?"
    rf"|how (?:do|can|did|would) you know(?: {_THAT})?"
    rf"|(?:can|could|should) (?:i|we) (?:trust|rely on|believe) (?:{_THAT}|you)"
    rf"|who says(?: {_THAT})?|says who"
    rf"|(?:which|what|how many)(?: other| of the)? {_TEXTS} (?:say|says|said|state|states|confirm|confirms) {_THAT}"
    rf"|(?:(?:what|where)(?:['’]s| is| are) (?:the|your) )?{_EVIDENCE}{_OF_THAT}"
    rf"|where (?:does|do|did) (?:it|they|the {_TEXTS}) say {_THAT}"
    rf"|where(?:['’]s| is| was) {_THAT} (?:from|said|written)"
    rf"|where (?:did|do) you (?:get|find|have|read|see|take) {_THAT}(?: from)?"
    rf"|what (?:is|are) (?:{_THAT}|the answer|your answer) based on|what makes you (?:say|think) {_THAT}"
    rf"|(?:can you )?(?:double[ -]?check|check again|check {_THAT}(?: again)?|(?:verify|prove) {_THAT})"
    rf"|(?:can you )?(?:show|give) (?:me|us) (?:the|your) {_EVIDENCE}{_OF_THAT}"
    r")(?: please)?[\s?!.…]*",
    re.I,
)
_SURE_THAT = re.compile(
    rf"{_OPENS}(?:are|r) (?:you|u) {_QUITE}{_SURE} (?:that )?(?P<clause>(?:it|he|she|they|this|that|these|those)\b.+)",
    re.I,
)
_DIFFER = {"number": "a number", "date": "a date", "polarity": "yes or no"}


def doubts(question: str, answer: Answer) -> bool:
    """Whether a question only doubts the `answer` before it, and says nothing that is not in it.

    "Are you sure it was Austin?" does where the answer or its query names Austin; else it is a question of its own.
    """
    asked = " ".join(question.split())
    if QUOTED.search(asked):
        return False
    if _DOUBTS.fullmatch(asked):
        return True
    said = _SURE_THAT.fullmatch(asked)
    if said is None:
        return False
    known = {word for phrase in phrases(f"{answer.query}\n{answer.text}") for word in phrase.stems}
    return all(phrase.stems <= known for phrase in phrases(f"that {said['clause']}") if phrase.name)


def what_it_rests_on(answer: Answer) -> str:
    """What an answer that was doubted rests on, in a clause: how much of which briefings, and what differs."""
    if answer.outcome == "abstained":
        return "the same question was asked again, and no sentence of the briefings is sure enough to answer it"
    quotes = {(one.source.document_id, one.span) for one in answer.citations}
    cited = {document for document, _ in quotes}
    same = {source.document_id for one in answer.citations for source in one.also_in} - cited
    told = f"the same question was asked again: the answer rests on {counted(len(quotes), 'quote')} from "
    told += counted(len(cited), "document")
    if same:
        told += f", and {counted(len(same), 'more document')} {'has' if len(same) == 1 else 'have'} the same"
    return f"{told}; {_differing(answer.disagreements)}"


def _differing(found: tuple[Disagreement, ...]) -> str:
    if not found:
        return "no other quote was found that differs from it on a number, a date or yes and no"
    kinds = " and ".join(dict.fromkeys(_DIFFER[one.kind] for one in found))
    documents = {side.source.document_id for one in found for side in one.sides}
    where = f"{len(documents)} documents differ" if len(documents) > 1 else "one document says different things"
    return f"{where} on {kinds}, as is shown with it"
