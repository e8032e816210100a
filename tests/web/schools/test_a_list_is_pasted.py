"""A school of forty does not type forty forms: a list from Word or Excel is pasted; what was a mistake is taken away."""

from __future__ import annotations

import pytest
from django.urls import reverse

from caitien.web.schools.adding import printed_lines
from caitien.web.schools.models import GroupMember, Person
from web.schools.conftest import said


def at(name, school, *keys):
    return reverse(f"schools:{name}", args=[school.slug, *keys])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lò Thị Mẩy - Hiệu trưởng\n\n  Vi Thị Sim  ", ["Lò Thị Mẩy - Hiệu trưởng", "Vi Thị Sim"]),
        ("1. Lò Thị Mẩy\n2) Vi Thị Sim\n- Tổ KHTN", ["Lò Thị Mẩy", "Vi Thị Sim", "Tổ KHTN"]),
        (
            "STT\tHọ và tên\tChức danh\n1\tLò Thị Mẩy\tHiệu trưởng\n2\tVi Thị Sim\t",
            ["Lò Thị Mẩy (Hiệu trưởng)", "Vi Thị Sim"],
        ),
        ("Lò Thị Mẩy\t12/05/1980\tHiệu trưởng", ["Lò Thị Mẩy (Hiệu trưởng)"]),
        ("Lò Thị Mẩy\tmay@example.edu.vn\tKế toán", ["Lò Thị Mẩy (Kế toán)"]),
        ("Họ tên\nLò Thị Mẩy", ["Lò Thị Mẩy"]),
        ("\t\t\n 1 \t \n", []),
        ("Lò Thị Mẩy (HT)\tGiáo viên", ["Lò Thị Mẩy (HT)"]),
    ],
)
def test_lines_are_read_as_they_are_pasted(text, found):
    assert printed_lines(text) == found


def test_everybody_new_is_added_and_nobody_twice(browser, school, sim):
    pasted = "1\tLò Thị Mẩy\tHiệu trưởng\n2\tVi Thị Sim\tGiáo viên\n3\tTổ KHTN\n4\tLò Thị Mẩy\tHiệu trưởng"
    page = said(browser.post(at("people_add", school), {"lines": pasted}, follow=True))
    assert "Đã thêm 2 dòng: Lò Thị Mẩy, Tổ KHTN" in page
    assert "1 dòng đã có sẵn: Vi Thị Sim" in page
    rows = Person.objects.for_school(school).order_by("name").values_list("name", "role_title", "kind")
    assert sorted(rows) == [
        ("Lò Thị Mẩy", "Hiệu trưởng", "person"),
        ("Tổ KHTN", "", "group"),
        ("Vi Thị Sim", "Giáo viên", "person"),
    ]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "Chưa có tên nào"),
        (" \n\t", "Chưa có tên nào"),
        ("\n".join(f"Lò Văn {n}" for n in range(301)), "nhiều nhất 300 dòng"),
    ],
)
def test_nobody_or_too_many_is_said_and_the_list_stays(browser, school, lines, sentence):
    response = browser.post(at("people_add", school), {"lines": lines})
    assert response.status_code == 422
    assert sentence in said(response)
    assert lines.strip() in response.content.decode()
    assert not Person.objects.for_school(school).exists()


def test_added_by_mistake_is_taken_away_and_brought_back(browser, school, sim, secretary):
    sim.aliases = ["Cô Sim"]
    sim.save()
    page = browser.post(at("person_remove", school, sim.pk), follow=True)
    assert "Đã bỏ Vi Thị Sim khỏi danh sách" in said(page)
    assert not Person.objects.for_school(school).exists()
    record = Person.history.get(id=sim.pk, history_type="-")
    assert record.history_user == secretary
    browser.post(at("person_restore", school, record.pk))
    back = Person.objects.get(pk=sim.pk)
    assert (back.name, back.role_title, back.aliases) == ("Vi Thị Sim", "Giáo viên", ["Cô Sim"])
    assert browser.post(at("person_restore", school, record.pk)).status_code == 409


def test_who_stands_in_a_plan_stays(browser, plan, school):
    head = Person.objects.for_school(school).get(name="Lò Thị Mẩy")
    response = browser.post(at("person_remove", school, head.pk))
    assert response.status_code == 409
    assert "có tên trong kế hoạch nên không bỏ được" in said(response)
    assert at("person_remove", school, head.pk) not in browser.get(at("person", school, head.pk)).content.decode()


def test_who_has_an_account_or_a_group_with_people_stays(browser, school, sim, teacher):
    team = Person.objects.create(school=school, name="Tổ 4-5", kind="group")
    GroupMember.objects.create(school=school, group=team, person=sim)
    assert "còn có người" in said(browser.post(at("person_remove", school, team.pk)))
    sim.user = teacher
    sim.save()
    assert "Hãy bỏ nối trước" in said(browser.post(at("person_remove", school, sim.pk)))
    assert Person.objects.for_school(school).count() == 2
