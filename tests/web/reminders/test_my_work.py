"""Việc của tôi: what I must do, in all my schools."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caitien.web.reminders.work import work_of_user
from caitien.web.schools.models import Membership, Person
from web.invented import make_user
from web.reminders.conftest import TODAY, join, make_action, make_plan, put_in_group

NAME = "Hà Thị Pọm"


def contents(user, **more) -> list[str]:
    return [one.action.content for one in work_of_user(user, TODAY, **more).jobs]


@pytest.fixture
def browser_of(client):
    def sign_in(user) -> Client:
        client.force_login(user)
        return client

    return sign_in


def page(client) -> str:
    answer = client.get(reverse("reminders:my_work"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_late_first_then_by_day_then_without_one(teacher, running):
    make_action(running, "không hạn", responsible=[NAME])
    make_action(running, "sau này", days=60, responsible=[NAME])
    make_action(running, "tuần này", days=2, responsible=[NAME])
    make_action(running, "trễ ít", days=-1, responsible=[NAME])
    make_action(running, "trễ nhiều", days=-50, responsible=[NAME])
    make_action(running, "xong", days=-9, responsible=[NAME], progress_status="done")
    assert contents(teacher) == ["trễ nhiều", "trễ ít", "tuần này", "sau này", "không hạn", "xong"]


def test_only_what_names_me(teacher, running):
    make_action(running, "của người khác", days=1, responsible=["Lò Văn Ún"])
    make_action(running, "của tôi", days=1, responsible=["Lò Văn Ún", f"{NAME} (TTCM)"])
    assert contents(teacher) == ["của tôi"]


def test_responsible_apart_from_helping(teacher, running, browser_of, today):
    make_action(running, "tôi làm", days=1, responsible=[NAME])
    make_action(running, "tôi giúp", days=1, responsible=["Lò Văn Ún"], collaborators=[NAME])
    make_action(running, "cả hai", days=1, responsible=[NAME], collaborators=[NAME])
    html = page(browser_of(teacher))
    assert html.index("Bạn phụ trách") < html.index("tôi làm") < html.index("Bạn phối hợp") < html.index("tôi giúp")
    assert html.count("cả hai</a>") == 1
    assert html.index("cả hai") < html.index("Bạn phối hợp")
    assert "2 việc trong tuần này; phối hợp: 1 việc trong tuần này." in html


def test_what_my_group_owns_is_mine_and_says_through_whom(teacher, running, browser_of, today):
    make_action(running, "việc của tổ", days=3, responsible=["Tổ Khối 1"])
    assert contents(teacher) == []
    put_in_group(running.school, Person.objects.get(user=teacher), "Tổ Khối 1")
    (job,) = work_of_user(teacher, TODAY).jobs
    assert (job.responsible, job.through) == (True, ["Tổ Khối 1"])
    assert "qua Tổ Khối 1" in page(browser_of(teacher))


def test_named_and_in_the_group_is_one_card_of_mine(teacher, running):
    put_in_group(running.school, Person.objects.get(user=teacher), "Tổ Khối 1")
    make_action(running, "việc chung", days=3, responsible=["Tổ Khối 1", NAME])
    (job,) = work_of_user(teacher, TODAY).jobs
    assert job.through == []


def test_two_schools_in_one_list_and_never_those_of_others(teacher, running, other_school, browser_of, today):
    second = make_plan(other_school)
    make_action(running, "ở trường một", days=5, responsible=[NAME])
    make_action(second, "ở trường hai", days=-5, responsible=[NAME])
    join(teacher, other_school, NAME)
    assert contents(teacher) == ["ở trường một"], "no member of the second school yet"
    Membership.objects.create(school=other_school, user=teacher, role="viewer")
    assert contents(teacher) == ["ở trường hai", "ở trường một"]
    html = page(browser_of(teacher))
    assert other_school.name in html
    assert reverse("plans:progress", args=[running.school.slug, running.pk, running.actions.get().pk]) in html
    assert reverse("plans:progress", args=[other_school.slug, second.pk, second.actions.get().pk]) not in html, (
        "a viewer reports nothing"
    )


def test_a_person_of_the_same_name_in_another_school_is_not_me(teacher, running, other_school):
    make_action(make_plan(other_school), "của người trùng tên", days=1, responsible=[NAME])
    Membership.objects.create(school=other_school, user=teacher, role="staff")
    work = work_of_user(teacher, TODAY)
    assert work.jobs == []
    assert [m.school for m in work.unjoined] == [other_school]


@pytest.mark.parametrize(("left_days", "seen"), [(-1, []), (0, []), (1, ["còn lại"])])
def test_who_has_left_the_school_has_no_work_there(teacher, running, left_days, seen):
    from datetime import timedelta

    make_action(running, "còn lại", days=1, responsible=[NAME])
    Person.objects.filter(user=teacher).update(left_on=TODAY + timedelta(days=left_days))
    assert contents(teacher) == seen


def test_a_row_that_was_merged_into_another_is_nobody(teacher, running):
    make_action(running, "của dòng đã gộp", days=1, responsible=[NAME])
    kept = Person.objects.create(school=running.school, name="Hà Thị Pọm (TTCM)")
    Person.objects.filter(user=teacher).update(merged_into=kept)
    assert contents(teacher) == []


def test_an_action_taken_away_and_a_closed_plan_are_nobodys_work(teacher, running):
    from django.utils import timezone

    make_action(running, "đã bỏ", days=1, responsible=[NAME], removed_at=timezone.now())
    closed = make_plan(running.school, year="2025-2026", state="closed")
    make_action(closed, "kế hoạch đã kết thúc", days=1, responsible=[NAME])
    assert contents(teacher) == []


def test_a_draft_is_marked(teacher, school, browser_of, today):
    make_action(make_plan(school, state="draft"), "trong bản nháp", days=1, responsible=[NAME])
    assert "kế hoạch 2026-2027 bản nháp" in page(browser_of(teacher))


def test_a_card_says_day_days_left_and_ticks(teacher, running, browser_of, today):
    make_action(
        running, "Sửa mái lớp học", days=-12, responsible=[NAME], criteria=["3.1"], measures=["Khảo sát", "Sửa"],
        measures_done=[{"text": "Khảo sát", "on": "2026-11-01", "by": ""}, {"text": "không còn trong kế hoạch"}],
    )  # fmt: skip
    html = page(browser_of(teacher))
    assert "trễ 12 ngày" in html
    assert "hạn 06/11/2026" in html
    assert "1/2 biện pháp đã làm" in html
    assert "1 việc quá hạn." in html


def test_a_calm_page_when_there_is_nothing(teacher, running, browser_of, today):
    assert "Hiện không có việc nào giao cho bạn" in page(browser_of(teacher))


def test_without_a_school_it_says_what_to_do(db, browser_of, today):
    html = page(browser_of(make_user("chua-co-truong")))
    assert "chưa thuộc trường nào" in html


def test_words_of_a_plan_are_words_and_no_markup(teacher, running, browser_of, today):
    make_action(running, "<b onclick=alert(1)>x</b>", days=1, responsible=[NAME])
    assert "<b onclick" not in page(browser_of(teacher))


def test_not_signed_in_to_the_sign_in_page(client, db):
    for name in ("my_work", "my_work_json", "choices", "letter"):
        answer = client.get(reverse(f"reminders:{name}"))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/tai-khoan/login/")


def test_the_json_twin_says_the_same(teacher, running, browser_of, today):
    action = make_action(running, "Sửa mái", days=-3, responsible=[NAME], criteria=["3.1"], measures=["Khảo sát"])
    said = browser_of(teacher).get(reverse("reminders:my_work_json")).json()
    assert said["on"] == TODAY.isoformat()
    assert said["counts"]["late"] == 1
    (one,) = said["actions"]
    assert one["id"] == str(action.pk)
    assert (one["group"], one["days_left"], one["due"], one["part"]) == ("late", -3, "2026-11-15", "responsible")
    assert one["measures"] == {"done": 0, "total": 1}
    assert one["report_url"].endswith(f"/muc/{action.pk}/tien-do/")


def test_as_many_queries_for_three_schools_and_two_hundred_actions(teacher, running, other_school, browser_of, today):
    client = browser_of(teacher)
    Membership.objects.filter(user=teacher).update(role="chair")  # with everything that can wait for her

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client)
        return len(queries)

    make_action(running, "một", days=1, responsible=[NAME])
    page(client)
    before = count()
    Membership.objects.create(school=other_school, user=teacher, role="secretary")
    join(teacher, other_school, NAME)
    second = make_plan(other_school)
    for number in range(100):
        make_action(running, f"a{number}", days=number - 20, responsible=[NAME])
        make_action(second, f"b{number}", days=number - 20, collaborators=[NAME])
    assert count() == before
    assert before <= 12


@pytest.mark.parametrize(
    ("role", "days", "lands"),
    [("staff", 1, True), ("member", 1, True), ("secretary", 1, False), ("staff", None, False)],
)
def test_who_works_lands_on_her_work_and_who_leads_on_the_plan(teacher, running, browser_of, today, role, days, lands):
    Membership.objects.filter(user=teacher).update(role=role)
    if days is not None:
        make_action(running, "việc", days=days, responsible=[NAME])
    answer = browser_of(teacher).get("/")
    assert (answer.headers["Location"] == reverse("reminders:my_work")) == lands
