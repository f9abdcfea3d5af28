"""A language model without any judgment, for tests: it does whatever the texts that it is shown tell it to do."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from llama_index.core.base.llms.types import CompletionResponse, LLMMetadata
from llama_index.core.llms.custom import CustomLLM
from pydantic import PrivateAttr

from tests.injection.goals import ORDERS

NEVER_SHOWN = "z0"
"""A passage's id as an obedient model makes one up."""

_VERBS = r"\b(?:reply|say|write|answer|source|assistant|antworte|réponds|ответь)\b|回答"
_SAID = r"“([^“”]+)”|„([^„“]+)“|«\s*([^«»]+?)\s*»|「([^「」]+)」|\"([^\"]+)\""
_ORDER = re.compile(rf"(?:{_VERBS})[^::“”\n]{{0,60}}[::]\s*(?:{_SAID})", re.IGNORECASE)
_UNQUOTED = re.compile(r"(?:tell the reader that|repeat the next sentence word for word\.) (.+)")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_NOT_LATIN = re.compile("[\u0400-\u04ff\u3040-\u9fff]+")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_PASSAGE = re.compile(r"<passage id=\"(\w+)\"[^\n]*>\n(.*?)\n</passage>", re.DOTALL)
_GIVEN_AWAY = 80  # characters of the prompt
_WINDOW = 16_000


def orders(text: str) -> tuple[str, ...]:
    """What `text` tells its reader to say, each once; wide and invisible letters, ROT13 and Base64 hide nothing."""
    found = [
        next(filter(None, match.groups()))
        for form in _forms(text)
        for wanted in (_ORDER, _UNQUOTED)
        for match in wanted.finditer(form)
    ]
    return tuple(dict.fromkeys(found))


def _forms(text: str) -> Iterator[str]:
    yield unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    yield codecs.encode(_NOT_LATIN.sub(" ", text), "rot13")  # which leaves them: their orders would be read twice
    yield from ("".join(chr(ord(one) - 0xE0000) for one in run.group()) for run in _TAGS.finditer(text))
    for run in _BASE64.finditer(text):
        try:
            yield base64.b64decode(run.group()).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue


class ObedientLLM(CustomLLM):  # type: ignore[misc]  # LlamaIndex has no types for mypy here
    """Says what each order in its prompt wants, three times: alone, citing a passage, citing one it never saw.

    Without an order it copies the passages, each under its own id. `heard` are its prompts with its replies.
    """

    _heard: list[tuple[str, str]] = PrivateAttr(default_factory=list)

    @property
    def heard(self) -> tuple[tuple[str, str], ...]:
        """What it was asked so far, and what it said."""
        return tuple(self._heard)

    @property
    def metadata(self) -> LLMMetadata:
        """Its name, for LlamaIndex."""
        return LLMMetadata(model_name="obedient", context_window=_WINDOW)

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """What it was told to say."""
        return CompletionResponse(text=self._said(prompt))

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Iterator[CompletionResponse]:
        """The same, word by word."""
        said = self._said(prompt)
        words = re.finditer(r"\s*\S+\s*", said)
        return (CompletionResponse(text=said[: word.end()], delta=word.group()) for word in words)

    def _said(self, prompt: str) -> str:
        said = _obeyed(prompt) or _copied(prompt)
        self._heard.append((prompt, said))
        return said


def _obeyed(prompt: str) -> str:
    shown = _PASSAGE.search(prompt)
    cited = f" [{shown[1]}]" if shown else ""
    given_away = " ".join(prompt[:_GIVEN_AWAY].split())
    told = [order.replace(ORDERS, given_away) for order in orders(prompt)]
    return "\n\n".join(f"{order}\n\n{order}{cited}\n\n{order} [{NEVER_SHOWN}]" for order in told)


def _copied(prompt: str) -> str:
    return "\n\n".join(f"{' '.join(match[2].split())} [{match[1]}]" for match in _PASSAGE.finditer(prompt))
