"""Names and noun phrases of a sentence, found with word lists instead of a parser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from assistant.answering.subjects import CALENDAR, groups_in, subjects_of
from assistant.language.words import STOP_WORDS, stem

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[A-Z]\.(?= ?[A-Z])|[^\W_]+(?:[-.'’&/][^\W_]+)*")

_DEFINED = re.compile(r"[Ww]hat is (?:[a-z]+ )?")  # "What is seafloor spreading?"

QUESTION_WORDS = frozenset("what which who whom whose when where why how".split())
_FUNCTION = (
    STOP_WORDS
    | QUESTION_WORDS
    | frozenset(
        """might may must shall whether else ever yet still already even though although unless across among around
        along without within per via upon like besides instead rather quite really actually maybe perhaps please
        thanks thank ok okay yes yeah well so then many much several various another one ones two others someone
        anyone something anything everything nothing somebody anybody let let's lot lots every either neither
        both since including typically usually generally commonly originally first also today later finally soon
        ago once twice behind beyond toward towards during because versus vs i'm it's that's what's who's don't
        doesn't didn't isn't aren't wasn't weren't can't won't couldn't wouldn't i'd i've you're they're there's
        he's she's different best better good bad great main popular important interesting famous common new old
        big biggest largest major long far often able possible available known specific certain further aside
        overall nowadays total currently such general necessary similar""".split()
    )
)
_DETERMINERS = frozenset(
    """a an the his her its their my our your this that these those some any no each every of in on for with by
    about""".split()
)
_VERBS = frozenset(
    stem(word)
    for word in """accept achieve act add affect agree allow announce answer appear apply argue arrive ask attack
        attend avoid award ban base beat become began begin begun believe belong benefit bring broke broken
        build built buy call came cancel carry cause celebrate change check choose chose claim come compare
        complete compose consider contain continue control convert cook cost cover create criticize cut
        decide declare decline define depend describe design destroy determine develop die died differ disband
        discover discuss discussed do drink drive drop earn eat end enjoy ensure enter establish evolve exist
        expand expect explain explore face fail fall feel fell fight figure find fix follow form fought found
        gain gave get give given go gone got grew grow handle happen happened hear held help hire hit hold
        identify impact implement improve include increase influence inform intend introduce invent invest
        involve join keep kept kill knew know last launch lead learn leave led left let lie live look lose lost
        love made make manage marry mean measure meet mention met mix move name need offer open operate organize
        originate own paid pass pay perform plan play pose prepare prevent produce promote propose protect prove
        provide publish put raise ran reach react read receive recommend record reduce refer reject relate
        related release remain remember remove replace report require respond result retire score lift return
        rise rose run said sang saw see seem seen sell send sent serve set share show sign sing sold spend spent
        split spread stand start state stay stop store struggle study succeed suffer suggest support survive
        take taken talk taught teach tell think thought told took tour travel treat tried try turn understand
        use view visit vote want was wear went win won wonder wore work worked write written wrote""".split()
)
_LIGHT_HEADS = frozenset(
    stem(word)
    for word in """type kind sort form example aspect fact part way thing person people reason information detail
        difference similarity effect cause symptom sign benefit advantage disadvantage feature characteristic
        purpose role importance history origin meaning name number amount size age cost price process method
        step time year day date place area side case result impact significance point topic article idea term
        level rate list use usage variety member version breed founding function percentage majority rest end
        beginning middle start lot relationship background overview definition group""".split()
)
_FINITE = re.compile(
    r"\b(?:am|is|are|was|were|has|have|had|do|does|did|will|would|shall|should|can|could|may|might|must|"
    r"isn|aren|wasn|weren|hasn|haven|hadn|doesn|didn|don|won|wouldn|couldn|"
    r"began|bought|came|chose|drove|fell|gave|got|grew|held|kept|knew|led|left|lost|made|met|paid|ran|rose|said|saw|"
    r"sent|shot|sold|spent|spoke|stood|struck|took|told|went|withdrew|wrote|beat|broke|built|caught|cut|dealt|fought|"
    r"flew|heard|hit|put|rode|sank|set|shut|slid|sought|spread|swore|taught|thought|threw|woke|won|wore)\b|"
    r"['’](?:s|re|ve|ll) \w+(?:ed|ing)\b",
)
_PAST = re.compile(r"(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\bits )(?<!\bof )\b[a-z]{2,}ed\b")  # not "an armed group"
_PRESENT = re.compile(r"\b[a-z]+s\b")
_MOST_WORDS = 10
_DIGITS = 4  # of a number that is part of a name
_ROW = frozenset("next last first second third final previous latest coming annual".split())
_CONNECTORS = frozenset("of de la von van der del di da du le the and for".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as written, without its article; `name` where it is capitalised or a country.

    `possessor` is true for "China's", `light` for words that only point to their complement ("types", "effects"),
    `definite` where "the" stands before it, `place` for countries and unions.
    """

    text: str
    start: int
    end: int
    name: bool
    possessor: bool = False
    light: bool = False
    definite: bool = False
    place: bool = False

    @property
    def with_article(self) -> str:
        """The text with "the" before it, if it had that where it was found."""
        return f"the {self.text}" if self.definite else self.text

    @property
    def words(self) -> tuple[str, ...]:
        """The words in lower case, without possessive endings."""
        return tuple(bare(found) for found in _TOKEN.findall(self.text))

    @property
    def stems(self) -> frozenset[str]:
        """The stems of the words."""
        return frozenset(stem(word) for word in self.words)

    @property
    def light_head(self) -> bool:
        """Whether the last word only points to a complement, as in "side effects"."""
        return bool(self.words) and stem(self.words[-1]) in _LIGHT_HEADS

    @property
    def plural(self) -> bool:
        """Whether the last word looks like a plural, or two things are joined."""
        last = self.words[-1] if self.words else ""
        return " and " in self.text or (last.endswith("s") and not last.endswith(("ss", "us", "is")))


def _anywhere(terms: Sequence[str]) -> dict[str, int]:
    return dict.fromkeys(terms, 1)


def bare(word: str) -> str:
    """Lower case, without the possessive ending."""
    return word.lower().replace("’", "'").removesuffix("'s")


def tokens(text: str) -> list[tuple[str, int]]:
    """The words of `text` as written, with where they begin; "U.S." and "baby-back" stay whole."""
    return [(found.group(), found.start()) for found in _TOKEN.finditer(text)]


@lru_cache(maxsize=1024)
def phrases(text: str) -> tuple[Phrase, ...]:
    """The names and noun phrases of `text`, in order."""
    found = tokens(text)
    one_case = text == text.lower() or text == text.upper()
    kinds = [_kind(found, number, text, one_case) for number in range(len(found))]
    groups = subjects_of(text.lower(), _anywhere)  # in lower case only countries and unions are proper
    places = frozenset(bare(word) for subject in groups if subject.proper for word in subject.name.split())
    kinds = [
        "name" if kind == "noun" and bare(word) in places else kind
        for kind, (word, _) in zip(kinds, found, strict=True)
    ]
    for number in range(1, len(found) - 1):  # "Miracle on Ice", "Lord of the Rings"
        if kinds[number] == "link":
            after = number + 1
            while after < len(found) - 1 and kinds[after] == "link":
                after += 1
            joined = (
                kinds[number - 1] == "name" and kinds[after] == "name" and _adjacent(found, text, number - 1, after)
            )
            kinds[number:after] = ["name" if joined else "out"] * (after - number)
    result: list[Phrase] = []
    run: list[int] = []
    for number in range(len(found) + 1):
        kind = kinds[number] if number < len(found) else "out"
        if run and (
            kind not in ("name", "noun")
            or kind != kinds[run[-1]]
            or len(run) == _MOST_WORDS
            or not _adjacent(found, text, run[-1], number)
            or found[run[-1]][0].endswith(("'s", "’s"))
        ):
            phrase = _phrase(found, kinds, run, text)
            result.append(replace(phrase, place=phrase.name and places.issuperset(phrase.words)))
            run = []
        if kind in ("name", "noun"):
            run.append(number)
    return tuple(result)


def _kind(found: Sequence[tuple[str, int]], number: int, text: str, one_case: bool) -> str:
    word = found[number][0]
    low = bare(word)
    if re.split("['’]", low)[0] in QUESTION_WORDS:
        return "out"
    if low in _CONNECTORS and 0 < number < len(found) - 1:
        return "link" if word.islower() else ("name" if number else "out")
    opening = number == 0 or (
        text[found[number][1] - 2 : found[number][1] - 1] in ".?!:;" and not found[number - 1][0].endswith(".")
    )
    capital = word[:1].isupper() and not one_case
    if low in _FUNCTION or (word.lower() in _FUNCTION):
        follows = number + 1 < len(found) and found[number + 1][0][:1].isupper()
        return "name" if capital and not opening and follows and low not in QUESTION_WORDS and low != "i" else "out"
    if capital and not opening:
        return "name"
    if capital and len(found) == 1:
        return "name"
    if capital and opening and number + 1 < len(found) and found[number + 1][0][:1].isupper() and not _verb(low):
        return "name"
    if low.endswith("ing") and _DEFINED.fullmatch(text[: found[number][1]]):
        return "noun"
    if _verb(low) or low.endswith("ly"):
        before = bare(found[number - 1][0]) if number else ""
        nominal = before in _DETERMINERS or found[number - 1][0].endswith(("'s", "’s")) if number else False
        article = (before in ("the", "a", "an") or _one_of_a_row(found, number)) and not low.endswith("ly")
        return "noun" if article or (nominal and not low.endswith(("ly", "ing", "ed"))) else "out"
    if low[0].isdigit() and number + 1 < len(found) and found[number + 1][0][:1].isupper():
        return "name"
    if low.isdigit():
        return "name" if _numbers_a_name(found, number, text, one_case) else "out"
    if capital and opening and not low.endswith("s") and len(found) > 1:
        return "noun" if number + 1 < len(found) and not _function(found[number + 1][0]) else "name"
    return "noun"


def _one_of_a_row(found: Sequence[tuple[str, int]], number: int) -> bool:
    """Whether "next" and the like stand before a word, behind an article or an owner: "the next meeting"."""
    if number < 2 or bare(found[number - 1][0]) not in _ROW:
        return False
    owner = found[number - 2][0]
    return bare(owner) in _DETERMINERS or owner.endswith(("'s", "’s"))


def _numbers_a_name(found: Sequence[tuple[str, int]], number: int, text: str, one_case: bool) -> bool:
    """Whether a number is the last word of a name ("Yi Peng 3"), and no day, year or count: "in Arlen 30 ships"."""
    if not number or len(found[number][0]) > _DIGITS or not _adjacent(found, text, number - 1, number):
        return False
    name = bare(found[number - 1][0])
    if name in CALENDAR or groups_in(name) or _kind(found, number - 1, text, one_case) != "name":
        return False
    after = bare(found[number + 1][0]) if number + 1 < len(found) else ""
    counted = after.endswith("s") and not (after in _FUNCTION or _verb(after))
    return not counted or not _adjacent(found, text, number, number + 1)


def _function(word: str) -> bool:
    return bare(word) in _FUNCTION


def has_finite_verb(text: str) -> bool:
    """Whether a text seems to have a verb that makes it a statement; told by endings and lists, so not for sure."""
    if _FINITE.search(text) or _PAST.search(text):
        return True
    return any(_verb(found.group()) for found in _PRESENT.finditer(text))


def _verb(low: str) -> bool:
    return stem(low) in _VERBS or low in _VERBS


def _adjacent(found: Sequence[tuple[str, int]], text: str, left: int, right: int) -> bool:
    """Whether only spaces or hyphens stand between each two neighbours from one token to the other."""
    if right >= len(found):
        return False
    return all(
        not text[first[1] + len(first[0]) : second[1]].strip(" -&")
        for first, second in pairwise(found[left : right + 1])
    )


def _phrase(found: Sequence[tuple[str, int]], kinds: Sequence[str], run: Sequence[int], text: str) -> Phrase:
    start, last = found[run[0]][1], found[run[-1]]
    end = last[1] + len(last[0])
    possessor = last[0].endswith(("'s", "’s"))
    written = text[start : end - 2] if possessor else text[start:end]
    content = [stem(bare(found[number][0])) for number in run]
    light = all(word in _LIGHT_HEADS for word in content)
    definite = run[0] > 0 and found[run[0] - 1][0].lower() == "the"
    return Phrase(written, start, end, any(kinds[number] == "name" for number in run), possessor, light, definite)
