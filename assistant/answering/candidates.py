"""The sentences of a passage that can be evidence, with their words and those around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.phrases import has_finite_verb
from assistant.answering.subjects import Subject, groups_in, normal_words
from assistant.language.iso_dates import dates_in_words
from assistant.language.lists import is_unfinished, leads_of, mark_of
from assistant.language.pointing_back import points_back
from assistant.language.rows import is_row
from assistant.language.sections import is_reference_heading
from assistant.language.words import content_words, stem
from assistant.types import Before, Chunk, Passage, Source, Span

_HEAD_LINE = re.compile(
    r"^(from|to|cc|bcc|subject|date|sent|reply-to|received|message-id|published|publisher|author|source|sources|url|"
    r"references?)\s*:",
    re.IGNORECASE,
)
_TITLE_LIKE = re.compile(r"^[^\d|:.!?]*$")  # a heading that the reader could not tell from a line of text
_UNFINISHED = re.compile(r"^[^:|]*[^.!?:;|”\")\]]$")  # no full stop, no cell of a table
_MOST_WORDS_OF_A_HEADING = 8
_MOST_WORDS_OF_A_LEAD_IN = 20  # a longer sentence that ends with a colon says something itself
_ADDRESS_ONLY = re.compile(r"^\W*(https?://\S+|www\.\S+|\S+@\S+)\W*$", re.IGNORECASE)


Comparable = Callable[[str, str], str]
"""What a text of the document with an id is compared by; see `Query.comparable`."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that could be evidence, with the words of itself, of its neighbours and of the heads above it.

    `leads` are the lines that lead to an item of a list, the outermost first: it says what it says under them. One that
    `introduces` the lines after it says nothing alone: "The demands are:", the caption of a table.
    """

    passage: Passage
    span: Span
    text: str
    position: int
    stems: frozenset[str]
    neighbour_stems: frozenset[str]
    head_stems: frozenset[str]
    context: tuple[str, ...]
    introduces: bool = False
    leads: tuple[Before, ...] = ()

    @property
    def lead_stems(self) -> frozenset[str]:
        """The stems of the lines that lead to it."""
        return frozenset().union(*(stems_of(lead.quote) for lead in self.leads))

    @property
    def in_full(self) -> str:
        """The sentence behind the lines that lead to it."""
        return behind_leads(self.leads, self.text)

    def share_of(self, subjects: Sequence[Subject]) -> float:
        """The share of the subjects that the sentence, its neighbours or the heads above it name; 1 for none."""
        if not subjects:
            return 1.0
        return sum(subject.named_among(self.context) for subject in subjects) / len(subjects)


def candidates_of(
    passage: Passage, earlier: Sequence[Chunk] = (), *, comparable: Comparable = lambda text, _: text
) -> list[Candidate]:
    """The sentences of a passage that can be evidence, in text order.

    Headings, questions, lists of sources, the head lines of mails and bare addresses say nothing about the world.
    `earlier` are the chunks right before its own, where it goes on with a list that begins there. Their words are those
    of what `comparable` makes of a text of their document.
    """
    chunk = passage.chunk
    if any(is_reference_heading(heading) for heading in chunk.headings):
        return []
    lines = [(span, each.quote(span)) for each in (*earlier, chunk) for span in each.sentences]
    first = len(lines) - len(chunk.sentences)
    above = _above([*earlier, chunk])
    leading = {place for places in above for place in places}
    found = []
    in_sources = False
    for number, (whole, line) in enumerate(lines[first:], start=first):
        mark = mark_of(line)  # it is no part of what a list item says
        span, text = Span(whole.start + mark, whole.end), line[mark:]
        in_sources = in_sources or is_reference_heading(text)
        headings = chunk.locator(whole).headings
        in_list = bool(above[number]) or number in leading  # there a word is enough: "Signed by:", "- Chile"
        if in_sources or not _says_something(text, passage.source, headings, in_list=in_list):
            continue
        if not mark and not in_list and _is_heading(text):
            continue
        head = _head(passage.source, headings)
        after = lines[number + 1][1] if number + 1 < len(lines) else ""
        near = _beside(number, above)
        context = " | ".join([head, *(lines[place][1] for place in sorted([*near, number]))])
        context, own, head, *others = (
            comparable(each, chunk.document_id) for each in (context, line, head, *(lines[place][1] for place in near))
        )
        found.append(
            Candidate(
                passage=passage,
                span=span,
                text=text,
                position=number - first,
                stems=stems_of(own),
                neighbour_stems=frozenset().union(*(stems_of(each) for each in others)),
                head_stems=stems_of(head),
                context=normal_words(f"{context} | {dates_in_words(context)}"),
                introduces=_is_lead_in(text, leads=number in leading and not mark)
                or (not mark and _is_caption(text, after)),
                leads=tuple(_lead(lines, place, opens=place == above[number][0]) for place in above[number]),
            )
        )
    return found


def behind_leads(leads: Sequence[Before], text: str) -> str:
    """An item of a list behind the lines that lead to it: "The demands are: a crane"."""
    return " ".join([*(lead.quote for lead in leads), text])


def sentences_around(passage: Passage, span: Span) -> list[str]:
    """The two sentences before one in its passage, and the one after it."""
    chunk = passage.chunk
    before = [each for each in chunk.sentences if each.end <= span.start][-2:]
    after = [each for each in chunk.sentences if each.start >= span.end][:1]
    return [chunk.quote(each) for each in (*before, *after)]


def under_its_heads(passage: Passage) -> str:
    """The text of a passage after the title of its document and the headings above it."""
    return " | ".join((passage.source.title, *passage.chunk.headings, passage.chunk.text))


def begins_within_a_list(chunk: Chunk) -> bool:
    """Whether a chunk may begin with an item of a list that the one before it begins."""
    return chunk.ordinal > 0 and mark_of(chunk.text) > 0


def _above(chunks: Sequence[Chunk]) -> list[tuple[int, ...]]:
    """For each sentence of chunks that follow one another the numbers of those that lead to it.

    Between two chunks stands nothing but white space, of which its length tells what it is in canonical text: one or
    two line ends and two spaces for each level of a list.
    """
    text, start = "", chunks[0].span.start
    for chunk in chunks:
        gap = chunk.span.start - start - len(text)
        text += (" " if gap == 1 and not mark_of(chunk.text) else "\n" * (2 - gap % 2)).ljust(gap)[:gap] + chunk.text
    spans = [span for chunk in chunks for span in chunk.sentences]
    headings = {heading for chunk in chunks for span in chunk.sentences for heading in chunk.locator(span).headings}
    return leads_of(text, [span.shifted(-start) for span in spans], headings)


@lru_cache(maxsize=8192)
def stems_of(text: str) -> frozenset[str]:
    """The stems of a text, with one key for all names of a country, and with the words that "2024-01" stands for."""
    found = {stem(word) for word in content_words(f"{text} {dates_in_words(text)}")}
    found.update(group.key for group in groups_in(text))
    return frozenset(found)


def _beside(number: int, above: Sequence[tuple[int, ...]]) -> list[int]:
    """The numbers of the sentences in whose light one is understood: those beside it; of a list item, those that lead
    to it and those of the same list beside it, as what stands under another line is about something else."""
    beside = [place for place in (number - 1, number + 1) if 0 <= place < len(above)]
    if not above[number]:
        return beside
    return [*above[number], *(place for place in beside if above[place] == above[number])]


def _lead(lines: Sequence[tuple[Span, str]], number: int, *, opens: bool) -> Before:
    """A sentence that leads to a list, without the mark of an item.

    One that `opens` a list and points back to the sentence before it in its line ("It rejected:") begins with that.
    """
    span, line = lines[number]
    if opens and number and points_back(line):
        before, earlier = lines[number - 1]
        if before.end + 1 == span.start:  # a space: a paragraph ends with two characters
            return Before(Span(before.start, span.end), f"{earlier} {line}")
    mark = mark_of(line)
    return Before(Span(span.start + mark, span.end), line[mark:])


def _head(source: Source, headings: Sequence[str]) -> str:
    """What stands above a sentence: the title of its document, its headings and the document's date."""
    return " | ".join([source.title, *headings, f"{source.date:%d %B %Y}" if source.date else ""])


def _is_byline(line: str, source: Source) -> bool:
    """Whether a line says nothing but who published and wrote the document, what it is called, and when."""
    publisher = source.publisher
    if publisher and line.lower().startswith(publisher.lower()) and len(line) < len(publisher) + 40:
        return True
    return set(content_words(line)) <= _words_of_head(source)


@lru_cache(maxsize=512)
def _words_of_head(source: Source) -> frozenset[str]:
    """The words for who published and wrote a document and when, and those of its title if it has a publisher."""
    publisher = source.publisher
    day = f"{source.date:%d %B %Y %A %b} {source.date.day}" if source.date else ""
    said = (publisher or "", source.author or "", day, source.title if publisher else "")
    return frozenset(content_words(" ".join(said)))


def _is_heading(line: str) -> bool:
    """Whether a line is a few words without a verb and a full stop, which its reader did not know to be a heading."""
    return bool(_UNFINISHED.match(line)) and len(line.split()) <= _MOST_WORDS_OF_A_HEADING and not has_finite_verb(line)


def _is_lead_in(line: str, *, leads: bool) -> bool:
    """Whether a line is a few words with a colon or a list after them, so that what it is about comes after it."""
    return (leads or line.endswith(":")) and len(line.split()) <= _MOST_WORDS_OF_A_LEAD_IN


def _is_caption(line: str, after: str) -> bool:
    """Whether a line without a full stop stands right above a row of a table, and so is what the table is called."""
    return is_unfinished(line) and is_row(after)


def _says_something(text: str, source: Source, headings: Sequence[str], *, in_list: bool) -> bool:
    if _HEAD_LINE.match(text) or _ADDRESS_ONLY.match(text) or text.endswith("?"):
        return False
    bare = text.strip("#*-•–— \t")
    if _is_byline(bare, source):
        return False
    if bare in headings:
        return False
    if not in_list and _TITLE_LIKE.match(bare) and len(bare.split()) <= 6:
        return False
    return len(content_words(bare)) >= (1 if in_list else 2)
