"""Finds the quotes of a golden case in the documents, or says what is nearest to them."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.evaluation.cases import GoldenCase, Place, Quote, RelevantSpan
from assistant.language.sentences import sentence_spans
from assistant.types import Document, Span


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A quote that is not in its document, or a document that is not in the corpus; `message` says what is near."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The relevant spans of a case, and what could not be found.

    Evidence that stands at several places of a document, or in several documents, has a span for each.
    """

    spans: tuple[RelevantSpan, ...]
    unresolved: tuple[Unresolved, ...]


def resolve(case: GoldenCase, documents: Mapping[str, Document]) -> Resolution:
    """Looks each quote up in its document; `documents` are all of the corpus, by path."""
    spans: list[RelevantSpan] = []
    unresolved: list[Unresolved] = []
    for number, evidence in enumerate(case.relevant):
        for quote in evidence.quotes:
            document = documents.get(quote.document) or _composed(documents).get(quote.document)
            if document is None:
                told = _no_document(quote.document, _composed(documents))
                unresolved.append(Unresolved(quote.named_at or quote.place, told))
                continue
            found = occurrences(quote.text, document.text)
            if not found:
                unresolved.append(Unresolved(quote.place, _no_quote(quote, document.text)))
            spans += [
                RelevantSpan(number, document.id, document.source.path, span, span.of(document.text)) for span in found
            ]
    return Resolution(tuple(spans), tuple(unresolved))


def _composed(documents: Mapping[str, Document]) -> dict[str, Document]:
    """The documents by their paths in NFC, as golden files name them; macOS takes letters of paths apart."""
    return {unicodedata.normalize("NFC", path): document for path, document in documents.items()}


def occurrences(quote: str, text: str) -> list[Span]:
    """Every place of `text` that has the words of `quote`, white space aside; whole words at both ends.

    Places may overlap: "a a" stands twice in "a a a".
    """
    words = quote.split()
    if not words:
        return []
    pattern = r"\s+".join(re.escape(word) for word in words)
    before = r"(?<!\w)" if words[0][0].isalnum() else ""
    after = r"(?!\w)" if words[-1][-1].isalnum() else ""
    return [Span(*match.span(1)) for match in re.finditer(rf"{before}(?=({pattern}){after})", text)]


def nearest(quote: str, text: str) -> str | None:
    """The sentence of `text` that is most like `quote`, where any is at all like it."""
    wanted = " ".join(quote.split())
    sentences = [" ".join(span.of(text).split()) for span in sentence_spans(text)]
    found = difflib.get_close_matches(wanted, sentences, n=1, cutoff=0.3)
    return found[0] if found else None


def _no_document(path: str, paths: Iterable[str]) -> str:
    near = difflib.get_close_matches(path, list(paths), n=1, cutoff=0.5)
    hint = f"; did you mean {near[0]!r}?" if near else "; `assistant list` names the documents"
    return f"there is no document {path!r} in the corpus{hint}"


def _no_quote(quote: Quote, text: str) -> str:
    shortened = quote.text if len(quote.text) <= 100 else f"{quote.text[:99]}…"
    near = nearest(quote.text, text)
    hint = f"; nearest there: {near!r}" if near else ""
    return f"the quote {shortened!r} is not in {quote.document!r}{hint}"
