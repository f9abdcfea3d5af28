"""What the page saves and brings back for whoever is logged in; a fault of it never keeps an answer from the page."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from assistant.errors import AssistantError, InputError
from assistant.memos.shelf import Shelf
from assistant.types import Answer, Turn
from assistant.ui.render import Progress
from assistant.work.case_file import CaseFile
from assistant.work.conversations import Conversations
from assistant.work.opening import Opened

_log = logging.getLogger(__name__)


class Saving:
    """Saves turns as they are answered. Without a database nothing can be saved; the warnings say why.

    `cases` is the golden file that bad answers become cases of; None where none are written.
    """

    def __init__(self, opened: Opened, *, cases: CaseFile | None = None) -> None:
        self._database = opened.database
        self.warnings = opened.warnings
        self.cases = cases

    def of(self, user: str | None) -> Conversations | None:
        """The conversations of a login, or those of everybody where the page has no logins; None without a database."""
        return Conversations(self._database, user or "") if self._database is not None else None

    def conversations(self, user: str | None) -> Conversations:
        """As `of`, where there must be some. Raises `InputError` without a database."""
        found = self.of(user)
        if found is None:
            raise InputError("conversations are not saved here")
        return found

    def shelf(self, user: str | None) -> Shelf | None:
        """The memos of a login, or those of everybody where the page has no logins; None without a database."""
        return Shelf(self._database, user or "") if self._database is not None else None

    def save(
        self,
        user: str | None,
        conversation: str,
        turn: Turn,
        *,
        finished: bool = True,
        gone: Sequence[Turn] = (),
    ) -> str:
        """Saves a turn in place of those that are `gone`: edited, or asked again.

        Returns what to say where that failed, or where another window added to the conversation; else "".
        """
        saved = self.of(user)
        if saved is None:
            return ""
        try:
            others = saved.others_since(conversation, gone)
            saved.save(conversation, turn, finished=finished, gone=gone)
        except AssistantError as error:
            return f"This answer was not saved: {error}."
        except Exception:  # a fault of ours must not take the answer away
            _log.exception("a turn of the conversation %r could not be saved", conversation)
            return "This answer was not saved: something went wrong inside the assistant, its log says what."
        if not others:
            return ""
        added = "1 question was" if others == 1 else f"{others} questions were"
        return (
            f"{added} asked in this conversation in another window. "
            "They are kept: load the page again to see everything in it."
        )

    def close(self) -> None:
        """Closes the file; answers that come later are not saved."""
        if self._database is not None:
            self._database.close()


def partial(now: Progress) -> Turn | None:
    """A stopped question with what had been said of its answer; None where that was nothing."""
    if now.quoted is not None and now.text:
        writer = "a language model"  # its name comes with the end of the answer
        answer = replace(now.quoted, text=now.text, citations=now.citations, statements=now.statements, writer=writer)
    elif now.quoted is not None:
        answer = now.quoted
    elif now.text:
        answer = Answer(now.question, now.query or now.question, now.text, "answered", now.citations, time=now.time)
    else:
        return None
    return Turn(now.question, answer)
