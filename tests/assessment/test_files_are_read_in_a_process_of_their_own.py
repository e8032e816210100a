"""Workbooks and lists that people hand in are read in a child process; the answer is the same, a bad file costs a sentence."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest

from caitien.assessment.model import TableData
from caitien.assessment.tables_loading import tables_for
from caitien.errors import ReadingError
from caitien.reading.evidence_list import read_evidence_list
from caitien.reading.guarded_assessment import read_evidence_list_guarded, read_tables_guarded
from caitien.reading.tables_workbook import read_tables
from caitien.standards import load
from caitien.writing.tables_workbook import tables_workbook

TT57 = "tt57-2026-pho-thong"


def _workbook() -> bytes:
    tables = tables_for(TT57, "thcs")
    assert tables is not None
    cells = {"grade-6": {"2025-2026": 4}, "grade-7": {"2025-2026": 3}}
    data = TableData(table="classes", cells=cells, texts={"grade-8": {"2025-2026": "ba"}})  # type: ignore[arg-type]
    return tables_workbook(tables, "2025-2026", [data])


def test_tables_come_back_the_same() -> None:
    content = _workbook()
    tables = tables_for(TT57, "thcs")
    assert tables is not None
    assert read_tables_guarded(content, TT57, "thcs") == read_tables(content, tables)


def test_a_list_of_evidence_comes_back_the_same() -> None:
    book = openpyxl.Workbook()
    for row in (["TT", "Mã minh chứng", "Tên minh chứng"], [1, "MC.1.3.09", "Sổ tài sản"], [2, "H1", "Sổ họp"]):
        book.worksheets[0].append(row)
    out = BytesIO()
    book.save(out)
    assert read_evidence_list_guarded(out.getvalue(), TT57) == read_evidence_list(out.getvalue(), load(TT57))


def test_a_bomb_costs_a_sentence() -> None:
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(_workbook())) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bomb,
    ):
        for info in source.infolist():
            content = source.read(info)
            if info.filename.endswith("sheet3.xml"):
                content = content.replace(b"</sheetData>", b"<row><c><v>1</v></c></row>" * 2_000_000 + b"</sheetData>")
            bomb.writestr(info.filename, content)
    with pytest.raises(ReadingError) as caught:
        read_tables_guarded(out.getvalue(), TT57, "thcs")
    assert caught.value.code in ("zip_bomb", "too_many_cells")


def test_a_file_without_what_is_asked_is_refused_as_before() -> None:
    out = BytesIO()
    openpyxl.Workbook().save(out)
    with pytest.raises(ReadingError) as caught:
        read_tables_guarded(out.getvalue(), TT57, "thcs")
    assert caught.value.code == "not_tables"
