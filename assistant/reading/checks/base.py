"""What a check of a claim against its source gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.types import Failure


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a claim that its source does not bear out.

    `failure` is its class and `reason` says it to a person in a clause. `status` is what it makes of the claim: the
    source says otherwise (contradicted), says nothing of it (unsupported), or says it less firmly (partly).
    """

    status: Literal["contradicted", "unsupported", "partly"]
    failure: Failure
    reason: str


Check = Callable[[str, str], Finding | None]
"""From a premise and a claim to what is wrong, or None. It looks at one thing only and never at the rest."""
