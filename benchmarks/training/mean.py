"""The mean of the weights that several passes have made.

    python -m benchmarks.training.mean OUT_FILE WEIGHTS_FILE WEIGHTS_FILE ...

Passes that start from one another lie in one basin of the loss, where the mean often keeps what each does well
(Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
"""

from __future__ import annotations

import argparse
from pathlib import Path

from safetensors.torch import save_file

from benchmarks.training.train import averaged


def main() -> None:
    """Writes the mean in bfloat16, as `train` does."""
    parser = argparse.ArgumentParser("python -m benchmarks.training.mean", description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT_FILE")
    parser.add_argument("files", type=Path, nargs="+", metavar="WEIGHTS_FILE")
    arguments = parser.parse_args()
    save_file(averaged(arguments.files), arguments.out)


if __name__ == "__main__":
    main()
