"""`caitien read`: a table for eyes, JSON for programs, one sentence and exit code 2 for what cannot be read."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from caitien.cli import main
from caitien.cli.read import print_table, summary
from caitien.reading import read_plan

SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "thcs-hung-thinh-2025-2026.docx"


def test_the_table_says_school_rows_and_the_sum(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(SAMPLE)]) == 0
    shown = capsys.readouterr().out
    assert "Trường THCS Hưng Thịnh · năm học 2025-2026" in shown
    assert "18.500.000" in shown
    assert "Đọc được 12 mục" in shown.splitlines()[-1]


@pytest.mark.parametrize("width", [80, 120, 200])
def test_the_table_fits_its_width(width: int) -> None:
    stream = io.StringIO()
    print_table(read_plan(SAMPLE).plan, stream, width=width)
    lines = stream.getvalue().splitlines()
    assert [line.split()[1] for line in lines if re.match(r"\s*\d+\s+\d\.\d", line)][2:5] == ["1.10", "2.2", "2.4"]
    assert max(len(line) for line in lines) <= width


def test_json_goes_out_and_comes_in_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan.json"
    assert main(["read", str(SAMPLE), "--format", "json", "-o", str(out)]) == 0
    assert json.loads(out.read_text("utf-8"))["schema"] == "caitien.plan/1"
    assert main(["read", str(out), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(out.read_text("utf-8"))


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path / "khong-co.docx")]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("caitien: ")
    assert "Traceback" not in told.err


@pytest.mark.parametrize("text", ["[]", "{", '{"actions": 3}', '{"schema": "caitien.plan/9"}'])
def test_a_json_that_is_no_plan_is_refused(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.json"
    file.write_text(text, "utf-8")
    assert main(["read", str(file)]) == 2
    assert capsys.readouterr().err.startswith("caitien: T")


def test_the_sum_counts_what_is_doubtful() -> None:
    plan = read_plan(SAMPLE).plan
    plan.findings = []
    assert summary(plan) == "Đọc được 12 mục, không có chỗ nào cần xem."


def test_progress_is_told_to_who_listens() -> None:
    told: list[tuple[float, str]] = []
    read_plan(SAMPLE, on_progress=lambda share, phrase: told.append((share, phrase)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
