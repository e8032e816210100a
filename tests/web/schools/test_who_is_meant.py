"""Plans name people in many ways; each printed text is somebody of the school."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caitien.web.schools import names
from caitien.web.schools.models import GroupMember, Person
from caitien.web.schools.people import Directory, ensure, people_of_user
from web.invented import make_user


@pytest.mark.parametrize(
    "text",
    [
        "Lò Thị Mẩy (Hiệu trưởng)", "Lò Thị Mẩy - Hiệu trưởng", "Hiệu trưởng: Lò Thị Mẩy", "Hiệu trưởng Lò Thị Mẩy",
        "Đ/c Lò Thị Mẩy – Hiệu trưởng", "Đồng chí Lò Thị Mẩy (Hiệu trưởng)", "Hiệu trưởng (Lò Thị Mẩy)",
        "Lò Thị Mẩy, Hiệu trưởng",
    ],
)  # fmt: skip
def test_a_name_and_a_post_are_read_from_one_text(text):
    assert names.read(text) == ("Lò Thị Mẩy", "Hiệu trưởng")


@pytest.mark.parametrize("text", ["Đ/c Vi Thị Sim", "Cô Vi Thị Sim", "đồng chí Vi Thị Sim", "Vi Thị Sim;"])
def test_how_she_is_addressed_is_not_her_name(text):
    assert names.read(text) == ("Vi Thị Sim", "")


@pytest.mark.parametrize(
    "text",
    [
        "Tổ KHTN", "Tổ chuyên môn 4-5", "Các tổ chuyên môn", "Ban giám hiệu", "BGH", "Hội đồng trường", "GVCN", "GVCN lớp 5",
        "Toàn thể giáo viên", "Bộ phận văn phòng", "Công đoàn", "Đoàn thanh niên", "Đoàn trường", "Khối 1", "Liên đội",
        "CB, GV, NV", "Chi bộ", "Nhóm công tác 2", "Giáo viên", "GV bộ môn", "Hội cha mẹ học sinh", "to khtn", "Phụ huynh",
        "Ban đại diện CMHS", "tập thể sư phạm", "Trạm y tế xã", "Công an phường", "Bếp ăn", "Tổ trưởng các khối",
        "Trung tâm Y tế khu vực", "UBND xã Vàm Lá",
    ],
)  # fmt: skip
def test_groups_are_known_by_their_words(text):
    assert names.is_group(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lò Thị Mẩy", "Tô Văn Păng", "To Thi Hoa", "Đoàn Văn Sáu", "Doan Van Sau", "Tổ trưởng tổ KHTN", "Trưởng ban lao động",
        "Hiệu trưởng", "Kế toán", "Nhân viên y tế", "Bí thư chi đoàn", "Chủ tịch công đoàn", "GV Lường Văn Tấm",
        "Giáo viên Lường Văn Tấm", "Phó hiệu trưởng",
    ],
)  # fmt: skip
def test_one_person_or_post_is_no_group(text):
    assert not names.is_group(text)


@pytest.fixture
def head(school):
    return Person.objects.create(
        school=school, name="Lò Thị Mẩy", role_title="Hiệu trưởng", aliases=["Đ/c Mẩy", "cô Mẩy"]
    )


@pytest.mark.parametrize(
    "text",
    [
        "Lò Thị Mẩy", "LÒ THỊ MẨY", "lò  thị mẩy", "Lo Thi May", "Lò Thị Mẩy (Hiệu trưởng)", "Lò Thị Mẩy (Chủ tịch hội đồng)",
        "Đ/c Lò Thị Mẩy", "Hiệu trưởng", "HT", "hiệu trưởng", "Đ/c Mẩy", "Cô Mẩy", "HT Lò Thị Mẩy",
    ],
)  # fmt: skip
def test_every_way_of_writing_her_is_her(school, head, text):
    assert Directory.of(school).match(text) == head


@pytest.mark.parametrize("text", ["", "  ", "Mẩy", "Lò Thị Mây", "Phó hiệu trưởng", "Lò Thị Mẩy Hoa", "Tổ KHTN"])
def test_what_is_not_her_is_not_guessed(school, head, text):
    assert Directory.of(school).match(text) is None


def test_the_place_of_the_tone_does_not_make_another_person(school):
    person = Person.objects.create(school=school, name="Hà Văn Hoà")
    assert Directory.of(school).match("Hà Văn Hòa") == person
    assert Directory.of(school).match("Hà Văn Hoa") is None


def test_a_name_without_tones_that_could_be_two_people_is_nobody(school):
    for name in ("Hà Văn Hoà", "Hà Văn Hoa"):
        Person.objects.create(school=school, name=name)
    assert Directory.of(school).match("Ha Van Hoa") is None


def test_a_post_that_two_hold_means_neither(school):
    for name in ("Hà Văn Hoà", "Cầm Thị Lả"):
        Person.objects.create(school=school, name=name, role_title="Phó hiệu trưởng")
    directory = Directory.of(school)
    assert directory.match("Phó hiệu trưởng") is None
    assert directory.match("PHT Cầm Thị Lả").name == "Cầm Thị Lả"


def test_of_two_with_one_name_the_post_decides(school):
    teacher = Person.objects.create(school=school, name="Cầm Thị Lả", role_title="Giáo viên")
    clerk = Person.objects.create(school=school, name="Cầm Thị Lả", role_title="Văn thư")
    directory = Directory.of(school)
    assert directory.match("Cầm Thị Lả (Văn thư)") == clerk
    assert directory.match("Cầm Thị Lả (GV)") in (teacher, clerk)


def test_who_left_gives_her_post_to_who_came(school, head):
    from datetime import date

    head.left_on = date(2026, 8, 1)
    head.save()
    new = Person.objects.create(school=school, name="Cầm Văn Bun", role_title="Hiệu trưởng")
    directory = Directory.of(school)
    assert directory.match("Hiệu trưởng") == new
    assert directory.match("Lò Thị Mẩy") == head


def test_unknown_people_become_rows_and_known_ones_do_not(school, head, secretary):
    texts = ["Lò Thị Mẩy (Hiệu trưởng)", "Tổ KHTN", "Vi Thị Sim (Kế toán)", "Kế toán", "Tổ KHTN", "", "  "]
    found = ensure(school, texts, user=secretary)
    assert list(found) == ["Lò Thị Mẩy (Hiệu trưởng)", "Tổ KHTN", "Vi Thị Sim (Kế toán)", "Kế toán"]
    assert found["Lò Thị Mẩy (Hiệu trưởng)"] == head
    assert (found["Tổ KHTN"].kind, found["Vi Thị Sim (Kế toán)"].kind) == ("group", "person")
    assert found["Kế toán"] == found["Vi Thị Sim (Kế toán)"]
    assert (found["Kế toán"].name, found["Kế toán"].role_title) == ("Vi Thị Sim", "Kế toán")
    assert Person.objects.for_school(school).count() == 3
    assert found["Tổ KHTN"].history.get().history_user == secretary


def test_the_same_texts_again_make_nobody_new(school):
    texts = ["Đ/c Vi Thị Sim", "Hiệu trưởng", "GVCN", "x" * 300, "Đồng chí Păng - TPT Đội", "Cô Sim"]
    first = ensure(school, texts)
    assert ensure(school, texts) == first
    assert ensure(school, [text.upper() for text in texts[:3]]).keys() == {t.upper() for t in texts[:3]}
    assert Person.objects.for_school(school).count() == len(set(first.values()))


def test_a_very_long_text_is_kept_whole(school):
    text = "Toàn thể cán bộ, giáo viên, nhân viên " * 12
    person = ensure(school, [text])[text]
    assert len(person.name) == 200
    assert Directory.of(school).match(text) == person


def test_people_of_another_school_are_not_found(school, other_school, head):
    assert Directory.of(other_school).match("Lò Thị Mẩy") is None
    assert ensure(other_school, ["Lò Thị Mẩy"])["Lò Thị Mẩy"] != head


def test_it_asks_the_database_little_however_many_there_are(school):
    def asked(texts):
        with CaptureQueriesContext(connection) as queries:
            ensure(school, texts)
        return len(queries)

    some = asked([f"Lò Văn Số {n} (GV)" for n in range(5)])
    many = asked([f"Cầm Thị Số {n} (GV)" for n in range(60)])
    assert many == some <= 8
    assert asked([f"Lò Văn Số {n} (GV)" for n in range(5)]) == 1


def test_what_her_groups_own_is_hers(school, other_school):
    user = make_user("sim", "Vi Thị Sim", school, "staff")
    sim = Person.objects.create(school=school, name="Vi Thị Sim", user=user)
    team = Person.objects.create(school=school, name="Tổ KHTN", kind="group")
    other = Person.objects.create(school=school, name="Tổ văn phòng", kind="group")
    GroupMember.objects.create(school=school, group=team, person=sim)
    assert people_of_user(user, school) == {sim.pk, team.pk}
    assert other.pk not in people_of_user(user, school)
    assert people_of_user(user, other_school) == set()
