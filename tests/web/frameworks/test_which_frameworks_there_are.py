"""The list of frameworks, and which one applies to a school level on a day."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from caitien.standards import available
from web.invented import make_user

LIST = "/khung-tieu-chuan/"


def lead(response) -> str:
    import html
    import re

    found = re.search(r'<span id="khung-ap-dung"[^>]*>(.*?)</span>', response.content.decode(), re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", found[1] if found else ""))


def test_every_framework_is_listed_with_its_facts(browser, read):
    page = read(browser.get(LIST))
    for info in available():
        assert info.short_title in page
    assert "4 tiêu chuẩn, 15 tiêu chí" in page
    assert "8 bắt buộc" in page
    assert "Mức 1: 27, Mức 2: 27, Mức 3: 19, Mức 4: 5" in page


@pytest.mark.parametrize(
    ("level", "day", "answer"),
    [
        ("tieu_hoc", "2024-09-05", "TT 17/2018 · tiểu học"),
        ("tieu_hoc", "05/09/2025", "TT 17/2018 sửa 2024 · tiểu học"),
        ("thpt", "2026-09-05", "TT 57/2026 · phổ thông"),
        ("gdtx", "2020-01-01", "chưa có khung nào"),
    ],
)
def test_the_first_line_says_which_applies(browser, level, day, answer):
    response = browser.get(LIST, {"cap": level, "ngay": day})
    assert answer in lead(response)


def test_without_a_question_the_answer_is_for_the_readers_school_today(browser, school):
    assert lead(browser.get(LIST)).startswith("Tiểu học, ngày ")


@pytest.mark.parametrize(("level", "day"), [("tieu_hoc", "hôm qua"), ("dai_hoc", "2026-01-01")])
def test_a_question_that_cannot_be_read_gets_a_sentence(browser, level, day):
    response = browser.get(LIST, {"cap": level, "ngay": day})
    assert response.status_code == 200
    assert "Hãy" in lead(response)


def test_htmx_gets_the_answer_alone(browser):
    response = browser.get(LIST, {"cap": "mam_non", "ngay": "2026-10-01"}, headers={"HX-Request": "true"})
    assert "TT 57/2026 · mầm non" in lead(response)
    assert b"<table" not in response.content


def test_the_rail_of_ones_school_leads_here_and_stays(browser, school, plan):
    page = browser.get(reverse("schools:home", args=[school.slug]), follow=True).content.decode()
    assert f'href="{LIST}"' in page
    here = browser.get(LIST).content.decode()
    assert school.name in here
    assert f'href="{LIST}" aria-current="page"' in here


def test_the_rail_is_that_of_the_school_where_one_was_last(secretary, school, other_school):
    from caitien.web.schools.models import Membership

    Membership.objects.create(school=other_school, user=secretary, role="member")
    client = Client()
    client.force_login(secretary)
    for one in (other_school, school, other_school):
        client.get(reverse("schools:home", args=[one.slug]))
        assert one.name in client.get(LIST).content.decode()


def test_somebody_of_no_school_reads_it_too(db):
    client = Client()
    client.force_login(make_user("khong-truong"))
    response = client.get(LIST)
    assert response.status_code == 200
    assert "Chọn cấp học" in lead(response)
