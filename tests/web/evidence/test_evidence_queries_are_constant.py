"""Pages of evidence ask the database as often for sixty evidences as for three, and never more than twelve times."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caitien.standards import load
from caitien.web.evidence import services
from caitien.web.evidence.models import ActionEvidence, Opening
from web.evidence import files
from web.evidence.people import at, met_on_one
from web.evidence.rows import FRAMEWORK, make_evidence, stored

MOST = 12
PAGES = [
    "list", "list?tt=cho&tc=1&loai=pdf&loc=co-tep", "list?tim=bien+ban", "list?tim=bien+ban&xep=ten&loc=co-tep",
    "health", "removed", "many", "evidence", "edit", "history", "merge", "of_action",
]  # fmt: skip


@pytest.fixture
def world(school, secretary, plan):
    row, _level = met_on_one(school, secretary)
    row.sensitive = True
    row.save()

    def more(count: int) -> None:
        framework = load(FRAMEWORK)
        for number in range(count):
            one = make_evidence(
                school, f"Biên bản {count}-{number}", "1.1", "1.2", user=secretary, file=files.pdf(f"{count} {number}")
            )
            services.use(one, framework, ["2.1"], secretary, state="offered")
            ActionEvidence.objects.create(school=school, evidence=one, action=plan.actions.first())
        for number, code in enumerate(framework.codes[:count]):
            services.use(row, framework, [code], secretary)
            services.attach_file(row, stored(school, files.pdf(f"x {count} {number}")), "x.pdf", secretary)
            Opening.objects.create(school=school, evidence=row, what="view", by=secretary)
        for number, action in enumerate(plan.actions.all()[:count]):
            ActionEvidence.objects.get_or_create(
                school=school, evidence=row, action=action, defaults={"text": str(number)}
            )

    return row, more, plan.actions.first()


def asked(browser, url: str) -> list[str]:
    assert browser.get(url).status_code == 200  # the first visit may fill caches
    with CaptureQueriesContext(connection) as queries:
        browser.get(url)
    return [one["sql"] for one in queries]


@pytest.mark.parametrize("page", PAGES)
def test_as_often_for_many_as_for_few(browser, school, world, page):
    row, more, action = world
    name, _mark, query = page.partition("?")
    keys = [row.pk] if name in ("evidence", "edit", "history", "merge") else [action.pk] if name == "of_action" else []
    url = at(name, school, *keys) + (f"?{query}" if query else "")
    more(2)
    few = asked(browser, url)
    more(12)
    many = asked(browser, url)
    assert len(few) == len(many), "\n".join(many)
    assert len(many) <= MOST, "\n".join(one[:150] for one in many)
