"""`caitien assess` and `caitien schema assessment`."""

from __future__ import annotations

import io
import json

import pytest

from assessment.invented_assessment import small_assessment
from caitien.assessment.interchange import parse_assessment
from caitien.assessment.model import SelfAssessment
from caitien.cli import main


@pytest.fixture
def value_file(tmp_path):
    path = tmp_path / "tdg.json"
    path.write_text(small_assessment().to_json(), encoding="utf-8-sig")
    return path


@pytest.mark.parametrize(
    ("name", "form", "magic"),
    [("a.docx", "tt57-bieu-1", b"PK"), ("a.pdf", "criterion-sheet", b"%PDF"), ("A.XLSX", "evidence-list", b"PK")],
)
def test_it_writes_the_form_in_the_format_of_the_name(value_file, tmp_path, capsys, name, form, magic):
    assert main(["assess", "write", str(value_file), "--form", form, "--output", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(magic)
    assert "Đã viết" in capsys.readouterr().out


def test_without_a_form_it_writes_the_report_of_the_framework_from_standard_input(tmp_path, monkeypatch):
    text = small_assessment("tt17-2018-tieu-hoc").to_json().encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert main(["assess", "write", "-", "-o", str(tmp_path / "a.docx")]) == 0


def test_it_lists_forms_and_abbreviations(value_file, capsys):
    assert main(["assess", "forms", "--framework", "tt57-2026-pho-thong"]) == 0
    out = capsys.readouterr().out
    assert "tt57-bieu-1" in out
    assert "report-2018" not in out
    assert main(["assess", "abbreviations", str(value_file)]) == 0
    assert "Cán bộ quản lý" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("không phải json", "dòng 1"),
        ("[]", "một bản tự đánh giá"),
        ("{}", "schema"),
        ('{"schema": "caitien.plan/1"}', "caitien.assessment/1"),
        ('{"schema": "caitien.assessment/1", "criteria": [{"code": 5}]}', "criteria[0].code"),
        (
            '{"schema": "caitien.assessment/1", "criteria": [{"code": "1.1", "levels": [{"level": 1, "judged": "pass"}]}]}',
            "judged",
        ),
        ('{"schema": "caitien.assessment/1"}', "khung tiêu chuẩn"),
        ("[" * 100_000, "lồng nhau"),
    ],
)
def test_what_is_not_a_self_assessment_is_refused_in_one_sentence(tmp_path, capsys, text, said):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    assert main(["assess", "write", str(path), "-o", str(tmp_path / "a.docx")]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "a.docx").exists()


def test_unknown_names_are_explained(value_file, tmp_path, capsys):
    wanted = str(tmp_path / "a.pdf")
    for more, said in (
        (["--form", "tt57-bieu1"], "“tt57-bieu-1”"),
        (["--form", "report-2018"], "tt57-bieu-1"),
        (["--form", "criterion-sheet", "--criterion", "9.9"], "không có tiêu chí “9.9”"),
    ):
        assert main(["assess", "write", str(value_file), "-o", wanted, *more]) == 2
        assert said in capsys.readouterr().err
    assert main(["assess", "write", str(tmp_path / "none.json"), "-o", wanted]) == 2
    assert "Không tìm thấy" in capsys.readouterr().err


def test_the_schema_of_the_value_is_printed_and_the_value_comes_back(capsys):
    assert main(["schema", "assessment"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert set(schema["properties"]) >= {"schema", "council", "criteria", "evidence", "abbreviations"}
    value = small_assessment()
    assert parse_assessment(value.to_json()) == value
    assert parse_assessment('{"schema": "caitien.assessment/1"}') == SelfAssessment()
