"""Memos made by hypothesis, and references for tests that need no briefings."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from assistant.memos.memo import Memo, Reference, Section
from assistant.types import Source, Span

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


def reference(token: str = "c1", quote: str = "Ships wait.", *, path: str = "a.md", start: int = 0) -> Reference:
    source = Source(
        path, path, f"About {path}", "text/markdown", "0123456789abcdef" * 4, date(2023, 5, 2), "Port", "Ann"
    )
    return Reference(token, source, Span(start, start + len(quote)), quote, page_label="iv")


@st.composite
def sources(draw: st.DrawFn) -> Source:
    path = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
    maybe = st.none() | WORDS
    return Source(
        path, path, draw(WORDS), "text/plain", "ab" * 32, draw(st.none() | st.dates()), draw(maybe), draw(maybe)
    )


@st.composite
def memos(draw: st.DrawFn) -> Memo:
    """Any memo: tokens that are used twice, in other sections than their own, or not known at all."""
    count = draw(st.integers(0, 5))
    references = []
    for number in range(1, count + 1):
        start = draw(st.integers(0, 3))
        quote = draw(WORDS.filter(bool))
        references.append(
            Reference(
                f"c{number}",
                draw(sources()),
                Span(start, start + len(quote)),
                quote,
                draw(st.none() | WORDS),
                draw(WORDS),
                draw(WORDS),
            )
        )
    sections = []
    for _ in range(draw(st.integers(0, 4))):
        used = draw(st.lists(st.integers(1, 7), max_size=5))
        text = " ".join(f"{draw(WORDS)}[^c{number}]" for number in used)
        own = draw(st.lists(st.sampled_from(references), unique_by=lambda each: each.token)) if references else []
        sections.append(Section(draw(WORDS), draw(WORDS), text, tuple(own)))
    return Memo(draw(WORDS), draw(WORDS), draw(WORDS), tuple(sections))
