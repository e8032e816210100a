"""The grid saves cells: each is answered for itself, and what follows from it is seen at once."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caitien.web.plans.editing import change, remove_actions, set_columns
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.values import store
from caitien.web.schools.models import Person
from web.invented import make_school, make_user, plan_value

JSON = {"Accept": "application/json"}


@pytest.fixture
def row(plan) -> Action:
    return plan.actions.first()


@pytest.fixture
def colleague(school):
    return make_user("hieu-truong", "Quàng Thị Nụ", school, "chair")


def post(browser, plan, cells, query=""):
    body = cells if isinstance(cells, str) else json.dumps({"cells": cells})
    return browser.post(
        reverse("plans:cells", args=[plan.school.slug, plan.pk]) + query, body, content_type="application/json", headers=JSON
    )  # fmt: skip


def save(browser, row, field, words, **more) -> dict:
    response = post(
        browser, row.plan, [{"action": str(row.pk), "field": field, "words": words, "version": row.version} | more]
    )
    assert response.status_code == 200, response.content
    said = response.json()
    return said["results"][0] | {"all": said}


@pytest.mark.parametrize(
    ("field", "words", "column", "value"),
    [
        ("content", "Rà soát lại  kế hoạch\n\nlần hai", "content", "Rà soát lại kế hoạch\nlần hai"),
        ("weakness", "Chưa rõ", "weakness", "Chưa rõ"),
        ("objective", "", "objective", None),
        ("criteria", "2.1, M4.2", "criteria", ["2.1", "M4.2"]),
        ("criteria", "Tiêu chí 2.1; 3.4", "criteria", ["2.1", "3.4"]),
        ("responsible", "Tổ khối 2; Vi Thị Sim\nLò Thị Mẩy", "responsible", ["Tổ khối 2", "Vi Thị Sim", "Lò Thị Mẩy"]),
        ("collaborators", "Công đoàn", "collaborators", ["Công đoàn"]),
        ("measures", "Họp\nKiểm tra", "measures", ["Họp", "Kiểm tra"]),
        ("funding_sources", "Ngân sách; Xã hội hóa", "funding_sources", ["Ngân sách", "Xã hội hóa"]),
        ("expected_evidence", "Biên bản", "expected_evidence", ["Biên bản"]),
        ("budget", "18,5 triệu", "budget_vnd", 18_500_000),
        ("budget", "Không", "budget_vnd", 0),
        ("period", "Tháng 9 – 11", "period_end", "2025-11"),
        ("progress_status", "done", "progress_status", "done"),
        ("progress_status", "hoan thanh", "progress_status", "done"),
        ("progress_status", "", "progress_status", None),
        ("progress_percent", "40 %", "progress_percent", 40),
        ("result", "Đã họp", "result", "Đã họp"),
        ("note", "x" * 20_000, "note", "x" * 20_000),
    ],
)
def test_every_field_takes_words(browser, row, field, words, column, value):
    said = save(browser, row, field, words)
    row.refresh_from_db()
    assert getattr(row, column) == value
    assert said["status"] in ("saved", "same")
    assert said["version"] == row.version


@pytest.mark.parametrize(
    ("field", "words", "sentence"),
    [
        ("progress_percent", "140", "0 đến 100"),
        ("progress_percent", "nhiều", "không phải là phần trăm"),
        ("progress_status", "xong rồi nhé", "không phải là một mức độ"),
        ("criteria", "chưa có", "Không đọc được mã tiêu chí"),
        ("note", "x" * 20_001, "dài 20001 chữ cái"),
        ("position", "1", "không sửa được"),
        ("<script>", "1", "không sửa được"),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_is_changed(browser, row, field, words, sentence):
    said = save(browser, row, field, words)
    assert said["status"] == "error"
    assert sentence in said["say"]
    assert Action.objects.get(pk=row.pk).version == row.version


@pytest.mark.parametrize(
    ("field", "words", "sentence", "use"),
    [
        ("period", "31/02/2026", "không có trong lịch", "28/02/2026"),
        ("period", "09 – 05", "qua năm sau", None),
        ("budget", "một triệu rưỡi", "1.500.000 đồng", "1.500.000 đồng"),
        ("period", "vài hôm nữa", "Chưa hiểu thời gian", None),
    ],
)
def test_doubtful_words_are_kept_as_written_and_a_question_is_asked(browser, row, field, words, sentence, use):
    said = save(browser, row, field, words)
    assert said["status"] == "saved"
    assert sentence in said["doubt"]["say"]
    assert said["doubt"].get("use") == use
    row.refresh_from_db()
    assert words in (row.period_text, row.budget_text)


def test_an_owner_who_left_is_told_of(browser, row, school):
    Person.objects.create(school=school, name="Vi Thị Sim", left_on="2025-08-31")
    said = save(browser, row, "responsible", "Vi Thị Sim")
    assert said["status"] == "saved"
    assert "đã rời trường từ 31/08/2025" in said["doubt"]["say"]


def test_dates_and_counts_that_follow_come_with_the_answer(browser, row):
    said = save(browser, row, "period", "01/9/2025 - 02/9/2025")
    cells = said["all"]["rows"][str(row.pk)]["cells"]
    assert "01/9/2025 - 02/9/2025" in cells["han"]
    assert "Quá hạn" in cells["mucdo"]
    assert "quá hạn" in said["all"]["chips"]


def test_the_answer_has_the_columns_that_the_page_shows(browser, row):
    response = post(
        browser, row.plan, [{"action": str(row.pk), "field": "note", "words": "a"}], "?cot=noidung,ghichu"
    ).json()
    assert list(response["rows"][str(row.pk)]["cells"]) == ["noidung", "ghichu"]


def test_what_others_wrote_in_other_fields_stays(browser, row, colleague):
    set_columns(row.school, row.pk, {"note": "lời của người khác"}, user=colleague, reason="")
    assert save(browser, row, "result", "lời của tôi")["status"] == "saved"
    row.refresh_from_db()
    assert (row.note, row.result) == ("lời của người khác", "lời của tôi")


def test_two_texts_for_one_cell_are_both_shown_and_nothing_is_overwritten(browser, row, colleague):
    set_columns(row.school, row.pk, {"note": "lời của người khác"}, user=colleague, reason="")
    said = save(browser, row, "note", "lời của tôi")
    assert said["status"] == "clash"
    assert (said["mine"], said["theirs"], said["raw"]) == ("lời của tôi", "lời của người khác", "lời của người khác")
    assert said["who"] == "Quàng Thị Nụ"
    assert said["joinable"]
    row.refresh_from_db()
    assert row.note == "lời của người khác"
    assert said["version"] == row.version
    assert save(browser, row, "note", "lời của tôi")["status"] == "saved"  # she chose hers, having seen theirs


def test_a_clash_in_one_cell_does_not_keep_the_others_from_being_saved(browser, row, colleague):
    seen = row.version
    set_columns(row.school, row.pk, {"note": "khác"}, user=colleague, reason="")
    cells = [{"action": str(row.pk), "field": f, "words": "tôi", "version": seen} for f in ("note", "result", "cause")]
    answers = post(browser, row.plan, cells).json()["results"]
    assert [answer["status"] for answer in answers] == ["clash", "saved", "saved"]


def test_the_same_words_sent_again_are_no_change(browser, row):
    """The answer was lost on a weak network: the grid sends once more, with the version that it knew."""
    first = save(browser, row, "note", "một lần")
    again = save(browser, row, "note", "một lần")
    assert (first["status"], again["status"]) == ("saved", "same")
    assert again["version"] == first["version"]


def test_words_that_may_have_arrived_are_no_other_persons_words(browser, row):
    save(browser, row, "note", "bản nháp")  # arrived, but the answer was lost; meanwhile she wrote on
    said = save(browser, row, "note", "bản nháp, viết tiếp", before="bản nháp")
    assert said["status"] == "saved"
    row.refresh_from_db()
    assert row.note == "bản nháp, viết tiếp"


def test_words_that_were_refused_before_are_corrected(browser, row):
    said = save(browser, row, "criteria", "1.2", before="tiêu chí nào đó")
    assert said["status"] == "saved"


def test_cells_of_one_request_are_taken_back_together(browser, plan):
    rows = list(plan.actions.all())
    cells = [{"action": str(row.pk), "field": "note", "words": "dán", "version": row.version} for row in rows]
    said = post(browser, plan, cells).json()
    url = reverse("plans:undo_batch", args=[plan.school.slug, plan.pk, said["batch"]])
    assert browser.post(url, headers=JSON).json()["rows"] == len(rows)
    assert set(plan.actions.values_list("note", flat=True)) == {None}


def test_one_row_changed_in_several_cells_is_one_line_of_history(browser, row):
    before = row.history.count()
    post(
        browser,
        row.plan,
        [{"action": str(row.pk), "field": f, "words": "x", "version": row.version} for f in ("note", "result")],
    )
    assert row.history.count() == before + 1


def test_a_row_that_was_taken_out_is_told_of(browser, row, secretary):
    remove_actions(row.plan, [row.pk], user=secretary)
    assert save(browser, row, "note", "muộn")["status"] == "gone"


def test_a_row_of_another_school_or_plan_is_not_there(browser, plan, school, secretary, other_school):
    foreign = store(other_school, plan_value(1), None).actions.first()
    second = store(school, plan_value(1), secretary).actions.first()
    for row in (foreign, second):
        said = post(browser, plan, [{"action": str(row.pk), "field": "note", "words": "x", "version": 1}]).json()
        assert said["results"][0]["status"] == "gone"
        assert Action.objects.get(pk=row.pk).note is None


def test_when_the_plan_is_frozen_only_what_is_reported_can_be_saved(browser, row):
    Plan.objects.filter(pk=row.plan_id).update(state="in_force")
    cells = [{"action": str(row.pk), "field": f, "words": "done" if f == "progress_status" else "x", "version": row.version}
             for f in ("content", "progress_status", "note")]  # fmt: skip
    answers = post(browser, row.plan, cells).json()["results"]
    assert [answer["status"] for answer in answers] == ["locked", "saved", "saved"]
    assert "điều chỉnh" in answers[0]["say"]


def test_an_amount_made_of_lines_is_edited_as_lines(browser, row, secretary):
    set_columns(
        row.school, row.pk, {"budget_lines": [{"amount_vnd": 5, "source": "Quỹ", "spent_vnd": None, "note": None}]},
        user=secretary, reason="",
    )  # fmt: skip
    row.refresh_from_db()
    assert "các khoản kinh phí riêng" in save(browser, row, "budget", "7 triệu")["say"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("không phải JSON", 400),
        ("[]", 400),
        ('{"cells": {}}', 400),
        ('{"cells": []}', 400),
        ('{"cells": [1]}', 400),
        ('{"cells": [{"action": "x", "field": "note", "words": "a"}]}', 400),
        ('{"cells": [{"action": null, "field": null, "words": null}]}', 400),
        ("[" * 100_000, 400),
        (json.dumps({"cells": [{"action": str(uuid4()), "field": "note", "words": "a"}] * 10_000}), 413),
    ],
)
def test_a_request_that_is_none_gets_a_sentence(browser, plan, body, status):
    response = post(browser, plan, body)
    assert response.status_code == status
    assert response.json()["error"].endswith(".")


@pytest.mark.parametrize("version", ["một", -1, 2**40, True, None, 1.5])
def test_an_odd_version_is_refused_or_taken_for_none(browser, row, version):
    cells = [{"action": str(row.pk), "field": "note", "words": "a", "version": version}]
    assert post(browser, row.plan, cells).status_code in (200, 400)


def test_who_may_not_edit_is_refused(row, school):
    reader = Client()
    reader.force_login(make_user("giao-vien", "", school, "staff"))
    assert post(reader, row.plan, [{"action": str(row.pk), "field": "note", "words": "x"}]).status_code == 403


def test_who_was_signed_out_gets_401_and_not_a_page(row):
    assert post(Client(), row.plan, [{"action": str(row.pk), "field": "note", "words": "x"}]).status_code == 401


@pytest.mark.parametrize(("words", "status"), [("database or disk is full", 507), ("database is locked", 503)])
def test_a_full_disk_is_told_and_nothing_is_half_saved(browser, row, monkeypatch, words, status):
    def fail(*_, **__):
        raise OperationalError(words)

    monkeypatch.setattr("caitien.web.plans.views.cells.save_edit", fail)
    assert post(browser, row.plan, [{"action": str(row.pk), "field": "note", "words": "x"}]).status_code == status


def test_saving_asks_the_database_as_often_for_60_actions_as_for_5(browser, school, secretary):
    counts = []
    Person.objects.create(school=school, name="Vi Thị Sim")
    for actions in (5, 60):
        row = store(school, plan_value(actions), secretary).actions.first()
        save(browser, row, "note", "lần đầu")  # the session learns the school
        row.refresh_from_db()
        for field in ("note", "responsible"):
            with CaptureQueriesContext(connection) as queries:
                save(browser, row, field, "Vi Thị Sim")
            counts.append(len(queries))
            row.refresh_from_db()
    assert counts[:2] == counts[2:]
    assert counts[0] <= 16
    assert counts[1] <= 20


def test_the_grid_hears_what_others_changed_and_what_the_checks_say(browser, plan, row, colleague):
    change(row.school, row.pk, lambda _row: {"note": "x"}, user=colleague)
    said = browser.get(reverse("plans:cells", args=[plan.school.slug, plan.pk]), headers=JSON).json()
    version, findings = said["rows"][str(row.pk)]
    assert version == row.version + 1
    assert "canh-bao" in findings
    assert said["open"] > 0


def test_suggestions_are_criteria_people_and_sources(browser, plan, school):
    Person.objects.create(school=school, name="Vi Thị Sim")
    Person.objects.create(school=school, name="Đã Đi Rồi", left_on="2025-01-01")
    said = browser.get(reverse("plans:cells", args=[plan.school.slug, plan.pk]) + "?goi-y", headers=JSON).json()
    assert ["1.1", "Phương hướng, chiến lược xây dựng và phát triển nhà trường"] in said["criteria"]
    assert {"Vi Thị Sim", "Tổ chuyên môn", "Lò Thị Mẩy (Hiệu trưởng)"} <= set(said["people"])
    assert "Đã Đi Rồi" not in said["people"]
    assert "Ngân sách" in said["sources"]


def test_the_plan_of_another_school_is_not_found(browser, other_school):
    foreign = store(other_school, plan_value(1), None)
    url = reverse("plans:cells", args=[make_school("x", "X").slug, foreign.pk])
    assert browser.post(url, "{}", content_type="application/json", headers=JSON).status_code == 404
