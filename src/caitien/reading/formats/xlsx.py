"""Reads an Excel workbook (.xlsx): each visible sheet as the lines and tables that it shows.

The sheets' XML is read directly: openpyxl makes an object of every formatted cell, and a sheet formatted to its last
row would never end.
"""

from __future__ import annotations

from caitien.reading.formats.excel_layout import blocks_of
from caitien.reading.formats.excel_sheet import S, looks, read_sheet
from caitien.reading.legacy_fonts import legacy_encoding
from caitien.reading.limits import Watch
from caitien.reading.package import Package
from caitien.reading.refusals import refuse
from caitien.reading.source import Block, SourceDocument, Table

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PAGE = (595.3, 841.9)  # a sheet has no size of its own; A4 in points


def read(data: bytes, watch: Watch) -> SourceDocument:
    """An XLSX as a SourceDocument; a sheet is a page. Raises ReadingError (bombs, macros, damage, no text, old fonts)."""
    package = Package(data, "xlsx", watch)
    main = package.main_part()
    root = package.xml(main)
    relations = package.relations(main)
    parts = dict(relations.values())
    properties = root.find(S + "workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    watch.progress(0.2, "Đang đọc tệp Excel")
    known = looks(package, parts, from_1904)

    blocks: list[Block] = []
    notes: list[str] = []
    pages = 0
    entries = root.findall(f"{S}sheets/{S}sheet")
    for i, entry in enumerate(entries):
        kind, part = relations.get(entry.get(_R_ID) or "", ("", ""))
        name = entry.get("name") or ""
        if kind != "worksheet":
            continue
        if entry.get("state") in ("hidden", "veryHidden"):
            notes.append(f"Trang tính “{name}” đang ẩn nên không được đọc.")
            continue
        watch.progress(0.2 + 0.7 * i / len(entries), f"Đang đọc trang tính “{name}”")
        sheet = read_sheet(package, part, name, known)
        if not sheet.values:
            continue
        pages += 1
        blocks += blocks_of(sheet, pages, watch.limits.cells)
        if sheet.hidden:
            notes.append(f"Trang tính “{name}” có cột ẩn hoặc hàng bị lọc; chữ trong đó vẫn được đọc.")
        if sheet.hidden_rows:
            notes.append(
                f"Trang tính “{name}” có {sheet.hidden_rows} hàng ẩn không được đọc; hãy bỏ ẩn rồi nhập lại nếu cần."
            )
        if sheet.uncomputed:
            notes.append(
                f"Trang tính “{name}” có {sheet.uncomputed} ô công thức chưa được tính; hãy mở bằng Excel, lưu lại để có giá trị."
            )
        if sheet.errors:
            notes.append(f"Trang tính “{name}” có {sheet.errors} ô công thức bị lỗi (như #REF!).")
    text = "\n".join(t for b in blocks for t in ([c.text for c in b.cells] if isinstance(b, Table) else [b.text]))
    if not text.strip():
        raise refuse("no_text")
    if old := legacy_encoding(text):
        raise refuse("legacy_font", encoding=old)
    return SourceDocument("xlsx", blocks, pages=pages, page_sizes=[_PAGE] * pages, notes=notes)
