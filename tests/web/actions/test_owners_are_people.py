"""Owners and collaborators are people of the school: with an account or without, gone or here; their printed names stay."""

from __future__ import annotations

from datetime import date

from caitien.web.schools.models import Person


def owner() -> Person:
    return Person.objects.get(name="Lò Thị Mẩy")


def panel(browser, at) -> str:
    return browser.get(at("action")).content.decode().split('id="ai-khi-nao"')[1].split("</section>")[0]


def test_a_name_leads_to_its_person_and_stays_as_printed(browser, plan, at):
    html = panel(browser, at)
    assert f'/nguoi/{owner().pk}/">Lò Thị Mẩy (Hiệu trưởng)</a>' in html
    assert "chưa có tài khoản" in html


def test_with_an_account_nothing_more_is_said(browser, plan, secretary, at):
    Person.objects.filter(pk=owner().pk).update(user=secretary)
    assert "chưa có tài khoản" not in panel(browser, at)


def test_who_left_is_marked_with_what_to_do(browser, plan, at):
    Person.objects.filter(pk=owner().pk).update(left_on=date(2025, 9, 1))
    html = panel(browser, at)
    assert "đã rời trường" in html
    assert "từ 01/09/2025: hãy giao mục này cho người khác." in html


def test_people_of_the_school_are_offered_and_who_left_is_not(browser, plan, school, at):
    Person.objects.create(school=school, name="Giàng A Páo", role_title="Kế toán")
    Person.objects.create(school=school, name="Quàng Thị Ín", left_on=date(2025, 9, 1))
    page = browser.get(at("action_field", field="responsible")).content.decode()
    assert '<option value="Giàng A Páo (Kế toán)"></option>' in page
    assert "Quàng Thị Ín" not in page


def test_one_more_person_is_added_beside_those_printed(browser, action, at):
    sent = {"version": 1, "responsible": "Lò Thị Mẩy (Hiệu trưởng)", "responsible_add": "Giàng A Páo (Kế toán)"}
    browser.post(at("action_field", field="responsible"), sent)
    action.refresh_from_db()
    assert action.responsible == ["Lò Thị Mẩy (Hiệu trưởng)", "Giàng A Páo (Kế toán)"]
    assert Person.objects.filter(name="Giàng A Páo").exists()


def test_a_person_named_twice_owns_once(browser, action, at):
    sent = {"version": 1, "responsible": "Tổ 1\nTổ 2", "responsible_add": "Tổ 1"}
    browser.post(at("action_field", field="responsible"), sent)
    action.refresh_from_db()
    assert action.responsible == ["Tổ 1", "Tổ 2"]
