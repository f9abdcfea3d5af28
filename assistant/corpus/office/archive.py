"""Checks an Office file before a library opens it: it is a zip, of the right kind, and no bomb."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from assistant.errors import UnreadableFile

MAX_MEMBERS = 2_000
MAX_EXPANDED = 200_000_000
MAX_RATIO = 200
_RATIO_COUNTS_FROM = 1_000_000
_BLOCK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NAMES = {"word": "Word document (.docx)", "ppt": "PowerPoint file (.pptx)", "xl": "Excel workbook (.xlsx)"}
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O|E\0N)", re.IGNORECASE)


def check_office_file(path: Path, folder: Literal["word", "ppt", "xl"]) -> None:
    """Raises `UnreadableFile` unless the file is an Office file whose parts lie in `folder` and stay in the limits.

    Sizes are counted while every part is expanded once, since the sizes that a zip declares can be false.
    """
    with path.open("rb") as stream:
        start = stream.read(8)
        if start == _OLE:
            if _ENCRYPTED in start + stream.read(4_000_000):
                raise UnreadableFile("it is a password-protected Office file; save a copy without the password")
            raise UnreadableFile(f"it is in Office's format of before 2007; save it as a {_NAMES[folder]}")
    if start[:2] != b"PK":
        raise UnreadableFile(f"it is not a {_NAMES[folder]}: its content does not match its suffix")
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(archive, folder)
    except UnreadableFile:
        raise
    except (zipfile.BadZipFile, EOFError, zipfile.LargeZipFile, ValueError) as error:
        raise UnreadableFile("it is damaged or cut short; get another copy of it") from error
    except (NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(f"it is packed in a way that is not supported ({error})") from error
    except Exception as error:  # zlib.error and lzma.LZMAError have no common parent
        raise UnreadableFile(f"it is damaged ({type(error).__name__}); get another copy of it") from error


def _check_members(archive: zipfile.ZipFile, folder: str) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise UnreadableFile(f"it has {len(members):,} parts, more than the {MAX_MEMBERS:,} that are read")
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names or not any(name.startswith(f"{folder}/") for name in names):
        raise UnreadableFile(f"it is not a {_NAMES[folder]}: its content does not match its suffix")
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name[:3] for name in names):
        raise UnreadableFile("its parts have names that lead out of it, which no Office program writes")
    if sum(member.file_size for member in members) > MAX_EXPANDED:
        raise _too_large()
    expanded = 0
    for member in members:
        expanded = _count(archive, member, expanded)


def _count(archive: zipfile.ZipFile, member: zipfile.ZipInfo, before: int) -> int:
    size, tail = 0, b""
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    with archive.open(member) as stream:
        while block := stream.read(_BLOCK):
            size += len(block)
            if before + size > MAX_EXPANDED:
                raise _too_large()
            if size > _RATIO_COUNTS_FROM and size > MAX_RATIO * max(member.compress_size, 1):
                raise UnreadableFile(
                    f"a part of it expands to more than {MAX_RATIO} times its size, as a zip bomb does"
                )
            if is_xml and _DECLARATION.search(tail + block):
                raise UnreadableFile("its XML declares entities or a document type, which no Office program writes")
            tail = block[-16:]
    return before + size


def _too_large() -> UnreadableFile:
    return UnreadableFile(f"it expands to more than {MAX_EXPANDED // 1_000_000} MB, as a zip bomb does")
