"""A memo as a PDF, set by Typst with the fonts that come with it, and those of the system for other scripts."""

from __future__ import annotations

import typst

from assistant.errors import AssistantError
from assistant.memos.export.noted import noted, placed, titled
from assistant.memos.memo import Memo
from assistant.memos.pandoc import Json, as_tree, words, write_text
from assistant.memos.sentences import ANCHOR
from assistant.memos.tag import footnote_words

_OPTIONS = ("--standalone", "--variable=papersize:a4", "--variable=lang:en")
# In a narrow column words would stand far apart, and a long file name would run over the next one. A space too narrow
# to see lets it break; a character that does (a zero-width space) would be copied and searched with the name.
_LOOKS = r"""#show table: set par(justify: false)
#show table.cell: it => {
  show regex("[_/.\\-]"): mark => mark + h(0.001pt)
  it
}"""


def pdf(memo: Memo) -> bytes:
    """A4, footnotes at the foot of the page; one that is used again keeps its number. A PDF is read, so without tags.

    Raises `AssistantError` where Typst cannot set it.
    """
    found = noted(memo)

    def nodes(number: int, first: bool) -> list[Json]:
        label = f"<{ANCHOR}{number}>"
        if not first:
            return [{"t": "RawInline", "c": ["typst", f"#footnote({label})"]}]
        note: Json = {"t": "Note", "c": [{"t": "Para", "c": words(footnote_words(found.references[number - 1]))}]}
        return [note, {"t": "RawInline", "c": ["typst", label]}]

    tree = titled(placed(found, nodes), found)
    looks: Json = {"t": "MetaBlocks", "c": [{"t": "RawBlock", "c": ["typst", _LOOKS]}]}
    tree = {**tree, "meta": {**as_tree(tree["meta"]), "header-includes": looks}}
    source = write_text(tree, "typst", options=_OPTIONS)
    try:
        made = typst.compile(source.encode(), format="pdf")
    except RuntimeError as error:
        raise AssistantError(f"the PDF could not be set: {error}") from error
    if not isinstance(made, bytes):
        raise AssistantError("the PDF could not be set: Typst gave no single file")
    return made
