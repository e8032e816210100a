"""Deadlines in the calendar of a phone: read back, every event says what, when and who."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from caitien.plan import ImprovementPlan
from caitien.writing.deadlines_calendar import calendar_of, event_ids
from writing.sample_plan import ROWS, sample_plan

TODAY = date(2026, 11, 22)


def events(plan: ImprovementPlan, person: str | None = None, **options):
    return Calendar.from_ical(calendar_of(plan, person, today=TODAY, **options)).walk("VEVENT")


def test_every_deadline_that_is_open_is_an_event_of_a_day():
    found = {str(e["description"]).split("\n")[0]: e for e in events(sample_plan())}
    assert set(found) == {
        f"Mục: {n}" for n in (1, 3, 4, 5, 6, 7, 10, 11, 13)
    }  # 2 is done, 9 dropped, 8 and 12 have no end
    last = found["Mục: 10"]
    assert (last.decoded("dtstart"), last.decoded("dtend")) == (date(2027, 3, 31), date(2027, 4, 1))
    assert last["summary"] == "Hạn: Sửa chữa khu vệ sinh, bổ sung nguồn nước điểm trường Nà Lộc"
    assert found["Mục: 5"].decoded("dtstart") == date(2026, 11, 30)


def test_it_says_who_and_how_far_in_vietnamese():
    said = str(events(sample_plan())[1]["description"]).split("\n")
    assert said == [
        "Mục: 3",
        "Tiêu chí: 1.3",
        "Thời gian: Hằng tháng",
        "Phụ trách: Lương Quốc Thịnh (Phó Hiệu trưởng)",
        "Phối hợp: Nguyễn Thị Hường (văn thư)",
        "Mức độ: Đang thực hiện 30%",
        "Minh chứng: Bảng đối chiếu hằng tháng; Nhật ký sao lưu",
    ]


def test_what_is_late_says_so_and_reminds_no_more():
    first = events(sample_plan())[0]
    assert str(first["summary"]).startswith("Quá hạn: Rà soát")
    assert first.walk("VALARM") == []


def test_what_is_to_come_reminds_three_days_before_in_the_morning():
    (alarm,) = events(sample_plan())[1].walk("VALARM")
    assert alarm.decoded("trigger") == -timedelta(days=2, hours=17)


def test_a_person_gets_what_she_answers_for_or_helps_with():
    def numbers(person: str) -> list[str]:
        return [str(e["description"]).split("\n")[0] for e in events(sample_plan(), person)]

    assert numbers("Đặng Thị Ngọc Ánh") == ["Mục: 1", "Mục: 10"]
    assert numbers("Lương Quốc Thịnh") == ["Mục: 3", "Mục: 5"]
    assert numbers("cô Nguyễn Thị Hường") == ["Mục: 3"]
    assert numbers("Ánh") == []


def test_marks_tell_people_apart():
    rows = [ROWS[4] | {"number": n, "responsible": [name]} for n, name in ((1, "Vàng Thị Hoa"), (2, "Vàng Thị Hòa"))]
    assert len(events(sample_plan(actions=rows), "Vàng Thị Hòa")) == 1


def test_an_event_keeps_its_id_when_its_words_and_its_day_change():
    before, after = sample_plan(), sample_plan()
    after.actions[0].content, after.actions[0].period.end = "Rà soát", "2026-12-01"
    after.actions.insert(0, after.actions.pop())
    assert set(event_ids(before)) == set(event_ids(after))


def test_ids_are_of_one_school_one_year_and_one_action():
    rows = [ROWS[0], ROWS[0]]
    ids = event_ids(sample_plan(actions=rows))
    others = event_ids(sample_plan(actions=rows, school_year="2027-2028"))
    elsewhere = event_ids(sample_plan(actions=rows, school={"name": "Trường Tiểu học Khe Sim"}))
    assert len({*ids, *others, *elsewhere}) == 6


def test_an_event_leads_to_its_page():
    found = events(sample_plan(), link=lambda index: f"https://truong.example/muc/{index}" if index else None)
    assert "url" not in found[0]
    assert found[1]["url"] == "https://truong.example/muc/2"


def test_the_calendar_names_the_school_and_the_year():
    calendar = Calendar.from_ical(calendar_of(sample_plan(), today=TODAY))
    assert calendar["x-wr-calname"] == "Cải tiến 2026-2027 Trường Tiểu học Hoa Ban Trắng"
    assert calendar["prodid"]
    assert calendar["version"] == "2.0"


def test_the_same_day_gives_the_same_bytes_and_lines_that_every_calendar_takes():
    content = calendar_of(sample_plan(), today=TODAY)
    assert content == calendar_of(sample_plan(), today=TODAY)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_words_come_back_and_never_break_the_calendar(text, name):
    plan = sample_plan(actions=[ROWS[4] | {"content": text, "responsible": [name], "number": text[:20]}])
    (event,) = events(plan)
    assert event.decoded("dtstart") == date(2026, 11, 30)
    assert str(event["summary"]).startswith("Hạn: ")
