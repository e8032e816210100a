"""From what is late to the report in a few taps; and every page about one's work and reminders, looked at closely."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from web.invented import make_user
from web.reminders.conftest import join, put_in_group

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def work(people, settings):
    """A school in the middle of its work: late, due, done, of a group, with somebody who says who she is."""
    from caitien.plan import Action, ImprovementPlan, Period, Progress
    from caitien.web.accounts.models import User
    from caitien.web.plans.values import store
    from caitien.web.reminders.models import IdentityClaim
    from caitien.web.schools.models import Person

    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    today = timezone.localdate()

    def action(content: str, days: int, *owners: str, status=None) -> Action:
        last = (today + timedelta(days=days)).isoformat()
        return Action(
            criteria=["1.2"], content=content, responsible=list(owners), measures=["Họp", "Làm"],
            period=Period(text=None, kind="deadline", end=last), progress=Progress(status=status),
        )  # fmt: skip

    first = today.year if today.month >= 6 else today.year - 1
    plan = store(
        people,
        ImprovementPlan(
            school_year=f"{first}-{first + 1}",
            actions=[
                action("Sửa mái lớp học ở điểm trường Nậm Lúc", -12, "Hà Thị Pọm"),
                action("Họp tổ", 0, "Tổ Khối 1", "Lò Văn Ún"),
                action("Bồi dưỡng giáo viên", 60, "Hà Thị Pọm"),
                action("Đã làm", -30, "Hà Thị Pọm", status="done"),
            ],
        ),
        None,
        state="submitted",
    )
    teacher = make_user("giao-vien", "Hà Thị Pọm", people, "staff")
    teacher.email = "pom@example.edu.vn"
    teacher.save()
    put_in_group(people, join(teacher, people, "Hà Thị Pọm"), "Tổ Khối 1")
    newcomer = make_user("moi-vao", "Lò Văn Ún", people, "staff")
    IdentityClaim.objects.create(school=people, user=newcomer, person=Person.objects.get(name="Lò Văn Ún"))
    User.objects.filter(username="thu-ky").update(email="tk@example.edu.vn")
    return plan


def sign_in(visitor, name: str, to: str) -> None:
    visitor.go(f"/tai-khoan/login/?next={to}")
    visitor.page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill(name)
    visitor.page.locator("input[name=password]").fill("mat-khau-thu-9")
    visitor.page.get_by_role("button", name="Đăng nhập").click()
    visitor.page.wait_for_url(f"**{to}")


def test_a_teacher_sees_what_is_late_and_reports(visitor, work):
    visitor.go("/tai-khoan/login/")
    visitor.page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill("giao-vien")
    visitor.page.locator("input[name=password]").fill("mat-khau-thu-9")
    visitor.page.get_by_role("button", name="Đăng nhập").click()
    visitor.page.wait_for_url("**/viec-cua-toi/")
    assert visitor.title() == "Việc của tôi"
    assert visitor.page.locator(".lead").inner_text() == "1 việc quá hạn, 1 việc trong tuần này."
    visitor.look("my work")
    visitor.page.get_by_role("link", name=re.compile("Cập nhật.*Sửa mái")).click()
    visitor.page.wait_for_url("**/tien-do/")
    assert "Sửa mái lớp học" in visitor.page.locator("main").inner_text()


def test_choosing_how_to_be_reminded(visitor, work):
    sign_in(visitor, "giao-vien", "/viec-cua-toi/nhac-viec/")
    visitor.look("choices without a calendar")
    visitor.page.get_by_role("button", name="Tạo địa chỉ lịch").click()
    address = visitor.page.get_by_label("Địa chỉ lịch của riêng bạn")
    assert address.input_value().endswith(".ics")
    visitor.look("choices with a calendar")
    visitor.page.get_by_label("Những ngày có việc đến hạn").check()
    visitor.page.get_by_role("button", name="Lưu").click()
    visitor.page.get_by_text("Đã ghi cách nhắc việc.").wait_for()
    visitor.go("/viec-cua-toi/nhac-viec/thu-hom-nay/")
    visitor.look("the letter")


def test_copying_a_message(visitor, work):
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(visitor, "thu-ky", f"/truong/{work.school.slug}/nhac-viec/")
    visitor.look("the list")
    visitor.page.get_by_role("button", name="Chép để gửi").first.click()
    visitor.page.get_by_role("button", name="Đã chép").wait_for()
    words = visitor.page.evaluate("navigator.clipboard.readText()")
    assert words.startswith(f"{work.school.name} nhắc việc cải tiến chất lượng.")
    assert "\n1. " in words
    visitor.page.get_by_role("button", name="Chép để gửi").first.wait_for()


def test_pages_of_a_leader_and_of_somebody_new(visitor, work):
    from caitien.web.reminders import tokens
    from caitien.web.reminders.digest import STOP

    sign_in(visitor, "thu-ky", "/viec-cua-toi/")
    visitor.look("a leader's work")
    for path in (f"/truong/{work.school.slug}/ai-la-ai/", f"/truong/{work.school.slug}/toi-la-ai/"):
        visitor.go(path)
        visitor.look(path)
    visitor.context.clear_cookies()
    sign_in(visitor, "moi-vao", "/viec-cua-toi/")
    visitor.look("somebody new")
    visitor.go(f"/thoi-nhac/{tokens.make(STOP, work.school.pk)}/")
    visitor.complaints = [c for c in visitor.complaints if "404" not in c]
    visitor.look("not found")


def test_it_works_without_a_script(visitor_without_script, work):
    visitor = visitor_without_script
    sign_in(visitor, "giao-vien", "/viec-cua-toi/")
    visitor.page.get_by_text("Đã xong").click()
    assert visitor.page.get_by_role("link", name="Đã làm", exact=True).is_visible()
    sign_out_and_stop(visitor)


def sign_out_and_stop(visitor) -> None:
    from caitien.web.accounts.models import User
    from caitien.web.reminders import tokens
    from caitien.web.reminders.digest import STOP

    visitor.context.clear_cookies()
    visitor.go(f"/thoi-nhac/{tokens.make(STOP, User.objects.get(username='giao-vien').pk)}/")
    visitor.look("stop")
    visitor.page.get_by_role("button", name="Thôi nhận thư").click()
    visitor.page.get_by_text("Đã thôi gửi thư nhắc việc").wait_for()
