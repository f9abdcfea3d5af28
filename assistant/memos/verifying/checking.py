"""Checks an exported and then edited memo against the briefings of today, sentence by sentence, note by note."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

from assistant.answering.written.verification import Checked, SentenceVerifier
from assistant.language.sentences import sentence_spans
from assistant.memos.tag import Footnote, Tag, digest
from assistant.memos.verifying.edited import EditedMemo, EditedSentence
from assistant.memos.verifying.unsourced import needs_no_source, says_a_gap
from assistant.reading.base import Verifier
from assistant.types import Chunk, Document, Passage, Source, Span

Kind = Literal[
    "unchanged",
    "reworded",
    "quote altered",
    "source changed",
    "source gone",
    "not supported",
    "number or date changed",
    "no source",
]
"""What became of a sentence or a footnote. The first two are in order; each of the others is a fault.

"reworded" is another sentence than was exported that its footnotes bear out. "source changed" is a document whose text
is not the one that was cited; "source gone" one that is not in the library. "not supported" is a footnote under a
sentence that its source does not bear out.
"""

IN_ORDER: Set[Kind] = frozenset({"unchanged", "reworded"})

Documents = Callable[[str], Document | None]
"""The document with this path as it is today; None where there is none."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A footnote and where its words stand today: `number` counts the footnotes from 1 in the order of first use.

    `source` is the head of the document; None where it is not in the library, or where the footnote has no tag. `span`
    are the characters of the exported quote in it and `words` what stands there; None and empty where they are gone.
    """

    number: int
    note: Footnote
    source: Source | None = None
    span: Span | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a sentence, or of the quote of a footnote: `of` says which, `text` is it.

    `reason` says in a clause what is wrong; empty where nothing is. `number` counts the sentences, or the footnotes,
    from 1; one of them may have several findings. `quoted` are the footnotes behind a sentence, or the footnote itself.
    `line` is that of the file on which a sentence begins; None where the format has no lines that a person sees.
    """

    of: Literal["sentence", "footnote"]
    text: str
    kind: Kind
    reason: str = ""
    number: int = 0
    quoted: tuple[Quoted, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking a memo gave, the sentences in their order and then the footnotes in theirs."""

    findings: tuple[Finding, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What is not in order."""
        return tuple(finding for finding in self.findings if finding.kind not in IN_ORDER)

    @property
    def reworded(self) -> tuple[Finding, ...]:
        """What is in order as far as code can tell, and is to be read by a person all the same."""
        return tuple(finding for finding in self.findings if finding.kind == "reworded")


@dataclass(frozen=True, slots=True)
class Verifying:
    """Event: `done` of `total` sentences are checked; `found` is there in the last event alone."""

    done: int
    total: int
    found: Verification | None = None


def verify(memo: EditedMemo, documents: Documents, verifier: Verifier) -> Verification:
    """Checks every sentence and every footnote of a memo, see `verify_in_steps`."""
    found = list(verify_in_steps(memo, documents, verifier))[-1].found
    assert found is not None
    return found


def verify_in_steps(memo: EditedMemo, documents: Documents, verifier: Verifier) -> Iterator[Verifying]:
    """Checks every sentence and every footnote of a memo; an event for each sentence, and one at the end.

    A sentence that stands above a footnote as it was exported is unchanged and is not read again. Any other is judged
    as a written answer is, by rules and by `verifier`, against what its footnotes quote as the documents are today.
    Questions, lead-ins and courtesies (see `needs_no_source`) and what no briefing says need no footnote.
    """
    cited = {note: _Cited.of(number, note, documents) for number, note in enumerate(memo.footnotes, start=1)}
    judged = _Sentences(cited, SentenceVerifier(verifier))
    total = len(memo.sentences)
    findings: list[Finding] = []
    for number, sentence in enumerate(memo.sentences, start=1):
        yield Verifying(number - 1, total)
        quoted = tuple(cited[note].quoted for note in sentence.footnotes)
        findings += [
            replace(each, number=number, quoted=quoted, line=sentence.line) for each in judged.findings(sentence)
        ]
    for each in cited.values():
        findings += [replace(one, number=each.quoted.number, quoted=(each.quoted,)) for one in each.findings()]
    yield Verifying(total, total, Verification(tuple(findings)))


@dataclass(frozen=True, slots=True)
class _Cited:
    """A footnote, the document of its tag as it is today, and where the quote of the tag stands in it."""

    number: int
    note: Footnote
    document: Document | None
    span: Span | None

    @classmethod
    def of(cls, number: int, note: Footnote, documents: Documents) -> _Cited:
        document = documents(note.tag.path) if note.tag is not None else None
        return cls(number, note, document, _span(note, document) if document is not None else None)

    @property
    def quoted(self) -> Quoted:
        """The same for the reader of a finding."""
        if self.document is None:
            return Quoted(self.number, self.note)
        words = self.span.of(self.document.text) if self.span else ""
        return Quoted(self.number, self.note, self.document.source, self.span, words)

    @property
    def same_text(self) -> bool:
        """Whether the document has the text that was cited."""
        tag = self.note.tag
        return (
            self.document is not None and tag is not None and self.document.source.content_hash.startswith(tag.document)
        )

    def findings(self) -> Iterator[Finding]:
        """What is to be said of the footnote itself."""
        tag, said = self.note.tag, self.note.quote
        shown = said or self.note.text
        if tag is None:
            yield Finding("footnote", shown, "no source", "it has no tag that tells its source")
            return
        faults = []
        if said is None or digest(said) != tag.quote:
            original = self.span.of(self.document.text) if self.same_text and self.document and self.span else None
            reason = f"the source says “{original}”" if original else "it is not the quote that was exported"
            faults.append(Finding("footnote", shown, "quote altered", reason))
        if self.document is None:
            faults.append(Finding("footnote", shown, "source gone", f"{tag.path} is not in the library"))
        elif not self.same_text:
            reason = "the quote still stands in it" if self.span else "the quote does not stand in it any more"
            faults.append(Finding("footnote", shown, "source changed", f"{tag.path}: {reason}"))
        yield from faults or [Finding("footnote", shown, "unchanged")]

    def passage(self) -> Passage | None:
        """What the footnote quotes, as a passage of today's document; None where it is not there."""
        if self.document is None or self.span is None:
            return None
        return _passage(self.document, self.span)

    def absent(self) -> tuple[Kind, str]:
        """What is said of a sentence that cannot be judged because of this footnote."""
        if self.note.tag is None:
            return "no source", "its footnote has no tag that tells its source"
        path = self.note.tag.path
        if self.document is None:
            return "source gone", f"it was edited, and {path} is not in the library"
        return "source changed", f"it was edited, and what its footnote quotes does not stand in {path} any more"


class _Sentences:
    """Judges sentences by the footnotes behind them, and by all others of the memo where those do not bear them out."""

    def __init__(self, cited: Mapping[Footnote, _Cited], verifier: SentenceVerifier) -> None:
        self._cited = cited
        self._verifier = verifier
        self._passages = {note: passage for note, each in cited.items() if (passage := each.passage()) is not None}
        self._quoted = {self._passages[note].chunk.id: cited[note].span for note in self._passages}
        self._exported = frozenset(known for note in cited for known in _under(note.tag))
        self._bare = frozenset(known for note in cited if note.tag is not None for known in note.tag.along)

    def findings(self, sentence: EditedSentence) -> Iterator[Finding]:
        """The finding of a sentence; where it is as it was, one for each footnote that did not stand under it."""
        text = sentence.text
        if not sentence.footnotes:
            yield self._without_footnotes(text)
            return
        own = [note for note in sentence.footnotes if digest(text) in _under(note.tag)]
        if not own:
            yield self._judged(text, sentence.footnotes)
            return
        strange = [note for note in sentence.footnotes if note not in own]
        faults = [finding for note in strange if (finding := self._judged(text, [note])).kind not in IN_ORDER]
        yield from faults or [Finding("sentence", text, "unchanged")]

    def _without_footnotes(self, text: str) -> Finding:
        if digest(text) in self._bare or needs_no_source(text) or says_a_gap(text):
            return Finding("sentence", text, "unchanged")
        reason = "its footnote is gone" if digest(text) in self._exported else "it has no footnote"
        return Finding("sentence", text, "no source", reason)

    def _judged(self, text: str, notes: Sequence[Footnote]) -> Finding:
        """What a sentence is that did not stand above any of these footnotes."""
        if needs_no_source(text):
            return Finding("sentence", text, "reworded")
        passages = [self._passages[note] for note in notes if note in self._passages]
        if not passages:
            kind, reason = self._cited[notes[0]].absent()
            return Finding("sentence", text, kind, reason)
        others = [passage for note, passage in self._passages.items() if note not in notes]
        checked = self._verifier.check(text, passages, others)
        if not checked.asserts:
            return Finding("sentence", text, "not supported", "by itself it says nothing that a source could bear out")
        return Finding("sentence", text, *self._verdict(text, checked, passages))

    def _verdict(self, text: str, checked: Checked, passages: Sequence[Passage]) -> tuple[Kind, str]:
        verdict = checked.verdict
        if verdict.status == "supported":
            if any(self._is_quoted(passage, span, passages) for passage, span in checked.evidence):
                return "reworded", ""
            return "not supported", "other words say it than those that its footnote quotes"
        if verdict.failure in ("number mismatch", "date mismatch") and digest(text) not in self._exported:
            return "number or date changed", verdict.reason
        return "not supported", verdict.reason

    def _is_quoted(self, passage: Passage, span: Span, passages: Sequence[Passage]) -> bool:
        """Whether evidence is what one of these passages is cited for, not the sentence before it."""
        quoted = self._quoted.get(passage.chunk.id)
        return quoted is not None and quoted.overlaps(span) and passage in passages


def _under(tag: Tag | None) -> tuple[str, ...]:
    return tag.under if tag is not None else ()


def _span(note: Footnote, document: Document) -> Span | None:
    """Where the quote that was exported stands in a document: at its place, or wherever its words stand today."""
    tag, text = note.tag, document.text
    assert tag is not None
    if tag.span.end <= len(text) and digest(tag.span.of(text)) == tag.quote:
        return tag.span
    if note.quote and digest(note.quote) == tag.quote:
        start = text.find(note.quote)
        if start >= 0:
            return Span(start, start + len(note.quote))
    return next((span for span in sentence_spans(text) if digest(span.of(text)) == tag.quote), None)


def _passage(document: Document, span: Span) -> Passage:
    """The sentences that a quote is in, after the one before it, to which a pronoun may point."""
    spans = sentence_spans(document.text)
    touched = [number for number, each in enumerate(spans) if each.overlaps(span)]
    first, last = (max(touched[0] - 1, 0), touched[-1]) if touched else (0, 0)
    sentences = spans[first : last + 1] if touched else (span,)
    whole = Span(sentences[0].start, sentences[-1].end)
    key = f"{document.id} {span.start}-{span.end}"
    chunk = Chunk(key, document.id, 0, whole, whole.of(document.text), tuple(sentences))
    return Passage(chunk, document.source, 1, 1.0, "footnote")
