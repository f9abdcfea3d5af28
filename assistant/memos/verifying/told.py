"""What checking a memo gave, in words and as JSON, and what to do about each fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.memos.pandoc import Json
from assistant.memos.verifying.checking import Finding, Kind, Verification
from assistant.memos.verifying.rewording import BESIDE, Marked, rewordings
from assistant.memos.verifying.unsourced import says_a_gap

_SHOWN = 200
_BESIDE_SHOWN = 600  # more than of a fault: what is cut off is what a person does not compare
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
    gaps = any(says_a_gap(each.text) for each in verification.findings)  # a memo may consist of them
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


def as_text(verification: Verification, bold: Callable[[str], str] = str) -> str:
    """The faults, each with its reason on a line of its own, then what was reworded, and a count of everything.

    A reworded sentence stands above what its sources say; `bold` is put on the words that differ. Where no footnote
    has a tag, the text begins by saying so.
    """
    lines = [said] if (said := untagged(verification)) else []
    for finding in verification.faults:
        where = f" (line {finding.line})" if finding.line else ""
        lines += [f"{finding.kind}: {finding.of} “{_cut(finding.text, _SHOWN)}”{where}", f"  {finding.reason}"]
    if verification.reworded:
        lines += [*([""] if lines else []), BESIDE, *_reworded(verification, bold), ""]
    return "\n".join([*lines, _summary(verification)])


def _reworded(verification: Verification, bold: Callable[[str], str]) -> Iterator[str]:
    for each in rewordings(verification):
        finding = each.finding
        where = f"line {finding.line}" if finding.line else f"sentence {finding.number}"
        yield f"  {where}: “{_with_bold(each.sentence, bold)}”"
        for number, quote in each.sources:
            yield f"      the source of footnote {number} says “{_with_bold(quote, bold)}”"
        if not each.sources:
            yield "      it needs no source"


def _with_bold(marked: Marked, bold: Callable[[str], str]) -> str:
    """A text, cut where it is very long, with what differs in bold."""
    text, said, end = _cut(marked.text, _BESIDE_SHOWN), "", 0
    for span in marked.differs:
        if span.end <= _BESIDE_SHOWN:
            said += text[end : span.start] + bold(span.of(text))
            end = span.end
    return said + text[end:]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()} …"


def _summary(verification: Verification) -> str:
    """The verdict and the counts; what is reworded comes right behind the verdict that all is in order."""
    reworded, others = verification.reworded, verification.findings
    if verification.faults:
        return f"Something is wrong: {_counted(others)}"
    if not reworded:
        return f"All is in order: {_counted(others) or 'empty'}"
    return f"All is in order; {_counted(sorted(others, key=lambda each: each.kind != 'reworded'))}"


def _counted(findings: Sequence[Finding]) -> str:
    """How many sentences and footnotes there are of each kind: "2 sentences are unchanged; 1 has no source"."""
    counts = Counter((finding.of, finding.kind) for finding in findings)
    said, before = [], None
    for (of, kind), count in counts.items():
        noun = "" if of == before else f" {of}" if count == 1 else f" {of}s"
        above = ", see above" if kind == "reworded" else ""
        said.append(f"{count:,}{noun} {_IS[kind][count > 1]}{above}")
        before = of
    return "; ".join(said)


def as_json(verification: Verification) -> dict[str, Json]:
    """`ok` is whether there is no fault; `findings` are all, those in order too.

    `quotes` are the words of the sources as they are today, so that a reworded sentence can be read beside them.
    """
    return {
        "ok": not verification.faults,
        "findings": [
            {
                "of": each.of,
                "number": each.number,
                "line": each.line,
                "kind": each.kind,
                "text": each.text,
                "reason": each.reason,
                "quotes": [{"footnote": one.number, "text": one.words} for one in each.quoted if one.words],
            }
            for each in verification.findings
        ],
    }
