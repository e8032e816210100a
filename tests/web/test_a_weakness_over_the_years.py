"""Điểm yếu qua các năm: links are followed, likely ones are proposed and confirmed by a person."""

from __future__ import annotations

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caitien.plan import ImprovementPlan
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.over_years import plan_of_each_year, threads
from caitien.web.plans.values import store
from web.invented import make_user


def plan_of(school, year: str, *rows: dict, framework: str = "tt17-2018-tieu-hoc", state: str = "draft") -> Plan:
    actions = [{"progress": {"status": row.pop("status", "in_progress")}, **row} for row in rows]
    value = ImprovementPlan.model_validate({"school_year": year, "framework": framework, "actions": actions})
    return store(school, value, None, state=state)


def lines(school) -> list[list[tuple[str, str | None, bool]]]:
    each = plan_of_each_year(Plan.objects.for_school(school).select_related("year"))
    rows = {plan.pk: list(plan.actions.select_related("issue", "plan")) for plan in each}
    return [[(y.school_year, y.status, y.likely) for y in thread.years] for thread in threads(each, rows)]


@pytest.fixture
def url(school) -> str:
    return reverse("plans:weaknesses", args=[school.slug])


READS = {"criteria": ["5.2"], "weakness": "Nhiều học sinh lớp 2 đọc còn chậm.", "content": "Phụ đạo học sinh đọc chậm"}
ROOF = {"criteria": ["3.2"], "weakness": "Mái phòng học bị dột.", "content": "Sửa mái phòng học"}


def linked(school) -> tuple[Action, Action, Action]:
    """Three years of one weakness, linked; and a thing of one year."""
    rows = []
    for year, status in (("2023-2024", "not_started"), ("2024-2025", "in_progress"), ("2025-2026", "done")):
        plan = plan_of(school, year, {**READS, "status": status})
        row = plan.actions.get()
        row.continues = rows[-1] if rows else None
        row.save()
        rows.append(row)
    return rows[0], rows[1], rows[2]


def test_linked_actions_are_one_line_first_year_first(school):
    linked(school)
    assert lines(school) == [
        [("2023-2024", "not_started", False), ("2024-2025", "in_progress", False), ("2025-2026", "done", False)]
    ]


def test_the_page_shows_the_line_and_counts(browser, school, url):
    linked(school)
    plan_of(school, "2026-2027", ROOF)
    html = browser.get(url).content.decode()
    assert (
        "2 điểm yếu, việc cần cải tiến trong 4 năm học: 1 chưa xong, trong đó 0 kéo dài từ hai năm; 1 đã xong" in html
    )
    assert html.index("2023-2024") < html.index("2024-2025") < html.index("2025-2026")
    assert "có lẽ" not in html


def test_plans_that_were_imported_one_by_one_are_joined_as_likely(school):
    plan_of(school, "2024-2025", READS, ROOF)
    plan_of(school, "2025-2026", {**READS, "weakness": "Nhiều học sinh lớp 2 và lớp 3 đọc còn chậm."})
    assert [("2024-2025", "in_progress", False), ("2025-2026", "in_progress", True)] in lines(school)
    assert [("2024-2025", "in_progress", False)] in lines(school)


def test_other_work_under_the_same_criterion_is_not_joined(school):
    plan_of(school, "2024-2025", {"criteria": ["3.2"], "content": "Sửa mái phòng học"})
    plan_of(school, "2025-2026", {"criteria": ["3.2"], "content": "Mua thêm bàn ghế cho lớp 1"})
    assert len(lines(school)) == 2


def test_the_crosswalk_is_followed_when_the_framework_changed(school):
    words = "Bồi dưỡng năng lực số cho giáo viên"
    plan_of(school, "2025-2026", {"criteria": ["2.2"], "content": words})
    rewritten = {"criteria": ["2.2"], "content": "Nâng cao năng lực số của giáo viên"}
    plan_of(school, "2026-2027", rewritten, framework="tt57-2026-pho-thong")
    assert len(lines(school)) == 1


def test_of_two_plans_of_a_year_the_one_in_force_counts(school):
    plan_of(school, "2025-2026", READS, state="in_force")
    plan_of(school, "2025-2026", ROOF)
    each = plan_of_each_year(Plan.objects.for_school(school).select_related("year"))
    assert [plan.state for plan in each] == ["in_force"]


def test_years_whose_plans_are_not_here_are_told_by_the_row_itself(school):
    prior = [{"school_year": "2024-2025", "number": 3, "criteria": ["5.2"], "status": "in_progress", "percent": 40, "text": "Đã mở hai lớp", "result": None}]  # fmt: skip
    plan_of(school, "2025-2026", {**READS, "prior": prior})
    assert lines(school) == [[("2024-2025", "in_progress", False), ("2025-2026", "in_progress", False)]]


def test_a_person_confirms_that_it_is_one_thing(browser, school, url):
    old = plan_of(school, "2024-2025", READS).actions.get()
    new = plan_of(school, "2025-2026", READS).actions.get()
    assert "có lẽ là cùng một việc" in browser.get(url).content.decode()
    browser.post(url, {"do": "dung", "action": new.pk, "old": old.pk})
    new.refresh_from_db()
    assert new.continues == old
    assert "có lẽ" not in browser.get(url).content.decode()
    browser.post(url, {"do": "go", "action": new.pk})
    new.refresh_from_db()
    assert new.continues is None


def test_a_person_says_that_they_are_two_things(browser, school, url):
    old = plan_of(school, "2024-2025", READS).actions.get()
    new = plan_of(school, "2025-2026", READS).actions.get()
    browser.post(url, {"do": "khong", "action": new.pk, "old": old.pk})
    assert len(lines(school)) == 2
    assert "có lẽ" not in browser.get(url).content.decode()


def test_another_schools_action_cannot_be_linked(browser, school, other_school, url):
    new = plan_of(school, "2025-2026", READS).actions.get()
    theirs = plan_of(other_school, "2024-2025", READS).actions.get()
    assert browser.post(url, {"do": "dung", "action": new.pk, "old": theirs.pk}).status_code == 404


def test_who_may_only_look_is_not_asked_to_confirm(client, school, url):
    plan_of(school, "2024-2025", READS)
    plan_of(school, "2025-2026", READS)
    client.force_login(make_user("xem", "Người Xem", school, "viewer"))
    html = client.get(url).content.decode()
    assert "(có lẽ là việc này)" in html
    assert "Đúng, một việc" not in html


def test_searching_without_diacritics(browser, school, url):
    plan_of(school, "2025-2026", READS, ROOF)
    html = browser.get(url + "?tim=mai+phong").content.decode()
    assert "Mái phòng học" in html
    assert "đọc còn chậm" not in html


def test_the_page_of_an_action_can_show_its_line(school):
    _first, second, third = linked(school)
    template = Template("{% include 'plans/_line.html' %}")
    html = template.render(Context({"action": third, "shell": {"school": school}}))
    assert "2024-2025" in html
    assert template.render(Context({"action": linked_none(school), "shell": {"school": school}})).strip() == ""
    assert second.pk != third.pk


def linked_none(school) -> Action:
    return plan_of(school, "2026-2027", ROOF).actions.get()


def test_the_page_asks_the_database_as_often_for_many_years(browser, school, url):
    found = []
    for first in (2014, 2018):
        for year in range(first, first + 4):
            plan_of(school, f"{year}-{year + 1}", READS, ROOF)
        browser.get(url)
        with CaptureQueriesContext(connection) as queries:
            browser.get(url)
        found.append(len(queries))
    assert found[0] == found[1] <= 12


def test_a_long_list_comes_in_pages(browser, school, url):
    plan_of(school, "2025-2026", *({"criteria": ["1.1"], "content": f"Việc số {n}"} for n in range(50)))
    html = browser.get(url).content.decode()
    assert "Trang 1/2, 50 điểm yếu" in html
    assert browser.get(url + "?trang=2").content.decode().count('id="dy-') == 25
