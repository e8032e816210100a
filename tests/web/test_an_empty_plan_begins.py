"""A new plan from the framework: for a school that has no file of last year."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from caitien.web.plans.models import Plan, PlanEvent
from caitien.web.plans.new_plan import years_to_choose
from web.invented import make_user


@pytest.fixture
def url(school) -> str:
    return reverse("plans:new", args=[school.slug])


def made(browser, url: str, **words) -> Plan:
    sent = {"nam": years()[0], "khung": "tt57-2026-pho-thong", **words}
    assert browser.post(url, sent).status_code == 302
    return Plan.objects.get()


def years() -> list[str]:
    from django.utils import timezone

    return years_to_choose(timezone.localdate())


@pytest.mark.parametrize(
    ("day", "first"), [("2026-08-20", "2026-2027"), ("2026-11-22", "2026-2027"), ("2027-03-01", "2026-2027")]
)
def test_the_year_proposed_is_the_one_plans_are_made_for(day, first):
    from datetime import date

    assert years_to_choose(date.fromisoformat(day))[0] == first


def test_an_empty_school_is_shown_both_ways_to_begin(browser, school, url):
    html = browser.get(reverse("schools:home", args=[school.slug])).content.decode()
    assert "Thả kế hoạch năm trước" in html
    assert url in html


def test_the_page_stores_nothing_and_lists_the_criteria(browser, url):
    html = browser.get(url + "?nam=2026-2027").content.decode()
    assert "Cơ cấu tổ chức, phân công nhiệm vụ và phối hợp nội bộ" in html
    assert "Thông tư 57/2026/TT-BGDĐT" in html
    assert "từ hai nguồn độc lập" in html
    assert Plan.objects.count() == 0


def test_a_row_for_each_criterion_that_was_chosen(browser, url):
    plan = made(browser, url, tc=["4.1", "1.3", "9.9"])
    assert [row.criteria for row in plan.actions.all()] == [["1.3"], ["4.1"]]
    assert (plan.state, plan.framework) == (Plan.State.DRAFT, "tt57-2026-pho-thong")
    assert plan.year.name == years()[0]
    assert PlanEvent.objects.get(plan=plan).kind == PlanEvent.Kind.CREATED


def test_the_proposed_words_come_only_where_they_were_wanted(browser, url):
    plan = made(browser, url, san=["legal_bases", "monitoring"])
    assert plan.head["legal_bases"][0]["number"] == "57/2026/TT-BGDĐT"
    assert [row["round"] for row in plan.head["monitoring"]] == ["Cuối học kỳ I", "Cuối năm học"]
    assert plan.head["purposes"] == []
    assert plan.head["school"]["name"] == "Trường Tiểu học Sông Lam"


def test_it_can_be_printed(browser, url, school):
    from io import BytesIO

    from docx import Document

    plan = made(browser, url, tc=["1.3"], san=["purposes"])
    answer = browser.get(reverse("plans:export", args=[school.slug, plan.pk, "tt57-bieu-2", "docx"]))
    text = "\n".join(p.text for p in Document(BytesIO(answer.content)).paragraphs)
    assert "VẤN ĐỀ TRỌNG TÂM" in text


def test_a_second_plan_of_a_year_is_made_only_deliberately(browser, url):
    made(browser, url)
    sent = {"nam": years()[0], "khung": "tt57-2026-pho-thong", "tc": "1.3"}
    answer = browser.post(url, sent)
    assert answer.status_code == 422
    assert 'value="1.3" checked' in answer.content.decode()
    assert browser.post(url, {**sent, "them": "on"}).status_code == 302
    assert Plan.objects.count() == 2


def test_who_may_only_look_does_not_begin_one(school, url):
    client = Client()
    client.force_login(make_user("xem", "Người Xem", school, "viewer"))
    assert client.get(url).status_code == 403
    assert url not in client.get(reverse("schools:home", args=[school.slug])).content.decode()
