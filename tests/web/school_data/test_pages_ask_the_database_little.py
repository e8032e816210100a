"""The pages of school data ask the database as often for full tables as for empty ones."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caitien.assessment.model import TableData
from caitien.assessment.tables_loading import tables_for
from caitien.web.assessments.school_data_writing import write
from web.assessments.made import assess
from web.school_data.numbers import LAST, NOW, OLD, address

MOST = 12
PAGES = ("data", "data_table", "data_cells", "data_history", "data_carry", "data_take_in", "data_workbook")


def queries(browser, url: str) -> int:
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", PAGES)
def test_queries_do_not_grow_with_the_numbers(browser, assessment, school, secretary, name):
    more = {"table": "pupils"} if name in ("data_table", "data_cells", "data_history") else {}
    url = address(assessment, name, **more)
    empty = queries(browser, url)
    before = assess(school, secretary, year=LAST)
    for number in range(6):
        data = [
            TableData(
                table=table.id, cells={row.id: dict.fromkeys((OLD, LAST, NOW, "total"), number) for row in table.rows}
            )
            for table in tables_for("tt57-2026-pho-thong", "thcs").tables
        ]
        for one in (assessment, before):
            write(one, [], data, user=secretary)
    full = queries(browser, url)
    assert full <= empty + (1 if name == "data_history" else 0)  # of a table nobody wrote in there is no history to ask
    assert full <= MOST
