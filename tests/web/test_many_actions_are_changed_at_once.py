"""Many actions get another owner, deadline, status; rows are added, moved, taken out; all of it can be taken back."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from caitien.web.plans.editing import set_columns
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.values import store
from web.invented import make_user, plan_value

JSON = {"Accept": "application/json"}


@pytest.fixture
def plan(school, secretary):
    return store(school, plan_value(6), secretary)


@pytest.fixture
def colleague(school):
    return make_user("hieu-truong", "Quàng Thị Nụ", school, "chair")


def url(name, plan, **more):
    return reverse(f"plans:{name}", kwargs={"school": plan.school.slug, "plan": plan.pk, **more})


def order(plan) -> list[str]:
    return [row.content for row in plan.actions.all()]


def bulk(browser, plan, rows, task, **more):
    return browser.post(url("bulk", plan), {"chon": [str(row.pk) for row in rows], "viec": task, **more})


def undo_of(response) -> str:
    """The address of the button beside the message."""
    return [m.extra_tags.split()[1] for m in get_messages(response.wsgi_request) if "undo " in m.extra_tags][-1]


def ask(browser, plan, name, **sent):
    return browser.post(url(name, plan), json.dumps(sent), content_type="application/json", headers=JSON)


# --- the page
def test_the_chosen_actions_are_shown_before_anything_is_changed(browser, plan):
    rows = list(plan.actions.all())[:2]
    response = browser.post(url("bulk", plan), {"chon": [str(row.pk) for row in rows], "asked": "loc=done"})
    html = response.content.decode()
    assert "2 mục đã chọn" in html
    assert "Học sinh yếu" in html
    assert "?loc=done" in html
    assert "Việc thứ 3" not in html


@pytest.mark.parametrize("chosen", [[], ["abc"], ["", str(uuid4())]])
def test_nothing_chosen_says_what_to_do(browser, plan, chosen):
    response = browser.post(url("bulk", plan), {"chon": chosen, "viec": "bo"})
    assert "Chưa chọn mục nào" in response.content.decode()
    assert plan.actions.count() == 6


@pytest.mark.parametrize(
    ("field", "sent", "column", "value"),
    [
        ("responsible", {"chu": "Tổ Văn phòng; Vi Thị Sim"}, "responsible", ["Tổ Văn phòng", "Vi Thị Sim"]),
        ("period", {"chu": "Trước 15/10/2025"}, "period_end", "2025-10-15"),
        ("progress_status", {"muc": "done"}, "progress_status", "done"),
        ("criteria", {"chu": "4.2"}, "standard", "4"),
        ("funding_sources", {"chu": "Xã hội hóa"}, "funding_sources", ["Xã hội hóa"]),
    ],
)
def test_a_field_is_given_to_all_and_taken_back_together(browser, plan, field, sent, column, value):
    before = list(plan.actions.values_list(column, flat=True))
    response = bulk(browser, plan, plan.actions.all(), "sua", truong=field, **sent)
    assert response.status_code == 302
    assert list(plan.actions.values_list(column, flat=True)) == [value] * 6
    browser.post(undo_of(response))
    assert list(plan.actions.values_list(column, flat=True)) == before


def test_somebody_is_added_and_nobody_is_lost(browser, plan):
    row = plan.actions.first()
    bulk(browser, plan, [row], "sua", truong="responsible", chu="Vi Thị Sim; Lò Thị Mẩy (Hiệu trưởng)", cach="them")
    row.refresh_from_db()
    assert row.responsible == ["Lò Thị Mẩy (Hiệu trưởng)", "Vi Thị Sim"]


def test_who_left_is_replaced_and_the_others_stay(browser, plan, secretary):
    rows = list(plan.actions.all())
    set_columns(plan.school, rows[0].pk, {"responsible": ["Tổ chuyên môn", "Kế toán"]}, user=secretary, reason="")
    bulk(browser, plan, rows[:3], "sua", truong="responsible", chu="Vi Thị Sim", cach="doi", nguoi_cu="to chuyen mon")
    assert list(plan.actions.values_list("responsible", flat=True))[:3] == [
        ["Vi Thị Sim", "Kế toán"],
        [],
        ["Vi Thị Sim"],
    ]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"truong": "responsible", "chu": "A", "cach": "doi"}, "Hãy chọn người được thay"),
        ({"truong": "responsible", "chu": " "}, "Hãy ghi cần đặt thành gì"),
        ({"truong": "position", "chu": "1"}, "Hãy chọn cần sửa gì"),
        ({"truong": "criteria", "chu": "tiêu chí nào đó"}, "Không đọc được mã tiêu chí"),
        ({"truong": "progress_status", "muc": "overdue"}, "không phải là một mức độ"),
        ({"truong": "period", "chu": "x" * 20_001}, "nhiều nhất là 20000"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_words_kept(browser, plan, sent, sentence):
    response = bulk(browser, plan, plan.actions.all(), "sua", **sent)
    assert response.status_code == 422
    html = response.content.decode()
    assert sentence in html
    assert sent.get("chu", "") in html
    assert not Action.history.filter(plan=plan, version__gt=1).exists()


def test_sources_made_of_lines_stay_and_are_counted(browser, plan, secretary):
    row = plan.actions.first()
    lines = [{"amount_vnd": 5, "source": "Quỹ", "spent_vnd": None, "note": None}]
    set_columns(plan.school, row.pk, {"budget_lines": lines}, user=secretary, reason="")
    response = bulk(browser, plan, plan.actions.all(), "sua", truong="funding_sources", chu="Ngân sách tỉnh")
    assert "1 mục giữ nguyên vì có các khoản kinh phí riêng" in str(next(iter(get_messages(response.wsgi_request))))
    row.refresh_from_db()
    assert row.funding_sources == ["Quỹ"]


def test_rows_of_another_school_are_not_touched(browser, plan, other_school):
    foreign = store(other_school, plan_value(1), None).actions.first()
    bulk(browser, plan, [foreign], "bo")
    assert Action.objects.filter(pk=foreign.pk).exists()


def test_a_frozen_plan_keeps_its_rows_and_says_why(browser, plan):
    Plan.objects.filter(pk=plan.pk).update(state="submitted")
    response = bulk(browser, plan, plan.actions.all(), "bo")
    assert response.status_code == 409
    assert "chờ duyệt" in response.content.decode()
    assert plan.actions.count() == 6


# --- taking out
def test_rows_taken_out_come_back_as_they_were(browser, plan):
    before = order(plan)
    response = bulk(browser, plan, list(plan.actions.all())[1:3], "bo", asked="loc=done&moi=x")
    assert response["Location"].endswith("?loc=done")
    assert order(plan) == [before[0], *before[3:]]
    again = browser.post(undo_of(response))
    assert order(plan) == before
    browser.post(undo_of(again))  # taking back the taking back
    assert order(plan) == [before[0], *before[3:]]


def test_the_script_is_told_the_batch(browser, plan):
    rows = [str(row.pk) for row in plan.actions.all()[:1]]
    said = browser.post(url("bulk", plan), {"chon": rows, "viec": "bo"}, headers=JSON).json()
    assert browser.post(url("undo_batch", plan, batch=said["batch"]), headers=JSON).json()["rows"] == 1
    assert plan.actions.count() == 6


# --- undoing when somebody wrote since
def test_what_a_colleague_wrote_since_stays_and_is_told(browser, plan, colleague):
    response = bulk(browser, plan, plan.actions.all(), "sua", truong="period", chu="HK I")
    row = plan.actions.first()
    set_columns(plan.school, row.pk, {"period_text": "Tháng 3"}, user=colleague, reason="")
    undone = browser.post(undo_of(response), headers=JSON).json()
    assert (undone["rows"], undone["kept"]) == (5, 1)
    assert "Rà soát kế hoạch" in undone["say"]
    assert "đã được sửa tiếp" in undone["say"]
    row.refresh_from_db()
    assert row.period_text == "Tháng 3"


def test_undoing_what_is_already_as_before_says_so(browser, plan):
    response = bulk(browser, plan, plan.actions.all()[:1], "sua", truong="period", chu="HK I")
    address = undo_of(response)
    assert browser.post(address, headers=JSON).json()["rows"] == 1
    again = browser.post(address, headers=JSON).json()
    assert again["batch"] is None
    assert "đã trở lại như trước" in again["say"]


def test_a_batch_of_nothing_or_of_another_plan_is_not_found(browser, plan, school, secretary):
    second = store(school, plan_value(1), secretary)
    response = bulk(browser, plan, plan.actions.all()[:1], "sua", truong="period", chu="HK I")
    batch = undo_of(response).rstrip("/").split("/")[-1]
    assert browser.post(url("undo_batch", second, batch=batch)).status_code == 404
    assert browser.post(url("undo_batch", plan, batch=uuid4())).status_code == 404


# --- a new row
def test_an_empty_row_stands_below_with_its_criteria_and_twice_asked_is_one(browser, plan):
    above, key = plan.actions.first(), str(uuid4())
    made = ask(browser, plan, "add", key=key, after=str(above.pk))
    assert (made.status_code, made.json()["key"]) == (201, key)
    assert ask(browser, plan, "add", key=key, after=str(above.pk)).json() == {"key": key, "batch": None}
    rows = list(plan.actions.all())
    assert len(rows) == 7
    assert (str(rows[1].pk), rows[1].criteria) == (key, above.criteria)
    assert browser.post(url("undo_batch", plan, batch=made.json()["batch"]), headers=JSON).json()["rows"] == 1
    assert plan.actions.count() == 6


def test_the_key_of_another_schools_row_is_not_taken(browser, plan, other_school):
    foreign = store(other_school, plan_value(1), None).actions.first()
    made = ask(browser, plan, "add", key=str(foreign.pk)).json()
    assert made["key"] != str(foreign.pk)
    foreign.refresh_from_db()
    assert foreign.school_id == other_school.pk


@pytest.mark.parametrize("body", ["", "[]", "x", '{"key": 5, "after": []}'])
def test_an_odd_request_makes_a_row_at_the_end(browser, plan, body):
    response = browser.post(url("add", plan), body, content_type="application/json", headers=JSON)
    assert response.status_code == 201
    assert order(plan)[-1] is None


def test_a_new_row_is_shown_though_it_fits_no_filter(browser, plan):
    key = ask(browser, plan, "add").json()["key"]
    html = browser.get(url("plan", plan), {"loc": "done", "moi": key}).content.decode()
    assert f'data-id="{key}"' in html
    assert f'data-id="{key}"' not in browser.get(url("plan", plan), {"loc": "done"}).content.decode()


# --- order
def test_a_row_is_put_below_another_above_another_and_back(browser, plan):
    keys = [str(row.pk) for row in plan.actions.all()]
    first = order(plan)
    ask(browser, plan, "move", muc=keys[0], sau=keys[3])
    assert order(plan) == [*first[1:4], first[0], *first[4:]]
    said = ask(browser, plan, "move", muc=keys[5], truoc=keys[1]).json()
    assert order(plan)[0] == first[5]
    assert browser.post(url("undo_batch", plan, batch=said["batch"]), headers=JSON).json()["rows"] == 1
    assert order(plan) == [*first[1:4], first[0], *first[4:]]


@pytest.mark.parametrize(
    "sent", [{}, {"muc": "x"}, {"muc": "00000000-0000-0000-0000-000000000001"}, {"muc": None, "sau": 3}]
)
def test_a_row_that_is_not_there_is_not_moved(browser, plan, sent):
    assert ask(browser, plan, "move", **sent).status_code == 404


def test_without_script_rows_go_up_and_down_within_their_standard(browser, school, secretary):
    value = plan_value(5)
    for action in value.actions:
        action.criteria = ["1.1"]
    plan = store(school, value, secretary)
    first = order(plan)
    rows = list(plan.actions.all())
    bulk(browser, plan, rows[2:4], "len")
    assert order(plan) == [first[0], first[2], first[3], first[1], first[4]]
    bulk(browser, plan, [rows[2], rows[3]], "xuong")
    assert order(plan) == first
    bulk(browser, plan, [rows[0]], "len")
    assert order(plan) == first
