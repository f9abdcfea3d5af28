"""An exported Word document in another program than pandoc: LibreOffice Writer, where this machine has it."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from assistant.memos.export import export
from assistant.memos.memo import Memo, Section
from assistant.memos.numbering import notes, numbers
from assistant.memos.verifying.comments import commented
from tests.memos.edits import Library, sentence
from tests.memos.made import reference
from tests.memos.verifying.test_checking import verified

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here: install `soffice`")

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
LINK = "{http://www.w3.org/1999/xlink}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def converted(path: Path, form: str) -> Path:
    """The file as LibreOffice writes it in another format."""
    folder = path.parent / f"as-{form}"
    own = f"-env:UserInstallation=file://{path.parent / 'profile'}"
    command = ["soffice", own, "--headless", "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{form}"


def content(path: Path) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(path).read("content.xml"))


def test_libreoffice_has_the_footnotes_with_their_numbers_and_quotes(tmp_path: Path, memo: Memo) -> None:
    own = Section(
        "Own", "", "# A heading of the person's own\n\nShips wait.[^c90] Ships wait.[^c90]", (reference("c90"),)
    )
    memo = Memo(memo.title, memo.topic, memo.template, (*memo.sections, own))
    path = tmp_path / "memo.docx"
    export(memo, path)
    odt = converted(path, "odt")
    found = list(content(odt).iter(f"{TEXT}note"))
    assert [note.findtext(f"{TEXT}note-citation") for note in found] == [
        str(number) for number in range(1, len(notes(memo)) + 1)
    ]
    for note, cited in zip(found, notes(memo), strict=True):
        assert f"“{cited.quote}” [briefing:" in "".join(note.find(f"{TEXT}note-body").itertext())
    used = [numbers(memo)[token] for section in memo.sections for token in section.tokens]
    again = [number for place, number in enumerate(used) if number in used[:place]]
    links = [each for each in content(odt).iter(f"{TEXT}a") if each.get(f"{LINK}href", "").startswith("#cite-")]
    assert ["".join(filter(str.isdecimal, "".join(link.itertext())[-2:])) for link in links] == list(map(str, again))


def test_what_libreoffice_saves_as_word_is_verified_like_what_was_exported(
    tmp_path: Path, memo: Memo, library: Library
) -> None:
    path = tmp_path / "memo.docx"
    export(memo, path)
    assert {each.kind for each in verified(converted(path, "docx"), library).findings} == {"unchanged"}


def test_libreoffice_shows_every_comment_and_what_it_saves_has_the_same_faults(
    tmp_path: Path, memo: Memo, library: Library
) -> None:
    path = tmp_path / "memo.docx"
    export(memo, path)
    sentence("by 42 percent", "by 24 percent")(path, library)
    del library["nato.html"]
    found = verified(path, library)
    path.write_bytes(commented(path, found))
    shown = ["".join(each.itertext()) for each in content(converted(path, "odt")).iter(f"{OFFICE}annotation")]
    assert len(shown) == len(found.faults) == 4
    assert all(fault.reason[1:] in said for fault, said in zip(found.faults, shown, strict=True))
    saved = converted(path, "docx")
    assert verified(saved, library).findings == found.findings
    assert len(list(docx.Document(str(saved)).comments)) == 4


def test_libreoffice_keeps_the_words_of_every_footnote_wherever_comments_are(
    tmp_path: Path, memo: Memo, library: Library
) -> None:
    path = tmp_path / "memo.docx"
    export(memo, path)
    sentence("The Galaxy Leader was seized", "It is so. The Galaxy Leader was taken")(path, library)
    sentence("Its crew of 25", "Nobody knows. Its crew of 52")(path, library)
    found = verified(path, {})
    assert len(found.faults) == 4 + 11
    path.write_bytes(commented(path, found))
    odt = content(converted(path, "odt"))
    assert len(list(odt.iter(f"{OFFICE}annotation"))) == 15
    for note, cited in zip(odt.iter(f"{TEXT}note"), notes(memo), strict=True):
        assert f"“{cited.quote}” [briefing:" in "".join(note.itertext())
