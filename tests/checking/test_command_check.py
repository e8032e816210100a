"""`caitien check FILE`: sentences for people, JSON for programs, exit codes for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from caitien.cli import main
from checking.building import clean_plan


@pytest.fixture
def spoiled(tmp_path: Path) -> str:
    plan = clean_plan()
    plan.actions[1].responsible = []
    plan.sections[3] = "VI. TỔ CHỨC THỰC HIỆN"
    path = tmp_path / "kế hoạch.json"
    path.write_text(plan.to_json(), "utf-8")
    return str(path)


def test_the_first_line_counts(spoiled: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", spoiled, "--today", "2025-11-20"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 lỗi, 1 cảnh báo, 0 gợi ý"
    assert lines.index("LỖI") < lines.index("CẢNH BÁO")
    assert any("Mục 2 (tiêu chí 1.4): chưa có người phụ trách." in line for line in lines)


def test_json_gives_the_findings(spoiled: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", spoiled, "--format", "json", "--today", "2025-11-20"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["file"] == spoiled
    assert answer["summary"] == {"error": 1, "warning": 1, "hint": 0}
    assert [f["rule"] for f in answer["findings"]] == ["no-owner", "section-jump"]
    assert answer["findings"][0]["action"] == 1


def test_strict_says_by_its_exit_code_that_there_is_an_error(spoiled: str, tmp_path: Path) -> None:
    assert main(["check", spoiled, "--strict", "--today", "2025-11-20"]) == 1
    clean = tmp_path / "sạch.json"
    clean.write_text(clean_plan().to_json(), "utf-8")
    assert main(["check", str(clean), "--strict", "--today", "2025-11-20"]) == 0


@pytest.mark.parametrize("content", ["", "[]", "{}", "không phải JSON", '{"schema": "caitien.framework/1"}'])
def test_a_json_that_is_no_plan_is_refused(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, "utf-8")
    assert main(["check", str(path)]) == 2
    assert capsys.readouterr().err.startswith(("caitien: Tệp", "caitien: Trường"))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "không có.json")]) == 2
    assert "Không mở được" in capsys.readouterr().err
