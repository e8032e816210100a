"""Makes the files that a school may send by mistake, or somebody in bad faith: each a real file of its kind."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from pathlib import Path

CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/{part}" ContentType="{type}"/></Types>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>
</Relationships>"""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD_MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PARAGRAPH = "<w:p><w:r><w:t>Kế hoạch cải tiến chất lượng</w:t></w:r></w:p>"


def docx(
    path: Path,
    body: str | bytes = PARAGRAPH,
    *,
    type: str = WORD,
    prolog: str = "",
    extra: dict[str, bytes] | None = None,
    packed: bool = True,
) -> Path:
    """A Word file whose body is the given XML. `prolog` goes before the root; `extra` are further parts."""
    document = (
        body if isinstance(body, bytes) else f"{prolog}<w:document {W}><w:body>{body}</w:body></w:document>".encode()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES.format(part="word/document.xml", type=type))
        archive.writestr("_rels/.rels", RELATIONS.format(kind="officeDocument", target="word/document.xml"))
        archive.writestr("word/document.xml", document)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return path


def xlsx(path: Path, sheet: str, *, prolog: str = "", extra: dict[str, bytes] | None = None) -> Path:
    """An Excel file with one sheet of the given XML (what stands inside <worksheet>)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES.format(part="xl/workbook.xml", type=EXCEL))
        archive.writestr("_rels/.rels", RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"))
        archive.writestr(
            "xl/_rels/workbook.xml.rels", RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml")
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {S} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="KH" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", f"{prolog}<worksheet {S}>{sheet}</worksheet>")
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return path


def zip_of(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def big_zip_member(
    path: Path, name: str, megabytes: int, fill: bytes = b" ", head: bytes = b"", tail: bytes = b""
) -> Path:
    """A Word file with a part that inflates to `megabytes` of `fill`, written without holding it in memory."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES.format(part="word/document.xml", type=WORD))
        archive.writestr("_rels/.rels", RELATIONS.format(kind="officeDocument", target="word/document.xml"))
        with archive.open(name, "w", force_zip64=True) as stream:
            stream.write(head)
            block = fill * (1024 * 1024 // len(fill))
            for _ in range(megabytes):
                stream.write(block)
            stream.write(tail)
    return path


def compound(path: Path, streams: list[str]) -> Path:
    """An OLE2 compound file (the container of .doc, .xls and encrypted Office files) with empty streams of these names."""
    free, end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += (
        struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
        + struct.pack("<I", 0)
        + struct.pack("<I", free) * 108
    )
    fat = struct.pack("<II", fat_sector, end) + struct.pack("<I", free) * 126

    def entry(name: str, kind: int, child: int = -1) -> bytes:
        text = name.encode("utf-16-le") + b"\x00\x00"
        links = struct.pack("<BBiii", kind, 1, -1, -1, child)
        return text.ljust(64, b"\x00") + struct.pack("<H", len(text)) + links + bytes(36) + struct.pack("<IQ", end, 0)

    directory = b"".join([entry("Root Entry", 5, 1), *(entry(name, 2) for name in streams)])
    path.write_bytes(header + fat + directory.ljust(512, b"\x00") + bytes(4096))
    return path


def pdf(path: Path, objects: list[bytes], trailer: bytes = b"") -> Path:
    """A PDF of these objects (the first is the catalog), with a right cross-reference table."""
    out = io.BytesIO()
    out.write(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))
    path.write_bytes(out.getvalue())
    return path


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(content), more) + content + b"\nendstream"


def pdf_page_of(
    path: Path, content: bytes, trailer: bytes = b"", encrypt: bytes | None = None, font: bytes = b"/Helvetica"
) -> Path:
    """A PDF of one page with this content stream and one font, F1."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        stream(content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont %s /Encoding /WinAnsiEncoding >>" % font,
    ]
    return pdf(path, objects + ([encrypt] if encrypt else []), trailer)


def pdf_of_many_pages(path: Path, pages: int) -> Path:
    kids = b" ".join(b"%d 0 R" % (i + 3) for i in range(pages))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages)]
    objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * pages
    return pdf(path, objects)


_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def locked_pdf(
    path: Path,
    user_password: str,
    content: bytes = b"BT /F1 12 Tf 72 700 Td (Ke hoach cai tien chat luong nam hoc) Tj ET",
) -> Path:
    """A PDF under 40-bit encryption (PDF 1.4, algorithms 3.2 to 3.4); with no user password anyone may open it."""

    def rc4(key: bytes, data: bytes) -> bytes:
        state, j, out = list(range(256)), 0, bytearray()
        for i in range(256):
            j = (j + state[i] + key[i % len(key)]) % 256
            state[i], state[j] = state[j], state[i]
        i = j = 0
        for byte in data:
            i = (i + 1) % 256
            j = (j + state[i]) % 256
            state[i], state[j] = state[j], state[i]
            out.append(byte ^ state[(state[i] + state[j]) % 256])
        return bytes(out)

    padded = (user_password.encode("latin-1") + _PAD)[:32]
    owner = rc4(hashlib.md5((b"chu so huu" + _PAD)[:32]).digest()[:5], padded)
    permissions, identity = struct.pack("<i", -44), b"0123456789abcdef"
    key = hashlib.md5(padded + owner + permissions + identity).digest()[:5]
    user = rc4(key, _PAD)
    own_key = hashlib.md5(key + (4).to_bytes(3, "little") + b"\x00\x00").digest()[:10]
    encrypt = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -44 >>" % (owner.hex().encode(), user.hex().encode())
    trailer = b"/Encrypt 6 0 R /ID [<%s> <%s>]" % (identity.hex().encode(), identity.hex().encode())
    return pdf_page_of(path, rc4(own_key, content), trailer, encrypt)
