"""What a language model is given to write from: passages under opaque ids, fenced as data, as many as fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from assistant.answering.written.prompts import CLOSER, DRAFT, REFUSAL
from assistant.types import Answer, DateRange, Passage

PASSAGES = 6
"""Most passages that a draft is written from."""

SURE = 0.79
"""Answerability from which a model that finds no answer is not believed: small ones refuse whenever they may."""

_LETTERS = "bcdfhjkmnpqrtvwxz"  # no vowels, and no letter that reads as a figure
_FENCE = re.compile(r"<(?=\W*passage)", re.IGNORECASE)  # with white space, or what nobody sees, between
_MARGIN = 1.3  # tokens of an unknown tokenizer for one of ours
_OF_A_PASSAGE = 40  # tokens of the tags around it


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the model: its messages, and the passages by the ids under which it was given them."""

    question: str
    system: str
    user: str
    passages: Mapping[str, Passage]
    time: DateRange | None = None  # that the question names


def request_of(
    answer: Answer,
    *,
    window: int,
    reply: int,
    count_tokens: Callable[[Sequence[str]], Sequence[int]],
    at_most: int = PASSAGES,
    before: Sequence[Passage] = (),
) -> Request:
    """The request for a draft from the passages of an answer in quotes.

    Those that are quoted come first, then those that an answer `before` showed, then the others by rank. `window` is
    how many tokens the model reads and writes together, `reply` how many it may write; passages that do not fit are
    left out, the first one never.
    """
    offered = wanted(answer, before)[:at_most]
    quoted = [f"{DRAFT.system}\n{REFUSAL}{answer.query}", *(citation.quote for citation in answer.citations)]
    lengths = count_tokens([*quoted, *(passage.chunk.text for passage in offered)])
    room = window - reply - round(_MARGIN * sum(lengths[: len(quoted)])) - 2 * _OF_A_PASSAGE
    fitting: list[Passage] = []
    for passage, length in zip(offered, lengths[len(quoted) :], strict=True):
        room -= round(_MARGIN * length) + _OF_A_PASSAGE
        if room < 0 and fitting:
            break
        fitting.append(passage)
    passages = identified(fitting)
    user = DRAFT.filled(
        passages=fenced(passages),
        sentences=_listed(passages, [(one.chunk_id, one.quote) for one in answer.citations]),
        question=answer.query,
        refusal="" if answer.answerability >= SURE else REFUSAL,
    )
    return Request(answer.query, DRAFT.system, user, passages, answer.time)


def closer_request_of(answer: Answer) -> Request:
    """The request for a draft from the quotes of an answer alone, each with the sentence that it points back to."""
    cited = {citation.chunk_id for citation in answer.citations}
    passages = identified([passage for passage in wanted(answer) if passage.chunk.id in cited])
    quotes = [
        (one.chunk_id, f"{one.before.quote} {one.quote}" if one.before else one.quote) for one in answer.citations
    ]
    user = CLOSER.filled(sentences=_listed(passages, quotes), question=answer.query)
    return Request(answer.query, CLOSER.system, user, passages, answer.time)


def wanted(answer: Answer, before: Sequence[Passage] = ()) -> Sequence[Passage]:
    """The passages of an answer, and of one `before` it, in the order in which a draft needs them; each once."""
    quoted = {citation.chunk_id: number for number, citation in reversed(list(enumerate(answer.citations)))}
    ordered = sorted(answer.passages, key=lambda one: (quoted.get(one.chunk.id, len(quoted)), one.rank))
    first = [one for one in ordered if one.chunk.id in quoted]
    return list({one.chunk.id: one for one in (*first, *before, *ordered)}.values())


def identified(passages: Sequence[Passage]) -> dict[str, Passage]:
    """The passages, each under an id that tells nothing of its place."""
    named: dict[str, Passage] = {}
    for passage in passages:
        named[_id_of(passage, named)] = passage
    return named


def fenced(passages: Mapping[str, Passage]) -> str:
    """The passages one after another, each between tags with its id."""
    return "\n".join(_fenced(name, passage) for name, passage in passages.items())


def _listed(passages: Mapping[str, Passage], quotes: Sequence[tuple[str, str]]) -> str:
    """Quotes by the ids of their chunks, a line each with the id of its passage; those of no passage are left out."""
    names = {passage.chunk.id: name for name, passage in passages.items()}
    return "\n".join(f"- {_harmless(quote)} [{names[chunk]}]" for chunk, quote in quotes if chunk in names)


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
    return f'<passage id="{name}" title="{_harmless(title)}"{day}>\n{_harmless(passage.chunk.text)}\n</passage>'


def _harmless(text: str) -> str:
    """The text with what could end the fence, or begin another, made visible as text."""
    return _FENCE.sub("‹", text)
