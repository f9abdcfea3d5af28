"""A memo as Markdown, the form from which every other export is made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.memos.memo import TOKEN, Memo, Reference
from assistant.memos.not_code import not_in_code, replaced_at
from assistant.memos.numbering import notes, numbers
from assistant.types import Source

SOURCES = "Sources"
BIBLIOGRAPHY = "Bibliography"
"""The headings of what follows the sections; readers of an exported memo pass over their table and list."""

_ENDED = (".", "?", "!", ".*", "?*", "!*")
_SPECIAL = re.compile(r"[\\\[\]<_*`]|&(?=[#\w]+;)")
_SPECIAL_WRITTEN = re.compile(r"[\\\[\]<_]|&(?=[#\w]+;)")
_AT_START = re.compile(r"^(?:([-+#>=~:|])|(\d{1,9})([.)]))")
_FOOTNOTE = re.compile(rf"(\\*)(?:{TOKEN.pattern}(:?)|\[\^)")
_LINE_END = re.compile(r"\r\n?|\n")
_EMPTY_BEFORE = re.compile(r"\A(?:[ \t]*\n)+")  # not the spaces of the first line, which may be those of code
# An address in angle brackets is a link; any other "<" before a letter or one of these marks may begin HTML.
_ADDRESS = r"<(?:[a-z][a-z0-9+.-]{1,31}:[^\s<>]*|\w[\w.!#$%&'*+/=?^`{|}~-]*@[a-z0-9.-]+)>"
_HTML = re.compile(rf"(?<!\\)((?:\\\\)*)(?!{_ADDRESS})<(?=[a-z/!?])", re.IGNORECASE)


def escaped(text: str, *, written: bool = False) -> str:
    """One line of text as Markdown that reads as that line. White space becomes single spaces.

    A `written` text is a language model's: its bold, code and list marks stay marks; links, images and HTML never do.
    """
    line = " ".join(text.split())
    if written:
        mark = re.match(r"- ", line)
        head, rest = (mark[0], line[mark.end() :]) if mark else ("", line)
        return head + _SPECIAL_WRITTEN.sub(r"\\\g<0>", rest)
    line = _SPECIAL.sub(r"\\\g<0>", line)
    return _AT_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)


def memo_as_markdown(memo: Memo, footnotes: Sequence[str], *, mark: str = "") -> str:
    """Title, sections, the table of sources and the bibliography; `footnotes` are the texts of the notes, in order.

    Tokens become the numbers of `numbers`. Nothing else in a section is a footnote: a token that stands for nothing and
    a footnote that was typed or pasted are the characters that they are. No section reaches into what follows it.
    The memo's own headings begin with the mark, so that they can be told from those in the text of a section.
    """
    number_of = numbers(memo)
    blocks = [f"# {mark}{escaped(memo.title)}"]
    for section in memo.sections:
        blocks += [f"## {mark}{escaped(section.heading)}", _closed(_numbered(_lines(section.text), number_of))]
    cited = notes(memo)
    if cited:
        blocks += [f"## {mark}{SOURCES}", _table(cited), f"## {mark}{BIBLIOGRAPHY}", _bibliography(cited)]
    blocks += [f"[^{number}]: {escaped(text)}" for number, text in enumerate(footnotes, start=1)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def documents_of(references: Sequence[Reference]) -> tuple[Source, ...]:
    """The documents that are cited, each once, in the order of first use."""
    return tuple({each.source.document_id: each.source for each in references}.values())


def _lines(text: str) -> str:
    """The text without empty lines around it, with line ends of one kind: readers are not of one mind about others."""
    return _EMPTY_BEFORE.sub("", "\n".join(_LINE_END.split(text))).rstrip()


def _numbered(text: str, number_of: Mapping[str, int]) -> str:
    def written(found: re.Match[str]) -> str:
        slashes, token = found[1], found[2]
        if len(slashes) % 2:  # it is escaped
            return found[0]
        if token in number_of:
            return f"{slashes}[^{number_of[token]}]" + ("\\:" if found[3] else "")  # else it would define the footnote
        return f"{slashes}\\{found[0].removeprefix(slashes)}"

    places = not_in_code(_FOOTNOTE, text)
    return replaced_at(text, places, [written(place) for place in places])


def _closed(text: str) -> str:
    """The text without what could take in all that follows: an open code fence is closed, HTML is text.

    HTML would also take in the citations that stand in it, and where it ends, readers of Markdown are not of one mind.
    """
    places = not_in_code(_HTML, text)
    text = _without_blocks(replaced_at(text, places, [rf"{place[1]}\<" for place in places]))
    last = _read(f"{text}\n\n# End")[-1]
    return f"{text}\n{last.markup}" if last.type == "fence" else text


def _without_blocks(text: str) -> str:
    """The text without HTML that begins a line in what would be code if it did not."""
    while True:
        blocks = [token.map for token in _read(text) if token.type == "html_block" and token.map]
        if not blocks:
            return text
        inside = {line for block in blocks for line in range(*block)}
        lines = enumerate(text.split("\n"))
        text = "\n".join(_HTML.sub(r"\1\\<", line) if number in inside else line for number, line in lines)


def _read(text: str) -> list[Token]:
    return MarkdownIt("commonmark").parse(text)


def _table(cited: Sequence[Reference]) -> str:
    rows = [("Notes", "Title", "Publisher", "Date", "File")]
    for source in documents_of(cited):
        uses = [
            str(number) for number, each in enumerate(cited, start=1) if each.source.document_id == source.document_id
        ]
        day = source.date.isoformat() if source.date else ""
        rows.append((", ".join(uses), source.title, source.publisher or "", day, source.path))
    head, *lines = (f"| {' | '.join(map(_cell, row))} |" for row in rows)
    return "\n".join([head, "|---|---|---|---|---|", *lines])


def _cell(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split())).replace("|", "\\|")


def _bibliography(cited: Sequence[Reference]) -> str:
    return "\n".join(f"- {_entry(source)}" for source in documents_of(cited))


def _entry(source: Source) -> str:
    said = [escaped(source.author)] if source.author else []
    said.append(f"*{escaped(source.title)}*")
    issued = ", ".join(filter(None, [source.publisher, source.date.isoformat() if source.date else ""]))
    said += [escaped(issued)] if issued else []
    return " ".join(each if each.endswith(_ENDED) else f"{each}." for each in [*said, escaped(source.path)])
