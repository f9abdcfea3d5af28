"""The words of an open Word document in order, each with its place, and ranges of whole runs made from places."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from assistant.memos.sentences import ANCHOR

_REMOVED = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_PARAGRAPH, _RUN, _TEXT = qn("w:p"), qn("w:r"), qn("w:t")
_OPENING = "“‘«\"'([¿¡"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter or digit of the text: the element that it stands in, and the place in that element's text."""

    element: BaseOxmlElement
    place: int


@dataclass(frozen=True, slots=True)
class Letters:
    """All letters and digits of a document in order, as `text` and with their places; `starts` begin a paragraph.

    Nothing else counts: editors change spaces, dashes and quotation marks, and readers of the file disagree on them.
    """

    text: str
    at: tuple[Letter, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, body: BaseOxmlElement) -> Letters:
        """The letters of a body with its tracked changes accepted, without the numbers of footnotes used again."""
        found: list[Letter] = []
        starts: list[int] = []
        for element in kept(body):
            if element.tag == _PARAGRAPH:
                starts.append(len(found))
            elif element.tag == _TEXT:
                found += [Letter(element, place) for place, letter in enumerate(element.text or "") if letter.isalnum()]
        return cls("".join(each.element.text[each.place] for each in found), tuple(found), tuple(starts))

    def find(self, sentence: str, after: int) -> tuple[int, int] | None:
        """Where a sentence stands at or behind a position, as two positions; None where it does not, or has no letters.

        A sentence begins where the one before it ends or where a paragraph begins, elsewhere only if nowhere there.
        """
        wanted = letters(sentence)
        if not wanted:
            return None
        places = [after, *(start for start in self.starts if start > after)]
        begin = next((each for each in places if self.text.startswith(wanted, each)), -1)
        if begin < 0:
            begin = self.text.find(wanted, after)
        return (begin, begin + len(wanted)) if begin >= 0 else None

    def range(self, begin: int, end: int) -> tuple[BaseOxmlElement, BaseOxmlElement]:
        """The first and the last element of a range, cut so that it holds these letters and the marks around them.

        They are children of paragraphs. Cut from the end of a document to its start: places behind a cut are gone.
        """
        first, last = self.at[begin], self.at[end - 1]
        said = last.element.text or ""
        stop = last.place + 1
        while stop < len(said) and not said[stop].isspace() and not said[stop].isalnum():
            stop += 1
        start = first.place
        while start and (first.element.text or "")[start - 1] in _OPENING:
            start -= 1
        _cut(last.element, stop)
        before = _cut(first.element, start)
        behind = before if last.element is first.element else last.element  # the cut moved the words into a new run
        return outer(before), outer(behind)


def letters(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(filter(str.isalnum, text))


def kept(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """All elements below one in order, without what tracked changes remove and links to a footnote used again."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _REMOVED:
            continue
        if child.tag == qn("w:hyperlink") and (child.get(qn("w:anchor")) or "").startswith(ANCHOR):
            continue
        yield child
        yield from kept(child)


def outer(element: BaseOxmlElement) -> BaseOxmlElement:
    """The child of the outermost paragraph that an element is in: comments reach no further in."""
    paragraphs = [each for each in element.iterancestors() if each.tag == _PARAGRAPH]
    line = [element, *element.iterancestors()]
    return line[line.index(paragraphs[-1]) - 1]


def _cut(text: BaseOxmlElement, place: int) -> BaseOxmlElement:
    """Cuts the run of a text element at a place in it, and gives the text element that begins there.

    The same element where there is nothing to cut: at the ends of a run, and in one that is inside something else.
    """
    run = text.getparent()
    said = text.text or ""
    if run.tag != _RUN or run.getparent().tag != _PARAGRAPH or outer(text) is not run:
        return text
    earlier = [each for each in run if each.tag != qn("w:rPr")]
    at = earlier.index(text)
    if (place <= 0 and at == 0) or (place >= len(said) and at == len(earlier) - 1):
        return text
    rest = etree.SubElement(run.getparent(), _RUN, dict(run.attrib))
    run.addnext(rest)
    if run.rPr is not None:
        rest.append(deepcopy(run.rPr))
    words = deepcopy(text)
    for each, content in ((text, said[:place]), (words, said[place:])):
        each.text = content
        each.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    rest.append(words)
    for each in earlier[at + 1 :]:
        rest.append(each)
    return words
