"""The plan leaves as an official document: every form, every format, a name that every computer can write."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse

from caitien.web.plans.forms_of_documents import file_name, forms, with_letterhead
from caitien.web.plans.values import store
from web.invented import make_school, plan_value

BEGINS = {"docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "pdf": b"%PDF-"}


@pytest.mark.parametrize("form", ["tt57-bieu-2", "plan-progress", "plan-weakness"])
@pytest.mark.parametrize("format", ["docx", "pdf", "xlsx"])
def test_every_form_in_every_format(browser, plan, form, format):
    response = browser.get(reverse("plans:export", args=[plan.school.slug, plan.pk, form, format]))
    assert response.status_code == 200
    assert response.content.startswith(BEGINS[format])
    words = {"plan-progress": "theo-tien-do", "plan-weakness": "theo-diem-yeu"}.get(form, form)
    name = f"ke-hoach-cai-tien-2025-2026-{words}.{format}"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_document_says_what_the_page_says(browser, plan):
    content = browser.get(reverse("plans:export", args=[plan.school.slug, plan.pk, "tt57-bieu-2", "docx"])).content
    text = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert "Rà soát kế hoạch chiến lược" in text
    assert "SÔNG LAM" in text.upper()


@pytest.mark.parametrize(("form", "format"), [("khong-co", "docx"), ("tt57-bieu-2", "exe")])
def test_a_form_that_does_not_exist_is_not_found(browser, plan, form, format):
    assert browser.get(reverse("plans:export", args=[plan.school.slug, plan.pk, form, format])).status_code == 404


def test_the_menu_offers_every_form_of_the_library(browser, plan):
    html = browser.get(reverse("plans:plan", args=[plan.school.slug, plan.pk])).content.decode()
    assert {"tt57-bieu-2", "plan-progress", "plan-weakness"} <= set(forms())
    for form in forms():
        for format in BEGINS:
            assert f"xuat/{form}.{format}" in html


def test_the_schools_letterhead_fills_what_the_file_did_not_say(db):
    school = make_school("x", "Trường X", place="Đồi Cọ", parent_body="UBND xã Đồi Cọ", head_name="Bàn Thị Mùi")
    value = plan_value()
    value.document.place = "Suối Reo"
    filled = with_letterhead(value, school)
    assert (filled.document.place, filled.document.parent_body) == ("Suối Reo", "UBND xã Đồi Cọ")
    assert (filled.document.signer.name, filled.document.signer.role) == ("Bàn Thị Mùi", "Hiệu trưởng")
    assert filled.school.name == "Trường X"
    assert value.document.parent_body is None


def test_a_strange_school_year_makes_no_strange_file_name():
    value = plan_value().model_copy(update={"school_year": '../"2025"\r\n'})
    assert file_name(value, "tt57-bieu-2", "pdf") == "ke-hoach-cai-tien-2025-tt57-bieu-2.pdf"
    assert file_name(value, "plan-weakness", "docx") == "ke-hoach-cai-tien-2025-theo-diem-yeu.docx"


def test_a_plan_without_actions_can_be_written(browser, school, secretary):
    plan = store(school, plan_value(0), secretary)
    assert browser.get(reverse("plans:export", args=[school.slug, plan.pk, "tt57-bieu-2", "docx"])).status_code == 200
