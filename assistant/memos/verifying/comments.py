"""An edited memo as a Word document with a comment at everything that is not in order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence, Set
from itertools import groupby
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from assistant.errors import InputError
from assistant.memos.export.word_styles import word_styles
from assistant.memos.pandoc import harmless, write_bytes
from assistant.memos.tag import read_footnote
from assistant.memos.verifying.checking import Finding, Quoted, Verification
from assistant.memos.verifying.edited import read_tree
from assistant.memos.verifying.told import explained
from assistant.memos.verifying.word_text import Letters, kept, letters, outer

AUTHOR = "Briefing Assistant"
"""Who the comments are by; those of an earlier check are replaced."""

_INITIALS = "BA"
_NOTES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_MARKS = tuple(map(qn, ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")))


_Range = tuple[BaseOxmlElement, BaseOxmlElement]


def commented(path: Path, verification: Verification) -> bytes:
    """The Word document at `path` with a comment at each sentence and each footnote that has a fault.

    Its words, footnotes and tracked changes stay as they are, and so do comments by people. Of a memo in another format
    a Word document is made first. Raises `InputError` for a file that cannot be read.
    """
    try:
        is_word = path.suffix.lower() == ".docx"
        content = path.read_bytes() if is_word else _as_word(path)
        document = docx.Document(io.BytesIO(content))
        _without_earlier(document)
        _comment(document, verification)
        made = io.BytesIO()
        document.save(made)
    except OSError as error:
        raise InputError(f"{path.name!r} cannot be read: {error.strerror}") from error
    except (OpcError, zipfile.BadZipFile, etree.LxmlError, KeyError, ValueError, AttributeError) as error:
        raise InputError(f"{path.name!r} cannot be given comments: its inner parts are damaged") from error
    return made.getvalue()


def _as_word(path: Path) -> bytes:
    """A Word document with the words and footnotes of a memo in another format."""
    tree = {**harmless(read_tree(path)), "meta": {}}  # the title of a web page stands in its text, too
    return write_bytes(tree, "docx", like=word_styles())


def _comment(document: Document, verification: Verification) -> None:
    body = document.element.body
    text = Letters.of(body)
    places = _references(document)
    faults = set(map(id, verification.faults))
    position = 0
    wanted: list[tuple[tuple[int, int] | BaseOxmlElement | None, list[Finding]]] = []
    for (of, _), group in groupby(verification.findings, key=lambda each: (each.of, each.number)):
        findings = list(group)
        wrong = [each for each in findings if id(each) in faults]
        found: tuple[int, int] | BaseOxmlElement | None
        if of == "sentence":
            found = text.find(findings[0].text, position)
            position = found[1] if found else position
        else:
            found = places.get(_key(findings[0].quoted[0])) if findings[0].quoted else None
        if wrong:
            wanted.append((found, wrong))
    ranges: list[_Range | None] = []
    for found, _ in reversed(wanted):
        ranges.insert(0, text.range(*found) if isinstance(found, tuple) else None)
    for (found, wrong), around in zip(wanted, ranges, strict=True):
        if around is None:
            around = (outer(found), outer(found)) if found is not None else _somewhere(body)
        _put(document, _not_behind_the_first_footnote(body, around), wrong)


def _not_behind_the_first_footnote(body: BaseOxmlElement, around: _Range) -> _Range:
    """The range, ending elsewhere where its end would lie between the first footnote of a document and the second.

    LibreOffice (7.4.7) loses the words of all footnotes of a document with a comment there. About the first footnote
    itself the comment is at the words before it; any other goes on to the second.
    """
    order = {element: place for place, element in enumerate(body.iter())}
    notes = [element for element in order if element.tag in _NOTES][:2]
    first, last = around
    end = max(order[each] for each in last.iter())
    if not notes or end < order[notes[0]] or (len(notes) > 1 and end >= order[notes[1]]):
        return around
    if first is last and notes[0] in last.iter():
        words = next((each for each in first.itersiblings(qn("w:r"), preceding=True)), None)
        return (words, words) if words is not None else around
    return (first, outer(notes[1])) if len(notes) > 1 else around


def _references(document: Document) -> dict[str, BaseOxmlElement]:
    """The first place of each footnote and endnote in the text, by the letters of the note."""
    notes = {(kind, key): said for kind in _NOTES.values() for key, said in _notes(document, kind)}
    found: dict[str, BaseOxmlElement] = {}
    for element in kept(document.element.body):
        if element.tag in _NOTES:
            said = notes.get((_NOTES[element.tag], element.get(qn("w:id"))))
            if said is not None:
                found.setdefault(letters(read_footnote(said).text), element)
    return found


def _notes(document: Document, kind: str) -> Iterator[tuple[str, str]]:
    """The id and the words of each footnote, or endnote."""
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(f"/{kind}s"):
            continue
        for note in parse_xml(relation.target_part.blob):
            paragraphs = ("".join(each.text or "" for each in kept(part) if each.tag == qn("w:t")) for part in note)
            yield note.get(qn("w:id")), " ".join(paragraphs)


def _key(quoted: Quoted) -> str:
    return letters(quoted.note.text)


def _somewhere(body: BaseOxmlElement) -> _Range:
    """The first paragraph that has a run: the place of what is not found in the text, such as a formula."""
    run = next((each for each in kept(body) if each.tag == qn("w:r")), None)
    if run is None:
        raise ValueError("no text")
    return outer(run), outer(run)


def _put(document: Document, around: _Range, faults: Sequence[Finding]) -> None:
    """Writes one comment about these faults of one sentence or footnote."""
    first, last = around
    comment = document.comments.add_comment("", AUTHOR, _INITIALS)
    key = {qn("w:id"): str(comment.comment_id)}
    mark = OxmlElement("w:r")
    mark.append(OxmlElement("w:commentReference", attrs=key))
    first.addprevious(OxmlElement("w:commentRangeStart", attrs=key))
    last.addnext(mark)
    last.addnext(OxmlElement("w:commentRangeEnd", attrs=key))
    for number, fault in enumerate(faults):
        paragraph = comment.paragraphs[0] if number == 0 else comment.add_paragraph()
        paragraph.add_run(f"{fault.kind[:1].upper()}{fault.kind[1:]}").bold = True
        of = "" if fault.of == "sentence" else f" (footnote {fault.number})"
        paragraph.add_run(_printable(f"{of}. {explained(fault)}"))


def _printable(text: str) -> str:
    """One line without what XML cannot hold, such as the form feeds of a PDF."""
    return "".join(each if each.isprintable() else " " for each in text)


def _without_earlier(document: Document) -> None:
    """Takes away the comments of an earlier check. Answers of people to them stay, as comments of their own."""
    earlier = {str(each.comment_id): each._comment_elm for each in document.comments if each.author == AUTHOR}
    marks = [each for each in document.element.body.iter(*_MARKS) if each.get(qn("w:id")) in earlier]
    for mark in marks:
        run = mark.getparent()
        run.remove(mark)
        if run.tag == qn("w:r") and not any(each.tag != qn("w:rPr") for each in run):
            run.getparent().remove(run)
    paragraphs = {value for each in earlier.values() for value in _paragraph_ids(each)}
    for comment in earlier.values():
        comment.getparent().remove(comment)
    if paragraphs:
        for part in document.part.package.iter_parts():
            if part.partname.startswith("/word/comments") and part.partname != "/word/comments.xml":
                part._blob = _without(part.blob, paragraphs)


def _paragraph_ids(comment: BaseOxmlElement) -> Iterator[str]:
    for element in comment.iter():
        yield from (value for name, value in element.attrib.items() if etree.QName(name).localname == "paraId")


def _without(content: bytes, paragraphs: Set[str]) -> bytes:
    """What Word notes beside comments, such as which is an answer to which, without these paragraphs."""
    root = parse_xml(content)
    for element in list(root):
        for name, value in list(element.attrib.items()):
            if value in paragraphs and etree.QName(name).localname == "paraId":
                root.remove(element)
            elif value in paragraphs and etree.QName(name).localname == "paraIdParent":
                del element.attrib[name]
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
