"""The nouns of a memo: sections of Markdown in which short tokens stand for words of briefings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.types import PAGES_TO, Source, Span

TOKEN = re.compile(r"\[\^(c[1-9][0-9]*)\]")
"""A citation as it stands in a section's text: `[^c3]`, with the token `c3` as its group."""

GAP = "No briefing says"
UNCLEAR = "The briefings don't clearly say"
"""How it begins where they may say it, in words that are not sure enough to answer."""

GAPS = (GAP, UNCLEAR)
"""How a sentence begins that says what the briefings do not: it has no source, and needs none."""


Place = tuple[str, str, Span]
"""A document, the digest of its text, and characters in it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a token stands for: `quote` is exactly `span` of the text of the document that `source` names.

    `before` and `after` are the words around the quote in its paragraph, so that it can be read in place; empty where
    there are none or the document had changed by then.
    """

    token: str
    source: Source
    span: Span
    quote: str
    page_label: str | None = None
    before: str = ""
    after: str = ""

    @property
    def page(self) -> str | None:
        """Its page as a reference names it: "p. 3", "pp. 3–4"."""
        if not self.page_label:
            return None
        return f"pp. {self.page_label}" if PAGES_TO in self.page_label else f"p. {self.page_label}"

    @property
    def place(self) -> Place:
        """What makes two references one."""
        return self.source.document_id, self.source.content_hash, self.span


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the question that was asked for it, and its text: Markdown with tokens.

    `references` are those that came with its answer. A token may have been moved to another section since: what it
    stands for is looked up in the memo. `given` is what of the text came from the briefings, before anybody edited it;
    None where that is not known.
    """

    heading: str
    question: str
    text: str
    references: tuple[Reference, ...] = ()
    given: str | None = None

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens in the text, in order, as often as they stand there."""
        return tuple(TOKEN.findall(self.text))


@dataclass(frozen=True, slots=True)
class Memo:
    """A title, the topic and the name of the template it was drafted from, and the sections in order.

    Raises `ValueError` where one token stands for two things.
    """

    title: str
    topic: str
    template: str
    sections: tuple[Section, ...] = ()

    def __post_init__(self) -> None:
        known: dict[str, Reference] = {}
        for reference in (each for section in self.sections for each in section.references):
            if known.setdefault(reference.token, reference) != reference:
                raise ValueError(f"the token {reference.token!r} stands for two things")

    @property
    def references(self) -> Mapping[str, Reference]:
        """What each token stands for, wherever it is used."""
        found = {each.token: each for section in self.sections for each in section.references}
        return MappingProxyType(found)

    @property
    def unknown_tokens(self) -> tuple[str, ...]:
        """Tokens in the text that stand for nothing, each once, in order; an export leaves them as they are."""
        known = self.references
        used = (token for section in self.sections for token in section.tokens)
        return tuple(dict.fromkeys(token for token in used if token not in known))
