"""A memo as Markdown, the form from which every other export is made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from markdown_it import MarkdownIt

from assistant.memos.memo import TOKEN, Memo, Reference
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
# the openings of HTML that goes on until it is closed; all other HTML ends at an empty line
_OPENING = re.compile(r"((?<!\\)(?:\\\\)*)<(?=[!?]|(?:script|pre|style|textarea)\b)", re.IGNORECASE)


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


def memo_as_markdown(memo: Memo, footnotes: Sequence[str]) -> str:
    """Title, sections, the table of sources and the bibliography; `footnotes` are the texts of the notes, in order.

    Tokens become the numbers of `numbers`. Nothing else in a section is a footnote: a token that stands for nothing and
    a footnote that was typed or pasted are the characters that they are. No section reaches into what follows it.
    """
    number_of = numbers(memo)
    blocks = [f"# {escaped(memo.title)}"]
    for section in memo.sections:
        blocks += [f"## {escaped(section.heading)}", _closed(_numbered(_lines(section.text), number_of).strip())]
    cited = notes(memo)
    if cited:
        blocks += [f"## {SOURCES}", _table(cited), f"## {BIBLIOGRAPHY}", _bibliography(cited)]
    blocks += [f"[^{number}]: {escaped(text)}" for number, text in enumerate(footnotes, start=1)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def documents_of(references: Sequence[Reference]) -> tuple[Source, ...]:
    """The documents that are cited, each once, in the order of first use."""
    return tuple({each.source.document_id: each.source for each in references}.values())


def _lines(text: str) -> str:
    """The text with line ends of one kind: of others, readers of Markdown are not of one mind."""
    return "\n".join(_LINE_END.split(text))


def _numbered(text: str, number_of: Mapping[str, int]) -> str:
    def written(found: re.Match[str]) -> str:
        slashes, token = found[1], found[2]
        if len(slashes) % 2:  # it is escaped
            return found[0]
        if token in number_of:
            return f"{slashes}[^{number_of[token]}]" + ("\\:" if found[3] else "")  # else it would define the footnote
        return f"{slashes}\\{found[0].removeprefix(slashes)}"

    return _FOOTNOTE.sub(written, text)


def _closed(text: str) -> str:
    """The text without what could take in all that follows: an open code fence is closed, such HTML becomes text.

    HTML that is closed, too: where it ends, readers of Markdown are not of one mind ("<!-->").
    """
    tokens = MarkdownIt("commonmark").parse(f"{text}\n\n# End")
    code = {line for token in tokens if token.type == "fence" and token.map for line in range(*token.map)}
    lines = [line if number in code else _OPENING.sub(r"\1\\<", line) for number, line in enumerate(text.split("\n"))]
    safe = "\n".join(lines)
    if safe != text:
        return _closed(safe)  # what stood in the HTML may open a fence now
    return f"{text}\n{tokens[-1].markup}" if tokens[-1].type == "fence" else text


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
