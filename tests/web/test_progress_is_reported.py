"""A teacher reports progress in three taps; every report is kept, the newest is what the plan shows."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caitien.web.plans.models import ProgressEntry
from web.invented import make_user


@pytest.fixture
def teacher(school):
    client = Client()
    client.force_login(make_user("giao-vien", "Vi Thị Sim", school, "staff"))
    return client


def report(client, plan, **sent):
    action = plan.actions.first()
    url = reverse("plans:progress", args=[plan.school.slug, plan.pk, action.pk])
    response = client.post(url, {"on": "2025-11-20", "status": "in_progress", **sent})
    action.refresh_from_db()
    return response, action


def test_the_report_is_what_the_plan_shows(teacher, plan):
    response, action = report(teacher, plan, text="Đã họp hội đồng", status="done")
    assert response.status_code == 302
    assert (action.progress_status, action.progress_text) == ("done", "Đã họp hội đồng")
    entry = ProgressEntry.objects.get()
    assert (entry.on, entry.status, str(entry.author)) == (date(2025, 11, 20), "done", "Vi Thị Sim")


def test_an_earlier_report_stays(teacher, plan):
    report(teacher, plan, text="Mới bắt đầu", percent="10")
    _, action = report(teacher, plan, text="Được một nửa", percent="50")
    assert action.progress_percent == 50
    html = teacher.get(reverse("plans:action", args=[plan.school.slug, plan.pk, action.pk])).content.decode()
    assert "Mới bắt đầu" in html
    assert "Được một nửa" in html


def test_the_words_are_not_obligatory_and_then_the_old_ones_stay(teacher, plan):
    _, action = report(teacher, plan, status="done")
    assert action.progress_text == "Đang làm"


def test_a_report_without_a_status_says_what_is_missing_and_keeps_the_words(teacher, plan):
    response, action = report(teacher, plan, text="Tôi đã viết dài", status="")
    assert response.status_code == 422
    assert "Tôi đã viết dài" in response.content.decode()
    assert action.progress_status == "in_progress"
    assert not ProgressEntry.objects.exists()


def test_done_is_a_hundred_percent(teacher, plan):
    response, _ = report(teacher, plan, status="done", percent="40")
    assert response.status_code == 422


def test_nobody_reports_that_a_task_is_dropped_or_overdue(teacher, plan):
    assert report(teacher, plan, status="dropped")[0].status_code == 422
    assert report(teacher, plan, status="overdue")[0].status_code == 422


def test_a_report_while_the_secretary_edits_loses_nothing(teacher, browser, plan):
    report(teacher, plan, text="Đã xong", status="done")
    action = plan.actions.first()
    browser.post(
        reverse("plans:action_field", args=[plan.school.slug, plan.pk, action.pk, "note"]),
        {"version": 1, "note": "Ghi chú"},
    )
    action.refresh_from_db()
    assert (action.note, action.progress_status) == ("Ghi chú", "done")


def test_the_day_is_written_as_in_vietnam(teacher, plan):
    action = plan.actions.first()
    page = teacher.get(reverse("plans:progress", args=[plan.school.slug, plan.pk, action.pk])).content.decode()
    assert f'value="{timezone.localdate():%d/%m/%Y}"' in page
    report(teacher, plan, text="x", on="05/06/2025")
    assert ProgressEntry.objects.get().on == date(2025, 6, 5)


def test_done_takes_the_place_of_the_percentage_that_stood_there_before(teacher, plan):
    report(teacher, plan, text="Được một phần", percent="40")
    response, action = report(teacher, plan, text="Xong", status="done", percent="40")
    assert response.status_code == 302
    assert (action.progress_status, action.progress_percent) == ("done", 100)


def test_done_and_a_new_percentage_below_100_contradict_each_other(teacher, plan):
    response, _ = report(teacher, plan, text="Xong", status="done", percent="60")
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("31/02/2026", "Không có ngày"),
        ("01/01/2099", "không thể ở sau hôm nay"),
        ("1/1/1926", "quá xa"),
        ("hôm qua", "không phải là một ngày"),
    ],
)
def test_a_day_on_which_nothing_can_have_been_done_is_refused_and_the_words_stay(teacher, plan, day, sentence):
    response, _ = report(teacher, plan, text="Tôi đã viết dài", on=day)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "Tôi đã viết dài" in response.content.decode()
    assert not ProgressEntry.objects.exists()


def test_who_came_from_ones_own_work_is_back_there(teacher, plan):
    response, _ = report(teacher, plan, ve="/viec-cua-toi/?nguoi=x")
    assert response["Location"] == "/viec-cua-toi/?nguoi=x"


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/viec-cua-toi/", "//elsewhere.example/", "javascript:x", "http://["]
)
def test_nobody_is_sent_to_another_site(teacher, plan, elsewhere):
    response, action = report(teacher, plan, ve=elsewhere)
    assert response["Location"].endswith(f"/muc/{action.pk}/")


def test_a_report_under_a_name_that_is_taken_elsewhere_is_kept_under_another(teacher, plan, other_school):
    from caitien.web.ids import new_id
    from caitien.web.plans.values import store
    from web.invented import plan_value

    foreign = store(other_school, plan_value(1), None).actions.first()
    taken = ProgressEntry.objects.create(
        id=new_id(), school=other_school, action=foreign, on=date(2025, 9, 1), status="done"
    )
    response, action = report(teacher, plan, text="Của tôi", key=str(taken.pk))
    assert response.status_code == 302
    assert action.progress_entries.get().text == "Của tôi"
    taken.refresh_from_db()
    assert taken.text == ""
