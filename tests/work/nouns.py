"""Answers of every shape, drawn by hypothesis, and plain ones for tests that need just some answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass
from typing import get_type_hints

from hypothesis import strategies as st

from assistant.types import Answer, Citation, Source, Span, Turn

_FLOATS = st.floats(allow_nan=False)


@st.composite
def _spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 10**6))
    return Span(start, start + draw(st.integers(1, 10**6)))


def _drawn(kind: type) -> st.SearchStrategy[object]:
    # the hints are given because the field `date` of a source hides the type of that name from hypothesis
    hints = get_type_hints(kind, localns={})
    return st.builds(kind, **{name: st.deferred(_by(hint)) for name, hint in hints.items()})


def _by(hint: type[object]) -> Callable[[], st.SearchStrategy[object]]:
    return lambda: st.from_type(hint)


def _register() -> None:
    from assistant import types

    st.register_type_strategy(Span, _spans())
    st.register_type_strategy(float, _FLOATS)
    for kind in vars(types).values():
        if isinstance(kind, type) and is_dataclass(kind) and kind is not Span:
            st.register_type_strategy(kind, _drawn(kind))


_register()
turns: st.SearchStrategy[Turn] = st.from_type(Turn)


def answered(question: str, *, text: str = "It ended in July.", hash_: str = "h1", path: str = "grain.txt") -> Turn:
    source = Source(f"id-{path}", path, "Grain exports", "text/plain", hash_)
    citation = Citation(1, Span(0, len(text)), source, "chunk", Span(3, 3 + len(text)), text)
    return Turn(question, Answer(question, question, text, "answered", (citation,)))
