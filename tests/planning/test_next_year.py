"""Next year's plan out of this year's: what is carried, what is finished, what waits for a decision."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from caitien.errors import CaiTienError
from caitien.plan import ImprovementPlan
from caitien.plan.interchange import parse_plan
from caitien.plan.model import BudgetLine, IndicatorValue, MeasureDone
from caitien.plan.periods import TermDates, parse_period
from caitien.planning import decide, next_year, years_of_action
from caitien.standards import confirm
from plan.two_plans import plans
from planning.last_year import last_year

TODAY = date(2026, 9, 1)


def made(framework: str | None = "tt57-2026-pho-thong", today: date = TODAY, **changes):
    return next_year(last_year(**changes), to_year="2026-2027", framework=framework, today=today)


def sentences(result, kind: str) -> list[str]:
    return [d.sentence for d in result.decisions if d.kind == kind]


def test_unfinished_actions_are_carried_and_finished_ones_are_not():
    result = made()
    assert [a.content for a in result.plan.actions] == [
        "Kiện toàn Hội đồng trường",
        "Đổi mới sinh hoạt chi đoàn",
        "Bổ sung sách [H1-5.1-03]",
    ]
    assert [(link.old, link.new) for link in result.carried] == [(0, 0), (2, 1), (5, 2)]
    assert [link.number for link in result.finished] == ["2", "4"]
    assert [link.number for link in result.dropped] == ["5"]


def test_a_carried_action_says_what_it_continues():
    action = made().plan.actions[0]
    assert action.continues == {
        "school_year": "2025-2026",
        "number": 1,
        "criteria": ["1.2"],
        "content": "Kiện toàn Hội đồng trường",
        "id": "0190-1",
    }
    assert not hasattr(action, "id")


def test_its_status_begins_anew_and_what_it_reached_stands_beside_it():
    action = made().plan.actions[0]
    assert (action.progress.status, action.progress.percent, action.progress.text) == ("not_started", None, None)
    assert action.result is None
    assert action.prior == [
        {
            "school_year": "2025-2026",
            "number": 1,
            "criteria": ["1.2"],
            "status": "in_progress",
            "percent": 50,
            "text": "Đã họp một lần",
            "result": "Có quy chế mới",
        }
    ]


def test_a_third_year_keeps_the_line_of_the_years():
    second = made().plan
    second.actions[0].progress.status = "in_progress"
    second.actions[0].result = "Họp đủ"
    third = next_year(second, to_year="2027-2028", today=date(2027, 9, 1)).plan
    assert [p["school_year"] for p in third.actions[0].prior] == ["2025-2026", "2026-2027"]
    assert third.actions[0].continues["school_year"] == "2026-2027"
    line = years_of_action(third.actions[0], "2027-2028")
    assert [(y.school_year, y.number, y.criteria, y.status, y.result) for y in line] == [
        ("2025-2026", "1", ("1.2",), "in_progress", "Có quy chế mới"),
        ("2026-2027", "1", ("1.2", "1.4"), "in_progress", "Họp đủ"),
        ("2027-2028", "1", ("1.2", "1.4"), "not_started", None),
    ]


def test_years_without_a_plan_in_between_are_said():
    result = next_year(last_year(), to_year="2028-2029", today=date(2028, 9, 1))
    assert result.warnings[0].startswith("Giữa hai kế hoạch còn 2 năm học")
    assert made().warnings[0].startswith("Mức cũ")


@given(plans)
def test_of_any_plan_no_action_and_no_word_is_lost(plan):
    plan.school_year = "2025-2026"
    plan.framework = "tt17-2018-tieu-hoc"
    before = plan.to_dict()
    result = next_year(plan, to_year="2026-2027", framework="tt57-2026-pho-thong", today=TODAY)
    assert plan.to_dict() == before
    places = [link.old for link in (*result.carried, *result.finished, *result.dropped)]
    assert sorted(places) == list(range(len(plan.actions)))
    assert [link.new for link in result.carried] == list(range(len(result.plan.actions)))
    for link in result.carried:
        old, new = plan.actions[link.old], result.plan.actions[link.new]
        for name in ("content", "weakness", "measures", "responsible", "resources"):
            assert getattr(new, name) == getattr(old, name)
        assert new.progress.status == "not_started"
        assert new.continues["criteria"] == old.criteria
        if old.weakness:
            assert (
                not old.criteria or plan.issues or any(old.weakness in (i.weakness or "") for i in result.plan.issues)
            )
    said = " ".join(r.text for r in result.plan.prior_results)
    assert all((plan.actions[link.old].content or "") in said for link in result.finished)
    assert parse_plan(result.plan.to_json()).to_dict() == result.plan.to_dict()


def test_where_it_stood_in_the_file_and_what_doubles_said_stay_in_the_old_plan():
    action = made().plan.actions[0]
    assert (action.provenance.page, action.alternatives) == (None, [])


def test_periods_move_to_the_new_school_year():
    periods = [(a.period.text, a.period.start, a.period.end) for a in made().plan.actions]
    assert periods == [
        ("Tháng 9/2026 – 10/2026", "2026-09", "2026-10"),
        ("08 – 11", "2026-08", "2026-11"),
        ("Giai đoạn 2025 - 2030", None, None),
    ]
    assert sentences(made(), "period") == [
        "Mục 3: thời gian “Giai đoạn 2025 - 2030” kéo dài đến năm 2030, ngoài năm học cũ; hãy ghi lại."
    ]


def test_what_is_over_already_is_asked_about():
    late = sentences(made(today=date(2026, 11, 22)), "period")
    assert late[0] == (
        "Mục 1: thời gian “Tháng 9/2025 – 10/2025” đã qua trước ngày lập kế hoạch (22/11/2026); hãy ghi lại."
    )


def test_finished_actions_become_results_of_last_year():
    results = made().plan.prior_results
    assert {r.school_year for r in results} == {"2025-2026"}
    assert [r.text for r in results] == [
        "Hoàn thành 2/6 nội dung; 3 nội dung chuyển tiếp sang năm học 2026-2027.",
        "Mục 2 (tiêu chí 3.2): Sửa phòng học. Kết quả: Sửa xong 04 phòng.",
        "Mục 4 (tiêu chí 4.1): Họp cha mẹ học sinh. Kết quả: Đã họp đủ 3 lần",
    ]
    assert made().plan.level_reached is None


def test_a_finished_thing_of_every_year_and_a_stopped_one_can_be_taken_up_again():
    result = made()
    (again,), (dropped,) = ([d for d in result.decisions if d.kind == k] for k in ("repeat", "dropped"))
    assert again.sentence == ("Mục 4 đã hoàn thành nhưng là việc “Hằng năm”: có đưa vào kế hoạch 2026-2027 không?")
    plan = decide(result.plan, again.place, again.value)
    assert plan.actions[-1].content == "Họp cha mẹ học sinh"
    assert plan.actions[-1].progress.status == "not_started"
    assert dropped.value["content"] == "Xây nhà đa năng"


def test_criteria_go_through_the_crosswalk_and_wait_for_a_person():
    result = made()
    assert result.plan.framework == "tt57-2026-pho-thong"
    assert result.plan.actions[0].criteria == ["1.2", "1.4"]
    assert result.plan.actions[0].carried["criteria"] == ["1.2"]
    decision = next(d for d in result.decisions if d.kind == "criteria")
    assert decision.sentence.startswith("Mục 1: tiêu chí 1.2 → chọn trong 2 tiêu chí: 1.2 (Cơ cấu tổ chức")
    chosen = confirm(result.plan.to_dict(), decision.place, ["1.4"])
    assert chosen["actions"][0]["criteria"] == ["1.4"]
    assert any("Mức cũ KHÔNG đổi thẳng" in warning for warning in result.warnings)


def test_evidence_codes_are_proposed_anew():
    assert sentences(made(), "evidence") == ["Minh chứng [H1-5.1-03]: mã mới MC.3.1.01."]


def test_issues_are_proposed_from_the_weaknesses_a_row_a_criterion():
    plan = made().plan
    assert [(i.number, i.standard, i.criteria) for i in plan.issues] == [(1, "1", ["1.2"]), (2, "3", ["3.1"])]
    first = plan.issues[0]
    assert first.weakness == "Hội đồng trường họp chưa đủ số lần.\nChi đoàn ít hoạt động."
    assert first.cause == "Chưa có lịch họp."
    assert first.current_state == (
        "Năm học 2025-2026: đang thực hiện 50%. Đã họp một lần. Có quy chế mới.\nNăm học 2025-2026: quá hạn."
    )
    assert [a.answers_issue for a in plan.actions] == [1, 1, 2]
    assert sentences(made(), "issue")[0] == (
        "Vấn đề 1 (tiêu chí 1.2, từ mục 1, 2): đề xuất từ điểm yếu đã ghi; giữ, gộp hay bỏ?"
    )
    assert confirm(plan.to_dict(), "/issues/0", ["1.4"])["issues"][0]["criteria"] == ["1.4"]


def test_a_plan_that_wrote_no_weakness_gets_rows_to_write_them_in():
    actions = [{"criteria": ["1.2"], "content": "Kiện toàn", "progress": {"text": "Đang làm", "status": "in_progress"}}]
    result = made(actions=actions)
    assert [(i.criteria, i.weakness) for i in result.plan.issues] == [(["1.2"], None)]
    assert "chưa có điểm hạn chế" in sentences(result, "issue")[0]


def test_under_the_same_framework_issues_stay_and_those_without_work_are_asked_about():
    plan = made().plan
    plan.actions[2].progress.status = "done"
    third = next_year(plan, to_year="2027-2028", today=date(2027, 9, 1))
    assert len(third.plan.issues) == 2
    assert sentences(third, "issue") == [
        "Vấn đề 2 (tiêu chí 3.1) không còn mục nào chưa xong: còn là vấn đề trọng tâm không?"
    ]


def test_money_people_and_unknown_progress_are_asked_about():
    result = made()
    assert sentences(result, "money") == [
        "Mục 1: kinh phí 5.000.000 đồng là của năm học 2025-2026; giữ nguyên hay dự toán lại?"
    ]
    assert sentences(result, "status") == [
        "Mục 6 chưa ghi mức độ thực hiện: đang coi là chưa xong và chuyển tiếp; nếu đã xong thì bỏ ra."
    ]
    assert sentences(result, "people")[1] == "1 mục chưa có người phụ trách (3)."


def test_words_that_name_last_year_are_proposed_and_never_changed():
    result = made()
    assert result.plan.actions[0].measures == ["Họp trước tháng 10/2025", "Công khai nghị quyết"]
    decision = next(d for d in result.decisions if d.place == "/actions/0/measures/0")
    assert decision.sentence == (
        "Mục 1: “Họp trước tháng 10/2025” còn ghi năm 2025; đề xuất “Họp trước tháng 10/2026”."
    )
    plan = decide(result.plan, decision.place, decision.value)
    assert plan.actions[0].measures[0] == "Họp trước tháng 10/2026"


def test_the_paper_is_new():
    plan = made().plan
    assert plan.school_year == "2026-2027"
    assert plan.title == "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2026- 2027"
    assert (plan.document.number, plan.document.date, plan.document.signer.name) == (None, None, "Lò Thị Mây")
    assert (plan.signatures, plan.findings) == ([], [])
    (entry,) = plan.monitoring
    assert (entry.round, entry.content, entry.result, entry.reviewer) == (
        "Tháng 01/2027",
        "Tiến độ",
        None,
        "Tổ giám sát",
    )


def test_a_repealed_basis_goes_and_that_of_the_new_framework_comes():
    result = made()
    assert [b.number for b in result.plan.legal_bases] == ["57/2026/TT-BGDĐT", None]
    said = sentences(result, "legal")
    assert said[0] == "Đã thêm căn cứ Thông tư 57/2026/TT-BGDĐT của khung mới."
    assert said[1].startswith("Đã bỏ căn cứ Thông tư 17/2018/TT-BGDĐT: hết hiệu lực từ 07/07/2026")
    back = next(d for d in result.decisions if d.place == "/legal_bases/-")
    assert decide(result.plan, back.place, back.value).legal_bases[-1].number == "17/2018/TT-BGDĐT"


def test_a_framework_that_no_longer_applies_is_said():
    result = made(framework=None)
    assert result.plan.framework == "tt17-2018-tieu-hoc"
    (decision,) = [d for d in result.decisions if d.kind == "framework"]
    assert decision.value == "tt57-2026-pho-thong"
    assert "không còn áp dụng cho năm học 2026-2027" in decision.sentence


@pytest.mark.parametrize(
    ("framework", "said"),
    [(None, "Kế hoạch chưa ghi khung tiêu chuẩn;"), ("tt57-2026-khac", "Không có khung “tt57-2026-khac” ở đây;")],
)
def test_a_framework_that_is_not_known_is_asked_for(framework, said):
    result = next_year(last_year(framework=framework), to_year="2026-2027", today=TODAY)
    (sentence,) = sentences(result, "framework")
    assert sentence == f"{said} khung áp dụng cho năm học 2026-2027 là tt57-2026-pho-thong."


def test_the_old_plan_does_not_change():
    plan = last_year()
    before = plan.to_dict()
    next_year(plan, to_year="2026-2027", framework="tt57-2026-pho-thong", today=TODAY)
    assert plan.to_dict() == before


def test_the_draft_is_a_plan_and_every_decision_has_its_place():
    result = made()
    assert parse_plan(result.plan.to_json()).to_dict() == result.plan.to_dict()
    value = result.plan.to_dict()
    for decision in result.decisions:
        assert decision.sentence.endswith((".", "?"))
        home = value
        for step in decision.place.strip("/").split("/"):
            home = None if step == "-" else home[int(step)] if isinstance(home, list) else home[step]


@pytest.mark.parametrize(
    ("year", "to", "said"),
    [
        (None, "2026-2027", "chưa ghi năm học"),
        ("2025-2026", "2026", "không phải một năm học"),
        ("2025-2026", "2025-2026", "không đến sau"),
        ("2025-2026", "2024-2025", "không đến sau"),
    ],
)
def test_years_that_do_not_follow_are_refused(year, to, said):
    with pytest.raises(CaiTienError, match=said):
        next_year(last_year(school_year=year), to_year=to, today=TODAY)


def test_an_empty_plan_gives_an_empty_plan():
    result = next_year(ImprovementPlan(school_year="2025-2026"), to_year="2026-2027", today=TODAY)
    assert result.plan.actions == []
    assert result.plan.school_year == "2026-2027"


def test_a_place_that_is_not_there_and_a_value_that_does_not_fit_are_refused():
    with pytest.raises(CaiTienError, match="không có chỗ"):
        decide(last_year(), "/actions/99/content", "x")
    with pytest.raises(CaiTienError, match="không dùng được"):
        decide(last_year(), "/actions", None)


def test_what_was_ticked_measured_and_spent_stays_in_the_old_year():
    old = last_year()
    action = old.actions[0]
    action.measures_done = [MeasureDone(text=action.measures[0], on="2025-10-02")]
    action.indicator_values = [IndicatorValue(text="Số lần họp", baseline="2", target="5", actual="3")]
    action.resources.lines = [BudgetLine(amount_vnd=5_000_000, source="Chi thường xuyên", spent_vnd=4_200_000)]
    new = next_year(old, to_year="2026-2027", today=TODAY).plan.actions[0]
    assert new.measures_done == []
    assert (new.indicator_values[0].baseline, new.indicator_values[0].actual) == ("3", None)
    assert (new.resources.lines[0].amount_vnd, new.resources.lines[0].spent_vnd) == (5_000_000, None)


def test_words_for_terms_mean_the_terms_that_the_school_has_in_the_new_year():
    terms = TermDates((9, 5), (1, 10), (1, 12), (5, 25))
    old = last_year()
    old.actions[0].period = parse_period("HK I", "2025-2026")
    moved = next_year(old, to_year="2026-2027", today=TODAY, new_terms=terms).plan.actions[0].period
    assert (moved.start, moved.end) == ("2026-09-05", "2027-01-10")
