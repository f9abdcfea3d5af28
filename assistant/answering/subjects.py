"""What a question is about: the names, numbers and dates that its evidence must share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.language.countries import COUNTRIES
from assistant.language.words import ORGANISATION, STOP_WORDS, stem

_AMBIGUOUS_LOWER = frozenset(("us", "un", "turkey", "polish", "delhi"))
_ASKING = STOP_WORDS | frozenset(
    "much many list name give describe explain happen happened long ago ok okay jr sr".split()
)  # and what names nobody by itself

CALENDAR = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)  # a document's own date says these without its text naming them

_GREETING = re.compile(
    r"(?:^|(?<=[.!?,;:] ))(?i:(?:many )?thanks(?: a lot| so much)?|thank you(?: very much)?|hi|hey|hello|dear|cheers|"
    r"greetings|good (?:morning|afternoon|evening|day))(?i: in advance| there| all| team| everyone| sir or madam)?"
    r"(?: [A-Z][\w’'-]+)?(?=\s*(?:[.!?,;:]|$))"
)  # with whom it greets: "Hi Claude,"
_SHORT_FOR = frozenset(
    "mr mrs ms mx messrs dr prof st rev hon gov pres sen rep amb gen lt col maj brig capt cmdr cdr sgt cpl adm".split()
)  # their full stop ends no sentence, nor does an initial's

KINDS = frozenset(
    """group cross organization organisation sea ocean gulf strait canal channel bridge river island bay port harbour
    harbor airport base city town province region district coast leader talk dialogue summit conference forum meeting
    initiative agreement treaty accord deal protocol memorandum act law bill charter convention resolution council
    committee commission chief staff ministry department office bureau administration agency authority bank fund union
    nation state kingdom republic federation party alliance coalition league movement front army navy force guard corps
    command fleet brigade division house senate parliament assembly congress court university institute center centre
    school college hospital museum company corporation line service station time post news journal press war day week
    month year plan programme program project operation mission exercise index report review strategy policy
    star express spirit prize award cup game championship""".split()
)
"""The last words of names that say only what kind of thing is named."""

Frequency = Callable[[Sequence[str]], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Subject:
    """Something a question is about: its name in the question and every form that stands for it.

    A form is a tuple of normalised words; a form of several words is named where they stand one after another.
    `terms` are those forms that are looked up in the corpus to know who mentions it. `proper` tells names from words
    and numbers.
    """

    name: str
    forms: tuple[tuple[str, ...], ...]
    terms: tuple[str, ...]
    proper: bool = True

    @property
    def key(self) -> str:
        """One string for all the names of a group, such as no text has."""
        return "=" + " ".join(self.forms[0])

    @property
    def is_group(self) -> bool:
        """Whether it is a country or union, under any of its names."""
        return self.forms[0] in _GROUP_OF

    def called(self, name: str) -> Subject:
        """The same subject under the name that a question gives it."""
        return replace(self, name=name)

    def named_in(self, text: str) -> bool:
        """Whether any form occurs in the text, ignoring case, possessive and plural endings."""
        return self.named_among(normal_words(text))

    def named_among(self, found: Sequence[str]) -> bool:
        """The same for a text that was already taken apart by `normal_words`."""
        return any(_runs(found, form) for form in self.forms)


def normal_words(text: str) -> tuple[str, ...]:
    """The words of a text as subjects are compared: lower case, without endings; "us" is not the US."""
    return tuple(_normal(word) for word in _TOKEN.findall(text) if word != "us")


def groups_in(text: str) -> tuple[Subject, ...]:
    """The countries and unions that a text mentions by any of their names, in order, called as the text calls them."""
    tokens = [(found.group(), found.start()) for found in _TOKEN.finditer(text)]
    plain = [_normal(token) for token, _ in tokens]
    found: list[Subject] = []
    start = 0
    while start < len(tokens):
        size = _group_at(tokens, plain, start)
        if size:
            name = _called(token for token, _ in tokens[start : start + size])
            found.append(_GROUP_OF[tuple(plain[start : start + size])].called(name))
        start += max(1, size)
    return tuple(found)


def subjects_of(question: str, frequency: Frequency) -> tuple[Subject, ...]:
    """The subjects of a question, each once, in order.

    Countries and unions (in any case, with demonyms and capitals), capitalised names, numbers, and words that the
    corpus never has: `frequency` tells for each word in how many chunks it occurs.
    """
    question = _GREETING.sub("", question)
    tokens = [(found.group(), found.start()) for found in re.finditer(_TOKEN, question)]
    plain = [_normal(token) for token, _ in tokens]
    bare = [_bare(token) for token, _ in tokens]
    one_case = question.upper() == question or question.lower() == question
    one_case &= plain != [ORGANISATION]
    subjects: list[Subject] = []
    taken: set[int] = set()
    for start in range(len(tokens)):
        if start in taken:
            continue
        length = _group_at(tokens, plain, start)
        if length:
            name = _called(token for token, _ in tokens[start : start + length])
            subjects.append(_GROUP_OF[tuple(plain[start : start + length])].called(name))
            taken.update(range(start, start + length))
    subjects += [] if one_case else _names(tokens, _marks(question, tokens), taken)
    rest = [number for number in range(len(tokens)) if number not in taken and not _asks(bare[number])]
    subjects += [_single(tokens[number][0]) for number in rest if plain[number][:1].isdigit()]
    taken.update(number for number in rest if plain[number][:1].isdigit())
    lower = [number for number in rest if number not in taken and len(plain[number]) > 2]
    counts = frequency([bare[number] for number in lower]) if lower else {}
    subjects += [_single(tokens[number][0]) for number in lower if not counts.get(bare[number], 0)]
    unique: dict[tuple[tuple[str, ...], ...], Subject] = {}
    for subject in subjects:
        unique.setdefault(subject.forms, subject)
    return tuple(unique.values())


def unknown(subjects: Sequence[Subject], frequency: Frequency) -> tuple[Subject, ...]:
    """Those of the subjects of which no form occurs anywhere in the corpus."""
    counts = frequency(sorted({term for subject in subjects for term in subject.terms}))
    return tuple(subject for subject in subjects if not any(counts.get(term, 0) for term in subject.terms))


_ENDS = re.compile(r"[.?!]")
_PARTS = re.compile(r"[,;:()/]")
_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’][^\W_]+)?(?:[.,]\d+)*")


def _bare(word: str) -> str:
    """Lower case, without the dots of "U.S." and the possessive ending."""
    lower = word.lower().replace("’", "'")
    if not word[:1].isdigit():
        lower = lower.replace(".", "")
    return lower.removesuffix("'s").rstrip("'")


def _inside(word: str) -> str:
    """The bare word with its possessive ending, which an index keeps inside of a name: "people's union"."""
    return f"{_bare(word)}'s" if word.lower().endswith(("'s", "’s")) else _bare(word)


@lru_cache(maxsize=65536)
def _normal(word: str) -> str:
    """The bare word's stem; parts of the names of groups stay whole, as "Indian" and "Indiana" have one stem.

    "WHO" is another word than "who".
    """
    if _called((word,)) == ORGANISATION:
        return ORGANISATION
    bare = _bare(word)
    return bare if bare in _KNOWN_WORDS else stem(bare)


def _runs(found: Sequence[str], form: tuple[str, ...]) -> bool:
    """Whether the words of `form` stand one after another in `found`."""
    size = len(form)
    if size == 1:
        return form[0] in found
    return any(tuple(found[start : start + size]) == form for start in range(len(found) - size + 1))


def _called(words: Iterable[str]) -> str:
    """Words as the name of what they stand for, without the possessive ending of the last."""
    return " ".join(words).removesuffix("'s").removesuffix("’s")


def _single(token: str) -> Subject:
    return Subject(token, ((_normal(token),),), (_bare(token),), proper=False)


def _group_at(tokens: Sequence[tuple[str, int]], plain: Sequence[str], start: int) -> int:
    """How many words of a known group's name begin here, the longest first; 0 for none."""
    for size in (3, 2, 1):
        form = tuple(plain[start : start + size])
        if len(form) != size or form not in _GROUP_OF:
            continue
        if size == 1 and form[0] in _AMBIGUOUS_LOWER and tokens[start][0].islower():
            continue
        return size
    return 0


def _asks(bare: str) -> bool:
    """Whether a word belongs to the asking, contracted ("I'm", "don't") or not."""
    head, contracted, _ = bare.partition("'")
    return bare in _ASKING or (bool(contracted) and (head in _ASKING or head.removesuffix("n") in _ASKING))


def _marks(question: str, tokens: Sequence[tuple[str, int]]) -> list[str]:
    """What stands before each word and behind the last, without the full stops of titles and initials."""
    marks: list[str] = []
    end, short = 0, False
    for word, start in (*tokens, ("", len(question))):
        marks.append(question[end:start].replace(".", "", int(short)))
        end, short = start + len(word), (len(word) == 1 and word.isupper()) or word.lower() in _SHORT_FOR
    return marks


def _names(tokens: Sequence[tuple[str, int]], marks: Sequence[str], taken: set[int]) -> list[Subject]:
    """Runs of capitalised words without a mark between them; the first of a sentence only where a capital follows."""
    found: list[Subject] = []
    run: list[str] = []
    for number in range(len(tokens) + 1):
        word = tokens[number][0] if number < len(tokens) else ""
        opens = number == 0 or _ENDS.search(marks[number]) is not None
        grammar = _asks(_bare(word)) and (_normal(word) != ORGANISATION or (opens and len(tokens) > 1))
        capital = word[:1].isupper() and number not in taken and not grammar
        if run and (not capital or opens or _PARTS.search(marks[number])):
            found.append(_named(run))
            run = []
        if capital and not (opens and _ordinary(tokens, marks, number)):
            taken.add(number)
            run.append(word)
    return found


def _ordinary(tokens: Sequence[tuple[str, int]], marks: Sequence[str], number: int) -> bool:
    """Whether the first word of a sentence may owe its capital to its place: "Cite sources.", "Understood."."""
    after = tokens[number + 1][0] if number + 1 < len(tokens) else ""
    return len(tokens) > 1 and (after.islower() or "." in marks[number + 1] or "!" in marks[number + 1])


def _named(run: Sequence[str]) -> Subject:
    """The subject that a run of capitalised words names; its last word stands for it: "Austin" for "Lloyd Austin".

    It is not looked up where it says of what kind something is: who writes of a sea need not mention the Red Sea.
    """
    last = _bare(run[-1])
    alone = len(last) > 2 or (len(last) == 2 and run[-1][1].islower())  # "Li", but not "II"
    parts = [run, run[-1:]] if len(run) > 1 and alone else [run]
    looked_up = parts[:1] if last.removesuffix("s") in KINDS else parts
    return Subject(
        _called(run),
        tuple(tuple(_normal(word) for word in part) for part in parts),
        tuple(" ".join([*map(_inside, part[:-1]), _bare(part[-1])]) for part in looked_up),
        proper=not all(_bare(word) in CALENDAR for word in run),
    )


_KNOWN_WORDS: frozenset[str] = frozenset(
    _bare(part) for country in COUNTRIES for name in (*country.names, *country.loosely) for part in name.split()
)


def _groups() -> dict[tuple[str, ...], Subject]:
    table: dict[tuple[str, ...], Subject] = {}
    for country in COUNTRIES:
        names = (*country.names, *country.loosely)
        forms = tuple(dict.fromkeys(tuple(_normal(part) for part in _TOKEN.findall(name)) for name in names))
        # "U.S." is indexed as the words "u" and "s", so it is looked up as they stand side by side
        terms = tuple(dict.fromkeys(" ".join(name.lower().replace(".", " ").split()) for name in names))
        for form in forms:
            table.setdefault(form, Subject(names[0], forms, terms))
    return table


_GROUP_OF: Mapping[tuple[str, ...], Subject] = _groups()
