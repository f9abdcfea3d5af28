"""What a command asks of the open page: one process alone may have the index open, and its model is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.errors import AssistantError, IndexBusy
from assistant.index.entries import no_document
from assistant.index.lock import owner_of
from assistant.index.snapshot import Snapshot
from assistant.types import Answer, Document
from assistant.ui.told import Asked, AskedWithin, Brought, Step, Told, Wanted
from assistant.work.codec import from_text, to_text

if TYPE_CHECKING:
    import httpx

    from assistant.index.report import SyncEvent

ASK, WITHIN, SYNC = "/command/ask", "/command/within", "/command/sync"
"""Where the page takes an `Asked`, an `AskedWithin` and a `Wanted`."""

EXIT_CODE = "assistant-exit-code"
"""The header of a reply that says why it cannot be told."""

_CONNECTING = 5.0  # seconds; an answer may take as long as it takes

_Reply = TypeVar("_Reply")


class OpenPage:
    """The page that has an index folder open, at `url`; `key` is the one that it wrote into the folder.

    What it is asked for is None where no page of ours is there any more. Raises `AssistantError`, with the exit code of
    what was raised there, where the page cannot tell it.
    """

    def __init__(self, url: str, key: str) -> None:
        self.url = url
        self._key = key

    def ask(self, asked: Asked) -> Told | None:
        """What the page says to a question."""
        return self._told(ASK, asked, Told)

    def ask_within(self, asked: AskedWithin) -> Answer | None:
        """What the page says where it asks some documents alone."""
        return self._told(WITHIN, asked, Answer)

    def sync(self, wanted: Wanted) -> Iterator[SyncEvent | Brought] | None:
        """The events of a sync of the page's index, each as it comes; the last is what is told instead of the report.

        Raises `IndexBusy` where the page goes away meanwhile.
        """
        reply = self._reply(SYNC, wanted)
        return None if reply is None else self._steps(reply)

    def _steps(self, reply: httpx.Response) -> Iterator[SyncEvent | Brought]:
        import httpx

        with closing(reply):
            try:
                for step in (from_text(Step, line) for line in reply.iter_lines()):
                    if step.failed is not None:
                        raise _error(step.failed.said, step.failed.exit_code)
                    for told in (step.scanned, step.done, step.brought):
                        if told is not None:
                            yield told
                    if step.brought is not None:
                        return
            except httpx.TransportError:
                pass
        raise IndexBusy(f"the page at {self.url} was closed meanwhile: start the command again")

    def _told(self, path: str, noun: object, kind: type[_Reply]) -> _Reply | None:
        import httpx

        reply = self._reply(path, noun)
        if reply is None:
            return None
        with closing(reply):
            try:
                return from_text(kind, reply.read().decode())
            except httpx.TransportError:
                return None

    def _reply(self, path: str, noun: object) -> httpx.Response | None:
        """The reply once it begins; whoever gets it closes it."""
        import httpx

        client = httpx.Client(timeout=httpx.Timeout(None, connect=_CONNECTING), trust_env=False)
        headers = {"authorization": bearer(self._key), "connection": "close"}
        request = client.build_request("POST", f"{self.url}{path}", content=to_text(noun), headers=headers)
        try:
            reply = client.send(request, stream=True)
        except httpx.TransportError:
            return None
        if code := reply.headers.get(EXIT_CODE):
            raise _error(reply.read().decode(), int(code))
        if reply.status_code != 200:
            reply.close()
            return None
        return reply


class BriefingsOfPage:
    """The briefings of an open page, as a memo is drafted from them: it answers, and the index is looked into.

    Raises `IndexBusy` where the page goes away meanwhile.
    """

    def __init__(self, page: OpenPage, index: Path) -> None:
        self._page = page
        self._snapshot = Snapshot(index)

    def ask(self, question: str) -> Answer:
        """The finished answer to a question."""
        told = self._page.ask(Asked(question, sync=False))
        return self._there(told).answer

    def ask_within(self, answer: Answer, documents: Sequence[str]) -> Answer:
        """The finished answer to the query of `answer` from some documents alone."""
        return self._there(self._page.ask_within(AskedWithin(answer, tuple(documents))))

    def document(self, id_or_path: str) -> Document:
        """The document with this id or path; raises `InputError` where there is none."""
        found = self._snapshot.document(id_or_path)
        if found is None:
            raise no_document(id_or_path)
        return found

    def _there(self, told: _Reply | None) -> _Reply:
        if told is None:
            raise IndexBusy(f"the page at {self._page.url} was closed while it was asked: start the command again")
        return told


def open_page(folder: Path) -> OpenPage | None:
    """The page that has this index folder open, as far as it says so to this user; None without one."""
    owner = owner_of(folder)
    return OpenPage(owner.url, owner.key) if owner is not None and owner.url and owner.key else None


def _error(said: str, exit_code: int) -> AssistantError:
    error = AssistantError(said)
    error.exit_code = exit_code
    return error


def bearer(key: str) -> str:
    """How a request shows that it has the key."""
    return f"Bearer {key}"
