"""Every paper of a self-assessment as a file: short ones at once, long ones as a job; what is doubtful is listed and refuses nothing."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caitien.web.assessments.editing import save
from caitien.web.assessments.models import LevelReview
from caitien.web.assessments.papers import forms_of, is_quick
from caitien.web.jobs.models import Job
from web.assessments.filled import filled
from web.assessments.made import FRAMEWORK, assess

pytestmark = pytest.mark.django_db
EARLIER = "tt17-2024-tieu-hoc"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA = tmp_path / "files", tmp_path


@pytest.fixture
def assessment(school, secretary):
    found = assess(school, secretary)
    head = {"document": {"number": "45/BC-THSL"}, "council_decision": {"number": "32/QĐ-THSL", "date": "2026-09-10"}}
    return save(found, {"head": head}, seen=1, user=secretary).row


def address(assessment, name="documents", **more):
    return reverse(
        f"assessments:{name}", kwargs={"school": assessment.school.slug, "assessment": assessment.pk, **more}
    )


def words_of(content: bytes) -> str:
    from docx import Document

    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def file_of(answer, browser) -> bytes:
    answer = browser.get(answer.headers["Location"]) if answer.status_code == 302 else answer
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("framework", [FRAMEWORK, EARLIER])
def test_every_paper_of_the_framework_is_written(browser, school, secretary, framework):
    found = assess(school, secretary, framework=framework, year="2025-2026")
    for form in forms_of(framework):
        url = address(found, "paper", form=form.id, format="docx")
        answer = browser.get(url) if is_quick(form.id) else browser.post(url)
        content = file_of(answer, browser)
        assert content[:2] == b"PK", form.id
        assert len(words_of(content)) > 200, form.id


def test_pdf_and_excel_are_written_too(browser, assessment):
    pdf = browser.get(address(assessment, "paper", form="council-decision", format="pdf"))
    assert pdf.content[:5] == b"%PDF-"
    assert 'filename="quyet-dinh-hoi-dong-2026-2027.pdf"' in pdf.headers["Content-Disposition"]
    answer = browser.post(address(assessment, "paper", form="evidence-list", format="xlsx"))
    assert file_of(answer, browser)[:2] == b"PK"


def test_the_decision_says_its_number_and_the_plan_the_schools_own_dates(browser, assessment, secretary):
    save(assessment, {"dates": {"report": "2027-06-01"}}, seen=assessment.version, user=secretary)
    decision = browser.get(address(assessment, "paper", form="council-decision", format="docx"))
    assert "32/QĐ-THSL" in words_of(decision.content)
    plan = browser.get(address(assessment, "paper", form="assessment-plan", format="docx"))
    assert "01/06/2027" in words_of(plan.content)


def test_one_sheet_is_written_at_once_and_all_of_them_as_a_job(browser, assessment, secretary):
    level = LevelReview.objects.get(review__assessment=assessment, criterion="1.3", level=1)
    save(level, {"description": "Kế hoạch có đủ."}, seen=1, user=secretary)
    url = address(assessment, "paper", form="criterion-sheet", format="docx")
    assert "Kế hoạch có đủ." in words_of(browser.get(url, {"tieu-chi": "1.3"}).content)
    assert not Job.objects.exists()
    assert "Kế hoạch có đủ." in words_of(file_of(browser.post(url), browser))
    assert Job.objects.get().label.endswith("2026-2027 (Word)")


def test_looking_writes_no_job(browser, assessment):
    answer = browser.get(address(assessment, "paper", form="tt57-bieu-1", format="docx"))
    assert answer.headers["Location"] == address(assessment)
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("form", "format", "criterion"),
    [("rubbish", "docx", ""), ("tt57-bieu-1", "xlsx", ""), ("report-2018", "docx", ""), ("criterion-sheet", "docx", "9.9"),
     ("tt57-bieu-1", "docx", "1.3")],
)  # fmt: skip
def test_what_there_is_not_is_not_found(browser, assessment, form, format, criterion):
    url = address(assessment, "paper", form=form, format=format)
    assert browser.post(url, {"tieu-chi": criterion}).status_code == 404


def test_what_is_doubtful_is_listed_with_links_and_refuses_nothing(browser, assessment, secretary):
    level = LevelReview.objects.get(review__assessment=assessment, criterion="1.3", level=1)
    save(level, {"description": "Có kế hoạch (MC.1.3.99)."}, seen=1, user=secretary)
    page = browser.get(address(assessment, "doubts"))
    one = next(one for one in page.context["doubts"].shown if one.finding.rule == "cited-but-missing")
    assert one.url == reverse("assessments:criterion", args=[assessment.school.slug, assessment.pk, "1.3"])
    council = next(one for one in page.context["doubts"].shown if one.finding.place.field == "council")
    assert council.url.endswith("/hoi-dong/")
    fragment = browser.get(address(assessment, "doubts"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert browser.post(address(assessment, "paper", form="tt57-bieu-1", format="docx")).status_code == 302


def test_pages_ask_little_whatever_the_size(browser, school, secretary, assessment):
    big = filled(school, secretary, year="2025-2026")
    counts = {}
    for name, most in (("documents", 8), ("doubts", 16)):
        for one in (assessment, big):
            browser.get(address(one, name))
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(address(one, name)).status_code == 200
            counts.setdefault(name, set()).add(len(asked))
        assert len(counts[name]) == 1
        assert max(counts[name]) <= most
