"""One sheet of a workbook as a sparse grid of cells with text: values as shown, merged ranges, what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from caitien.reading.formats.excel_numbers import BUILT_IN, shown
from caitien.reading.formats.printed_text import clean
from caitien.reading.package import Package
from caitien.reading.refusals import refuse

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

_EMPTY_CELL = re.compile(rb"<((?:\w+:)?c)\b[^<>]*(?:/>|(?<!/)>\s*</\1>)")
_EMPTY_ROW = re.compile(rb"<((?:\w+:)?row)\b[^<>]*(?:/>|(?<!/)>\s*</\1>)")
_CELL = re.compile(rb"<(?:\w+:)?c[ >]")
_LAST_ROW = 1_048_576
_CHUNK = 4 * 1024 * 1024
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


@dataclass(slots=True)
class Value:
    text: str
    number: float | int | None = None
    bold: bool = False


@dataclass(slots=True)
class Sheet:
    """Cells with text (or a formula without its result) by (row, column), 0 is the first. `merged`: first row, first column, last row, last column."""

    name: str
    values: dict[tuple[int, int], Value] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False  # some column that holds text is hidden, or some row by a filter: read all the same
    hidden_rows: int = 0  # rows with text that someone hid by hand: not what the school sees or prints, left out
    uncomputed: int = 0  # formulas without a stored result
    errors: int = 0  # "#REF!" and its like


@dataclass(slots=True)
class Looks:
    """Number format and boldness of each cell format of the workbook; its shared strings; its day zero."""

    strings: list[str]
    formats: list[str]
    bold: list[bool]
    from_1904: bool = False


def looks(package: Package, parts: dict[str, str], from_1904: bool) -> Looks:
    """From the parts "styles" and "sharedStrings" of a workbook."""
    made = Looks([], [], [], from_1904)
    strings = package.xml(parts["sharedStrings"]) if "sharedStrings" in parts else None
    for item in strings.iterchildren(S + "si") if strings is not None else ():
        made.strings.append(_rich_text(item))
    styles = package.xml(parts["styles"]) if "styles" in parts else None
    if styles is None:
        return made
    own = {f.get("numFmtId"): f.get("formatCode") or "General" for f in styles.iterfind(f"{S}numFmts/{S}numFmt")}
    fonts = [_is_on(font.find(S + "b")) for font in styles.iterfind(f"{S}fonts/{S}font")]
    for xf in styles.iterfind(f"{S}cellXfs/{S}xf"):
        key = xf.get("numFmtId") or "0"
        made.formats.append(own.get(key) or BUILT_IN.get(int(key) if key.isdigit() else 0, "General"))
        font = xf.get("fontId") or "0"
        made.bold.append(bool(font.isdigit() and int(font) < len(fonts) and fonts[int(font)]))
    return made


def read_sheet(package: Package, part: str, name: str, looks: Looks, *, hidden_rows: bool = False) -> Sheet:
    """A sheet's cells with text. Raises ReadingError: "too_many_cells", "zip_bomb", "damaged", …

    `hidden_rows`: read those hidden by hand too (our own workbooks keep their keys there).
    """
    sheet = Sheet(name)
    content = _without_empty_cells(package, part)
    if content is None:
        return sheet
    root = package.parse(content)
    hidden_columns = {
        c
        for column in root.iterfind(f"{S}cols/{S}col")
        if _is_true(column.get("hidden"))
        for c in range(_whole(column.get("min"), 1) - 1, min(_whole(column.get("max"), 1), 1024))
    }
    filtered = root.find(f"{S}autoFilter/{S}filterColumn") is not None  # then hidden rows are only not shown just now
    chars = 0
    r = -1
    for row in root.iterfind(f"{S}sheetData/{S}row"):
        r = _whole(row.get("r"), r + 2) - 1
        if not 0 <= r < _LAST_ROW:
            continue
        hidden_row = _is_true(row.get("hidden"))
        if hidden_row and not filtered and not hidden_rows:
            sheet.hidden_rows += any(_value(cell, looks, sheet) is not None for cell in row.iterchildren(S + "c"))
            continue
        c = -1
        for cell in row.iterchildren(S + "c"):
            place = _REFERENCE.fullmatch(cell.get("r") or "")
            c = column_number(place.group(1)) if place else c + 1
            value = _value(cell, looks, sheet)
            if value is None:
                continue
            sheet.values[(r, c)] = value
            sheet.hidden |= hidden_row or c in hidden_columns
            chars += len(value.text)
            if chars > package.watch.limits.text_chars:
                raise refuse("too_much_text")
        if r % 500 == 0:
            package.watch.check()
    for merge in root.iterfind(f"{S}mergeCells/{S}mergeCell"):
        ends = [_REFERENCE.fullmatch(end) for end in (merge.get("ref") or "").split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            (c0, r0), (c1, r1) = ((column_number(e.group(1)), int(e.group(2)) - 1) for e in ends if e)
            if (r0, c0) in sheet.values:
                sheet.merged.append((r0, c0, max(r0, r1), max(c0, c1)))
    return sheet


def column_number(letters: str) -> int:
    """0 of "A", 26 of "AA"."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _without_empty_cells(package: Package, part: str) -> bytes | None:
    """The XML of a sheet with the cells that hold nothing taken out while it is inflated.

    A sheet formatted down to row 1,048,576 is a hundred megabytes of empty cells around thirty rows of plan.
    """
    limits = package.watch.limits
    kept: list[bytes] = []
    size = cells = 0
    rest = b""
    for chunk in package.chunks(part, _CHUNK):
        buffer = rest + chunk
        cut = max(buffer.rfind(b"<row"), buffer.rfind(b":row "), 0) or buffer.rfind(b"<c ")
        cut = buffer.rfind(b"<", 0, cut + 1) if cut > 0 else 0
        if cut <= 0:
            cut = 0 if len(buffer) < 4 * _CHUNK else len(buffer)
        buffer, rest = buffer[:cut], buffer[cut:]
        slim = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", buffer))
        kept.append(slim)
        size, cells = size + len(slim), cells + len(_CELL.findall(slim))
        if cells > limits.cells or size > limits.xml_part_bytes:
            raise refuse("too_many_cells", limit=f"{limits.cells:,}".replace(",", "."))
    if not kept and not rest:
        return None
    kept.append(_EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", rest)))
    if cells + len(_CELL.findall(kept[-1])) > limits.cells:
        raise refuse("too_many_cells", limit=f"{limits.cells:,}".replace(",", "."))
    return b"".join(kept)


def _value(cell: Any, looks: Looks, sheet: Sheet) -> Value | None:
    """What a cell shows; None when it shows nothing."""
    kind = cell.get("t") or "n"
    stored = cell.find(S + "v")
    raw = (stored.text or "") if stored is not None else ""
    style = _whole(cell.get("s"), 0)
    bold = style < len(looks.bold) and looks.bold[style]
    number: float | int | None = None
    if kind == "inlineStr":
        inline = cell.find(S + "is")
        text = _rich_text(inline) if inline is not None else ""
    elif not raw:
        if cell.find(S + "f") is not None and kind != "str":
            sheet.uncomputed += 1
            return Value("")
        return None
    elif kind == "s":
        at = _whole(raw, -1)
        text = looks.strings[at] if 0 <= at < len(looks.strings) else ""
    elif kind == "b":
        text = "TRUE" if raw == "1" else "FALSE"
    elif kind == "n":
        try:
            format = looks.formats[style] if style < len(looks.formats) else "General"
            text, number = shown(float(raw), format, from_1904=looks.from_1904)
        except (ValueError, OverflowError):
            text = raw
    elif kind == "d":
        year, _, tail = raw[:10].partition("-")
        month, _, day = tail.partition("-")
        text = f"{int(day)}/{int(month)}/{year}" if day.isdigit() and month.isdigit() else raw
    else:
        sheet.errors += kind == "e"
        text = _unescaped(raw)
    text = clean(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return Value(text, number, bold) if text else None


def _rich_text(item: Any) -> str:
    """Text of a string with its runs, without the reading aids of East Asian text."""
    pieces = [t.text or "" for t in item.iterfind(S + "t")] + [t.text or "" for t in item.iterfind(f"{S}r/{S}t")]
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text) if "_x" in text else text


def _is_on(element: Any | None) -> bool:
    return element is not None and (element.get("val") or "1") not in ("0", "false")


def _is_true(text: str | None) -> bool:
    return text in ("1", "true")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.lstrip("-").isdigit() else otherwise
