"""What checking a memo gave, in words and as JSON, and what to do about each fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from assistant.memos.memo import GAP
from assistant.memos.pandoc import Json
from assistant.memos.verifying import Finding, Kind, Verification

_SHOWN = 200
_UNTAGGED = "No footnote of this file has a tag: it is not a memo that was exported here, or its tags were removed."
_IS: Mapping[Kind, tuple[str, str]] = {
    "unchanged": ("is unchanged", "are unchanged"),
    "reworded": ("is reworded", "are reworded"),
    "quote altered": ("has an altered quote", "have altered quotes"),
    "source changed": ("has a source that changed", "have sources that changed"),
    "source gone": ("has a source that is gone", "have sources that are gone"),
    "not supported": ("is not supported", "are not supported"),
    "number or date changed": ("has a changed number or date", "have changed numbers or dates"),
    "no source": ("has no source", "have no source"),
}


def untagged(verification: Verification) -> str:
    """A sentence that says what is wrong with the whole file where none of its footnotes has a tag; else empty."""
    tagged = any(each.of == "footnote" and each.kind != "no source" for each in verification.findings)
    gaps = any(each.text.startswith(f"{GAP}:") for each in verification.findings)  # a memo may consist of them
    return "" if tagged or gaps or not verification.faults else _UNTAGGED


def what_to_do(finding: Finding) -> str:
    """One sentence that says how a fault is put right; empty where there is none."""
    is_sentence = finding.of == "sentence"
    match finding.kind:
        case "quote altered":
            return "Put the exported words back into the footnote, or reword the sentence above it without a quotation."
        case "source changed" if is_sentence:
            return "Read the document as it is now, and cite what it says, or take the sentence out."
        case "source changed":
            return "Read the document as it is now; draft the memo again to cite its present words."
        case "source gone":
            return "Put the document back into the library, or cite another one."
        case "not supported":
            return "Say what the quotes of its footnotes say, or give it the footnote that bears it out."
        case "number or date changed":
            return "Write the number or date as the source has it, or cite a source that gives this one."
        case "no source" if is_sentence:
            return "Give it a footnote of this memo, tag included, or take it out."
        case "no source":
            return "Put back the footnote with the tag with which it was exported, or take it out."
        case _:
            return ""


def explained(finding: Finding) -> str:
    """The reason of a fault and what to do about it, as sentences; empty where there is none."""
    reason = finding.reason[:1].upper() + finding.reason[1:]
    ended = reason if not reason or reason.endswith((".”", "!”", "?”")) else f"{reason}."
    return " ".join(filter(None, (ended, what_to_do(finding))))


def as_text(verification: Verification) -> str:
    """The faults, each with its reason on a line of its own, and a count of everything.

    Where no footnote has a tag, it begins by saying so.
    """
    lines = [said] if (said := untagged(verification)) else []
    for finding in verification.faults:
        text = finding.text if len(finding.text) <= _SHOWN else f"{finding.text[:_SHOWN].rstrip()} …"
        lines += [f"{finding.kind}: {finding.of} “{text}”", f"  {finding.reason}"]
    verdict = "Something is wrong" if verification.faults else "All is in order"
    lines.append(f"{verdict}: {_counted(verification) or 'empty'}")
    return "\n".join(lines)


def _counted(verification: Verification) -> str:
    """How many sentences and footnotes there are of each kind: "2 sentences are unchanged; 1 has no source"."""
    counts = Counter((finding.of, finding.kind) for finding in verification.findings)
    said, before = [], None
    for (of, kind), count in counts.items():
        noun = "" if of == before else f" {of}" if count == 1 else f" {of}s"
        said.append(f"{count:,}{noun} {_IS[kind][count > 1]}")
        before = of
    return "; ".join(said)


def as_json(verification: Verification) -> dict[str, Json]:
    """`ok` is whether there is no fault; `findings` are all, those in order too."""
    return {
        "ok": not verification.faults,
        "findings": [
            {"of": each.of, "number": each.number, "kind": each.kind, "text": each.text, "reason": each.reason}
            for each in verification.findings
        ],
    }
