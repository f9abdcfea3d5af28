"""What `assistant doctor` asks the LLM's server. Nothing of a document is sent, only requests for one word."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.commands.checkup import Finding, checked
from assistant.commands.counting import many
from assistant.errors import AssistantError, OutOfRoom
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.llms import LLM, Endpoint

_WORD = "Reply with one word only: ready"
_REPLY_TOKENS = 64
_NAMED = 5  # models of a list that are named


def check_llm(settings: Settings) -> Iterator[Finding]:
    """Every check of the LLM in order, as far as each makes sense after those before it."""
    from assistant.llms import build
    from assistant.llms.base import Sampling
    from assistant.llms.capabilities import is_listed, listing
    from assistant.wiring import endpoint_of

    if settings.llm_url is None:
        yield Finding("LLM", True, "none is set; answers are quotes from the briefings, and nothing is sent anywhere")
        return
    try:
        endpoint = endpoint_of(settings)
        llm = build(endpoint, Sampling(max_tokens=_REPLY_TOKENS))
        listed = listing(endpoint) if endpoint.url.lower().startswith("http") else None
    except AssistantError as error:
        yield Finding("LLM server", False, str(error))
        return
    if listed is not None:
        yield Finding("LLM server", True, _server(endpoint))
        if listed.status in (401, 403):
            said = f"refused (HTTP {listed.status}): set ASSISTANT_LLM_KEY to one that the server accepts"
            yield Finding("LLM key", False, said)
            return
    known = listed is None or not listed.models or is_listed(endpoint.model, listed.models)
    word = checked("LLM reply", lambda: _one_word(llm))
    if word.ok:
        yield Finding("LLM key", True, "accepted" if endpoint.key else "none is set, and none is asked for")
        also = "" if known else ", though the server's list does not name it"
        yield Finding("LLM model", True, f"{endpoint.model} replies{also}")
    elif listed is not None and not known:
        names = ", ".join(listed.models[:_NAMED]) + (" and others" if len(listed.models) > _NAMED else "")
        said = f"{endpoint.model} is not among those that the server lists: set ASSISTANT_LLM_MODEL to one of {names}"
        yield Finding("LLM model", False, said)
    yield checked("LLM context window", lambda: _window(endpoint))
    yield word
    if word.ok:
        yield checked("LLM stream", lambda: _streaming(llm))


def _server(endpoint: Endpoint) -> str:
    from assistant.llms.address import Address

    address = Address.of(endpoint.url)
    if address.near:
        return f"{address.url} answers; questions and passages stay on this machine"
    plain = " unencrypted" if address.url.startswith("http:") else ""
    return f"{address.url} answers; questions and passages are sent there{plain}"


def _window(endpoint: Endpoint) -> str:
    from assistant.llms.base import DEFAULT_CONTEXT
    from assistant.llms.capabilities import told_context

    told = told_context(endpoint)
    if endpoint.context is None:
        if told is None:
            return (
                f"{DEFAULT_CONTEXT:,} tokens are assumed, as the server does not say; ASSISTANT_LLM_CONTEXT sets more"
            )
        return f"{told:,} tokens, as the server says"
    if told is not None and told < endpoint.context:
        raise AssistantError(
            f"{endpoint.context:,} tokens are set, but the server says {told:,}: "
            "start it with a larger window, or correct ASSISTANT_LLM_CONTEXT"
        )
    return f"{endpoint.context:,} tokens, as set"


def _one_word(llm: LLM) -> str:
    """How long a short reply takes; one that is stopped at its limit is one, too."""
    start = time.perf_counter()
    try:
        said = f"“{' '.join(llm.complete(_WORD).text.split())[:40]}”"
    except OutOfRoom:
        said = f"{_REPLY_TOKENS} tokens"
    return f"{said} after {time.perf_counter() - start:.1f} s"


def _streaming(llm: LLM) -> str:
    start = time.perf_counter()
    first, pieces = 0.0, 0
    try:
        for piece in llm.stream_complete(_WORD):
            if piece.delta:
                first = first or time.perf_counter() - start
                pieces += 1
    except OutOfRoom:  # it was long enough
        pass
    return f"{many(pieces, 'piece', 'pieces')}, the first after {first:.1f} s"
