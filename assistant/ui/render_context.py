"""What code found around an answer -> HTML: sources that differ from each other or from the question, and the others.

Pure; every piece of text is escaped here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from assistant.memos.evidence import NEAREST
from assistant.types import Answer, Coverage, Disagreement, Side
from assistant.ui.render_citation import marked, place
from assistant.ui.wording import byline, contrary_said, did_you_mean

DIFFERS = {"number": "on a number", "date": "on a date", "polarity": "on yes or no"}


def disagreements(found: Sequence[Disagreement], today: date | None = None) -> str:
    """The cards of sources that differ: the quotes beside each other, in the order given. None is called right."""
    return "".join(_disagreement(one, today) for one in found)


def likeliest(answer: Answer, today: date | None = None) -> str:
    """The card of the sentence that comes nearest to an answer that was not given; nothing without any."""
    return _card("≈", NEAREST, answer.likeliest, today)


def contrary(answer: Answer, today: date | None = None) -> str:
    """The card of sentences that say the opposite of what the question supposes; nothing without any."""
    return _card("≠", contrary_said(answer), answer.contrary, today)


def meant(answer: Answer, *, position: int | None = None) -> str:
    """The names that may have been meant, as a button that asks the question with them; nothing without any.

    `position` is that of the turn in its conversation; without it nothing can be asked there, and there is no button.
    """
    if answer.did_you_mean is None:
        return ""
    said, question = escape(did_you_mean(answer.did_you_mean)), escape(answer.did_you_mean.question)
    if position is None:
        return f'<p class="meant">{said}</p>'
    return (
        f'<p class="actions meant"><button type="button" class="quiet" data-do="ask" data-question="{question}" '
        f'title="Ask: {question}">{said}</button></p>'
    )


def coverage(known: Coverage | None, today: date | None = None, *, position: int | None = None) -> str:
    """The line that says how many documents mention the subject, with the ones that are not used under a fold.

    `position` is that of the turn, whose question a button puts to the others; without it there is none.
    """
    if known is None or not (known.used or known.others):
        return ""
    total, used = len(known.used) + len(known.others), len(known.used)
    mention = "1 document mentions" if total == 1 else f"{total} documents mention"
    if total == 1:
        here = "used here" if used else "not used here"
    else:
        here = "all used here" if used == total else f"{used or 'none'} used here"
    line = f"{mention} <b>{escape(known.subject)}</b>: {here}"
    if not known.others:
        return f'<p class="coverage">{line}</p>'
    items = "".join(
        f'<li><button type="button" class="link" data-do="open" data-document="{escape(source.document_id)}">'
        f'{escape(source.title)}</button> <span class="byline">{escape(byline(source, today))}</span></li>'
        for source in known.others
    )
    head = "Not used here" if known.used else "They are"
    ask = _ask_them(len(known.others), position) if known.used and position is not None else ""
    listed = f'<p class="head">{head}:</p><ul>{items}</ul>{ask}'
    return f'<details class="coverage"><summary>{line}</summary>{listed}</details>'


def _ask_them(count: int, position: int) -> str:
    them = "this one" if count == 1 else f"these {count}"
    return (
        f'<p class="actions"><button type="button" class="quiet" data-do="within" data-turn="{position}">'
        f"Ask {them} the same question</button></p>"
    )


def _card(sign: str, heading: str, sides: Sequence[Side], today: date | None) -> str:
    if not sides:
        return ""
    said = escape(heading)
    return (
        f'<section class="card differ" aria-label="{said}"><h3><span aria-hidden="true">{sign}</span> {said}</h3>'
        f'<ul class="sides">{"".join(_side(side, today) for side in sides)}</ul></section>'
    )


def _disagreement(one: Disagreement, today: date | None) -> str:
    sides = "".join(_side(side, today) for side in one.sides)
    about = f': <span class="about">{escape(one.about)}</span>' if one.about else ""
    return (
        '<section class="card differ" aria-label="Sources differ"><h3><span aria-hidden="true">≠</span> Sources differ '
        f'{DIFFERS[one.kind]}{about}</h3><ul class="sides">{sides}</ul></section>'
    )


def _side(side: Side, today: date | None) -> str:
    words = side.words.shifted(-side.span.start)
    quote = marked(side.quote, [words], 0, len(side.quote), "mark")
    title = escape(side.source.title)
    return (
        f'<li><q class="quote">{quote}</q>'
        f'<button type="button" class="link side" data-do="cite" {place(side.source, side.span)} '
        f'aria-label="Show where {title} says it">{title}</button>'
        f'<span class="byline">{escape(byline(side.source, today))}</span></li>'
    )
