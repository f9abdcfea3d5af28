"""Follow-up questions made to stand alone, by rules: "what about Japan?", "why?", "and when was that?".

Three things are decided in turn: does the question lean on the conversation (a pronoun without an antecedent of its
own, a "what about", an ellipsis, an open "the ..."); what is the conversation about (`antecedents`); and how the two
are put together. A question that leans on nothing stays as it is, character for character; of a request that corrects
("actually, summarise the talks") the request does. One that only doubts ("are you sure?") asks the one before again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.followups.antecedents import antecedent, asks_where_held, chosen_item
from assistant.answering.followups.corrections import correction_of, request_of
from assistant.answering.followups.doubts import doubts
from assistant.answering.followups.given_names import LOOKED_AT
from assistant.answering.followups.pronouns import BE, CLAUSE, DETERMINER, QUOTED, SAYS_WHICH, pointer_of
from assistant.answering.followups.replacing import ADJUNCT, PREPOSITION, asked_about, corrected, topic_terms
from assistant.answering.followups.what_was_said import asks_what_was_said, with_what_was_said
from assistant.answering.overviews.topics import is_request
from assistant.answering.phrases import QUESTION_WORDS, bare, phrases, tokens
from assistant.answering.tables.extremes import with_other_extreme
from assistant.language.words import content_words, stems
from assistant.types import Answer, Conversation, Turn

_LEAD = re.compile(r"^(?:(?:and|but|so|or|then|also|ok(?:ay)?|now|yes|sure|well|great|thanks)\b[,.!\s]*)+", re.I)
_JOINS = re.compile(r"\W*(?:and|but|also)\b", re.I)
_ABOUT = re.compile(
    rf"(?:(?:what|how) about\s+(?P<subject>.+?)|(?P<adjunct>{PREPOSITION}\s(?!wh|how).+?))\s*[?.!]*$", re.I
)
# "in Vilnius what did he say?", "in Sweden was there a vote?"; not "after it was hit", "for the ships that were hit"
_ASKS = re.compile(
    rf"\s(?:what|who|whom|whose|which|why|how|do|does|did|(?:when|where) {BE})\b"
    rf"|^(?!since|after|before|.*\s(?:that|when|where)\b).*\s{BE}\b"
    rf"|\s{BE} (?:{DETERMINER}|any|all|some|there|it|he|she|they|(?-i:[A-Z]\w*))\b",
    re.I,
)
_TAKES_LONG = re.compile(
    r"\bit (?:takes?|took|taken) (?:so|that|this|too) long\W*$", re.I
)  # it: all that was asked about
_WHO_IS = re.compile(
    r"(?:who|how many|how much) (?:is|are|was|were|has been|have been) \w+(?:ible|able|ed|en)\W*$", re.I
)
_OUTCOME = re.compile(r"(?:and )?(?:what|how) (?:is|are|was|were) the (?:results?|outcomes?|reasons?|votes?)\W*$", re.I)
_THIS = re.compile(
    r"\b(?:this|these|those)\b|\b(?:was|is|did|does|about|at|in|of|from|after|before|to|why|do|for|on) that\b", re.I
)
_ONE = re.compile(r"\b(?!no|which|that|this)\w+ ones?\b(?! of)", re.I)
_OF_ITS_OWN = re.compile(
    r"(?:i |if |we |my |in |what(?:'s| is| are| was| were) an? |what (?:is|are|was|were) [\w-]+\W*$"
    r"|tell me (?:more )?about (?!the|its)|how do i )",
    re.I,
)
_VAGUE = frozenset(
    """more else detail details explain elaborate continue happen happened interesting aspects aspect article
    information info important anything facts fact things thing significant example examples others other
    note know tell give show learn like want expand further next happening mean means true time way reason
    reasons overview summary summarise summarize recap outline timeline latest brief short""".split()
)
_SINGLES_OUT = frozenset(
    "main important popular famous common typical recent best biggest largest most major key different various".split()
)
_KNOWN_TO_ALL = frozenset(
    "world years time internet future past sun moon earth public day night year century us".split()
)
_THERE = re.compile(r"(?<!is)(?<!are)(?<!was)(?<!were) there\W*$", re.I)
_TO_US = re.compile(r"\b(?:don['’]t|can['’]t|won['’]t|are) you\b", re.I)  # about the assistant, not the briefings
_AMOUNTS = frozenset("much many long often far".split())
_HOW = frozenset("how when where why who".split())
_MOST_WORDS = 4  # a question with more content words than this says enough by itself, unless a pronoun says otherwise
_MOST_TERMS = 6
_LONGEST = 600  # characters; what is longer was pasted and stands alone
_TURNS = 20


def condense(question: str, conversation: Conversation | None) -> str:
    """`question` as it can be searched alone; unchanged when it stands alone already or nothing was asked before.

    "What about X?" asks the query before about X; a pronoun gives way to what it stands for; a question that leaves
    its subject out gets it in brackets. Terms come from the queries before and, second to them, from the last answer
    if it did not abstain. A pure function of its arguments, well under a millisecond a turn.
    """
    if conversation is None or not conversation.turns or len(question) > _LONGEST:
        return question
    turns = conversation.turns[-_TURNS:]
    if doubts(question, turns[-1].answer):
        return turns[-1].answer.query
    request = request_of(question)
    if request != question and is_request(request) and pointer_of(request) is None:
        return request  # another topic, whatever the conversation was about
    question = request
    stripped = _LEAD.sub("", question).strip() or question.strip()
    item = chosen_item(stripped, turns[-1].answer)
    if item is not None:
        return _with_terms(stripped, item)
    extreme = with_other_extreme(turns[-1].answer.query, stripped)
    if extreme is not None:
        return extreme
    instead = correction_of(question)
    if instead is not None:
        return corrected(instead, turns) or question
    about = _asked_about(question, stripped)
    if about and len(content_words(stripped)) <= _MOST_WORDS and "," not in stripped:
        return asked_about(about, turns) or question
    if _TAKES_LONG.search(question):
        return _with_terms(question, _telling(turns[-1]))
    pointer = pointer_of(question)
    if pointer is not None:
        anybody = pointer.word == "they" and asks_what_was_said(question)
        meant = None if anybody else antecedent(pointer.word, question, turns)
        if meant is None and asks_where_held(question):
            return _with_terms(question, _telling(turns[-1], question))
        question = question if meant is None else pointer.replaced(question, meant.with_article)
    if asks_what_was_said(question):
        of_said = with_what_was_said(question, turns[-1].answer)
        return of_said if of_said != question else _with_terms(question, _telling(turns[-1], question))
    if pointer is not None:
        return question
    if not _leans(question, stripped):
        return question
    terms = _clause(stripped, turns[-1])
    if not terms:
        terms = topic_terms(question, turns)
        told = _told(turns[-1].answer, f"{question} {terms}") if _THIS.search(stripped) else ""
        terms = ", ".join(filter(None, [terms, told]))
    return _with_terms(question, terms)


def goes_on(question: str, conversation: Conversation | None) -> bool:
    """Whether a follow-up asks about what the last answer showed ("why?", "the second one", "when did he say it?").

    Not one that stands alone, nor one that puts another subject or time in the place of the last ("what about Japan?",
    "no, I meant 2019"): what was shown before is of no use to it.
    """
    if conversation is None or not conversation.turns or conversation.turns[-1].answer.outcome != "answered":
        return False
    asked = request_of(question)
    stripped = _LEAD.sub("", asked).strip() or asked.strip()
    if with_other_extreme(conversation.turns[-1].answer.query, stripped) is not None:
        return False
    if correction_of(question) is not None or _asked_about(asked, stripped):
        return chosen_item(stripped, conversation.turns[-1].answer) is not None
    return condense(question, conversation) != asked


def _asked_about(question: str, stripped: str) -> str | None:
    """The other subject, place or time that is asked about ("what about Japan?", "in 2019?"); None where none is."""
    about = _ABOUT.match(_spelled_out(question, stripped))
    if about is None or (about["adjunct"] and _ASKS.search(about["adjunct"])):
        return None
    return about["subject"] or about["adjunct"]


def _spelled_out(question: str, stripped: str) -> str:
    """ "And Japan?" as "what about Japan?", any other question as it is."""
    named = re.sub(r"^the |[ ?.!]+$", "", stripped, flags=re.I)
    found = phrases(f"about {named}")
    whole = len(found) == 1 and found[0].name and found[0].text == named
    return f"what about {stripped}" if whole and _JOINS.match(question) else stripped


def _leans(question: str, stripped: str) -> bool:
    """Whether a question without pronouns still leaves its subject to the conversation."""
    content = [word for word in content_words(stripped) if word not in _VAGUE]
    if QUOTED.search(stripped) or _TO_US.search(stripped):
        return False
    if not content:
        return True
    if _WHO_IS.match(stripped):
        return True
    if len(content) > _MOST_WORDS or any(phrase.name for phrase in phrases(stripped)):
        return False
    spoken = [bare(word) for word, _ in tokens(_without_preposition(stripped))]
    if spoken[0] == "what" and spoken[1:2] in (["happened"], ["happen"]):
        return True
    if (_JOINS.match(question) and len(content) <= 3) or "else" in spoken or _THERE.search(stripped):
        return True
    if len(content) <= 2 and {"other", "others"} & set(spoken):
        return True
    this = _THIS.search(stripped)
    if (this and not CLAUSE.search(stripped[: this.start()])) or _ONE.search(stripped):
        return True
    if _OF_ITS_OWN.match(stripped):
        return False
    if len(content) <= 3 and spoken[0] in _HOW and all(phrase.light for phrase in phrases(stripped)):
        return True
    return _asks_for_any(spoken) or _open(stripped)


def _asks_for_any(spoken: Sequence[str]) -> bool:
    """Whether it is "are there any ...?", with nothing that says of what."""
    exists = spoken[1:2] == ["there"] and spoken[0] in ("are", "is", "were", "was") and "any" in spoken
    return (exists or spoken[0] == "any") and not SAYS_WHICH & set(spoken[3:])


def _open(text: str) -> bool:
    """Whether a phrase like "the band", "the main causes" or "any side effects" lacks what says whose."""
    for phrase in phrases(text):
        before = [bare(word) for word, _ in tokens(text[: phrase.start])]
        after = [bare(word) for word, _ in tokens(text[phrase.end :])]
        if phrase.possessor or (len(after) > 1 and after[0] in SAYS_WHICH):
            continue
        if len(after) > 2 and SAYS_WHICH & set(after[:2]):
            continue
        if phrase.words[-1] in _KNOWN_TO_ALL:
            continue
        definite = bool(before) and "the" in before[-3:] and (before[-1] == "the" or before[-1] in _SINGLES_OUT)
        if definite and len(phrase.words) == 1:
            return True
        if before and before[-1] in _SINGLES_OUT | {"some", "any", "the"} and phrase.light_head:
            return True
    return False


def _clause(stripped: str, last: Turn) -> str:
    """For "why?" and "when was that?": the telling words of the whole query before; else nothing."""
    spoken = [bare(word) for word, _ in tokens(_without_preposition(stripped))]
    content = [word for word in content_words(stripped) if word not in _AMOUNTS]
    if _OUTCOME.match(stripped):
        return _telling(last)
    if not spoken or spoken[0] not in QUESTION_WORDS or len(spoken) > 4 or content:
        return ""
    return _telling(last)


def _telling(last: Turn, question: str = "") -> str:
    """The telling words of the query before that the question does not have."""
    asked = set(stems(question))
    said = [word for word, _ in tokens(last.answer.query) if content_words(word) and not asked & set(stems(word))]
    telling = [word for word in said if word.istitle() or bare(word) not in _VAGUE | _AMOUNTS]  # "the True Confidence"
    return " ".join(telling[:_MOST_TERMS])


def _without_preposition(question: str) -> str:
    """ "By how long?" as "how long?"."""
    preposition = ADJUNCT.match(question)
    return question[preposition.end() :] if preposition else question


def _told(answer: Answer, known: str) -> str:
    """What "this" most likely is: the first new name of the answer."""
    if answer.outcome != "answered":
        return ""
    names = (
        phrase for phrase in phrases(answer.text[:LOOKED_AT]) if phrase.name and not phrase.stems <= set(stems(known))
    )
    return next((name.text for name in names), "")


def _with_terms(question: str, terms: str) -> str:
    """The question with terms in brackets before its last mark; as it is without any."""
    if not terms:
        return question
    base = question.rstrip(" ?.!")
    return f"{base} ({terms}){question[len(base) :].strip() or '?'}"
