"""Rows printed twice, and one action given to different people."""

from __future__ import annotations

from caitien.checking import apply_fix
from caitien.plan.model import Alternative, ImprovementPlan
from checking.building import clean_plan, found, row


def printed_twice(*other: str) -> ImprovementPlan:
    plan = clean_plan()
    plan.actions[1].alternatives = [Alternative(values={"responsible": list(other)} if other else {})]
    return plan


def test_a_row_printed_twice_is_found_at_its_place() -> None:
    (finding,) = found(printed_twice(), "duplicate-row")
    assert finding.action == 1
    assert finding.message.startswith("Mục 2 (tiêu chí 1.4) in hai lần")


def test_a_plan_printed_twice_gives_one_finding_not_one_a_row() -> None:
    plan = clean_plan()
    for action in plan.actions:
        action.alternatives = [Alternative()]
    (finding,) = found(plan, "duplicate-row")
    assert "5/5 mục" in finding.message
    assert finding.action is None


def test_two_rows_with_the_same_work_are_found() -> None:
    plan = clean_plan()
    plan.actions.append(row(6, "1.4", "Đổi mới sinh hoạt tổ chuyên môn, theo nghiên cứu bài học"))
    (finding,) = found(plan, "duplicate-row")
    assert (finding.action, finding.field) == (5, "content")
    assert "mục 2" in finding.message


def test_the_same_work_for_another_criterion_or_weakness_is_no_duplicate() -> None:
    plan = clean_plan()
    plan.actions.append(row(6, "4.1", "Đổi mới sinh hoạt tổ chuyên môn theo nghiên cứu bài học"))
    plan.actions.append(
        row(7, "1.4", "Đổi mới sinh hoạt tổ chuyên môn theo nghiên cứu bài học", weakness="Tổ 4-5 chậm")
    )
    assert found(plan, "duplicate-row") == []


def test_two_owners_are_found_and_quoted() -> None:
    (finding,) = found(printed_twice("Cầm Văn Minh"), "two-owners")
    assert (finding.action, finding.field, finding.quote) == (1, "responsible", "Cầm Văn Minh")
    assert finding.severity == "error"


def test_a_helper_more_in_one_row_is_a_warning_only() -> None:
    (finding,) = found(printed_twice("Lò Thị Bình", "Cầm Văn Minh"), "two-owners")
    assert finding.severity == "warning"
    (finding,) = found(printed_twice("Cầm Văn Minh", "Lò Thị Bình"), "two-owners")
    assert finding.severity == "error"


def test_a_torn_copy_of_the_same_people_is_a_warning_only() -> None:
    plan = printed_twice("Lò Thị Minh")  # "Lò Thị" at the foot of a page, "Minh" at the head of the next
    plan.actions[1].responsible = ["Lò Thị Bình", "Cầm Văn Minh"]
    (finding,) = found(plan, "two-owners")
    assert finding.severity == "warning"


def test_choosing_an_owner_settles_it() -> None:
    plan = printed_twice("Cầm Văn Minh")
    (finding,) = found(plan, "two-owners")
    for fix in finding.fixes:
        mended = apply_fix(plan, fix)
        assert mended.actions[1].responsible == fix.value
        assert found(mended, "two-owners") == []
    assert [fix.value for fix in finding.fixes] == [["Lò Thị Bình"], ["Cầm Văn Minh"]]


def test_a_slip_of_the_pen_or_a_role_beside_the_name_is_no_other_person() -> None:
    assert found(printed_twice("LÒ thị  Bình"), "two-owners") == []
    assert found(printed_twice("Lò Thị Bình (Phó Hiệu trưởng)"), "two-owners") == []


def test_two_rows_of_one_work_with_different_people_are_found() -> None:
    plan = clean_plan()
    plan.actions.append(row(6, "1.4", plan.actions[1].content or "", responsible=["Cầm Văn Minh"]))
    (finding,) = found(plan, "two-owners")
    assert finding.action == 5
    assert "Lò Thị Bình" in finding.message
