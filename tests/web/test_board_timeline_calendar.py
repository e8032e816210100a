"""The plan as columns, as bars over the school year, as a calendar: what each says first, and what it does with ugly dates."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from caitien.plan import Action, ImprovementPlan, Period, Progress
from caitien.web.plans.values import store
from web.invented import make_user, plan_value

VIEWS = ("board", "timeline", "calendar", "situation")


@pytest.fixture(autouse=True)
def in_november(monkeypatch):
    """The pages think that today is 20/11/2025."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 11, 20))


def page(browser, plan, name, **asked) -> str:
    response = browser.get(reverse(f"plans:{name}", args=[plan.school.slug, plan.pk]), asked)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def planned(school, *actions: Action, year: str | None = "2025-2026"):
    return store(school, ImprovementPlan(school_year=year, framework="tt17-2018-tieu-hoc", actions=list(actions)), None)


def action(content: str, *, start=None, end=None, text=None, kind="date_range", status=None) -> Action:
    return Action(
        criteria=["1.1"],
        content=content,
        period=Period(text=text, kind=kind, start=start, end=end),
        progress=Progress(status=status),
    )


# --- what all views share


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_understands_the_filters(browser, plan, name):
    html = page(browser, plan, name, tim="chien luoc ra soat")
    assert "Đang xem 1 trong 3 mục" in html
    assert "Việc thứ 3" not in html


@pytest.mark.parametrize("name", VIEWS)
def test_the_switch_keeps_the_filters(browser, plan, name):
    html = page(browser, plan, name, loc="overdue", nguoi="")
    for other in ("plan", *VIEWS):
        assert f'href="{reverse(f"plans:{other}", args=[plan.school.slug, plan.pk])}?loc=overdue"' in html


@pytest.mark.parametrize("name", VIEWS)
def test_a_plan_without_actions_says_what_to_do(browser, school, name):
    html = page(browser, planned(school), name)
    assert "chưa có mục nào" in html.lower() or "không có mục nào đến hạn" in html


@pytest.mark.parametrize("name", VIEWS)
def test_a_filter_that_fits_nothing_says_so(browser, plan, name):
    html = page(browser, plan, name, tim="máy bay")
    assert "hợp với bộ lọc" in html or "không có mục nào đến hạn" in html


@pytest.mark.parametrize("name", VIEWS)
def test_what_a_file_said_is_shown_as_text_and_never_run(browser, school, name):
    html = page(
        browser, planned(school, action("<script>alert(1)</script>", end="2025-11-25", text="<b>25/11</b>")), name
    )
    assert "<script>alert" not in html
    assert "<b>25" not in html


# --- columns


def test_the_first_line_of_the_board_counts_by_status(browser, plan):
    assert "1 quá hạn · 1 hoàn thành · 1 chưa rõ" in page(browser, plan, "board")


def test_a_card_says_how_late_it_is(browser, plan):
    assert "trễ 36 ngày" in page(browser, plan, "board")


def test_columns_without_a_card_are_named_and_take_no_room(browser, plan):
    html = page(browser, plan, "board")
    assert "Cột không có mục nào: chưa hoàn thành, đang thực hiện, không thực hiện." in html
    assert 'id="cot-dropped"' not in html


def test_a_phone_opens_the_most_urgent_column_or_the_one_asked_for(browser, plan):
    assert 'id="cot-overdue" checked' in page(browser, plan, "board")
    assert 'id="cot-done" checked' in page(browser, plan, "board", cot="done")
    assert 'id="cot-overdue" checked' in page(browser, plan, "board", cot="dropped")


def test_the_most_urgent_card_stands_first_and_one_without_a_day_last(browser, school):
    html = page(
        browser,
        planned(
            school,
            action("không ngày", status="in_progress"),
            action("tháng sau", end="2025-12-20", status="in_progress"),
            action("tuần này", end="2025-11-21", status="in_progress"),
        ),
        "board",
    )
    assert html.index("tuần này") < html.index("tháng sau") < html.index("không ngày")


def test_the_menu_of_a_card_leads_to_the_report_with_the_status_chosen(browser, plan):
    first = plan.actions.first()
    report = reverse("plans:progress", args=[plan.school.slug, plan.pk, first.pk])
    assert f'href="{report}?muc=done"' in page(browser, plan, "board")


def test_who_only_looks_has_no_menu(client, plan):
    client.force_login(make_user("nguoi-xem", "", plan.school, "viewer"))
    assert "Đổi mức độ" not in page(client, plan, "board")


# --- time


def test_the_first_line_of_the_timeline_is_the_month_with_most_deadlines(browser, school, secretary):
    plan = store(school, plan_value(8), secretary)
    assert "Tháng nhiều hạn nhất: 11/2025, 6 mục đến hạn." in page(browser, plan, "timeline")


def test_months_that_share_the_most_are_all_named(browser, plan):
    assert "Tháng nhiều hạn nhất: 10/2025, 11/2025, 1 mục đến hạn." in page(browser, plan, "timeline")


@pytest.mark.parametrize(
    ("ugly", "why"),
    [
        (action("a"), "chưa ghi thời gian"),
        (action("a", text="Thường xuyên", kind="ongoing"), "“Thường xuyên”: không có ngày bắt đầu, không có hạn"),
        (action("a", text="31/02/2026", kind="unknown"), "chưa hiểu thời gian “31/02/2026”"),
        (action("a", start="2023-09", end="2023-10"), "nằm ngoài các tháng này: từ 09/2023 đến 10/2023"),
        (action("a", end="2031-01-01"), "nằm ngoài các tháng này: hạn 01/01/2031"),
        (action("a", start="2026-03", end="2025-12"), "ngày bắt đầu sau ngày kết thúc: từ 03/2026 đến 12/2025"),
    ],
)
def test_what_has_no_bar_stands_beneath_with_the_reason(browser, school, ugly, why):
    html = page(browser, planned(school, ugly, action("b", end="2025-11-30")), "timeline")
    assert "1 mục không vẽ được thành thanh" in html
    assert why in html


def test_a_bar_is_a_link_whose_words_say_what_when_and_how_far(browser, plan):
    html = page(browser, plan, "timeline")
    row = re.search(r'<a class="span-row".*?</a>', html)[0]
    assert "Rà soát kế hoạch chiến lược" in row
    assert "Quá hạn" in row
    assert "hạn 15/10/2025" in row
    assert '<svg class="span-strip"' in row
    assert 'aria-hidden="true"' in row


# --- calendar


def test_the_calendar_opens_at_the_month_of_today(browser, plan):
    assert "Tháng 11/2025: 1 mục đến hạn, đã xong cả." in page(browser, plan, "calendar")


def test_a_month_has_an_address(browser, plan):
    html = page(browser, plan, "calendar", thang="2025-10")
    assert "Tháng 10/2025: 1 mục đến hạn, 1 mục chưa xong, 1 mục quá hạn." in html
    assert "?thang=2025-09" in html
    assert "?thang=2025-11" in html


def test_months_keep_the_filters(browser, plan):
    assert "?loc=overdue&amp;thang=2025-12" in page(browser, plan, "calendar", loc="overdue")


def test_weeks_begin_on_monday(browser, plan):
    html = page(browser, plan, "calendar")
    assert html.index("Thứ Hai</th>") < html.index("Chủ nhật</th>")
    assert html.index('datetime="2025-11-03"') < html.index('datetime="2025-11-09"')
    assert "Thứ Hai, 03/11/2025" in html


@pytest.mark.parametrize("wrong", ["2025-13", "tháng mười", "0000-01", "99999-1", "2025-11-30", "<script>"])
def test_a_month_that_is_none_is_said(browser, plan, wrong):
    html = page(browser, plan, "calendar", thang=wrong)
    assert "không phải là một tháng nên đang xem tháng 11/2025" in html
    assert "<script>" not in html.split("<body")[1]


@pytest.mark.parametrize("edge", ["1990-01", "2099-12"])
def test_the_calendar_ends_somewhere(browser, plan, edge):
    page(browser, plan, "calendar", thang=edge)


def test_terms_stand_in_the_calendar(browser, plan):
    assert "Bắt đầu học kỳ I<" in page(browser, plan, "calendar", thang="2025-09")
    plan.year.first_term_start = date(2025, 9, 8)
    plan.year.save()
    html = page(browser, plan, "calendar", thang="2025-09")
    assert html.index('datetime="2025-09-08"') < html.index("Bắt đầu học kỳ I<") < html.index('datetime="2025-09-09"')


def test_a_full_day_is_folded(browser, school):
    html = page(browser, planned(school, *(action(f"việc {n}", end="2025-11-28") for n in range(9))), "calendar")
    assert "và 5 mục nữa" in html
    assert html.count('class="month-item"') == 9


def test_an_old_plan_opens_where_its_deadlines_are(browser, school):
    html = page(browser, planned(school, action("cũ", end="2023-12-10"), year="2023-2024"), "calendar")
    assert "Tháng 12/2023: 1 mục đến hạn" in html


def test_a_plan_without_a_school_year_has_the_months_of_its_deadlines(browser, school):
    plan = planned(school, action("a", end="2024-03-10"), action("b", end="9999-12-31"), year=None)
    assert "Tháng nhiều hạn nhất: 3/2024" in page(browser, plan, "timeline")
    page(browser, plan, "calendar")


def test_the_report_that_a_card_leads_to_has_the_status_chosen(browser, plan):
    first = plan.actions.first()
    url = reverse("plans:progress", args=[plan.school.slug, plan.pk, first.pk])
    assert re.search(r'value="done"[^>]* checked', browser.get(url, {"muc": "done"}).content.decode())
    assert not re.search(r'value="done"[^>]* checked', browser.get(url, {"muc": "<b>"}).content.decode())


def report(browser, plan, **sent):
    first = plan.actions.first()
    url = reverse("plans:progress", args=[plan.school.slug, plan.pk, first.pk])
    html = browser.get(url, headers={"Referer": sent.pop("came_from", "")}).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', html)[1]
    back = re.search(r'name="ve" value="([^"]+)"', html)
    given = {"ve": sent["ve"]} if "ve" in sent else {"ve": back[1].replace("&amp;", "&")} if back else {}
    return browser.post(url, {"key": key, "status": "done", "on": "20/11/2025", **given}).headers["Location"]


def test_after_the_report_one_is_back_at_the_board_with_its_filters(browser, plan):
    board = reverse("plans:board", args=[plan.school.slug, plan.pk])
    assert (
        report(browser, plan, came_from=f"http://testserver{board}?loc=overdue&cot=overdue")
        == f"{board}?loc=overdue&cot=overdue"
    )


@pytest.mark.parametrize(
    "elsewhere", ["https://xau.example{board}", "//xau.example{board}", "javascript:alert(1)", "http://[", "/"]
)
def test_one_is_sent_back_to_the_board_and_nowhere_else(browser, plan, elsewhere):
    board = reverse("plans:board", args=[plan.school.slug, plan.pk])
    action_page = reverse("plans:action", args=[plan.school.slug, plan.pk, plan.actions.first().pk])
    assert report(browser, plan, came_from=elsewhere.format(board=board)) == action_page
    assert report(browser, plan, ve=elsewhere.format(board=board)) == action_page
