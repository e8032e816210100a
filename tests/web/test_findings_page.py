"""Soát lỗi: what is doubtful is shown, mended with one click, left with a reason, and comes back when its words change."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from caitien.plan import Finding, Fix, ImprovementPlan
from caitien.web.plans.models import DismissedFinding
from caitien.web.plans.values import store, to_value
from web.invented import plan_value


@pytest.fixture
def plan(school, secretary):
    """Two duplicate rows gave one action two owners; the second action has no owner and a time nobody understands."""
    value = plan_value()
    value.findings[0].fixes.insert(
        0, Fix(label="Giữ Lò Thị Mẩy", path="/actions/0/responsible", value=["Lò Thị Mẩy (Hiệu trưởng)"])
    )
    return store(school, value, secretary)


def address(plan, name: str, *more) -> str:
    return reverse(f"plans:{name}", args=[plan.school.slug, plan.pk, *more])


def page(browser, plan) -> str:
    return re.sub(r"\s+", " ", browser.get(address(plan, "findings")).content.decode())


def open_findings(browser, plan) -> list:
    return browser.get(address(plan, "findings")).context["checked"].open


def found(browser, plan, rule: str = "two-owners"):
    return next(shown for shown in open_findings(browser, plan) if shown.finding.rule == rule)


def mark_of(browser, plan, rule: str = "two-owners") -> str:
    return found(browser, plan, rule).fingerprint


def test_findings_of_the_checks_and_of_the_reading_stand_together(browser, school, secretary):
    value = plan_value()
    value.findings.append(
        Finding(rule="lost-letters", severity="warning", message="Mất chữ ở mục 2.", action=1, field="content")
    )
    plan = store(school, value, secretary)
    assert {"no-owner", "lost-letters", "two-owners"} <= {shown.finding.rule for shown in open_findings(browser, plan)}
    assert "Mất chữ ở mục 2." in page(browser, plan)


def test_the_first_line_counts_by_severity(browser, plan):
    assert re.search(r"\d+ lỗi, \d+ cảnh báo, \d+ gợi ý", page(browser, plan))


def test_a_fix_is_applied_and_can_be_taken_back(browser, plan):
    mark = mark_of(browser, plan)
    fixes = found(browser, plan).fixes
    other = next(i for i, fix in enumerate(fixes) if fix.value == ["Tổ khối 1"])
    response = browser.post(address(plan, "apply_fix"), {"mark": mark, "fix": other}, follow=True)
    assert to_value(plan).actions[0].responsible == ["Tổ khối 1"]
    html = response.content.decode()
    assert "Đã sửa" in html
    undo = re.search(r'action="([^"]*/hoan-tac/[^"]*)"', html)[1]
    browser.post(undo)
    assert to_value(plan).actions[0].responsible == ["Lò Thị Mẩy (Hiệu trưởng)"]


def test_choosing_what_stands_there_already_settles_the_question(browser, plan):
    mark = mark_of(browser, plan)
    fixes = found(browser, plan).fixes
    same = next(i for i, fix in enumerate(fixes) if fix.value == ["Lò Thị Mẩy (Hiệu trưởng)"])
    browser.post(address(plan, "apply_fix"), {"mark": mark, "fix": same})
    assert "two-owners" not in {shown.finding.rule for shown in open_findings(browser, plan)}
    assert to_value(plan).actions[0].alternatives[0].values == {"responsible": ["Tổ khối 1"]}


def test_a_fix_that_nobody_proposed_is_not_applied(browser, plan):
    mark = mark_of(browser, plan)
    before = to_value(plan).to_dict()
    for sent in (
        {"mark": mark, "fix": "99"},
        {"mark": mark, "fix": "-1"},
        {"mark": "x", "fix": "0"},
        {"mark": mark},
        {},
    ):
        assert browser.post(address(plan, "apply_fix"), sent).status_code == 302
    assert to_value(plan).to_dict() == before


def test_a_fix_of_the_head_is_applied_and_taken_back(browser, school, secretary, monkeypatch):
    value = ImprovementPlan(school_year="2025-2026", title="KẾ HOẠCH")
    plan = store(school, value, secretary)
    finding = Finding(
        rule="x",
        severity="hint",
        message="Tên kế hoạch ngắn.",
        fixes=[Fix(label="Dài ra", path="/title", value="KẾ HOẠCH DÀI")],
    )
    monkeypatch.setattr("caitien.checking.running.check", lambda *_, **__: [finding])
    monkeypatch.setattr("caitien.checking.check", lambda *_, **__: [finding], raising=False)
    response = browser.post(address(plan, "apply_fix"), {"mark": mark_of(browser, plan, "x"), "fix": 0}, follow=True)
    plan.refresh_from_db()
    assert plan.title == "KẾ HOẠCH DÀI"
    browser.post(re.search(r'action="([^"]*/hoan-tac/[^"]*)"', response.content.decode())[1])
    plan.refresh_from_db()
    assert plan.title == "KẾ HOẠCH"


def test_a_finding_is_left_with_a_reason(browser, plan, secretary):
    mark = mark_of(browser, plan)
    browser.post(address(plan, "dismiss"), {"mark": mark, "reason": "Hai người cùng làm"})
    html = page(browser, plan)
    assert "Vì: Hai người cùng làm – Lò Thị Mẩy" in html
    assert DismissedFinding.objects.get().dismissed_by == secretary


def test_no_finding_is_left_without_a_reason(browser, plan):
    mark = mark_of(browser, plan)
    browser.post(address(plan, "dismiss"), {"mark": mark, "reason": "   "})
    assert not DismissedFinding.objects.exists()


def test_what_was_left_can_be_brought_back(browser, plan):
    browser.post(address(plan, "dismiss"), {"mark": mark_of(browser, plan), "reason": "vì"})
    browser.post(address(plan, "restore_finding", DismissedFinding.objects.get().pk))
    assert mark_of(browser, plan)


def test_what_was_left_comes_back_when_its_words_change(browser, plan):
    ownerless = plan.actions.all()[1]
    open_now = lambda: {(s.finding.rule, s.row and s.row.pk) for s in open_findings(browser, plan)}  # noqa: E731
    assert ("no-owner", ownerless.pk) in open_now()
    shown = next(s for s in open_findings(browser, plan) if s.finding.rule == "no-owner" and s.row.pk == ownerless.pk)
    browser.post(address(plan, "dismiss"), {"mark": shown.fingerprint, "reason": "sẽ phân công sau"})
    assert ("no-owner", ownerless.pk) not in open_now()
    field = reverse("plans:action_field", args=[plan.school.slug, plan.pk, ownerless.pk, "responsible"])
    browser.post(field, {"version": 1, "responsible": "Tổ 1"})
    browser.post(field, {"version": 2, "responsible": "-"})
    assert ("no-owner", ownerless.pk) in open_now()


def test_a_finding_of_the_reading_is_settled_when_somebody_changes_what_it_was_about(browser, plan):
    action = plan.actions.first()
    field = reverse("plans:action_field", args=[plan.school.slug, plan.pk, action.pk, "responsible"])
    browser.post(field, {"version": 1, "responsible": "Tổ khối 2"})
    assert to_value(plan).findings == []


def test_the_action_page_shows_its_own_findings(browser, plan):
    html = browser.get(address(plan, "action", plan.actions.first().pk)).content.decode()
    assert "Tổ khối 1" in html
    assert "Sửa giúp" in html
    assert "Dòng in lặp ghi khác" in html
