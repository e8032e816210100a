"""`caitien assess check` and `caitien assess tables`: what a person gets who has a self-assessment as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from caitien.cli import main

VALUE: dict[str, Any] = {
    "schema": "caitien.assessment/1",
    "school": {"name": "Trường THCS Sao Mai", "level": "thcs"},
    "school_year": "2025-2026",
    "framework": "tt57-2026-pho-thong",
    "criteria": [{"code": "1.3", "levels": [{"level": 1, "judged": "met", "description": "Có (MC.1.3.09)."}]}],
    "tables": [{"table": "classes", "cells": {"grade-6": {"2025-2026": 4, "2019-2020": 7}, "total": {"2025-2026": 3}}}],
}


def _file(folder: Path, **change: Any) -> str:
    path = folder / "tu-danh-gia.json"
    path.write_text(json.dumps(VALUE | change, ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_check_says_what_is_wrong_part_by_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "check", _file(tmp_path), "--today", "2026-05-01"]) == 0
    said = capsys.readouterr().out
    assert "HỘI ĐỒNG" in said
    assert "Hội đồng có 0 thành viên, còn thiếu 5 người." in said
    assert "viện dẫn MC.1.3.09 nhưng danh mục không có minh chứng này" in said
    assert "nhận định đạt nhưng chưa có minh chứng nào" in said
    assert "đã ghi 3 nhưng riêng các phần đã có là 4" in said


def test_check_as_json_has_places_and_strict_has_an_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["assess", "check", _file(tmp_path), "--format", "json", "--strict"]) == 1
    made = json.loads(capsys.readouterr().out)
    assert made["summary"]["error"] > 0
    missing = next(one for one in made["findings"]["evidence"] if one["rule"] == "cited-but-missing")
    assert missing["place"] == {
        "criterion": "1.3", "level": 1, "field": "description", "start": 4, "end": 13, "code": "MC.1.3.09",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"framework": None}, "--framework"),
        ({"framework": "tt99"}, "Không có khung tiêu chuẩn"),
        ({"criteria": "x"}, "criteria"),
    ],
)
def test_a_value_that_cannot_be_checked_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], said: str
) -> None:
    assert main(["assess", "check", _file(tmp_path, **change)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("change", [{"school": {}}, {"school_year": None}, {"school_year": "2025"}])
def test_without_level_or_year_the_rest_is_still_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any]
) -> None:
    assert main(["assess", "check", _file(tmp_path, **change)]) == 0
    said = capsys.readouterr().out
    assert "Chưa ghi" in said
    assert "MC.1.3.09" in said


def test_tables_go_out_and_an_edited_file_comes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    value, workbook, back = _file(tmp_path), tmp_path / "so-lieu.xlsx", tmp_path / "moi.json"
    assert main(["assess", "tables", value, "--output", str(workbook)]) == 0
    book = openpyxl.load_workbook(workbook)
    sheet = next(sheet for sheet in book.worksheets if sheet.title.startswith("1 "))
    row = next(r for r in range(1, 30) if sheet.cell(r, 1).value == "grade-7")
    sheet.cell(row, 6, "5")
    sheet.cell(row, 5, "năm")
    book.save(workbook)
    assert main(["assess", "tables", value, "--from", str(workbook), "-o", str(back)]) == 0
    (made,) = json.loads(back.read_text(encoding="utf-8"))["tables"]
    assert made["cells"]["grade-7"] == {"2025-2026": 5}
    assert made["texts"]["grade-7"] == {"2024-2025": "năm"}
    assert made["cells"]["grade-6"] == {"2025-2026": 4, "2019-2020": 7}
    assert "“năm” không phải là một số" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "so-lieu.ods"], ".xlsx"),
        (["--from", "khong-co.xlsx", "-o", "moi.json"], "Không tìm thấy tệp"),
        (["--from", "tu-danh-gia.json", "-o", "moi.json"], "không phải tệp số liệu"),
    ],
)
def test_a_wrong_file_is_one_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    value = _file(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["assess", "tables", value, *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_list_of_evidence_comes_into_the_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    for row in (["TT", "Mã minh chứng", "Tên minh chứng"], [1, "MC.1.3.09", "Sổ tài sản"], [2, "H1", "Sổ họp"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "minh-chung.xlsx")
    back = tmp_path / "moi.json"
    arguments = ["--from", str(tmp_path / "minh-chung.xlsx"), "-o", str(back)]
    assert main(["assess", "evidence", _file(tmp_path), *arguments]) == 0
    made = json.loads(back.read_text(encoding="utf-8"))["evidence"]
    assert [(one["code"], one["old_codes"], one["name"]) for one in made] == [
        ("MC.1.3.09", [], "Sổ tài sản"), (None, ["H1"], "Sổ họp"),
    ]  # fmt: skip
    assert "mã “H1” không đúng dạng" in capsys.readouterr().err


def test_dates_are_told_with_their_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "dates", "2026-2027", "--today", "2027-06-10"]) == 0
    said = capsys.readouterr().out
    assert "14/06/2027  còn 4 ngày" in said
    assert "Điều 9 khoản 3 điểm d (từ một nguồn)" in said
    assert main(["assess", "dates", "2026"]) == 2
    assert main(["assess", "dates", "2026-2027", "--framework", "x"]) == 2


def test_a_file_of_tables_is_checked_with_line_and_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from caitien.assessment.tables_loading import PACKAGED

    own = tmp_path / "tt57-thcs.yaml"
    text = (PACKAGED / "tt57-thcs.yaml").read_text(encoding="utf-8")
    own.write_text(text, encoding="utf-8")
    assert main(["assess", "check-tables", str(own)]) == 0
    assert "7 bảng" in capsys.readouterr().out
    own.write_text(text.replace("at_most: [total]}", "at_most: [totall]}", 1), encoding="utf-8")
    assert main(["assess", "check-tables", str(own)]) == 2
    said = capsys.readouterr().err
    assert "dòng " in said
    assert "totall" in said
