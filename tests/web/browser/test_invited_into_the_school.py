"""From the chair's paper to the teacher's first look at the plan, in a real browser, on a laptop and on a phone."""

from __future__ import annotations

import re

import pytest

from web.browser.visitor import Visitor
from web.invented import make_user, plan_value

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "hoa-ban-trang-9"


@pytest.fixture
def plan(people):
    from caitien.web.accounts.models import User
    from caitien.web.plans.values import store

    make_user("hieu-truong", "Hà Thị Ngần", people, "chair")
    return store(people, plan_value(6), User.objects.get(username="thu-ky"))


@pytest.fixture
def guest(chromium, live_server, width):
    """Somebody else, on her own machine."""
    visitor = Visitor(chromium, live_server.url, width)
    yield visitor
    visitor.leave()


def test_a_code_on_paper_becomes_an_account_that_sees_the_plan(visitor, guest, plan):
    visitor.sign_in("hieu-truong")
    visitor.go(f"/truong/{plan.school.slug}/loi-moi/moi/")
    visitor.look("invite")
    visitor.page.get_by_label("Lò Thị Mẩy").check()
    visitor.page.get_by_label("Người khác, mỗi dòng một tên").fill("Cô Lả\nThầy An")
    visitor.page.get_by_role("button", name="Tạo giấy mời").click()
    visitor.page.wait_for_selector(".invitation-sheet")
    visitor.look("sheet")
    assert visitor.page.locator(".invitation-card").count() == 3
    card = visitor.page.locator(".invitation-card", has_text="Lò Thị Mẩy")
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", card.inner_text())[0]

    guest.go("/moi/")
    guest.look("code")
    guest.page.get_by_label("Mã mời").fill(code.lower().replace("-", " "))
    guest.page.get_by_role("button", name="Tiếp tục").click()
    guest.page.wait_for_url("**/moi/tham-gia/")
    guest.look("join")
    assert guest.page.get_by_label("Họ và tên").input_value() == "Lò Thị Mẩy"
    guest.page.get_by_label("Mật khẩu", exact=True).fill(NEW)
    guest.page.get_by_label("Gõ lại mật khẩu").fill("gõ nhầm")
    guest.page.get_by_role("button", name="Tạo tài khoản và vào trường").click()
    guest.page.get_by_text("Hai lần gõ không giống nhau").wait_for()
    guest.complaints = [line for line in guest.complaints if "422" not in line]  # the browser notes the status itself
    guest.look("join, typed wrong")
    guest.page.get_by_label("Mật khẩu", exact=True).fill(NEW)
    guest.page.get_by_label("Gõ lại mật khẩu").fill(NEW)
    guest.page.get_by_role("button", name="Tạo tài khoản và vào trường").click()
    guest.page.wait_for_url("**/viec-cua-toi/")  # the invitation named her: her own work comes first
    assert guest.page.get_by_text("Tên đăng nhập của bạn là: lothimay").is_visible()
    guest.page.goto(guest.address + f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/")
    assert guest.page.get_by_text("Rà soát kế hoạch chiến lược").first.is_visible()

    visitor.go(f"/truong/{plan.school.slug}/loi-moi/")
    visitor.look("invitations")
    assert visitor.page.get_by_text("đã vào").first.is_visible()


def test_with_the_keyboard_only(visitor, guest, plan):
    visitor.sign_in("hieu-truong")
    visitor.go(f"/truong/{plan.school.slug}/loi-moi/moi/")
    visitor.page.keyboard.press("Tab")
    walk_to(visitor, lambda: focused(visitor) == "labels")
    visitor.page.keyboard.type("Cô Lả")
    walk_to(visitor, lambda: "Tạo giấy mời" in words(visitor))
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_selector(".invitation-sheet")
    address = visitor.page.locator(".invitation-card input").input_value()

    guest.page.goto(address)
    walk_to(guest, lambda: focused(guest) == "id_full_name")
    guest.page.keyboard.type("Cầm Thị Lả")
    for typed in ("", NEW, NEW):
        guest.page.keyboard.press("Tab")
        guest.page.keyboard.type(typed)
    guest.page.keyboard.press("Enter")
    guest.page.wait_for_url("**/truong/**")
    assert guest.page.get_by_text("Tên đăng nhập của bạn là: camthila").is_visible()


def focused(visitor) -> str:
    return visitor.page.evaluate("document.activeElement?.id ?? ''")


def words(visitor) -> str:
    return visitor.page.evaluate("document.activeElement?.innerText ?? ''")


def walk_to(visitor, there, most: int = 60) -> None:
    """Tab until one is there."""
    for _ in range(most):
        if there():
            return
        visitor.page.keyboard.press("Tab")
    raise AssertionError("not reached with Tab")


def test_every_page_of_the_school_holds_on_both_widths(visitor, plan):
    from caitien.web.schools.models import Person, SchoolYear

    visitor.sign_in("hieu-truong")
    base = f"/truong/{plan.school.slug}/"
    person = Person.objects.for_school(plan.school).get(name="Lò Thị Mẩy").pk
    team = Person.objects.for_school(plan.school).get(name="Tổ chuyên môn").pk
    year = SchoolYear.objects.for_school(plan.school).first()
    for path in (
        "thong-tin/", "thong-tin/sua/", "nam-hoc/", f"nam-hoc/{year.pk}/", "diem-truong/them/", "nguoi/", "nguoi/them/", "nguoi/them-nhieu/",
        f"nguoi/{person}/", f"nguoi/{team}/", f"nguoi/{person}/sua/", f"nguoi/{person}/gop/", "thanh-vien/", "loi-moi/",
    ):  # fmt: skip
        visitor.go(base + path)
        visitor.look(path)
    for path in ("/truong/", "/tai-khoan/sessions/", "/tai-khoan/password/reset/"):
        visitor.go(path)
        visitor.look(path)


def test_the_letterhead_follows_what_is_typed(visitor, plan):
    visitor.sign_in("hieu-truong")
    visitor.go(f"/truong/{plan.school.slug}/thong-tin/sua/")
    visitor.page.get_by_label("Cơ quan chủ quản").fill("UBND xã Nậm Ngàn")
    visitor.page.locator("#the-thuc").get_by_text("UBND XÃ NẬM NGÀN").wait_for()
    visitor.look("letterhead")


def test_without_script_one_joins_too(visitor_without_script, plan):
    from uuid import uuid4

    from caitien.web.schools.invitations import Guest, invite
    from caitien.web.schools.models import Membership

    chair = Membership.objects.get(school=plan.school, role="chair")
    made = invite(plan.school, chair, [Guest("staff", label="Cô Lả")], uuid4())[0]
    guest = visitor_without_script
    guest.go(f"/moi/{made.token}/")
    guest.page.get_by_label("Họ và tên").fill("Cầm Thị Lả")
    guest.page.get_by_label("Mật khẩu", exact=True).fill(NEW)
    guest.page.get_by_label("Gõ lại mật khẩu").fill(NEW)
    guest.page.get_by_role("button", name="Tạo tài khoản và vào trường").click()
    guest.page.wait_for_url("**/truong/**")
    guest.look("the plan")
