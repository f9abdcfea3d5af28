"""Serves the page on one address: Gradio mounted in an app of ours, closed to everything that it does not need."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.chat import Assistant
from assistant.corpus.snapshot import MAX_BYTES
from assistant.errors import InputError
from assistant.importing import importing
from assistant.ui.commanded import command_routes, new_key
from assistant.ui.ending import ending_plainly
from assistant.ui.first_script import FirstScript
from assistant.ui.guard import LOOPBACK, Guard

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from assistant.reading.base import Verifier
    from assistant.ui.saving import Saving

_log = logging.getLogger(__name__)

_WITH_FORM = MAX_BYTES + 2**20
_USERS = "put `name:password` lines into a file and name it in the setting `users`"
_SESSIONS = 200
_WAITING = 50

_SET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "ANONYMIZED_TELEMETRY": "False",
}

Logins = Sequence[tuple[str, str]]


def serve(
    assistant: Assistant,
    *,
    saving: Saving | None = None,
    verifier: Verifier | None = None,
    host: str = "127.0.0.1",
    port: int = 7860,
    auth: Logins | None = None,
    public_url: str | None = None,
    open_browser: bool = False,
    announce: Callable[[str], None] = lambda text: _log.info("%s", text),
) -> None:
    """Shows the page until Ctrl+C or SIGTERM, then returns; the assistant starts once the page can be seen.

    `saving` keeps conversations, `verifier` judges sentences of edited memos. `auth` are names and passwords;
    `public_url` is where a proxy shows the page to others; `announce` is told the address. Raises `InputError` for a
    port that is taken, and without `auth` for whatever others can reach.
    """
    if public_url and not auth:
        raise InputError(f"the page is shown at {public_url!r}, and no users are set: {_USERS}")
    listening = bind(host, port, auth=auth)
    try:
        folder = close_gradio()
        try:
            shown_port = int(listening.getsockname()[1])
            shown_host = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
            url = f"http://{f'[{shown_host}]' if ':' in shown_host else shown_host}:{shown_port}"

            key = new_key()

            def ready() -> None:
                assistant.start()
                assistant.announce(url, key)
                announce(f"Briefing Assistant is at {url}   (Ctrl+C ends it)")
                if open_browser:
                    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

            app = build_app(
                assistant, saving=saving, verifier=verifier, host=host, auth=auth, public_url=public_url, key=key
            )
            _run(app, listening, ready)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        listening.close()


def bind(host: str, port: int, *, auth: Logins | None = None) -> socket.socket:
    """The socket the page is served at. Raises `InputError`, naming what to do, where it cannot or must not be had."""
    if not is_loopback(host) and not auth:
        raise InputError(f"host {host!r} can be reached by others, and no users are set: {_USERS}, or leave out --host")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise InputError(f"host {host!r} is not known: use 127.0.0.1 or an address of this machine") from error
    listening = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # elsewhere the option would let two programs share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        reason = (error.strerror or str(error)).lower()
        raise InputError(
            f"port {port} at {host} cannot be used ({reason}): "
            "end the program that has it, or use --port 0 for a free one"
        ) from error
    return listening


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    return host.casefold() in LOOPBACK or host.startswith("127.")


def close_gradio() -> Path:
    """Prepares the environment that Gradio reads when it is imported; returns its folder for uploads, ours alone.

    What could open a tunnel, allow more files, add end points or phone home is unset.
    """
    for name in [name for name in os.environ if name.startswith(("GRADIO_", "CHROMA_OTEL_"))]:
        del os.environ[name]
    os.environ.update(_SET)
    folder = Path(tempfile.mkdtemp(prefix="briefing-uploads-"))  # made with mode 0700
    os.environ["GRADIO_TEMP_DIR"] = str(folder)
    return folder


def build_app(
    assistant: Assistant,
    *,
    saving: Saving | None = None,
    verifier: Verifier | None = None,
    host: str = "127.0.0.1",
    auth: Logins | None = None,
    public_url: str | None = None,
    key: str | None = None,
) -> ASGIApp:
    """The ASGI app: the page behind the guard, and answers to commands that have the `key`.

    Call `close_gradio` before.
    """
    with importing("gradio"):
        import gradio as gr
        from fastapi import FastAPI

        from assistant.ui import theme
        from assistant.ui.layout import build_page

    page = build_page(assistant, saving=saving, verifier=verifier)
    page.state_session_capacity = _SESSIONS
    page.queue(max_size=_WAITING, default_concurrency_limit=4, api_open=False)
    app = gr.mount_gradio_app(
        FastAPI(docs_url=None, openapi_url=None, redoc_url=None, routes=command_routes(assistant, key) if key else []),
        page,
        path="/",
        server_name=host,
        footer_links=[],
        run_history=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        auth=[tuple(pair) for pair in auth] if auth else None,
        allowed_paths=[],
        blocked_paths=[str(assistant.library.corpus.resolve())],
        show_error=False,
        max_file_size=MAX_BYTES,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=theme.build_theme(),
        css=theme.style_sheet(),
        head=theme.head(),
    )
    app.add_middleware(FirstScript)
    hosts = {*LOOPBACK, host}
    if not is_loopback(host):
        hosts |= {socket.gethostname(), socket.getfqdn()}
    return Guard(app, hosts=hosts, max_body=_WITH_FORM, any_address=not is_loopback(host), public_url=public_url)


def _run(app: ASGIApp, listening: socket.socket, ready: Callable[[], None]) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        """Says when the page can be seen, and ends without passing the signal on, so that `serve` can tidy up."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready()

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            if threading.current_thread() is not threading.main_thread():
                yield
                return
            before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
            try:
                yield
            finally:
                for one, handler in before.items():
                    signal.signal(one, handler)

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=3,
        lifespan="on",
    )
    with ending_plainly():
        Server(config).run(sockets=[listening])
