"""Opens a file safely: says what it is by its content (never its name), bounds it, and hands it to its reader."""

from __future__ import annotations

import os
import re
import zipfile
from io import BytesIO
from pathlib import Path

from caitien.errors import ReadingError
from caitien.reading.formats import read_as
from caitien.reading.limits import DEFAULT_LIMITS, Limits, Progress, Watch
from caitien.reading.refusals import refuse
from caitien.reading.source import Format, SourceDocument

_MB = 1024 * 1024

_PICTURES = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
_ARCHIVES = {
    b"Rar!\x1a\x07": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "GZ",
    b"BZh": "BZ2",
    b"\xfd7zXZ\x00": "XZ",
}
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("EncryptionInfo", "encrypted"),
    ("WordDocument", "old_word"),
    ("Workbook", "old_excel"),
    ("PowerPoint Document", "old_powerpoint"),
    ("Book", "old_excel"),
)
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "presentation",
}


def open_source(
    source: Path | str | bytes,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_progress: Progress | None = None,
) -> SourceDocument:
    """Read a DOCX, PDF, XLSX or plain text file as paragraphs and tables of cells.

    `source`: a path, or the bytes of the file. `name`: the name to show, the path's own when None. `on_progress`
    is called with (share done, Vietnamese phrase). Raises ReadingError with a `code` of `reading.refusals`.
    """
    watch = Watch(limits, on_progress)
    content, shown = read_bytes(source, name, limits)
    watch.progress(0.02, "Đang mở tệp")
    try:
        format = sniff(content)
        document = read_as(format, _text(content) if format == "txt" else content, watch)
    except MemoryError:
        raise refuse("too_much_memory") from None
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise refuse("damaged", program="Word hoặc Excel") from error  # values that no program writes
    document.name = shown
    watch.progress(1.0, "Đã đọc xong tệp")
    return document


def read_bytes(source: Path | str | bytes, name: str | None, limits: Limits) -> tuple[bytes, str]:
    """The bytes of a file and the name to show. Raises ReadingError: "missing", "empty", "too_large", …"""
    if isinstance(source, bytes):
        _bound_size(len(source), limits)
        return source, name or ""
    shown = name or Path(source).name
    return _read_file(Path(source), shown, limits), shown


def sniff(content: bytes) -> Format:
    """The format of a file's bytes. Raises ReadingError for every kind that is not read, with what to do about it."""
    if not content.strip(b"\x00 \t\r\n"):
        raise refuse("empty")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK"):
        return _sniff_zip(content)
    if content.startswith(_OLE2):
        raise _sniff_ole2(content)
    picture = _picture_kind(content)
    if picture:
        raise refuse("picture", kind=picture)
    for start, kind in _ARCHIVES.items():
        if content.startswith(start):
            raise refuse("archive", kind=kind)
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        raise refuse("rtf")
    if b"word.document" in head or b"schemas.microsoft.com/office/2006/xmlpackage" in head:
        raise refuse("word_xml")
    if re.match(
        rb"<!doctype html|<html|<\?xml[^>]*>\s*(<!doctype html|<html)|<head|<body|<table|<meta|mime-version:", head
    ):
        raise refuse("html")
    if content.startswith((b"MZ", b"\x7fELF")):
        raise refuse("unknown_type")
    return "txt"


def _read_file(path: Path, shown: str, limits: Limits) -> bytes:
    """The bytes of a file; its size is asked before a byte is read, and what grows meanwhile is not read on."""
    try:
        with path.open("rb") as stream:
            _bound_size(os.fstat(stream.fileno()).st_size, limits)
            content = stream.read(limits.file_bytes + 1)
    except FileNotFoundError:
        raise refuse("missing", name=shown) from None
    except IsADirectoryError:
        raise refuse("not_a_file", name=shown) from None
    except PermissionError:
        raise refuse("not_a_file" if path.is_dir() else "no_permission", name=shown) from None
    _bound_size(len(content), limits)
    return content


def _bound_size(size: int, limits: Limits) -> None:
    if size == 0:
        raise refuse("empty")
    if size > limits.file_bytes:
        raise refuse("too_large", size=round(size / _MB) or 1, limit=limits.file_bytes // _MB)


def _text(content: bytes) -> str:
    from caitien.reading.text_encoding import decode_text

    text = decode_text(content)
    if not text.strip():
        raise refuse("empty")
    return text


def _picture_kind(content: bytes) -> str | None:
    for start, kind in _PICTURES.items():
        if content.startswith(start) and (kind != "BMP" or b"\x00" in content[:16]):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"avif", b"msf1"):
        return "HEIC"
    return None


def _sniff_zip(content: bytes) -> Format:
    """DOCX or XLSX by the parts inside; refuses the other kinds of ZIP."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = [info.filename.replace("\\", "/").lstrip("/").lower() for info in archive.infolist()]
            kind = _open_document_kind(archive, names)
            types = _start_of(archive, "[Content_Types].xml")
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        raise refuse("damaged", program="Word") from None
    if kind:
        raise refuse(kind)
    if any(n.startswith("xl/") for n in names) and b"sheet.binary" in types:
        raise refuse("old_excel_binary")
    if "[content_types].xml" in names:
        if b"wordprocessingml" in types or b"ms-word" in types or "word/document.xml" in names:
            return "docx"
        if b"spreadsheetml" in types or b"ms-excel" in types or "xl/workbook.xml" in names:
            return "xlsx"
        if b"presentationml" in types or any(n.startswith("ppt/") for n in names):
            raise refuse("presentation")
    raise refuse("archive", kind="ZIP")


def _open_document_kind(archive: zipfile.ZipFile, names: list[str]) -> str | None:
    if "mimetype" not in names:
        return None
    mime = _start_of(archive, "mimetype").strip()
    return next((kind for start, kind in _ODF.items() if mime.startswith(start)), None)


def _start_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """The first 256 KB of a member, b"" when there is none: enough to tell kinds, too little to hurt."""
    wanted = next((info for info in archive.infolist() if info.filename.lower() == name.lower()), None)
    if wanted is None:
        return b""
    with archive.open(wanted) as stream:
        return stream.read(256 * 1024)


def _sniff_ole2(content: bytes) -> ReadingError:
    """What an old Office file (a compound file) is, by the names of its streams, which stand in it as UTF-16.

    The first sector of its directory is asked before the rest: further on stand the names of embedded files too.
    """
    sector = 1 << min(int.from_bytes(content[30:32], "little"), 16)
    directory = (int.from_bytes(content[48:52], "little") + 1) * sector
    for part in (content[directory : directory + sector], content):
        for stream, code in _STREAMS:
            if stream.encode("utf-16-le") in part:
                return refuse(code, program="Word hoặc Excel")
    return refuse("old_office")
