"""The assistant that every front end holds: questions in, answers with citations out, over one library."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.answering.base import Answerer
from assistant.answering.followups.condensing import condense
from assistant.answering.followups.doubts import doubts, what_it_rests_on
from assistant.corpus.encoding import decode
from assistant.errors import AssistantError, InputError, UnreadableFile
from assistant.index.entries import LibraryEntry
from assistant.index.library import Library
from assistant.index.report import SyncEvent
from assistant.language.askable import check
from assistant.language.dates import as_of_day, time_of_question, without_as_of
from assistant.readiness import Phase, Readiness
from assistant.types import Answer, AnswerEvent, Conversation, DateRange, Document, Done, Filters, Turn

__all__ = ["Assistant", "AssistantState", "LibraryEntry", "Phase"]

_FIRST = "Looking at the briefings."
_EXAMPLES = ".questions.txt"  # hidden, so that it is not read as a briefing


@dataclass(frozen=True, slots=True)
class AssistantState:
    """Where the assistant stands: its phase, a sentence for people, and example questions for an empty page.

    `note` says what about its answers a person should know who uses it; None where there is nothing.
    """

    phase: Phase
    detail: str
    examples: tuple[str, ...] = ()
    note: str | None = None


class Assistant:
    """Answers questions over a library of briefings. Safe to use from several threads; keeps no conversation itself.

    `prepare` loads what the first answer needs (the model); `start` does that and the first sync in the background,
    so that a page can be shown before. A question asked meanwhile waits. `condenser` makes a follow-up stand alone.
    """

    def __init__(
        self,
        library: Library,
        answerer: Answerer,
        *,
        prepare: Callable[[], None],
        condenser: Callable[[str, Conversation], str] = condense,
        today: Callable[[], date] = date.today,
        note: str | None = None,
    ) -> None:
        self.library = library
        self._to_know = note
        self._answerer = answerer
        self._prepare = prepare
        self._condenser = condenser
        self._today = today
        self._readiness = Readiness()

    def start(self) -> None:
        """Begins the first sync and the loading of the model in the background."""
        self._readiness.set("starting", _FIRST)
        threading.Thread(target=self._begin, name="assistant-start", daemon=True).start()

    def bring_up_to_date(self) -> Iterator[SyncEvent]:
        """Brings the index up to the folder, then loads what an answer needs; the last event is the `SyncReport`."""
        self._readiness.set("starting", _FIRST)
        yield from self._synced()
        self._get_ready()

    def sync(self) -> Iterator[SyncEvent]:
        """Brings the index up to the folder; the last event is the `SyncReport`.

        Where the start had failed, it then loads what an answer needs, so that questions are answered from now on.
        """
        yield from self._synced()
        if self._readiness.has_failed:
            with self._readiness.noting_failure():
                self._get_ready()

    def stream(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        filters: Filters = Filters(),
        use_time: bool = True,
        use_as_of: bool = True,
        as_of: date | None = None,
    ) -> Iterator[AnswerEvent]:
        """The events of one answer; waits until the assistant is ready, and starts it where nobody has.

        `as_of` answers as on that day: documents dated later are not searched, and "last month" is counted from it.
        "As of 5 May 2023" in the question does the same; with `use_as_of` False it hides nothing. With `use_time`
        False the time that is asked about ranks nothing.
        Raises `InputError` for a question that is empty, has no words, or is longer than 8,000 characters.
        """
        check(question)
        cleaned = " ".join(question.split())
        if not self._readiness.has_begun:  # else code that forgot to would wait for ever
            self.start()
        self._readiness.wait()
        query = self._condenser(cleaned, conversation) if conversation and conversation.turns else cleaned
        day, time, searched = self._times(query, as_of)
        day, time = day if use_as_of else as_of, time if use_time else None
        seen = filters if day is None else _until(filters, day)
        last = conversation.turns[-1].answer if conversation and conversation.turns else None
        doubted = last is not None and doubts(cleaned, last)
        for event in self._answerer.stream(cleaned, searched, filters=seen, time=time, conversation=conversation):
            told = _asked_as_of(event, query, searched, day)
            yield _with_what_it_rests_on(told) if doubted else told

    def ask(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        filters: Filters = Filters(),
        use_time: bool = True,
        use_as_of: bool = True,
        as_of: date | None = None,
    ) -> Answer:
        """The finished answer; raises as `stream` does."""
        return _finished(
            self.stream(
                question,
                conversation=conversation,
                filters=filters,
                use_time=use_time,
                use_as_of=use_as_of,
                as_of=as_of,
            )
        )

    def stream_within(
        self, answer: Answer, documents: Sequence[str], *, conversation: Conversation | None = None
    ) -> Iterator[AnswerEvent]:
        """The events of the answer to the query of `answer` from some documents alone, by their ids, under its filters.

        With the `others` of its coverage it adds what the documents say that it does not use.
        Raises `InputError` where no document is given.
        """
        if not documents:
            raise InputError("there are no other documents that mention this: ask another question")
        self._readiness.wait()
        only = replace(answer.filters, documents=tuple(documents))
        _, _, searched = self._times(answer.query, answer.as_of)
        events = self._answerer.stream(
            answer.question, searched, filters=only, time=answer.time, conversation=conversation
        )
        for event in events:
            yield _asked_as_of(event, answer.query, searched, answer.as_of)

    def ask_others(self, answer: Answer) -> Answer | None:
        """What the documents say that mention the subject of an answer and that it does not use; None without any.

        An abstention that uses none has read them all, so there is nothing to add.
        """
        known = answer.coverage
        if known is None or not known.others or (not known.used and answer.outcome == "abstained"):
            return None
        return self.ask_within(answer, [source.document_id for source in known.others])

    def ask_within(self, answer: Answer, documents: Sequence[str]) -> Answer:
        """The finished answer to the query of `answer` from some documents alone; see `stream_within`."""
        return _finished(self.stream_within(answer, documents))

    def ask_after(self, history: Sequence[str], question: str, *, as_of: date | None = None) -> Answer:
        """The answer to `question` in a new conversation in which those of `history` were asked before, in order."""
        conversation = Conversation(id="questions in order")
        for earlier in history:
            answer = self.ask(earlier, conversation=conversation, as_of=as_of)
            conversation = conversation.with_turn(Turn(earlier, answer))
        return self.ask(question, conversation=conversation, as_of=as_of)

    def documents(self) -> Sequence[LibraryEntry]:
        """Everything in the library, with its status."""
        return self.library.entries()

    def document(self, id_or_path: str) -> Document:
        """The document with this id or path; raises `InputError` where there is none."""
        return self.library.document(id_or_path)

    def add_upload(self, name: str, content: Path) -> str:
        """See `Library.add_upload`; the next `sync` indexes it."""
        return self.library.add_upload(name, content)

    def remove(self, path: str, *, delete_file: bool = False) -> None:
        """See `Library.remove`."""
        self.library.remove(path, delete_file=delete_file)

    def restore(self, path: str) -> None:
        """See `Library.restore`; the next `sync` reads the file again."""
        self.library.restore(path)

    def vector_problem(self) -> str | None:
        """See `BriefingIndex.vector_problem`."""
        return self.library.index.vector_problem()

    @property
    def is_ready(self) -> bool:
        """Whether a question would be answered at once, without waiting for the start."""
        return self._readiness.is_settled

    def state(self) -> AssistantState:
        """Where the assistant stands now."""
        phase, detail = self._readiness.told()
        return AssistantState(phase, detail, self._examples(), self._to_know)

    def announce(self, url: str, key: str | None = None) -> None:
        """Lets a second process that finds the index in use know where this one serves, and the key for questions."""
        self.library.index.announce(url, key)

    def close(self) -> None:
        """Closes the index and gives its folder back."""
        self.library.index.close()

    def _times(self, query: str, as_of: date | None) -> tuple[date | None, DateRange | None, str]:
        """The day as of which a query is answered, the time it asks about, and the query to be searched.

        A day that is given goes before the one in the query. The words that say as of when are not those of the time
        ("As of July, how many ships came in April?"), and no document need have them.
        """
        said = as_of_day(query, today=self._today())
        day = as_of or (said[0] if said else None)
        found = time_of_question(query, today=day or self._today(), leaving_out=said[1] if said else None)
        return day, found[0] if found else None, without_as_of(query, said[1]) if said else query

    def _begin(self) -> None:
        with suppress(AssistantError), self._readiness.noting_failure():
            for _ in self.bring_up_to_date():
                pass

    def _get_ready(self) -> None:
        self._readiness.set("starting", "Loading the model.")
        self._prepare()
        self._readiness.set("ready", "Ready.")

    def _synced(self) -> Iterator[SyncEvent]:
        return self._readiness.following(self.library.sync(), lambda: self.library.index.status().documents)

    def _examples(self) -> tuple[str, ...]:
        """Questions from the file `.questions.txt` in the corpus folder, one a line, read as a briefing would be."""
        try:
            lines = decode((self.library.corpus / _EXAMPLES).read_bytes()).text.splitlines()
        except (OSError, UnreadableFile):
            return ()
        return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _finished(events: Iterator[AnswerEvent]) -> Answer:
    for event in events:
        if isinstance(event, Done):
            return event.answer
    raise AssistantError("the answer was not finished: ask again")


def _asked_as_of(event: AnswerEvent, query: str, searched: str, day: date | None) -> AnswerEvent:
    """An event of the answer to what was `searched`; at its end with the day, and the query as it was asked."""
    if not isinstance(event, Done):
        return event
    answer = event.answer
    return Done(replace(answer, query=query if answer.query == searched else answer.query, as_of=day))


def _with_what_it_rests_on(event: AnswerEvent) -> AnswerEvent:
    """An event of the answer to a question that was asked again, at its end with what the answer rests on."""
    if not isinstance(event, Done):
        return event
    return Done(replace(event.answer, notes=(what_it_rests_on(event.answer), *event.answer.notes)))


def _until(filters: Filters, day: date) -> Filters:
    """The same filters, without documents dated after `day`."""
    start, end = (filters.dates.start, filters.dates.end) if filters.dates else (None, None)
    return replace(filters, dates=DateRange(start, min(day, end) if end else day))
