"""A row printed twice is one action: the newer, fuller one; what the other said is kept, real differences are said."""

from __future__ import annotations

from caitien.reading.interpret import interpret
from reading.interpret.drawing import document, table

HEAD = ["Tiêu chí", "TT", "Nội dung kế hoạch", "Thời gian", "Người chịu trách nhiệm", "Tiến độ", "Kết quả"]
WORK = "Nâng cao hiệu quả quản lý các hoạt động giáo dục trong nhà trường"
RESULT = "Các hoạt động giáo dục được tổ chức hiệu quả"


def rows(*pairs: tuple[str, str]) -> list[list[str]]:
    return [["1.8", "8", WORK, time, people, "Đang thực hiện", RESULT] for time, people in pairs]


def test_last_years_row_loses_wherever_it_stands() -> None:
    for order in (1, -1):
        two = rows(("08 – 12", "Lê Văn Tám"), ("08/2024 – 12/2024", "Lê Văn Tám"))[::order]
        (action,) = interpret(document(table(HEAD, *two))).actions
        assert action.period.text == "08 – 12"
        (other,) = action.alternatives
        assert other.values["period"]["text"] == "08/2024 – 12/2024"
        assert other.cells["Thời gian"] == "08/2024 – 12/2024"
        assert "thời gian cũ" in (other.reason or "")


def test_two_owners_are_a_warning_with_the_other_to_choose() -> None:
    plan = interpret(document(table(HEAD, *rows(("08 – 12", "Lê Văn Tám"), ("08 – 12", "Lê Văn Tám; Trần Thị Chín")))))
    (finding,) = plan.findings
    assert (finding.rule, finding.severity, finding.action) == ("two-owners", "warning", 0)
    (fix,) = finding.fixes
    assert (fix.path, fix.value) == ("/actions/0/responsible", ["Lê Văn Tám", "Trần Thị Chín"])


def test_spacing_and_case_are_no_difference() -> None:
    plan = interpret(document(table(HEAD, *rows(("08 – 12", "Lê Văn Tám"), ("08– 12", "LÊ Văn Tám")))))
    assert len(plan.actions) == 1
    assert [f.rule for f in plan.findings] == ["duplicate-row"]
    assert plan.findings[0].severity == "hint"


def test_the_fuller_row_wins_and_the_first_when_both_are_full() -> None:
    thin = ["1.8", "8", WORK, "08 – 12", "Lê Văn Tám", "", ""]
    (action,) = interpret(document(table(HEAD, thin, *rows(("08 – 12", "Trần Thị Chín"))))).actions
    assert action.responsible == ["Trần Thị Chín"]
    (action,) = interpret(document(table(HEAD, *rows(("08 – 12", "Lê Văn Tám"), ("08 – 12", "Trần Thị Chín"))))).actions
    assert action.responsible == ["Lê Văn Tám"]


def test_the_same_words_under_another_criterion_are_other_work() -> None:
    plan = interpret(
        document(
            table(
                ["Tiêu chí", "Điểm yếu", "Nội dung công việc", "Thời gian", "Người phụ trách"],
                ["2.4", "Một số học sinh hiếu động", WORK, "Hằng năm", "Phó hiệu trưởng"],
                ["4.1", "Cha mẹ học sinh ít tham gia", WORK, "Hằng năm", "Hiệu trưởng"],
                ["4.1", "Kinh phí hội thấp, ít vận động được", WORK, "Hằng năm", "Kế toán"],
            )
        )
    )
    assert len(plan.actions) == 3
    assert plan.findings == []
