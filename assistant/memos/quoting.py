"""A quote with its reference, as text to be pasted elsewhere."""

from __future__ import annotations

from typing import Literal

from assistant.language.sentences import sentence_spans
from assistant.memos.markdown import escaped
from assistant.memos.memo import Reference
from assistant.memos.memo_file import reference_as_json
from assistant.memos.tag import digest, footnote_text, tag_of

QuoteForm = Literal["none", "inline", "footnote", "json"]


def quote_with_reference(reference: Reference, form: QuoteForm) -> str:
    """The quote, word for word, with what says where it is from.

    "none" is the quote alone, "inline" puts title, publisher, date and page in brackets behind it, "footnote" is
    Markdown whose footnote `assistant verify` checks, "json" has the keys of a reference in a memo's .json file.
    """
    if form == "none":
        return reference.quote
    if form == "json":
        return reference_as_json(reference)
    if form == "inline":
        return f"“{reference.quote}” ({', '.join(_head(reference))})"
    line = " ".join(reference.quote.split())
    *along, under = [digest(span.of(line)) for span in sentence_spans(line)] or [digest(line)]
    tag = tag_of(reference, [under], along)
    # What is pasted into one text must not share a label; one with a `q` is no token and no number of an export.
    label = f"[^q{digest(str(tag))}]"
    return f"{escaped(line)}{label}\n\n{label}: {escaped(footnote_text(reference, tag))}"


def _head(reference: Reference) -> list[str]:
    source = reference.source
    day = source.date.isoformat() if source.date else None
    return [each for each in (source.title, source.publisher, day, reference.page) if each]
