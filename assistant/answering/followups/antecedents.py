"""What a word that points back stands for: the phrase that a conversation is about, weighed by rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from assistant.answering.followups.given_names import (
    LOOKED_AT,
    employs,
    is_date,
    may_be_person,
    name_given,
    person_told,
)
from assistant.answering.followups.what_was_said import asked_in
from assistant.answering.phrases import Phrase, bare, phrases, tokens
from assistant.language.sentences import sentence_spans
from assistant.language.words import stem, stems
from assistant.types import Answer, Turn

PERSONS = frozenset("he him his she her hers himself herself".split())
THINGS = frozenset("it its itself they them their theirs themselves".split())
_HIS = frozenset("he him his himself".split())
_HERS = PERSONS - _HIS
MANY = frozenset("they them their theirs themselves".split())
Kind = Literal["person", "one", "many", "any"]

# how much a query counts for each step back; people are returned to most, "it" is mostly the last thing named
_FADES: dict[Kind, float] = {"person": 0.8, "one": 0.5, "many": 0.6, "any": 0.8}
_NEW_TOPIC = 0.5  # what was said before a question that stood alone and named its subject counts half
_GONE = 2  # queries on something else after which a topic is over
_SURE = 1.1  # what a lower-case phrase must weigh to be added where no pronoun asks for it
_NAME = 2.0
_IN_ANSWER = 0.15
_AGREES = 1.3
_PLACING = frozenset("in at on during by from under".split())
_ASKED_FOR = frozenset("what which many much".split())
_INTRODUCES = re.compile(
    r"(?:what|who) (?:is|are|was|were) (?:an? |the )?$"
    r"|(?:please )?(?:can you )?tell me (?:more )?about (?:an? |the )?$",
    re.I,
)
_IS_A_PERSON = re.compile(r"who (?:is|are|was|were) (?:an? |the |their |its )?$", re.I)
_HAPPENS = re.compile(r"\b(?:held|take place|took place|happen|last|end|begin|start|resume|over)\b", re.I)
_BODIES = frozenset(
    """council committee commission ministry department office bureau administration agency authority bank fund union
    government cabinet party alliance coalition league movement army navy force guard corps command fleet brigade house
    senate parliament court university institute museum company corporation board team group organization organisation
    service port harbour airport city town district""".split()
)
"""The last words of names of what is not held itself, though a meeting of it is."""
_WHEN = frozenset("next last again soon".split())
_HELD = re.compile(r"\b(?:it (?:be |been |being )?held|it (?:take|took|taking) place)\b", re.I)
_EVENTS = frozenset(
    stem(word)
    for word in """meeting summit conference forum talks vote election strike trial war attack outage exercise hearing
        session ceremony visit trip debate siege blockade ceasefire negotiations consultation review""".split()
)
_AUXILIARY = re.compile(
    r"\b(?:do|does|did|will|would|can|could|shall|should|may|might|must|is|are|was|were|be|been|has|have|had)\b", re.I
)
_ITEM = re.compile(
    r"(?:(?:and|what about|how about|tell me (?:more )?about|explain|why|more (?:on|about)) )*the "
    r"(?P<which>first|second|third|fourth|fifth|last)(?: (?:one|point|item|part|sentence|source|quote))?\W*$",
    re.I,
)
_PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}


def antecedent(word: str, question: str, turns: Sequence[Turn]) -> Phrase | None:
    """What the pronoun `word` of `question` stands for after `turns` (at least one); None where nothing fits.

    "She" is nobody who was "he" before.
    """
    if word in PERSONS:
        found = name_given(turns, question, person=True) or topic(turns, question, "person") or person_told(turns)
        own, other = (_HERS, _HIS) if word in _HERS else (_HIS, _HERS)
        was_other = _people(turns, other) - _people(turns, own)
        return None if found is not None and found.stems <= was_other else found
    if word in MANY:
        return topic(turns, question, "many")
    return name_given(turns, question, person=False) or topic(turns, question, "one")


def topic(turns: Sequence[Turn], question: str, kind: Kind = "any") -> Phrase | None:
    """What the conversation is about: the phrase that weighs most over its queries, recent ones first.

    A name that is part of a longer one counts for the longer one. Phrases that `question` has are left out; "person"
    takes names that may be a person's, "one" and "many" prefer phrases that agree in number.
    """
    asked = set(stems(question))
    people = _people(turns)
    weights: dict[frozenset[str], float] = {}
    known: dict[frozenset[str], Phrase] = {}
    recency = 1.0
    since = 0  # queries that stood alone and named something since the one looked at
    for turn in reversed(turns):
        seen = _weighed(asked_in(turn)[:LOOKED_AT], kind)
        named = any(phrase.name for phrase, _ in seen)
        if turn is turns[-1] and turn.answer.outcome == "answered":
            told = _weighed(turn.answer.text[:LOOKED_AT], kind)[:4]
            seen += [(p, _IN_ANSWER * weight) for p, weight in told if p.name]
        for phrase, weight in seen:
            key = next((other for other in known if _part(phrase, known[other])), phrase.stems)
            if since >= _GONE and key not in known:
                continue
            known.setdefault(key, phrase)
            weights[key] = weights.get(key, 0.0) + weight * recency
            for shorter in [other for other in known if _part(known[other], known[key])]:
                weights[key] += weights.pop(shorter)
                del known[shorter]
        stood_alone = named and turn.answer.query == turn.question
        since += stood_alone
        recency *= _FADES[kind] * (_NEW_TOPIC if stood_alone else 1.0)
    last = turns[-1].answer
    answer = last.text[:LOOKED_AT] if last.outcome == "answered" else ""

    def fits(phrase: Phrase) -> bool:
        return may_be_person(phrase) and not employs(answer, phrase)

    happens = kind == "one" and _HAPPENS.search(question) is not None
    held = kind == "one" and asks_where_held(question)
    fitting = [
        (weights[key] * _fit(phrase, kind, people) * (2.0 if happens and phrase.stems & _EVENTS else 1.0), phrase)
        for key, phrase in known.items()
        if key and not key <= asked and not phrase.light and not is_date(phrase) and (kind != "person" or fits(phrase))
    ]
    if held:
        fitting = [(weight, phrase) for weight, phrase in fitting if may_be_held(phrase)]
    if kind == "any":
        fitting = [(weight, phrase) for weight, phrase in fitting if phrase.name or weight >= _SURE]
    if not fitting:
        return None
    best = max(fitting, key=lambda pair: pair[0])[1]
    return best if kind == "any" else _whole(best, turns[-1].answer.query[:LOOKED_AT])


def _whole(phrase: Phrase, query: str) -> Phrase:
    """The phrase with its complement, "the budget of France", or noun, "the Black Sea deal", as in the last query."""
    for head, complement in pairwise(phrases(query)):
        if head.stems == phrase.stems and head.name and _names(head, complement, query):
            return replace(head, text=query[head.start : complement.end], end=complement.end)
        if head.stems == phrase.stems and not head.name and query[head.end : complement.start] in (" of ", " of the "):
            text = f"{head.text}{query[head.end : complement.start]}{complement.text}"
            return replace(head, text=text, end=complement.end)
    return phrase


def _names(name: Phrase, noun: Phrase, query: str) -> bool:
    """Whether a name only says which thing is meant by the noun behind it: "the" of "the Black Sea deal" is the deal's.

    One word behind an auxiliary may be the verb or say how the name is: "did the Ever Given sail", "is the Verve good".
    """
    if not name.definite or name.possessor or noun.name or query[name.end : noun.start] != " ":
        return False
    return len(noun.words) > 1 or not _AUXILIARY.search(query[: name.start])


def chosen_item(question: str, answer: Answer) -> str | None:
    """The telling phrases of the citation or sentence of `answer` that "the second one" picks; None if none is."""
    found = _ITEM.match(question)
    if found is None or answer.outcome != "answered":
        return None
    items = [citation.quote for citation in answer.citations]
    items = items or [span.of(answer.text) for span in sentence_spans(answer.text)]
    place = _PLACES[found["which"].lower()]
    if not -len(items) <= place < len(items):
        return None
    telling = [phrase.text for phrase in phrases(items[place][:LOOKED_AT]) if not phrase.light]
    return ", ".join(telling[:4]) or None


def asks_where_held(question: str) -> bool:
    """Whether a question asks about "it" what can be asked of an event only: where it was held, when it takes place."""
    return _HELD.search(question) is not None


def may_be_held(phrase: Phrase) -> bool:
    """Whether a phrase may name an event: no country and no body of people, unless it has a word for an event."""
    if phrase.stems & _EVENTS:
        return True
    if len(phrase.words) == 1 and phrase.words[0] in _WHEN:
        return False
    return not phrase.place and not {phrase.words[-1], stem(phrase.words[-1])} & _BODIES


def _part(shorter: Phrase, longer: Phrase) -> bool:
    """Whether one name is a part of the other ("Austin" of "Lloyd Austin"); "A and B" is two names."""
    return shorter.name and longer.name and shorter.stems < longer.stems and " and " not in longer.text


def _fit(phrase: Phrase, kind: Kind, people: frozenset[str]) -> float:
    if kind in ("person", "any"):
        return 1.0
    person = kind == "one" and bool(phrase.stems & people)
    return (_AGREES if phrase.plural == (kind == "many") else 1.0) * (0.2 if person else 1.0)


def _weighed(text: str, kind: Kind) -> list[tuple[Phrase, float]]:
    """The phrases of a text with how likely each is what the text is about."""
    result = []
    found = phrases(text)
    alone = sum(not phrase.light for phrase in found) == 1
    for place, phrase in enumerate(found):
        before = [bare(word) for word, _ in tokens(text[: phrase.start])[-2:]]
        weight = (_NAME if phrase.name else 1.0) / (1.0 + 0.2 * place)
        weight *= 1.3 if phrase.possessor else 1.0
        weight *= 1.2 if alone else 1.0
        weight *= 0.4 if _PLACING & set(before) else 1.0
        heads = place > 0 and not found[place - 1].light and before[-1:] in (["of"], ["the"]) and "of" in before
        weight *= 0.7 if heads else 1.0
        weight *= 0.1 if phrase.light else 1.0
        counted = kind == "many" and before == ["how", "many"]  # "How many jets were sold?" "When do they come?"
        weight *= 0.3 if before and before[-1] in _ASKED_FOR and not counted else 1.0
        weight *= 1.5 if _INTRODUCES.match(text[: phrase.start]) else 1.0
        office = kind == "one" and not phrase.name and _IS_A_PERSON.match(text[: phrase.start])
        weight *= 0.2 if office else 1.0  # "Who is the chief executive of Nordkraft?" "Where is it based?"
        result.append((phrase, weight))
    return result


def _people(turns: Sequence[Turn], pronouns: frozenset[str] = PERSONS) -> frozenset[str]:
    """The stems of names that once took the place of one of the pronouns."""
    found: set[str] = set()
    for turn in turns:
        if any(bare(word) in pronouns for word, _ in tokens(turn.question)):
            asked = set(stems(turn.question))
            found.update(*(p.stems for p in phrases(turn.answer.query[:LOOKED_AT]) if p.name and not p.stems <= asked))
    return frozenset(found)
