"""What a sentence must hold to answer at all: the name, the amount or the time that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.asked.amounts import Amount, amounts_asked, count_asked, states_a_count, states_a_time
from assistant.answering.asked.numbered import of_another_number
from assistant.answering.asked.offices import names_a_person, names_office, office_asked
from assistant.answering.asked.other_counts import of_another_count
from assistant.answering.asked.other_dimensions import of_another_dimension
from assistant.answering.asked.other_directions import of_another_direction
from assistant.answering.asked.other_doers import has_them_turned_around, of_another_doer
from assistant.answering.asked.other_fiscal_years import of_another_fiscal_year
from assistant.answering.asked.other_nations import of_another_nation
from assistant.answering.asked.other_of_kind import is_of_another_of_its_kind
from assistant.answering.asked.other_offices import holds_another_office, of_another_office
from assistant.answering.asked.other_periods import of_another_period
from assistant.answering.asked.other_persons import is_of_another_person
from assistant.answering.asked.other_quantities import of_another_quantity
from assistant.answering.asked.other_roles import has_another_role
from assistant.answering.asked.presupposition import contrary
from assistant.answering.asked.rows_asked import is_of_other_times
from assistant.answering.asked.speakers import is_of_other_speakers, names_only_its_speaker
from assistant.answering.asked.succession import names_no_other, other_way_round
from assistant.answering.asked.times_asked import answers_for, time_asked_about
from assistant.answering.asked.unnamed import leaves_unnamed
from assistant.answering.asked.years_covered import cannot_be_of
from assistant.answering.candidates import under_its_heads
from assistant.answering.evidence import Evidence, left_of
from assistant.answering.query import Query
from assistant.answering.questions import Kind
from assistant.answering.scoring import ChunksOf
from assistant.answering.subjects import Subject, groups_in, normal_words
from assistant.language.abbreviations import OtherName, beside
from assistant.language.rows import is_row
from assistant.language.words import content_words, stem
from assistant.reading.checks.calendar_dates import dates
from assistant.reading.checks.names import TITLES, names_in
from assistant.reading.checks.terms import bare
from assistant.types import DateRange

_NAME = re.compile(
    r"(?<!in the )\bnames? (?:of|was|is|were|are)\b|\b(?:what|which)\b[^?]*['’]s (?:\w+ )?names?\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w’'.-]*")
_SEVERAL = re.compile(r"(?:[Tt]he )?[A-Z][\w’'-]+(?: (?:of|the|and|for))*(?: [A-Z][\w’'-]+)+")
_CALLED = re.compile(r"\b(?:called|named|known as|termed|dubbed|entitled|titled)\W+$", re.IGNORECASE)
_DETERMINER = re.compile(r"(?:an?|the|his|her|its|their|one|another)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What the evidence for a question must hold, whatever else it has in common with it.

    Like the answer types of early question answering (Li and Roth 2002), but only where the question leaves no doubt
    and the words of a text tell for sure:

    - a name where a name is asked for ("a Turkish journalist" does not name him), and not the thing itself without one
      beside the names of others (`unnamed.py`),
    - a number that the question does not give itself, or words for a quantity, where it asks how many,
    - something that may tell when, in its line at least, where it asks when,
    - a length, an age or a sum of money where the question is how long, how old or how much it cost; but what says that
      nothing of the kind happened stays, as it is shown for itself (`presupposition.py`),
    - where it asks who was captain, minister or the like, that word, in its passage at least, or a person's name,
    - of a row of a table whose first cell is a time, and of any sentence where a number is asked for, no other time
      than the one asked about: the figure of April does not answer for June. A sentence without a time holds it all.
      A time that tells which event is meant ("after the deal ended on 17 July 2023") is not asked about.
    - of the years that it names: a passage of a document of other years must name one of them (`years_covered.py`); a
      row whose columns are named by years, a column of them (`rows_asked.py`),
    - where it asks who followed somebody, or whom somebody followed, not the other way round; and where it asks who
      was something before or after somebody, the name of somebody else,
    - where it asks who holds an office, no other office of that noun ("prime minister" for the minister of finance),
      nor as its answer somebody with another office,
    - of a row of a table one of the names in the question, unless the heads above it have them all: its neighbours are
      about others,
    - of weeks, rounds and the like that have a number, of months and of fiscal years no other one (`other_periods.py`,
      `other_fiscal_years.py`), and of a length, a height, a width, a depth and an area not another one
      (`other_dimensions.py`),
    - where it asks how many died, are missing or fell ill, not only how many of the others (`other_counts.py`),
    - where it asks what somebody said, no words of others, and where it asks who did something, another name than
      that of who says so (`speakers.py`),
    - of a name that ends with its kind ("Panama Canal") no passage that names only others of it (`other_of_kind.py`),
    - of a country's thing not another country's (`other_nations.py`), of a place in the south not one in the north
      (`other_directions.py`), and of a person not what "he" did who is somebody
      else (`other_persons.py`),
    - of what somebody did not what somebody else did (`other_doers.py`), and of those whom it asks about not another
      part in the same event (`other_roles.py`),
    - of names that only a number tells apart ("Resolution 2702") not another one's (`numbered.py`), and of things that
      it counts ("the third round", "incomes below $38,000") not those with another number (`other_quantities.py`).
    """

    question: str
    kind: Kind
    name: bool
    amounts: tuple[Amount, ...]
    count: bool
    office: str | None
    time: DateRange | None
    known: frozenset[str]
    names: tuple[Subject, ...]
    other_names: tuple[OtherName, ...] = ()
    when: bool = False
    chunks_of: ChunksOf | None = None

    def among(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """The sentences that can answer, in their order, as they count without the others."""
        return left_of(evidence, self._held_by)

    def _held_by(self, evidence: Evidence) -> bool:
        return all(rule(self, evidence) for rule in RULES.values())

    def is_told_of_others(self, evidence: Evidence) -> bool:
        """Whether it says of somebody else what the question asks, which makes any other answer less likely."""
        return not all(RULES[name](self, evidence) for name in ("other doer", "turned around"))

    def names_what_is_asked(self, evidence: Evidence) -> bool:
        """Whether it has a name where a name is asked for."""
        return not self.name or self._named(evidence)

    def states_what_is_asked(self, evidence: Evidence) -> bool:
        """Whether it has the number, the amount or the time that is asked for, or says that nothing of it is so."""
        stated = self._amounts_stated(evidence.text) and (not self.when or self._tells_when(evidence))
        return stated or contrary(self.question, evidence.text) is not None

    def is_of_the_office(self, evidence: Evidence) -> bool:
        """Whether it speaks of the office that is asked about, or names a person."""
        return not self.office or self._of_office(evidence) or names_a_person(evidence.text, self.known)

    def is_of_its_time(self, evidence: Evidence) -> bool:
        """Whether it may answer for the time that is asked about."""
        text = evidence.text if dates(evidence.text) else evidence.in_full  # "Ships in April:" dates its items
        return self.time is None or answers_for(text, self.kind, self.time)

    def is_of_its_years(self, evidence: Evidence) -> bool:
        """Whether its passage can be of the years that are asked about."""
        if self.time is None or not cannot_be_of(evidence.passage, self.time):
            return True
        if self.chunks_of is None:
            return False
        first = self.chunks_of(evidence.passage.chunk.document_id, range(1))
        return not cannot_be_of(evidence.passage, self.time, next(iter(first), None))

    def is_about(self, evidence: Evidence) -> bool:
        """Whether a row of a table is about one of the names, as far as the heads above it leave that open."""
        if not is_row(evidence.text):
            return True
        document = evidence.passage.chunk.document_id
        above = normal_words(beside(self.other_names, _heads(evidence), document))
        words = normal_words(beside(self.other_names, evidence.text, document))
        left = [name for name in self.names if not name.named_among(above)]
        return not left or any(name.named_among(words) for name in left)

    def _amounts_stated(self, text: str) -> bool:
        counted = not self.count or states_a_count(text, self.known)
        return counted and all(amount.stated_in(text) for amount in self.amounts)

    def _tells_when(self, evidence: Evidence) -> bool:
        """Whether a sentence, its line, or what leads to it has anything that may tell when, or a heading a date."""
        chunk = evidence.passage.chunk
        start = evidence.span.start - chunk.span.start
        line = chunk.text[chunk.text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
        heads = chunk.locator(evidence.span).headings
        row = is_row(evidence.text)
        told = evidence.in_full if row else f"{evidence.in_full} | {line}"
        return states_a_time(told, row=row) or any(map(dates, heads))

    def _named(self, evidence: Evidence) -> bool:
        """Whether the words that answer, or else the sentence, hold a name that the question does not give itself.

        Words that answer without an article may be a name in lower case ("interventionism"), and so may those that are
        said to be what it is called. A name of words that all stand in the question ("New France" of France in the New
        World) is one where they do not stand there together.
        """
        if evidence.answer is not None:
            words = evidence.words
            if _called(evidence, words) or (_SEVERAL.fullmatch(words) and words not in self.question):
                return True
            found = [word for word in _WORD.findall(_DETERMINER.sub("", words)) if word[0].isupper()]
            if not found:
                return not _DETERMINER.match(words)
        else:
            found = [term.text for term in names_in(evidence.text)]
        countries = " ".join(group.name for group in groups_in(evidence.text))
        known = self.known | {stem(word) for word in content_words(countries)}
        return any(bare(word) not in TITLES and not known & {stem(w) for w in content_words(word)} for word in found)

    def _of_office(self, evidence: Evidence) -> bool:
        """Whether the passage or the heads above it speak of the office that is asked about."""
        assert self.office is not None
        return names_office(under_its_heads(evidence.passage), self.office)


def _called(evidence: Evidence, words: str) -> bool:
    """Whether the sentence says that something is called by the words that answer."""
    assert evidence.answer is not None
    before = evidence.text[: evidence.answer.start - evidence.span.start]
    return bool(words and _CALLED.search(before))


def _heads(one: Evidence) -> str:
    """The title of its document and the headings above it."""
    return " | ".join((one.passage.source.title, *one.passage.chunk.locator(one.span).headings))


def _with_heads_of_a_row(one: Evidence) -> str:
    """A sentence with what leads to it; a row of a table under its heads, which may say what its numbers count."""
    return f"{_heads(one)} | {one.in_full}" if is_row(one.text) else one.in_full


def asked_for(query: Query, time: DateRange | None, chunks_of: ChunksOf | None = None) -> AskedFor:
    """What evidence for this query must hold; `time` is the stretch of time that it names.

    With `chunks_of` the years that a document opens with are known of all its passages.
    """
    known = frozenset(stem(word) for word in content_words(query.text))
    return AskedFor(
        question=query.text,
        kind=query.kind,
        name=bool(_NAME.search(query.text)),
        amounts=amounts_asked(query.text),
        count=query.kind == "number" and count_asked(query.text),
        office=office_asked(query.text),
        time=time_asked_about(query.text, query.kind, time),
        known=known,
        names=query.names,
        when=query.kind == "time",
        chunks_of=chunks_of,
        other_names=query.other_names,
    )


Rule = Callable[[AskedFor, Evidence], bool]
"""Whether a sentence can answer as far as this rule tells."""

RULES: Mapping[str, Rule] = {
    "lacks the name": AskedFor.names_what_is_asked,
    "lacks the number or time": AskedFor.states_what_is_asked,
    "lacks the office": AskedFor.is_of_the_office,
    "row of others": AskedFor.is_about,
    "other time": AskedFor.is_of_its_time,
    "other years": AskedFor.is_of_its_years,
    "columns of other times": lambda asked, one: not is_of_other_times(one.text, asked.question, asked.time),
    "other way round": lambda asked, one: not other_way_round(asked.question, one.text),
    "names no other": lambda asked, one: not names_no_other(asked.question, one.text, asked.known),
    "other office": lambda asked, one: not of_another_office(asked.question, one.text),
    "holder of another office": lambda asked, one: not holds_another_office(asked.question, one.in_full, one.words),
    "unnamed": lambda asked, one: not (asked.name and leaves_unnamed(asked.question, one.text)),
    "other count": lambda asked, one: not of_another_count(asked.question, _with_heads_of_a_row(one)),
    "other period": lambda asked, one: (
        not of_another_period(asked.question, one.text, _heads(one), dated=asked.time is not None)
    ),
    "other fiscal year": lambda asked, one: not of_another_fiscal_year(asked.question, one.text),
    "other dimension": lambda asked, one: not of_another_dimension(asked.question, one.text, _heads(one)),
    "other nation": lambda asked, one: not of_another_nation(asked.question, one.in_full),
    "other direction": lambda asked, one: (
        not of_another_direction(asked.question, one.text, under_its_heads(one.passage))
    ),
    "other person": lambda asked, one: not is_of_another_person(asked.question, asked.names, one),
    "other of its kind": lambda asked, one: not is_of_another_of_its_kind(asked.names, one.passage),
    "other number": lambda asked, one: not of_another_number(asked.question, one.text, under_its_heads(one.passage)),
    "other quantity": lambda asked, one: (
        not of_another_quantity(asked.question, one.text, under_its_heads(one.passage))
    ),
    "other doer": lambda asked, one: (
        not of_another_doer(
            asked.question,
            beside(asked.other_names, one.text, one.passage.chunk.document_id),
            under_its_heads(one.passage),
        )
    ),
    "turned around": lambda asked, one: not has_them_turned_around(asked.question, one.text),
    "other role": lambda asked, one: not has_another_role(asked.question, asked.names, one.text),
    "other speakers": lambda asked, one: not is_of_other_speakers(asked.question, asked.names, one),
    "only its speaker": lambda asked, one: (
        not (asked.kind == "person" and names_only_its_speaker(asked.question, one.text))
    ),
}
"""What rules out a sentence, by the name of why: one file and one line each. `benchmarks/ruled_out.py` counts them."""
