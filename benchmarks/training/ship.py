"""Writes down the digest of the weights that are shipped: `python -m benchmarks.training.ship`."""

from __future__ import annotations

import json
from datetime import date

from assistant.files import sha256_of
from assistant.reading.cross_encoder import WEIGHTS


def main() -> None:
    """Writes `reading.json` beside the weights, without which they are refused."""
    weights = WEIGHTS / "reading.safetensors"
    digest = sha256_of(weights)
    stored = {
        "sha256": digest,
        "date": date.today().isoformat(),
        "licence": "CC-BY-SA-4.0",
        "recipe": "docs/reading-model.md",
    }
    (WEIGHTS / "reading.json").write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    print(f"{weights.name}: {weights.stat().st_size / 1e6:.1f} MB, sha256 {digest}")


if __name__ == "__main__":
    main()
