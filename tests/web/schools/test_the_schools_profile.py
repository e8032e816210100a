"""Trường: who we are, what is missing, the letterhead as it will look, years with their terms, sites."""

from __future__ import annotations

import pytest
from django.urls import reverse

from caitien.plan.text import sort_key
from caitien.web.schools.models import Person, School, SchoolYear, Site
from caitien.web.schools.provinces import provinces
from web.schools.conftest import said


def at(name, school, *keys):
    return reverse(f"schools:{name}", args=[school.slug, *keys])


FACTS = {"name": "Trường Tiểu học Sông Lam", "level": "tieu_hoc", "head_role": "Hiệu trưởng"}


def test_the_first_lines_say_what_is_missing(browser, school, sim):
    page = said(browser.get(at("profile", school)))
    assert "1 người, 0 tổ, nhóm; 1 thành viên có tài khoản" in page
    assert "Còn thiếu: Tỉnh, thành phố; Xã, phường, đặc khu; Cơ quan chủ quản" in page
    assert "1 người chưa có việc nào" in page
    assert "1 người chưa có tài khoản" in page


def test_who_has_a_task_through_her_group_is_not_without_one(browser, plan, school, sim):
    from caitien.web.schools.models import GroupMember

    before = said(browser.get(at("profile", school)))
    assert "1 người chưa có việc nào" in before
    team = Person.objects.for_school(school).filter(kind="group").first() or Person.objects.create(
        school=school, name="Tổ chuyên môn", kind="group"
    )
    from caitien.web.plans.models import Involvement

    Involvement.objects.get_or_create(
        school=school, action=plan.actions.first(), person=team, part="responsible", defaults={"text": team.name}
    )
    GroupMember.objects.create(school=school, group=team, person=sim)
    assert "người chưa có việc nào" not in said(browser.get(at("profile", school)))


def test_facts_are_saved_with_who_and_when(browser, school, secretary):
    sent = FACTS | {
        "parent_body": "UBND  xã Sông Lam",
        "place": "Sông Lam",
        "abbreviation": "THSL",
        "province": "Nghệ An",
    }
    assert browser.post(at("profile_edit", school), sent).status_code == 302
    school.refresh_from_db()
    assert (school.parent_body, school.abbreviation) == ("UBND xã Sông Lam", "THSL")
    page = said(browser.get(at("profile", school)))
    assert "UBND XÃ SÔNG LAM" in page
    assert "Số: …/KH-THSL" in page
    assert "Sông Lam, ngày … tháng … năm …" in page
    assert "Lò Thị Mẩy" in page
    assert school.history.latest().history_user == secretary


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Trường phải có tên"),
        ("email", "khong-phai-thu", "Đây không phải là một địa chỉ thư"),
        ("website", "trang cua toi", "Đây không phải là một địa chỉ trang"),
        ("level", "dai_hoc", "dai_hoc"),
        ("name", "x" * 201, "200"),
    ],
)
def test_a_wrong_fact_is_said_and_what_was_typed_stays(browser, school, field, typed, sentence):
    response = browser.post(at("profile_edit", school), FACTS | {"code": "4803 12", field: typed})
    assert response.status_code == 422
    assert sentence in said(response)
    assert "4803 12" in response.content.decode()
    assert School.objects.get(pk=school.pk).code == ""


def test_the_letterhead_is_shown_before_it_is_saved(browser, school):
    sent = FACTS | {"parent_body": "UBND xã Mường Lò", "preview": "1"}
    page = browser.post(at("profile_edit", school), sent)
    assert page.status_code == 200
    assert "UBND XÃ MƯỜNG LÒ" in said(page)
    fragment = browser.post(at("profile_edit", school), FACTS | {"place": "Mường Lò"}, headers={"HX-Request": "true"})
    assert "Mường Lò, ngày" in said(fragment)
    assert "<html" not in fragment.content.decode()
    assert School.objects.get(pk=school.pk).parent_body == ""


def test_the_name_of_a_school_cannot_carry_a_script(browser, school):
    browser.post(at("profile_edit", school), FACTS | {"parent_body": "<script>alert(1)</script>"})
    assert "<script>alert" not in browser.get(at("profile", school)).content.decode().lower()


def test_the_provinces_are_those_of_the_resolution():
    assert len(provinces()) == len(set(provinces())) == 34
    assert sum(name.startswith("Thành phố ") for name in provinces()) == 6
    bare = [name.removeprefix("Thành phố ") for name in provinces()]
    assert bare == sorted(bare, key=sort_key)


def test_the_form_proposes_the_provinces(browser, school):
    html = browser.get(at("profile_edit", school)).content.decode()
    assert '<option value="Thành phố Huế">' in html
    assert 'list="tinh"' in html


def test_a_new_year_has_the_usual_terms(browser, school):
    assert browser.post(at("years", school), {"name": "2026 – 2027"}).status_code == 302
    year = SchoolYear.objects.for_school(school).get()
    assert year.name == "2026-2027"
    assert "05/09/2026 – 17/01/2027 19/01/2027 – 31/05/2027" in said(browser.get(at("years", school)))


def test_days_may_be_typed_as_people_type_them(browser, school):
    sent = {
        "name": "2026-2027",
        "first_term_start": "7/9", "first_term_end": "16.1.2027", "second_term_start": "18-1-27", "second_term_end": "ngày 28 tháng 5 năm 2027",
    }  # fmt: skip
    sent["second_term_end"] = "2027-05-28"
    browser.post(at("years", school), sent)
    year = SchoolYear.objects.for_school(school).get()
    found = [
        f"{getattr(year, name):%d/%m/%Y}"
        for name in ("first_term_start", "first_term_end", "second_term_start", "second_term_end")
    ]
    assert found == ["07/09/2026", "16/01/2027", "18/01/2027", "28/05/2027"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"first_term_start": "31/02/2027"}, "Không có ngày “31/02/2027” trong lịch"),
        ({"first_term_start": "đầu tháng 9"}, "“đầu tháng 9” không phải là một ngày"),
        ({"first_term_start": "20/01/2027"}, "Học kỳ I kết thúc (17/01/2027) phải sau ngày bắt đầu (20/01/2027)"),
        ({"second_term_end": "19/01/2027"}, "Học kỳ II kết thúc (19/01/2027) phải sau ngày bắt đầu (19/01/2027)"),
        (
            {"first_term_end": "25/01/2027"},
            "Học kỳ II bắt đầu (19/01/2027) phải sau khi học kỳ I kết thúc (25/01/2027)",
        ),
        ({"first_term_start": "05/09/2025"}, "Ngày 05/09/2025 không thuộc năm học 2026-2027"),
        ({"name": "2026-2028"}, "“2026-2028” không phải là một năm học"),
        ({"name": ""}, "bắt buộc"),
        ({"name": "năm nay"}, "Hãy ghi hai năm liền nhau, ví dụ 2026-2027"),
    ],
)
def test_wrong_terms_are_said_and_nothing_typed_is_lost(browser, school, sent, sentence):
    response = browser.post(at("years", school), {"name": "2026-2027", "second_term_start": "19/01/2027"} | sent)
    assert response.status_code == 422
    assert sentence in said(response)
    for typed in sent.values():
        assert typed in response.content.decode()
    assert not SchoolYear.objects.for_school(school).exists()


def test_a_year_stands_once(browser, school):
    year = SchoolYear.objects.create(school=school, name="2026-2027")
    assert "Trường đã có năm học 2026-2027" in said(browser.post(at("years", school), {"name": "2026-2027"}))
    assert (
        browser.post(
            at("year_edit", school, year.pk), {"name": "2026-2027", "first_term_start": "06/09/2026"}
        ).status_code
        == 302
    )
    year.refresh_from_db()
    assert f"{year.first_term_start:%d/%m/%Y}" == "06/09/2026"
    assert year.history.count() == 2


def test_the_next_year_is_proposed(browser, school):
    SchoolYear.objects.create(school=school, name="2025-2026")
    assert 'value="2026-2027"' in browser.get(at("years", school)).content.decode()


def test_sites_are_added_changed_taken_away_and_brought_back(browser, school):
    browser.post(at("site_add", school), {"name": "Điểm trường chính", "is_main": "on"})
    browser.post(at("site_add", school), {"name": "Điểm trường bản Lót", "address": "bản Lót", "is_main": "on"})
    first, second = Site.objects.for_school(school)
    assert (first.is_main, second.is_main) == (False, True)
    browser.post(at("site_edit", school, first.pk), {"name": "Điểm trường trung tâm"})
    browser.post(at("site_remove", school, second.pk))
    page = said(browser.get(at("profile", school)))
    assert "Điểm trường trung tâm" in page
    assert "Đã bỏ (1)" in page
    assert browser.get(at("site_edit", school, second.pk)).status_code == 404
    browser.post(at("site_restore", school, second.pk))
    assert "Đã bỏ" not in said(browser.get(at("profile", school))).split("Điểm trường", 1)[1].split("Lịch sử")[
        0
    ].replace("Đã bỏ điểm", "")


def test_a_site_without_a_name_is_refused(browser, school):
    response = browser.post(at("site_add", school), {"name": "  ", "address": "bản Lót"})
    assert response.status_code == 422
    assert "Hãy ghi tên điểm trường" in said(response)
    assert "bản Lót" in response.content.decode()


def test_who_may_not_change_the_school_sees_no_button_that_does(teachers_browser, school):
    html = teachers_browser.get(at("profile", school)).content.decode()
    assert at("profile_edit", school) not in html
    assert at("site_add", school) not in html
    assert at("invitations", school) not in html
