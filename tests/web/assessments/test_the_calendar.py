"""The legal calendar of a self-assessment: days left, the school's own dates with a reason, what is done and when."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caitien.web.assessments import dates
from caitien.web.assessments.models import AssessmentEvent
from web.assessments.made import assess
from web.invented import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(school, secretary):
    return assess(school, secretary)


def address(assessment, event=None):
    where = {"school": assessment.school.slug, "assessment": assessment.pk}
    return reverse("assessments:calendar_date", kwargs=where | {"event": event}) if event else reverse("assessments:calendar", kwargs=where)  # fmt: skip


def due(assessment, event, on=date(2027, 1, 1)):
    assessment.refresh_from_db()
    return dates.due_of(assessment, event, on)


def test_each_date_stands_with_its_source_and_how_sure_it_is(browser, assessment):
    page = browser.get(address(assessment)).content.decode()
    assert "14/06/2027" in page  # "trước 15/6"
    assert "29/06/2027" in page
    assert "Điều 9 khoản 3 điểm d" in page
    assert "từ một nguồn" in page


def test_the_end_of_term_is_the_schools_own(assessment):
    assessment.year.first_term_end = date(2027, 1, 12)
    assessment.year.save()
    assert dates.due_of(assessment, "review-1", date(2027, 1, 1)).last_day == date(2027, 1, 12)


def test_a_date_is_changed_with_a_reason_and_put_back(browser, assessment):
    sent = {"lam": "doi", "ngay": "10/06/2027", "ly-do": "Công văn của Sở", "dang-thay": "2027-06-14"}
    assert browser.post(address(assessment, "report"), sent).status_code == 302
    assert due(assessment, "report").last_day == date(2027, 6, 10)
    assert "Công văn của Sở" in AssessmentEvent.objects.get(kind="date_changed").note
    page = browser.get(address(assessment)).content.decode()
    assert "theo lịch chung: 14/06/2027" in page
    browser.post(address(assessment, "report"), {"lam": "tra-lai", "dang-thay": "2027-06-10"})
    assert due(assessment, "report").last_day == date(2027, 6, 14)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"ngay": "31/02/2027", "ly-do": "x"}, "không phải là một ngày"),
        ({"ngay": "", "ly-do": "x"}, "Hãy ghi ngày"),
        ({"ngay": "10/06/2030", "ly-do": "x"}, "không thuộc năm học"),
        ({"ngay": "10/06/2027", "ly-do": " "}, "Hãy ghi vì sao đổi"),
        ({"ngay": "06/2027", "ly-do": "Theo Sở"}, "không phải là một ngày"),
    ],
)
def test_a_date_that_is_none_is_refused_and_what_was_typed_stays(browser, assessment, sent, said):
    answer = browser.post(address(assessment, "report"), {"lam": "doi", **sent})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert f'value="{sent["ngay"]}"' in page
    assert not due(assessment, "report").changed


def test_two_who_change_one_date_do_not_undo_each_other(browser, assessment):
    first = {"lam": "doi", "ngay": "10/06/2027", "ly-do": "a", "dang-thay": "2027-06-14"}
    browser.post(address(assessment, "report"), first)
    second = browser.post(address(assessment, "report"), first | {"ngay": "05/06/2027"})
    assert second.status_code == 409
    assert "10/06/2027" in second.content.decode()
    other = {"lam": "doi", "ngay": "20/06/2027", "ly-do": "b", "dang-thay": "2027-06-29"}
    assert browser.post(address(assessment, "publication"), other).status_code == 302
    assert due(assessment, "report").last_day == date(2027, 6, 10)


def test_what_is_done_is_marked_with_its_day_and_unmarked(browser, assessment):
    for _click in range(2):
        browser.post(address(assessment, "council"), {"lam": "xong", "ngay": "10/09/2026"})
    assert due(assessment, "council").state == "done"
    assert AssessmentEvent.objects.filter(kind="date_done").count() == 1
    late = browser.post(address(assessment, "report"), {"lam": "xong", "ngay": "01/01/2099"})
    assert late.status_code == 422
    browser.post(address(assessment, "council"), {"lam": "chua-xong"})
    assert due(assessment, "council").state != "done"


def test_a_date_is_marked_done_after_the_report_is_approved(browser, assessment):
    assessment.state = "approved"
    assessment.save()
    assert browser.post(address(assessment, "publication"), {"lam": "xong", "ngay": "10/09/2026"}).status_code == 302
    assert due(assessment, "publication").state == "done"


def test_an_event_that_is_none_is_not_found(browser, assessment):
    assert browser.post(address(assessment, "rubbish"), {"lam": "xong", "ngay": "10/09/2026"}).status_code == 404


def test_who_writes_sees_the_calendar_and_changes_nothing(client, assessment, school):
    client.force_login(make_user("thanh-vien", "", school, "member"))
    assert "Đổi ngày" not in client.get(address(assessment)).content.decode()
    assert client.post(address(assessment, "report"), {"lam": "tra-lai"}).status_code == 403


def test_few_questions_to_the_database(browser, assessment):
    browser.get(address(assessment))
    with CaptureQueriesContext(connection) as asked:
        browser.get(address(assessment))
    assert len(asked) <= 8


def test_leaders_find_what_is_due_among_what_waits_for_them(assessment, school, secretary):
    from datetime import datetime

    from django.utils import timezone

    from caitien.web.reminders.waiting import waiting_for
    from caitien.web.reminders.work import memberships_of, work_of

    now = timezone.make_aware(datetime(2027, 6, 1))
    member = make_user("thanh-vien", "", school, "member")

    def waits(user):
        work = work_of(list(memberships_of([user.pk])), now.date())[user.pk]
        return [one for one in waiting_for(work, now) if one.kind == "assessment-date"]

    dates.set_done(assessment, "council", date(2026, 9, 10), secretary)
    labels = [one.label for one in waits(secretary)]
    assert "Hội đồng phê duyệt báo cáo tự đánh giá: chậm nhất 14/06/2027 (còn 13 ngày)" in labels
    assert not any("hội đồng tự đánh giá, lập kế hoạch" in label for label in labels)  # done
    assert not any("Công khai" in label for label in labels)  # later
    assert waits(secretary)[0].url.startswith(address(assessment))
    assert waits(member) == []
