"""Every document of a plan has its place: the plan, the report of a day, the adjustments, the sheet of an action."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from caitien.web.plans.editing import change
from caitien.web.plans.life import start_amendment
from caitien.web.plans.models import Action, Plan, ProgressEntry, ProgressPhoto
from caitien.web.plans.values import store
from web.invented import plan_value
from web.test_queries_are_constant import MOST, count

BEGINS = {"docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "pdf": b"%PDF-"}


def page(plan, name: str, *more) -> str:
    return reverse(f"plans:{name}", args=[plan.school.slug, plan.pk, *more])


def words_of(response) -> str:
    return zipfile.ZipFile(io.BytesIO(response.content)).read("word/document.xml").decode()


def report(browser, plan, day: str, format: str = "docx"):
    return browser.get(page(plan, "report"), {"ngay": day, "kieu": format})


@pytest.fixture
def reported(plan, secretary):
    """An action of which somebody reported, with two photographs."""
    action = plan.actions.first()
    entry = ProgressEntry.objects.create(
        school=plan.school, action=action, author=secretary, on="2025-10-02", status="in_progress", text="Đã họp tổ"
    )
    for number in range(2):
        ProgressPhoto.objects.create(
            school=plan.school, entry=entry, content=f"x{number}", content_type="image/jpeg", size=1, sha256="a", width=1, height=1
        )  # fmt: skip
    return action


def test_the_page_offers_every_document(browser, plan, secretary):
    Plan.objects.filter(pk=plan.pk).update(state="in_force")
    amendment = start_amendment(Plan.objects.select_related("school").get(pk=plan.pk), "Vì", user=secretary)
    html = browser.get(page(plan, "documents")).content.decode()
    for format in BEGINS:
        assert page(plan, "export", "tt57-bieu-2", format) in html
        assert page(plan, "amendments_file", format) in html
        assert page(plan, "amendment_file", amendment.pk, format) in html
        assert page(plan, "action_sheet", plan.actions.first().pk, format) in html
    assert page(plan, "report") in html


@pytest.mark.parametrize("format", BEGINS)
def test_the_sheet_of_an_action(browser, plan, reported, format):
    response = browser.get(page(plan, "action_sheet", reported.pk, format))
    assert response.content.startswith(BEGINS[format])
    assert f'filename="phieu-theo-doi-2025-2026-muc-1.{format}"' in response.headers["Content-Disposition"]


def test_the_sheet_tells_what_was_reported(browser, plan, reported):
    text = words_of(browser.get(page(plan, "action_sheet", reported.pk, "docx")))
    for words in ("Đã họp tổ", "02/10/2025", "Lò Thị Mẩy", "(2 ảnh)", "PHIẾU THEO DÕI"):
        assert words in text


@pytest.mark.parametrize("format", BEGINS)
def test_the_report_is_named_as_a_report(browser, plan, format):
    response = report(browser, plan, f"{timezone.localdate():%d/%m/%Y}", format)
    assert response.content.startswith(BEGINS[format])
    assert f'filename="bao-cao-ket-qua-thuc-hien-2025-2026.{format}"' in response.headers["Content-Disposition"]


def test_the_report_counts_photographs_and_ticks(browser, plan, reported, secretary):
    mark = {"text": reported.measures[0], "on": "2025-10-02", "by": "Mẩy"}
    change(plan.school, reported.pk, lambda row: {"measures_done": [mark]}, user=secretary)
    text = words_of(report(browser, plan, f"{timezone.localdate():%d/%m/%Y}"))
    assert "2 ảnh." in text
    assert "Đã làm 1/2 biện pháp." in text


def test_the_report_of_a_former_day_tells_how_it_stood_then(browser, plan, secretary):
    """The plan came in a week ago; since yesterday the first action is done."""
    for model, days in ((Action, 7), (Plan, 7)):
        model.history.update(history_date=timezone.now() - timezone.timedelta(days=days))
    action = plan.actions.first()
    change(plan.school, action.pk, lambda row: {"result": "Xong từ hôm nay", "progress_status": "done"}, user=secretary)
    day = timezone.localdate() - timezone.timedelta(days=2)
    response = report(browser, plan, f"{day:%d/%m/%Y}")
    then, now = words_of(response), words_of(report(browser, plan, f"{timezone.localdate():%d/%m/%Y}"))
    assert f"tính đến ngày {day:%d/%m/%Y}" in then
    assert "Xong từ hôm nay" not in then
    assert "Xong từ hôm nay" in now
    assert f"-den-{day:%Y-%m-%d}.docx" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("day", ["31/02/2026", "hôm qua", "", "10/2025"])
def test_a_day_that_is_none_is_asked_again(browser, plan, day):
    response = report(browser, plan, day)
    assert response.status_code == 422
    assert day in response.content.decode()


def test_a_day_before_the_plan_was_there_says_so(browser, plan):
    response = report(browser, plan, "01/09/2001")
    assert response.status_code == 422
    assert "chưa có kế hoạch này" in response.content.decode()


@pytest.mark.parametrize("format", BEGINS)
def test_a_draft_says_so_only_when_it_is_asked_to(browser, plan, format):
    url = page(plan, "export", "tt57-bieu-2", format)
    draft = browser.get(url, {"du-thao": ""})
    assert draft.content.startswith(BEGINS[format])
    assert f"-du-thao.{format}" in draft.headers["Content-Disposition"]
    if format == "docx":
        assert "(DỰ THẢO)" in words_of(draft)
        assert "(DỰ THẢO)" not in words_of(browser.get(url))


def test_a_plan_in_force_is_no_draft(browser, plan):
    Plan.objects.filter(pk=plan.pk).update(state="in_force")
    assert "du-thao" not in browser.get(page(plan, "documents")).content.decode()


@pytest.mark.parametrize(("name", "more"), [("report", ()), ("action_sheet", ("exe",)), ("amendments_file", ("exe",))])
def test_a_format_that_does_not_exist_is_not_found(browser, plan, name, more):
    keys = (plan.actions.first().pk, *more) if name == "action_sheet" else more
    assert browser.get(page(plan, name, *keys), {"ngay": "01/12/2026", "kieu": "exe"}).status_code == 404


def test_the_page_asks_a_constant_number_of_times(browser, school, secretary):
    found = [count(browser, page(store(school, plan_value(rows), secretary), "documents")) for rows in (5, 60)]
    assert found[0] == found[1] <= MOST
