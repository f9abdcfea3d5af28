"""A few briefings and a memo drafted from them, with a footnote used twice and a question that none answers."""

from __future__ import annotations

from pathlib import Path

from assistant.chat import Assistant
from assistant.memos.drafting import draft
from assistant.memos.memo import Memo
from assistant.memos.template import Asked, Template
from tests.ui.stage import stage

FILES: dict[str, str | bytes] = {
    "red_sea.md": (
        "---\ntitle: 'Red Sea: \"seized\" & <held>'\ndate: 2024-01-06\npublisher: Port *Watch* | weekly\n---\n"
        "The Galaxy Leader was seized in the Red Sea on 19 November 2023. "
        "Its crew of 25 was taken to a port on the Red Sea.\n\n"
        "Maersk paused its voyages through the Red Sea on 5 January 2024.\n"
    ),
    "canal/suez.txt": (
        "Transits of the Suez Canal fell by 42 percent in January 2024. "
        "Egypt said that the Suez Canal lost 6 billion dollars in 2024.\n"
    ),
    "grain.md": (
        "---\ntitle: The grain deal\ndate: 2023-09-01\n---\n"
        "The Razoni left Odesa on 1 August 2022 with 26,000 tonnes of grain. "
        "Russia withdrew from the grain deal on 17 July 2023. "
        "Ukraine opened a corridor of its own for grain in August 2023.\n"
    ),
    "nato.html": (
        "<title>NATO grows</title><p>Finland joined NATO on 4 April 2023. Sweden joined NATO on 7 March 2024. "
        "The parliament of Turkey approved the membership of Sweden in NATO on 23 January 2024.</p>"
    ),
}

TEMPLATE = Template(
    "test",
    "Note: {topic}",
    (
        Asked("Seized", "What was seized in the Red Sea?"),
        Asked("Shipping", "What in the Red Sea?"),
        Asked("Once more", "What was seized in the Red Sea?"),
        Asked("Canal", "What did the Suez Canal?"),
        Asked("Grain", "What of the grain?"),
        Asked("NATO", "Who is in NATO?"),
        Asked("Animals", "Where are the zebras?"),
    ),
)
TOPIC = "ships & <allies>"
PLACES = 12
"""How often a footnote stands in the memo; one of them stands twice."""


def staged(folder: Path) -> Assistant:
    return stage(folder, dict(FILES))


def drafted(assistant: Assistant) -> Memo:
    return list(draft(assistant, TOPIC, TEMPLATE))[-1].memo
