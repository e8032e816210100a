"""A file comes in and is read; a bad one gets one sentence and leaves no trace; the same one says so."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from caitien.web.documents import intake, views
from caitien.web.documents.models import Import, ImportedFile
from reading.bad_input import bad_files as bad

SAMPLES = Path(__file__).parents[3] / "samples"
PDF, TEXT = SAMPLES / "th-an-khe-bac-2025-2026.pdf", SAMPLES / "th-dong-vang-2025-2026.txt"


@pytest.fixture
def upload_page(school) -> str:
    return reverse("documents:upload", args=[school.slug])


def send(browser, address: str, name: str, content: bytes, **more):
    return browser.post(address, {"file": SimpleUploadedFile(name, content), **more})


def words(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def no_trace(folder: Path) -> bool:
    return not ImportedFile.objects.exists() and not Import.objects.exists() and not list(folder.rglob("*.*"))


def test_a_plan_is_read_and_its_review_opens(browser, upload_page):
    response = send(browser, upload_page, "kế hoạch.txt", TEXT.read_bytes())
    imported = Import.objects.get()
    assert response["Location"].endswith(f"/nhap/{imported.pk}/")
    assert imported.file.name == "kế hoạch.txt"
    assert len(imported.plan_value["actions"]) == 16


TCVN3 = "KÕ ho¹ch c¶i tiÕn chÊt l­îng gi¸o dôc n¨m häc cña tr­êng tiÓu häc, hiÖu tr­ëng phô tr¸ch."
NO_PLAN = (
    "<w:tbl><w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>" for t in "abc") + "</w:tr></w:tbl>"
)
BAD_FILES = {
    "an empty file": lambda p: p.write_bytes(b""),
    "a picture renamed .docx": lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200)),
    "a PDF with a password": lambda p: bad.locked_pdf(p, "matkhau"),
    "a Word file without a table": lambda p: bad.docx(p),
    "a table without a known column": lambda p: bad.docx(p, NO_PLAN),
    "a PDF of 5,000 pages": lambda p: bad.pdf_of_many_pages(p, 5000),
    "a zip bomb": lambda p: bad.docx(p, b"<a>" + b" " * 30_000_000 + b"</a>"),
    "a Word file with macros": lambda p: bad.docx(p, type=bad.WORD_MACRO, extra={"word/vbaProject.bin": b"x"}),
    "invalid UTF-8": lambda p: p.write_bytes(b"K\xff\xfe\x81 ho\xc3\x28ch " * 50),
    "an old font": lambda p: p.write_text(TCVN3 * 5, encoding="utf-8"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_gets_one_sentence_and_leaves_no_trace(browser, upload_page, own_folder, tmp_path, kind):
    BAD_FILES[kind](tmp_path / "tep.docx")
    response = send(browser, upload_page, "tep.docx", (tmp_path / "tep.docx").read_bytes())
    assert response.status_code == 422
    said = html.unescape(re.search(r"Chưa đọc được tệp này</p><p>(.+?)</p>", response.content.decode(), re.DOTALL)[1])
    assert said.endswith(".")
    assert len(said) > 40
    assert no_trace(own_folder)


def test_a_form_without_a_file_says_what_to_do(browser, upload_page):
    response = browser.post(upload_page)
    assert response.status_code == 422
    assert "Chưa chọn tệp" in words(response)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(browser, upload_page, monkeypatch, own_folder):
    monkeypatch.setattr(views, "most_bytes", lambda: 1024 * 1024)

    def read(*_):
        raise AssertionError("the body was read")

    monkeypatch.setattr("django.http.request.HttpRequest._load_post_and_files", read)
    response = send(browser, upload_page, "lon.pdf", bytes(2 * 1024 * 1024))
    assert response.status_code == 422
    assert "vượt mức 1 MB" in words(response)
    assert no_trace(own_folder)


def test_a_form_of_another_site_is_refused(secretary, upload_page):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(secretary)
    assert send(strict, upload_page, "a.txt", TEXT.read_bytes()).status_code == 403
    assert not Import.objects.exists()


def test_the_same_file_twice_leads_to_the_half_finished_import(browser, upload_page):
    send(browser, upload_page, "a.txt", TEXT.read_bytes())
    response = send(browser, upload_page, "b.txt", TEXT.read_bytes())
    assert "Tệp này đã được tải lên" in words(response)
    assert "Tiếp tục duyệt" in words(response)
    assert Import.objects.count() == 1


def test_the_same_file_again_leads_to_the_plan_it_became(browser, upload_page, secretary):
    send(browser, upload_page, "a.txt", TEXT.read_bytes())
    plan = intake.accept(Import.objects.get(), secretary)
    response = send(browser, upload_page, "b.txt", TEXT.read_bytes())
    assert f"/ke-hoach/{plan.pk}/" in response.content.decode()
    assert Import.objects.count() == 1


def test_a_file_whose_plan_is_gone_can_be_read_again(browser, upload_page, secretary):
    send(browser, upload_page, "a.txt", TEXT.read_bytes())
    intake.accept(Import.objects.get(), secretary).delete()
    assert send(browser, upload_page, "b.txt", TEXT.read_bytes()).status_code == 302


def test_the_same_file_in_another_school_is_another_file(browser, secretary, upload_page, other_school):
    from caitien.web.schools.models import Membership

    Membership.objects.create(school=other_school, user=secretary, role="secretary")
    send(browser, upload_page, "a.txt", TEXT.read_bytes())
    response = send(browser, reverse("documents:upload", args=[other_school.slug]), "a.txt", TEXT.read_bytes())
    assert response.status_code == 302
    assert ImportedFile.objects.count() == 2


def test_the_original_is_downloaded_never_shown(browser, upload_page, school):
    send(browser, upload_page, "kế hoạch.txt", TEXT.read_bytes())
    response = browser.get(reverse("documents:original", args=[school.slug, Import.objects.get().pk]))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == TEXT.read_bytes()


def test_what_the_browser_says_of_the_type_is_not_believed(browser, upload_page, school):
    file = SimpleUploadedFile("a.txt", TEXT.read_bytes(), content_type="text/html")
    browser.post(upload_page, {"file": file})
    response = browser.get(reverse("documents:original", args=[school.slug, Import.objects.get().pk]))
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_a_page_of_a_pdf_is_a_picture_and_goes_away_with_the_import(
    browser, upload_page, school, own_folder, django_capture_on_commit_callbacks
):
    send(browser, upload_page, "a.pdf", PDF.read_bytes())
    key = Import.objects.get().pk
    picture = reverse("documents:page", args=[school.slug, key])
    response = browser.get(picture, {"so": "1"})
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
    assert browser.get(picture, {"so": "99"}).status_code == 404
    page = browser.get(reverse("documents:review", args=[school.slug, key]), {"muc": "1"}).content.decode()
    assert '<rect class="box-row"' in page
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("documents:discard", args=[school.slug, key]))
    assert not [path for path in own_folder.rglob("*") if path.is_file()]


def test_the_list_shows_what_became_of_each_file(browser, upload_page, school):
    send(browser, upload_page, "kế hoạch.txt", TEXT.read_bytes())
    page = words(browser.get(reverse("documents:list", args=[school.slug])))
    assert "kế hoạch.txt" in page
    assert "Chờ duyệt" in page
