"""Last year's plan becomes this year's Biểu 2 in a real browser: preview, decisions by key and by click, issues, head, DOCX."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from caitien.reading import read_plan

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.django_db(transaction=True)

SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "th-suoi-lim-2025-2026.docx"
SEEDS = sorted((Path(__file__).resolve().parents[4] / "shared" / "seeds").glob("*.txt"))


def stored(people, path: Path):
    from caitien.web.accounts.models import User
    from caitien.web.plans.values import store

    return store(people, read_plan(path).plan, User.objects.get(username="thu-ky"))


def address(plan) -> str:
    return f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/"


def left(page) -> int:
    words = page.locator("#con-lai").inner_text()
    return int("".join(c for c in words if c.isdigit()) or 0)


def test_from_last_years_file_to_this_years_paper(visitor, people):
    old = stored(people, SAMPLE)
    page = visitor.page
    visitor.sign_in()
    visitor.go(address(old) + "nam-sau/")
    visitor.look("next year")
    page.get_by_role("button", name="Lập kế hoạch 2026-2027").click()
    page.wait_for_url("**/can-quyet-dinh/")
    visitor.look("decisions")
    before = left(page)
    assert before > 50

    page.keyboard.press("j")  # to the first, then agree with it
    page.keyboard.press("d")
    expect(page.locator("#con-lai")).to_contain_text(str(before - 1))
    visitor.look("one decided")
    assert page.evaluate("document.activeElement.matches('[data-decision]')")

    page.get_by_role("button", name="Nhận cả 28 đề xuất").click()
    page.wait_for_url("**vua=**")
    assert left(page) == before - 29
    page.get_by_role(
        "link", name="Sửa", exact=True
    ).first.click()  # a time that is over: it is written anew in its place
    page.get_by_role("textbox", name="Thời gian").fill("Tháng 3/2027")
    page.get_by_role("button", name="Lưu quyết định này").click()
    expect(page.locator("#con-lai")).to_contain_text(str(before - 30))

    plan_url = page.url.split("can-quyet-dinh")[0]
    page.goto(plan_url + "van-de/")
    visitor.look("issues")
    page.get_by_role("link", name="Sửa", exact=True).first.click()
    visitor.look("an issue")
    page.get_by_label("Điểm hạn chế").fill("Chưa có người theo dõi chiến lược.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.goto(plan_url + "thong-tin/van-ban/")
    visitor.look("the paper")
    page.get_by_label("Số, ký hiệu").fill("07/KH-TEST")
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    page.wait_for_url("**/thong-tin/?vua=**")
    visitor.look("the head")

    answer = page.request.get(plan_url + "xuat/tt57-bieu-2.docx")
    assert answer.ok
    tables = Document(BytesIO(answer.body())).tables
    words = "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    assert "07/KH-TEST" in words
    assert "Chưa có người theo dõi chiến lược." in words
    assert "Tháng 3/2027" in words
    assert max(len(table.rows) for table in tables) == 29 + 1


def test_rows_of_the_head_are_added_in_place(visitor, people):
    plan = stored(people, SAMPLE)
    visitor.sign_in()
    visitor.go(address(plan) + "thong-tin/to-chuc/")
    before = visitor.page.get_by_role("group", name="Dòng").count()
    visitor.page.get_by_role("button", name="Thêm dòng").click()
    expect(visitor.page.get_by_role("group", name="Dòng")).to_have_count(before + 1)
    visitor.look("a row more")


def test_pages_beside_it(visitor, people):
    plan = stored(people, SAMPLE)
    stored(people, SAMPLE.with_name("th-suoi-lim-2026-2027.docx"))
    visitor.sign_in()
    base = f"/truong/{people.slug}/ke-hoach/"
    for path in (f"{plan.pk}/thong-tin/can-cu/", f"{plan.pk}/thong-tin/giam-sat/", f"{plan.pk}/thong-tin/chung/", f"{plan.pk}/van-de/them/", "lap-moi/", "diem-yeu/"):  # fmt: skip
        visitor.go(base + path)
        visitor.look(path)


@pytest.mark.skipif(not SEEDS, reason="the case files are not here")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:8])
def test_real_plans_become_this_years_paper(client, people, path):
    from caitien.web.accounts.models import User
    from caitien.web.plans.models import Plan

    old = stored(people, path)
    client.force_login(User.objects.get(username="thu-ky"))
    client.post(address(old) + "nam-sau/", {"nam": "2026-2027" if "2025" in str(old.year) else "2024-2025", "khung": "tt57-2026-pho-thong"})  # fmt: skip
    new = Plan.objects.exclude(pk=old.pk).get()
    new.school = people
    for kind in ("criteria", "issue", "legal", "text", "period", "money"):
        client.post(address(new) + "can-quyet-dinh/", {"how": "nhan-het", "kind": kind})
    answer = client.get(address(new) + "xuat/tt57-bieu-2.docx")
    assert answer.status_code == 200
    tables = Document(BytesIO(answer.content)).tables
    assert max(len(table.rows) for table in tables) == new.actions.count() + 1
