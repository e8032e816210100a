"""The electronic signatures that a PDF carries: who, when, why, as its signature dictionaries say."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from caitien.reading.source import FileSignature

_TIME = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?")
_MOST = 50


def signatures(document: Any, data: bytes) -> list[FileSignature]:
    """Signatures of an open pypdfium2 document, in the order of their fields. `data`: the bytes of the file."""
    import pypdfium2.raw as pdfium_c

    if pdfium_c.FPDF_GetSignatureCount(document.raw) <= 0:
        return []
    try:
        return _from_dictionaries(data)
    except Exception:  # a damaged form is no reason to refuse the plan
        return []


def _from_dictionaries(data: bytes) -> list[FileSignature]:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import resolve1

    catalog = PDFDocument(PDFParser(BytesIO(data))).catalog
    form = resolve1(catalog.get("AcroForm")) or {}
    found: list[FileSignature] = []
    waiting = list(resolve1(form.get("Fields")) or [])
    looked_at = 0
    while waiting and len(found) < _MOST and looked_at < 5000:
        looked_at += 1
        field = resolve1(waiting.pop(0)) or {}
        waiting[:0] = resolve1(field.get("Kids")) or []
        value = resolve1(field.get("V"))
        if not isinstance(value, dict) or "Contents" not in value:
            continue
        name = _text(resolve1(value.get("Name"))) or common_name(_bytes(resolve1(value.get("Contents"))))
        time, reason = iso_time(_text(resolve1(value.get("M")))), _text(resolve1(value.get("Reason")))
        found.append(FileSignature(name=name, time=time, reason=reason or None))
    return found


def iso_time(text: str) -> str | None:
    """A PDF date ("D:20251020103000+07'00'") as ISO 8601; None when it is not one."""
    match = _TIME.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, utc, sign, zone_hour, zone_minute = match.groups()
    zone = "+00:00" if utc else f"{sign}{zone_hour}:{zone_minute or '00'}" if sign else ""
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}"


def common_name(der: bytes) -> str:
    """The signer's name in a PKCS #7 signature: the common name that issued no other certificate; "" when unsure."""
    names: list[str] = []
    for match in re.finditer(rb"\x06\x03\x55\x04\x03([\x0c\x13\x14\x1e])([\x00-\x7f])", der):
        kind, length = match.group(1), match.group(2)[0]
        raw = der[match.end() : match.end() + length]
        names.append(raw.decode("utf-16-be" if kind == b"\x1e" else "utf-8", "replace"))
    once = [name for name in names if names.count(name) == 1]
    return once[0] if len(once) == 1 else ""


def _text(value: object) -> str:
    if not isinstance(value, bytes):
        return "" if value is None else str(value).strip("/'")
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace").strip()
    if value.startswith(b"\xef\xbb\xbf"):
        return value[3:].decode("utf-8", "replace").strip()
    return value.decode("latin-1").strip()


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""
