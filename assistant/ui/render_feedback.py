"""What can be done with an answer that is kept -> HTML: thumbs with a reason, a test case, a review. Pure; escaped."""

from __future__ import annotations

import json
from html import escape

from assistant.work.records import SavedTurn
from assistant.work.reviewing import Reviewed, reviewed


def tools(saved: SavedTurn, *, cases: bool) -> str:
    """The buttons below a saved answer, as they were pressed; with `cases` a bad one can be made a test case."""
    feedback = saved.feedback
    thumb, reason = (feedback.thumb, feedback.reason) if feedback else (None, "")
    case = (
        '<button type="button" class="quiet" data-do="pick" aria-pressed="false"'
        f"{'' if thumb == 'down' else ' hidden'}>Make it a test case</button>"
        if cases
        else ""
    )
    return (
        f'<span class="thumbs" role="group" aria-label="Is this answer good?" data-saved="{saved.id}">'
        f"{_thumb('up', 'Good', thumb)}{_thumb('down', 'Bad', thumb)}</span>{_review(saved)}"
        f'<div class="feedback"{"" if thumb else " hidden"}><input type="text" class="why" maxlength="500" '
        f'aria-label="What makes it good or bad" placeholder="Why? (optional)" autocomplete="off" '
        f'value="{escape(reason)}">{case}<p class="told" role="status"></p></div>'
    )


def _thumb(kind: str, name: str, pressed: str | None) -> str:
    return (
        f'<button type="button" class="thumb {kind}" data-do="rate" data-thumb="{kind}" title="{name}" '
        f'aria-label="{name} answer" aria-pressed="{"true" if kind == pressed else "false"}"></button>'
    )


def _review(saved: SavedTurn) -> str:
    """The button that begins a review; it carries the sentences with what was decided about them."""
    sentences = reviewed(saved)
    if not sentences:
        return ""
    decided = sum(each.decision is not None for each in sentences)
    count = f" · {decided} of {len(sentences)}" if decided else ""
    said = escape(json.dumps([_sentence(each) for each in sentences]))
    return f'<button type="button" class="quiet" data-do="review" data-sentences="{said}">Review{count}</button>'


def _sentence(one: Reviewed) -> dict[str, object]:
    return {
        "start": one.span.start,
        "end": one.span.end,
        "markers": [citation.marker for citation in one.citations],
        "decision": one.decision,
        "note": one.note,
    }
