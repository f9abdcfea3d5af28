from __future__ import annotations

from pathlib import Path

import docx
import pytest
from bs4 import BeautifulSoup

from assistant.errors import InputError, StorageError
from assistant.memos.export import EXPORTS, export, export_of
from assistant.memos.memo import Memo, Section
from assistant.memos.memo_file import read_memo
from assistant.memos.quoting import quote_with_reference
from assistant.memos.verifying.edited import FORMATS, read_edited
from tests.memos.made import reference

STARTS = {".md": b"# Note", ".html": b"<!DOCTYPE", ".docx": b"PK", ".pdf": b"%PDF", ".bib": b"@", ".csl.json": b"["}


@pytest.mark.parametrize("suffix", list(EXPORTS))
def test_the_name_of_the_file_tells_the_format(tmp_path: Path, memo: Memo, suffix: str) -> None:
    file = tmp_path / f"Memo.v2{suffix.upper()}"
    export(memo, file)
    if suffix == ".json":
        assert read_memo(file) == memo
    else:
        assert file.read_bytes().startswith(STARTS[suffix])


def test_a_format_that_there_is_not_and_a_folder_that_is_not_there_are_told(tmp_path: Path, memo: Memo) -> None:
    with pytest.raises(InputError, match=r"'memo\.odt' is in no format of memos: .*\.docx"):
        export_of(tmp_path / "memo.odt")
    with pytest.raises(StorageError, match="nowhere"):
        export(memo, tmp_path / "nowhere" / "memo.md")


def test_the_headings_in_the_text_of_a_section_are_below_its_own(tmp_path: Path) -> None:
    text = "# Costs\n\nMany.[^c1]\n\nDetails\n===\n\n## More\n\n###### Least\n\n> # Quoted"
    memo = Memo("T", "t", "", (Section("Part 1", "", text, (reference(),)), Section("", "", "None.")))
    own = [("Part 1", 1), ("", 1), ("Sources", 1), ("Bibliography", 1)]
    below = [("Costs", 2), ("Details", 2), ("More", 3), ("Least", 5)]
    export(memo, file := tmp_path / "memo.docx")
    styles = [(each.text, each.style.name) for each in docx.Document(str(file)).paragraphs if each.style]
    found = [(said, int(name.split()[1])) for said, name in styles if name.startswith("Heading")]
    assert sorted(found) == sorted([*own, *below, ("Quoted", 3)])
    page = BeautifulSoup(EXPORTS[".html"](memo), "lxml")
    found = [(each.text, int(each.name[1])) for each in page.select("main :is(h1, h2, h3, h4, h5, h6)")]
    expected = [("T", 1), *((said, level + 1) for said, level in [*own, *below]), ("Quoted", 3)]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_was_typed_pasted_or_left_open_in_a_section_takes_no_sentence_from_its_source(
    tmp_path: Path, suffix: str
) -> None:
    finland, china = reference(quote="Finland joined."), reference(quote="China declined.", path="b.md")
    own = f"My own claim.[^1]\n\n{quote_with_reference(china, 'footnote')}\n\n<!-- later\n\n```\ncode"
    file = tmp_path / f"memo{suffix}"
    sections = (Section("Own", "", own), Section("NATO", "", "Finland joined.[^c1]", (finland,)))
    export(Memo("T", "t", "", sections), file)
    cited = [(each.text, each.footnotes) for each in read_edited(file).sentences if each.footnotes]
    ((text, (note,)),) = cited
    assert (text, note.quote) == ("Finland joined.", "Finland joined.")
    assert note.tag is not None
    assert note.tag.path == "a.md"
