"""Looking at a file in the browser: pages as pictures, Word and Excel as words; nothing of the file itself is ever sent."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from caitien.web.evidence import looking, seen_before, services
from caitien.web.evidence.indexing import read_words
from caitien.web.evidence.models import Opening, StoredFile
from web.evidence import files
from web.evidence.rows import make_evidence, stored
from web.invented import make_user

SAMPLES = Path(__file__).parents[3] / "samples"
PDF = (SAMPLES / "thpt-nam-hai-2025-2026.pdf").read_bytes()
DOCX = (SAMPLES / "thcs-bau-sen-2026-2027.docx").read_bytes()
XLSX = (SAMPLES / "mn-hoa-ban-2025-2026.xlsx").read_bytes()


def attached(school, content, kind, name, **fields):
    row = make_evidence(school, "Kế hoạch cải tiến", "1.1", **fields)
    return services.attach_file(row, stored(school, content, kind), name, None)


def address(name, one, *more):
    return reverse(f"evidence:{name}", args=[one.school.slug, one.pk, *more])


def words(response):
    return unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def paper(school):
    return attached(school, PDF, "pdf", "Kế hoạch.pdf")


def test_a_pdf_is_shown_as_pictures_of_its_pages(browser, paper):
    shown = browser.get(address("file_view", paper)).content.decode()
    assert re.findall(r'src="([^"]*/trang/\d+/)"', shown) == [
        address("file_page", paper, number) for number in (1, 2, 3)
    ]
    picture = browser.get(address("file_page", paper, 2))
    assert picture["Content-Type"] in ("image/png", "image/webp")
    assert max(Image.open(io.BytesIO(picture.content)).size) == 1600
    assert max(Image.open(io.BytesIO(browser.get(address("file_page", paper, 2) + "?co=lon").content)).size) == 2600


def test_a_page_is_drawn_once(browser, paper, monkeypatch):
    assert browser.get(address("file_page", paper, 1)).status_code == 200
    monkeypatch.setattr(looking, "draw_guarded", None)
    for number in (1, 2, 3):  # those after it too
        assert browser.get(address("file_page", paper, number)).status_code == 200


@pytest.mark.parametrize("path", ["trang/0/", "trang/4/", "trang/99999999999999999999/", "trang/1/?co=to"])
def test_a_page_that_is_not_there_is_not_found(browser, paper, path):
    assert browser.get(address("file_view", paper) + path).status_code == 404


def test_pictures_are_inert_and_kept_by_the_browser_of_who_saw_them(browser, paper):
    picture = browser.get(address("file_page", paper, 1))
    assert picture["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in picture["Content-Security-Policy"]
    assert "private" in picture["Cache-Control"]


def test_the_strict_policy_of_the_page_is_not_loosened(browser, paper):
    policy = browser.get(address("file_view", paper))["Content-Security-Policy"]
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_long_file_is_shown_ten_pages_at_a_time(browser, school, tmp_path):
    from reading.bad_input.bad_files import pdf_of_many_pages

    one = attached(school, pdf_of_many_pages(tmp_path / "a.pdf", 23).read_bytes(), "pdf", "dài.pdf")

    def numbers(query):
        return re.findall(r'id="trang-(\d+)"', browser.get(address("file_view", one) + query).content.decode())

    assert numbers("") == [str(number) for number in range(1, 11)]
    assert numbers("?trang=15") == [str(number) for number in range(11, 21)]
    assert numbers("?trang=999") == ["21", "22", "23"]
    assert numbers("?trang=x") == numbers("?trang=-3") == numbers("")


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"])
def test_a_picture_is_drawn_anew(browser, school, format):
    kind = {"JPEG": "jpg", "TIFF": "tif"}.get(format, format.lower())
    content = files.picture(format, (300, 200))
    one = attached(school, content, kind, f"ảnh.{kind}")
    assert "/trang/1/" in browser.get(address("file_view", one)).content.decode()
    drawn = browser.get(address("file_page", one, 1))
    assert Image.open(io.BytesIO(drawn.content)).size == (300, 200)
    assert drawn.content != content


def test_where_a_photograph_was_taken_is_not_shown_on(browser, school):
    image = Image.new("RGB", (200, 100), "teal")
    exif = image.getexif()
    exif[0x010F], exif[274] = "Máy ảnh của cô Mẩy", 6  # its maker; held upright
    image.save(out := io.BytesIO(), "JPEG", exif=exif)
    one = attached(school, out.getvalue(), "jpg", "ảnh.jpg")
    drawn = Image.open(io.BytesIO(browser.get(address("file_page", one, 1)).content))
    assert drawn.size == (100, 200)
    assert not drawn.getexif()


def test_a_word_file_is_shown_as_paragraphs_and_tables(browser, school):
    shown = browser.get(address("file_view", attached(school, DOCX, "docx", "Kế hoạch.docx")))
    assert "TRƯỜNG THCS BÀU SEN" in words(shown)
    assert shown.content.decode().count('<table class="file-table">') >= 2


def test_merged_cells_stay_merged(browser, school):
    content = (SAMPLES / "thpt-dong-giang-2025-2026.docx").read_bytes()
    shown = browser.get(address("file_view", attached(school, content, "docx", "Kế hoạch.docx"))).content.decode()
    assert len(re.findall(r'<td rowspan="\d+"', shown)) == 30
    assert len(re.findall(r'colspan="\d+"', shown)) == 15


def test_a_sheet_is_shown_as_a_table(browser, school):
    shown = browser.get(address("file_view", attached(school, XLSX, "xlsx", "Kế hoạch.xlsx")))
    assert "TRƯỜNG MẦM NON HOA BAN" in words(shown)
    assert "Biện pháp thực hiện" in words(shown)


def test_a_large_sheet_is_shown_in_parts(browser, school):
    from openpyxl import Workbook

    book = Workbook()
    for row in range(700):
        book.active.append([f"học sinh {row}", "6A", row])
    book.save(out := io.BytesIO())
    one = attached(school, out.getvalue(), "xlsx", "danh sách.xlsx")
    first, second = (words(browser.get(address("file_view", one) + query)) for query in ("", "?trang=2"))
    assert "Phần 1/2" in first
    assert "học sinh 0 " in first
    assert "học sinh 699" not in first
    assert "học sinh 699" in second


def test_what_stands_in_a_file_is_never_html(browser, school):
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    for content, kind in (
        (files.docx(evil), "docx"),
        (files.xlsx(evil), "xlsx"),
        (f"a,b\n{evil},c".encode(), "csv"),
        (evil.encode(), "txt"),
    ):
        one = attached(school, content, kind, f"{evil}.{kind}"[:200])
        for query in ("", "?tim=alert", "?tim=<script>"):
            shown = browser.get(address("file_view", one) + query).content.decode()
            assert "<script>alert" not in shown
            assert "<img src=x" not in shown
        assert evil in words(browser.get(address("file_view", one))).replace("&lt;", "<") or "alert(1)" in shown


def test_text_and_csv_are_shown(browser, school):
    text = attached(school, "Biên bản họp\n\nThống nhất".encode(), "txt", "a.txt")
    assert "<p>Biên bản họp</p><p>Thống nhất</p>" in browser.get(address("file_view", text)).content.decode()
    table = attached(school, "Họ tên;Lớp\nLò Thị Mẩy;6A\n".encode(), "csv", "a.csv")
    assert "<td>Lò Thị Mẩy</td><td>6A</td>" in browser.get(address("file_view", table)).content.decode()


def test_words_that_were_searched_for_are_marked(browser, school):
    one = attached(school, DOCX, "docx", "Kế hoạch.docx")
    assert "<mark>BÀU</mark>" in browser.get(address("file_view", one) + "?tim=bau+sen").content.decode()


def test_the_pages_are_told_on_which_the_words_stand(browser, paper):
    read_words(paper.file)
    shown = browser.get(address("file_view", paper) + "?tim=nam+h%E1%BA%A3i").content.decode()
    assert "trang=1#trang-1" in shown
    assert "trang=9" not in shown


def test_the_words_inside_can_be_read_without_the_pictures(browser, paper):
    read_words(paper.file)
    shown = words(browser.get(address("file_view", paper) + "?xem=chu"))
    assert "TRƯỜNG THPT NAM HẢI" in shown
    assert "Phần 1/3" in shown


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        (b"%PDF-1.4 cut off", "pdf", "Tệp hỏng"),
        (files.written("co-mat-khau.pdf"), "pdf", "đặt mật khẩu"),
        (b"\xff\xd8\xff" + b"x" * 99, "jpg", "Tệp hỏng"),
        (b"PK\x03\x04 broken", "docx", "Tệp hỏng"),
        (files.docx(""), "docx", "Không xem được"),
        (files.written("bien-ban.doc"), "doc", "không xem được ngay trên trang"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(50), "mp4", "không xem được ngay trên trang"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(50), "heic", "không xem được ngay trên trang"),
    ],
    ids=["pdf-broken", "pdf-locked", "jpg-broken", "docx-broken", "docx-empty", "doc", "film", "heic"],
)
def test_what_cannot_be_shown_says_so_and_can_be_taken(browser, school, content, kind, said):
    one = attached(school, content, kind, f"tệp.{kind}")
    shown = browser.get(address("file_view", one))
    assert shown.status_code == 200
    assert said in words(shown)
    assert address("file", one) in shown.content.decode()


def test_a_file_that_is_gone_from_the_storage_says_whom_to_tell(browser, paper):
    paper.file.content.storage.delete(paper.file.content.name)
    assert "người quản lý máy chủ" in words(browser.get(address("file_view", paper)))
    assert browser.get(address("file", paper)).status_code == 404


def test_taking_a_file_is_always_an_attachment_with_the_type_that_we_found(browser, paper):
    taken = browser.get(address("file", paper))
    assert b"".join(taken.streaming_content) == PDF
    assert taken["Content-Disposition"].startswith("attachment")
    assert taken["Content-Type"] == "application/pdf"
    assert taken["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in taken["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["file_view", "file", "file_page"])
def test_sensitive_files_are_opened_by_those_who_may_and_each_opening_is_logged(
    name, browser, secretary, school, paper
):
    services.save_fields(school, paper.evidence_id, {"sensitive": True}, seen=paper.evidence.version, user=secretary)
    teacher = Client()
    teacher.force_login(make_user("gv", "Vi Văn Tấn", school, "member"))
    more = [1] if name == "file_page" else []
    assert teacher.get(address(name, paper, *more)).status_code == 403
    assert not Opening.objects.exists()
    opened = browser.get(address(name, paper, *more))
    assert opened.status_code == 200
    assert [(line.by, line.what) for line in Opening.objects.all()] == [
        (secretary, "download" if name == "file" else "view")
    ]
    if name != "file_view":
        assert "no-store" in opened["Cache-Control"]


def test_turning_pages_is_one_opening(browser, secretary, school, paper):
    services.save_fields(school, paper.evidence_id, {"sensitive": True}, seen=paper.evidence.version, user=secretary)
    browser.get(address("file_view", paper))
    for number in (1, 2, 3):
        browser.get(address("file_page", paper, number))
    assert Opening.objects.count() == 1
    browser.get(address("file_view", paper) + "?xem=chu")
    assert [line.what for line in Opening.objects.order_by("at")] == ["view", "text"]


@pytest.mark.parametrize("name", ["file_view", "file", "file_page"])
def test_what_was_taken_away_is_not_found_but_an_older_version_is(name, browser, school, secretary, paper):
    more = [1] if name == "file_page" else []
    newer = services.attach_file(
        paper.evidence, stored(school, files.pdf(), "pdf"), "mới.pdf", secretary, replaces=paper
    )
    assert browser.get(address(name, paper, *more)).status_code == 200
    if name == "file_view":
        assert "bản cũ" in words(browser.get(address(name, paper)))
    services.remove_attachment(newer, secretary)
    assert browser.get(address(name, newer, *more)).status_code == 404


def test_a_link_is_no_file(browser, school, secretary):
    link = services.attach_link(make_evidence(school, "Phim"), "https://phim.example.vn/1", "Phim", secretary)
    assert browser.get(address("file_view", link)).status_code == 404


@pytest.mark.parametrize("name", ["file_view", "file", "file_page"])
def test_what_has_a_virus_is_not_opened(name, browser, paper):
    StoredFile.objects.update(scan="infected", scan_note="Eicar")
    assert browser.get(address(name, paper, *([1] if name == "file_page" else []))).status_code == 409


def test_words_are_read_again_when_asked(browser, school, monkeypatch):
    monkeypatch.setenv("CAITIEN_TESSERACT", "there-is-no-such-program")
    one = attached(school, files.picture(), "jpg", "ảnh.jpg")
    read_words(one.file)
    assert "sudo apt install" in words(browser.get(address("file_view", one)))
    monkeypatch.delenv("CAITIEN_TESSERACT")
    monkeypatch.setattr("caitien.web.evidence.indexing.file_words", lambda *a, **k: looking.file_words(b"a"))
    assert browser.post(address("file_read_again", one)).status_code == 302
    one.file.refresh_from_db()
    assert (one.file.text, one.file.text_code) == ("a", "")


def test_the_page_asks_the_database_a_constant_number_of_times(browser, school, secretary, paper):
    url = address("file_view", paper)

    def count():
        browser.get(url)
        with CaptureQueriesContext(connection) as queries:
            browser.get(url)
        return len(queries)

    before = count()
    for number in range(8):
        services.attach_file(
            paper.evidence, stored(school, files.docx(str(number)), "docx"), f"{number}.docx", secretary
        )
    assert count() == before <= 12


def test_what_was_made_for_the_screen_goes_when_it_is_old_or_too_much(paper):
    seen_before.keep(paper.file, "1", b"x" * 100)
    seen_before.keep(paper.file, "2", b"x" * 100)
    assert seen_before.sweep(most=1000) == 0
    assert seen_before.sweep(most=150) == 1
    assert seen_before.sweep(stay=-1) == 1
    assert seen_before.kept(paper.file, "1") is seen_before.kept(paper.file, "2") is None
