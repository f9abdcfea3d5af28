"""An edited memo with comments: at every fault, about it, and nothing else in the file is touched."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.comments import Comment
from docx.oxml.ns import qn
from lxml import etree

from assistant.errors import InputError
from assistant.memos.export import export
from assistant.memos.memo import Memo, Section
from assistant.memos.numbering import notes
from assistant.memos.verifying.checking import Finding, Verification
from assistant.memos.verifying.comments import AUTHOR, commented
from assistant.memos.verifying.edited import FORMATS
from assistant.memos.verifying.word_text import letters
from tests.memos.cases import CASES
from tests.memos.edits import Case, Library, quote, rewritten, sentence
from tests.memos.made import reference
from tests.memos.verifying.test_checking import verified

MARKS = (qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:commentReference"))


def written(path: Path, library: Library) -> tuple[Path, Verification]:
    """The memo with its comments beside it, and what they are about."""
    found = verified(path, library)
    target = path.with_name(f"{path.stem}-checked.docx")
    target.write_bytes(commented(path, found))
    return target, found


def comments(path: Path) -> list[Comment]:
    return list(docx.Document(str(path)).comments)


def about(path: Path) -> dict[str, tuple[str, list[str]]]:
    """For each comment the words in its range, and the words of the footnotes whose numbers stand in it."""
    parts = zipfile.ZipFile(path)
    said = {
        note.get(qn("w:id")): "".join(each.text or "" for each in note.iter(qn("w:t")))
        for note in etree.fromstring(parts.read("word/footnotes.xml"))
    }
    open_: set[str] = set()
    found: dict[str, tuple[str, list[str]]] = {}
    for element in etree.fromstring(parts.read("word/document.xml")).iter():
        if element.tag == MARKS[0]:
            open_.add(element.get(qn("w:id")))
            found[element.get(qn("w:id"))] = ("", [])
        elif element.tag == MARKS[1]:
            open_.discard(element.get(qn("w:id")))
        for key in open_:
            words, cited = found[key]
            if element.tag == qn("w:t"):
                found[key] = (words + (element.text or ""), cited)
            elif element.tag == qn("w:footnoteReference"):
                cited.append(said[element.get(qn("w:id"))])
    assert not open_
    return found


def without_comments(content: bytes) -> list[tuple[str, str, bytes]]:
    """Each run's style and words, and each other element, in order; runs of one style that follow each other as one."""
    root = etree.fromstring(content)
    seen: list[tuple[str, str, bytes]] = []
    for element in root.iter():
        if element.tag in MARKS or any(each.tag == MARKS[2] for each in element):
            continue
        if element.tag in (qn("w:t"), qn("w:delText")):
            style = element.getparent().find(qn("w:rPr"))
            kept = ("text", element.tag, etree.tostring(style) if style is not None else b"")
            if seen and (seen[-1][0], seen[-1][2]) == (f"{kept[0]} {kept[1]}", kept[2]):
                seen[-1] = (seen[-1][0], seen[-1][1] + (element.text or ""), seen[-1][2])
            else:
                seen.append((f"{kept[0]} {kept[1]}", element.text or "", kept[2]))
        elif element.tag not in (qn("w:r"), qn("w:rPr")) and not any(True for _ in element.iterancestors(qn("w:rPr"))):
            seen.append((element.tag, "", str(sorted(element.attrib.items())).encode()))
    return seen


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_every_fault_has_a_comment_at_its_words_and_the_memo_stays_as_it_is(
    tmp_path: Path, memo: Memo, library: Library, case: Case
) -> None:
    path = tmp_path / "memo.docx"
    export(memo, path)
    case.edit(path, library)
    target, found = written(path, library)
    said = {str(each.comment_id): each for each in comments(target)}
    places = about(target)
    assert places.keys() == said.keys()
    assert len(said) == len({(fault.of, fault.number) for fault in found.faults})
    for fault, (key, comment) in zip(found.faults, sorted(said.items(), key=lambda each: int(each[0])), strict=True):
        assert comment.author == AUTHOR
        assert comment.text.startswith(fault.kind[:1].upper() + fault.kind[1:])
        assert fault.reason[1:] in comment.text
        words, cited = places[key]
        if fault.of == "sentence":
            assert words.strip() == words == " ".join(fault.text.split())
        else:
            assert fault.text in cited[0]
    assert found.findings == verified(target, library).findings
    before, after = zipfile.ZipFile(path), zipfile.ZipFile(target)
    assert without_comments(before.read("word/document.xml")) == without_comments(after.read("word/document.xml"))
    assert before.read("word/footnotes.xml") == after.read("word/footnotes.xml")
    empty = {"word/_rels/footnotes.xml.rels"}  # pandoc writes the file of links even where there are none
    assert {*before.namelist(), "word/comments.xml"} - empty == set(after.namelist()) - empty


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_memo_in_any_format_becomes_a_word_document_with_the_same_faults(
    tmp_path: Path, memo: Memo, library: Library, suffix: str
) -> None:
    path = tmp_path / f"memo{suffix}"
    export(memo, path)
    sentence("Maersk paused", "Nine ships were hit. Hapag paused")(path, library)
    quote("6 billion", "7 billion")(path, library)
    del library["nato.html"]
    target, found = written(path, library)
    assert len(found.faults) == 6
    assert [letters(words) for words, _ in about(target).values()][:2] == [
        letters(fault.text) for fault in found.faults[:2]
    ]
    assert len(comments(target)) == 6
    again = verified(target, library).findings
    assert [(f.of, f.kind, f.text, f.reason) for f in again] == [
        (f.of, f.kind, f.text, f.reason) for f in found.findings
    ]


def test_tracked_changes_and_comments_of_people_survive_and_those_of_an_earlier_check_are_replaced(
    tmp_path: Path, memo: Memo, library: Library
) -> None:
    path = tmp_path / "memo.docx"
    export(memo, path)
    by = 'w:id="900" w:author="A" w:date="2024-01-01T00:00:00Z"'
    change = (
        f"by </w:t></w:r><w:del {by}><w:r><w:delText>42</w:delText></w:r></w:del>"
        f'<w:ins {by}><w:r><w:t>24</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> percent'
    )
    parts = iter([change])
    rewritten(path, lambda text: text.replace("by 42 percent", next(parts, "by 42 percent"), 1))
    document = docx.Document(str(path))
    person = next(each for each in document.paragraphs if each.text.startswith("The Razoni"))
    document.add_comment(person.runs, "Is that so?", "Ann", "A")
    document.save(str(path))
    first, found = written(path, library)
    assert [(fault.kind, fault.text[:42]) for fault in found.faults] == [
        ("number or date changed", "Transits of the Suez Canal fell by 24 perc")
    ]
    for round_ in (first, written(first, library)[0]):
        assert sorted((each.author, each.text[:11]) for each in comments(round_)) == [
            ("Ann", "Is that so?"),
            (AUTHOR, "Number or d"),
        ]
        body = zipfile.ZipFile(round_).read("word/document.xml").decode()
        assert body.count("<w:del ") == body.count("<w:ins ") == 1
        assert "<w:delText>42</w:delText>" in body
        assert next(words for words, _ in about(round_).values()).startswith("Transits of the Suez Canal fell by 24 ")
    rewritten(first, lambda text: text.replace("<w:t>24</w:t>", "<w:t>42</w:t>"))
    last, _ = written(first, library)
    assert [each.author for each in comments(last)] == ["Ann"]
    assert len(about(last)) == 1


def test_what_word_notes_beside_comments_loses_those_that_are_replaced(
    tmp_path: Path, memo: Memo, library: Library
) -> None:
    path = tmp_path / "memo.docx"
    export(memo, path)
    sentence("Maersk paused", "Hapag paused")(path, library)
    first, found = written(path, library)
    assert found.faults
    w14, w15 = (f"http://schemas.microsoft.com/office/word/20{year}/wordml" for year in ("10", "12"))
    with zipfile.ZipFile(first) as archive:
        parts = {name: archive.read(name).decode("latin-1") for name in archive.namelist()}
    parts["word/comments.xml"] = parts["word/comments.xml"].replace(
        "<w:p>", f'<w:p xmlns:w14="{w14}" w14:paraId="00AA">', 1
    )
    parts["word/commentsExtended.xml"] = (
        f'<w15:commentsEx xmlns:w15="{w15}"><w15:commentEx w15:paraId="00AA" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00BB" w15:paraIdParent="00AA" w15:done="0"/></w15:commentsEx>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/word/commentsExtended.xml" ContentType="{kind}"/></Types>'
    )
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="rIdE" Target="commentsExtended.xml" '
        'Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended"/></Relationships>',
    )
    with zipfile.ZipFile(first, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.encode("latin-1"))
    last, _ = written(first, library)
    beside = zipfile.ZipFile(last).read("word/commentsExtended.xml").decode()
    assert "00BB" in beside
    assert "00AA" not in beside


def test_a_sentence_that_stands_twice_and_one_in_a_table_have_their_comment_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "memo.docx"
    text = "Ships wait.[^c1]\n\n| a | Ships wait. |\n|---|---|\n| “Odd – one out”. | b |\n\nShips wait. *It* is so."
    export(Memo("Ships wait.", "t", "x", (Section("Ships wait", "?", text, (reference(),)),)), path)
    target, found = written(path, {})
    assert [fault.kind for fault in found.faults if fault.of == "sentence"] == ["no source"] * 6
    assert [words for words, cited in about(target).values() if not cited] == [
        "Ships wait.",  # about its footnote
        "a",
        "Ships wait.",
        "“Odd – one out”.",
        "b",
        "Ships wait.",
        "It is so.",
    ]


def test_words_that_xml_cannot_hold_and_sentences_that_are_not_found_are_told_all_the_same(
    tmp_path: Path, memo: Memo, library: Library
) -> None:
    path = tmp_path / "memo.docx"
    export(memo, path)
    found = Verification(
        (Finding("sentence", "Not in the file at all.", "no source", "the source says \x0c\udc80", 1),)
    )
    path.write_bytes(commented(path, found))
    (comment,) = comments(path)
    assert comment.text.startswith("No source. The source says   . Give it a footnote")
    assert list(about(path).values()) == [(memo.title, [])]


def test_a_memo_in_order_gets_no_comment(tmp_path: Path, memo: Memo, library: Library) -> None:
    path = tmp_path / "memo.docx"
    export(memo, path)
    target, found = written(path, library)
    assert not found.faults
    assert not comments(target)
    assert len(notes(memo)) == 11


def test_a_damaged_word_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "memo.docx"
    made = io.BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made) as archive, zipfile.ZipFile(path, "w") as target:
        for name in archive.namelist():
            target.writestr(name, b"<x" if name == "word/document.xml" else archive.read(name))
    with pytest.raises(InputError, match="inner parts are damaged"):
        commented(path, Verification(()))


def test_no_comment_stands_between_the_first_footnote_and_the_second_where_libreoffice_would_lose_their_words(
    tmp_path: Path, memo: Memo, library: Library
) -> None:
    path = tmp_path / "memo.docx"
    export(memo, path)
    sentence("Its crew of 25", "Nobody knows. Its crew of 52")(path, library)
    target, found = written(path, {})
    first, *others = (fault for fault in found.faults if fault.of == "footnote")
    assert [fault.text for fault in found.faults if fault.of == "sentence"] == [
        "Nobody knows.",
        "Its crew of 52 was taken to a port on the Red Sea.",
    ]
    places = list(about(target).values())
    assert len(places) == 2 + 1 + len(others)
    assert (first.text, []) in places
    marks = [
        element.tag
        for element in etree.fromstring(zipfile.ZipFile(target).read("word/document.xml")).iter(
            MARKS[2], qn("w:footnoteReference")
        )
    ]
    notes_at = [place for place, tag in enumerate(marks) if tag != MARKS[2]]
    assert notes_at[:2] == [1, 2]
