"""Answers that a language model writes from what was found, each sentence checked before it counts as said."""

from __future__ import annotations

import logging
import re
import time as clock
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.base import Answerer
from assistant.answering.coverage import parted_by
from assistant.answering.extractive import ABSTENTION
from assistant.answering.written.composing import Judged, composed
from assistant.answering.written.draft_stream import DraftStream, Written
from assistant.answering.written.drafting import PASSAGES, SURE, Request, closer_request_of, request_of
from assistant.answering.written.grounding import Recall, grounding, nothing
from assistant.answering.written.pronouns import is_somebody_else
from assistant.answering.written.shortening import only_shortens
from assistant.answering.written.times import is_of_another_time
from assistant.answering.written.verification import SentenceVerifier
from assistant.errors import AssistantError, ContextTooLong, LLMUnavailable
from assistant.llms.base import LLM
from assistant.reading.agreement import plain, stands_in
from assistant.types import (
    Answer,
    AnswerEvent,
    Conversation,
    DateRange,
    Done,
    Filters,
    Found,
    Passage,
    Quoted,
    Said,
    Searching,
)

_log = logging.getLogger(__name__)

REPLY_TOKENS = 700
"""Longest draft, in the model's tokens."""

_ENOUGH = 0.5  # of the sentences of a draft that must be borne out, else the quotes are given
_PASSAGES = r"(?:briefings?|passages?|documents?|texts?|sources?|context)"
# From its beginning on: "Officials said that there is no information" is something that the briefings say.
_SAYS_NOTHING = re.compile(
    r"[\s*_]*"
    r"(?:(?:unfortunately|however|sorry|i['’]m sorry|based on [^,]{0,60}|according to [^,]{0,60}),?\s+(?:but\s+)?)*"
    rf"(?:(?:(?:the|these|this|none of the|provided|given)\s+(?:\w+\s+)?{_PASSAGES}|briefings|passages)\b"
    r"(?:(?!\b(?:sa(?:y|ys|id)|show\w*|stat(?:e|es|ed)|report(?:s|ed)?|confirm\w*|claim\w*)\b).){0,40}?\b"
    r"(?:do(?:es)?n['’]t|do(?:es)? not|did not|didn['’]t|cannot|can['’]t|no)\b.{0,60}?"
    r"\b(?:say|answer|contain|provide|mention|specify|state|include|give|information|indicate|address)"
    r"|(?:there is|i (?:have|found|see)) no (?:information|mention|answer|passage)"
    rf"(?!.*\bin (?:the|its|his|her|their|a) (?!(?:\w+ )?{_PASSAGES}))"
    r"|i (?:cannot|can['’]t|am unable to|do not|don['’]t) (?:answer|find|know|say))",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Draft:
    """A draft as far as it has been written: its sentences as checked, and whether it says that it finds no answer.

    `close` tells that it may leave out words of the quotes and add none, `dictated` that a passage told it to find
    nothing; `failed` are sentences of an earlier draft that was given up.
    """

    sentences: list[Judged] = field(default_factory=list)
    finds_nothing: bool = False
    dictated: bool = False
    notes: list[str] = field(default_factory=list)
    failed: list[Judged] = field(default_factory=list)
    close: bool = False

    @property
    def holds(self) -> bool:
        """Whether the sources bear out so many of the sentences that say something that it may be the answer."""
        asserting = [judged for judged in self.sentences if judged.checked.asserts]
        return bool(asserting) and sum(judged.shown for judged in asserting) / len(asserting) >= _ENOUGH


class GenerativeAnswerer:
    """Lets a language model write the answer where the briefings have one, and shows what of it they bear out.

    The extractive answerer goes first: where it abstains so does this one, without asking the model, and its quotes
    are the answer wherever the model fails, where it finds nothing although they surely answer, and where less than
    half of what it writes is borne out. In the last two cases it writes once more first, from the quotes alone.
    `llm` is called for each draft, `too_long` where the model refuses one as longer than it said it reads. A follow-up
    that goes on from the last answer is offered what that one cited, too, as far as `recall` still has it. Each
    sentence is judged by `checker` as soon as it is complete. Safe to use from several threads.
    """

    def __init__(
        self,
        quotes: Answerer,
        llm: Callable[[], LLM],
        checker: SentenceVerifier,
        *,
        count_tokens: Callable[[Sequence[str]], Sequence[int]],
        too_long: Callable[[], None] = lambda: None,
        recall: Recall = nothing,
    ) -> None:
        self._quotes = quotes
        self._llm = llm
        self._checker = checker
        self._count_tokens = count_tokens
        self._too_long = too_long
        self._recall = recall

    def stream(
        self,
        question: str,
        query: str,
        *,
        filters: Filters = Filters(),
        time: DateRange | None = None,
        conversation: Conversation | None = None,
    ) -> Iterator[AnswerEvent]:
        """As every answerer; between what was found and what is written the answer in quotes (`Quoted`)."""
        events = self._quotes.stream(question, query, filters=filters, time=time, conversation=conversation)
        return self._events(events, lambda: grounding(question, conversation, self._recall, filters=filters))

    def _events(self, events: Iterator[AnswerEvent], grounds: Callable[[], Sequence[Passage]]) -> Iterator[AnswerEvent]:
        start = clock.perf_counter()
        quoted: Answer | None = None
        for event in events:
            if isinstance(event, Searching | Found):
                yield event
            elif isinstance(event, Done):
                quoted = event.answer
        assert quoted is not None, "an answerer ends with Done"
        if quoted.outcome == "abstained":
            yield Done(quoted)
            return
        yield Quoted(quoted)
        draft = _Draft()
        try:
            llm = self._llm()
            yield from self._written(llm, quoted, draft, grounds())
            if not draft.holds and not draft.dictated and not _finds_none(quoted, draft):
                draft = yield from self._closer(llm, quoted, draft)
            answer = _concluded(quoted, draft, str(llm.metadata.model_name))
        except AssistantError as error:  # of wrong settings, too, which only show when the model is built
            _log.warning("no answer could be written: %s", error)
            answer = replace(quoted, notes=(*quoted.notes, f"no answer could be written, so quotes are given: {error}"))
        yield Done(replace(answer, seconds=clock.perf_counter() - start))

    def _written(self, llm: LLM, quoted: Answer, draft: _Draft, before: Sequence[Passage]) -> Iterator[AnswerEvent]:
        """Lets the model write, and says what is borne out so far after each sentence.

        A request that is too long for the model is made again with half the passages.
        """
        at_most = PASSAGES
        while True:
            request = request_of(
                quoted,
                window=llm.metadata.context_window,
                reply=REPLY_TOKENS,
                count_tokens=self._count_tokens,
                at_most=at_most,
                before=before,
            )
            try:
                yield from self._drafted(llm, request, draft)
            except ContextTooLong:
                self._too_long()
                if len(request.passages) < 2:
                    raise
                at_most = len(request.passages) // 2
            else:
                return

    def _closer(self, llm: LLM, quoted: Answer, draft: _Draft) -> Generator[AnswerEvent, None, _Draft]:
        """Another draft that only shortens the quotes, if it holds; else the first one. What failed stays withheld."""
        request = closer_request_of(quoted)
        if not request.passages:
            return draft
        closer = _Draft(close=True)
        try:
            yield from self._drafted(llm, request, closer)
        except LLMUnavailable as error:
            _log.warning("no second draft could be written: %s", error)
            return draft
        if not closer.holds or closer.finds_nothing:
            return draft
        closer.notes.append("too little of a first draft was borne out, so this one was made from the quotes alone")
        closer.failed = [judged for judged in draft.sentences if not judged.shown]
        return closer

    def _drafted(self, llm: LLM, request: Request, draft: _Draft) -> Iterator[AnswerEvent]:
        """One draft from the passages of a request; the sentence in which a reply breaks off is left out."""
        from assistant.answering.chain import written_by

        stream = DraftStream(list(request.passages))
        try:
            for piece in written_by(llm, request.system, request.user):
                for part in stream.feed(piece):
                    yield from self._judged(part, request, draft)
        except LLMUnavailable as error:  # what it wrote before is as good as it was
            if not draft.sentences or isinstance(error, ContextTooLong):
                raise
            draft.notes.append(f"the answer broke off: {error}")
            return
        for part in stream.finish():
            yield from self._judged(part, request, draft)
        if not draft.sentences and not draft.finds_nothing:
            raise LLMUnavailable("the language model wrote nothing: ask again, or take another model")

    def _judged(self, part: Written, request: Request, draft: _Draft) -> Iterator[AnswerEvent]:
        """Checks a sentence of the draft; one that repeats an earlier one or only leads over is passed by."""
        said = plain(part.text)
        if part.kind in ("heading", "head") or any(said == plain(earlier.part.text) for earlier in draft.sentences):
            return
        if _SAYS_NOTHING.match(part.text) or said == plain(ABSTENTION):
            draft.finds_nothing = True
            shown = (f"{passage.source.title} {passage.chunk.text}" for passage in request.passages.values())
            draft.dictated |= any(stands_in(text, part.text) for text in shown)
            return
        cited = [request.passages[name] for name in part.cited]
        others = [passage for name, passage in request.passages.items() if name not in part.cited]
        checked = self._checker.check(part.text, cited, others, question=request.question)
        before = [earlier.part.text for earlier in draft.sentences if earlier.shown]
        if checked.evidence and is_somebody_else(part.text, before, request.question, *checked.evidence[0]):
            checked = checked.refuted("misattributed", "the source says it of somebody else")
        if is_of_another_time(part.text, request.question, request.time, checked.evidence):
            checked = checked.refuted("date mismatch", "the source says it of another time than is asked about")
        if draft.close and checked.evidence and not only_shortens(part.text, checked.evidence):
            checked = checked.refuted("stitched", "it does more than leave out words of the quote")
        draft.sentences.append(Judged(part, checked))
        yield Said(*composed(draft.sentences))


def _concluded(quoted: Answer, draft: _Draft, writer: str) -> Answer:
    """The written answer, or the quotes where too little of it is borne out, or none where neither has one."""
    text, citations, statements = composed([*draft.failed, *draft.sentences])
    if draft.holds:
        lacking = (f"{writer} found no answer to a part of the question",) if draft.finds_nothing else ()
        notes = (*quoted.notes, *draft.notes, *lacking)
        written = replace(quoted, text=text, citations=citations, statements=statements, writer=writer, notes=notes)
        return _covered(written)
    if _finds_none(quoted, draft):
        note = f"{writer} found no answer in the passages either"
        blank = replace(quoted, text=ABSTENTION, citations=(), outcome="abstained", missing=())
        return _covered(replace(blank, notes=(*quoted.notes, note)))
    withheld = tuple(replace(statement, span=None) for statement in statements)
    if draft.finds_nothing and not withheld:
        note = f"{writer} found no answer in the passages, so quotes are given"
    else:
        note = f"less than half of what {writer} wrote is borne out by the briefings, so quotes are given"
    return replace(quoted, statements=withheld, notes=(*quoted.notes, note))


def _finds_none(quoted: Answer, draft: _Draft) -> bool:
    """Whether a draft that says only that it finds no answer is believed."""
    asserts = any(judged.checked.asserts for judged in draft.sentences)
    return draft.finds_nothing and not asserts and quoted.answerability < SURE and not draft.dictated


def _covered(answer: Answer) -> Answer:
    """The answer with the coverage of its quotes parted anew by what it quotes itself."""
    return replace(answer, coverage=answer.coverage and parted_by(answer.coverage, answer))
