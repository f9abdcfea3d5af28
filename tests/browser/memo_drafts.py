"""The briefings and drafts behind the tests of memos in the browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.index.library import Library
from assistant.memos.template import load_template
from assistant.types import AnswerEvent
from tests.ui.writer import Draft, Sentence, Writer

FILES: dict[str, str | bytes] = {
    "talks.md": (
        "---\ntitle: Talks in Singapore\ndate: 2023-06-02\npublisher: Port Watch\n---\n"
        "# Talks in Singapore\n\nThe minister declined the meeting. The reason was the sanctions of 2018.\n"
    ),
    "grain.txt": (
        "Exports\n\nThe corridor carried 33 million tonnes of grain. Zürich 🚢 paid for it. It ended in July 2023.\n"
    ),
    "odesa.md": (
        "---\ntitle: The grain deal\ndate: 2023-09-01\n---\n"
        "The Razoni left Odesa on 1 August 2022. Russia withdrew from the grain deal on 17 July 2023.\n"
    ),
}
WRITTEN = "He declined because of <sanctions>."
TOPIC = "the grain deal"
SECTIONS = load_template("chronology").sections
HEADINGS = [each.heading for each in SECTIONS]
ASKED = [each.question.format(topic=TOPIC) for each in SECTIONS]
DRAFTS = {  # the last but one has none, so that no briefing answers it
    **{question: Draft(words="withdrew") for question in ASKED[1:-2]},
    ASKED[0]: Draft(words="razoni"),
    ASKED[-1]: Draft(words="ended july"),
    "Why was it declined?": Draft(
        (Sentence(WRITTEN, "talks.md", "The reason was the sanctions of 2018."),), words="sanctions"
    ),
}


@dataclass
class Gated:
    """A writer that waits for the gate before it answers for a draft, so that a test can look at each step."""

    library: Library
    gate: threading.Semaphore
    writer: Writer = field(init=False)

    def __post_init__(self) -> None:
        self.writer = Writer(self.library, DRAFTS)

    def stream(self, question: str, query: str, **how: object) -> Iterator[AnswerEvent]:
        if TOPIC in question:
            self.gate.acquire(timeout=30)
        yield from self.writer.stream(question, query, **how)  # type: ignore[arg-type]
