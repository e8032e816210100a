"""Files as schools send them, and as nobody should: made here, small, of nobody. `DATA` holds some that Office wrote."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

DATA = Path(__file__).parent / "data"
OFFICE = "application/vnd.openxmlformats-officedocument."


def written(name: str) -> bytes:
    """A file that a word processor wrote: "bien-ban.doc", "bien-ban.odt", "co-mat-khau.pdf" (asks for a password),
    "cam-in.pdf" (only forbids printing)."""
    return (DATA / name).read_bytes()


def docx(words: str = "Biên bản họp tổ chuyên môn") -> bytes:
    import docx as library

    document = library.Document()
    document.add_paragraph(words)
    return _saved(document.save)


def xlsx(words: str = "Số học sinh") -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = words
    return _saved(book.save)


def picture(format: str = "JPEG", size: tuple[int, int] = (40, 30), colour: str = "teal") -> bytes:
    from PIL import Image

    return _saved(lambda target: Image.new("RGB", size, colour).save(target, format))


def pdf(words: str = "Quyet dinh so 12") -> bytes:
    """A PDF of one page, by hand; `words` in ASCII."""
    stream = f"BT /F1 18 Tf 60 700 Td ({words}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    return _saved(lambda target: _pack(target, parts, method))


def macro_workbook() -> bytes:
    """An Excel workbook with macros, as its parts stand in the file."""
    types = f'<Types><Override PartName="/xl/workbook.xml" ContentType="{OFFICE}spreadsheetml.sheet"/><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    return archive({"[Content_Types].xml": types.encode(), "xl/workbook.xml": b"<w/>", "xl/vbaProject.bin": b"\0VBA"})


def presentation() -> bytes:
    types = f'<Types><Override PartName="/ppt/presentation.xml" ContentType="{OFFICE}presentationml.presentation.main+xml"/></Types>'
    return archive({"[Content_Types].xml": types.encode(), "ppt/presentation.xml": b"<p/>"})


def compound(*streams: str) -> bytes:
    """An OLE compound file whose directory holds these streams: its header and directory as the format has them."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[24:34] = b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00"
    header[48:52] = (1).to_bytes(4, "little")  # the directory begins in sector 1
    directory = b""
    for name in ("Root Entry", *streams):
        wide = name.encode("utf-16-le")
        directory += wide.ljust(64, b"\0") + (len(wide) + 2).to_bytes(2, "little") + b"\x02\x01" + bytes(60)
    return bytes(header) + bytes(512) + directory.ljust(1024, b"\0") + bytes(512)


def film(brand: bytes = b"isom") -> bytes:
    """The beginning of a film or picture in the ISO media format: enough for what tells kinds."""
    return b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x02\x00isomiso2" + b"\x00\x00\x00\x08free" + bytes(256)


def _saved(save) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()


def _pack(target, parts: dict[str, bytes], method: int) -> None:
    with zipfile.ZipFile(target, "w", method) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
