"""Tình hình thực hiện: pictures with their numbers, and each as a file."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from caitien.plan import Action, ImprovementPlan, Progress, Resources
from caitien.plan.model import BudgetLine
from caitien.web.plans.values import store

SLUGS = ("theo-tieu-chuan", "theo-thang", "nguon-kinh-phi", "kinh-phi-theo-tieu-chuan")


@pytest.fixture(autouse=True)
def in_november(monkeypatch):
    """The pages think that today is 20/11/2025."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 11, 20))


def page(browser, plan, **asked) -> str:
    response = browser.get(reverse("plans:situation", args=[plan.school.slug, plan.pk]), asked)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def part(html: str, slug: str) -> str:
    return re.search(rf'<section class="panel[^"]*" id="{slug}".*?</section>', html)[0]


def rows(html: str, slug: str) -> list[list[str]]:
    """The table of a picture, cell by cell."""
    found = re.findall(r"<tr>(.*?)</tr>", part(html, slug))
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in found]


def file(browser, plan, slug: str, **asked):
    return browser.get(reverse("plans:picture", args=[plan.school.slug, plan.pk, slug]), asked)


def test_the_first_line_says_how_far_the_plan_is(browser, plan):
    assert "1/3 mục hoàn thành · 1 quá hạn · dự kiến 3,5 triệu đồng" in page(browser, plan)


def test_progress_by_standard_has_its_numbers(browser, plan):
    assert rows(page(browser, plan), "theo-tieu-chuan") == [
        ["Tiêu chuẩn", "Hoàn thành", "Quá hạn", "Chưa rõ", "Cộng"],
        ["Tiêu chuẩn 1. Tổ chức và quản lý nhà trường", "0", "1", "0", "1"],
        ["Tiêu chuẩn 4. Quan hệ giữa nhà trường, gia đình và xã hội", "1", "0", "0", "1"],
        ["Tiêu chuẩn 5. Hoạt động giáo dục và kết quả giáo dục", "0", "0", "1", "1"],
        ["Cộng", "1", "1", "1", "3"],
    ]


def test_months_have_their_load_and_their_deadlines(browser, plan):
    found = rows(page(browser, plan), "theo-thang")
    assert len(found) == 13
    assert ["9/2025", "1", "0"] in found
    assert ["10/2025", "2", "1"] in found
    assert ["11/2025", "1", "1"] in found
    assert ["12/2025", "0", "0"] in found


def test_planned_and_spent_stand_side_by_side(browser, school):
    lines = [
        BudgetLine(amount_vnd=20_000_000, source="Ngân sách", spent_vnd=12_500_000),
        BudgetLine(amount_vnd=7_499_000, source="Xã hội hóa"),
    ]
    actions = [Action(criteria=["3.1"], content="Sửa mái", resources=Resources(budget_vnd=27_499_000, lines=lines))]
    plan = store(
        school, ImprovementPlan(school_year="2025-2026", framework="tt17-2018-tieu-hoc", actions=actions), None
    )
    html = page(browser, plan)
    assert rows(html, "nguon-kinh-phi")[1:] == [
        ["Ngân sách", "20.000.000", "12.500.000"],
        ["Xã hội hóa", "7.499.000", "0"],
        ["Cộng", "27.499.000", "12.500.000"],
    ]
    assert rows(html, "kinh-phi-theo-tieu-chuan")[1][1:] == ["27.499.000", "12.500.000"]
    assert "Dự kiến 27,5 triệu đồng, đã chi 12,5 triệu đồng. Nguồn lớn nhất: Ngân sách, 20 triệu đồng." in html


def test_a_plan_without_amounts_says_so_instead_of_a_picture(browser, school):
    value = ImprovementPlan(school_year="2025-2026", actions=[Action(content="a", progress=Progress(status="done"))])
    html = page(browser, store(school, value, None))
    assert "Chưa mục nào ghi số tiền." in part(html, "nguon-kinh-phi")
    assert "<svg xmlns" not in part(html, "nguon-kinh-phi")
    assert "Chưa gắn tiêu chí" in part(html, "theo-tieu-chuan")


def test_pictures_show_what_was_asked_for(browser, plan):
    assert rows(page(browser, plan, loc="done"), "theo-tieu-chuan")[-1] == ["Cộng", "1", "1"]


def test_every_picture_is_there_for_a_wide_page_and_for_a_phone_and_names_nothing_twice(browser, plan):
    html = page(browser, plan)
    assert html.count('<svg xmlns="http://www.w3.org/2000/svg" class="drawing"') == 2 * len(SLUGS)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "style=" not in html


@pytest.mark.parametrize("slug", SLUGS)
def test_each_picture_is_a_file_that_can_do_nothing(browser, plan, slug):
    response = file(browser, plan, slug)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{slug}-2025-2026.svg"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    ElementTree.fromstring(response.content)


def test_a_file_shows_what_the_page_showed(browser, plan):
    assert "Tiêu chuẩn 1" in file(browser, plan, "theo-tieu-chuan").content.decode()
    assert "Tiêu chuẩn 1" not in file(browser, plan, "theo-tieu-chuan", loc="done").content.decode()


def test_a_picture_that_is_none_is_not_found(browser, plan):
    assert file(browser, plan, "khong-co").status_code == 404


def test_words_of_a_plan_are_words_in_a_picture(browser, school):
    resources = Resources(budget_vnd=5, funding_sources=["<script>alert(1)</script>"])
    plan = store(school, ImprovementPlan(actions=[Action(content="a", resources=resources)]), None)
    assert "<script>alert" not in page(browser, plan)
    assert b"<script>alert" not in file(browser, plan, "nguon-kinh-phi").content
