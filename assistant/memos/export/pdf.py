"""A memo as a PDF, set by Typst with the fonts that come with it, and those of the system for other scripts."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping

import typst
from pypdf import PdfReader

from assistant.errors import AssistantError, InputError
from assistant.memos.export.noted import noted, placed, titled
from assistant.memos.memo import Memo
from assistant.memos.pandoc import Json, Tree, as_tree, replaced, text_of, words, write_text
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
_SHORT = re.compile(r"(\.{3,}|-(?=[?\d]))")  # what Typst sets as one other character: dots, a hyphen, a minus
_ALWAYS = frozenset({"LATIN", "GREEK", "CYRILLIC"})  # the scripts of the fonts that come with Typst
_SHOWN = 5  # letters in a message


def pdf(memo: Memo) -> bytes:
    """A4, footnotes at the foot of the page; one that is used again keeps its number. A PDF is read, so without tags.

    Raises `AssistantError` where Typst cannot set it, `InputError` where there is no font for a script in it.
    """
    found = noted(memo)

    def nodes(number: int, first: bool) -> list[Json]:
        label = f"<{ANCHOR}{number}>"
        if not first:
            return [{"t": "RawInline", "c": ["typst", f"#footnote({label})"]}]
        note: Json = {"t": "Note", "c": [{"t": "Para", "c": words(footnote_words(found.references[number - 1]))}]}
        return [note, {"t": "RawInline", "c": ["typst", label]}]

    tree = _verbatim(titled(placed(found, nodes), found))
    looks: Json = {"t": "MetaBlocks", "c": [{"t": "RawBlock", "c": ["typst", _LOOKS]}]}
    tree = {**tree, "meta": {**as_tree(tree["meta"]), "header-includes": looks}}
    source = write_text(tree, "typst", options=_OPTIONS)
    try:
        made = typst.compile(source.encode(), format="pdf")
    except RuntimeError as error:
        raise AssistantError(f"the PDF could not be set: {error}") from error
    if not isinstance(made, bytes):
        raise AssistantError("the PDF could not be set: Typst gave no single file")
    _refuse_boxes(text_of(found.tree["blocks"]) + "".join(map(footnote_words, found.references)), made)
    return made


def _verbatim(tree: Tree) -> Tree:
    """The tree with each mark escaped that Typst would set as another one. Pandoc does so with quotes and dashes."""

    def change(node: Tree) -> list[Json] | None:
        if node["t"] != "Str" or not _SHORT.search(str(node["c"])):
            return None
        return [
            {"t": "RawInline", "c": ["typst", re.sub(".", r"\\\g<0>", piece)]}
            if number % 2
            else {"t": "Str", "c": piece}
            for number, piece in enumerate(_SHORT.split(str(node["c"])))
        ]

    return as_tree(replaced(tree, change))


def _refuse_boxes(text: str, made: bytes) -> None:
    """Raises `InputError` where most letters of a script are not in the PDF: without a font, boxes stand for them."""
    wanted = _letters(text)
    if not wanted:
        return
    pages = PdfReader(io.BytesIO(made)).pages
    there = set(unicodedata.normalize("NFKC", "".join(page.extract_text() for page in pages)))
    lost = {script: [each for each in letters if each not in there] for script, letters in wanted.items()}
    boxes = "".join(
        letter
        for script, letters in lost.items()
        if len(letters) > len(wanted[script]) / 2
        for letter in letters[:_SHOWN]
    )
    if boxes:
        raise InputError(
            f"the PDF cannot be set: this machine has no font for letters such as {' '.join(boxes[:_SHOWN])}; "
            "export it as .docx or .html, or install a font that has them, such as Noto"
        )


def _letters(text: str) -> Mapping[str, list[str]]:
    """The letters of each script that needs a font of the system, in order; the script is how their names begin."""
    found: dict[str, list[str]] = {}
    for letter in dict.fromkeys(unicodedata.normalize("NFKC", text)):
        script = unicodedata.name(letter, "").split(" ")[0]
        if unicodedata.category(letter) in ("Lu", "Ll", "Lo") and script not in _ALWAYS:
            found.setdefault(script, []).append(letter)
    return found
