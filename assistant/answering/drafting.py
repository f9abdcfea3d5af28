"""What a language model is given to write from: passages under opaque ids, fenced as data, as many as fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from assistant.answering.prompts import DRAFT
from assistant.types import Answer, Passage

PASSAGES = 6
"""Most passages that a draft is written from."""

_LETTERS = "bcdfhjkmnpqrtvwxz"  # no vowels, and no letter that reads as a figure
_FENCE = re.compile(r"<(?=\s*/?\s*passage)", re.IGNORECASE)
_MARGIN = 1.3  # tokens of an unknown tokenizer for one of ours
_OF_A_PASSAGE = 40  # tokens of the tags around it


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the model: its messages, and the passages by the ids under which it was given them."""

    system: str
    user: str
    passages: Mapping[str, Passage]


def request_of(answer: Answer, *, window: int, reply: int, count_tokens: Callable[[Sequence[str]], Sequence[int]]) -> Request:
    """The request for a draft from the passages of an answer in quotes.

    Those that are quoted come first, then the others by rank. `window` is how many tokens the model reads and writes
    together, `reply` how many it may write; passages that do not fit are left out, the first one never.
    """
    offered = wanted(answer)[:PASSAGES]
    prompt, *lengths = count_tokens([f"{DRAFT.system}\n{answer.query}", *(one.chunk.text for one in offered)])
    room = window - reply - round(_MARGIN * prompt) - 2 * _OF_A_PASSAGE
    passages: dict[str, Passage] = {}
    for passage, length in zip(offered, lengths, strict=True):
        room -= round(_MARGIN * length) + _OF_A_PASSAGE
        if room < 0 and passages:
            break
        passages[_id_of(passage, passages)] = passage
    shown = "\n".join(_fenced(name, passage) for name, passage in passages.items())
    return Request(DRAFT.system, DRAFT.filled(passages=shown, question=answer.query), passages)


def wanted(answer: Answer) -> Sequence[Passage]:
    """The passages of an answer in the order in which a draft needs them."""
    quoted = {citation.chunk_id: number for number, citation in reversed(list(enumerate(answer.citations)))}
    return sorted(answer.passages, key=lambda one: (quoted.get(one.chunk.id, len(quoted)), one.rank))


def _id_of(passage: Passage, taken: Mapping[str, Passage]) -> str:
    """A letter and a figure that depend on the passage alone, so that "[1]" in a document cites nothing."""
    digest = sha256(passage.chunk.id.encode()).digest()
    for first, second in pairwise(digest):
        name = f"{_LETTERS[first % len(_LETTERS)]}{2 + second % 8}"
        if name not in taken:
            return name
    raise AssertionError("a digest has room for more ids than a draft has passages")


def _fenced(name: str, passage: Passage) -> str:
    """The passage between tags; tags in its own words are made harmless."""
    source = passage.source
    title = source.title.replace('"', "'").replace("\n", " ")
    day = f' date="{source.date.isoformat()}"' if source.date else ""
    text = _FENCE.sub("‹", passage.chunk.text)
    return f'<passage id="{name}" title="{_FENCE.sub("‹", title)}"{day}>\n{text}\n</passage>'
