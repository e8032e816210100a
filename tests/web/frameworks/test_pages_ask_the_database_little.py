"""A page of frameworks asks the database as often for nine frameworks as for one: session, user, membership."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

NEW = "/khung-tieu-chuan/tt57-2026-pho-thong/"
PAGES = [
    "/khung-tieu-chuan/",
    "/khung-tieu-chuan/tim/?chu=ke+hoach",
    "/khung-tieu-chuan/so-sanh/?cu=tt17-2018-tieu-hoc&moi=tt57-2026-pho-thong",
    NEW,
    f"{NEW}tieu-chi/1.2/",
    f"{NEW}tinh-thu/?tat-ca=1",
    f"{NEW}json/",
]
MOST = 3


@pytest.mark.parametrize("page", PAGES)
def test_it_asks_three_questions(browser, page):
    browser.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(page).status_code == 200
    assert len(queries) <= MOST
