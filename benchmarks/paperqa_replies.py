"""B5: PaperQA2's answers to questions that `benchmarks.handed_over` wrote to a file; runs in an environment of its own.

    python -m venv paperqa && paperqa/bin/pip install paper-qa==2026.8.12 sentence-transformers
    paperqa/bin/python benchmarks/paperqa_replies.py QUESTIONS.json REPLIES.jsonl --url http://127.0.0.1:8091/v1 \
        --model NAME [--embedding hybrid-st-FOLDER]

Its packages cannot stand beside ours, so nothing of this project is imported here. PaperQA2 answers as shipped
(`Docs.aquery`: ten passages of 5,000 characters, one summary and score by the LLM for each, an answer from the best
five) at temperature 0 and with a bound on the length of a reply; nothing is looked up elsewhere about the documents.
Each reply is a line of the file, so that a run can be stopped and gone on with.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import time
from itertools import zip_longest
from pathlib import Path
from typing import Any

CHARACTERS = 5000  # of a passage and of the overlap of two, as PaperQA2 cuts text by itself
OVERLAP = 250
LIMIT = 1800.0  # seconds for one call of the model: summaries wait for each other where it serves one at a time
LONGEST = 1024  # tokens of one reply, five times what PaperQA2 asks for: a small model that repeats itself never ends
_KEY = re.compile(r"pqac-[0-9a-f]+")


def settings(url: str, model: str, embedding: str) -> Any:
    """PaperQA2's settings as shipped, but for the model, its endpoint, the embeddings and the temperature."""
    from paperqa import Settings

    served = {
        "model_name": f"openai/{model}",
        "litellm_params": {
            "model": f"openai/{model}",
            "api_base": url,
            "api_key": "none",
            "temperature": 0,
            "max_tokens": LONGEST,
            "timeout": LIMIT,
        },
    }
    config = {"model_list": [served], "router_kwargs": {"timeout": LIMIT}}
    return Settings(
        llm=served["model_name"],
        llm_config=config,
        summary_llm=served["model_name"],
        summary_llm_config=config,
        embedding=embedding,
        temperature=0,
    )


async def library(documents: list[dict[str, str]], chosen: Any) -> Any:
    """The documents of a set, cut and embedded."""
    from paperqa import Docs
    from paperqa.types import Doc, Text

    docs = Docs()
    embedder = chosen.get_embedding_model()  # once: without it, the model is loaded anew for each document
    for number, each in enumerate(documents):
        doc = Doc(docname=f"document{number}", dockey=each["id"], citation=each["title"] or f"Document {number}")
        starts = range(0, max(1, len(each["text"]) - OVERLAP), CHARACTERS - OVERLAP)
        pieces = [each["text"][start : start + CHARACTERS] for start in starts]
        texts = [
            Text(text=piece, name=f"document{number} chunk {count}", doc=doc) for count, piece in enumerate(pieces, 1)
        ]
        if any(map(str.strip, pieces)):
            await docs.aadd_texts(texts, doc, chosen, embedder)
    return docs


async def reply(docs: Any, question: str, chosen: Any) -> dict[str, Any]:
    """The answer to a question, with numbers for its keys, and the passages that they stand for."""
    from paperqa.prompts import CANNOT_ANSWER_PHRASE

    start = time.perf_counter()
    session = await docs.aquery(question, settings=chosen)
    text = session.raw_answer or session.answer
    passages = {context.id: context.text.text for context in session.contexts}
    keys = [key for key in dict.fromkeys(_KEY.findall(text)) if key in passages]
    marked = _KEY.sub(lambda found: f"[{keys.index(found[0]) + 1}]" if found[0] in keys else "", text)
    return {
        "text": marked,
        "cited": [passages[key] for key in keys],
        "refuses": CANNOT_ANSWER_PHRASE.casefold() in text.casefold(),
        "seconds": time.perf_counter() - start,
    }


async def answer_all(sets: list[dict[str, Any]], file: Path, chosen: Any) -> None:
    """Asks what has no reply in the file yet, of all sets in turn, and adds a line for each."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    known = {(row["set"], row["question"]) for row in map(json.loads, lines)}
    docs: dict[str, Any] = {}
    for turn in zip_longest(*([(data, question) for question in data["questions"]] for data in sets)):
        for data, question in filter(None, turn):
            name = data["name"]
            if (name, question) in known:
                continue
            if name not in docs:
                docs[name] = await library(data["documents"], chosen)
            row = {"set": name, "question": question, **await reply(docs[name], question, chosen)}
            with file.open("a", encoding="utf-8") as out:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
            print(f"{name}: {question} -> {row['text'][:200]!r} ({row['seconds']:.0f} s)", flush=True)


def main() -> None:
    """Asks every question of the file once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path, help="what benchmarks.handed_over wrote")
    parser.add_argument("replies", type=Path, help="the file to add replies to")
    parser.add_argument("--url", required=True, help="an OpenAI-compatible endpoint")
    parser.add_argument("--model", required=True)
    parser.add_argument("--embedding", default="sparse", help="as PaperQA2 names it; `sparse` needs no other package")
    arguments = parser.parse_args()
    chosen = settings(arguments.url, arguments.model, arguments.embedding)
    sets = json.loads(arguments.questions.read_text(encoding="utf-8"))
    asyncio.run(answer_all(sets, arguments.replies, chosen))


if __name__ == "__main__":
    main()
