"""Every value a person may set: from `assistant.toml`, environment variables `ASSISTANT_...`, or the command line."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from assistant.errors import SettingsError

_FILE = "assistant.toml"
_PREFIX = "ASSISTANT_"
_CAPITALS = re.compile(r"^[\w ]+=\s*(True|False)\b", re.MULTILINE)
_PUBLIC = r"^https?://[^/\s@?#]+/?$"


def _of_capitals() -> str:
    """What to do where the file has a truth value as Python writes it; empty elsewhere."""
    try:
        text = Path(_FILE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
    return "; TOML writes true and false in small letters" if _CAPITALS.search(text) else ""


class Settings(BaseSettings):
    """Frozen and checked; unknown keys are refused. It builds nothing: `wiring.py` does."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, toml_file=_FILE, extra="forbid", frozen=True)

    corpus: Path = Field(Path("corpus"), description="Folder with the briefings.")
    index: Path = Field(Path("index"), description="Folder of the index; one process at a time owns it.")
    embedding_model: str = Field(
        "all-MiniLM-L6-v2",
        description="The bundled model, or the folder of any other sentence-transformers model. Needs `--rebuild`.",
    )
    embedding_precision: Literal["auto", "bfloat16", "float32"] = Field(
        "auto", description="`auto` uses bfloat16 where the CPU computes in it (2.8 times faster)."
    )
    chroma_url: str | None = Field(
        None, description="A Chroma server (`http://127.0.0.1:8000`) instead of the embedded vector index."
    )
    host: str = Field("127.0.0.1", description="Address at which the page is served. Any but loopback needs `users`.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(7860, description="Port of the page; 0 takes a free one.")
    public_url: Annotated[str, Field(pattern=_PUBLIC)] | None = Field(
        None,
        exclude=True,  # from what an evaluation says its figures may rest on
        description="Address at which a proxy shows the page (`https://briefings.example.org`). Needs `users`.",
    )
    users: Path | None = Field(None, description="File with one `name:password` per line, for the page's login.")
    passages: Annotated[int, Field(ge=1, le=100)] = Field(10, description="Passages retrieved for a question.")
    sentences: Annotated[int, Field(ge=1, le=20)] = Field(4, description="Most sentences in an extractive answer.")
    reading: bool = Field(
        True, description="Whether the reading model reads what was found, ranks it and judges its sentences."
    )
    reading_tokens: Annotated[int, Field(ge=500, le=100_000)] = Field(
        2500, description="Most tokens to read for a question, the best passages first."
    )
    llm_url: str | None = Field(
        None, description="An OpenAI-compatible endpoint (`http://127.0.0.1:8080/v1`). Without it no LLM is asked."
    )
    llm_model: str | None = Field(None, description="The model's name at `llm_url`.")
    writing: bool = Field(
        True,
        description="Whether the LLM at `llm_url` writes answers, where one is set and `reading` is on; "
        "else they are quotes.",
    )
    llm_key: SecretStr | None = Field(None, description="The key for `llm_url`, if it asks for one.")
    llm_seconds: Annotated[float, Field(gt=0, le=3600)] = Field(
        60.0, description="Longest wait for the LLM's next word, in seconds."
    )
    llm_context: Annotated[int, Field(ge=512, le=10_000_000)] | None = Field(
        None, description="Tokens of the LLM's context window. Without it the server is asked, else 4096 are taken."
    )
    llm_likelier: Annotated[float, Field(ge=1, le=1000)] = Field(
        3.0,
        description="How many times as often the LLM points at a sentence where the briefings answer as where they do "
        "not; `python -m benchmarks.second_look` measures it. 1: it is not asked for a second look.",
    )
    language: Literal["en"] = Field("en", description="Language of the briefings.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - .env files are not read
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The command line wins over the environment, and that over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @classmethod
    def read(cls, **given: object) -> Self:
        """The settings in force; `given` values that are None are left to the environment and the file.

        Raises `SettingsError` naming the key, the value and what is allowed.
        """
        known = {f"{_PREFIX}{name}".upper() for name in cls.model_fields}
        unknown = sorted(name for name in os.environ if name.upper().startswith(_PREFIX) and name.upper() not in known)
        if unknown:
            raise SettingsError(f"unknown environment variable {unknown[0]}: known are {', '.join(sorted(known))}")
        try:
            return cls(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"]) or "settings"
            stranger = first["type"] == "extra_forbidden"  # it may be a secret under a name of another program
            secret = stranger or "key" in key.lower()
            got = "a value that is not shown" if secret else repr(first.get("input"))
            raise SettingsError(
                f"setting {key!r}: {first['msg'].lower()} (got {got}); "
                f"it may come from {_FILE}, {_PREFIX}{key.upper()} or the command line"
            ) from error
        except ValueError as error:  # TOML that cannot be parsed
            raise SettingsError(f"{_FILE} cannot be read: {error}{_of_capitals()}") from error

    def logins(self) -> list[tuple[str, str]] | None:
        """The names and passwords in the file `users`, or None where none is set.

        Raises `SettingsError` for a missing file, one that is not UTF-8, or a line that is not `name:password`.
        """
        if self.users is None:
            return None
        try:
            lines = self.users.read_text(encoding="utf-8-sig").splitlines()  # some editors begin UTF-8 with a mark
        except OSError as error:
            raise SettingsError(f"the file of users {str(self.users)!r} cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise SettingsError(f"the file of users {str(self.users)!r} is not UTF-8 text: save it as UTF-8") from error
        pairs = [tuple(line.split(":", 1)) for line in lines if line.strip() and not line.startswith("#")]
        if not pairs or any(len(pair) != 2 or not all(pair) for pair in pairs):
            raise SettingsError(f"each line of {str(self.users)!r} must be `name:password`")
        return [(pair[0], pair[1]) for pair in pairs]
