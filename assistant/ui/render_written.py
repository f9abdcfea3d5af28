"""A text that a language model wrote -> HTML: each sentence with its status, what was withheld, what it rests on.

Pure; every piece of text is escaped here. Of the text's own marks only those of `written_text` become elements, so
that no link, image or HTML of it does anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby, pairwise

from assistant.types import Answer, Citation, Span, Statement
from assistant.ui.render_citation import chip, in_sentence, marked, with_chips
from assistant.ui.wording import doubt, failure_of, written_by
from assistant.ui.written_text import Block, Line, Piece, blocks

_ICONS = {"partly": "◐", "unsupported": "○", "contradicted": "✕"}
_TAGS = {"plain": "", "bold": "strong", "code": "code"}


def written(answer: Answer, today: date | None = None, *, sentences: Sequence[Span] = ()) -> str:
    """The written text with who wrote it, and under folds the sentences that are not shown and the quotes.

    `sentences` become elements of their own.
    """
    writer = f'<p class="writer">{escape(written_by(answer.writer))}</p>' if answer.writer else ""
    text = written_prose(answer.text, answer.citations, answer.statements, today, sentences=sentences)
    return f"{writer}{text}{withheld(answer.statements)}{_quotes(answer.citations, today)}"


def written_prose(
    text: str,
    citations: Sequence[Citation],
    statements: Sequence[Statement],
    today: date | None = None,
    *,
    sentences: Sequence[Span] = (),
    as_chip: Callable[[Citation], str] | None = None,
    as_doubt: Callable[[Statement], str] | None = None,
) -> str:
    """The written text as blocks, with the citation chips and the doubts behind the sentences that they belong to.

    `sentences` become elements of their own. `as_chip` and `as_doubt` make other HTML of a citation and of a doubt than
    the buttons of the page.
    """
    read = blocks(text)
    shown = [piece.span for block in read for piece in block.pieces]
    if not shown:
        return ""
    doubtful = tuple(one for one in statements if one.span and doubt(one.verdict.status))
    ends = [one.answer_span.end for one in citations] + [one.span.end for one in doubtful if one.span]
    anchors = _anchors(text, shown, ends)
    chips: dict[int, str] = defaultdict(str)
    for one in sorted(citations, key=lambda one: one.marker):
        chips[anchors[one.answer_span.end]] += as_chip(one) if as_chip else chip(one, today)
    doubts: dict[int, str] = defaultdict(str)
    for statement in doubtful:
        assert statement.span is not None
        doubts[anchors[statement.span.end]] += (as_doubt or _doubt)(statement)
    sheet = _Sheet(text, doubtful, chips, doubts, tuple(sentences))
    listed = groupby(read, key=lambda block: block.kind)
    return f'<div class="prose written">{"".join(_run(sheet, list(group)) for _, group in listed)}</div>'


def withheld(statements: Sequence[Statement]) -> str:
    """The sentences that were written and are not shown because they are not borne out, struck out under a fold.

    A supported sentence that was left out with the others is not listed: nothing is wrong with it.
    """
    left_out = [one for one in statements if one.span is None and one.verdict.status != "supported"]
    if not left_out:
        return ""
    said = (
        "1 sentence was written and is not shown: the briefings don’t bear it out"
        if len(left_out) == 1
        else f"{len(left_out)} sentences were written and are not shown: the briefings don’t bear them out"
    )
    items = []
    for one in left_out:
        name, reason = failure_of(one)
        items.append(
            f'<li><del><span class="unseen">Not shown: </span>{escape(one.text)}</del>'
            f'<span class="reason"><b>{escape(name)}</b>: {escape(reason)}</span></li>'
        )
    return f'<details class="withheld"><summary>{said}</summary><ul>{"".join(items)}</ul></details>'


def _quotes(citations: Sequence[Citation], today: date | None) -> str:
    """The cited quotes, each once, with the words in bold that carry what was written."""
    distinct = {(one.source.document_id, one.span): one for one in sorted(citations, key=lambda one: -one.marker)}
    items = []
    for one in sorted(distinct.values(), key=lambda one: one.marker):
        words = [one.words.shifted(-one.span.start)] if one.words else []
        quote = marked(one.quote, words, 0, len(one.quote), "strong")
        items.append(f'<li>{chip(one, today)} <q class="quote">{quote}</q></li>')
    if not items:
        return ""
    return f'<details class="quotes"><summary>Quotes it rests on</summary><ul>{"".join(items)}</ul></details>'


def _doubt(statement: Statement) -> str:
    """The mark of a sentence that is shown and not fully supported; a press on it shows the reason."""
    said, reason = doubt(statement.verdict.status), ": ".join(failure_of(statement))
    return (
        f'<span class="doubt" data-status="{statement.verdict.status}">'
        f'<button type="button" data-do="reason" aria-expanded="false" title="{escape(reason)}">'
        f'<span aria-hidden="true">{_ICONS[statement.verdict.status]}</span> {said}'
        f'<span class="unseen">: {escape(reason)}</span></button>'
        f'<span class="why" aria-hidden="true">{escape(reason)}</span></span>'
    )


def _anchors(text: str, shown: Sequence[Span], ends: Sequence[int]) -> Mapping[int, int]:
    """Where the chips of sentences stand that end at `ends`: behind the last character before it that is shown.

    Those of a sentence that shows nothing, such as a bullet without words, stand with the first ones of the text.
    """
    behind: dict[int, int] = {}
    for end in ends:
        last = len(text[:end].rstrip())
        before = [span for span in shown if span.start < last]
        if before:
            behind[end] = min(before[-1].end, last)
    first = min(behind.values(), default=shown[0].end)
    return {end: behind.get(end, first) for end in ends}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A text with what is put into it: doubtful statements, and by position the chips and the marks of doubt."""

    text: str
    doubtful: tuple[Statement, ...]
    chips: Mapping[int, str]
    doubts: Mapping[int, str]
    sentences: tuple[Span, ...] = ()

    def line(self, line: Line) -> str:
        """The HTML of one line or cell."""
        return "".join(self._part(piece, part) for piece in line for part in self._parts(piece.span))

    def _parts(self, span: Span) -> Iterator[Span]:
        """A span, cut where a chip or a mark stands and where a sentence begins or ends."""
        said = (*self.sentences, *(one.span for one in self.doubtful if one.span))
        edges = [edge for one in said for edge in (one.start, one.end)]
        inside = {edge for edge in (*edges, *self.chips, *self.doubts) if span.start < edge < span.end}
        cuts = [span.start, *sorted(inside), span.end]
        return (Span(first, last) for first, last in pairwise(cuts))

    def _part(self, piece: Piece, part: Span) -> str:
        status = next((one.verdict.status for one in self.doubtful if one.span and one.span.contains(part)), "")
        tag = _TAGS[piece.style]

        def styled(start: int, end: int) -> str:
            shown = escape(self.text[start:end])
            shown = f"<{tag}>{shown}</{tag}>" if tag else shown
            shown = f'<span class="said" data-status="{status}">{shown}</span>' if status else shown
            return in_sentence(self.sentences, part, shown)

        chips, doubts = self.chips.get(part.end, ""), self.doubts.get(part.end, "")
        words = with_chips(self.text, part.start, part.end, chips, styled) if chips else styled(part.start, part.end)
        return f"{words}{doubts}"


def _run(sheet: _Sheet, run: list[Block]) -> str:
    """Blocks of one kind that follow each other."""
    kind = run[0].kind
    if kind == "bullet":
        return f"<ul>{''.join(f'<li{_depth(block)}>{_only(sheet, block)}</li>' for block in run)}</ul>"
    if kind == "number":
        items = (f'<li value="{block.number}"{_depth(block)}>{_only(sheet, block)}</li>' for block in run)
        return f"<ol>{''.join(items)}</ol>"
    if kind == "table":
        return "".join(_table(sheet, block) for block in run)
    if kind == "code":
        lines = ("\n".join(sheet.line(line) for line in block.rows[0]) for block in run)
        return "".join(f"<pre>{code}</pre>" for code in lines)
    strong = ' class="heading"' if kind == "heading" else ""
    return "".join(f"<p{strong}>{_only(sheet, block)}</p>" for block in run)


def _only(sheet: _Sheet, block: Block) -> str:
    return sheet.line(block.rows[0][0])


def _depth(block: Block) -> str:
    return f' class="depth{block.depth}"' if block.depth else ""


def _table(sheet: _Sheet, block: Block) -> str:
    width = max(len(row) for row in block.rows)
    first, *others = (row + ((),) * (width - len(row)) for row in block.rows)
    head = "".join(f'<th scope="col">{sheet.line(cell)}</th>' for cell in first)
    rows = "".join(f"<tr>{''.join(f'<td>{sheet.line(cell)}</td>' for cell in row)}</tr>" for row in others)
    return (
        '<div class="wide" tabindex="0" role="region" aria-label="Table"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
