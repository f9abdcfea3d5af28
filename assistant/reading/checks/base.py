"""What a check of a claim against its source gives, and how a premise is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.types import Failure

_AFTER_HEAD = "\n\n"


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


def premise_of(head: str, body: str) -> str:
    """A premise as checks read it: title and date of a document, a blank line, then the sentences of the source.

    The head tells whom and what year the sentences speak of; it says nothing itself. It may be empty.
    """
    return f"{head}{_AFTER_HEAD}{body}"


def parts_of(premise: str) -> tuple[str, str]:
    """Head and body of a premise; a text without a blank line is all body."""
    head, blank, body = premise.partition(_AFTER_HEAD)
    return (head, body) if blank else ("", premise)
