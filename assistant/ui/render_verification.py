"""What checking an edited memo gave -> HTML. Pure; every piece of text is escaped here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from assistant.memos.verifying.checking import IN_ORDER, Finding, Kind, Quoted, Verification, Verifying
from assistant.memos.verifying.rewording import BESIDE, Marked, rewording
from assistant.memos.verifying.told import explained, untagged
from assistant.ui.render_citation import marked, place, with_chips
from assistant.ui.wording import byline

SHOWN = 1_000
_ICONS: dict[Kind, str] = {
    "unchanged": "✓",
    "reworded": "✎",
    "quote altered": "≠",
    "source changed": "↻",
    "source gone": "∅",
    "not supported": "✗",
    "number or date changed": "#",
    "no source": "?",
}


def progress(name: str, event: Verifying) -> str:
    """How far the check of a file is."""
    share = f'max="{max(event.total, 1)}" value="{event.done}"'
    done = f'<progress {share} aria-label="Sentences that are checked"></progress>'
    said = f"Checking {name}: {event.done:,} of {event.total:,} sentences"
    return f'<p class="notice" role="status"><span>{escape(said)}</span>{done}</p>'


def findings(name: str, verification: Verification) -> str:
    """The counts, and each sentence with the footnotes that stand behind it for the first time, in their order.

    Of a very long memo only what is wrong or reworded is listed.
    """
    if not verification.findings:
        return f'<p class="nothing">{escape(name)} has no sentences to check.</p>'
    whole = len(verification.findings) <= SHOWN
    listed = list(_in_order(verification)) if whole else [*verification.faults, *verification.reworded]
    items = "".join(map(_item, listed[:SHOWN]))
    cut = "" if whole else _cut(len(listed))
    return f'{_summary(name, verification)}{cut}<ol class="findings">{items}</ol>'


def _summary(name: str, verification: Verification) -> str:
    faults = len(verification.faults)
    state = "good" if not faults else "bad"
    said = "all is in order" if not faults else f"{faults} {'thing is' if faults == 1 else 'things are'} not in order"
    reworded = len(verification.reworded)
    look = ""
    if reworded:
        said += f"; {reworded:,} {'sentence is' if reworded == 1 else 'sentences are'} reworded"
        look = f'<p class="count">{BESIDE}.</p>'
    counts = "".join(
        f'<p class="count">{_counts(part)}</p>'
        for of in ("sentence", "footnote")
        if (part := [each for each in verification.findings if each.of == of])
    )
    missing = untagged(verification)
    whole = f'<p class="count">{escape(missing)}</p>' if missing else ""
    return (
        f'<div class="verdict" data-state="{state}" role="status"><h2>{escape(name)}: {said}</h2>'
        f"{whole}{look}{counts}</div>"
    )


def _counts(findings: Sequence[Finding]) -> str:
    """How many sentences, or footnotes, there are, and how many of each kind."""
    total = len({each.number for each in findings})
    kinds = Counter(each.kind for each in findings)
    said = ", ".join(f"{count:,} {kind}" for kind, count in kinds.items())
    return f"{total:,} {findings[0].of}{'' if total == 1 else 's'}: {said}"


def _cut(listed: int) -> str:
    shown = f"the first {SHOWN:,} of them are" if listed > SHOWN else "it is"
    return f'<p class="nothing">The memo is long. Only what is not in order or reworded is listed; {shown} below.</p>'


def _in_order(verification: Verification) -> Iterator[Finding]:
    """The findings as they are read: those of a footnote behind those of its first sentence."""
    sentences = [each for each in verification.findings if each.of == "sentence"]
    notes: dict[int, list[Finding]] = {}
    for each in verification.findings:
        if each.of == "footnote":
            notes.setdefault(each.number, []).append(each)
    for at, finding in enumerate(sentences):
        yield finding
        if at + 1 == len(sentences) or sentences[at + 1].number != finding.number:
            for quoted in finding.quoted:
                yield from notes.pop(quoted.number, ())
    for left in notes.values():
        yield from left


def _item(finding: Finding) -> str:
    ok = "yes" if finding.kind in IN_ORDER else "no"
    kind = finding.kind[:1].upper() + finding.kind[1:]
    if finding.kind == "reworded":
        what = _beside(finding)
    else:
        told = explained(finding)
        what = f"{_words(finding)}{f'<p class=reason>{escape(told)}</p>' if told else ''}"
    return (
        f'<li data-of="{finding.of}" data-kind="{finding.kind}" data-ok="{ok}">'
        f'<p class="kind"><span class="icon" aria-hidden="true">{_ICONS[finding.kind]}</span> {kind}</p>'
        f'<div class="what">{what}</div></li>'
    )


def _beside(finding: Finding) -> str:
    """A reworded sentence and below it what its sources say, the words that differ in bold."""
    both = rewording(finding)
    text, differs = both.sentence.text, both.sentence.differs
    chips = "".join(map(_chip, finding.quoted))
    where = f'<span class="of">Line {finding.line}</span> ' if finding.line else ""
    said = with_chips(text, 0, len(text), chips, lambda start, end: marked(text, differs, start, end, "b"))
    quotes = "".join(
        f'<p class="text quoted"><span class="of">The source of footnote {number} says</span> “{_bold(quote)}”</p>'
        for number, quote in both.sources
    )
    return f'<p class="text">{where}{said}</p>{quotes}'


def _bold(quote: Marked) -> str:
    return marked(quote.text, quote.differs, 0, len(quote.text), "b")


def _words(finding: Finding) -> str:
    chips = "".join(map(_chip, finding.quoted))
    if finding.of == "sentence":
        return f'<p class="text">{_with_chips(finding.text, chips)}</p>'
    source = finding.quoted[0].source if finding.quoted else None
    of = f'<p class="byline">{escape(_said(source.title, byline(source)))}</p>' if source else ""
    return (
        f'<p class="text"><span class="of">Footnote {finding.number}</span> {_with_chips(finding.text, chips)}</p>{of}'
    )


def _with_chips(text: str, chips: str) -> str:
    return with_chips(text, 0, len(text), chips, lambda start, end: escape(text[start:end]))


def _said(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _chip(quoted: Quoted) -> str:
    """The number of a footnote: a button that shows its source where that is in the library."""
    if quoted.source is None:
        return f' <span class="no-source" title="Its source is not in the library">{quoted.number}</span>'
    where = f'data-document="{escape(quoted.source.document_id)}"'
    if quoted.span is not None:
        where = place(quoted.source, quoted.span)
    return (
        f'<button type="button" class="cite" data-do="cite" {where} '
        f'aria-label="Footnote {quoted.number}: {escape(quoted.source.title)}">{quoted.number}</button>'
    )
