"""A language model whose replies are kept in a file, so that a run can be stopped, gone on with and judged anew."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from pydantic import PrivateAttr

from assistant.errors import ReplyCutShort
from benchmarks.streaming_llm import StreamingLLM


class RememberedLLM(StreamingLLM):
    """Asks `inner` each prompt once and keeps the reply, with its times, as a line of JSON in `file`.

    A kept reply comes at once; `seconds` and `first` of the last reply are those of when it was written: until its end
    and until its first piece.
    """

    _file: Path = PrivateAttr()
    _kept: dict[str, dict[str, Any]] = PrivateAttr(default_factory=dict)
    seconds: float = 0.0
    first: float = 0.0

    def __init__(self, inner: Any, file: Path) -> None:
        super().__init__(inner)
        self._file = file
        if file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                self._kept[row["key"]] = row

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> Iterator[ChatResponse]:
        """The kept reply, or a new one, in one piece."""
        reply = self._reply(messages, kwargs)
        yield ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=reply), delta=reply)

    def _reply(self, messages: Sequence[ChatMessage], kwargs: dict[str, Any]) -> str:
        said = [(message.role.value, str(message.content)) for message in messages]
        key = sha256(repr((self.metadata.model_name, said)).encode()).hexdigest()
        if key not in self._kept:
            self._kept[key] = {"key": key, **self._asked(messages, kwargs)}
            with self._file.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(self._kept[key], ensure_ascii=False) + "\n")
        row = self._kept[key]
        self.seconds, self.first = row["seconds"], row["first"]
        return str(row["text"])

    def _asked(self, messages: Sequence[ChatMessage], kwargs: dict[str, Any]) -> dict[str, Any]:
        start, first, text = time.perf_counter(), None, ""
        with suppress(ReplyCutShort):  # a reply without an end is a reply, too
            for piece in self._inner.stream_chat(messages, **kwargs):
                first = first if first is not None else time.perf_counter() - start
                text += piece.delta or ""
        return {"text": text, "seconds": time.perf_counter() - start, "first": first or 0.0}
