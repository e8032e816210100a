"""`caitien write`."""

from __future__ import annotations

import io
import json

import pytest

from caitien.cli import main
from writing.sample_plan import sample_plan


@pytest.fixture
def plan_file(tmp_path):
    path = tmp_path / "ke-hoach.json"
    path.write_text(sample_plan().to_json(), encoding="utf-8")
    return path


@pytest.mark.parametrize(("name", "magic"), [("a.docx", b"PK"), ("a.pdf", b"%PDF"), ("A.XLSX", b"PK")])
def test_it_writes_the_format_of_the_name(plan_file, tmp_path, name, magic, capsys):
    assert main(["write", str(plan_file), "--form", "tt57-bieu-2", "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(magic)
    assert "Đã viết" in capsys.readouterr().out


def test_it_chooses_the_form_when_none_is_named(plan_file, tmp_path):
    assert main(["write", str(plan_file), "-o", str(tmp_path / "a.docx")]) == 0


def test_it_reads_standard_input(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(sample_plan().to_json().encode())))
    assert main(["write", "-", "-o", str(tmp_path / "a.pdf")]) == 0


def test_it_lists_the_forms(capsys):
    assert main(["write", "--list-forms"]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in ("tt57-bieu-2", "plan-progress", "plan-weakness"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("không phải json", "dòng 1"),
        ("[]", "đối tượng"),
        ("{}", "schema"),
        ('{"name": "left-pad", "title": "x"}', "schema"),
        ('{"schema": "caitien.plan/9"}', "caitien.plan/9"),
        ('{"schema": "caitien.plan/1", "actions": [{"period": {"text": 5}}]}', "actions[0].period.text"),
        ('{"schema": "caitien.plan/1", "actions": "x"}', "actions"),
        ("[" * 100_000, "lồng nhau"),
    ],
)
def test_what_is_not_a_plan_is_refused_in_one_sentence(tmp_path, capsys, text, said):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    assert main(["write", str(path), "-o", str(tmp_path / "a.docx")]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "a.docx").exists()


def test_unknown_names_are_explained(plan_file, tmp_path, capsys):
    assert main(["write", str(plan_file), "-o", str(tmp_path / "a.odt")]) == 2
    assert ".docx, .pdf hoặc .xlsx" in capsys.readouterr().err
    assert main(["write", str(plan_file), "--form", "plan-progres", "-o", str(tmp_path / "a.pdf")]) == 2
    assert "“plan-progress”" in capsys.readouterr().err
    assert main(["write", str(tmp_path / "none.json"), "-o", str(tmp_path / "a.pdf")]) == 2
    assert "Không tìm thấy" in capsys.readouterr().err
    assert main(["write", str(plan_file), "-o", str(tmp_path / "no" / "a.pdf")]) == 2
    assert "Không ghi được" in capsys.readouterr().err
    assert main(["write"]) == 2


def test_a_byte_order_mark_is_no_trouble(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(sample_plan().to_dict()), encoding="utf-8-sig")
    assert main(["write", str(path), "-o", str(tmp_path / "a.docx")]) == 0
