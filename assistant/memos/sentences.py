"""The sentences of a memo with the footnotes of each, read from pandoc's tree: the same at export and afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.language.sentences import sentence_spans
from assistant.memos.markdown import BIBLIOGRAPHY, SOURCES
from assistant.memos.pandoc import Json, Tree, as_list, children, text_of

ANCHOR = "cite-"
"""Word's bookmark of a footnote's first place begins so; where the same footnote is used again, a link leads to it."""

LOST = ""
"""The text of a footnote that a place points to and that is not there any more."""

_PARAGRAPHS = frozenset({"Para", "Plain", "LineBlock", "CodeBlock", "RawBlock"})
_ENDNOTES = "doc-endnotes"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the texts of the footnotes behind it, in order; `paragraph` counts the paragraphs from 0."""

    text: str
    footnotes: tuple[str, ...] = ()
    paragraph: int = 0


def sentences(tree: Tree) -> list[Sentence]:
    """All sentences in order, without headings, the table of sources, the bibliography and the notes themselves."""
    anchored = dict(_anchors(tree["blocks"]))
    return [
        Sentence(text, footnotes, number)
        for number, block in enumerate(_paragraphs(tree["blocks"]))
        for text, footnotes in _in_paragraph(block, anchored)
    ]


def _paragraphs(blocks: Json) -> Iterator[Tree]:
    under = ""
    for block in children(blocks):
        kind = block["t"]
        if kind == "Header":
            under = text_of(block).strip()
        elif kind in _PARAGRAPHS:
            yield block
        elif _is_apparatus(block, under):
            continue
        else:
            yield from _paragraphs(block)


def _is_apparatus(block: Tree, under: str) -> bool:
    """Whether a block is the table of sources, the bibliography or the list of notes."""
    content = block.get("c")
    if block["t"] == "Div" and isinstance(content, list):
        attributes = as_list(as_list(content[0])[2])
        return any(as_list(pair)[1] == _ENDNOTES for pair in attributes)
    return (block["t"], under) in (("Table", SOURCES), ("BulletList", BIBLIOGRAPHY))


def _in_paragraph(block: Tree, anchored: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = ""
    places: list[tuple[int, str]] = []
    for piece, footnote in _pieces(block, anchored):
        text += piece
        if footnote is not None:
            places.append((len(text.rstrip()), footnote))
    spans = sentence_spans(text.replace("\n", " "))
    for number, span in enumerate(spans):
        first = 0 if number == 0 else span.start + 1
        last = len(text) if number + 1 == len(spans) else spans[number + 1].start
        behind = dict.fromkeys(footnote for place, footnote in places if first <= place <= last)
        yield span.of(text), tuple(behind)


def _pieces(node: Tree, anchored: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """The words of a paragraph in order, and the footnotes at their places."""
    kind = node["t"]
    if kind == "Note":
        yield "", note_text(node)
    elif kind == "Link" and (target := _target(node)).startswith(f"#{ANCHOR}"):
        yield "", anchored.get(target[1:], LOST)
    elif kind in ("Str", "Space", "SoftBreak", "LineBreak", "Code", "Math", "RawInline", "CodeBlock", "RawBlock"):
        yield text_of(node), None
    else:
        for child in children(node):
            yield from _pieces(child, anchored)


def note_text(note: Tree) -> str:
    """The words of a footnote, its paragraphs on one line."""
    return " ".join(text_of(block).strip() for block in children(note)).strip()


def _anchors(node: Json) -> Iterator[tuple[str, str]]:
    """Each bookmark of a footnote with the footnote's text; the bookmark is around it or directly before it."""
    waiting: str | None = None
    for child in children(node):
        if child["t"] == "Note":
            if waiting is not None:
                yield waiting, note_text(child)
            waiting = None
            continue
        if child["t"] == "Span":
            name = str(as_list(as_list(as_list(child["c"])[0]))[0])
            if name.startswith(ANCHOR):
                waiting = name
                inside = next((each for each in children(child) if each["t"] == "Note"), None)
                if inside is not None:
                    yield name, note_text(inside)
                continue
        yield from _anchors(child)


def _target(link: Tree) -> str:
    return str(as_list(as_list(link["c"])[2])[0])
