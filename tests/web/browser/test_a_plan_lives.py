"""In a browser: a plan is submitted, approved, put in force and amended; the table of adjustments is downloaded; an old
version is opened and put back. On a laptop and on a phone."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from web.invented import make_user, plan_value

SHOTS = os.environ.get("CAITIEN_SCREENSHOTS")  # a folder, to look at the pages
pytestmark = pytest.mark.usefixtures("people")


@pytest.fixture
def plan(people):
    from caitien.web.accounts.models import User
    from caitien.web.plans.values import store

    make_user("hieu-truong", "Vàng A Chớ", people, "chair")
    return store(people, plan_value(8), User.objects.get(username="thu-ky"))


def look(visitor, name: str) -> None:
    if SHOTS:
        visitor.page.screenshot(path=Path(SHOTS) / f"{name}-{visitor.width}.png", full_page=True)
    visitor.look(name)


def as_another(visitor, name: str) -> None:
    visitor.context.clear_cookies()
    visitor.sign_in(name)


def test_from_draft_to_the_table_of_adjustments(visitor, plan):
    here = f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}"
    page = visitor.page
    visitor.sign_in()
    visitor.go(f"{here}/vong-doi/")
    look(visitor, "life-draft")
    page.get_by_label("Lời kèm theo").fill("Kính trình Hiệu trưởng")
    page.get_by_role("button", name="Trình duyệt").click()
    page.get_by_text("chờ duyệt").first.wait_for()
    look(visitor, "life-submitted")

    as_another(visitor, "hieu-truong")
    visitor.go(f"{here}/vong-doi/")
    page.get_by_label("Số của văn bản").fill("12/KH-NN")
    page.get_by_label("Ngày ký").fill("31/02/2026")
    page.get_by_role("button", name="Duyệt", exact=True).click()
    page.get_by_text("không phải là một ngày").wait_for()
    visitor.complaints.clear()  # Chromium calls the answer 422 an error
    look(visitor, "life-wrong-day")
    assert page.get_by_label("Số của văn bản").input_value() == "12/KH-NN"
    page.get_by_label("Ngày ký").fill("30/09/2025")
    page.get_by_role("button", name="Duyệt", exact=True).click()
    page.get_by_text("Kế hoạch bây giờ: đã duyệt").first.wait_for()
    page.get_by_role("button", name="Ban hành, bắt đầu thực hiện").click()
    page.get_by_text("Kế hoạch bây giờ: đang thực hiện").first.wait_for()
    look(visitor, "life-in-force")

    as_another(visitor, "thu-ky")
    visitor.go(f"{here}/dieu-chinh/")
    look(visitor, "amendments-none")
    page.get_by_label("Lý do điều chỉnh").fill("Người phụ trách chuyển trường")
    page.get_by_role("button", name="Mở đợt điều chỉnh").click()
    page.get_by_text("Đang điều chỉnh lần 1").first.wait_for()
    look(visitor, "plan-amended")
    visitor.go(f"{here}/muc/{plan.actions.first().pk}/sua/content/")
    page.locator("textarea[name=content], input[name=content]").first.fill("Rà soát chiến lược đến năm 2030")
    page.get_by_role("button", name="Lưu").first.click()
    page.get_by_text("Rà soát chiến lược đến năm 2030").first.wait_for()
    visitor.go(f"{here}/dieu-chinh/")
    look(visitor, "amendments-open")
    page.get_by_role("button", name="Xong đợt điều chỉnh").click()
    page.get_by_text("đã xong").first.wait_for()
    file = visitor.download(page.get_by_role("link", name="Word – lần 1"))
    text = zipfile.ZipFile(file).read("word/document.xml").decode()
    assert "Người phụ trách chuyển trường" in text
    assert "Rà soát chiến lược đến năm 2030" in text
    visitor.go(f"{here}/van-ban/")
    look(visitor, "documents")


def test_an_old_version_is_opened_and_put_back(visitor, plan):
    from django.utils import timezone

    from caitien.web.plans.editing import remove_actions, set_columns
    from caitien.web.plans.moments import name_of_moment

    moment = name_of_moment(timezone.now())
    first, second = plan.actions.all()[:2]
    set_columns(plan.school, first.pk, {"content": "Viết nhầm chỗ"}, user=None, reason="")
    remove_actions(plan, [second.pk], user=None)
    page = visitor.page
    visitor.sign_in()
    visitor.go(f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/cac-ban/")
    look(visitor, "versions")
    visitor.go(f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/cac-ban/{moment}/")
    look(visitor, "version")
    page.get_by_text("Khôi phục cả kế hoạch về bản này").click()
    page.get_by_role("button", name="Khôi phục", exact=True).click()
    page.get_by_text("Vừa khôi phục một bản cũ").wait_for()
    look(visitor, "restored")
    assert plan.actions.count() == 8
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_text("Đã hoàn tác việc khôi phục").wait_for()
    assert plan.actions.count() == 7


def test_without_a_script_a_plan_is_submitted_all_the_same(visitor_without_script, plan):
    visitor = visitor_without_script
    visitor.sign_in()
    visitor.go(f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/vong-doi/")
    visitor.page.get_by_role("button", name="Trình duyệt").click()
    visitor.page.get_by_text("chờ duyệt").first.wait_for()
