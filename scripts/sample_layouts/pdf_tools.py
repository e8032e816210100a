"""PDF documents through Typst: ruled tables, thin filled rectangles instead of lines, rotated pages, lost letters."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import typst

from .grid import Row, placed


def literal(text: str) -> str:
    """Text as a Typst string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def page(*, landscape: bool = False, size: float = 10, margin: str = "1.5cm", numbered: str = "") -> str:
    w, hgt = ("29.7cm", "21cm") if landscape else ("21cm", "29.7cm")
    running = f', header: text(8pt, {literal(numbered)}), numbering: "1/1", number-align: center' if numbered else ""
    return (
        f"#set document(date: none)\n#set page(width: {w}, height: {hgt}, margin: {margin}{running})\n"
        f'#set text(font: "Libertinus Serif", size: {size}pt, lang: "vi", hyphenate: false)\n'
        "#set par(leading: 0.5em, spacing: 0.7em)\n"
    )


def para(text: str, *, bold: bool = False, centred: bool = False, italic: bool = False) -> str:
    body = f"#text({literal(text)})"
    if bold:
        body = f"#strong[{body}]"
    if italic:
        body = f"#emph[{body}]"
    return f"#align(center)[{body}]\n\n" if centred else f"{body}\n\n"


def two(left: Sequence[str], right: Sequence[str], *, bold_right: bool = True) -> str:
    """Two columns without borders: letterhead or signature."""

    def column(lines: Sequence[str], bold: bool) -> str:
        joined = " #linebreak() ".join(f"#text({literal(x)})" for x in lines)
        return f"[#align(center)[{'#strong[' + joined + ']' if bold else joined}]]"

    return f"#grid(columns: (1fr, 1fr), {column(left, False)}, {column(right, bold_right)})\n\n"


def table(
    rows: Sequence[Row],
    widths: Sequence[str],
    *,
    headers: int = 1,
    stroke: str = "0.5pt",
    repeat: bool = True,
    breakable: bool = True,
    inset: str = "3pt",
) -> str:
    """A table. Rows break over pages when `breakable`; the header stands on every page when `repeat`."""
    cells, _ = placed(rows)
    head = [_cell(c, breakable) for r, _, c in cells if r < headers]
    body = [_cell(c, breakable) for r, _, c in cells if r >= headers]
    header = f"table.header(repeat: {str(repeat).lower()}, {', '.join(head)})," if headers else ""
    rest = ",\n".join(body)
    return f"#table(columns: ({', '.join(widths)},), stroke: {stroke}, inset: {inset},\n{header}\n{rest}\n)\n\n"


def compiled(source: str) -> bytes:
    return bytes(typst.compile(source.encode("utf-8"), format="pdf"))


def _cell(cell: Any, breakable: bool) -> str:
    content = "#parbreak()".join(f"#text({literal(line)})" for line in cell.paragraphs)
    if cell.bold:
        content = f"#strong[{content}]"
    options = [f"rowspan: {cell.rowspan}", f"colspan: {cell.colspan}", f"breakable: {str(breakable).lower()}"]
    if cell.centred:
        options.append("align: center")
    return f"table.cell({', '.join(options)})[{content}]"


def turned(data: bytes) -> bytes:
    """Landscape pages redrawn on portrait pages that say /Rotate 90: they look the same and are stored lying down."""
    document = pdfium.PdfDocument(data)
    for one in document:
        width, height = one.get_size()
        for thing in one.get_objects(max_depth=1):
            thing.transform(pdfium.PdfMatrix(0, 1, -1, 0, height, 0))
        one.set_mediabox(0, 0, height, width)
        one.set_rotation(90)
        one.gen_content()
    return _saved(document)


def boxed(data: bytes) -> bytes:
    """Every stroked line replaced by a thin filled box, as other printers draw table borders."""
    document = pdfium.PdfDocument(data)
    for one in document:
        lines = [o for o in one.get_objects(max_depth=1) if o.type == pdfium_c.FPDF_PAGEOBJ_PATH]
        for path in lines:
            left, bottom, right, top = path.get_bounds()
            wide, tall = max(right - left, 0.5), max(top - bottom, 0.5)
            if min(wide, tall) > 2:
                continue
            one.remove_obj(path)
            box = pdfium_c.FPDFPageObj_CreateNewRect(left, bottom, wide, tall)
            pdfium_c.FPDFPageObj_SetFillColor(box, 0, 0, 0, 255)
            pdfium_c.FPDFPath_SetDrawMode(box, pdfium_c.FPDF_FILLMODE_WINDING, False)
            pdfium_c.FPDFPage_InsertObject(one.raw, box)
        one.gen_content()
    return _saved(document)


def _saved(document: pdfium.PdfDocument) -> bytes:
    """The file with a settled /ID: PDFium makes up a random one, and the same bytes are wanted every time."""
    buffer = io.BytesIO()
    document.save(buffer)
    return re.sub(rb"/ID\s*\[.*?\]", lambda m: re.sub(rb"[0-9A-Fa-f]{32}", b"0" * 32, m[0]), buffer.getvalue())
