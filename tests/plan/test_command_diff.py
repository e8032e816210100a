"""`caitien diff`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from caitien.cli import main
from caitien.plan import ImprovementPlan

SAMPLES = Path(__file__).parents[2] / "samples"


def written(path: Path, **value) -> str:
    path.write_text(ImprovementPlan.model_validate(value).to_json(), encoding="utf-8")
    return str(path)


def test_it_prints_sentences_and_counts_them(tmp_path, capsys):
    old = written(tmp_path / "a.json", actions=[{"number": 1, "content": "Mua sách"}])
    new = written(
        tmp_path / "b.json", actions=[{"number": 1, "content": "Mua sách", "note": "Gấp"}, {"content": "Họp"}]
    )
    assert main(["diff", old, new]) == 0
    out = capsys.readouterr().out
    assert "Mục 1, ghi chú: thêm “Gấp”." in out
    assert "2 thay đổi: thêm 1, sửa 1." in out


def test_it_prints_json(tmp_path, capsys):
    old, new = (written(tmp_path / f"{t}.json", title=t) for t in "ab")
    assert main(["diff", old, new, "--format", "json"]) == 0
    (change,) = json.loads(capsys.readouterr().out)
    assert (change["kind"], change["field"], change["before"], change["after"]) == ("changed", "title", "a", "b")


def test_many_new_numbers_are_one_line(tmp_path, capsys):
    rows = [{"number": n, "content": f"Việc số {'x' * n}"} for n in range(1, 9)]
    old = written(tmp_path / "a.json", actions=rows)
    new = written(tmp_path / "b.json", actions=[r | {"number": r["number"] + 1} for r in rows])
    assert main(["diff", old, new]) == 0
    assert "8 mục được đánh số lại." in capsys.readouterr().out


def test_the_same_plan_has_no_difference(tmp_path, capsys):
    old = written(tmp_path / "a.json", title="x")
    assert main(["diff", old, old]) == 0
    assert capsys.readouterr().out == "Hai kế hoạch giống nhau.\n"


def test_two_years_of_one_school_in_word(capsys):
    """Two real documents: rows of the new year are found again in the old one."""
    assert main(["diff", str(SAMPLES / "th-suoi-lim-2025-2026.docx"), str(SAMPLES / "th-suoi-lim-2026-2027.docx")]) == 0
    assert "Năm học: “2025-2026” → “2026-2027”." in capsys.readouterr().out


@pytest.mark.parametrize("name", ["khong-co.json", "khong-co.docx"])
def test_a_file_that_is_not_there_is_said_in_one_sentence(tmp_path, capsys, name):
    assert main(["diff", str(tmp_path / name), str(tmp_path / name)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
