"""The page of a criterion asks the database as often for a full sheet as for an empty one, and at most twelve times."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caitien.web.assessments.flow import take_step
from caitien.web.assessments.models import ReviewComment, Weakness
from web.assessments.sheets import Sheet

MOST = 12


def count(browser, url, **headers):
    browser.get(url, **headers)  # the first visit may fill caches
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url, **headers).status_code == 200
    return len(queries)


@pytest.fixture
def sheet(school, secretary):
    return Sheet(school, secretary)


def fill(sheet, browser, n):
    for number in range(n):
        sheet.evidence(f"Minh chứng {number}", state="verified")
        ReviewComment.objects.create(school=sheet.school, review=sheet.review, author=sheet.user, text=f"Lời {number}")
        Weakness.objects.create(
            school=sheet.school, assessment=sheet.assessment, standard="1", criteria=["1.3"], text="Thiếu"
        )
    text = " ".join(f"Câu {number} (MC.1.3.{number:02d})." for number in range(1, n + 1))
    for level in (1, 2):
        sheet.form(browser, level, description=f"{text} Và (MC.1.3.99).", judged="met")
    last = Sheet(sheet.school, sheet.user, year=f"2025-20{26 + n}")
    last.form(browser, description=text)


def test_queries_do_not_grow_with_the_sheet(browser, sheet):
    fill(sheet, browser, 2)
    for kind in ("submitted", "withdrawn"):
        take_step(sheet.assessment, "1.3", kind, user=sheet.user)
    few = count(browser, sheet.url())
    fill(sheet, browser, 12)
    assert count(browser, sheet.url()) == few
    assert few <= MOST


@pytest.mark.parametrize("name", ["criterion_history", "criterion_cite"])
def test_pages_beside_it_ask_seldom_too(browser, sheet, name):
    fill(sheet, browser, 2)
    few = count(browser, sheet.url(name))
    fill(sheet, browser, 9)
    assert count(browser, sheet.url(name)) == few
    assert few <= MOST
