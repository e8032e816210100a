"""A framework is downloaded as a checklist to tick, in Word, PDF and Excel."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest
from django.urls import reverse

from caitien.standards import load

NEW = "tt57-2026-pho-thong"


def get(browser, format: str):
    response = browser.get(reverse("frameworks:checklist", args=[NEW, format]))
    assert response["Content-Disposition"] == f'attachment; filename="phieu-doi-chieu-{NEW}.{format}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    return response.content


@pytest.fixture
def requirements() -> list[str]:
    framework = load(NEW)
    return [r.text for code in framework.codes for r in framework.criterion(code).requirements]


def test_the_word_file_has_every_requirement(browser, data, requirements):
    document = docx.Document(io.BytesIO(get(browser, "docx")))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert all(text in cells for text in requirements)


def test_the_excel_file_has_every_requirement(browser, data, requirements):
    book = openpyxl.load_workbook(io.BytesIO(get(browser, "xlsx")))
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert all(text in cells for text in requirements)


def test_the_pdf_is_one(browser, data):
    assert get(browser, "pdf").startswith(b"%PDF-")


def test_where_it_cannot_be_written_the_page_says_so(browser, data, monkeypatch, read):
    from caitien.web.frameworks import paper

    monkeypatch.setattr(paper.sys, "executable", "false")
    response = browser.get(reverse("frameworks:checklist", args=[NEW, "pdf"]), follow=True)
    assert response.status_code == 200
    assert "Chưa viết được phiếu đối chiếu" in read(response)
