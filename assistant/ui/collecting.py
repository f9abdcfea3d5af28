"""Which evidence a request means, and where in a memo it goes. Pure."""

from __future__ import annotations

from hashlib import sha256

from assistant.errors import InputError
from assistant.memos import editing
from assistant.memos.evidence import AnswerSentence, Documents, Evidence, Picked
from assistant.memos.memo import Memo
from assistant.types import Answer, Span
from assistant.ui import memo_requests as asked
from assistant.work.stored_text import title_line

_LONGEST = 300
"""The most characters of a heading that is read at a glance; the fields of the page take as many."""


def key_of(answer: Answer) -> str:
    """A short name of an answer, by which it is found again in its conversation."""
    cited = [(one.marker, one.source.document_id, one.span, one.answer_span) for one in answer.citations]
    return sha256(repr((answer.question, answer.text, cited)).encode("utf-8", "replace")).hexdigest()[:16]


def heading_of(text: str) -> str:
    """What stands above something that is collected: a question or a title on one line, cut where it is a whole page.

    It is cut only then, as a heading is all that a file of the memo says of the question.
    """
    said = " ".join(text.split())
    return said if len(said) <= _LONGEST else title_line(said)


def evidence_of(request: asked.Collect, answer: Answer | None) -> Evidence:
    """What is to be collected. Raises `InputError` where nothing is marked, and for a sentence that is not there."""
    if request.what == "quote":
        if request.start >= request.end:
            raise InputError("no words are marked: choose a citation, or mark some words")
        return Picked(request.document, request.hash, Span(request.start, request.end))
    assert answer is not None
    if request.what == "answer":
        return answer
    cited = next((one for one in answer.citations if one.marker == request.marker), None)
    if cited is None:
        raise InputError("there is no such sentence in the answer: choose one of those that are shown")
    return AnswerSentence(answer, cited.answer_span)


def with_evidence(memo: Memo, evidence: Evidence, answer: Answer | None, documents: Documents) -> Memo:
    """The memo with the evidence in the section of its question; a whole answer gets one of its own."""
    question = " ".join(answer.question.split()) if answer else ""
    at = next((n for n, one in enumerate(memo.sections) if question and one.question == question), None)
    if at is None and question and (evidence is answer or not memo.sections):
        memo = editing.with_section(memo, heading_of(question), question)
        at = len(memo.sections) - 1
    return editing.collected(memo, evidence, at, documents=documents)
