"""A short answer ("Israel.") says nothing by itself: does the source give it as the answer to the question?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answering.asked.numbered import of_another_number
from assistant.answering.candidates import under_its_heads
from assistant.answering.phrases import has_finite_verb
from assistant.answering.written.alignment import Carrier, share
from assistant.language.asking import asking_part
from assistant.language.words import words
from assistant.reading.base import UNREAD, Reader
from assistant.retrieval.reranked import text_of

_MOST_WORDS = 8
_COMMON = 0.4
"""What the source has at least of the words of question and answer together, rare ones counting more."""
_ANSWERS = 0.0
"""From these log-odds on a sentence is read as an answer: likelier than not."""


def is_short_answer(sentence: str) -> bool:
    """Whether a sentence is a few words without a finite verb, so that only the question makes them a statement.

    Not a row of a table: its cells say something of each other.
    """
    return "|" not in sentence and len(words(sentence)) <= _MOST_WORDS and not has_finite_verb(sentence)


def answering(
    answer: str,
    question: str,
    carriers: Sequence[Carrier],
    weights: Mapping[str, float],
    reader: Reader | None,
) -> list[Carrier]:
    """The carriers of a short answer that give it as the answer to the question.

    They have enough of the words of both, they say more than the answer itself, they are not of a thing with another
    number than the question names, and a sentence of theirs is read as an answer. Measured on short answers that
    people hold for plausible and that are wrong: docs/quality.md, "Short answers".
    """
    near = [
        each
        for each in carriers
        if share(f"{question} {answer}", each.premise, weights) >= _COMMON
        and _says_more(each, answer)
        and not of_another_number(question, _said(each), under_its_heads(each.passage))
    ]
    if reader is None or not near:
        return near
    passages = {each.passage.chunk.id: each.passage for each in near}
    # each by itself: they are few, and what the limit of a question leaves unread must not pass for no answer
    readings = {chunk: reader.read(asking_part(question), [text_of(passage)])[0] for chunk, passage in passages.items()}

    def odds(carrier: Carrier) -> float:
        chunk, reading = carrier.passage.chunk, readings[carrier.passage.chunk.id]
        if reading is None:
            return UNREAD
        return max(reading.sentences[chunk.sentences.index(span)] for span in carrier.spans)

    return [each for each in near if odds(each) > _ANSWERS]


def _said(carrier: Carrier) -> str:
    return " ".join(carrier.passage.chunk.quote(span) for span in carrier.spans)


def _says_more(carrier: Carrier, answer: str) -> bool:
    """Whether a source is a sentence or has a word that is not the answer's: a heading "Maryland" gives no answer."""
    said = _said(carrier)
    return said.rstrip("”\"')]").endswith((".", "!", "?")) or bool(
        set(words(said.casefold())) - set(words(answer.casefold()))
    )
