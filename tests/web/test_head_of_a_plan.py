"""Thông tin của kế hoạch: every field that is no action is changed by a secretary, merged, shown in the history, undone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caitien.plan import ImprovementPlan
from caitien.plan.model import LegalBasis
from caitien.web.plans.head_parts import PARTS
from caitien.web.plans.models import Plan
from caitien.web.plans.values import store, to_value
from web.invented import make_user, plan_value


@pytest.fixture
def plan(school, secretary):
    value = plan_value(3)
    value.purposes = ["Khắc phục điểm yếu."]
    value.legal_bases = [LegalBasis(kind="Thông tư", number="17/2018/TT-BGDĐT", date="2018-08-22")]
    plan = store(school, value, secretary)
    plan.school = school
    return plan


def url(plan: Plan, part: str = "") -> str:
    keys = [plan.school.slug, plan.pk]
    return reverse("plans:head_part", args=[*keys, part]) if part else reverse("plans:head", args=keys)


def save(browser, plan: Plan, part: str, **words):
    return browser.post(url(plan, part), {"version": plan.version, **words})


def now(plan: Plan) -> Plan:
    plan.refresh_from_db()
    return plan


def undo(browser, plan: Plan) -> None:
    batch = Plan.history.filter(id=plan.pk).latest().batch
    assert browser.post(reverse("plans:undo_all", args=[plan.school.slug, plan.pk, batch])).status_code == 302


def rows(name: str, *lines: dict) -> dict[str, str]:
    sent = {f"{name}-rows": str(len(lines))}
    for n, line in enumerate(lines):
        sent |= {f"{name}-{n}-{key}": value for key, value in line.items()}
    return sent


def test_every_field_of_the_plan_value_that_is_no_action_can_be_edited():
    whole = ImprovementPlan().to_dict()
    theirs_own = {"schema", "actions", "issues", "findings"}
    edited = {field.path.split(".")[0] for part in PARTS for field in part.fields}
    assert set(whole) - theirs_own == edited
    within = {field.path for part in PARTS for field in part.fields}
    paper = {"number", "place", "date", "issuing_body", "parent_body"}
    assert {f"document.{name}" for name in paper} <= within
    assert {"document.signer.role", "document.signer.name"} <= within


@pytest.mark.parametrize("part", [part.slug for part in PARTS])
def test_a_form_that_is_sent_back_as_it_is_changes_nothing(browser, school, secretary, part):
    value = ImprovementPlan.model_validate(
        {
            "school_year": "2026-2027",
            "title": "KẾ HOẠCH",
            "document": {
                "number": "1/KH",
                "date": "2026-09-10",
                "signer": {"role": "Hiệu trưởng", "name": "Lò Thị Mẩy"},
            },
            "legal_bases": [{"kind": "Luật", "number": None, "subject": "Giáo dục", "of_tomorrow": 5}],
            "prior_results": [{"school_year": "2025-2026", "level": 1, "assessed": 27, "met": 26, "text": "Đạt"}],
            "level_reached": 1,
            "sections": ["I. MỤC ĐÍCH"],
            "purposes": ["Một", "Hai"],
            "organisation": [{"role": "Tổ trưởng", "tasks": ["Họp", "Báo cáo"]}],
            "recipients": ["Sở", "Lưu"],
            "signatures": [{"name": "Lò Thị Mẩy", "time": "2026-09-10T08:00:00+07:00"}],
            "monitoring": [{"round": "Cuối học kỳ I", "content": "Tiến độ"}],
        }
    )
    plan = store(school, value, secretary)
    html = browser.get(url(plan, part)).content.decode()
    sent = fields_of(html)
    assert len(sent) > 2
    browser.post(url(plan, part), sent)
    assert to_value(now(plan)).to_dict() == value.to_dict()
    assert plan.version == 1


def fields_of(html: str) -> dict[str, str]:
    """What a browser would send of the page's form."""
    from lxml import html as parser

    form = next(f for f in parser.fromstring(html).forms if f.get("id") == "phan")
    return {name: value or "" for name, value in form.form_values()}


def test_numbers_of_earlier_results_say_what_they_count_and_a_signature_its_day(browser, school, secretary):
    value = ImprovementPlan.model_validate(
        {
            "prior_results": [{"school_year": "2024-2025", "level": 1, "assessed": 27, "met": 26, "not_met": 1}],
            "signatures": [{"name": "Lò Thị Mẩy", "time": "2026-09-10T08:05:56+0700"}],
        }
    )
    html = browser.get(reverse("plans:head", args=[school.slug, store(school, value, secretary).pk])).content.decode()
    assert "2024-2025 · Mức 1 · Số tiêu chí đã xét 27 · Số đạt 26 · Số không đạt 1" in html
    assert "Lò Thị Mẩy · 10/09/2026 08:05" in html


def test_the_paper_is_written(browser, plan):
    answer = save(
        browser, plan, "van-ban", document_number="12/KH-THSL", document_date="10/9/2026",
        document_signer_name="Lò Thị Mẩy", recipients="Sở GD&ĐT\nLưu: VT",
    )  # fmt: skip
    assert answer.status_code == 302
    paper = now(plan).head["document"]
    assert (paper["number"], paper["date"], paper["signer"]["name"]) == ("12/KH-THSL", "2026-09-10", "Lò Thị Mẩy")
    assert plan.head["recipients"] == ["Sở GD&ĐT", "Lưu: VT"]


def test_a_date_that_no_calendar_has_is_said_and_nothing_typed_is_lost(browser, plan):
    answer = save(browser, plan, "van-ban", document_number="12/KH-THSL", document_date="31/02/2026")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "“31/02/2026” không phải là một ngày" in html
    assert "12/KH-THSL" in html
    assert now(plan).head["document"]["number"] is None


def test_the_school_year_moves_the_plan_to_that_year(browser, plan):
    assert save(browser, plan, "chung", school_year="2026").status_code == 422
    save(browser, plan, "chung", school_year="2026 - 2027")
    assert now(plan).head["school_year"] == "2026-2027"
    assert plan.year.name == "2026-2027"
    undo(browser, plan)
    assert now(plan).year.name == "2025-2026"


def test_another_framework_says_what_happens_to_the_codes_before_anything_is_saved(browser, plan):
    answer = save(browser, plan, "chung", framework="tt57-2026-pho-thong")
    html = answer.content.decode()
    assert "1 mục có mã tiêu chí mà khung mới không có" in html
    assert now(plan).framework == "tt17-2018-tieu-hoc"
    save(browser, plan, "chung", framework="tt57-2026-pho-thong", cach="giu")
    assert now(plan).framework == "tt57-2026-pho-thong"
    assert plan.actions.first().criteria == ["1.1"]


def test_codes_go_through_the_crosswalk_and_wait_for_confirmation(browser, plan):
    before = [row.criteria for row in plan.actions.all()]
    answer = save(browser, plan, "chung", framework="tt57-2026-pho-thong", cach="chuyen")
    assert "can-quyet-dinh" in answer.headers["Location"]
    assert now(plan).framework == "tt57-2026-pho-thong"
    assert [row.criteria for row in plan.actions.all()] != before
    assert [entry["kind"] for entry in plan.to_decide] == ["criteria"] * 3
    undo(browser, plan)
    assert now(plan).framework == "tt17-2018-tieu-hoc"
    assert [row.criteria for row in plan.actions.all()] == before
    assert plan.to_decide == []


def test_rows_are_added_and_taken_out_without_javascript_and_without_saving(browser, plan):
    sent = rows("legal_bases", {"at": "0", "kind": "Thông tư", "number": "đang gõ"})
    html = browser.post(url(plan, "can-cu"), {"version": 1, **sent, "them": "legal_bases"}).content.decode()
    assert 'name="legal_bases-1-number"' in html
    assert "đang gõ" in html
    html = browser.post(url(plan, "can-cu"), {"version": 1, **sent, "bo": "legal_bases:0"}).content.decode()
    assert 'name="legal_bases-0-number"' not in html
    assert now(plan).version == 1


def test_rows_change_places_before_they_are_saved(browser, plan):
    sent = rows("organisation", {"role": "Một", "tasks": "a"}, {"role": "Hai", "tasks": "b\nc"})
    html = browser.post(url(plan, "to-chuc"), {"version": 1, **sent, "len": "organisation:1"}).content.decode()
    assert html.index("Hai") < html.index("Một")
    save(browser, plan, "to-chuc", **fields_of(html))
    assert now(plan).head["organisation"] == [{"role": "Hai", "tasks": ["b", "c"]}, {"role": "Một", "tasks": ["a"]}]


def test_an_empty_row_is_left_out(browser, plan):
    save(browser, plan, "to-chuc", **rows("organisation", {"role": " ", "tasks": ""}, {"role": "Tổ trưởng"}))
    assert [row["role"] for row in now(plan).head["organisation"]] == ["Tổ trưởng"]


def test_a_repealed_basis_is_said_and_that_of_the_framework_proposed(browser, plan):
    Plan.objects.filter(pk=plan.pk).update(
        framework="tt57-2026-pho-thong", head={**plan.head, "school_year": "2026-2027"}
    )
    html = browser.get(url(plan, "can-cu")).content.decode()
    assert "Thông tư 17/2018/TT-BGDĐT hết hiệu lực từ 07/07/2026, thay bằng 57/2026/TT-BGDĐT." in html
    assert "từ hai nguồn độc lập" in html
    html = browser.post(url(plan, "can-cu"), {**fields_of(html), "can-cu": "57/2026/TT-BGDĐT"}).content.decode()
    save(browser, now(plan), "can-cu", **fields_of(html))
    assert now(plan).head["legal_bases"][1]["number"] == "57/2026/TT-BGDĐT"
    assert plan.head["legal_bases"][1]["date"] == "2026-07-07"


def test_the_program_proposes_words_only_where_nothing_is_written(browser, plan):
    assert "Dùng lời gợi ý" not in browser.get(url(plan, "muc-dich")).content.decode()
    html = browser.post(
        url(plan, "to-chuc"), {"version": 1, **rows("organisation"), "goi-y": "organisation"}
    ).content.decode()
    assert "Hội đồng tự đánh giá" in html
    assert now(plan).head["organisation"] == []


def test_fewer_than_two_rounds_of_monitoring_are_said(browser, plan):
    Plan.objects.filter(pk=plan.pk).update(framework="tt57-2026-pho-thong")
    assert "ít nhất hai đợt mỗi năm học" in browser.get(url(plan)).content.decode()
    save(browser, plan, "giam-sat", **rows("monitoring", {"round": "Cuối học kỳ I"}, {"round": "Cuối năm học"}))
    assert "ít nhất hai đợt mỗi năm học:" not in browser.get(url(plan)).content.decode()


def test_what_monitoring_found_is_written_while_the_content_is_frozen(browser, plan):
    save(browser, plan, "giam-sat", **rows("monitoring", {"round": "Cuối học kỳ I", "content": "Tiến độ"}))
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.IN_FORCE)
    row = {"at": "0", "round": "Cuối học kỳ I", "content": "Tiến độ", "result": "21/32 mục đúng hạn"}
    assert save(browser, now(plan), "giam-sat", **rows("monitoring", row)).status_code == 302
    assert now(plan).head["monitoring"][0]["result"] == "21/32 mục đúng hạn"
    other = save(browser, plan, "giam-sat", **rows("monitoring", {**row, "content": "Khác"}))
    assert other.status_code == 409
    assert save(browser, plan, "muc-dich", purposes="Khác").status_code == 409


def test_two_editors_of_different_fields_of_one_part_are_joined(browser, plan):
    browser.post(url(plan, "van-ban"), {"version": 1, "document_number": "12/KH", "document_place": ""})
    browser.post(url(plan, "van-ban"), {"version": 1, "document_number": "", "document_place": "Sông Lam"})
    paper = now(plan).head["document"]
    assert (paper["number"], paper["place"]) == ("12/KH", "Sông Lam")


def test_of_one_field_the_second_sees_both_and_chooses(browser, plan):
    browser.post(url(plan, "muc-dich"), {"version": 1, "purposes": "Lời của An"})
    answer = browser.post(url(plan, "muc-dich"), {"version": 1, "purposes": "Lời của Bình"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Lời của An" in html
    assert now(plan).head["purposes"] == ["Lời của An"]
    browser.post(url(plan, "muc-dich"), {**fields_of(html), "chon_purposes": "ca-hai"})
    assert now(plan).head["purposes"] == ["Lời của An", "Lời của Bình"]


def test_of_rows_the_second_sees_both_and_chooses(browser, plan):
    browser.post(url(plan, "to-chuc"), {"version": 1, **rows("organisation", {"role": "An"})})
    answer = browser.post(url(plan, "to-chuc"), {"version": 1, **rows("organisation", {"role": "Bình"})})
    assert answer.status_code == 409
    sent = fields_of(answer.content.decode())
    browser.post(url(plan, "to-chuc"), {**sent, "chon_organisation": "nguoi-khac"})
    assert now(plan).head["organisation"][0]["role"] == "An"
    browser.post(url(plan, "to-chuc"), {**sent, "chon_organisation": "toi"})
    assert now(plan).head["organisation"][0]["role"] == "Bình"


def test_the_history_shows_who_changed_what_and_takes_it_back(browser, plan):
    save(browser, plan, "muc-dich", purposes="Điều mới")
    html = browser.get(url(plan)).content.decode()
    assert "<del>Khắc phục điểm yếu.</del>" in html
    assert "Lò Thị Mẩy" in html
    undo(browser, plan)
    assert now(plan).head["purposes"] == ["Khắc phục điểm yếu."]


def test_undoing_keeps_what_somebody_wrote_since(browser, plan):
    save(browser, plan, "muc-dich", purposes="Lần một")
    batch = Plan.history.filter(id=plan.pk).latest().batch
    save(browser, now(plan), "muc-dich", purposes="Lần hai")
    answer = browser.post(reverse("plans:undo_all", args=[plan.school.slug, plan.pk, batch]), follow=True)
    assert "đã có người sửa tiếp" in answer.content.decode()
    assert now(plan).head["purposes"] == ["Lần hai"]


def test_who_may_only_look_sees_no_buttons(client, plan):
    client.force_login(make_user("xem", "Người Xem", plan.school, "viewer"))
    assert "btn-quiet" not in client.get(url(plan)).content.decode().split("<main")[1]
    assert client.get(url(plan, "chung")).status_code == 403


def test_the_page_asks_the_database_as_often_for_a_long_history(browser, plan):
    found = []
    for count in (1, 12):
        for number in range(count):
            save(browser, now(plan), "muc-dich", purposes=f"Lần {count} {number}")
        browser.get(url(plan))
        with CaptureQueriesContext(connection) as queries:
            browser.get(url(plan))
        found.append(len(queries))
    assert found[0] == found[1] <= 12


def test_one_line_cut_into_two_is_a_change(browser, plan):
    save(browser, plan, "muc-dich", purposes="Khắc phục\nđiểm yếu.")
    assert now(plan).head["purposes"] == ["Khắc phục", "điểm yếu."]
