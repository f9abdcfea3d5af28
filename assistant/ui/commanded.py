"""Where the page does what commands ask of it: those that have the key of its index folder."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from assistant.errors import AssistantError, InputError
from assistant.types import Answer
from assistant.ui.open_page import ASK, EXIT_CODE, SYNC, WITHIN, bearer
from assistant.ui.told import FAULT, Asked, AskedWithin, Step, Told, Wanted, brought_up_to_date, told_up_to_date
from assistant.work.codec import from_text, to_text

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute, Route

    from assistant.chat import Assistant

_log = logging.getLogger(__name__)

_Noun = TypeVar("_Noun")


def new_key() -> str:
    """A key that nobody can guess."""
    return secrets.token_urlsafe(32)


def command_routes(assistant: Assistant, key: str) -> list[BaseRoute]:
    """Where the page answers commands that have its key."""

    def ask(asked: Asked) -> Told:
        _check(assistant, asked.corpus)
        return told_up_to_date(assistant, asked)

    def within(asked: AskedWithin) -> Answer:
        return assistant.ask_within(asked.answer, asked.documents)

    def sync(wanted: Wanted) -> Iterator[Step]:
        _check(assistant, wanted.corpus)
        return brought_up_to_date(assistant)

    return [_route(ASK, key, Asked, ask), _route(WITHIN, key, AskedWithin, within), _route(SYNC, key, Wanted, sync)]


def _route(path: str, key: str, kind: type[_Noun], tell: Callable[[_Noun], object]) -> Route:
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import PlainTextResponse, StreamingResponse
    from starlette.routing import Route

    async def answer(request: Request) -> Response:
        given = request.headers.get("authorization", "")
        if not secrets.compare_digest(given.encode(), bearer(key).encode()):
            return PlainTextResponse("This needs the key in the index folder.\n", 403)
        try:
            noun = from_text(kind, (await request.body()).decode())
        except ValueError as error:
            return PlainTextResponse(f"{error}\n", 400)
        try:
            told = await run_in_threadpool(tell, noun)
        except AssistantError as error:
            return PlainTextResponse(str(error), 409, headers={EXIT_CODE: str(error.exit_code)})
        except Exception:  # a fault of ours is told, or the command would take the page for gone
            _log.exception("the page could not do what a command asked of it at %s", path)
            return PlainTextResponse(FAULT, 500, headers={EXIT_CODE: "1"})
        if isinstance(told, Iterator):
            return StreamingResponse((f"{to_text(each)}\n" for each in told), media_type="application/x-ndjson")
        return PlainTextResponse(to_text(told), media_type="application/json")

    return Route(path, answer, methods=["POST"])


def _check(assistant: Assistant, meant: str | None) -> None:
    corpus = str(assistant.library.corpus.resolve())
    if meant is not None and meant != corpus:
        raise InputError(
            f"the page that has this index open shows {corpus}, not {meant}: name another index with --index, "
            "or close the page first"
        )
