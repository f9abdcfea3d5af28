"""The library: documents with their status, uploads, removal with undo, bringing the index up to date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import gradio as gr

from assistant.chat import Assistant
from assistant.corpus import READERS, SUPPORTED
from assistant.corpus.snapshot import MAX_BYTES
from assistant.errors import AssistantError
from assistant.index.report import FileDone, FileOutcome, Scanned, SyncReport
from assistant.ui import render_library
from assistant.ui.render_library import Upload, UploadStage
from assistant.ui.syncing import synced_in_turn
from assistant.ui.wording import format_name

MAX_FILES = 200

_FORMATS = ", ".join(dict.fromkeys(format_name(one.media_type) for one in READERS.values()))
_INVITATION = f"""
<h1>Library</h1>
<p>Add files of up to {MAX_BYTES // 1_000_000} MB each. Formats: {_FORMATS}.</p>
"""

_DIALOG = """
<dialog id="removal" aria-labelledby="removal-title">
  <form method="dialog">
    <h2 id="removal-title">Remove this document?</h2>
    <p class="name"></p>
    <p>It is no longer searched. You can undo this.</p>
    <div class="buttons">
      <button value="index" class="strong">Remove from the index</button>
      <button value="file">Delete the uploaded file as well</button>
      <button value="">Cancel</button>
    </div>
  </form>
</dialog>
"""


def build_library(assistant: Assistant, tab: gr.Tab) -> None:
    """Places the panel; the list is read anew whenever its tab is chosen."""
    gr.HTML(_INVITATION, elem_id="invitation", apply_default_css=False)
    drop = gr.File(
        label="Drop files here, or choose them",
        show_label=False,
        file_count="multiple",
        file_types=list(SUPPORTED),
        type="filepath",
        height=148,
        elem_id="drop",
    )
    uploading = gr.HTML("", elem_id="uploading", apply_default_css=False)
    with gr.Row(elem_id="library-tools"):
        words = gr.Textbox(
            label="Search the library",
            show_label=False,
            placeholder="Search the library …",
            container=False,
            scale=1,
            max_length=200,
            elem_id="library-search",
        )
        again = gr.Button("Update", scale=0, min_width=96, elem_id="resync")
    notice = gr.HTML("", elem_id="library-notice", apply_default_css=False)
    listed = gr.HTML("", elem_id="library-list", apply_default_css=False)
    bridge = gr.HTML(
        html_template=_DIALOG,
        js_on_load="window.briefing.connect('library', {trigger}); // 'remove' 'restore'",
        apply_default_css=False,
        elem_id="library-bridge",
    )

    def show(text: str) -> str:
        return listed_with_problem(assistant, text)

    def upload(files: list[str] | None, text: str) -> Iterator[list[object]]:
        empty: object = None  # once: the files that are dropped meanwhile stay there until their turn
        for said in uploaded(assistant, files or []):
            yield [empty, said, show(text)]
            empty = gr.skip()

    def sync(text: str) -> Iterator[list[object]]:
        for line in synced(assistant):
            yield [line, gr.skip()]
        yield [gr.skip(), show(text)]

    def remove(event: gr.EventData, text: str) -> list[object]:
        return [removed(assistant, str(event.entry), delete_file=event.delete_file is True), show(text)]

    def restore(event: gr.EventData, text: str) -> Iterator[list[object]]:
        for line in restored(assistant, str(event.entry)):
            yield [line, gr.skip()]
        yield [gr.skip(), show(text)]

    private = {"api_visibility": "private", "show_progress": "hidden"}
    # "multiple": what is dropped or removed while files are being read waits its turn; else it would be lost unsaid.
    changing = {"concurrency_id": "library", "concurrency_limit": 1, "trigger_mode": "multiple"}
    tab.select(show, words, listed, queue=False, **private)
    words.input(show, words, listed, queue=False, trigger_mode="always_last", **private)
    drop.upload(upload, [drop, words], [drop, uploading, listed], **changing, **private)
    again.click(sync, words, [notice, listed], **{**changing, "trigger_mode": "once"}, **private)
    bridge.remove(remove, words, [notice, listed], **changing, **private)
    bridge.restore(restore, words, [notice, listed], **changing, **private)


def listed_with_problem(assistant: Assistant, words: str) -> str:
    """The documents that match, below what is wrong with the vector index, if anything is."""
    problem = assistant.vector_problem()
    said = render_library.notice(problem, problem=True) if problem else ""
    return f"{said}{render_library.documents(assistant.documents(), words)}"


def uploaded(assistant: Assistant, files: Sequence[str]) -> Iterator[str]:
    """Takes the files into the library one by one, then has them read; says how far each is."""
    held: list[Upload] = []
    taken_out = {entry.path for entry in assistant.documents() if entry.status == "removed"}
    for file in files[:MAX_FILES]:
        name = Path(file).name
        try:
            path = assistant.add_upload(name, Path(file))
            if path in taken_out:  # who uploads a file again wants it to be searched again
                assistant.restore(path)
            held.append(Upload(name, path))
        except AssistantError as error:
            held.append(Upload(name, stage="failed", reason=str(error)))
        yield render_library.uploads(held)
    if len(files) > MAX_FILES:
        left = f"{len(files) - MAX_FILES} more files"
        held.append(Upload(left, stage="failed", reason=f"at most {MAX_FILES} at once"))
    try:
        for event in synced_in_turn(assistant):
            if event is None:
                waiting = "it is read when the indexing under way has ended"
                yield render_library.uploads([replace(one, reason=one.reason or waiting) for one in held])
            elif isinstance(event, Scanned):
                held = [replace(one, stage="reading") if one.stage == "received" else one for one in held]
                yield render_library.uploads(held)
            elif isinstance(event, FileDone):
                held = [_done(one, event.outcome) if one.path == event.outcome.path else one for one in held]
                yield render_library.uploads(held)
            elif isinstance(event, SyncReport):
                held = [_settled(one, event) for one in held]
    except AssistantError as error:
        unfinished = ("received", "reading")
        held = [replace(one, stage="failed", reason=str(error)) if one.stage in unfinished else one for one in held]
    yield render_library.uploads(held)


def synced(assistant: Assistant) -> Iterator[str]:
    """Brings the index up to date; one line for each step."""
    try:
        for event in assistant.sync():
            yield render_library.sync_line(event)
    except AssistantError as error:
        yield render_library.notice(str(error), problem=True)


def removed(assistant: Assistant, path: str, *, delete_file: bool) -> str:
    """Takes a file out and says so, with the undo."""
    try:
        assistant.remove(path, delete_file=delete_file)
    except AssistantError as error:
        return render_library.notice(str(error), problem=True)
    return render_library.removed(path, deleted=delete_file)


def restored(assistant: Assistant, path: str) -> Iterator[str]:
    """Undoes a removal and has the file read again."""
    try:
        assistant.restore(path)
    except AssistantError as error:
        yield render_library.notice(str(error), problem=True)
        return
    yield from synced(assistant)


def _settled(upload: Upload, report: SyncReport) -> Upload:
    """An upload as the finished sync left it; a file whose text was there already says so."""
    for outcome in report.outcomes:
        if outcome.path == upload.path and upload.stage == "reading":
            return _done(upload, outcome)
    return upload


def _done(upload: Upload, outcome: FileOutcome) -> Upload:
    """An upload as it was read. One whose text stood under another name before is indexed as any other."""
    stage: UploadStage = "failed" if outcome.status == "failed" else "indexed"
    reason = None if outcome.status == "renamed" else outcome.reason
    return replace(upload, stage=stage, reason=reason, chunks=outcome.chunks)
