"""`caitien next-year`, from the file of one year to the official form of the next."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import docx
import pytest

from caitien.cli import main
from caitien.plan.interchange import parse_plan
from planning.last_year import last_year

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*2025-2026*"))
SEEDS = sorted((ROOT / ".." / "shared" / "seeds").glob("000*.txt"))


@pytest.fixture
def plan_file(tmp_path):
    path = tmp_path / "cu.json"
    path.write_text(last_year().to_json(), encoding="utf-8")
    return str(path)


def test_it_writes_the_plan_and_prints_what_to_decide(plan_file, tmp_path, capsys):
    new = tmp_path / "moi.json"
    command = ["next-year", plan_file, "--to", "2026-2027", "--framework", "tt57-2026-pho-thong", "--on", "2026-09-01"]
    assert main([*command, "-o", str(new)]) == 0
    out = capsys.readouterr().out
    assert "Chuyển tiếp 3 mục, 2 mục đã hoàn thành, 1 mục đã dừng." in out
    assert "Tiêu chí theo khung mới (3)" in out
    assert parse_plan(new.read_bytes()).school_year == "2026-2027"


def test_json_has_everything(plan_file, capsys):
    assert main(["next-year", plan_file, "--to", "2026-2027", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"plan", "decisions", "carried", "finished", "dropped", "warnings"}


@pytest.mark.parametrize(
    "option", [["--to", "2025-2026"], ["--to", "2026-2027", "--on", "mai"], ["--to", "2026-2027", "--framework", "x"]]
)
def test_what_cannot_be_is_said_in_one_sentence(plan_file, capsys, option):
    assert main(["next-year", plan_file, *option]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def carried_to_bieu_2(source: Path, tmp_path: Path) -> tuple[list[str], list[str]]:
    """Contents of the unfinished old actions, and column 2 of Biểu 2 written from the plan of the next year."""
    level = parse_plan_of(source, tmp_path)
    framework = "tt57-2026-mam-non" if level.school.level == "mam_non" else "tt57-2026-pho-thong"
    new, paper = tmp_path / "moi.json", tmp_path / "moi.docx"
    command = ["next-year", str(tmp_path / "cu.json"), "--to", "2026-2027", "--framework", framework]
    assert main([*command, "--on", "2026-09-01", "-o", str(new)]) == 0
    assert main(["write", str(new), "--form", "tt57-bieu-2", "-o", str(paper)]) == 0
    table = next(t for t in docx.Document(BytesIO(paper.read_bytes())).tables if len(t.columns) == 10)
    return [a.content for a in level.actions if a.progress.status not in ("done", "dropped")], [
        row.cells[1].text for row in table.rows[1:]
    ]


def parse_plan_of(source: Path, tmp_path: Path):
    assert main(["read", str(source), "--format", "json", "-o", str(tmp_path / "cu.json")]) == 0
    return parse_plan((tmp_path / "cu.json").read_bytes())


@pytest.mark.parametrize("source", [s for s in SAMPLES if s.suffix in (".docx", ".xlsx")], ids=lambda s: s.name)
def test_a_sample_of_2025_becomes_bieu_2_of_2026(source, tmp_path):
    old, new = carried_to_bieu_2(source, tmp_path)
    assert len(new) == len(old) > 0
    for before, after in zip(old, new, strict=True):
        assert not before or "".join(before.split()) in "".join(after.split())


@pytest.mark.skipif(not SEEDS, reason="the real files are not here")
def test_the_real_plan_of_2025_becomes_bieu_2_of_2026(tmp_path):
    old, new = carried_to_bieu_2(SEEDS[0], tmp_path)
    assert len(old) == len(new) == 31
