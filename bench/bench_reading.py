"""Đọc: mỗi dạng tệp so với cách lấy bảng đơn giản nhất của một thư viện quen thuộc, trên cùng một tệp."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from plan_value import big_plan
from timing import Figure, compared, paired_seconds

AIMS = {"docx": "≤ 0,3 s (10 trang)", "pdf": "≤ ×1,5"}


def measure() -> dict[str, Figure]:
    """Time and rows right of a ten-page plan written in each format, read by us and by the plainest extraction."""
    from caitien import writing
    from caitien.reading import read_plan

    plan = big_plan()
    for action in plan.actions:
        action.measures = []  # this layout prints them in the cell of the content
    wanted = [_words(a.content) for a in plan.actions]
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory() as folder:
        for extension, (against, bare) in BARE.items():
            path = Path(folder) / f"ke-hoach.{extension}"
            path.write_bytes(writing.write(plan, "plan-progress", extension))

            def ours(path: Path = path) -> object:
                return read_plan(path)

            def theirs(path: Path = path, bare: Callable[[Path], list[list[str]]] = bare) -> object:
                return bare(path)

            mine, plain = paired_seconds(ours, theirs)
            figures[f"đọc {extension}"] = compared(mine, plain, against, aim=AIMS.get(extension))
            read = read_plan(path).plan
            rows = {_words(a.content) for a in read.actions}
            plain_rows = {_words(cell) for row in bare(path) for cell in row}
            ours_right, plain_right = (sum(w in found for w in wanted) for found in (rows, plain_rows))
            figures[f"đọc {extension}: dòng đúng"] = {
                "value": round(ours_right / len(wanted), 3),
                "unit": "phần",
                "against": against,
                "ratio": round(ours_right / plain_right, 2) if plain_right else None,
            }
    return figures | _fallen_text()


def _fallen_text() -> dict[str, Figure]:
    """The sample text that fell out of a PDF; the plain way takes each block between empty lines as a cell."""
    from caitien.reading import read_plan

    root = Path(__file__).resolve().parent.parent
    path = root / "samples" / "suoi-hoa-2025-2026.txt"
    expected = json.loads((root / "tests" / "data" / "expected" / f"{path.name}.expected.json").read_text("utf-8"))
    wanted = [_words(item["work"]) for item in expected["items"]]
    against = "tách ô ở dòng trống"
    mine, plain = paired_seconds(lambda: read_plan(path), lambda: _blocks(path), runs=3)
    rows = {_words(a.content) for a in read_plan(path).plan.actions}
    ours_right, plain_right = (sum(w in found for w in wanted) for found in (rows, set(_blocks(path))))
    return {
        "đọc txt": compared(mine, plain, against),
        "đọc txt: dòng đúng": {
            "value": round(ours_right / len(wanted), 3),
            "unit": "phần",
            "against": against,
            "ratio": round(ours_right / plain_right, 2) if plain_right else None,
        },
    }


def _blocks(path: Path) -> list[str]:
    return [_words(block) for block in path.read_text("utf-8").split("\n\n")]


def _words(text: str | None) -> str:
    return "".join((text or "").split()).lower()


def _docx(path: Path) -> list[list[str]]:
    import docx

    return [[cell.text for cell in row.cells] for table in docx.Document(str(path)).tables for row in table.rows]


def _pdf(path: Path) -> list[list[str]]:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return [[c or "" for c in row] for page in pdf.pages for table in page.extract_tables() for row in table]


def _xlsx(path: Path) -> list[list[str]]:
    import openpyxl

    book = openpyxl.load_workbook(path)
    return [[str(v or "") for v in row] for sheet in book for row in sheet.iter_rows(values_only=True)]


BARE: dict[str, tuple[str, Callable[[Path], list[list[str]]]]] = {
    "docx": ("python-docx: table.rows, row.cells", _docx),
    "pdf": ("pdfplumber: page.extract_tables()", _pdf),
    "xlsx": ("openpyxl: iter_rows(values_only)", _xlsx),
}
