"""Trains the reading model on examples that `prepare` has made.

    python -m benchmarks.training.train EXAMPLES_FILE OUT_FOLDER [--tokens-a-step 4096] [--rate 1e-4] [--seed 1]
        [--start WEIGHTS_FILE]

One pass over the examples, from the embedding model's layers or, with `--start`, from what an earlier pass has made:
AdamW, a linear warm-up over 6 % of it and a linear fall to nothing, and at the end the mean of the last checkpoints.
Weights and gradients of the layers are bfloat16 where the CPU computes in it, beside a float32 copy that the optimiser
changes. Every few hundred steps a checkpoint is written; the same command goes on from it.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional

from assistant.embedding.transformer import TransformerEmbedder
from assistant.reading.batches import Row, Rows, batch
from assistant.reading.network import Read, ReadingNetwork
from assistant.types import Span
from benchmarks.training.examples import Example, read

_EVERY = 200  # steps between checkpoints
_AVERAGED = 3  # checkpoints at the end of which the mean is taken
_POOL = 200  # batches' worth of examples that are sorted by length together


@dataclass(frozen=True, slots=True)
class Learnt:
    """An example as a row, with the tokens and sentences that answer it."""

    row: Row
    example: Example
    gold_sentences: tuple[int, ...]
    answers: tuple[tuple[int, int], ...]


def learnt(example: Example, rows: Rows) -> Learnt:
    """The row of an example, and where its answers lie in it."""
    title = None if example.task == "claim" else example.title
    row = rows.row(example.asked, title, example.text, [Span(*pair) for pair in example.sentences])
    answers, gold = [], []
    for start, end in example.answers:
        inside = [n for n, (a, b) in enumerate(row.places) if a < end and start < b]
        if inside:
            answers.append((inside[0] + row.text_start, inside[-1] + row.text_start))
    for number, (start, end) in enumerate(example.sentences):
        if row.sentences[number] is not None and any(a < end and start < b for a, b in example.answers):
            gold.append(number)
    return Learnt(row, example, tuple(gold), tuple(answers))


def batches(items: Sequence[Learnt], tokens: int, chance: random.Random) -> list[list[Learnt]]:
    """Batches of at most so many tokens, padding included, of examples of about one length, in an order by chance."""
    found: list[list[Learnt]] = []
    pool = max(1, _POOL * tokens // 128)
    for start in range(0, len(items), pool):
        part = sorted(items[start : start + pool], key=lambda item: len(item.row))
        group: list[Learnt] = []
        made = []
        for item in part:
            if group and (len(group) + 1) * len(item.row) > tokens:
                made.append(group)
                group = []
            group.append(item)
        made.append(group)
        chance.shuffle(made)
        found += made
    return found


def loss_of(read: Read, items: Sequence[Learnt]) -> Tensor:
    """The mean over the batch: sentences or none (softmax), start and end of the answer, support (binary)."""
    terms = []
    options = torch.cat([read.null[:, None], read.sentence], dim=1).log_softmax(dim=1)
    for number, item in enumerate(items):
        if item.example.task == "claim":
            wanted = torch.tensor(0.95 if item.example.supported else 0.05)
            terms.append(functional.binary_cross_entropy_with_logits(read.support[number], wanted))
            continue
        gold = [place + 1 for place in item.gold_sentences] or [0]
        terms.append(-options[number, gold].logsumexp(dim=0))
        if item.answers:
            begin, stop = item.row.text_start, len(item.row) - 1
            for logits, side in ((read.start, 0), (read.end, 1)):
                shares = logits[number, begin:stop].log_softmax(dim=0)
                places = sorted({answer[side] - begin for answer in item.answers})
                terms.append(-0.4 * shares[places].logsumexp(dim=0))
    return torch.stack(terms).sum() / len(items)


class Trainer:
    """The network with its float32 copy, its optimiser and its schedule."""

    def __init__(self, network: ReadingNetwork, *, rate: float, steps: int, precision: torch.dtype) -> None:
        self.network = network
        self._masters = {name: value.detach().clone().float() for name, value in network.trained_parameters().items()}
        network.to(precision)
        heads = [value for name, value in self._masters.items() if name.startswith("heads.")]
        layers = [value for name, value in self._masters.items() if not name.startswith("heads.")]
        groups = [{"params": layers, "lr": rate}, {"params": heads, "lr": rate * 5}]
        self._optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
        warm = max(1, int(0.06 * steps))
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
        )

    def step(self, items: Sequence[Learnt]) -> float:
        """One step; returns the loss."""
        arrays = batch([item.row for item in items])
        read = self.network(*map(torch.from_numpy, (arrays.ids, arrays.kinds, arrays.mask, arrays.members)))
        loss = loss_of(read, items)
        loss.backward()
        for name, value in self.network.trained_parameters().items():
            self._masters[name].grad = value.grad.float() if value.grad is not None else None
            value.grad = None
        torch.nn.utils.clip_grad_norm_(list(self._masters.values()), 1.0)
        self._optimizer.step()
        self._schedule.step()
        with torch.no_grad():
            for name, value in self.network.trained_parameters().items():
                value.copy_(self._masters[name])
        return float(loss.item())

    def weights(self) -> dict[str, Tensor]:
        """The float32 weights."""
        return {name: value.clone() for name, value in self._masters.items()}

    def save(self, file: Path) -> None:
        """Writes all that is needed to go on."""
        part = file.with_suffix(".part")
        optimizer, schedule = self._optimizer.state_dict(), self._schedule.state_dict()
        torch.save({"masters": self._masters, "optimizer": optimizer, "schedule": schedule}, part)
        part.replace(file)

    def load(self, file: Path) -> None:
        """Goes on from what `save` has written."""
        state = torch.load(file, weights_only=True)
        with torch.no_grad():
            for name, value in state["masters"].items():
                self._masters[name].copy_(value)
            for name, value in self.network.trained_parameters().items():
                value.copy_(self._masters[name])
        self._optimizer.load_state_dict(state["optimizer"])
        self._schedule.load_state_dict(state["schedule"])


def averaged(files: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of the files' weights, in bfloat16: what is shipped."""
    loaded = [load_file(file) for file in files]
    return {name: torch.stack([each[name].float() for each in loaded]).mean(dim=0).bfloat16() for name in loaded[0]}


def train(
    examples: Sequence[Example], out: Path, *, tokens: int, rate: float, seed: int, start: Path | None = None
) -> None:
    """Trains, or goes on, and writes `reading.safetensors` into the folder `out`."""
    torch.manual_seed(seed)
    embedder = TransformerEmbedder()
    rows = Rows(embedder.tokenizer)
    planned = batches([learnt(example, rows) for example in examples], tokens, random.Random(seed))
    precision = getattr(torch, embedder.arithmetic)
    network = ReadingNetwork(embedder.folder)
    if start is not None:
        network.load_state_dict({name: value.float() for name, value in load_file(start).items()}, strict=False)
    trainer = Trainer(network, rate=rate, steps=len(planned), precision=precision)
    trainer.network.train()
    out.mkdir(parents=True, exist_ok=True)
    done = 0
    if (out / "state.pt").exists():
        done = json.loads((out / "done.json").read_text(encoding="utf-8"))["steps"]
        trainer.load(out / "state.pt")
        torch.manual_seed(seed + done)
    started, seen, losses = time.perf_counter(), 0, []
    for number, items in enumerate(planned[done:], start=done + 1):
        losses.append(trainer.step(items))
        seen += sum(len(item.row) for item in items)
        if number % 50 == 0 or number == len(planned):
            speed = seen / (time.perf_counter() - started)
            left = (len(planned) - number) * tokens / speed / 60
            mean = sum(losses[-200:]) / len(losses[-200:])
            told = f"step {number}/{len(planned)}  loss {mean:.3f}  {speed:,.0f} tokens/s  {left:.0f} min left"
            print(told, flush=True)
        if number % _EVERY == 0 or number == len(planned):
            save_file(trainer.weights(), out / f"step-{number:06}.safetensors")
            trainer.save(out / "state.pt")
            (out / "done.json").write_text(json.dumps({"steps": number}), encoding="utf-8")
            for old in sorted(out.glob("step-*.safetensors"))[:-_AVERAGED]:
                old.unlink()
    save_file(averaged(sorted(out.glob("step-*.safetensors"))), out / "reading.safetensors")
    print(f"{out / 'reading.safetensors'}: {(out / 'reading.safetensors').stat().st_size / 1e6:.1f} MB")


def _chosen(file: Path, limit: int | None) -> Iterator[Example]:
    for number, example in enumerate(read(file)):
        if limit is not None and number >= limit:
            return
        yield example


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser("python -m benchmarks.training.train", description=__doc__)
    parser.add_argument("examples", type=Path, metavar="EXAMPLES_FILE")
    parser.add_argument("out", type=Path, metavar="OUT_FOLDER")
    parser.add_argument("--tokens-a-step", type=int, default=4096)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--limit", type=int, help="examples that are learnt (default: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, metavar="WEIGHTS_FILE", help="go on from these weights")
    arguments = parser.parse_args()
    examples = list(_chosen(arguments.examples, arguments.limit))
    train(
        examples,
        arguments.out,
        tokens=arguments.tokens_a_step,
        rate=arguments.rate,
        seed=arguments.seed,
        start=arguments.start,
    )


if __name__ == "__main__":
    main()
