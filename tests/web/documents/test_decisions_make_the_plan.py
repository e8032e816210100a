"""What was decided stands in the plan; what was not stays a finding; nothing else changes."""

from __future__ import annotations

from caitien.web.documents import decisions as deciding
from caitien.web.documents.decisions import apply
from web.documents.read_plan import plan_read


def rules(plan) -> list[str]:
    return [finding.rule for finding in plan.findings]


def test_without_decisions_the_plan_is_what_was_read():
    assert apply(plan_read(), {}).to_dict() == plan_read()
    assert apply(plan_read(), None).to_dict() == plan_read()


def test_an_answer_stands_in_the_plan_and_its_finding_is_gone():
    decided = deciding.answer({}, "1.responsible", "other1", {1: {"responsible": ["Hà Văn Pó"]}})
    plan = apply(plan_read(), decided)
    assert plan.actions[1].responsible == ["Hà Văn Pó"]
    assert "two-owners" not in rules(plan)
    assert "two-periods" in rules(plan)


def test_what_the_other_row_said_is_kept_all_the_same():
    decided = deciding.answer({}, "1.responsible", "keep", {})
    assert apply(plan_read(), decided).actions[1].alternatives[0].values == {"responsible": ["Hà Văn Pó"]}


def test_a_decision_can_be_taken_back():
    decided = deciding.answer({}, "1.responsible", "other1", {1: {"responsible": ["Hà Văn Pó"]}})
    assert apply(plan_read(), deciding.reopen(decided, "1.responsible")).to_dict() == plan_read()


def test_decisions_are_values_the_old_ones_stay_as_they_were():
    before: dict = {}
    deciding.answer(before, "1.responsible", "both", {1: {"responsible": ["A", "B"]}})
    assert before == {}


def test_a_dropped_row_is_gone_and_the_findings_of_the_others_move_with_them():
    plan = apply(plan_read(), deciding.drop({}, 0))
    assert plan.actions[0].criteria == ["1.2"]
    owners = next(finding for finding in plan.findings if finding.rule == "two-owners")
    assert owners.action == 0
    assert owners.fixes[0].path == "/actions/0/responsible"


def test_the_findings_of_a_dropped_row_go_with_it():
    plan = apply(plan_read(), deciding.drop({}, 1))
    assert "two-owners" not in rules(plan)
    assert len(plan.actions) == 5


def test_a_dropped_row_can_be_taken_in_again():
    assert apply(plan_read(), deciding.drop(deciding.drop({}, 1), 1, back=True)).to_dict() == plan_read()


def test_another_school_year_moves_the_dates_that_were_derived_from_it():
    plan = apply(plan_read(), deciding.state_facts({}, {"school_year": "2026-2027"}))
    assert plan.school_year == "2026-2027"
    assert (plan.actions[2].period.start, plan.actions[2].period.end) == ("2026-08", "2026-11")
    assert plan.actions[2].period.text == "08 – 11"


def test_a_period_that_a_person_typed_does_not_move():
    typed = deciding.edit_row(
        {}, 2, {"period": {"text": "Tháng 3", "kind": "month", "start": "2026-03", "end": "2026-03"}}
    )
    plan = apply(plan_read(), deciding.state_facts(typed, {"school_year": "2026-2027"}))
    assert plan.actions[2].period.end == "2026-03"


def test_a_column_that_a_person_named_is_added_to_what_stood_there():
    plan = plan_read()
    plan["actions"][0]["note"] = "Đã họp"
    decided = deciding.name_column({}, "cot.5", "note", {0: "KH-01", 3: "KH-04"})
    made = apply(plan, decided)
    assert [action.note for action in made.actions[:4]] == ["Đã họp\nKH-01", None, None, "KH-04"]
    assert "unknown-column" not in rules(made)


def test_a_column_that_is_ignored_adds_nothing():
    plan = apply(plan_read(), deciding.name_column({}, "cot.5", "ignore", {0: "KH-01"}))
    assert plan.actions[0].note is None
    assert "unknown-column" not in rules(plan)


def test_facts_are_put_where_the_plan_keeps_them():
    plan = apply(
        plan_read(), deciding.state_facts({}, {"signer_name": "Lò Thị Mẩy", "date": "2025-09-10", "title": None})
    )
    assert (plan.document.signer.name, plan.document.date, plan.title) == ("Lò Thị Mẩy", "2025-09-10", None)


def test_a_budget_typed_anew_keeps_the_other_resources():
    plan = plan_read()
    plan["actions"][5]["resources"]["funding_sources"] = ["Ngân sách"]
    decided = deciding.edit_row({}, 5, {"budget": {"budget_text": "3 triệu", "budget_vnd": 3_000_000}})
    resources = apply(plan, decided).actions[5].resources
    assert (resources.budget_vnd, resources.funding_sources) == (3_000_000, ["Ngân sách"])
