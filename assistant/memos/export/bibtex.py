"""The documents that a memo cites, for LaTeX: BibTeX (.bib).

Written by us: pandoc takes titles for markup, sets them in Title Case, and gives reports a publisher, which BibTeX's
styles pass over.
"""

from __future__ import annotations

import re

from assistant.memos.export.csl import keyed
from assistant.memos.memo import Memo
from assistant.types import Source

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = re.compile(r"[\\{}#$%&_~^<>]|-(?=-)")
_NAMES = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",  # "\{" would count as a brace
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "<": r"{\textless}",
    ">": r"{\textgreater}",
    "-": "-{}",  # two would become a dash
}


def bibtex(memo: Memo) -> bytes:
    """UTF-8; the same items as the CSL-JSON, with the same keys."""
    return "\n".join(_entry(key, source) for key, source in keyed(memo)).encode("utf-8", "replace")


def _entry(key: str, source: Source) -> str:
    # a second pair of braces keeps the case of a title, and a name from being taken apart
    fields = [("author", source.author), ("title", source.title), ("institution", source.publisher)]
    written = [f"{name} = {{{{{_escaped(value)}}}}}" for name, value in fields if value]
    if source.date:
        written += [f"year = {{{source.date.year}}}", f"month = {_MONTHS[source.date.month - 1]}"]
    written.append(f"note = {{{_escaped(f'{source.path}, sha256 {source.content_hash}')}}}")
    kind = "techreport" if source.publisher else "misc"  # a report needs an institution
    return f"@{kind}{{{key},\n  " + ",\n  ".join(written) + "\n}\n"


def _escaped(text: str) -> str:
    line = " ".join(text.split())
    return _SPECIAL.sub(lambda found: _NAMES.get(found[0], f"\\{found[0]}"), line)
