"""A saved conversation as JSON with all evidence. Pure."""

from __future__ import annotations

import json

from assistant.work.codec import Json, encoded
from assistant.work.records import SavedConversation, SavedTurn


def conversation_as_json(saved: SavedConversation) -> str:
    """The conversation as one JSON object; its answers have the fields of `assistant.types.Answer`."""
    summary = saved.summary
    content = {
        "id": summary.id,
        "title": summary.title,
        "created": summary.created.isoformat(),
        "changed": summary.changed.isoformat(),
        "turns": [_turn(each) for each in saved.turns],
        "earlier": [_turn(each) for each in saved.earlier],
    }
    # half characters, which no file can hold, become the escapes that JSON has for them
    return json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode("utf-8")


def _turn(saved: SavedTurn) -> Json:
    feedback = saved.feedback
    return {
        "question": saved.turn.question,
        "saved_at": saved.saved_at.isoformat(),
        "finished": saved.finished,
        "feedback": None if feedback is None else {"thumb": feedback.thumb, "reason": feedback.reason},
        "reviews": [encoded(review) for review in saved.reviews],
        "answer": encoded(saved.turn.answer),
    }
