"""A doubt that the reviewer settled does not come back as an error of the plan."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from caitien.web.plans.findings import checked
from caitien.web.plans.models import DismissedFinding, Plan
from web.documents.read_plan import period


@pytest.fixture
def accepted(browser, at, facts):
    """The plan after the facts and these answers: accepted({"1.responsible": "keep"})."""

    def accept(answers: dict[str, str]) -> tuple[Plan, str]:
        browser.post(at("facts"), facts)
        for question, how in answers.items():
            browser.post(at("answer"), {"cau": question, "chon": how})
        page = browser.post(at("accept"), follow=True).content.decode()
        return Plan.objects.get(), page

    return accept


def rules_open(plan: Plan) -> set[tuple[str, str]]:
    shown = checked(plan, list(plan.actions.all()), date(2025, 10, 1)).open
    return {(one.finding.rule, one.row.criteria[0]) for one in shown if one.row}


def open_findings(browser, plan: Plan) -> str:
    page = browser.get(reverse("plans:findings", args=[plan.school.slug, plan.pk])).content.decode()
    return page.split("Đã bỏ qua")[0]


@pytest.mark.parametrize("how", ["keep", "other1", "both"])
def test_two_owners_that_were_settled_are_no_error_of_the_plan(browser, accepted, how):
    plan, _ = accepted({"1.responsible": how})
    assert "Hà Văn Pó" not in open_findings(browser, plan)


def test_two_owners_that_nobody_settled_stay_an_error(browser, accepted):
    plan, _ = accepted({})
    assert "Hà Văn Pó" in open_findings(browser, plan)


def test_two_times_that_were_settled_are_no_warning(browser, imported, accepted):
    imported.plan_value["actions"][2]["alternatives"][0]["values"]["period"] = period("10 – 12")
    imported.save()
    plan, _ = accepted({"2.period": "keep"})
    assert ("two-periods", "1.3") not in rules_open(plan)
    assert ("two-owners", "1.2") in rules_open(plan)


def test_lost_letters_that_were_kept_are_not_asked_again(accepted):
    plan, _ = accepted({"4.content": "keep"})
    assert ("lost-letters", "2.2") not in rules_open(plan)


def test_a_missing_time_that_was_left_for_later_is_still_missing(browser, accepted):
    plan, _ = accepted({"3.period": "keep"})
    assert "2.1" in open_findings(browser, plan)


def test_an_action_that_was_not_taken_moves_the_others_and_their_answers(browser, at, accepted):
    browser.post(at("drop_row"), {"muc": 1})
    plan, _ = accepted({"1.responsible": "keep"})
    assert plan.actions.count() == 5
    assert "Hà Văn Pó" not in open_findings(browser, plan)


def test_the_reason_and_the_reviewer_stand_with_what_was_left(accepted, secretary):
    plan, _ = accepted({"1.responsible": "keep"})
    left = DismissedFinding.objects.filter(plan=plan, rule="two-owners").first()
    assert left.reason == "Đã quyết định khi duyệt tệp “ke-hoach.docx”."
    assert left.dismissed_by == secretary


def test_the_plan_says_what_happened_and_what_is_next(accepted):
    _, page = accepted({"1.responsible": "keep"})
    assert "Đã đưa 6 mục vào kế hoạch 2025-2026." in page
    assert "chỗ cần xem: bấm “Soát lỗi” khi tiện." in page
