"""Texts to be read as the rows of a batch: tokens, and which of them belong to which sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.types import Span

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

CLAIM_MARK = "[unused1]"
"""Stands where the title of a text would, when a claim is to be checked and not a question to be answered."""

MAX_ASKED = 64
MAX_TITLE = 24
MAX_TOKENS = 400
"""Tokens of a question, of a title and of all; more are cut off. A passage has at most 256."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text as tokens: `[CLS] asked [SEP] title [SEP] text [SEP]`.

    `places` are the characters that each token of the text stands for; the first of them is token `text_start`.
    `sentences` are the first token and the one past the last of each sentence; None for those that were cut off.
    """

    ids: tuple[int, ...]
    text_start: int
    places: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int] | None, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def span(self, first: int, last: int) -> Span:
        """The characters of the text from token `first` to token `last`, both included."""
        return Span(self.places[first - self.text_start][0], self.places[last - self.text_start][1])


class Rows:
    """Makes rows with the tokenizer of the embedding model."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._cls, self._sep, self._mark = (tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", CLAIM_MARK))

    def row(self, asked: str, title: str | None, text: str, sentences: Sequence[Span]) -> Row:
        """The row of a question and a text with its title, or of a claim where `title` is None."""
        head = self._ids(asked)[:MAX_ASKED]
        above = [self._mark] if title is None else self._ids(title)[:MAX_TITLE]
        start = len(head) + len(above) + 3
        body: Encoding = self._tokenizer.encode(text, add_special_tokens=False)
        kept = max(1, MAX_TOKENS - start - 1)
        places = tuple(body.offsets[:kept])
        ids = (self._cls, *head, self._sep, *above, self._sep, *body.ids[:kept], self._sep)
        return Row(ids, start, places, tuple(_tokens_of(sentence, places, start) for sentence in sentences))

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one length: arrays as `ReadingNetwork.forward` takes them."""

    ids: NDArray[np.int64]
    kinds: NDArray[np.int64]
    mask: NDArray[np.int64]
    members: NDArray[np.float32]


def batch(rows: Sequence[Row]) -> Batch:
    """The rows with padding at their ends."""
    width = max(len(row) for row in rows)
    most = max(1, *(len(row.sentences) for row in rows))
    ids = np.zeros((len(rows), width), dtype=np.int64)
    kinds = np.zeros_like(ids)
    mask = np.zeros_like(ids)
    members = np.zeros((len(rows), most, width), dtype=np.float32)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = row.ids
        mask[number, : len(row)] = 1
        asked_end = row.ids.index(row.ids[-1]) + 1  # behind the first [SEP]
        kinds[number, asked_end : len(row)] = 1
        for place, tokens in enumerate(row.sentences):
            if tokens is not None:
                members[number, place, tokens[0] : tokens[1]] = 1 / (tokens[1] - tokens[0])
    return Batch(ids, kinds, mask, members)


def _tokens_of(span: Span, places: Sequence[tuple[int, int]], start: int) -> tuple[int, int] | None:
    """The tokens that a span of the text touches; None where all of them were cut off."""
    inside = [number for number, (a, b) in enumerate(places) if a < span.end and span.start < b]
    return (inside[0] + start, inside[-1] + start + 1) if inside else None
