"""What an old Office file (OLE compound file) is, by the names of its streams; streamed, whatever its size."""

from __future__ import annotations

import os
from typing import BinaryIO

from caitien.web.evidence.refusals import refuse

_BLOCK = 1024 * 1024
_LONGEST = 64  # bytes of a name in the directory


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


_LOCKED = (_wide("EncryptedPackage"), _wide("EncryptionInfo"))
_MACROS = (_wide("_VBA_PROJECT"), _wide("_VBA_PROJECT_CUR"))
_KINDS = {
    _wide("WordDocument"): "doc",
    _wide("Workbook"): "xls",
    _wide("PowerPoint Document"): "ppt",
    _wide("Book") + b"\x00\x00": "xls",
}
_MAIL = (_wide("__substg1.0_"), _wide("__properties_version1"))
_PROGRAMS = {"doc": ("Word", "Word Document (*.docx)"), "xls": ("Excel", "Excel Workbook (*.xlsx)")}
_SLIDES = ("PowerPoint", "PowerPoint Presentation (*.pptx)")


def kind_of(stream: BinaryIO) -> str:
    """ "doc", "xls" or "ppt". Raises RefusedFile: with macros, with a password, mail, other programs' files.

    Names stand in the directory as UTF-16. Its first sector is asked first: further on stand those of embedded files too.
    """
    stream.seek(0)
    head = stream.read(512)
    sector = 1 << min(int.from_bytes(head[30:32], "little"), 16)
    directory, size = (int.from_bytes(head[48:52], "little") + 1) * sector, stream.seek(0, os.SEEK_END)
    stream.seek(min(directory, size))  # a damaged file says places that no disk has
    first = _among(stream.read(sector), tuple(_KINDS))
    names = (*_LOCKED, *_MACROS, *_MAIL, *_KINDS)
    found = _held(stream, names)
    if found & set(_LOCKED):
        raise refuse("password", program="Word, Excel")
    kind = next((_KINDS[name] for name in _KINDS if name in (first or found)), None)
    if kind is None:
        raise refuse("mail" if found & set(_MAIL) else "office_other")
    if found & set(_MACROS):
        program, better = _PROGRAMS.get(kind, _SLIDES)
        raise refuse("macro", program=program, kind=better)
    return kind


def _held(stream: BinaryIO, names: tuple[bytes, ...]) -> set[bytes]:
    """Which of the names stand anywhere in the file."""
    stream.seek(0)
    found: set[bytes] = set()
    kept = b""
    while block := stream.read(_BLOCK):
        found |= _among(kept + block, tuple(name for name in names if name not in found))
        kept = block[-_LONGEST:]
    return found


def _among(block: bytes, names: tuple[bytes, ...]) -> set[bytes]:
    return {name for name in names if name in block}
