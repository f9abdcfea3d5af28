"""Loads public conversations with human rewrites from a data folder; nothing of them is kept here."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_NO_ANSWER = "i don't know."  # how CANARD's answerers say that the page does not tell


@dataclass(frozen=True, slots=True)
class Utterance:
    """A question of a conversation, what was answered (empty: nothing known), and a person's stand-alone form."""

    question: str
    answer: str
    rewrite: str | None = None
    id: str = ""


Dialogue = Sequence[Utterance]


def canard(folder: Path, *, part: Literal["train", "dev"], title: bool = True) -> list[Dialogue]:
    """CANARD (Elgohary et al. 2019): dialogues whose id has a sha256 that is 0 to 7 (train), 8 or 9 (dev) modulo 10.

    The title and the section of the page open every history of the set; they are the first exchange if `title`.
    """
    grouped: dict[str, list[Mapping[str, object]]] = {}
    for row in json.loads((folder / "canard" / "dev.json").read_text(encoding="utf-8")):
        grouped.setdefault(row["QuAC_dialog_id"], []).append(row)
    dialogues: list[Dialogue] = []
    for name, rows in grouped.items():
        if (int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10 >= 8) != (part == "dev"):
            continue
        rows.sort(key=lambda row: int(str(row["Question_no"])))
        histories = [[str(said) for said in list_of(row["History"])] for row in rows]
        answers = [history[-1] for history in histories[1:]] + [""]
        turns = [Utterance(histories[0][0], histories[0][1])] if title else []
        for row, answer in zip(rows, answers, strict=True):
            known = "" if answer.casefold() == _NO_ANSWER else answer
            turns.append(Utterance(str(row["Question"]), known, str(row["Rewrite"])))
        dialogues.append(turns)
    return dialogues


def cast(folder: Path) -> list[Dialogue]:
    """TREC CAsT 2019 and 2020 (Dalton et al. 2020), questions only."""
    with (folder / "cast" / "2019_evaluation_topics_annotated_resolved_v1.0.tsv").open(encoding="utf-8") as lines:
        resolved = {row[0]: row[1] for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    first = json.loads((folder / "cast" / "evaluation_topics_v1.0.json").read_text(encoding="utf-8"))
    second = json.loads((folder / "cast" / "2020_manual_evaluation_topics_v1.0.json").read_text(encoding="utf-8"))
    found: list[Dialogue] = [
        [Utterance(t["raw_utterance"], "", resolved.get(f"{topic['number']}_{t['number']}")) for t in topic["turn"]]
        for topic in first
    ]
    found += [
        [Utterance(t["raw_utterance"], "", t["manual_rewritten_utterance"]) for t in topic["turn"]] for topic in second
    ]
    return found


def mtrag(folder: Path) -> list[Dialogue]:
    """MTRAG (Katsis et al. 2025): questions only, the last of each list with its rewrite."""
    dialogues: list[Dialogue] = []
    for domain in ("clapnq", "cloud", "fiqa", "govt"):
        base = folder / "mtrag_rewrites" / domain
        rewrites = dict(_texts(base / f"{domain}_rewrite.jsonl"))
        for name, text in _texts(base / f"{domain}_questions.jsonl"):
            *before, last = text.split("\n")
            dialogues.append([*(Utterance(question, "") for question in before), Utterance(last, "", rewrites[name])])
    return dialogues


def inscit(folder: Path) -> list[Dialogue]:
    """INSCIT dev (Wu et al. 2023): questions with the answers that were given, ids as in the retrieval set."""
    dialogues: list[Dialogue] = []
    for name, conversation in json.loads((folder / "inscit" / "dev.json").read_text(encoding="utf-8")).items():
        contexts = [turn["context"] for turn in conversation["turns"]]
        answers = [context[-2] for context in contexts[1:]] + [""]
        dialogues.append(
            [
                Utterance(context[-1], answer, id=f"{name}:{number}")
                for number, (context, answer) in enumerate(zip(contexts, answers, strict=True))
            ]
        )
    return dialogues


def list_of(value: object) -> list[object]:
    """The value, known to be a list; TypeError where the file is not as described."""
    if not isinstance(value, list):
        raise TypeError(f"expected a list, found {type(value).__name__}")
    return value


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["_id"], row["text"].replace("|user|: ", "")
