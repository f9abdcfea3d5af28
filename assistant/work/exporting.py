"""A saved conversation as text for others: JSON with all evidence, and a golden case. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import yaml

from assistant.types import Answer
from assistant.work.codec import Json, encoded
from assistant.work.records import SavedConversation, SavedTurn

_SLUG = 48  # characters


@dataclass(frozen=True, slots=True)
class Expected:
    """Words that a right answer shows, and the path of their document as `assistant list` prints it."""

    document: str
    quote: str


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


def golden_case(saved: SavedTurn, expected: Sequence[Expected], *, corpus: str, history: Sequence[str] = ()) -> str:
    """The text of a golden file with one case: this question, and the words that a right answer shows.

    Without `expected`, abstaining is right. `history` are the questions asked before; `corpus` is the folder of the
    briefings, relative to where the file will lie. The reason that was given stands in a comment.
    """
    answer = saved.turn.answer
    case: dict[str, object] = {"id": _id(answer, history), "question": saved.turn.question}
    if history:
        case["history"] = list(history)
    if answer.as_of is not None:
        case["as_of"] = answer.as_of
    if expected:
        case["relevant"] = [{"document": each.document, "quote": each.quote} for each in expected]
    else:
        case["answerable"] = False
    case["tags"] = ["feedback"]
    reason = saved.feedback.reason if saved.feedback is not None else ""
    words = "".join(one for one in " ".join(reason.split()) if one.isprintable())
    said = f"# {words}\n" if words else ""
    content = yaml.safe_dump({"corpus": corpus, "cases": [case]}, allow_unicode=True, sort_keys=False, width=100)
    return f"{said}{content}"


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


def _id(answer: Answer, history: Sequence[str]) -> str:
    """A readable name that is the same for the same question in the same conversation, and no other."""
    slug = re.sub(r"[^a-z0-9]+", "-", answer.question.casefold())[:_SLUG].strip("-")
    digest = sha256(repr((answer.question, tuple(history), answer.as_of)).encode("utf-8", "replace")).hexdigest()[:6]
    return f"{slug}-{digest}" if slug else digest
