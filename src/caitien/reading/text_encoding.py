"""Bytes of a plain text file to text: UTF-8, UTF-16 with its mark, Windows-1258 when it surely is; else a refusal."""

from __future__ import annotations

import codecs
import unicodedata

from caitien.reading.legacy_fonts import legacy_encoding, vietnamese_share
from caitien.reading.refusals import refuse

_SURE = 0.9


def decode_text(data: bytes) -> str:
    """The text of a file, in NFC. Raises ReadingError: "bad_encoding", "legacy_font", "unknown_type" (not text at all)."""
    text = _decode(data)
    old = legacy_encoding(text)
    if old:
        raise refuse("legacy_font", encoding=old)
    return unicodedata.normalize("NFC", text)


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16")
    if b"\x00" in data[:4096]:
        encoding = _utf16_without_mark(data)
        if encoding is None:
            raise refuse("unknown_type")
        return _strict(data, encoding)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _single_byte(data)
    if sum(c < " " and c not in "\t\n\r\f\v\x1a" for c in text[:4096]) > 0.02 * min(len(text), 4096):
        raise refuse("unknown_type")
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise refuse("bad_encoding") from None


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 whose mark was lost: every other byte of the spaces and Latin letters is zero."""
    head = data[:4096]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        others = head[0::2] if encoding == "utf-16-le" else head[1::2]
        if zeros.count(0) > 0.3 * len(zeros) and others.count(0) < 0.02 * len(others):
            return encoding
    return None


def _single_byte(data: bytes) -> str:
    """A one-byte encoding: old fonts are named in the refusal, Windows-1258 is read when its words are Vietnamese."""
    control = sum(b < 32 and b not in b"\t\n\r\f" for b in data[:4096])
    if control > 0.02 * min(len(data), 4096):
        raise refuse("unknown_type")
    old = legacy_encoding(data.decode("latin-1"))
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        text = ""
    if vietnamese_share(text) >= _SURE:
        return text
    if old:
        raise refuse("legacy_font", encoding=old)
    raise refuse("bad_encoding")
