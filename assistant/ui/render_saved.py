"""Saved conversations -> HTML: their list, one that is opened again, and what changed since. Pure; all is escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape

from assistant.types import Turn
from assistant.ui import render
from assistant.ui.wording import day
from assistant.work.changes import Change
from assistant.work.records import SavedConversation, SavedTurn, Summary


def listed(conversations: Sequence[Summary], held: str | None, words: str = "") -> str:
    """The list of conversations, the one with the id `held` marked as open. `words` are those that were sought."""
    if not conversations:
        said = "No conversation has these words." if words.strip() else "What you ask is kept here."
        return f'<p class="nothing">{said}</p>'
    items = "".join(_item(one, is_open=one.id == held) for one in conversations)
    return f'<ul class="conversations">{items}</ul>'


def deleted(title: str, conversation: str) -> str:
    """The line that says that a conversation is deleted, with the undo."""
    return (
        f'<p class="notice" role="status"><span>Deleted “{escape(title)}”.</span>'
        f'<button type="button" class="quiet" data-do="undiscard" data-id="{escape(conversation)}">Undo</button></p>'
    )


def transcript(
    saved: SavedConversation,
    marks: Callable[[Turn], str],
    tools: Callable[[SavedTurn], str] = lambda _: "",
    *,
    today: date | None = None,
) -> tuple[str, str]:
    """The turns of a saved conversation: all but the last, and the last, which can be asked again."""
    shown, position = [], 0
    for number, each in enumerate(saved.turns, start=1):
        shown.append(
            render.turn(
                each.turn,
                position=position,
                last=number == len(saved.turns),
                today=today,
                marks=marks(each.turn),
                tools=tools(each),
                finished=each.finished,
            )
        )
        position += each.finished
    return "".join(shown[:-1]), "".join(shown[-1:])


def changes(found: Sequence[Change]) -> str:
    """What became of the cited documents since the answer was given; nothing where they are as they were."""
    if not found:
        return ""
    items = "".join(
        f"<li><b>{escape(each.source.title)}</b> "
        f"{'has changed since' if each.kind == 'changed' else 'is no longer in the library'}</li>"
        for each in found
    )
    return (
        f'<div class="since" role="note"><p>This answer shows what its sources said when it was given.</p>'
        f"<ul>{items}</ul></div>"
    )


def _item(one: Summary, *, is_open: bool) -> str:
    key, title = escape(one.id), escape(one.title)
    current = ' aria-current="true"' if is_open else ""
    count = "1 question" if one.turns == 1 else f"{one.turns} questions"
    when = one.changed.astimezone()
    said = "".join(f'<span class="byline">{part}</span>' for part in (f"{day(when.date())}, {when:%H:%M}", count))
    return (
        f'<li{current}><button type="button" class="conversation" data-do="reopen" data-id="{key}"{current}>'
        f'<span class="title">{title}</span>{said}</button>'
        f'<span class="tools"><button type="button" class="small" data-do="rename" data-id="{key}" '
        f'data-title="{title}" title="Rename" aria-label="Rename: {title}"><span aria-hidden="true">✎</span></button>'
        f'<button type="button" class="small" data-do="share" data-id="{key}" data-title="{title}" title="Share" '
        f'aria-label="Share: {title}"><span aria-hidden="true">⇪</span></button>'
        f'<button type="button" class="small" data-do="discard" data-id="{key}" '
        f'title="Delete" aria-label="Delete: {title}"><span aria-hidden="true">×</span></button></span></li>'
    )
