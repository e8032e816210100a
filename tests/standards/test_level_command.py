"""`caitien level`: one school or thousands, an object or a line each, and what is said when a line is wrong."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from caitien import standards
from caitien.cli import main

ALL = {code: {"1": "met", "2": "met"} for code in standards.load("tt57-2026-pho-thong").codes}
SCHOOL = {"framework": "tt57-2026-pho-thong", "judgements": ALL}


def written(folder: Path, content: str | bytes) -> str:
    path = folder / "truong.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def answers(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_object_gives_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["level", written(tmp_path, json.dumps(SCHOOL)), "--format", "json"]) == 0
    (answer,) = answers(capsys)
    assert (answer["framework"], answer["level"], answer["possible"]) == ("tt57-2026-pho-thong", 2, 2)
    assert answer["reasons"][0] == "Trường đạt Mức 2."
    assert answer["blocking"] == []
    assert "id" not in answer


def test_an_object_over_many_lines_is_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = "\ufeff\n" + json.dumps({"id": 7, **SCHOOL}, indent=2)
    assert main(["level", written(tmp_path, content), "--format", "json"]) == 0
    (answer,) = answers(capsys)
    assert (answer["id"], answer["level"]) == (7, 2)


def test_json_lines_give_a_line_each_in_their_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"id": "a", **SCHOOL}, {"id": "b", "framework": "tt17-2018-tieu-hoc", "judgements": {}}]
    content = "\n\n".join(json.dumps(line) for line in lines) + "\n\n"
    assert main(["level", written(tmp_path, content), "--format", "json"]) == 0
    first, second = answers(capsys)
    assert (first["id"], first["level"], second["id"]) == ("a", 2, "b")
    assert (second["level"], second["possible"]) == (0, 4)


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Stdin:
        buffer = io.BytesIO(json.dumps(SCHOOL).encode())

    monkeypatch.setattr("sys.stdin", Stdin())
    assert main(["level", "-", "--format", "json"]) == 0
    assert answers(capsys)[0]["level"] == 2


def test_judgements_can_be_given_by_requirement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    second = {"1.3.M2.a": "met", "1.3.M2.b": "met", "c": "met", "d": "not_met"}
    school = {**SCHOOL, "judgements": {**ALL, "1.3": {"1": "met", "2": second}}}
    assert main(["level", written(tmp_path, json.dumps(school)), "--format", "json"]) == 0
    (answer,) = answers(capsys)
    assert answer["level"] == 1
    (blocker,) = answer["blocking"]
    assert (blocker["criterion"], blocker["level"], blocker["necessary"]) == ("1.3", 2, True)
    assert [m["code"] for m in blocker["missing"]] == ["1.3.M2.d"]


def test_a_school_of_several_levels_has_the_lowest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lower = {**ALL, "1.3": {"1": "met", "2": "not_judged"}}
    school = {"framework": "tt57-2026-pho-thong", "units": {"tieu_hoc": ALL, "thcs": lower}}
    assert main(["level", written(tmp_path, json.dumps(school)), "--format", "json"]) == 0
    (answer,) = answers(capsys)
    assert (answer["level"], answer["possible"]) == (1, 2)
    assert answer["reasons"][0] == "Mức của trường là mức thấp nhất trong 2 cấp học: Tiểu học Mức 2, THCS Mức 1."
    assert [(b["unit"], b["criterion"]) for b in answer["blocking"]] == [("thcs", "1.3")]
    assert {name: unit["level"] for name, unit in answer["units"].items()} == {"tieu_hoc": 2, "thcs": 1}


def test_full_adds_criteria_standards_and_conditions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["level", written(tmp_path, json.dumps(SCHOOL)), "--format", "json", "--full"]) == 0
    (answer,) = answers(capsys)
    assert len(answer["criteria"]) == 15
    assert answer["standards"][0]["by_level"] == {"1": 0, "2": 4}
    assert {c["outcome"] for c in answer["conditions"]} == {"holds"}


def test_what_if_shows_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    school = {**SCHOOL, "judgements": {**ALL, "1.3": {"1": "met", "2": "not_met"}}}
    command = ["level", written(tmp_path, json.dumps(school)), "--what-if", "1.3:2=met"]
    assert main([*command, "--format", "json"]) == 0
    (answer,) = answers(capsys)
    assert (answer["level"], answer["what_if"]["level"]) == (1, 2)
    assert main([*command, "--format", "text"]) == 0
    out = capsys.readouterr().out
    assert "NẾU 1.3 đạt Mức 2" in out
    assert out.index("Trường đạt Mức 1.") < out.index("Trường đạt Mức 2.")


GOOD = json.dumps(SCHOOL)
BAD_LINES = [
    ('{"framework": ', "không phải JSON đúng"),
    ("[]", "phải là một đối tượng JSON"),
    ('{"framework": "tt57-2026-pho-tong", "judgements": {}}', "Có phải “tt57-2026-pho-thong”?"),
    ('{"judgements": {}}', "Thiếu “framework”"),
    ('{"framework": "tt57-2026-pho-thong"}', "Cần “judgements”"),
    ('{"framework": "tt57-2026-pho-thong", "judgments": {}}', "Có phải “judgements”?"),
    ('{"framework": "tt57-2026-pho-thong", "judgements": []}', "phải là một đối tượng"),
    ('{"framework": "tt57-2026-pho-thong", "judgements": {"1.9": {}}}', "không có tiêu chí “1.9”"),
    ('{"framework": "tt57-2026-pho-thong", "judgements": {"1.1": {"3": "met"}}}', "không xét ở Mức 3"),
    ('{"framework": "tt57-2026-pho-thong", "judgements": {"1.1": {"1": "đạt"}}}', "“đạt”; chỉ dùng “met”"),
    ('{"framework": "tt57-2026-pho-thong", "judgements": {"1.1": {"1": true}}}', "chỉ dùng “met”"),
    ('{"framework": "tt57-2026-pho-thong", "judgements": {"1.1": "met"}}', "có 2 mức"),
    ('{"framework": "tt57-2026-pho-thong", "judgements": {"1.1": {"2": {"z": "met"}}}}', "yêu cầu “z”"),
    ('{"framework": "tt57-2026-pho-thong", "judgements": {"1.1": {}, "1.1": {}}}', "ghi hai lần"),
    ('{"framework": "tt57-2026-pho-thong", "judgements": {"1.1": {"points": 3}}}', "không cho điểm"),
    ('{"framework": "tt57-2026-pho-thong", "units": {}}', "có ít nhất một cấp"),
    ("[" * 100_000, "quá sâu"),
    ('{"framework": "tt17-2018-tieu-hoc", "judgements": {}, "figures": {"5.4.M1.b": NaN}}', "không phải là số"),
]


@pytest.mark.parametrize(("bad", "message"), BAD_LINES)
@pytest.mark.parametrize("at", [1, 2, 4])
def test_a_malformed_line_is_one_sentence_with_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: str, message: str, at: int
) -> None:
    lines = [GOOD] * 4
    lines[at - 1] = bad
    assert main(["level", written(tmp_path, "\n".join(lines)), "--format", "json"]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(f"caitien: Dòng {at}: ")
    assert message in captured.err
    assert captured.err.count("\n") == 1
    assert len(captured.out.splitlines()) == at - 1


def test_bytes_that_are_not_utf8_are_told_with_their_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["level", written(tmp_path, GOOD.encode() + b'\n{"id": "\xe9"}\n')]) == 2
    assert "Dòng 2: có chữ không phải UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "  \n\n", "\ufeff"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str) -> None:
    assert main(["level", written(tmp_path, content)]) == 2
    assert "trống" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["level", str(tmp_path / "khong-co.json")]) == 2
    assert "Không tìm thấy tệp" in capsys.readouterr().err
