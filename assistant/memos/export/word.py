"""A memo as a Word document (.docx) with Word's own footnotes."""

from __future__ import annotations

from assistant.memos.export.noted import noted, placed, titled
from assistant.memos.memo import Memo
from assistant.memos.pandoc import Json, words, write_bytes
from assistant.memos.sentences import ANCHOR

_FIELD = (
    '<w:hyperlink w:anchor="{name}"><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> NOTEREF {name} \\f \\h </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>{number}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink>'
)


def word(memo: Memo) -> bytes:
    """One footnote for each number. Used again, it is a cross-reference that Word renumbers with its footnote."""
    found = noted(memo)

    def nodes(number: int, first: bool) -> list[Json]:
        name = f"{ANCHOR}{number}"
        if not first:
            return [{"t": "RawInline", "c": ["openxml", _FIELD.format(name=name, number=number)]}]
        note: Json = {"t": "Note", "c": [{"t": "Para", "c": words(found.footnotes[number - 1])}]}
        return [{"t": "Span", "c": [[name, [], []], [note]]}]

    return write_bytes(titled(placed(found, nodes), found), "docx")
