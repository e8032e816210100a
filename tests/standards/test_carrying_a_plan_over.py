"""A plan of an old framework under the new one: proposed, never decided; old words and codes stay beside the new."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from caitien import standards
from caitien.cli import main
from caitien.errors import FrameworkError
from caitien.plan.model import ImprovementPlan
from caitien.standards import carry, confirm

PLAN: dict[str, Any] = {
    "schema": "caitien.plan/1",
    "school": {"name": "Trường Tiểu học Hoa Mơ", "level": "tieu_hoc"},
    "framework": "tt17-2018-tieu-hoc",
    "level_reached": 2,
    "prior_results": [{"school_year": "2024-2025", "level": 2, "assessed": 27, "met": 27}],
    "actions": [
        {
            "number": 1,
            "criteria": ["1.4"],
            "weakness": "Sinh hoạt tổ chuyên môn còn hình thức",
            "cause": "Chưa có chuyên đề",
            "expected_evidence": ["Biên bản tổ [H1-1.4-02]; kế hoạch [H1-1.1-03]"],
        },
        {"number": 2, "criteria": ["M4.3"], "content": "Nâng cấp thư viện (H10-3.6-01)"},
        {"number": 3, "criteria": ["1.2", "9.9"], "content": "Rà soát hội đồng [H1-1.2-01], [H2-1.2-01], [H1-1.3-01]"},
    ],
}


def test_a_criterion_goes_to_every_one_that_the_crosswalk_names_the_main_one_first() -> None:
    carried = carry(PLAN, "tt57-2026-pho-thong")
    assert [a["criteria"] for a in carried.plan["actions"]] == [["1.2", "2.1", "3.2"], ["4.1"], ["1.2", "1.4"]]
    first = next(p for p in carried.proposals if p.place == "/actions/0")
    assert (first.kind, first.old, first.new, first.likeness) == ("action", "1.4", ("1.2", "2.1", "3.2"), "medium")
    assert carried.plan["framework"] == "tt57-2026-pho-thong"


def test_everything_carried_is_proposed_until_a_person_confirms() -> None:
    carried = carry(PLAN, "tt57-2026-pho-thong")
    assert {p.status for p in carried.proposals} == {"proposed"}
    parts = [*carried.plan["actions"], *carried.plan["issues"]]
    assert {part["carried"]["status"] for part in parts} == {"proposed"}
    assert parts[0]["carried"]["criteria"] == ["1.4"]


def test_the_words_of_the_plan_are_not_changed() -> None:
    before = copy.deepcopy(PLAN)
    carried = carry(PLAN, "tt57-2026-pho-thong")
    assert before == PLAN
    for old, new in zip(PLAN["actions"], carried.plan["actions"], strict=True):
        assert {k: v for k, v in new.items() if k not in ("criteria", "carried")} == {
            k: v for k, v in old.items() if k != "criteria"
        }


def test_a_level_is_never_carried() -> None:
    carried = carry(PLAN, "tt57-2026-pho-thong")
    assert carried.plan["level_reached"] is None
    assert carried.plan["carried"]["level_reached"] == 2
    assert carried.plan["prior_results"] == PLAN["prior_results"]
    assert any("Mức cũ KHÔNG đổi thẳng" in warning for warning in carried.warnings)


def test_weaknesses_become_the_list_of_issues_that_the_2026_form_begins_with() -> None:
    (issue,) = carry(PLAN, "tt57-2026-pho-thong").plan["issues"]
    assert (issue["number"], issue["standard"], issue["criteria"]) == (1, "1", ["1.2", "2.1", "3.2"])
    assert (issue["weakness"], issue["cause"]) == ("Sinh hoạt tổ chuyên môn còn hình thức", "Chưa có chuyên đề")
    assert issue["carried"]["action"] == 0


def test_issues_that_the_plan_has_are_carried_and_none_is_added() -> None:
    plan = {**PLAN, "issues": [{"number": 1, "standard": "5", "criteria": ["5.4"], "weakness": "Trẻ bỏ học"}]}
    (issue,) = carry(plan, "tt57-2026-pho-thong").plan["issues"]
    assert (issue["standard"], issue["criteria"]) == ("3", ["3.4", "1.3"])


def test_old_evidence_codes_are_kept_beside_new_ones() -> None:
    carried = carry(PLAN, "tt57-2026-pho-thong")
    codes = {e["old"]: e["new"] for e in carried.plan["carried"]["evidence"]}
    assert codes == {
        "[H1-1.1-03]": ["MC.1.1.03"],  # the criterion keeps its code, so the evidence keeps its number
        "[H1-1.2-01]": ["MC.1.2.01"],
        "[H2-1.2-01]": ["MC.1.2.02"],
        "[H1-1.3-01]": ["MC.1.2.03"],
        "[H1-1.4-02]": ["MC.1.2.04"],
        "[H10-3.6-01]": ["MC.4.1.01"],
    }
    assert carried.plan["actions"][1]["carried"]["evidence"] == [
        {"old": "[H10-3.6-01]", "new": "MC.4.1.01", "status": "proposed"}
    ]


def test_a_new_code_that_is_in_use_is_not_given_again() -> None:
    plan = {**PLAN, "actions": [{"criteria": ["1.1"], "content": "Có MC.1.1.03 rồi, thêm [H1-1.1-03]"}]}
    (evidence,) = carry(plan, "tt57-2026-pho-thong").plan["carried"]["evidence"]
    assert evidence["new"] == ["MC.1.1.01"]


def test_evidence_of_a_criterion_that_goes_elsewhere_is_numbered_anew() -> None:
    plan = {**PLAN, "actions": [{"criteria": ["1.3"], "content": "[H1-1.3-05]"}]}
    (evidence,) = carry(plan, "tt57-2026-pho-thong").plan["carried"]["evidence"]
    assert evidence["new"] == ["MC.1.2.01"]


def test_a_code_that_the_old_framework_does_not_have_goes_nowhere_and_says_so() -> None:
    carried = carry(PLAN, "tt57-2026-pho-thong")
    lost = next(p for p in carried.proposals if p.old == "9.9")
    assert (lost.new, lost.reason) == ((), "Khung cũ không có tiêu chí này; hãy chọn tiêu chí mới.")


def test_a_person_confirms_or_chooses_otherwise() -> None:
    carried = carry(PLAN, "tt57-2026-pho-thong").plan
    kept, chosen = confirm(carried, "/actions/0"), confirm(carried, "/actions/0", ["2.1"])
    assert kept["actions"][0]["criteria"] == ["1.2", "2.1", "3.2"]
    assert chosen["actions"][0]["criteria"] == ["2.1"]
    assert {p["actions"][0]["carried"]["status"] for p in (kept, chosen)} == {"confirmed"}
    assert carried["actions"][0]["carried"]["status"] == "proposed"
    assert confirm(carried, "/issues/0", ["3.2"])["issues"][0]["standard"] == "3"


def test_a_person_confirms_an_evidence_code_everywhere_it_is_named() -> None:
    carried = carry(PLAN, "tt57-2026-pho-thong").plan
    place = next(f"/carried/evidence/{n}" for n, e in enumerate(carried["carried"]["evidence"]) if "3.6" in e["old"])
    after = confirm(carried, place, ["MC.4.1.07"])
    assert after["actions"][1]["carried"]["evidence"] == [
        {"old": "[H10-3.6-01]", "new": "MC.4.1.07", "status": "confirmed"}
    ]


@pytest.mark.parametrize(
    ("place", "new", "message"),
    [
        ("/actions/9", None, "không có chỗ chờ xác nhận"),
        ("/school", None, "không có chỗ chờ xác nhận"),
        ("/actions/0", ["9.9"], "không có tiêu chí “9.9”"),
        ("/actions/0", [], "hãy chọn lại"),
        ("/carried/evidence/0", ["H1"], "phải là một mã như MC.1.3.05"),
        ("/carried/evidence/0", ["MC.4.1.01"], "đã dùng cho"),
    ],
)
def test_what_cannot_be_confirmed_is_refused(place: str, new: list[str] | None, message: str) -> None:
    with pytest.raises(FrameworkError, match=message.replace("(", r"\(")):
        confirm(carry(PLAN, "tt57-2026-pho-thong").plan, place, new)


@pytest.mark.parametrize(
    ("framework", "to", "message"),
    [
        (None, "tt57-2026-pho-thong", "chưa ghi khung"),
        ("tt57-2026-pho-thong", "tt57-2026-pho-thong", "đã theo khung"),
        ("tt17-2018-tieu-hoc", "tt57-2026-gdtx", "chuyển được sang: tt57-2026-pho-thong"),
        ("tt57-2026-gdtx", "tt57-2026-pho-thong", "Chưa có bảng chuyển"),
    ],
)
def test_a_way_that_does_not_exist_is_said(framework: str | None, to: str, message: str) -> None:
    with pytest.raises(FrameworkError, match=message):
        carry({**PLAN, "framework": framework}, to)


@pytest.mark.parametrize("old", [c.old for c in standards.available_crosswalks()])
def test_every_criterion_of_every_old_framework_is_carried(old: str) -> None:
    to = "tt57-2026-mam-non" if "mam-non" in old else "tt57-2026-pho-thong"
    codes = standards.load(old).codes
    plan = {"framework": old, "actions": [{"criteria": [code], "weakness": code} for code in codes]}
    carried = carry(plan, to)
    new = set(standards.load(to).codes)
    assert all(a["criteria"] and set(a["criteria"]) <= new for a in carried.plan["actions"])
    assert len(carried.plan["issues"]) == len(codes)


def test_the_command_writes_a_plan_that_is_a_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "cu.json", tmp_path / "moi.json"
    source.write_text(ImprovementPlan.model_validate(PLAN).to_json(), encoding="utf-8")
    command = ["standards", "carry", str(source), "--to", "tt57-2026-pho-thong"]
    assert main([*command, "-o", str(target)]) == 0
    out = capsys.readouterr().out
    assert "1. 1.4 → 1.2, 2.1, 3.2" in out
    assert "[H1-1.1-03] → MC.1.1.03" in out
    written = ImprovementPlan.model_validate_json(target.read_bytes())
    assert written.framework == "tt57-2026-pho-thong"
    assert json.loads(target.read_bytes())["actions"][0]["carried"]["status"] == "proposed"
    assert main([*command, "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {p["status"] for p in answer["proposals"]} == {"proposed"}
