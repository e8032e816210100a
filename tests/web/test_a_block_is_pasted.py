"""A block from Excel or Word becomes actions of the plan: previewed, corrected, created as one batch."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caitien.reading.pasted_columns import COLUMN_FIELDS
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.pasting import LABELS
from caitien.web.plans.values import store
from caitien.web.schools.models import Person
from reading.pasted.clipboards import excel_text, word
from web.invented import plan_value

BLOCK = "Tiêu chí\tNội dung\tThời gian\tNgười phụ trách\tKinh phí\tMàu\n1.2\tHọp hội đồng trường\t31/02\tLò Thị Mẩy\tmột triệu rưỡi\txanh\n3.5\tMua máy tính\t10/2025\tTổ 1\t27.499.000\tđỏ\n"


@pytest.fixture
def url(plan) -> str:
    return reverse("plans:paste", args=[plan.school.slug, plan.pk])


def form_of(page) -> dict[str, list[str]]:
    """The inputs of the preview's form as a browser would send them back."""
    html = page.content.decode()
    sent: dict[str, list[str]] = {}
    for tag in re.finditer(r"<input[^>]*>", html):
        name = re.search(r'name="([^"]*)"', tag[0])
        kind = re.search(r'type="([^"]*)"', tag[0])
        value = re.search(r'value="([^"]*)"', tag[0])
        if name and name[1] != "csrfmiddlewaretoken" and (not kind or kind[1] != "checkbox" or " checked" in tag[0]):
            sent.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for area in re.finditer(r"<textarea[^>]*name=\"([^\"]*)\"[^>]*>(.*?)</textarea>", html, re.DOTALL):
        sent.setdefault(unescape(area[1]), []).append(unescape(area[2]))
    for select in re.finditer(r"<select[^>]*name=\"([^\"]*)\"[^>]*>(.*?)</select>", html, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', select[2]) or re.search(r'<option value="([^"]*)"', select[2])  # fmt: skip
        sent.setdefault(unescape(select[1]), []).append(unescape(chosen[1]) if chosen else "")
    return {name: values for name, values in sent.items() if name not in ("language", "next", "theme")}


def rows(plan) -> list[Action]:
    return list(Action.objects.filter(plan=plan))


def name_of(form: dict[str, list[str]], start: str) -> str:
    return next(name for name in form if name.startswith(start))


def test_the_preview_stores_nothing_and_says_where_columns_went(browser, plan, url):
    page = browser.post(url, {"text": BLOCK})
    assert page.status_code == 200
    assert len(rows(plan)) == 3
    text = page.content.decode()
    assert "tháng 2 chỉ có 28 hoặc 29 ngày" in text
    assert "1.500.000 đồng" in text
    assert "1 cột không lấy" in text
    assert form_of(page)["cot-1"] == ["content"]
    assert form_of(page)["cot-5"] == [""]


def test_the_chosen_rows_are_created_as_one_batch_that_can_be_taken_back(browser, plan, url):
    form = form_of(browser.post(url, {"html": word()}))
    page = browser.post(url, form | {"viec": "dua-vao"})
    assert page.status_code == 302
    made = rows(plan)[3:]
    assert [a.content for a in made] == ["Hội đồng trường họp đúng định kỳ", "Giáo viên dùng được phần mềm soạn bài", "Đủ máy tính cho phòng tin học"]  # fmt: skip
    assert made[1].responsible == ["Quàng Văn Thiện", "Tổ 1"]
    batches = set(Action.history.filter(id__in=[a.pk for a in made]).values_list("batch", flat=True))
    assert len(batches) == 1
    assert f"lo={batches.pop()}" in page.url
    from caitien.web.plans.undoing import undo_batch

    undo_batch(plan, Action.history.filter(id=made[0].pk).first().batch, user=None, reason="")
    assert len(rows(plan)) == 3


def test_sent_twice_it_is_created_once(browser, plan, url):
    form = form_of(browser.post(url, {"text": BLOCK})) | {"viec": "dua-vao"}
    browser.post(url, form)
    page = browser.post(url, form, follow=True)
    assert len(rows(plan)) == 5
    assert "không đưa thêm lần nữa" in page.content.decode()


def test_rows_go_after_the_action_that_was_chosen(browser, plan, url):
    first = rows(plan)[0]
    form = form_of(browser.post(url, {"text": BLOCK, "sau": str(first.pk)}))
    assert form["sau"] == [str(first.pk)]
    browser.post(url, form | {"viec": "dua-vao"})
    assert [a.content for a in rows(plan)][:3] == [first.content, "Họp hội đồng trường", "Mua máy tính"]


def test_a_row_without_its_mark_is_left_out(browser, plan, url):
    form = form_of(browser.post(url, {"text": BLOCK}))
    assert form["lay"] == ["1", "2"]
    browser.post(url, form | {"lay": ["2"], "viec": "dua-vao"})
    assert [a.content for a in rows(plan)[3:]] == ["Mua máy tính"]


def test_no_row_chosen_is_said(browser, plan, url):
    form = form_of(browser.post(url, {"text": BLOCK}))
    page = browser.post(url, form | {"lay": [], "viec": "dua-vao"})
    assert page.status_code == 422
    assert "Chưa chọn mục nào" in page.content.decode()


def test_a_corrected_value_is_what_is_created(browser, plan, url):
    form = form_of(browser.post(url, {"text": BLOCK}))
    form[name_of(form, "sua-1-2-")] = ["28/02/2026"]
    form[name_of(form, "sua-1-4-")] = ["1.500.000 đồng"]
    browser.post(url, form | {"viec": "dua-vao"})
    made = rows(plan)[3]
    assert (made.period_end, made.budget_vnd, made.budget_text) == ("2026-02-28", 1_500_000, "1.500.000 đồng")


def test_what_is_offered_is_written_with_one_button(browser, plan, url):
    page = browser.post(url, {"text": BLOCK})
    offered = [unescape(v) for v in re.findall(r'name="giup" value="([^"]*)"', page.content.decode())]
    assert len(offered) == 2
    form = form_of(browser.post(url, form_of(page) | {"giup": offered[1]}))
    form = form_of(browser.post(url, form))  # and stays, however often the preview is made anew
    browser.post(url, form | {"viec": "dua-vao"})
    assert rows(plan)[3].budget_vnd == 1_500_000


def test_a_column_goes_elsewhere_and_a_correction_goes_with_it(browser, plan, url):
    form = form_of(browser.post(url, {"text": BLOCK, "mo": ["1"]}))
    form[name_of(form, "sua-1-1-")] = ["Họp hội đồng trường đúng kỳ"]
    form = form_of(browser.post(url, form | {"cot-1": ["objective"], "cot-5": ["note"]}))
    form = form_of(browser.post(url, form))
    browser.post(url, form | {"viec": "dua-vao"})
    made = rows(plan)[3:]
    assert [(a.content, a.objective, a.note) for a in made] == [(None, "Họp hội đồng trường đúng kỳ", "xanh"), (None, "Mua máy tính", "đỏ")]  # fmt: skip


def test_a_correction_of_a_column_that_is_left_out_for_a_while_is_not_lost(browser, plan, url):
    form = form_of(browser.post(url, {"text": BLOCK, "mo": ["2"]}))
    form[name_of(form, "sua-2-3-")] = ["Tổ 2"]
    form = form_of(browser.post(url, form | {"cot-3": [""]}))
    form = form_of(browser.post(url, form | {"cot-3": ["responsible"]}))
    browser.post(url, form | {"viec": "dua-vao"})
    assert rows(plan)[4].responsible == ["Tổ 2"]


def test_a_cell_that_was_only_shown_is_no_correction(browser, plan, url):
    text = "Tiêu chí\tNội dung\tHạn\n1.9\tMua sách\t10/2025\n1.1\tSửa bàn\t11/2025\n"
    form = form_of(browser.post(url, {"text": text, "mo": ["2"]}))
    assert form[name_of(form, "sua-2-0-")] == ["1.1"]
    browser.post(url, form_of(browser.post(url, form)) | {"viec": "dua-vao"})
    assert rows(plan)[4].criteria == ["1.10"]  # Excel's number still stands behind the cell


def test_an_owner_can_be_written_where_no_column_has_one(browser, plan, url):
    form = form_of(browser.post(url, {"text": "Nội dung\tHạn\nMua sách\t10/2025\n", "mo": ["1"]}))
    form["them-1-responsible"] = ["Thư viện"]
    browser.post(url, form_of(browser.post(url, form)) | {"viec": "dua-vao"})
    assert rows(plan)[3].responsible == ["Thư viện"]


def test_what_the_plan_has_already_is_marked_and_off(browser, plan, url):
    text = "Tiêu chí\tNội dung\tHạn\tPhụ trách\n1.1\tRà soát kế hoạch chiến lược.\t30/11/2025\tLò Thị Mẩy (Hiệu trưởng)\n2.2\tMua sách\t\t\n2.2\tMua sách\t\t\n"
    page = browser.post(url, {"text": text})
    assert form_of(page)["lay"] == ["2"]
    said = page.content.decode()
    assert "Kế hoạch đã có mục giống mục này" in said
    assert "khác thời gian" in said
    assert "Giống dòng 3 của khối vừa dán" in said
    form = form_of(page) | {"lay": ["1"]}
    assert form_of(browser.post(url, form))["lay"] == ["1"]  # who wants it all the same has it


def test_of_a_row_copied_twice_the_one_with_last_years_date_is_off(browser, plan, url):
    text = "Tiêu chí\tNội dung\tThời gian\n1.2\tHọp hội đồng trường\t08/2024 - 11/2024\n1.2\tHọp hội đồng trường\t08 - 11\n1.2\tHọp hội đồng trường\tTháng 3/2026\n"
    page = browser.post(url, {"text": text})
    assert form_of(page)["lay"] == ["2", "3"]
    assert "Giống dòng 3 của khối vừa dán, khác thời gian" in page.content.decode()


def test_people_who_left_or_are_not_known_are_told(browser, plan, school, url):
    Person.objects.create(school=school, name="Quàng Văn Cũ", left_on="2025-05-31")
    Person.objects.create(school=school, name="Lường Thị Hoa")
    text = "Nội dung\tHạn\tPhụ trách\nMua sách\t10/2025\tQuàng Văn Cũ\nSửa bàn\t11/2025\tLường Thi Hoà\nSơn tường\t12/2025\tBạc Cầm Mới\nHọp\t10/2025\tTổ Toán\nThi\t10/2025\tLường Thị Hoa; Bạc Cầm Mới\n"
    said = browser.post(url, {"text": text}).content.decode()
    assert "“Quàng Văn Cũ” đã rời trường từ 31/05/2025" in said
    assert "có phải là “Lường Thị Hoa” không" in said
    assert said.count("“Bạc Cầm Mới” chưa có trong danh sách người của trường") == 1
    assert "“Tổ Toán” chưa có" not in said
    assert "“Lường Thị Hoa” chưa có" not in said


def test_a_criterion_that_the_framework_has_not_is_told(browser, plan, url):
    block = "Tiêu chí\tNội dung\n2.1\tBồi dưỡng\n7.2\tViệc của khung khác\n9.9\tMã gõ nhầm"
    html = unescape(browser.post(url, {"text": block}).content.decode())
    assert "không có tiêu chí 7.2; hãy xem lại mã" in html
    assert "không có tiêu chí 2.1" not in html
    assert "2.9" not in html
    assert "Không đọc được tiêu chí “9.9”" in html


def test_a_number_that_the_plan_has_is_not_given_twice(browser, plan, url):
    browser.post(url, form_of(browser.post(url, {"text": excel_text()})) | {"viec": "dua-vao"})
    numbers = [a.number for a in rows(plan) if a.number is not None]
    assert len(numbers) == len(set(map(str, numbers)))


def test_what_cannot_be_read_says_why_and_stays_in_the_box(browser, url):
    page = browser.post(url, {"text": "Mua sách\tThư viện\n" * 501})
    assert page.status_code == 422
    assert "quá giới hạn 500 dòng" in page.content.decode()
    assert page.content.decode().count("Mua sách\tThư viện") == 501
    assert browser.post(url, {"text": " "}).status_code == 422


def test_a_plan_that_is_frozen_refuses_with_a_sentence_and_keeps_the_block(browser, plan, url):
    form = form_of(browser.post(url, {"text": BLOCK}))
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.SUBMITTED)
    page = browser.post(url, form | {"viec": "dua-vao"})
    assert page.status_code == 409
    assert "đang chờ duyệt" in page.content.decode()
    assert "Họp hội đồng trường" in page.content.decode()
    assert browser.get(url).status_code == 409
    assert len(rows(plan)) == 3


def test_a_full_disk_is_said_and_the_block_stays(browser, plan, url, monkeypatch):
    from django.db import OperationalError

    def full(*args, **kwargs):
        raise OperationalError("database or disk is full")

    form = form_of(browser.post(url, {"text": BLOCK}))
    monkeypatch.setattr("caitien.web.plans.views.paste.create_actions", full)
    page = browser.post(url, form | {"viec": "dua-vao"})
    assert page.status_code == 503
    assert "Chưa có gì được đưa vào kế hoạch" in page.content.decode()
    assert "Họp hội đồng trường" in page.content.decode()


def test_markup_in_a_cell_is_words(browser, url):
    page = browser.post(url, {"text": "Nội dung\tHạn\n<script>alert(1)</script> Mua\t<b>10/2025</b>\n"})
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert(1)" in page.content.decode()


def test_htmx_gets_the_preview_alone(browser, url):
    page = browser.post(url, {"text": BLOCK}, headers={"HX-Request": "true"})
    assert page.content.decode().lstrip().startswith("<form")


def test_a_refusal_takes_the_place_of_the_whole_page(browser, url):
    page = browser.post(url, {"text": ""}, headers={"HX-Request": "true"})
    assert (page.status_code, page["HX-Retarget"]) == (422, "body")


def test_queries_do_not_grow_with_the_plan_nor_with_the_block(browser, school, secretary):
    found = []
    for size in (5, 60):
        plan = store(school, plan_value(size), secretary)
        url = reverse("plans:paste", args=[school.slug, plan.pk])
        text = "Nội dung\tPhụ trách\n" + "".join(f"Việc số {n} của khối\tBạc Cầm {n}\n" for n in range(size))
        browser.post(url, {"text": text})
        with CaptureQueriesContext(connection) as queries:
            assert browser.post(url, {"text": text}).status_code == 200
        found.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        found.append(len(queries))
    assert found[:2] == found[2:]
    assert max(found) <= 12


def test_every_field_has_its_name_on_screen():
    assert {name: str(label) for name, label in LABELS.items()} == COLUMN_FIELDS


def test_a_block_as_large_as_is_taken_can_be_sent_back_whole(browser, plan, url):
    text = "Nội dung\tHạn\tKinh phí\tPhụ trách\tGhi chú\n" + "".join(f"Việc số {n} của năm\t31/02\tmột triệu rưỡi\tTổ {n}\tghi {n}\n" for n in range(499))  # fmt: skip
    form = form_of(browser.post(url, {"text": text}))
    assert sum(len(values) for values in form.values()) < 5_000
    form[name_of(form, "sua-1-1-")] = ["28/02/2026"]
    page = browser.post(url, form | {"viec": "dua-vao"})
    assert page.status_code == 302
    made = rows(plan)[3:]
    assert len(made) == 499  # words that differ in a number are of different work
    assert made[0].period_end == "2026-02-28"
