"""Reads a draft while a language model is still writing it: sentences, and the passages that each of them names.

A passage is named by its id in brackets ("[k4]", "[k4, m7]", "【k4】", "(k4)"). What stands in brackets and is no id
stays text. Whatever the pieces in which a draft arrives, the sentences are those of the whole draft: a sentence is
handed on as soon as no further text can change it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

from assistant.language.sentences import sentence_spans

Kind = Literal["sentence", "row", "head", "heading", "code"]

_OPEN, _CLOSE = "[【［〔(（", "]】］〕)）"
_LONGEST_MARKER = 80  # characters; an open bracket holds text back no longer
_LEAD = re.compile(r"\s*(?:(?:[-*+•–]|\d{1,2}[.)])\s+|>\s?)?(?=\S)")
_HEADING = re.compile(r"\s*#{1,6}\s")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_ROW = re.compile(r"\s*\|")
_RULE = re.compile(r"[\s|:=*_-]*$")  # the line under a table's head, or one drawn across
_UNDER_HEAD = re.compile(r"\s*\|?\s*:?-[\s|:-]*$")
_MARK = re.compile(
    rf"[{re.escape(_OPEN)}]([^{re.escape(_OPEN + _CLOSE)}\n]{{1,{_LONGEST_MARKER}}})[{re.escape(_CLOSE)}]"
)
_OPENED = re.compile(rf"[{re.escape(_OPEN)}][^{re.escape(_OPEN + _CLOSE)}\n]{{0,{_LONGEST_MARKER}}}$")
_PART = re.compile(r"\s*(?:(?:passages?|sources?|ids?|see)\s*:?\s*)?#?([a-z]\d|\d{1,2})\s*", re.IGNORECASE)
_JOIN = re.compile(r"\s*(?:,|;|、|，|&|/|\band\b|[-–—]|\bto\b|\s)\s*")
_RANGE = re.compile(r"\s*(?:[-–—]|\bto\b)\s*")
_TOLD = re.compile(r"†.*$")  # "[4†L1-L3]", as some models were taught
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`")
_TERMINATOR = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence of a draft, a row or the head of a table, a heading or a block of code; `text` has no markers and no
    emphasis.

    `cited` are the ids of passages that it names; others that look like one are left out. `lead` is what stands before
    it on its line ("- ", "2. "). `line` counts the lines of the draft, so that a layout can be made again.
    """

    text: str
    kind: Kind
    cited: tuple[str, ...]
    lead: str
    line: int


class DraftStream:
    """Takes a draft piece by piece. `ids` are the passages' ids in the order in which the model was given them."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._order = {passage_id: place for place, passage_id in enumerate(ids)}
        self._ids = tuple(ids)
        self._rest = ""  # of the line that is being written
        self._given = 0  # sentences of that line that were handed on
        self._line = 0
        self._code: list[str] | None = None
        self._row: list[Written] = []  # the line before, where the next one tells whether it is a table's head

    def feed(self, piece: str) -> list[Written]:
        """The sentences that are complete now and were not before."""
        self._rest += "".join(filter(_is_shown, piece))
        found: list[Written] = []
        while "\n" in self._rest:
            line, self._rest = self._rest.split("\n", 1)
            found += self._line_done(line)
        begun = self._take(list(self._sentences(self._rest, final=False)))
        if begun:
            found, self._row = [*found, *self._row], []
        return found + begun

    def finish(self) -> list[Written]:
        """What is left when the draft ends."""
        found = self._line_done(self._rest)
        self._rest = ""
        found += self._row
        self._row = []
        if self._code is not None:
            found += self._code_done()
        return found

    def _line_done(self, line: str) -> list[Written]:
        found: list[Written] = []
        if _FENCE.match(line):
            if self._code is None:
                self._code = []
            else:
                found = self._code_done()
        elif self._code is not None:
            self._code.append(line)
        else:
            found = self._take(list(self._sentences(line, final=True)))
        self._line += 1
        self._given = 0
        return self._rows_apart(line, found)

    def _rows_apart(self, line: str, found: list[Written]) -> list[Written]:
        """Holds a row back for a line: a rule under it makes it the head of a table."""
        before, self._row = self._row, []
        if before and _UNDER_HEAD.match(line):
            before = [replace(row, kind="head") for row in before]
        if found and found[0].kind == "row":
            found, self._row = [], found
        return [*before, *found]

    def _code_done(self) -> list[Written]:
        code, self._code = "\n".join(self._code or ()).strip("\n"), None
        return [Written(code, "code", (), "", self._line)] if code.strip() else []

    def _take(self, sentences: Sequence[Written]) -> list[Written]:
        fresh = list(sentences[self._given :])
        self._given = max(self._given, len(sentences))
        return fresh

    def _sentences(self, line: str, *, final: bool) -> Iterator[Written]:
        """The sentences of a line; without `final` only those that what follows cannot change."""
        if self._code is not None or (not final and (_FENCE.match(line) or len(line.strip()) < 3)):
            return
        whole: Kind | None = "row" if _ROW.match(line) else "heading" if _HEADING.match(line) else None
        if whole and not final:
            return
        if _RULE.match(line):
            return
        match = _LEAD.match(line)
        lead = match.group() if match and not whole else ""
        text, marks = self._without_marks(line[len(lead) :], final=final)
        starts = [0] if whole else [0, *_starts(text, {place for place, _ in marks}, final=final)]
        ends = [*starts[1:], len(text)] if final else starts[1:]
        for number, (start, end) in enumerate(zip(starts, ends, strict=False)):
            own = [
                name
                for place, names in marks
                if start < place <= end or (place == 0 == start) or (final and number == len(ends) - 1 and place > end)
                for name in names
            ]
            said = _EMPHASIS.sub("", text[start:end]).strip()
            if whole == "heading":
                said = said.lstrip("# ")
            if not any(character.isalnum() for character in said):
                continue
            cited = tuple(dict.fromkeys(name for name in own if name in self._order))
            yield Written(said, whole or "sentence", cited, lead if start == 0 else "", self._line)

    def _without_marks(self, line: str, *, final: bool) -> tuple[str, list[tuple[int, tuple[str, ...]]]]:
        """The text without markers, and each marker's ids with the place in that text at which they stood."""
        if not final:
            opened = _OPENED.search(line)
            line = line[: opened.start()] if opened else line
        text, marks, position = "", [], 0
        for match in _MARK.finditer(line):
            names = self._names(match)
            if names is None:
                continue
            before = line[position : match.start()]
            text = _glued(text, before).rstrip(" \t")
            marks.append((len(text), names))
            position = match.end()
        return _glued(text, line[position:]), marks

    def _names(self, match: re.Match[str]) -> tuple[str, ...] | None:
        """The ids of a marker; None where the brackets hold something else."""
        inside = _TOLD.sub("", unicodedata.normalize("NFKC", match.group(1)))
        found: list[str] = []
        position, ranged = 0, False
        while position < len(inside):
            part = _PART.match(inside, position)
            if part is None:
                return None
            name = part.group(1).lower()
            found += self._between(found[-1], name) if ranged and found else [name]
            position = part.end()
            if position < len(inside):
                join = _JOIN.match(inside, position)
                if join is None and not inside[position - 1].isspace():
                    return None
                ranged = _RANGE.match(inside, position) is not None
                position = join.end() if join else position
        if match.group()[0] in "(（" and not all(name in self._order for name in found):
            return None  # "(5)" and "(G7)" are text
        return tuple(found) or None

    def _between(self, first: str, last: str) -> tuple[str, ...]:
        """What "k4-m7" names beyond its first: the passages between, in their order, or the last alone."""
        if first in self._order and last in self._order and self._order[first] < self._order[last]:
            return self._ids[self._order[first] + 1 : self._order[last] + 1]
        if first.isdigit() and last.isdigit() and int(first) < int(last):
            return tuple(str(number) for number in range(int(first) + 1, int(last) + 1))
        return (last,)


def parse(draft: str, ids: Sequence[str]) -> list[Written]:
    """The sentences of a whole draft."""
    stream = DraftStream(ids)
    return [*stream.feed(draft), *stream.finish()]


def _is_shown(character: str) -> bool:
    """Whether a character is no control or format character, which would be read otherwise than it is shown."""
    return character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf")


def _glued(text: str, more: str) -> str:
    """Two pieces between which a marker stood; words stay apart."""
    if text and more and text[-1].isalnum() and more[0].isalnum():
        return f"{text} {more}"
    return text + more


def _starts(text: str, marked: Set[int], *, final: bool) -> list[int]:
    """Where each further sentence of a line begins.

    Whether a sentence ends at a full stop is judged from itself and the word after it, which must be there, so that
    the judgment is the same however much of the line has come. A marker (`marked`) behind "p.m." ends it, too.
    """
    starts: list[int] = []
    begin = 0
    for match in _TERMINATOR.finditer(text):
        word = re.match(r"\S+", text[match.end() :])
        if word is None:
            break
        stop = match.end() + word.end()
        if not final and not text[stop:].strip():
            break  # the word may go on
        spans = sentence_spans(text[begin:stop])
        cited = len(text[: match.end()].rstrip()) in marked and text[match.end()].isupper()
        if cited or (len(spans) > 1 and spans[-1].start + begin == match.end()):
            starts.append(match.end())
            begin = match.end()
    return starts
