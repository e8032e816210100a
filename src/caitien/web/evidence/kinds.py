"""What a file is, told by its content and never by its name or by what the sender's browser says.

Everything here looks at a bounded part of the file, or streams over it: a file of 100 MB costs no memory. What is not
taken as evidence is refused by `refusals.py` with a sentence that says what to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from caitien.web.evidence import compound_files, locked_pdf, zip_files
from caitien.web.evidence.refusals import RefusedFile, refuse

MEGABYTE = 1024 * 1024
MOST_BYTES = 100 * MEGABYTE
"""Of a document or a picture: 400 scanned pages at 200 dpi."""
MOST_BYTES_OF_FILMS = 200 * MEGABYTE
"""Of a film or a sound: about five minutes as a phone takes them."""
HEAD = 64 * 1024
"""Bytes of the beginning that tell nearly every kind."""


class Family(StrEnum):
    """What one does with a file of a kind."""

    DOCUMENT = "document"
    SHEET = "sheet"
    SLIDES = "slides"
    PICTURE = "picture"
    FILM = "film"
    SOUND = "sound"
    TEXT = "text"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken. `name`: also the ending of a file's name; `others`: other endings it may have."""

    name: str
    label: Any
    family: Family
    content_type: str
    others: tuple[str, ...] = ()

    @property
    def most_bytes(self) -> int:
        return MOST_BYTES_OF_FILMS if self.family in (Family.FILM, Family.SOUND) else MOST_BYTES


_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("pdf", _("PDF"), Family.DOCUMENT, "application/pdf"),
        Kind("docx", _("Word"), Family.DOCUMENT, _OFFICE + "wordprocessingml.document", ("dotx",)),
        Kind("xlsx", _("Excel"), Family.SHEET, _OFFICE + "spreadsheetml.sheet", ("xltx",)),
        Kind("pptx", _("PowerPoint"), Family.SLIDES, _OFFICE + "presentationml.presentation", ("ppsx", "potx")),
        Kind("doc", _("Word kiểu cũ"), Family.DOCUMENT, "application/msword", ("dot",)),
        Kind("xls", _("Excel kiểu cũ"), Family.SHEET, "application/vnd.ms-excel", ("xlt",)),
        Kind("ppt", _("PowerPoint kiểu cũ"), Family.SLIDES, "application/vnd.ms-powerpoint", ("pps", "pot")),
        Kind("odt", _("văn bản OpenDocument"), Family.DOCUMENT, _ODF + "text"),
        Kind("ods", _("bảng tính OpenDocument"), Family.SHEET, _ODF + "spreadsheet"),
        Kind("odp", _("trình chiếu OpenDocument"), Family.SLIDES, _ODF + "presentation"),
        Kind("jpg", _("ảnh JPEG"), Family.PICTURE, "image/jpeg", ("jpeg", "jpe", "jfif")),
        Kind("png", _("ảnh PNG"), Family.PICTURE, "image/png"),
        Kind("webp", _("ảnh WebP"), Family.PICTURE, "image/webp"),
        Kind("heic", _("ảnh HEIC"), Family.PICTURE, "image/heic", ("heif",)),
        Kind("avif", _("ảnh AVIF"), Family.PICTURE, "image/avif"),
        Kind("gif", _("ảnh GIF"), Family.PICTURE, "image/gif"),
        Kind("tif", _("ảnh TIFF"), Family.PICTURE, "image/tiff", ("tiff",)),
        Kind("bmp", _("ảnh BMP"), Family.PICTURE, "image/bmp", ("dib",)),
        Kind("mp4", _("phim MP4"), Family.FILM, "video/mp4", ("m4v",)),
        Kind("mov", _("phim MOV"), Family.FILM, "video/quicktime", ("qt",)),
        Kind("3gp", _("phim 3GP"), Family.FILM, "video/3gpp", ("3gpp", "3g2")),
        Kind("webm", _("phim WebM"), Family.FILM, "video/webm", ("mkv", "weba")),
        Kind("avi", _("phim AVI"), Family.FILM, "video/x-msvideo"),
        Kind("wmv", _("phim WMV"), Family.FILM, "video/x-ms-wmv", ("asf", "wma")),
        Kind("mp3", _("âm thanh MP3"), Family.SOUND, "audio/mpeg"),
        Kind("m4a", _("âm thanh M4A"), Family.SOUND, "audio/mp4", ("m4b",)),
        Kind("aac", _("âm thanh AAC"), Family.SOUND, "audio/aac"),
        Kind("wav", _("âm thanh WAV"), Family.SOUND, "audio/wav"),
        Kind("ogg", _("âm thanh OGG"), Family.SOUND, "audio/ogg", ("oga", "opus")),
        Kind("amr", _("âm thanh AMR"), Family.SOUND, "audio/amr"),
        Kind("txt", _("văn bản thuần"), Family.TEXT, "text/plain; charset=utf-8", ("text", "log", "md")),
        Kind("csv", _("bảng CSV"), Family.TEXT, "text/csv; charset=utf-8", ("tsv",)),
        Kind("zip", _("tệp nén ZIP"), Family.ARCHIVE, "application/zip"),
    )
}  # fmt: skip
BY_ENDING: dict[str, Kind] = {ending: kind for kind in KINDS.values() for ending in (kind.name, *kind.others)}
ACCEPT = ",".join(f".{ending}" for ending in BY_ENDING)
"""For the `accept` of a form: what the browser offers first. It decides nothing."""

_PICTURES = {
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"II*\x00": "tif",
    b"MM\x00*": "tif",
}
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "heic"),
    **dict.fromkeys((b"avif", b"avis"), "avif"),
    **dict.fromkeys((b"M4A ", b"M4B ", b"M4P "), "m4a"),
    b"qt  ": "mov",
}
"""Of ISO media files (ftyp): the major brand. Others are films: MP4, or 3GP when they begin with "3g"."""
_OLD_MOVS = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_ARCHIVES = {
    b"Rar!\x1a\x07": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "GZ",
    b"BZh": "BZ2",
    b"\xfd7zXZ\x00": "XZ",
    b"MSCF": "CAB",
}
_PROGRAMS = (
    b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa\xcf", b"#!", b"dex\n", b"!<arch>",
)  # fmt: skip
_AMR = b"#!AMR"  # sounds of old phones
_SHORTCUT = b"L\x00\x00\x00\x01\x14\x02\x00"  # of Windows (.lnk)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MP3_FRAMES = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa", b"\xff\xe3")
_BLANK = b"\x00 \t\r\n"
_WEB_PAGE = re.compile(
    rb"<!doctype\s+html|<(html|head|body|script|iframe|table|meta|style|object|embed|form|frameset|base)[\s>/]|mime-version:"
)
_PROGRAM_ENDINGS = frozenset((
    "exe", "com", "scr", "pif", "msi", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "mjs", "jse", "wsf", "wsh", "hta", "jar",
    "apk", "ipa", "app", "sh", "bash", "py", "pyw", "rb", "pl", "php", "asp", "aspx", "jsp", "reg", "inf", "cpl", "dll", "sys",
    "lua", "swf", "crx",
))  # fmt: skip
_WEB_ENDINGS = frozenset(("html", "htm", "xhtml", "shtml", "mht", "mhtml", "svg", "svgz", "xml", "xsl", "xslt"))
_SHORTCUT_ENDINGS = frozenset(("lnk", "url", "webloc", "desktop", "gdoc", "gsheet", "gslides", "gform"))
_LEFTOVERS = frozenset({"thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db"})


def ending_of(name: str) -> str:
    """The last ending of a name, in small letters, without its point; "" when it has none."""
    return name.rpartition(".")[2].lower() if "." in name.strip(".") else ""


def check_said(name: str, size: int) -> None:
    """Refuses by what is said of a file, before a byte of it is sent: too large whatever it is, empty, a leftover."""
    if name.lower() in _LEFTOVERS or name.startswith(("~$", "._")):
        raise refuse("leftover")
    if size <= 0:
        raise refuse("empty")
    said = BY_ENDING.get(ending_of(name))
    _bound(size, said.most_bytes if said else MOST_BYTES_OF_FILMS)


def first_look(head: bytes, size: int, name: str) -> Kind | None:
    """What the first bytes (`HEAD`, or all) tell: the kind, None when the rest must be seen. Raises RefusedFile.

    `size`: of the whole file in bytes. What is certainly not taken is refused here, before the rest is sent.
    """
    if not head.strip(_BLANK):
        if len(head) >= min(size, HEAD):
            raise refuse("zeros" if b"\x00" in head else "empty")
        return None
    kind = _of_head(head, name)
    _bound(size, kind.most_bytes if kind else MOST_BYTES)
    return kind


def kind_of(stream: BinaryIO, size: int, name: str, *, within: bool = False) -> Kind:
    """What a whole file is. `stream` can seek and is left anywhere; `name` is cleaned. Raises RefusedFile.

    `within`: it is a part of an archive, where another archive is refused unseen.
    """
    check_said(name, size)
    stream.seek(0)
    head = stream.read(HEAD)
    kind = first_look(head, size, name)
    if head.startswith(b"PK"):
        kind = KINDS[zip_files.kind_of(stream, size, None if within else _kind_within)]
    elif head.startswith(_OLE2):
        kind = KINDS[compound_files.kind_of(stream)]
    elif kind is None:
        raise refuse("unknown")
    elif kind.name == "pdf":
        locked_pdf.check(stream)
    elif kind.family is Family.TEXT:
        _check_text(stream)
    _bound(size, kind.most_bytes)
    return kind


def _kind_within(stream: BinaryIO, size: int, name: str) -> str:
    return kind_of(stream, size, name, within=True).name


def looks_cut(stream: BinaryIO, size: int, kind: Kind) -> bool:
    """Whether the end of a PDF or JPEG is missing: a scan that was copied while it was written. A doubt, no refusal."""
    marks = {"pdf": (b"%%EOF", 2048), "jpg": (b"\xff\xd9", 64 * 1024)}
    if kind.name not in marks:
        return False
    mark, length = marks[kind.name]
    stream.seek(max(0, size - length))
    return mark not in stream.read(length)


def _bound(size: int, most: int) -> None:
    if size > most:
        code = "film_too_large" if most > MOST_BYTES else "too_large"
        raise refuse(code, size=-(-size // MEGABYTE), limit=most // MEGABYTE)


def _of_head(head: bytes, name: str) -> Kind | None:
    """The kind, None for what needs the whole file (ZIP, old Office). Raises RefusedFile."""
    if (head.startswith(_PROGRAMS) and not head.startswith(_AMR)) or (head.startswith(b"MZ") and b"\x00" in head):
        raise refuse("program")
    if head.startswith(_SHORTCUT):
        raise refuse("shortcut")
    if _is_web(head):
        raise _web_refusal(head, name)
    if b"%PDF-" in head[:1024]:
        return KINDS["pdf"]
    if head.startswith((b"PK", _OLE2)):
        return None
    for start, archive in _ARCHIVES.items():
        if head.startswith(start):
            raise refuse("archive", kind=archive)
    if found := _picture(head) or _film_or_sound(head):
        return KINDS[found]
    if not _is_text(head):
        raise refuse("unknown")
    return _text_kind(head, name)


def _picture(head: bytes) -> str | None:
    for start, kind in _PICTURES.items():
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00" and b"\x00" in head[10:18]:
        return "bmp"
    return None


def _film_or_sound(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return _BRANDS.get(brand) or ("3gp" if brand[:2] == b"3g" else "mp4")
    if head[4:8] in _OLD_MOVS and head[0] == 0:
        return "mov"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "webm"
    if head[:4] == b"RIFF" and head[8:12] in (b"AVI ", b"WAVE"):
        return "avi" if head[8:12] == b"AVI " else "wav"
    if head.startswith(b"0&\xb2u\x8ef\xcf\x11"):
        return "wmv"
    if head.startswith(b"ID3") or (head[:2] in _MP3_FRAMES and b"\x00" in head):
        return "mp3"
    if head[:2] in (b"\xff\xf1", b"\xff\xf9"):
        return "aac"
    if head.startswith(b"OggS"):
        return "ogg"
    return "amr" if head.startswith(_AMR) else None


def _is_web(head: bytes) -> bool:
    """A page or picture that a browser would run: by what stands in its first letters, in whatever encoding."""
    start = _letters(head[:4096])
    if start.startswith((b"<?xml", b"<svg", b"<!--")) or b"<svg" in start[:1024] or b"<!doctype html" in start[:1024]:
        return True
    if start.startswith((b"<", b"mime-version:")) and _WEB_PAGE.search(start[:2048]):
        return True
    return _is_text(head) and (b"<script" in start or _WEB_PAGE.match(start) is not None)


def _letters(head: bytes) -> bytes:
    """The beginning as small ASCII letters, without byte order mark; UTF-16 made plain."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode("ascii", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x0c").lower()


def _web_refusal(head: bytes, name: str) -> RefusedFile:
    start, ending = _letters(head[:8192]), ending_of(name)
    if b"<svg" in start:
        return refuse("svg")
    if b"word.document" in start or b"excel.sheet" in start or b"office/2006/xmlpackage" in start:
        return refuse("office_xml")
    if start.startswith(b"<?xml") and b"<html" not in start and b"!doctype html" not in start:
        return refuse("xml")
    if ending in ("xls", "xlsx"):
        return refuse("web_as_sheet")
    return refuse("web_as_other", ending=ending) if ending in BY_ENDING else refuse("web")


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    start = head[:8192]
    control = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a\x1b" for byte in start)
    return b"\x00" not in head and control <= 0.01 * len(start)


def _text_kind(head: bytes, name: str) -> Kind:
    ending = ending_of(name)
    if ending in _PROGRAM_ENDINGS:
        raise refuse("program")
    if ending in _WEB_ENDINGS:
        raise refuse("web")
    if ending in _SHORTCUT_ENDINGS or head.lstrip()[:18].lower() in (b"[internetshortcut]", b"[{000214a0-0000-00"):
        raise refuse("shortcut")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{\\rtf"):
        raise refuse("rtf")
    if ending in ("eml", "msg"):
        raise refuse("mail")
    return KINDS["csv"] if ending in ("csv", "tsv") else KINDS["txt"]


def _check_text(stream: BinaryIO) -> None:
    """That no part of a text is something else, further on than its first letters."""
    stream.seek(0)
    first = stream.read(2)
    if first in (b"\xff\xfe", b"\xfe\xff"):
        return
    stream.seek(0)
    while block := stream.read(MEGABYTE):
        if b"\x00" in block:
            raise refuse("unknown")
