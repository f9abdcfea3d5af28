"""What a question supposes to be so, and the sentences that say the opposite of it.

"When did the referendum succeed?" supposes that it did. A sentence near to it that says "the referendum failed" is no
answer, however well it matches. Three in ten questions that people wrote to be unanswerable are of this kind (Rajpurkar
et al. 2018: negation and antonyms). It is worth showing all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering.asked.called_off import called_off
from assistant.answering.asked.other_occasions import told_of_another_time
from assistant.answering.evidence import Evidence, left_of
from assistant.answering.query import Query
from assistant.language.asking import asking_part
from assistant.reading.checks.antonyms import LOOSE, PLAIN, UNDECIDED
from assistant.reading.checks.negation import CUES, denial
from assistant.reading.checks.opposites import beside, opposed
from assistant.reading.checks.terms import Term, key_of, terms
from assistant.types import Side, Span

LESS_LIKELY = 5.0
"""How many times less often other sentences answer where the best one says the opposite, as odds.

Where `contrary` speaks, a question of SQuAD's development data is more than twenty times as often an unanswerable one
(`benchmarks/ruled_out.py`); those of which other sentences are left are believed a little more.
"""

_ASKS = re.compile(r"\b(?:what|which|who|whom|whose|when|where|why|how)\b", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"\W*(?:is|are|was|were|has|have|had|will|would|can|could|did|does|do|should|may|might|must)(?:n['’]t)?\b",
    re.IGNORECASE,
)
_NOT_QUITE = re.compile(
    r"(?:\bnot?\b|\bnever\b|n['’]t\b)[^.;]*\b(?:until|till|before|unless|except|apart\s+from|other\s+than|but|only|than|yet|"
    r"if|as\s+long\s+as|while|at\s+least|alone|together|just|merely|simply)\b|"
    r"\bno\s+longer\b|\bnot\s+(?:all|every)\b|;",
    re.IGNORECASE,
)  # at some time or in some case it is so, or more is said
_FALLS = re.compile(r"\bdeclin", re.IGNORECASE)  # to decline is often to fall
_OF_WHOM = re.compile(r"\b(?:who|whom|whose|which)\b[^,;]*$", re.IGNORECASE)  # "those whom they had not sent back"
_EXCEPTED = re.compile(r"\bexcept|\bbar\b|\bapart\s+from\b|\bother\s+than\b|\bonly\b|\ball\s+others?\b", re.IGNORECASE)
_SUPPOSES_NOTHING = re.compile(
    r"\b(?:about|if|who|which|whose|conditions?|prospects?|position|stance)\b|"
    r"\b(?:prevent|stop|block|ban|prohibit|hinder|obstacle)\w*",
    re.IGNORECASE,
)  # "What did he say about joining?", "Who signed?", "What stops them from leaving?"
_WHY = re.compile(r"\bwhy\b|\bif\b", re.IGNORECASE)  # "Why didn't he come?": of what he did
_NOT = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE)  # "without Russia" says no to nothing
_NO = re.compile(rf"{_NOT.pattern}|\b(?:no|nobody|nothing|none|neither)\b", re.IGNORECASE)  # who denies may be denied
_JOINED = re.compile(r"\b(?:and|but|although|though|while|whereas|as|since)\b", re.IGNORECASE)
_WHICH_OF_THEM = re.compile(
    r"\bwhich\s+(?:[\w-]+\s+)?(?!(?:is|was|has|does|its|his|this)\b)[\w-]+s\b", re.IGNORECASE
)  # "Which countries ...?"
_OF_WHICH = re.compile(r"\bof\s+(?:which|whom|them|these|those)\b|\b\d+\s+of\s+(?:the\s+)?\d+\b", re.IGNORECASE)
_PREFIX = re.compile(r"(?:un(?!less|rest)|non-?)(?=\w{4})", re.IGNORECASE)
_NON = re.compile(r"\bnon\s+(?=\w)", re.IGNORECASE)
_LOOKED_AT = 12  # sentences, the best first
_ASKS_FOR_WHOM = ("person", "other")  # kinds of questions
_NEARLY = 3.0  # as the weakest sentence of an answer may be
_FARTHEST = 60  # characters between a word that says no and what it says no to


def contrary(question: str, sentence: str) -> Span | None:
    """The words of a sentence that say the opposite of what the question supposes; None where there are none.

    Which of several things are so supposes nothing of the others: that some were accepted, or that some countries have
    signed, is no opposite of it.

    A word of the question stands as its opposite in the sentence ("least", "most"; "unequal", "equal"), beside a word
    that both have; or one of the two says no to what the other says. A yes-or-no question supposes nothing, nor does
    the word after "how" ("how successful", "how often"). What was planned and called off is the opposite of its event
    (`called_off.py`), and the same at another time is not what is asked about (`other_occasions.py`).
    """
    if not _ASKS.search(question) or _YES_OR_NO.match(question):
        return None
    otherwise = called_off(question, sentence) or told_of_another_time(question, sentence)
    if otherwise is not None:
        return otherwise
    of_several = bool(_WHICH_OF_THEM.search(question))
    if of_several and _OF_WHICH.search(sentence):
        return None
    asked, told = terms(_NON.sub("non-", question)), terms(sentence)
    turned = next(_turned(question, asked, sentence, told), None)
    if turned is not None:
        return Span(turned.start, turned.end)
    found = denial(sentence, question)
    if found is None or _NOT_QUITE.search(question):
        return None
    if found.by_source:
        told_off = CUES.search(question) or _SUPPOSES_NOTHING.search(question) or _NOT_QUITE.search(sentence)
        return None if told_off else _with_not(sentence, told, found.key)
    word = next((term for term in told if term.key == found.key), None)
    if word is None or not _NO.search(question) or _WHY.search(question) or _EXCEPTED.search(sentence) or of_several:
        return None
    return Span(word.start, word.end)


def parted(query: Query, evidence: list[Evidence]) -> tuple[list[Evidence], Side | None]:
    """Where the best sentence says the opposite of what is supposed: the evidence without all that do, and it.

    So does another one that names all whom the question names, as the best sentence does not: of them it may say
    nothing. Not where it asks who or which, as what others did is no opposite, nor where it tells something before it
    asks. Of what is asked why one nearly as good counts, too, where no better one tells any of what happened or a
    reason: what is only about the same things is often more like such a question than what says that it is not so.
    """
    for one in _near(query, evidence):
        words = contrary(query.text, one.text)
        if words is not None:
            return not_contrary(query, evidence), one.side(words.shifted(one.span.start))
    return evidence, None


def _near(query: Query, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """The sentences that may say that it is not so, the best first."""
    said = {term.key for term in terms(query.text) if term.key and not term.capital}
    for one in evidence:
        if one.score < evidence[0].score - _NEARLY:
            break
        yield one
        if query.kind != "reason" or one.held > 0 or any(term.key in said for term in terms(one.text)):
            break
    known = query.kind not in _ASKS_FOR_WHOM and asking_part(query.text) == query.text
    if known and query.names and evidence and not _names_all(query, evidence[0]):
        yield from (one for one in evidence[1:_LOOKED_AT] if _names_all(query, one))


def _names_all(query: Query, one: Evidence) -> bool:
    return all(name.named_in(one.in_full) for name in query.names)


def not_contrary(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence without the sentences that say the opposite of what is supposed."""
    return left_of(evidence, lambda one: contrary(query.text, one.text) is None)


def odds_lowered(probability: float, less_likely: float = LESS_LIKELY) -> float:
    """The probability, so many times less likely (Bayes' rule).

    By default that other sentences answer a question of which the best one says the opposite.
    """
    return probability / (probability + less_likely * (1.0 - probability))


def _turned(question: str, asked: Sequence[Term], sentence: str, told: Sequence[Term]) -> Iterator[Term]:
    """The words told that are opposites of words asked, both beside a word that the other text has there as well.

    Not where one of the texts says no besides: what is not active is no opposite of what is inactive.
    """
    for there, here in (*opposed(told, asked, PLAIN), *opposed(told, asked, LOOSE), *_prefixed(told, asked)):
        word, opposite = asked[here], told[there]
        decided = UNDECIDED.isdisjoint((word.key or word.text.lower(), opposite.key or opposite.text.lower()))
        alike = _says_no(question, word) == _says_no(sentence, opposite)
        fixed = _in_a_phrase(asked, here) or _in_a_phrase(told, there)
        if decided and alike and not fixed and beside(asked, here) & beside(told, there):
            yield opposite


def _in_a_phrase(found: Sequence[Term], place: int) -> bool:
    """Whether a word is part of a name ("South Korea"), of "at least", or compares ("how large", "larger than")."""
    before = found[place - 1].text.lower() if place else ""
    after = found[place + 1] if place + 1 < len(found) else None
    named = found[place].capital and after is not None and after.capital
    return named or before in ("at", "so", "how") or (after is not None and after.text.lower() in ("than", "of"))


def _says_no(text: str, besides: Term) -> bool:
    """Whether a text has a word that says no other than this one."""
    return any(not besides.start <= match.start() < besides.end for match in CUES.finditer(text))


def _prefixed(told: Sequence[Term], asked: Sequence[Term]) -> Iterator[tuple[int, int]]:
    """The places of words that are each other's opposite by "un" or "non", where no text has both."""
    bare = [_without_prefix(term) for term in asked]
    in_both = {term.key for term in told} & {term.key for term in asked}
    for there, one in enumerate(told):
        without = _without_prefix(one)
        for here, other in enumerate(asked):
            opposite = without == other.key or bare[here] == one.key
            if one.key and other.key and opposite and in_both.isdisjoint((one.key, other.key)):
                yield there, here


def _without_prefix(word: Term) -> str | None:
    match = _PREFIX.match(word.text)
    return key_of(word.text[match.end() :]) if match else None


def _with_not(sentence: str, told: Sequence[Term], key: str) -> Span | None:
    """The word that is said no to, with the "not" close before it; None where another kind of word says no.

    Nor where the "not" stands in a clause that is joined to one before it, which has more to say.
    """
    joined = _JOINED.search(sentence, 1)
    cues = [match.start() for match in _NOT.finditer(sentence, 0, joined.start() if joined else len(sentence))]
    for term in (term for term in told if term.key == key):
        before = [cue for cue in cues if 0 <= term.start - cue <= _FARTHEST]
        if before:
            clause = sentence[: before[-1]].rpartition("because")[2]
            return None if _FALLS.search(clause) or _OF_WHOM.search(clause) else Span(before[-1], term.end)
    return None
