"""The check of an edited memo: upload, progress, what was found, and the memo with comments to download."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import gradio as gr

from assistant.chat import Assistant
from assistant.errors import AssistantError
from assistant.memos.verifying.checking import Verification, verify_in_steps
from assistant.memos.verifying.comments import commented
from assistant.memos.verifying.edited import FORMATS, read_edited
from assistant.reading.base import Verifier
from assistant.ui import render_library, render_verification

_LOOK_SECONDS = 0.5
_SAY_SECONDS = 0.3

_INVITATION = """
<h1>Verify a memo</h1>
<p>Drop a memo that was exported and edited: .docx, .md or .html. Each sentence and each footnote is checked against
the library as it is now. Tracked changes count as accepted. The file is not added to the library.</p>
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """Where a check is: what is said about it as HTML; at its end what was found, and the memo with comments.

    A check that failed is not `running` either, and has found nothing.
    """

    said: str
    running: bool = True
    found: Verification | None = None
    word: bytes | None = None


@dataclass
class Desk:
    """What one window checks: the name of the memo, None while it checks none."""

    checking: str | None = None


def build_verifying(assistant: Assistant, verifier: Verifier) -> None:
    """Places the panel."""
    gr.HTML(_INVITATION, elem_id="verify-invitation", apply_default_css=False)
    drop = gr.File(
        label="Drop a memo here, or choose it",
        show_label=False,
        file_count="single",
        file_types=list(FORMATS),
        type="filepath",
        height=148,
        elem_id="verify-drop",
    )
    desk = gr.State(Desk())
    refused = gr.HTML("", elem_id="verify-refused", apply_default_css=False)
    with gr.Row(elem_id="verify-progress"):
        said = gr.HTML("", elem_id="verify-said", apply_default_css=False)
        stop = gr.Button("Stop", size="sm", scale=0, min_width=80, visible=False, elem_id="verify-stop")
    with gr.Row(elem_id="verify-tools"):
        only = gr.Checkbox(
            label="Only what is not in order or reworded",
            value=False,
            visible=False,
            interactive=True,
            container=False,
            elem_id="verify-only",
        )
        download = gr.DownloadButton(
            "Download with comments (.docx)",
            visible=False,
            size="sm",
            scale=0,
            min_width=240,
            elem_id="verify-download",
        )
    listed = gr.HTML("", elem_id="verify-list", apply_default_css=False)
    outputs = [drop, refused, said, stop, only, download, listed]
    turn = threading.Lock()  # one check at a time, whoever asks for it

    def check(file: str | None, desk: Desk) -> Iterator[list[object]]:
        if file is None:
            yield [gr.skip() for _ in outputs]
            return
        path = Path(file)
        if desk.checking is not None:
            yield [None, _refusal(path.name, desk.checking), *(gr.skip() for _ in outputs[2:])]
            return
        desk.checking = path.name
        refusal: object = ""  # an earlier one is over, a later one stays
        try:
            for step in checked(assistant, verifier, path, turn=turn):
                if not step.running:
                    desk.checking = None
                if step.found is None:
                    yield [None, refusal, step.said, gr.Button(visible=step.running), *_hidden()]
                    refusal = gr.skip()
                    continue
                with tempfile.TemporaryDirectory() as folder:  # Gradio has made a copy when it asks for more
                    shown = _shown(step, Path(folder) / f"{path.stem}-checked.docx")
                    yield [None, refusal, "", gr.Button(visible=False), *shown]
        finally:
            desk.checking = None

    def stopped(desk: Desk) -> list[object]:
        desk.checking = None
        said = render_library.notice("The check was stopped.")
        return [None, "", said, gr.Button(visible=False), *_hidden()]

    private = {"api_visibility": "private", "show_progress": "hidden"}
    # more than once at a time, so that a second memo is told of the first instead of being dropped in silence
    checking = drop.upload(check, [drop, desk], outputs, trigger_mode="multiple", concurrency_limit=None, **private)
    stop.click(stopped, desk, outputs, cancels=checking, queue=False, **private)


def _refusal(name: str, other: str) -> str:
    return render_library.notice(
        f"While {other} is checked, {name} is not: drop it again when that check has ended, or press Stop first.",
        problem=True,
    )


def _hidden() -> list[object]:
    return [gr.Checkbox(visible=False), gr.DownloadButton(visible=False), ""]


def _shown(step: Checked, path: Path) -> list[object]:
    assert step.found is not None
    faults = bool(step.found.faults)
    button = gr.DownloadButton(visible=False)
    if faults and step.word is not None:
        path.write_bytes(step.word)
        button = gr.DownloadButton(value=str(path), visible=True)
    look = faults or bool(step.found.reworded)
    return [gr.Checkbox(value=look, visible=look), button, step.said]


def checked(
    assistant: Assistant,
    verifier: Verifier,
    path: Path,
    *,
    turn: threading.Lock,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Checked]:
    """The steps of a check of the file at `path`; waits until the briefings are read, and for its turn.

    A failure is said, not raised.
    """
    name = path.name
    while not turn.acquire(timeout=_LOOK_SECONDS):
        yield Checked(render_library.notice(f"{name} waits until another check has ended …"))
    try:
        while not assistant.is_ready:
            yield Checked(render_library.notice(f"{name} waits until the briefings are read …"))
            time.sleep(_LOOK_SECONDS)
        yield Checked(render_library.notice(f"Reading {name} …"))
        memo = read_edited(path)
        said = -_SAY_SECONDS
        for event in verify_in_steps(memo, assistant.library.index.document, verifier):
            if event.found is not None:
                word = commented(path, event.found) if event.found.faults else None
                yield Checked(render_verification.findings(name, event.found), False, event.found, word)
            elif clock() - said >= _SAY_SECONDS:
                said = clock()
                yield Checked(render_verification.progress(name, event))
    except AssistantError as error:
        yield Checked(render_library.notice(str(error), problem=True), running=False)
    finally:
        turn.release()
