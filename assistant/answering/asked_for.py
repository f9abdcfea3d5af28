"""What a sentence must hold to answer at all: the name, the amount or the time that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.amounts import Amount, amounts_asked, count_asked, states_a_count, states_a_time
from assistant.answering.candidates import under_its_heads
from assistant.answering.evidence import ChunksOf, Evidence, left_of
from assistant.answering.numbered import of_another_number
from assistant.answering.offices import names_a_person, names_office, office_asked
from assistant.answering.other_offices import of_another_office
from assistant.answering.other_roles import has_another_role
from assistant.answering.presupposition import contrary
from assistant.answering.query import Query
from assistant.answering.questions import Kind
from assistant.answering.rows_asked import is_of_other_times
from assistant.answering.speakers import is_of_other_speakers, names_only_its_speaker
from assistant.answering.subjects import Subject, groups_in, normal_words
from assistant.answering.succession import names_no_other, other_way_round
from assistant.answering.years_covered import cannot_be_of
from assistant.language.abbreviations import OtherName, beside
from assistant.language.dates import as_of_day, times_of_question
from assistant.language.rows import is_row
from assistant.language.words import content_words, stem
from assistant.language.written_dates import days_of
from assistant.reading.checks.calendar_dates import WrittenDate, dates
from assistant.reading.checks.names import TITLES, names_in
from assistant.reading.checks.terms import bare
from assistant.types import DateRange

_NAME = re.compile(
    r"(?<!in the )\bnames? (?:of|was|is|were|are)\b|\b(?:what|which)\b[^?]*['’]s (?:\w+ )?names?\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w’'.-]*")
_DETERMINER = re.compile(r"(?:an?|the|his|her|its|their|one|another)\b", re.IGNORECASE)
# What stands before a date that only tells which event is meant: "since the seizure on ...", "the deal signed on ...".
# Not "under the deal in May 2023", which asks about May, nor "have the Houthis seized in May 2023".
_SINCE_AN_EVENT = re.compile(
    r"\b(?:since|after|before|until|till|by the time|(?<!the )following)\s+\w"
    r"(?:(?![,;:?!]\s|\.\s+(?:$|(?-i:[A-Z]))|"
    r"\b(?:how|what|when|where|which|who|whom|whose|why|did|do|does)\b).)*$",
    re.IGNORECASE,
)
_OF_AN_EVENT = re.compile(
    r"(?<!have )(?<!has )(?<!had )(?<!is )(?<!are )(?<!was )(?<!were )\b(?:the|an?|this|that|its|their)\s+"
    r"(?:(?!(?:is|are|was|were|be|been|being|has|have|had|not|it|he|she|they|we)\b)[\w’'.-]+\s+){1,4}"
    r"(?:(?:that|which)\s+(?:was|were|has been|have been|had been)\s+)?"
    r"(?:signed|agreed|reached|concluded|brokered|adopted|ratified|approved|passed|imposed|announced|launched|"
    r"published|issued|released|seized|captured)\s+$"
    r"|\b(?:that|which)\s+(?:began|started|ended)\s+$",
    re.IGNORECASE,
)
_ANY_DAY = date(2000, 1, 1)  # where times stand in a question does not depend on the day on which it is asked


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What the evidence for a question must hold, whatever else it has in common with it.

    Like the answer types of early question answering (Li and Roth 2002), but only where the question leaves no doubt
    and the words of a text tell for sure:

    - a name where a name is asked for ("a Turkish journalist" does not name him),
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
    - where it asks who holds an office, no other office of that noun: "prime minister" for the minister of finance,
    - of a row of a table one of the names in the question, unless the heads above it have them all: its neighbours are
      about others,
    - where it asks what somebody said, no words of others, and where it asks who did something, another name than
      that of who says so (`speakers.py`),
    - of those whom it asks about not another part in the same event (`other_roles.py`),
    - of names that only a number tells apart ("Resolution 2702") not another one's (`numbered.py`).
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
        if self.name and not self._named(evidence):
            return False
        stated = self._amounts_stated(evidence.text) and (not self.when or self._tells_when(evidence))
        if not stated and contrary(self.question, evidence.text) is None:
            return False
        if self.office and not (self._of_office(evidence) or names_a_person(evidence.text, self.known)):
            return False
        if is_row(evidence.text) and not self._about(evidence):
            return False
        if is_of_other_times(evidence.text, self.question, self.time):
            return False
        if other_way_round(self.question, evidence.text) or names_no_other(self.question, evidence.text, self.known):
            return False
        if of_another_office(self.question, evidence.text):
            return False
        if self.kind == "person" and names_only_its_speaker(self.question, evidence.text):
            return False
        if has_another_role(self.question, self.names, evidence.text):
            return False
        if is_of_other_speakers(self.question, self.names, evidence):
            return False
        if of_another_number(self.question, evidence.text, under_its_heads(evidence.passage)):
            return False
        if self._of_other_years(evidence):
            return False
        text = evidence.text if dates(evidence.text) else evidence.in_full  # "Ships in April:" dates its items
        return self.time is None or _of_its_time(text, self.kind, self.time)

    def _of_other_years(self, evidence: Evidence) -> bool:
        if self.time is None or not cannot_be_of(evidence.passage, self.time):
            return False
        chunks = self.chunks_of(evidence.passage.chunk.document_id) if self.chunks_of is not None else ()
        return cannot_be_of(evidence.passage, self.time, next(iter(chunks), None))

    def _amounts_stated(self, text: str) -> bool:
        counted = not self.count or states_a_count(text, self.known)
        return counted and all(amount.stated_in(text) for amount in self.amounts)

    def _tells_when(self, evidence: Evidence) -> bool:
        """Whether a sentence, its line, or what leads to it has anything that may tell when, or a heading a date."""
        chunk = evidence.passage.chunk
        start = evidence.span.start - chunk.span.start
        line = chunk.text[chunk.text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
        heads = chunk.locator(evidence.span).headings
        return states_a_time(f"{evidence.in_full} | {line}") or any(map(dates, heads))

    def _about(self, row: Evidence) -> bool:
        """Whether a row of a table is about one of the names, as far as the heads above it leave that open."""
        document = row.passage.chunk.document_id
        heads = " | ".join((row.passage.source.title, *row.passage.chunk.locator(row.span).headings))
        above = normal_words(beside(self.other_names, heads, document))
        words = normal_words(beside(self.other_names, row.text, document))
        left = [name for name in self.names if not name.named_among(above)]
        return not left or any(name.named_among(words) for name in left)

    def _named(self, evidence: Evidence) -> bool:
        """Whether the words that answer, or else the sentence, hold a name that the question does not give itself.

        Words that answer without an article may be a name in lower case ("interventionism").
        """
        if evidence.answer is not None:
            words = evidence.answer.shifted(-evidence.span.start).of(evidence.text)
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


def time_asked_about(question: str, kind: Kind, time: DateRange | None) -> DateRange | None:
    """The time that a question names, unless each time in it only tells which event is meant.

    That of "the deal signed on ..." still tells rows apart where no number is asked for: "Who brokered the deal ...?"
    """
    as_of = as_of_day(question, today=_ANY_DAY)
    named = times_of_question(question, today=_ANY_DAY, leaving_out=as_of[1] if as_of else None)
    starts = [0, *(span.end for _, span in named)]
    before = [question[start : span.start] for start, (_, span) in zip(starts, named, strict=False)]
    only_of_events = bool(named) and all(
        _SINCE_AN_EVENT.search(words) or (kind == "number" and _OF_AN_EVENT.search(words)) for words in before
    )
    return None if only_of_events else time


def _of_its_time(text: str, kind: Kind, time: DateRange) -> bool:
    """Whether a sentence or row may answer for this time. Where no number is asked for a sentence may for any."""
    return (kind != "number" and not is_row(text)) or may_be_of(text, time)


def may_be_of(text: str, time: DateRange) -> bool:
    """Whether a sentence, or a row of a table by the cells that are dates, names a day in this stretch, or no day."""
    stated = _dates_of_row(text) if is_row(text) else dates(text)
    return not stated or any(_may_lie_in(each, time) for each in stated)


def row_is_of_another_time(row: str, time: DateRange) -> bool:
    """Whether a row of a table tells when, and nothing in it, in whichever cell, can be of this stretch of time.

    A cell with two dates may be a stretch itself: "January to March 2024".
    """
    cells = [dates(cell) for cell in row.split(" | ")]
    stretches = [cell for cell in cells if len(cell) > 1]
    return (
        not may_be_of(row, time)
        and not any(_may_lie_in(each, time) for cell in cells for each in cell)
        and not any(_may_touch(cell, time) for cell in stretches)
    )


def _dates_of_row(row: str) -> Sequence[WrittenDate]:
    """The date of the first cell; else all dates of a row that has a date for itself in a cell ("Hit: 3 May 2023")."""
    first, *others = (cell.partition(": ")[2].strip() for cell in row.split(" | "))
    by_itself = any(_is_date(cell) for cell in others)
    return dates(first)[:1] or (dates(row) if by_itself else ())


def _is_date(cell: str) -> bool:
    found = dates(cell)
    return bool(found) and found[0].span.start == 0 and found[-1].span.end == len(cell)


def _may_lie_in(written: WrittenDate, time: DateRange) -> bool:
    """Whether a date can be in the stretch of time; of one without a year, in any of its years."""
    years = (written.year,) if written.year else _years(time)
    stretches = [days_of(year, written.month, written.day) for year in years]
    return not years or any(
        (time.end is None or first <= time.end) and (time.start is None or last >= time.start)
        for first, last in stretches
    )


def _may_touch(written: Sequence[WrittenDate], time: DateRange) -> bool:
    """Whether the stretch from the first of some dates to the last can have a day of this one."""
    years = {each.year for each in written if each.year}
    days = [days_of(each.year or year, each.month, each.day) for each in written for year in years or _years(time)]
    first, last = min((day for day, _ in days), default=None), max((day for _, day in days), default=None)
    return (time.end is None or first is None or first <= time.end) and (
        time.start is None or last is None or last >= time.start
    )


def _years(time: DateRange) -> Sequence[int]:
    """The years of a stretch with both ends; none where one is open."""
    return range(time.start.year, time.end.year + 1) if time.start and time.end else ()
