"""What checking a memo gave, in words and as JSON."""

from __future__ import annotations

from collections import Counter

from assistant.memos.pandoc import Json
from assistant.memos.verifying import Verification

_SHOWN = 200


def as_text(verification: Verification) -> str:
    """The faults, each with its reason on a line of its own, and a count of everything."""
    lines: list[str] = []
    for finding in verification.faults:
        text = finding.text if len(finding.text) <= _SHOWN else f"{finding.text[:_SHOWN].rstrip()} …"
        lines += [f"{finding.kind}: {finding.of} “{text}”", f"  {finding.reason}"]
    counts = Counter((finding.of, finding.kind) for finding in verification.findings)
    said = [f"{count} {of}{'' if count == 1 else 's'} {kind}" for (of, kind), count in counts.items()]
    lines.append(f"{'Something is wrong' if verification.faults else 'All is in order'}: {', '.join(said) or 'empty'}")
    return "\n".join(lines)


def as_json(verification: Verification) -> dict[str, Json]:
    """`ok` is whether there is no fault; `findings` are all, those in order too."""
    return {
        "ok": not verification.faults,
        "findings": [
            {"of": each.of, "kind": each.kind, "text": each.text, "reason": each.reason}
            for each in verification.findings
        ],
    }
