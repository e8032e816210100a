"""Danh sách nhắc việc: who is to be told of what, by hand where no letter reaches."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caitien.web.reminders.models import ReminderChoice
from caitien.web.reminders.sending import FOLDER_BACKEND
from caitien.web.schools.models import Person
from web.reminders.conftest import TODAY, make_action, make_plan, put_in_group


def page(browser, school, everybody: bool = False) -> str:
    url = reverse("reminders:school", args=[school.slug])
    answer = browser.get(url, {"ai": "tat-ca"} if everybody else {})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_message_a_person_ready_to_paste(browser, running, today, settings):
    settings.SITE_URL = "https://caitien.example.edu.vn"
    make_action(running, "Sửa mái\nlớp học", days=-12, responsible=["Lò Văn Ún (TTCM)"], criteria=["3.1"])
    make_action(running, "Họp tổ", days=3, responsible=["Lò Văn Ún (TTCM)"])
    html = page(browser, running.school)
    assert "Ngày 18/11/2026: 1 mục quá hạn, 1 mục đến hạn trong 14 ngày." in html
    assert (
        f"{running.school.name} nhắc việc cải tiến chất lượng. Kính gửi Lò Văn Ún:\n"
        "Quá hạn:\n1. Sửa mái lớp học (3.1) – hạn 06/11/2026, trễ 12 ngày\n"
        "Sắp đến hạn:\n1. Họp tổ – hạn 21/11/2026, còn 3 ngày\n"
        "Việc nào xong, xin báo lại hoặc cập nhật ở https://caitien.example.edu.vn/"
    ) in html


def test_whom_a_letter_reaches_is_left_out_until_asked_for(browser, running, teacher, today):
    make_action(running, "Của Pọm", days=-1, responsible=["Hà Thị Pọm"])
    make_action(running, "Của Ún", days=-1, responsible=["Lò Văn Ún"])
    by_hand = page(browser, running.school)
    assert "Của Ún" in by_hand
    assert "Của Pọm" not in by_hand
    assert "1 người nữa được nhắc bằng thư điện tử." in by_hand
    assert "Của Pọm" in page(browser, running.school, everybody=True)


@pytest.mark.parametrize("why", ["no address", "wants none", "no mail server"])
def test_whom_no_letter_reaches_is_in_the_list(browser, running, teacher, today, settings, why):
    make_action(running, "Của Pọm", days=-1, responsible=["Hà Thị Pọm"])
    match why:
        case "no address":
            teacher.email = ""
            teacher.save()
        case "wants none":
            ReminderChoice.objects.create(user=teacher, digest="off")
        case "no mail server":
            settings.EMAIL_BACKEND = FOLDER_BACKEND
    assert "Của Pọm" in page(browser, running.school)


def test_a_group_is_listed_with_who_is_in_it(browser, running, today):
    make_action(running, "Việc tổ", days=1, responsible=["Tổ Khối 1"])
    person = Person.objects.create(school=running.school, name="Lò Văn Ún")
    put_in_group(running.school, person, "Tổ Khối 1")
    assert "Gồm: Lò Văn Ún" in page(browser, running.school)


def test_what_nobody_is_responsible_for_and_whose_owner_left_is_said(browser, running, today):
    make_action(running, "Không ai làm", days=-1)
    make_action(running, "Người đã đi", days=-1, responsible=["Lò Văn Ún"])
    Person.objects.filter(name="Lò Văn Ún").update(left_on=TODAY)
    html = page(browser, running.school)
    assert html.index("Chưa có người phụ trách") < html.index("Không ai làm")
    assert "đã rời trường: cần giao lại việc" in html


def test_who_is_latest_comes_first(browser, running, today):
    make_action(running, "a", days=-1, responsible=["Ba Một"])
    make_action(running, "b", days=-9, responsible=["Hai Chín"])
    for _each in range(2):
        make_action(running, "c", days=-2, responsible=["Nhất Hai Việc"])
    html = page(browser, running.school)
    assert html.index("Nhất Hai Việc") < html.index("Hai Chín") < html.index("Ba Một")


def test_nothing_urgent_is_said(browser, running, today):
    make_action(running, "còn lâu", days=90, responsible=["Lò Văn Ún"])
    assert "Không có ai cần nhắc" in page(browser, running.school)


def test_nothing_of_another_school_nor_of_a_year_that_is_over(browser, school, other_school, today):
    make_action(make_plan(other_school), "trường khác", days=-1, responsible=["Lò Văn Ún"])
    make_action(make_plan(school, year="2025-2026"), "năm ngoái", days=-200, responsible=["Lò Văn Ún"])
    html = page(browser, school, everybody=True)
    assert "trường khác" not in html
    assert "năm ngoái" not in html


def test_as_many_queries_for_forty_people(browser, running, today):
    def count() -> int:
        page(browser, running.school)
        with CaptureQueriesContext(connection) as queries:
            page(browser, running.school)
        return len(queries)

    make_action(running, "a", days=-1, responsible=["Người Một", "Tổ Khối 1"])
    few = count()
    for number in range(40):
        make_action(running, f"b{number}", days=-number, responsible=[f"Người {number} Hai", "Tổ Khối 1"])
    assert count() == few <= 12
