"""Questions that a command asks the open page: one process alone may have the index open, and its model is loaded."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, IndexBusy, InputError
from assistant.index.lock import owner_of
from assistant.index.report import SyncReport
from assistant.types import Answer
from assistant.work.codec import from_text, to_text

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from assistant.chat import Assistant

_PATH = "/command/ask"
_EXIT_CODE = "assistant-exit-code"
_CONNECTING = 5.0  # seconds; an answer may take as long as it takes


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command asks: a question, those asked before it, and whether the documents not used are asked as well.

    `corpus` is the folder of briefings that it means; None means whichever the page shows.
    """

    question: str
    history: tuple[str, ...]
    others: bool
    corpus: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What is told: the answer, that of the documents not used if there are any, notes about the index."""

    answer: Answer
    from_others: Answer | None
    notes: tuple[str, ...]


class OpenPage:
    """The page that has an index folder open, at `url`; `key` is the one that it wrote into the folder."""

    def __init__(self, url: str, key: str) -> None:
        self.url = url
        self._key = key

    def ask(self, asked: Asked) -> Told | None:
        """What the page tells; None where no page of ours is there any more.

        Raises `AssistantError`, with the exit code of what was raised there, where the page cannot answer.
        """
        import httpx

        wait = httpx.Timeout(None, connect=_CONNECTING)
        try:
            reply = httpx.post(
                f"{self.url}{_PATH}",
                content=to_text(asked),
                headers={"authorization": _bearer(self._key)},
                timeout=wait,
                trust_env=False,
            )
        except httpx.TransportError:
            return None
        if code := reply.headers.get(_EXIT_CODE):
            error = AssistantError(reply.text)
            error.exit_code = int(code)
            raise error
        return from_text(Told, reply.text) if reply.status_code == 200 else None


def open_page(folder: Path) -> OpenPage | None:
    """The page that has this index folder open, as far as it says so to this user; None without one."""
    owner = owner_of(folder)
    return OpenPage(owner.url, owner.key) if owner is not None and owner.url and owner.key else None


def new_key() -> str:
    """A key that nobody can guess."""
    return secrets.token_urlsafe(32)


def questions_route(assistant: Assistant, key: str) -> Route:
    """Where the page answers commands that have its key."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    async def answer(request: Request) -> Response:
        given = request.headers.get("authorization", "")
        if not secrets.compare_digest(given.encode(), _bearer(key).encode()):
            return PlainTextResponse("This needs the key in the index folder.\n", 403)
        try:
            asked = from_text(Asked, (await request.body()).decode())
        except ValueError as error:
            return PlainTextResponse(f"{error}\n", 400)
        try:
            told = await run_in_threadpool(_told_up_to_date, assistant, asked)
        except AssistantError as error:
            return PlainTextResponse(str(error), 409, headers={_EXIT_CODE: str(error.exit_code)})
        return PlainTextResponse(to_text(told), media_type="application/json")

    return Route(_PATH, answer, methods=["POST"])


def told_by(assistant: Assistant, asked: Asked, notes: Sequence[str] = ()) -> Told:
    """What an assistant says to a question, with what else is to be noted about its index."""
    answer = assistant.ask_after(asked.history, asked.question)
    more = assistant.ask_others(answer) if asked.others else None
    problem = assistant.vector_problem()
    return Told(answer, more, (*notes, problem) if problem else tuple(notes))


def _told_up_to_date(assistant: Assistant, asked: Asked) -> Told:
    """What it says after the index was brought up to the folder, as in a command that opens it itself."""
    corpus = str(assistant.library.corpus.resolve())
    if asked.corpus is not None and asked.corpus != corpus:
        raise InputError(
            f"the page that has this index open shows {corpus}, not {asked.corpus}: name another index with --index"
        )
    notes: list[str] = []
    with suppress(IndexBusy):  # where a sync is running the answer waits for nothing more
        for event in assistant.sync():
            if isinstance(event, SyncReport):
                notes += event.notes
    return told_by(assistant, asked, notes)


def _bearer(key: str) -> str:
    return f"Bearer {key}"
