"""The briefings and drafts behind the tests of written answers in the browser."""

from __future__ import annotations

from assistant.types import Verdict
from tests.ui.payloads import ELSEWHERE, PAYLOADS
from tests.ui.writer import Contradiction, Draft, Sentence


def briefing(title: str, day: str, *paragraphs: str) -> str:
    text = "\n\n".join(paragraphs)
    return f"---\ntitle: {title}\npublisher: Desk for Asia\ndate: {day}\n---\n\n# {title}\n\n{text}\n"


DECLINED = "China declined in part because the United States would not lift the sanctions on Li Shangfu."
INVITED = "The Pentagon sent its invitation for a meeting in Singapore in early May."
DOZEN = "A senior official said that China has declined or left unanswered more than a dozen requests since 2021."
TEN = "Since 2021 China has turned down ten requests for a meeting, the ministry said."
SANCTIONED = "Washington put sanctions on Li Shangfu in September 2018 over purchases of Russian arms."
FILES: dict[str, str | bytes] = {
    "declined.md": briefing("China declines a meeting in Singapore", "2023-05-30", f"{INVITED} {DECLINED}", DOZEN),
    "ministry.md": briefing("What the ministry said about the requests", "2024-06-02", TEN),
    "sanctions.md": briefing("Sanctions on a procurement department", "2018-09-24", SANCTIONED),
    "removed.md": briefing(
        "Li Shangfu is removed", "2023-10-25", "Li Shangfu was removed after two months out of sight."
    ),
    "aboard.md": briefing("A handshake", "2023-06-05", "Li Shangfu shook hands at the opening dinner and left."),
}
WHY = "Why did China decline the meeting?"
HOW_OFTEN = "How often has China declined?"
STYLED = "Give me a list"
WRITTEN = Draft(
    (
        Sentence("China declined because the sanctions on Li Shangfu were not lifted.", "declined.md", DECLINED),
        Sentence("He was sanctioned in 2018 over Russian arms.", "sanctions.md", SANCTIONED),
        Sentence(
            "The Pentagon had invited him in May.",
            "declined.md",
            INVITED,
            Verdict("partly", "dropped hedge", "the source says early May, and names no one who was invited", 0.6),
        ),
        Sentence("It had asked 43 times.", verdict=Verdict("contradicted", "number mismatch", "", 0.1), shown=False),
        Sentence(
            "Li said that he was offended.",
            verdict=Verdict("unsupported", "fabricated", "no briefing quotes him", 0.1),
            shown=False,
        ),
    ),
    words="China declined",
)
COMPARED = Draft(
    (Sentence("China has declined more than a dozen requests since 2021.", "declined.md", DOZEN),),
    words="since 2021",
    contradiction=Contradiction(
        "requests turned down since 2021",
        (("declined.md", DOZEN, "more than a dozen"), ("ministry.md", TEN, "ten")),
    ),
    mentions=("China", ("declined.md",), ("ministry.md", "sanctions.md", "removed.md")),
)
LISTED = Draft(
    (
        Sentence("**Sanctions** came first:", "sanctions.md", SANCTIONED),
        Sentence("- imposed in `2018`", "sanctions.md", SANCTIONED, joint="\n\n"),
        Sentence(f"- see [the page]({ELSEWHERE}/a) and ![map]({ELSEWHERE}/b)", joint="\n"),
        Sentence("| What | When |\n| --- | --- |\n| Invitation | early May |", "declined.md", INVITED, joint="\n\n"),
    ),
    words="sanctions",
)
HOSTILE = {
    f"hostile {number}": Draft(
        (
            Sentence(" ".join(payload.split()), "declined.md", DECLINED),
            Sentence(payload, "declined.md", DECLINED, Verdict("partly", None, payload, 0.5), joint="\n"),
            Sentence(payload, verdict=Verdict("unsupported", "stitched", payload, 0.0), shown=False),
        ),
        words="China",
        mentions=(payload, (), ("declined.md",)),
    )
    for number, payload in enumerate(PAYLOADS)
}
DRAFTS = {
    WHY: WRITTEN,
    HOW_OFTEN: COMPARED,
    STYLED: LISTED,
    "Tell me about China": Draft(words="China declined", query="What did China do about the meeting in Singapore?"),
    "Who won the cup of cups?": Draft(mentions=("the cup", (), ("removed.md",))),
    **HOSTILE,
}
