"""A slip of the hand is mended with one click; another slip of the same cell is shown until it is mended too."""

from __future__ import annotations

from django.urls import reverse

from caitien.web.plans.models import DismissedFinding
from caitien.web.plans.values import store, to_value
from web.invented import plan_value


def slips_shown(browser, plan) -> list:
    response = browser.get(reverse("plans:findings", args=[plan.school.slug, plan.pk]))
    return [shown for shown in response.context["checked"].open if shown.finding.rule == "likely-typo"]


def mend_first(browser, plan) -> None:
    mark = slips_shown(browser, plan)[0].fingerprint
    browser.post(reverse("plans:apply_fix", args=[plan.school.slug, plan.pk]), {"mark": mark, "fix": 0})


def test_two_slips_of_one_cell_are_mended_one_after_the_other(browser, school, secretary):
    value = plan_value()
    value.actions[0].measures = ["Tang cường kiểm tra", "Đề xuất xây them phòng"]
    plan = store(school, value, secretary)
    assert len(slips_shown(browser, plan)) == 2
    mend_first(browser, plan)
    assert to_value(plan).actions[0].measures == ["Tăng cường kiểm tra", "Đề xuất xây them phòng"]
    assert len(slips_shown(browser, plan)) == 1
    mend_first(browser, plan)
    assert to_value(plan).actions[0].measures == ["Tăng cường kiểm tra", "Đề xuất xây thêm phòng"]
    assert slips_shown(browser, plan) == []
    assert not DismissedFinding.objects.for_school(school.pk).exists()
