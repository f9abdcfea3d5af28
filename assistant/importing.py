"""Importing large libraries without looking for garbage among what they make, which all stays."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def importing(library: str) -> Iterator[None]:
    """Around the first import of a large library; does nothing where it is imported already.

    Such a library makes some hundred thousand objects that stay. The collector would go through them again and again,
    and once more while the first question is answered: it rests meanwhile, and leaves alone what is there afterwards.
    Where another thread imports at the same time, the first that is ready lets the collector go on.
    """
    if library in sys.modules:
        yield
        return
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
