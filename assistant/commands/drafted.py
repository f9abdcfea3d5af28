"""A memo drafted on the command line, section by section: what there is of it is kept, however the draft ends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assistant.commands.progress import note
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.memos.drafting import Briefings
    from assistant.memos.memo import Memo
    from assistant.memos.template import Template


@dataclass(frozen=True, slots=True)
class Kept:
    """The .json file that a memo is kept in, None where there is none, and the command that goes on with it."""

    path: Path | None
    command: str


def drafted(briefings: Briefings, topic: str, template: Template, begun: Memo | None, kept: Kept) -> Memo:
    """The whole memo. Where its draft is stopped or fails, it is said what is kept and how to go on."""
    from assistant.memos.drafting import draft
    from assistant.memos.memo_file import write_memo

    done = total = 0
    try:
        for event in draft(briefings, topic, template, begun=begun):
            done, total = event.done, event.total
            if kept.path is not None and event.memo.sections:
                write_memo(event.memo, kept.path)
            if event.asking is not None:
                typer.secho(f"{done + 1} of {total}: {event.asking}", dim=True, err=True)
    except (KeyboardInterrupt, AssistantError):
        if done and kept.path is None:
            note(f"{done} of {total} sections are lost; with --out FILE.json, each is kept once it is there")
        elif done:
            note(f"{done} of {total} sections are kept in {kept.path}; go on with: {kept.command}")
        raise
    return event.memo
