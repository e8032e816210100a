"""An action is changed field by field or all at once; what is derived follows; what cannot be is said and kept."""

from __future__ import annotations

import pytest
from django.urls import reverse

from caitien.web.plans.models import Action
from caitien.web.plans.values import to_value
from web.invented import plan_value


@pytest.fixture
def action(plan):
    return plan.actions.first()


def url(action, *field: str) -> str:
    name = "action_field" if field else "action_edit"
    return reverse(f"plans:{name}", args=[action.school.slug, action.plan_id, action.pk, *field])


def save(browser, action, htmx: bool = False, **words: str):
    action.refresh_from_db()
    headers = {"HX-Request": "true"} if htmx else {}
    response = browser.post(url(action, next(iter(words))), {"version": action.version, **words}, headers=headers)
    action.refresh_from_db()
    return response


def test_the_whole_form_sent_back_untouched_changes_nothing(browser, action, plan):
    """Real cells hold odd spaces and semicolons: showing them in a form and sending it back must not touch them."""
    Action.objects.filter(pk=action.pk).update(responsible=["Lò  Thị Mẩy; Tổ 1", ""], measures=["a\nb"], note="  x ")
    action.refresh_from_db()
    form = browser.get(url(action)).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    browser.post(url(action), {"version": 1, **sent})
    action.refresh_from_db()
    assert action.version == 1
    assert action.responsible == ["Lò  Thị Mẩy; Tổ 1", ""]


def test_only_the_field_that_changed_is_written(browser, action, plan):
    form = browser.get(url(action)).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"note": "Xong sớm"}
    browser.post(url(action), {"version": 1, **sent})
    value = to_value(plan).actions[0].model_dump()
    assert value == plan_value().actions[0].model_dump() | {"note": "Xong sớm"}


def test_dates_follow_from_the_words(browser, action):
    save(browser, action, period="Tháng 9 – tháng 2")
    assert (action.period_start, action.period_end) == ("2025-09", "2026-02")
    assert f"{action.starts_on} {action.ends_on}" == "2025-09-01 2026-02-28"


def test_dates_a_person_wrote_win_over_the_words(browser, action):
    save(browser, action, period="Cả năm học", period_to="30/4/2026")
    assert action.period_text == "Cả năm học"
    assert action.period_end == "2026-04-30"


def test_words_that_say_no_date_keep_the_date_written_beside_them(browser, action):
    save(browser, action, period="Khi có kinh phí", period_from="", period_to="12/2025")
    assert (action.period_kind, action.period_end) == ("deadline", "2025-12")


def test_a_day_that_no_calendar_has_is_refused_and_kept_in_the_form(browser, action):
    response = save(browser, action, period="x", period_to="31/02/2026")
    assert response.status_code == 422
    html = response.content.decode()
    assert "“31/02/2026” không phải là một ngày" in html
    assert 'value="31/02/2026"' in html
    assert action.version == 1


def test_money_is_understood_as_schools_write_it(browser, action):
    save(browser, action, budget="18,5 triệu đồng")
    assert (action.budget_vnd, action.budget_text) == (18_500_000, "18,5 triệu đồng")
    save(browser, action, budget="Không")
    assert action.budget_vnd == 0
    save(browser, action, budget="")
    assert (action.budget_vnd, action.budget_text) == (None, None)


def test_money_that_is_not_understood_is_kept_as_written_and_said(browser, action):
    response = save(browser, action, htmx=True, budget="tùy dự toán được giao")
    assert action.budget_text == "tùy dự toán được giao"
    assert action.budget_vnd is None
    assert "chưa xác định được số tiền" in response.content.decode()


def test_people_stand_a_line_each_or_between_semicolons(browser, action):
    save(browser, action, responsible="Lò Thị Mẩy (Hiệu trưởng); Tổ 1\r\nTổ 2")
    assert action.responsible == ["Lò Thị Mẩy (Hiệu trưởng)", "Tổ 1", "Tổ 2"]


def test_a_new_criterion_moves_the_action_to_its_standard(browser, action):
    save(browser, action, criteria="3.2, 1.1")
    assert (action.criteria, action.standard) == (["3.2", "1.1"], "3")


def test_text_is_kept_in_one_form_of_unicode(browser, action):
    save(browser, action, note="Tie\u0302\u0301ng  Vie\u0323\u0302t")
    assert action.note == "Tiếng Việt"


def test_a_saved_field_says_when(browser, action):
    html = save(browser, action, htmx=True, content="Nội dung khác").content.decode()
    assert "Đã lưu" in html
    assert 'id="f-content"' in html
    assert 'hx-swap-oob="true"' in html


def test_a_percentage_over_a_hundred_is_refused(browser, action):
    assert save(browser, action, progress_percent="101").status_code == 422


def test_a_text_as_long_as_a_book_is_refused(browser, action):
    assert save(browser, action, note="x" * 20_001).status_code == 422


def test_a_field_that_does_not_exist_is_not_found(browser, action):
    assert browser.get(url(action, "school")).status_code == 404


def test_columns_that_are_no_fields_cannot_be_set(browser, action):
    browser.post(url(action), {"version": 1, "position": 99, "school": "x", "plan": "y", "note": "n"})
    action.refresh_from_db()
    assert (action.note, action.position) == ("n", 1024)


def test_a_change_is_in_the_history_with_who_and_from_what_to_what(browser, action):
    save(browser, action, note="Ghi chú mới")
    html = browser.get(reverse("plans:action", args=[action.school.slug, action.plan_id, action.pk])).content.decode()
    assert "Lò Thị Mẩy" in html
    assert '<ins class="pre">Ghi chú mới</ins>' in html
    assert '<del class="pre muted">để trống</del>' in html


def test_a_change_can_be_taken_back(browser, action):
    save(browser, action, content="Sai rồi")
    record = Action.history.filter(id=action.pk).latest()
    browser.post(reverse("plans:undo", args=[action.school.slug, action.plan_id, record.pk]))
    action.refresh_from_db()
    assert action.content == "Rà soát kế hoạch chiến lược"


def test_taking_back_a_change_that_was_changed_again_shows_both(browser, action):
    save(browser, action, content="Lần một")
    record = Action.history.filter(id=action.pk).latest()
    save(browser, action, content="Lần hai")
    response = browser.post(reverse("plans:undo", args=[action.school.slug, action.plan_id, record.pk]))
    assert response.status_code == 409
    action.refresh_from_db()
    assert action.content == "Lần hai"


def test_the_first_record_cannot_be_taken_back(browser, action):
    record = Action.history.filter(id=action.pk).latest()
    assert browser.post(reverse("plans:undo", args=[action.school.slug, action.plan_id, record.pk])).status_code == 404


def test_the_newest_changes_are_shown_and_the_others_are_one_click_away(browser, action):
    for number in range(9):
        save(browser, action, note=f"lần {number}")
    page = reverse("plans:action", args=[action.school.slug, action.plan_id, action.pk])
    html = browser.get(page).content.decode()
    assert "Các thay đổi trước đó" in html
    assert "Mục được tạo." not in html
    assert "Mục được tạo." in browser.get(f"{page}?lich-su").content.decode()


def test_in_a_list_only_the_lines_that_changed_are_in_the_history(browser, action):
    save(browser, action, measures="Họp hội đồng trường\nLấy ý kiến cha mẹ học sinh")
    page = reverse("plans:action", args=[action.school.slug, action.plan_id, action.pk])
    history = browser.get(page).content.decode().split('id="lich-su"')[1]
    assert "Họp hội đồng trường" not in history
    assert '<mark class="differs">cha mẹ học sinh</mark>' in history
