"""The sentences of a passage that can be evidence, with their words and those around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.phrases import has_finite_verb
from assistant.answering.subjects import Subject, groups_in, normal_words
from assistant.language.iso_dates import dates_in_words
from assistant.language.rows import is_row
from assistant.language.sections import is_reference_heading
from assistant.language.words import STOP_WORDS, content_words, stem
from assistant.types import Passage, Source, Span

_HEAD_LINE = re.compile(
    r"^(from|to|cc|bcc|subject|date|sent|reply-to|received|message-id|published|publisher|author|source|sources|url|"
    r"references?)\s*:",
    re.IGNORECASE,
)
_TITLE_LIKE = re.compile(r"^[^\d|:.!?]*$")  # a heading that the reader could not tell from a line of text
_UNFINISHED = re.compile(r"^[^:|]*[^.!?:;|”\")\]]$")  # no full stop, no cell of a table
_MOST_WORDS_OF_A_HEADING = 8
_MOST_WORDS_OF_A_LEAD_IN = 20  # a longer sentence that ends with a colon says something itself
_CAPTION = re.compile(r"^[^|]*[^.!?;|”\")\]]$")  # no full stop, no cell of a table
_BULLET = re.compile(r"^(?:[-*•–—▪◦]\s+|\d{1,2}[.)]\s+)(?=\S)")
_ADDRESS_ONLY = re.compile(r"^\W*(https?://\S+|www\.\S+|\S+@\S+)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that could be evidence, with the words of itself, of its neighbours and of the heads above it.

    One that `introduces` the lines after it says nothing alone: "The demands are:", the caption of a table.
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

    def share_of(self, subjects: Sequence[Subject]) -> float:
        """The share of the subjects that the sentence, its neighbours or the heads above it name; 1 for none."""
        if not subjects:
            return 1.0
        return sum(subject.named_among(self.context) for subject in subjects) / len(subjects)


def candidates_of(passage: Passage) -> list[Candidate]:
    """The sentences of a passage that can be evidence, in text order.

    Headings, questions, lists of sources, the head lines of mails and bare addresses say nothing about the world.
    """
    chunk = passage.chunk
    if any(is_reference_heading(heading) for heading in chunk.headings):
        return []
    texts = [chunk.quote(span) for span in chunk.sentences]
    stems = [stems_of(text) for text in texts]
    found = []
    in_sources = False
    for number, (whole, line) in enumerate(zip(chunk.sentences, texts, strict=True)):
        bullet = _BULLET.match(line)
        lead = bullet.end() if bullet else 0  # the mark of a list item is no part of what it says
        span, text = Span(whole.start + lead, whole.end), line[lead:]
        in_sources = in_sources or is_reference_heading(text)
        headings = chunk.locator(whole).headings
        if in_sources or not _says_something(text, passage.source, headings) or (not bullet and _is_heading(text)):
            continue
        head = _head(passage.source, headings)
        after = texts[number + 1] if number + 1 < len(texts) else ""
        near = [place for place in (number - 1, number + 1) if 0 <= place < len(texts)]
        context = " | ".join([head, *(texts[place] for place in sorted([*near, number]))])
        found.append(
            Candidate(
                passage=passage,
                span=span,
                text=text,
                position=number,
                stems=stems[number],
                neighbour_stems=frozenset().union(*(stems[place] for place in near)),
                head_stems=stems_of(head),
                context=normal_words(f"{context} | {dates_in_words(context)}"),
                introduces=_is_lead_in(text) or (not bullet and _is_caption(text, after)),
            )
        )
    return found


@lru_cache(maxsize=8192)
def stems_of(text: str) -> frozenset[str]:
    """The stems of a text, with one key for all names of a country, and with the words that "2024-01" stands for."""
    found = {stem(word) for word in content_words(f"{text} {dates_in_words(text)}")}
    found.update(group.key for group in groups_in(text))
    return frozenset(found)


def _head(source: Source, headings: Sequence[str]) -> str:
    """What stands above a sentence: the title of its document, its headings and the document's date."""
    return " | ".join([source.title, *headings, f"{source.date:%d %B %Y}" if source.date else ""])


def _is_byline(line: str, source: Source) -> bool:
    """Whether a line says nothing but who published and wrote the document, what it is called, and when."""
    publisher = source.publisher
    if publisher and line.lower().startswith(publisher.lower()) and len(line) < len(publisher) + 40:
        return True
    day = f"{source.date:%d %B %Y %A %b} {source.date.day}" if source.date else ""
    known = set(content_words(f"{publisher or ''} {source.author or ''} {day} {source.title if publisher else ''}"))
    return set(content_words(line)) <= known


def _is_heading(line: str) -> bool:
    """Whether a line is a few words without a verb and a full stop, which its reader did not know to be a heading."""
    return bool(_UNFINISHED.match(line)) and len(line.split()) <= _MOST_WORDS_OF_A_HEADING and not has_finite_verb(line)


def _is_lead_in(line: str) -> bool:
    """Whether a line is a few words with a colon after them, so that what it is about comes after it."""
    return line.endswith(":") and len(line.split()) <= _MOST_WORDS_OF_A_LEAD_IN


def _is_caption(line: str, after: str) -> bool:
    """Whether a line without a full stop stands right above a row of a table, and so is what the table is called."""
    return bool(_CAPTION.match(line) and is_row(after))


def _says_something(text: str, source: Source, headings: Sequence[str]) -> bool:
    if _HEAD_LINE.match(text) or _ADDRESS_ONLY.match(text) or text.endswith("?"):
        return False
    bare = text.strip("#*-•–— \t")
    if _is_byline(bare, source):
        return False
    if bare in headings:
        return False
    if _TITLE_LIKE.match(bare) and len(bare.split()) <= 6:
        return False
    return sum(word not in STOP_WORDS for word in content_words(bare)) >= 2
