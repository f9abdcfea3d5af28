"""The reading model: a MiniLM-sized cross-encoder of our own, trained by `benchmarks/training`."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.embedding.transformer import BUNDLED_MODEL, Precision, TransformerEmbedder
from assistant.errors import SettingsError
from assistant.files import sha256_of
from assistant.importing import importing
from assistant.language.spellings import as_spelt_in
from assistant.reading.base import UNREAD, Reading, Text
from assistant.reading.batches import Row, Rows, batch
from assistant.types import Span

if TYPE_CHECKING:
    from assistant.reading.network import ReadingNetwork

WEIGHTS = Path(__file__).parent / "weights"
TOKENS = 2500
"""What one question may read: about a quarter of a second on two cores that compute in bfloat16."""

_TOKENS_A_BATCH = 2048
_LONGEST_ANSWER = 40  # tokens
_PREMISE_TOKENS = 300  # of a premise that are read at once
_TINY = 1e-9

Numbers = NDArray[np.float32]


class _Read(NamedTuple):
    """What the network says of one row, as arrays without padding."""

    null: float
    sentences: Numbers
    start: Numbers
    end: Numbers
    support: float


class CrossEncoder:
    """Satisfies `Reader`, and gives the bare support score that `ReadingVerifier` builds on.

    The weights of the layers and heads are in `weights/`, their digest beside them; the word embeddings are those of
    the bundled embedding model. Loaded when first used; bfloat16 where the CPU computes in it. Safe to use from several
    threads. `tokens` is the most that is read for one question.

    Raises `SettingsError` where the weights are missing or damaged.
    """

    def __init__(self, *, weights: Path = WEIGHTS, tokens: int = TOKENS, precision: Precision = "auto") -> None:
        self._weights = weights
        self._tokens = tokens
        self._embedder = TransformerEmbedder(BUNDLED_MODEL, precision=precision)
        self._lock = threading.Lock()

    @cached_property
    def name(self) -> str:
        """The digest of the weights and the most tokens that are read."""
        return f"reading model {self._digest[:12]}, {self._tokens} tokens"

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading | None]:
        """See `Reader.read`."""
        rows: list[Row] = []
        left = self._tokens
        for text in texts:
            asked = as_spelt_in(question, f"{text.title} {text.text}")
            row = self._rows.row(asked, text.title, text.text, text.sentences)
            left -= len(row)
            if rows and left < 0:
                break
            rows.append(row)
        readings: list[Reading | None] = [_reading(row, read) for row, read in zip(rows, self._run(rows), strict=True)]
        return readings + [None] * (len(texts) - len(rows))

    def support(self, claims: Sequence[tuple[str, str]]) -> list[float]:
        """For each (premise, hypothesis) the log-odds that the premise supports the hypothesis.

        A premise that is longer than the model reads is read in stretches, and the best of them counts.
        """
        rows, owners = [], []
        for number, (premise, hypothesis) in enumerate(claims):
            for piece in self._stretches(premise):
                rows.append(self._rows.row(as_spelt_in(hypothesis, piece), None, piece, ()))
                owners.append(number)
        found = [UNREAD] * len(claims)
        for owner, read in zip(owners, self._run(rows), strict=True):
            found[owner] = max(found[owner], read.support)
        return found

    def load(self) -> None:
        """Load the model now (it takes about a second once PyTorch is there)."""
        with self._lock:
            _ = self._network

    def _stretches(self, text: str) -> Iterator[str]:
        offsets = self._embedder.tokenizer.encode(text, add_special_tokens=False).offsets
        step = _PREMISE_TOKENS * 2 // 3  # stretches overlap by a third
        for first in range(0, max(1, len(offsets) - _PREMISE_TOKENS + step), step):
            inside = offsets[first : first + _PREMISE_TOKENS]
            if inside:
                yield text[inside[0][0] : inside[-1][1]]

    def _run(self, rows: Sequence[Row]) -> list[_Read]:
        """Every row once, those of one length together."""
        found: dict[int, _Read] = {}
        order = sorted(range(len(rows)), key=lambda number: (len(rows[number]), number))
        with self._lock:
            for group in _batches(order, rows):
                found.update(zip(group, self._forward([rows[number] for number in group]), strict=True))
        return [found[number] for number in range(len(rows))]

    def _forward(self, rows: Sequence[Row]) -> Iterator[_Read]:
        import torch

        arrays = batch(rows)
        with torch.inference_mode():
            read = self._network(*map(torch.from_numpy, (arrays.ids, arrays.kinds, arrays.mask, arrays.members)))
        null, sentence, start, end, support = (each.numpy() for each in read)
        for number, row in enumerate(rows):
            text = slice(row.text_start, len(row) - 1)
            yield _Read(
                float(null[number]),
                sentence[number, : len(row.sentences)],
                start[number, text],
                end[number, text],
                float(support[number]),
            )

    @cached_property
    def _rows(self) -> Rows:
        return Rows(self._embedder.tokenizer)

    @cached_property
    def _digest(self) -> str:
        """The digest of the weights, which must be the one that was written down with them."""
        file = self._weights / "reading.safetensors"
        if not file.is_file():
            raise SettingsError(f"the reading model is missing ({file.name}): install the package again, or {_OFF}")
        wanted = json.loads((self._weights / "reading.json").read_text(encoding="utf-8"))["sha256"]
        digest = sha256_of(file)
        if digest != wanted:
            raise SettingsError(f"the reading model is damaged ({file.name}): install the package again, or {_OFF}")
        return digest

    @cached_property
    def _network(self) -> ReadingNetwork:
        with importing("transformers"):
            import torch
            from safetensors.torch import load_file

            from assistant.reading.network import ReadingNetwork

        _ = self._digest, self._embedder.fingerprint  # refuse damaged weights before they are loaded
        network = ReadingNetwork(self._embedder.folder)
        shipped = load_file(self._weights / "reading.safetensors")
        if shipped.keys() != network.trained_parameters().keys():
            raise SettingsError(f"the reading model is of another version: install the package again, or {_OFF}")
        network.load_state_dict({name: value.float() for name, value in shipped.items()}, strict=False)
        network.to(getattr(torch, self._embedder.arithmetic)).eval()
        return network


_OFF = "switch it off with ASSISTANT_READING=false"


def _batches(order: Sequence[int], rows: Sequence[Row]) -> Iterator[list[int]]:
    group: list[int] = []
    for number in order:
        if group and (len(group) + 1) * len(rows[number]) > _TOKENS_A_BATCH:
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _reading(row: Row, read: _Read) -> Reading:
    against = read.sentences - read.null
    known = against[np.isfinite(against)]
    begin, stop = _log_softmax(read.start), _log_softmax(read.end)
    words = [_answer(row, tokens, begin, stop) for tokens in row.sentences]
    return Reading(
        relevance=float(np.logaddexp.reduce(known)) if known.size else UNREAD,
        sentences=tuple(max(UNREAD, float(value)) for value in against),
        answers=tuple(span for span, _ in words),
        certainties=tuple(certainty for _, certainty in words),
    )


def _answer(row: Row, tokens: tuple[int, int] | None, begin: Numbers, stop: Numbers) -> tuple[Span | None, float]:
    """The likeliest answer inside a sentence, and the logarithm of its probability."""
    if tokens is None:
        return None, UNREAD
    first, last = tokens[0] - row.text_start, tokens[1] - row.text_start
    pairs = begin[first:last, None] + stop[None, first:last]
    length = np.arange(last - first)
    apart = length[None, :] - length[:, None]
    pairs = np.where((apart >= 0) & (apart < _LONGEST_ANSWER), pairs, -np.inf)
    start, end = np.unravel_index(int(pairs.argmax()), pairs.shape)
    span = row.span(int(start) + tokens[0], int(end) + tokens[0])
    return span, max(UNREAD, float(pairs[start, end]))


def _log_softmax(logits: Numbers) -> Numbers:
    shifted = logits - logits.max(initial=-np.inf)
    found: Numbers = shifted - np.log(np.exp(shifted).sum() + _TINY)
    return found
