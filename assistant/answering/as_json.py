"""An answer as the one JSON object that `assistant ask --json` prints; its keys are documented in docs/usage.md."""

from __future__ import annotations

from assistant.types import Answer, Citation, Coverage, Disagreement, Passage, Side, Statement

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def answer_as_json(answer: Answer) -> dict[str, Json]:
    """`start` and `end` index the document's canonical text, `answer_start` and `answer_end` the answer's `text`."""
    return {
        "question": answer.question,
        "query": answer.query,
        "outcome": answer.outcome,
        "text": answer.text,
        "citations": [_citation(citation) for citation in answer.citations],
        "passages": [_passage(passage) for passage in answer.passages],
        "missing": list(answer.missing),
        "time": None
        if answer.time is None
        else {
            "from": answer.time.start.isoformat() if answer.time.start else None,
            "to": answer.time.end.isoformat() if answer.time.end else None,
        },
        "as_of": answer.as_of.isoformat() if answer.as_of else None,
        "writer": answer.writer,
        "statements": [_statement(statement) for statement in answer.statements],
        "likeliest": [_side(side) for side in answer.likeliest],
        "contrary": [_side(side) for side in answer.contrary],
        "disagreements": [_disagreement(one) for one in answer.disagreements],
        "coverage": None if answer.coverage is None else _coverage(answer.coverage),
        "did_you_mean": None
        if answer.did_you_mean is None
        else {"names": list(answer.did_you_mean.names), "question": answer.did_you_mean.question},
        "answerability": round(answer.answerability, 4),
        "notes": list(answer.notes),
        "seconds": round(answer.seconds, 3),
    }


def _statement(statement: Statement) -> Json:
    verdict = statement.verdict
    return {
        "text": statement.text,
        "answer_start": statement.span.start if statement.span else None,
        "answer_end": statement.span.end if statement.span else None,
        "status": verdict.status,
        "failure": verdict.failure,
        "reason": verdict.reason,
        "probability": round(verdict.probability, 4),
    }


def _disagreement(one: Disagreement) -> Json:
    return {
        "kind": one.kind,
        "about": one.about,
        "sides": [_side(side) for side in one.sides],
    }


def _side(side: Side) -> Json:
    return {
        "document_id": side.source.document_id,
        "path": side.source.path,
        "title": side.source.title,
        "date": side.source.date.isoformat() if side.source.date else None,
        "start": side.span.start,
        "end": side.span.end,
        "quote": side.quote,
        "words": {"start": side.words.start, "end": side.words.end},
    }


def _coverage(coverage: Coverage) -> Json:
    return {
        "subject": coverage.subject,
        "used": [source.path for source in coverage.used],
        "others": [source.path for source in coverage.others],
    }


def _citation(citation: Citation) -> Json:
    source = citation.source
    return {
        "marker": citation.marker,
        "answer_start": citation.answer_span.start,
        "answer_end": citation.answer_span.end,
        "document_id": source.document_id,
        "path": source.path,
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date.isoformat() if source.date else None,
        "page": citation.page_label,
        "page_index": citation.page_index,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "words": None if citation.words is None else {"start": citation.words.start, "end": citation.words.end},
        "before": None
        if citation.before is None
        else {
            "start": citation.before.span.start,
            "end": citation.before.span.end,
            "quote": citation.before.quote,
        },
        "content_hash": source.content_hash,
        "also_in": [other.path for other in citation.also_in],
    }


def _passage(passage: Passage) -> Json:
    return {
        "rank": passage.rank,
        "score": round(passage.score, 4),
        "document_id": passage.source.document_id,
        "path": passage.source.path,
        "title": passage.source.title,
        "start": passage.chunk.span.start,
        "end": passage.chunk.span.end,
        "text": passage.chunk.text,
        "also_in": [other.path for other in passage.also_in],
    }
