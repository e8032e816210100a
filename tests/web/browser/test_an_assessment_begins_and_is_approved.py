"""In a browser, at both widths: a year begins, the council is proposed and put in order, criteria are given, the report is written and approved."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from web.invented import make_user

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("CAITIEN_PICTURES")
"""A folder: the pages are drawn into it, for looking at."""


@pytest.fixture
def school_with_people(people):
    from caitien.web.schools.models import Person

    people.head_name, people.head_role, people.phone = "Tòng Thị Pâng", "Hiệu trưởng", "0212 000 000"
    people.save()
    for name, post in (
        ("Cà Văn Pản", "Phó Hiệu trưởng"),
        ("Lường Thị Hặc", "Tổ trưởng tổ 1, 2, 3"),
        ("Vì Văn Ọt", "Tổ trưởng tổ 4, 5"),
        ("Quàng Thị Ín", "Chủ tịch Công đoàn"),
    ):
        Person.objects.create(school=people, name=name, role_title=post)
    make_user("hieu-truong", "Tòng Thị Pâng", people, "chair")
    return people


def seen(visitor, name: str) -> None:
    if PICTURES:
        visitor.page.screenshot(path=str(Path(PICTURES) / f"{name}-{visitor.width}.png"), full_page=True)
    visitor.look(name)


def test_from_the_first_click_to_the_approved_report(visitor, school_with_people, width):
    from caitien.web.assessments.models import Assessment, CouncilMember, LevelReview

    visitor.sign_in("hieu-truong")
    page = visitor.page
    visitor.go(f"/truong/{school_with_people.slug}/tu-danh-gia/")
    seen(visitor, "begin")
    page.get_by_role("button", name="Bắt đầu tự đánh giá năm học").click()
    page.wait_for_url("**/tu-danh-gia/*-*/**")
    found = Assessment.objects.get()
    base = f"/truong/{school_with_people.slug}/tu-danh-gia/{found.pk}"

    visitor.go(f"{base}/hoi-dong/")
    seen(visitor, "council-empty")
    page.get_by_role("link", name="Đề xuất hội đồng").click()
    seen(visitor, "council-suggest")
    page.get_by_role("button", name="Đưa vào hội đồng").click()
    page.wait_for_url("**/hoi-dong/")
    seen(visitor, "council")
    assert CouncilMember.objects.count() == 5
    names = lambda: list(CouncilMember.objects.values_list("name", flat=True))  # noqa: E731
    before = names()
    page.get_by_role("link", name=before[1], exact=True).focus()
    page.keyboard.press("Alt+ArrowDown")
    page.locator("tbody tr:nth-child(3) .row-link", has_text=before[1]).wait_for()
    assert names() == [before[0], before[2], before[1], *before[3:]]

    page.get_by_text("Thêm thành viên").click()
    page.locator("#them-name").press_sequentially("quang thi")
    seen(visitor, "council-add")
    page.get_by_role("button", name="Quàng Thị Ín (Chủ tịch Công đoàn)").click()
    assert page.locator("#them-name").input_value() == "Quàng Thị Ín"
    assert page.locator("#them-post").input_value() == "Chủ tịch Công đoàn"

    page.get_by_role("link", name="Ai viết tiêu chí nào").first.click()
    seen(visitor, "assignments")
    first = page.locator("[data-tick-all]").first
    first.set_checked(not first.is_checked())
    page.get_by_role("button", name="Lưu phân công").click()
    seen(visitor, "assignments-saved")
    visitor.go(f"{base}/phan-cong/?theo=nguoi")
    seen(visitor, "assignments-by-person")
    visitor.go(f"{base}/hoi-dong/lich-su/")
    seen(visitor, "council-changes")

    visitor.go(f"{base}/lich/")
    seen(visitor, "calendar")
    visitor.go(f"{base}/bao-cao/")
    seen(visitor, "report")
    visitor.go(f"{base}/bao-cao/muc-dich/")
    page.get_by_role("button", name="Dùng lời này, rồi sửa").first.click()
    page.get_by_role("button", name="Dùng lời này, rồi sửa – Mục đích").wait_for(state="detached")
    assert page.locator("#overview_purpose").input_value().startswith("Xác định mức đạt được")
    seen(visitor, "report-part")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_url("**/bao-cao/#muc-dich")
    visitor.go(f"{base}/bao-cao/can-cu/")
    seen(visitor, "report-bases")
    visitor.go(f"{base}/bao-cao/chu-viet-tat/")
    seen(visitor, "report-abbreviations")

    LevelReview.objects.filter(criterion="1.3", level=1).update(judged="not_met", description="Chưa đủ hồ sơ.")
    visitor.go(f"{base}/van-ban/")
    page.locator("#soat").wait_for()
    seen(visitor, "documents")
    file = visitor.download(page.locator("[aria-labelledby=vb-council-decision] a", has_text="Word"))
    assert file.read_bytes()[:2] == b"PK"

    visitor.go(f"{base}/phe-duyet/")
    seen(visitor, "approval")
    page.locator("#ly-do").fill("Kịp hạn nộp")
    page.get_by_role("button", name="Phê duyệt báo cáo").click()
    page.get_by_text("Đã phê duyệt báo cáo").wait_for()
    seen(visitor, "approved")
    visitor.go(f"{base}/hoi-dong/")
    seen(visitor, "council-approved")
    visitor.go(f"/truong/{school_with_people.slug}/tu-danh-gia/cac-nam/")
    seen(visitor, "years")
    visitor.go(f"/truong/{school_with_people.slug}/tu-danh-gia/moi/?nam=2027-2028")
    seen(visitor, "begin-next")
