"""A framework printed as a checklist: the same words in Word and PDF, every requirement of every level."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from caitien import standards
from caitien.cli import main
from caitien.errors import WritingError
from caitien.standards import attach
from caitien.writing.checklist import HEADERS, checklist_document, framework_checklist
from caitien.writing.document import plain_lines
from standards.circular_texts import of_2026
from writing.files import docx_text, pdf_text, squeezed


@pytest.mark.parametrize("framework_id", ["tt57-2026-pho-thong", "tt17-2018-tieu-hoc", "tt19-2024-mam-non"])
def test_word_and_pdf_have_the_same_words(framework_id: str) -> None:
    framework = standards.load(framework_id)
    expected = squeezed("\n".join(plain_lines(checklist_document(framework))))
    assert docx_text(framework_checklist(framework, "docx")) == expected
    assert pdf_text(framework_checklist(framework, "pdf"), [squeezed("".join(HEADERS))]) == expected


def test_every_requirement_stands_on_it_with_room_to_tick() -> None:
    framework = standards.load("tt17-2018-tieu-hoc")
    rows = [row for table in checklist_document(framework).tables() for row in table.rows]
    by_code = {row.cells[0].text: row for row in rows}
    for criterion in (*framework.criteria, *framework.level_items):
        for requirement in criterion.requirements:
            cells = [cell.text for cell in by_code[requirement.code].cells]
            assert cells == [requirement.code, requirement.text, "", "", "", ""]


def test_a_level_without_words_says_so() -> None:
    text = "\n".join(plain_lines(checklist_document(standards.load("tt19-2024-mam-non"))))
    assert text.count("Chưa có lời của mức này") == 7


def test_the_wording_of_an_attached_circular_stands_under_the_summary() -> None:
    framework = standards.load("tt57-2026-pho-thong")
    official, _ = attach(framework.id, of_2026(), "bia.txt")
    text = docx_text(framework_checklist(framework, "docx", official))
    assert squeezed("Lời bịa II 1.3 ở mức cao.") in text
    assert squeezed("nguyên văn lấy từ bia.txt") in text


def test_a_spreadsheet_has_a_sheet_for_each_standard() -> None:
    book = openpyxl.load_workbook(BytesIO(framework_checklist(standards.load("tt57-2026-gdtx"), "xlsx")))
    assert book.sheetnames[:4] == [f"Tiêu chuẩn {n}" for n in (1, 2, 3, 4)]


def test_the_command_writes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAITIEN_DATA", str(tmp_path / "data"))
    assert main(["standards", "checklist", "tt57-2026-pho-thong", "-o", str(tmp_path / "a.docx")]) == 0
    assert (tmp_path / "a.docx").read_bytes().startswith(b"PK")
    assert main(["standards", "checklist", "tt57-2026-pho-thong", "-o", str(tmp_path / "a.odt")]) == 2


def test_another_format_is_refused() -> None:
    with pytest.raises(WritingError, match="docx, pdf, xlsx"):
        framework_checklist(standards.load("tt57-2026-pho-thong"), "odt")
