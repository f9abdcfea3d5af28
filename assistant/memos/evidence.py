"""Evidence as it stands in a memo: an answer, a sentence of one, or words of a document become Markdown with tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answering import extractive
from assistant.answering.citations import render_markers
from assistant.errors import InputError
from assistant.language.sentences import sentence_spans
from assistant.memos.before import with_before
from assistant.memos.markdown import escaped
from assistant.memos.memo import GAP, UNCLEAR, Memo, Place, Reference
from assistant.types import Answer, Citation, Document, Side, Span, labels_of

DOUBT = "(only partly supported)"
"""What stands in a written sentence that its sources bear out only in part."""

NEAREST = "This comes nearest to an answer"
"""What stands above the quote that is not sure enough to be one."""

OPPOSITE = "Against what the question supposes"
"""What stands above quotes that say the opposite of what a question supposes."""

DIFFERING = "Sources differ on"
"""How the line above quotes begins that contradict one another; what they differ on follows in words of theirs."""

_FIRST = "c1"
_AROUND = 400  # characters of the paragraph on each side of a quote


class Documents(Protocol):
    """Where documents are looked up as they are today; an `Assistant` does it."""

    def document(self, id_or_path: str) -> Document:
        """The document with this id or path; raises `InputError` where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of an answer: characters of `answer.text`.

    Words of a quote stand for the whole of it, since quotes are not cut.
    """

    answer: Answer
    span: Span


@dataclass(frozen=True, slots=True)
class Picked:
    """Words that a person picked in a document, whose text had this hash when they saw it."""

    document_id: str
    content_hash: str
    span: Span


Evidence = Answer | AnswerSentence | Picked


@dataclass(frozen=True, slots=True)
class Cited:
    """Markdown with tokens, and what each of them stands for; those that the memo had already among them."""

    text: str
    references: tuple[Reference, ...] = ()


def cited(evidence: Evidence, memo: Memo, documents: Documents) -> Cited:
    """The evidence as it is to stand in `memo`, whose tokens it goes on with: a place that is cited keeps its token.

    Raises `InputError` for a sentence that is not in its answer, and for words of a document that is gone, has
    changed, or has no such words.
    """
    if isinstance(evidence, Picked):
        return _picked(evidence, memo, documents)
    if isinstance(evidence, AnswerSentence):
        return cited_answer(_sentence(evidence), memo, documents)
    return cited_answer(evidence, memo, documents)


def cited_answer(answer: Answer, memo: Memo, documents: Documents) -> Cited:
    """A whole answer, a paragraph a line.

    A written sentence that is only partly supported says so. A quote that points back has the sentence before it
    above it, in brackets and with a token of its own, so that it is checked as any other. The quotes of each side
    follow where sources differ, then what no briefing says, then what comes nearest to an answer and what says the
    opposite of what the question supposes. An abstention brings all but the first; where the answerer was only unsure,
    no sentence says that no briefing does.
    """
    unsure = answer.outcome == "abstained" and (bool(answer.likeliest) or answer.text == extractive.UNCLEAR)
    if answer.outcome == "abstained":
        answer = replace(answer, text="", missing=(answer.question,), disagreements=())
    answer = with_before(_with_doubts(answer), apart=True)
    citations = (*answer.citations, *map(_cited, answer.sides))
    known = memo.references
    references: dict[Place, Reference] = {}
    for token, citation in _numbered(citations, memo):
        references.setdefault(place_of(citation), known.get(token) or reference_of(citation, documents, token))
    tokens = {place: each.token for place, each in references.items()}
    text = _with_tokens(answer, tokens)
    differing = [_quoted(f"{DIFFERING} {one.about}", one.sides, tokens) for one in answer.disagreements]
    gaps = [_gap(part, UNCLEAR if unsure else GAP) for part in answer.missing]
    near = [_quoted(NEAREST, answer.likeliest, tokens)] if answer.likeliest else []
    against = [_quoted(OPPOSITE, answer.contrary, tokens)] if answer.contrary else []
    return Cited("\n\n".join(filter(None, [text, *differing, *gaps, *near, *against])), tuple(references.values()))


def reference_of(citation: Citation, documents: Documents, token: str = _FIRST) -> Reference:
    """The citation under a token, with the words around the quote where the document is still the one cited."""
    found = Reference(token, citation.source, citation.span, citation.quote, citation.page_label)
    try:
        document = documents.document(citation.source.document_id)
    except InputError:
        return found
    same = document.source.content_hash == citation.source.content_hash
    return _in_place(found, document) if same and citation.span.of(document.text) == citation.quote else found


def reference_to(picked: Picked, documents: Documents, token: str = _FIRST) -> Reference:
    """The picked words under a token, as the document has them today; white space at their ends is left out.

    Raises `InputError` where the document is gone or has changed, and where no words were picked.
    """
    document = documents.document(picked.document_id)
    if document.source.content_hash != picked.content_hash:
        raise InputError(f"{document.source.title!r} has changed since it was shown: open it again and pick the words")
    words = picked.span.of(document.text)
    if picked.span.end > len(document.text) or not words.strip():
        raise InputError("no words were picked: mark some in the document")
    start = picked.span.start + len(words) - len(words.lstrip())
    span = Span(start, start + len(words.strip()))
    pages = [page.label for page in document.pages if page.span.overlaps(span)]
    page = labels_of(pages[0], pages[-1]) if pages else None
    return _in_place(Reference(token, document.source, span, span.of(document.text), page), document)


def place_of(citation: Citation) -> Place:
    """The place in a document that a citation points at."""
    return citation.source.document_id, citation.source.content_hash, citation.span


def _picked(picked: Picked, memo: Memo, documents: Documents) -> Cited:
    new = reference_to(picked, documents, f"c{last_token(memo) + 1}")
    found = next((each for each in memo.references.values() if each.place == new.place), new)
    lines = [escaped(line) for line in found.quote.split("\n") if line.strip()]
    # one paragraph, whatever the document has: its token backs all that stands before it there
    text = "\\\n".join(lines).replace("\n", "\n> ")
    return Cited(f"> {text}[^{found.token}]", (found,))


def _sentence(evidence: AnswerSentence) -> Answer:
    """An answer that says nothing but this sentence."""
    answer, span = evidence.answer, evidence.span
    if span.end > len(answer.text) or not span.of(answer.text).strip():
        raise InputError("there is no such sentence in the answer: choose one of those that are shown")
    touched = [each.answer_span for each in answer.citations if each.answer_span.overlaps(span)]
    whole = Span(min(each.start for each in [span, *touched]), max(each.end for each in [span, *touched]))
    return replace(
        answer,
        text=whole.of(answer.text),
        outcome="answered",
        citations=tuple(
            replace(each, answer_span=each.answer_span.shifted(-whole.start))
            for each in answer.citations
            if whole.contains(each.answer_span)
        ),
        statements=tuple(
            replace(each, span=each.span.shifted(-whole.start))
            for each in answer.statements
            if each.span is not None and whole.contains(each.span)
        ),
        missing=(),
        disagreements=(),
        contrary=(),
        likeliest=(),
    )


def _numbered(citations: Iterable[Citation], memo: Memo) -> Iterator[tuple[str, Citation]]:
    """Each citation with the token of its place: the memo's, or a new one."""
    tokens = {each.place: each.token for each in memo.references.values()}
    last = last_token(memo)
    for citation in citations:
        if place_of(citation) not in tokens:
            last += 1
            tokens[place_of(citation)] = f"c{last}"
        yield tokens[place_of(citation)], citation


def last_token(memo: Memo) -> int:
    """The highest number of a token, known or not: a token that stands for nothing must not come to stand for this."""
    tokens = (*memo.references, *memo.unknown_tokens)
    return max((int(token.removeprefix("c")) for token in tokens), default=0)


def _gap(part: str, begins: str) -> str:
    """One sentence that says what is missing, however many sentences the question has."""
    pieces = [span.of(part) for span in sentence_spans(part)]
    said = escaped("; ".join([*(piece.rstrip(".?!") for piece in pieces[:-1]), *pieces[-1:]]))
    return f"{begins}: {said}" if said.endswith(("?", ".", "!")) else f"{begins}: {said}."


def _quoted(head: str, sides: Sequence[Side], tokens: Mapping[Place, str]) -> str:
    """What each side says, as a list of quotes; nobody says which is right."""
    quotes = [f"- {escaped(side.quote)}[^{tokens[place_of(_cited(side))]}]" for side in sides]
    return "\n".join([f"{escaped(head)}:\n", *quotes])


def _cited(side: Side) -> Citation:
    """A side as a citation of the whole of itself."""
    return Citation(1, Span(0, len(side.quote)), side.source, side.chunk_id, side.span, side.quote)


def _with_tokens(answer: Answer, tokens: Mapping[Place, str]) -> str:
    """The answer as Markdown, a paragraph a line, with the tokens where its markers would be."""
    written = answer.writer is not None
    pieces: list[str] = []
    numbered = [
        replace(citation, marker=int(tokens[place_of(citation)].removeprefix("c"))) for citation in answer.citations
    ]
    # Bounds that no text has keep the markers apart from what is escaped around them.
    for line in render_markers(answer.text, numbered, form="\x02{marker}\x03").split("\n"):
        if line.strip():
            marked = escaped(line, written=written)
            pieces.append(marked.replace("\x02", "[^c").replace("\x03", "]"))
    return "\n\n".join(pieces)


def _with_doubts(answer: Answer) -> Answer:
    """The answer with `DOUBT` in each sentence that its sources bear out only in part, before its full stop."""
    partly = [each.span for each in answer.statements if each.span is not None and each.verdict.status == "partly"]
    for span in sorted(partly, reverse=True):
        at = span.start + len(span.of(answer.text).rstrip(".!?"))
        citations = tuple(replace(each, answer_span=_longer(each.answer_span, at)) for each in answer.citations)
        text = f"{answer.text[:at]} {DOUBT}{answer.text[at:]}"
        answer = replace(answer, text=text, citations=citations)
    return answer


def _longer(span: Span, at: int) -> Span:
    """A span of the text after `DOUBT` and a space were put in at `at`."""
    by = len(DOUBT) + 1
    return span.shifted(by) if span.start >= at else Span(span.start, span.end + by) if span.end >= at else span


def _in_place(reference: Reference, document: Document) -> Reference:
    """The reference with the words around it in its paragraph of the document."""
    span, text = reference.span, document.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    before = text[max(start, span.start - _AROUND) : span.start]
    after = text[span.end : min(len(text) if end < 0 else end, span.end + _AROUND)]
    return replace(reference, before=before, after=after)
