"""A saved conversation as one web page (.html) with its sources inside that needs nothing else: no script, no request.

Every piece of text is escaped, by the template or by what makes the prose of an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import count
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.memos.evidence import NEAREST
from assistant.types import Answer, Citation, Side, Statement
from assistant.ui import render_answer, render_written
from assistant.ui.render_citation import marked
from assistant.ui.render_context import DIFFERS
from assistant.ui.shared.context import Briefings, Context, Shared, State, context_of
from assistant.ui.shared.said import changed, conditions, covered, moment
from assistant.ui.wording import (
    abstained_said,
    byline,
    contrary_said,
    doubt,
    excerpt,
    failure_of,
    page_name,
    parts_missing,
    written_by,
)
from assistant.work.records import SavedTurn

_HERE = Path(__file__).parent
_NEAREST = 4
_EXCERPT = 260


@dataclass(frozen=True, slots=True)
class Cited:
    """A source on the page: what a number, or a side of a disagreement, leads to. `quote` is HTML."""

    anchor: str
    number: str
    title: str
    byline: str
    path: str
    quote: Markup
    context: Context
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Differing:
    """What is quoted beside an answer, as it is shown: `sign` is ≠ where it differs and ≈ where it comes near."""

    sign: str
    heading: str
    about: str
    sides: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A question with its answer, as the template shows it. `prose` is HTML."""

    anchor: str
    answer: Answer
    question: str
    when: str
    finished: bool
    conditions: tuple[str, ...]
    since: tuple[str, ...]
    writer: str
    abstained: tuple[str, str]
    prose: Markup
    withheld: tuple[tuple[str, str, str], ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    differing: tuple[Differing, ...]
    coverage: str
    others: tuple[str, ...]
    nearest: tuple[tuple[str, str, str], ...]
    sources: tuple[Cited, ...]


def html(shared: Shared) -> str:
    """A number leads to its source, which then shows the quote in its paragraph."""
    known = None if shared.briefings is None else tuple(shared.briefings.sources())
    turns = [
        _shown(f"a{number}", saved, shared.briefings, changed(saved.turn.answer, known))
        for number, saved in enumerate(shared.saved.turns, start=1)
    ]
    page = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    ).get_template("conversation.html.j2")
    text = page.render(title=shared.saved.summary.title, now=moment(shared.now), turns=turns, states=_STATES)
    return text.encode("utf-8", "replace").decode("utf-8")  # no file can hold the half characters of a browser


_STATES: dict[State, str] = {
    "same": "The document is still the one that was cited.",
    "changed": "The document has changed since: this is what was stored with the answer.",
    "gone": "The document is no longer in the library: this is what was stored with the answer.",
    "unknown": "This is what was stored with the answer.",
}


def _shown(anchor: str, saved: SavedTurn, briefings: Briefings | None, since: tuple[str, ...]) -> Shown:
    answer = saved.turn.answer
    sources = _sources(anchor, answer, briefings)
    abstained = answer.outcome == "abstained"
    coverage, others = covered(answer.coverage)
    nearest = answer.passages[:_NEAREST] if abstained else ()
    return Shown(
        anchor,
        answer,
        saved.turn.question,
        moment(saved.saved_at),
        saved.finished,
        conditions(answer),
        since,
        written_by(answer.writer) if answer.writer else "",
        abstained_said(answer),
        Markup() if abstained else _prose(answer, sources),
        tuple(_withheld(one) for one in answer.withheld if one.verdict.status != "supported"),
        parts_missing(answer),
        tuple(note.strip() for note in answer.notes if note.strip()),
        tuple(_differing(anchor, answer, briefings)),
        coverage,
        others,
        tuple((one.source.title, byline(one.source), excerpt(one.chunk.text, _EXCERPT)) for one in nearest),
        tuple(sources.values()),
    )


def _key(one: Citation) -> tuple[int, str, int, int]:
    return one.marker, one.source.document_id, one.span.start, one.span.end


def _sources(anchor: str, answer: Answer, briefings: Briefings | None) -> dict[tuple[int, str, int, int], Cited]:
    """What each citation leads to, in the order of their numbers; the same place has one entry for a number."""
    found: dict[tuple[int, str, int, int], Cited] = {}
    numbers = count(1)
    for one in sorted(answer.citations, key=lambda one: one.marker):
        if _key(one) in found:
            continue
        words = [one.words.shifted(-one.span.start)] if one.words else []
        page = page_name(one.page_index, one.page_label)
        found[_key(one)] = Cited(
            f"{anchor}-{next(numbers)}",
            str(one.marker),
            one.source.title,
            " · ".join(part for part in (byline(one.source), page) if part),
            one.source.path,
            Markup(marked(one.quote, words, 0, len(one.quote), "strong")),  # noqa: S704 - escaped there
            context_of(one.source, one.span, one.quote, answer.passages, briefings),
            tuple(dict.fromkeys(other.title for other in one.also_in)),
        )
    return found


def _prose(answer: Answer, sources: dict[tuple[int, str, int, int], Cited]) -> Markup:
    def link(one: Citation) -> str:
        cited = sources[_key(one)]
        return (
            f'<a class="cite" href="#{cited.anchor}" aria-label="Citation {cited.number}: {escape(cited.title)}">'
            f"{cited.number}</a>"
        )

    if answer.writer:
        text = render_written.written_prose(
            answer.text, answer.citations, answer.statements, as_chip=link, as_doubt=_doubt
        )
    else:
        text = render_answer.prose(answer.text, answer.citations, as_chip=link)
    return Markup(text)  # noqa: S704 - escaped there


def _doubt(one: Statement) -> str:
    said, reason = doubt(one.verdict.status), ": ".join(failure_of(one))
    return f' <span class="doubt">{escape(said)}: {escape(reason)}</span>'


def _withheld(one: Statement) -> tuple[str, str, str]:
    return (one.text, *failure_of(one))


def _differing(anchor: str, answer: Answer, briefings: Briefings | None) -> Iterator[Differing]:
    """What comes nearest to an answer, then what differs from the question, then what differs among the sources."""
    found = [("≈", NEAREST, "", answer.likeliest)] if answer.likeliest else []
    found += [("≠", contrary_said(answer), "", answer.contrary)] if answer.contrary else []
    found += [("≠", f"Sources differ {DIFFERS[one.kind]}", one.about, one.sides) for one in answer.disagreements]
    for number, (sign, heading, about, sides) in enumerate(found, start=1):
        shown = (
            _side(f"{anchor}-d{number}-{place}", side, answer, briefings) for place, side in enumerate(sides, start=1)
        )
        yield Differing(sign, heading, about, tuple(shown))


def _side(anchor: str, side: Side, answer: Answer, briefings: Briefings | None) -> Cited:
    words = side.words.shifted(-side.span.start)
    return Cited(
        anchor,
        "",
        side.source.title,
        byline(side.source),
        side.source.path,
        Markup(marked(side.quote, [words], 0, len(side.quote), "mark")),  # noqa: S704 - escaped there
        context_of(side.source, side.span, side.quote, answer.passages, briefings),
    )
