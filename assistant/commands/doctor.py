"""`assistant doctor`: whether everything is in order, and what to do where it is not."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING

import typer

from assistant.commands.checkup import Finding, check_machine
from assistant.commands.checkup_llm import check_llm
from assistant.commands.folders import with_remembered_corpus
from assistant.commands.options import AsJson, Corpus, Index
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.llms.discovery import FoundServer


def doctor(corpus: Corpus = None, index: Index = None, as_json: AsJson = False) -> None:
    """Check Python, briefings, index, models and the LLM, and say what to do where something is wrong.

    Changes nothing, and may run while the page is open. The LLM is sent a request for one word, and no document.

    Exit code 0 when everything is in order, 1 when something is not.
    """
    from assistant.llms.discovery import found_servers

    settings = with_remembered_corpus(Settings.read(corpus=corpus, index=index))
    findings = []
    for finding in chain(check_machine(settings), check_llm(settings)):
        findings.append(finding)
        if not as_json:
            _print(finding)
    wrong = sum(not finding.ok for finding in findings)
    lost = any(finding.check.startswith("LLM") and not finding.ok for finding in findings)
    offers = (
        [each for each in found_servers() if each.url != settings.llm_url] if settings.llm_url is None or lost else []
    )
    if as_json:
        found = {"checks": [asdict(each) for each in findings], "found_servers": [asdict(each) for each in offers]}
        typer.echo(json.dumps({"ok": not wrong, **found}, ensure_ascii=False, indent=2))
    else:
        for offer in offers:
            typer.echo(_offer(offer))
        typer.secho(f"{wrong} of {len(findings)} checks failed." if wrong else "Everything is in order.", bold=True)
    if wrong:
        raise typer.Exit(1)


def _offer(server: FoundServer) -> str:
    """What to set to use a server that was found."""
    more = f" It has {len(server.models)} models." if len(server.models) > 1 else ""
    return (
        f"Found on this machine, and not used: {server.name}.{more} To let it write answers, set "
        f"ASSISTANT_LLM_URL={server.url} and ASSISTANT_LLM_MODEL={server.models[0]}"
    )


def _print(finding: Finding) -> None:
    """One line a check, which says first whether there is something to do."""
    if finding.ok:
        typer.echo(f"OK, {finding.check}: {finding.said}.")
    else:
        typer.secho(f"Problem, {finding.check}: {finding.said}.", fg=typer.colors.RED)
