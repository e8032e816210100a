"""What a ZIP is: an Office or OpenDocument file, or an archive whose every part is looked at; bounded before it is opened."""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from caitien.web.evidence.refusals import RefusedFile, refuse

_MB = 1024 * 1024
MOST_PARTS = 10_000  # of an Office file: a long presentation has a thousand
MOST_FILES = 500  # of an archive
MOST_DIRECTORY = 4 * _MB  # bytes of the list of parts, which is read whole
MOST_UNPACKED = 1024 * _MB  # of an Office file, which is not unpacked here
MOST_UNPACKED_ARCHIVE = 400 * _MB
MOST_RATIO = 200
"""Times that an archive may grow; text shrinks twenty times, pictures not at all."""
IN_MEMORY = 4 * _MB  # of a part that is looked at; more goes to a temporary file
_END = b"PK\x05\x06"
_BIG_LOCATOR = b"PK\x06\x07"
_END_LENGTH, _LONGEST_COMMENT = 22, 65_535
_SOUGHT_IN = (b"PK", b"\xd0\xcf\x11\xe0")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LEFTOVERS = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_OFFICE = (
    # part, words among the content types, kind, program, the kind to save as
    ("word/", b"wordprocessingml", "docx", "Word", "Word Document (*.docx)"),
    ("xl/", b"spreadsheetml", "xlsx", "Excel", "Excel Workbook (*.xlsx)"),
    ("ppt/", b"presentationml", "pptx", "PowerPoint", "PowerPoint Presentation (*.pptx)"),
)
KindOfPart = Callable[[BinaryIO, int, str], str]
"""(stream, size, name) -> name of the kind; raises RefusedFile."""


def kind_of(stream: BinaryIO, size: int, kind_of_part: KindOfPart | None) -> str:
    """ "docx", "xlsx", "pptx", "odt", "ods", "odp" or "zip". Raises RefusedFile.

    `kind_of_part` tells what a part of an archive is (None: this is one itself, and archives within archives are refused
    unseen, however deep); Office files are not opened further than their list of parts.
    """
    _bound_directory(stream, size)
    try:
        with zipfile.ZipFile(stream) as archive:
            return _kind(archive, size, kind_of_part)
    except RefusedFile:
        raise
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        if isinstance(error, OSError) and error.errno:  # the machine's trouble, not the file's
            raise
        raise refuse("damaged", program="Word, Excel") from None


def _bound_directory(stream: BinaryIO, size: int) -> None:
    """Refuses a ZIP whose list of parts is too long to be read whole, by what its last bytes say."""
    start = max(0, size - _END_LENGTH - _LONGEST_COMMENT)
    stream.seek(start)
    tail = stream.read(_END_LENGTH + _LONGEST_COMMENT)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_LENGTH:
        raise refuse("damaged", program="Word, Excel")
    parts, length = int.from_bytes(tail[at + 10 : at + 12], "little"), int.from_bytes(tail[at + 12 : at + 16], "little")
    locator = start + at - 20
    if locator >= 0:
        stream.seek(locator)
        found = stream.read(20)
        if found.startswith(_BIG_LOCATOR):
            place = int.from_bytes(found[8:16], "little")
            if place > locator:
                raise refuse("damaged", program="Word, Excel")
            stream.seek(place)
            record = stream.read(56)
            parts, length = int.from_bytes(record[32:40], "little"), int.from_bytes(record[40:48], "little")
    if parts > MOST_PARTS or length > MOST_DIRECTORY:
        raise refuse("zip_too_much")


def _kind(archive: zipfile.ZipFile, size: int, kind_of_part: KindOfPart | None) -> str:
    parts = archive.infolist()
    if not parts:
        raise refuse("zip_empty")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise refuse("zip_too_much")
    names = {part.filename.replace("\\", "/").lstrip("/").lower(): part for part in parts}
    if "mimetype" in names and (kind := _open_document(archive, names)):
        return kind
    if "[content_types].xml" in names:
        return _office(archive, names)
    if any(name.startswith("index/") and name.endswith(".iwa") for name in names) or "index.zip" in names:
        raise refuse("apple")
    if "meta-inf/manifest.mf" in names or "classes.dex" in names or "androidmanifest.xml" in names:
        raise refuse("program")
    return _archive(archive, parts, size, kind_of_part)


def _open_document(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> str | None:
    mime = _start(archive, names["mimetype"], 100).strip()
    if mime.startswith(b"application/epub"):
        raise refuse("book")
    kind = next((kind for start, kind in _ODF.items() if mime.startswith(start)), None)
    if kind is None:
        return None
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in names):
        raise refuse("macro", program="LibreOffice", kind="Word Document (*.docx), Excel (*.xlsx)")
    if "meta-inf/manifest.xml" in names and b"encryption-data" in _start(archive, names["meta-inf/manifest.xml"]):
        raise refuse("password", program="LibreOffice")
    return kind


def _office(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> str:
    types = _start(archive, names["[content_types].xml"])
    for folder, words, kind, program, better in _OFFICE:
        if not any(name.startswith(folder) for name in names) and words not in types:
            continue
        if b"sheet.binary" in types:
            raise refuse("sheet_binary")
        if b"macroEnabled" in types or any(name.endswith("vbaproject.bin") for name in names):
            raise refuse("macro", program=program, kind=better)
        return kind
    raise refuse("office_other")


def _archive(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], size: int, kind_of_part: KindOfPart | None) -> str:
    """An archive of files: each is looked at. Nothing is unpacked but for looking, and no more than it says it holds."""
    if kind_of_part is None:
        raise refuse("archive", kind="ZIP")
    files = [part for part in parts if not part.is_dir() and not _is_leftover(part.filename)]
    if not files:
        raise refuse("zip_empty")
    unpacked = sum(part.file_size for part in files)
    if len(files) > MOST_FILES or unpacked > min(MOST_RATIO * max(size, _MB), MOST_UNPACKED_ARCHIVE):
        raise refuse("zip_too_much")
    for part in files:
        shown = part.filename.replace("\\", "/").rsplit("/", 1)[-1][-80:]
        if _leads_out(part):
            raise refuse("zip_names", inside=part.filename[-80:])
        if part.flag_bits & 1:
            raise refuse("zip_password")
        if part.compress_type not in _METHODS:
            raise refuse("zip_method")
        if part.file_size:
            _look_at(archive, part, shown, kind_of_part)
    return "zip"


def _look_at(archive: zipfile.ZipFile, part: zipfile.ZipInfo, shown: str, kind_of_part: KindOfPart) -> None:
    with archive.open(part) as packed, SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        within = cast(BinaryIO, packed)
        if packed.read(4).startswith(_SOUGHT_IN):  # these are sought in back and forth
            packed.seek(0)
            shutil.copyfileobj(packed, copy, _MB)  # zipfile gives no byte more than the list says
            within = cast(BinaryIO, copy)
        try:
            kind_of_part(within, part.file_size, shown)
        except RefusedFile as refused:
            code = refused.code
            if code in ("archive", "zip_empty"):
                raise refuse("zip_in_zip", inside=shown) from None
            raise refuse("zip_part", inside=shown, why=refused) from None


def _start(archive: zipfile.ZipFile, part: zipfile.ZipInfo, length: int = 256 * 1024) -> bytes:
    """The first bytes of a part: enough to tell kinds, too little to hurt."""
    if part.flag_bits & 1 or part.compress_type not in _METHODS:
        raise refuse("damaged", program="Word, Excel")
    with archive.open(part) as stream:
        return stream.read(length)


def _is_leftover(name: str) -> bool:
    small = name.replace("\\", "/").lower()
    last = small.rsplit("/", 1)[-1]
    return small.startswith(_LEFTOVERS[0]) or last in _LEFTOVERS[1:] or last.startswith(("~$", "._"))


def _leads_out(part: zipfile.ZipInfo) -> bool:
    """A name that leaves the folder in which an archive is unpacked, or is a link to another file."""
    name = part.filename.replace("\\", "/")
    return (
        name.startswith("/")
        or ".." in name.split("/")
        or (len(name) > 1 and name[1] == ":")
        or stat.S_ISLNK(part.external_attr >> 16)
    )
