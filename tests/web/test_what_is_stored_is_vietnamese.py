"""Whatever language the reader chose, what a school keeps is in Vietnamese: the plan, its history, its documents."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.urls import reverse

import caitien.web
from caitien.web.plans.forms_of_documents import forms
from caitien.web.plans.models import Plan
from web.test_an_empty_plan_begins import years

WEB = Path(caitien.web.__file__ or "").parent
ASKS = {"_", "gettext"}


@pytest.fixture
def reader(browser):
    """A secretary who reads English."""
    browser.cookies["django_language"] = "en"
    return browser


def test_the_history_keeps_vietnamese_and_is_read_in_either_language(reader, plan):
    row = plan.actions.first()
    address = [plan.school.slug, plan.pk, row.pk]
    reader.post(reverse("plans:progress", args=address), {"on": "2025-11-20", "status": "done", "text": "Đã họp tổ."})
    assert row.history.first().history_change_reason == "Cập nhật tiến độ"
    assert "· Report progress" in reader.get(reverse("plans:action", args=address)).content.decode()
    reader.cookies["django_language"] = "vi"
    assert "· Cập nhật tiến độ" in reader.get(reverse("plans:action", args=address)).content.decode()


def test_a_new_plan_of_an_english_reader_holds_no_english(reader, school):
    sent = {
        "nam": years()[0],
        "khung": "tt57-2026-pho-thong",
        "san": ["legal_bases", "purposes", "organisation", "monitoring"],
    }
    assert reader.post(reverse("plans:new", args=[school.slug]), sent).status_code == 302
    plan = Plan.objects.get()
    assert plan.head["monitoring"][0]["content"].startswith("Tiến độ, kết quả từng mục")
    assert plan.events.get().note.startswith("từ khung")


@pytest.mark.parametrize("module", sorted(WEB.glob("**/*.py")), ids=lambda path: str(path.relative_to(WEB)))
def test_no_reason_is_stored_in_the_readers_language(module):
    """`reason=_("…")` would write English into the history: say it with `gettext_noop`, and read it with `said`."""
    told = []
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if (isinstance(node, ast.keyword) and node.arg in ("reason", "note", "default_change_reason")) or (
            isinstance(node, ast.Assign)
            and any(getattr(t, "id", getattr(t, "attr", "")) in ("reason", "_change_reason") for t in node.targets)
        ):
            told.append(node.value)
    asked = [
        call
        for value in told
        for call in ast.walk(value)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ASKS
    ]
    assert [ast.unparse(call) for call in asked] == []


def words_in(response) -> str:
    """The text of a DOCX that was downloaded."""
    with ZipFile(BytesIO(b"".join(response) if response.streaming else response.content)) as file:
        return re.sub(r"<[^>]+>", " ", file.read("word/document.xml").decode())


def test_documents_are_the_same_whatever_language_their_reader_chose(reader, plan):
    row = plan.actions.first()
    reader.post(
        reverse("plans:progress", args=[plan.school.slug, plan.pk, row.pk]),
        {"on": "2025-11-20", "status": "done", "text": "Đã họp."},
    )
    of_plan = [plan.school.slug, plan.pk]
    papers = [reverse("plans:export", args=[*of_plan, form, "docx"]) for form in forms()]
    papers.append(reverse("plans:action_sheet", args=[*of_plan, row.pk, "docx"]))
    english = [words_in(reader.get(paper)) for paper in papers]
    reader.cookies["django_language"] = "vi"
    assert english == [words_in(reader.get(paper)) for paper in papers]
