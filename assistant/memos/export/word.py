"""A memo as a Word document (.docx) with Word's own footnotes."""

from __future__ import annotations

from assistant.memos.export.noted import noted, placed, titled
from assistant.memos.export.word_styles import TAG_STYLE, word_styles
from assistant.memos.memo import Memo
from assistant.memos.pandoc import Json, words, write_bytes
from assistant.memos.sentences import ANCHOR
from assistant.memos.tag import Tag, footnote_words

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
        said: list[Json] = [
            *words(footnote_words(found.references[number - 1])),
            {"t": "Space"},
            _tag(found.tags[number - 1]),
        ]
        note: Json = {"t": "Note", "c": [{"t": "Para", "c": said}]}
        return [{"t": "Span", "c": [[name, [], []], [note]]}]

    return write_bytes(titled(placed(found, nodes), found), "docx", like=word_styles())


def _tag(tag: Tag) -> Json:
    style: Json = ["", [], [["custom-style", TAG_STYLE]]]
    return {"t": "Span", "c": [style, words(str(tag))]}
