"""An administrator attaches the circular: it is read apart, compared, shown beside the summary, and can be taken off."""

from __future__ import annotations

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from standards.circular_texts import of_2026

NEW = "tt57-2026-pho-thong"
PAGE = f"/khung-tieu-chuan/{NEW}/van-ban/"


def word_file(lines: list[str]) -> bytes:
    document, buffer = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(buffer)
    return buffer.getvalue()


def send(browser, name: str, content: bytes, **more):
    return browser.post(PAGE, {"file": SimpleUploadedFile(name, content)}, **more)


@pytest.fixture
def circular() -> bytes:
    return word_file(of_2026())


def test_it_is_read_compared_and_shown_beside_the_summary(admin_browser, circular, read):
    words = read(send(admin_browser, "thông tư bịa.docx", circular, follow=True))
    assert "Thấy 15 trong 15 tiêu chí" in words
    assert "thông tư bịa.docx, Vàng A Lềnh gắn lúc" in words
    assert "Tên khác với tên đang dùng" in words
    assert "văn bản nói khác cách đang dùng “Tự đánh giá, cải tiến chất lượng, công khai" in words
    assert "văn bản xác nhận cách đang dùng" in words
    criterion = read(admin_browser.get(reverse("frameworks:criterion", args=[NEW, "1.3"])))
    assert "Lời bịa II 1.3 ở mức cao." in criterion
    assert "Tóm tắt của Cải Tiến" in criterion


def test_everybody_sees_it_then_and_the_paper_has_it(admin_browser, browser, circular, read):
    send(admin_browser, "a.docx", circular)
    assert "Lời bịa II 1.3 ở mức cao." in read(browser.get(reverse("frameworks:criterion", args=[NEW, "1.3"])))
    paper = docx.Document(io.BytesIO(browser.get(reverse("frameworks:checklist", args=[NEW, "docx"])).content))
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    assert "Lời bịa II 1.3 ở mức cao." in cells


def test_what_is_not_found_is_named(admin_browser, read):
    lines = [line for line in of_2026() if "3.2" not in line]
    words = read(send(admin_browser, "thieu.docx", word_file(lines), follow=True))
    assert "Thấy 14 trong 15 tiêu chí" in words
    assert "Không thấy: 3.2" in words


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.docx", b"\x89PNG\r\n\x1a\n" + bytes(100), "."),
        ("a.txt", "Thông báo nghỉ Tết năm nay của nhà trường.\n".encode() * 20, "Không thấy tiêu chí nào"),
        ("a.pdf", b"", "."),
    ],
)
def test_a_file_that_is_no_circular_gets_one_sentence_and_changes_nothing(
    admin_browser, circular, data, read, name, content, sentence
):
    send(admin_browser, "tot.docx", circular)
    kept = {path.name: path.read_bytes() for path in (data / "official").iterdir()}
    response = send(admin_browser, name, content)
    assert response.status_code == 422
    assert "Chưa gắn được tệp này" in read(response)
    assert sentence in read(response).split("Chưa gắn được tệp này")[1]
    assert {path.name: path.read_bytes() for path in (data / "official").iterdir()} == kept


def test_a_form_without_a_file_says_what_to_do(admin_browser, read):
    response = admin_browser.post(PAGE)
    assert response.status_code == 422
    assert "Chưa chọn tệp" in read(response)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(admin_browser, monkeypatch, read):
    from caitien.web.frameworks.views import attach

    monkeypatch.setattr(attach, "most_bytes", lambda: 1024)
    monkeypatch.setattr(
        "django.http.request.HttpRequest._load_post_and_files", lambda *_: pytest.fail("the body was read")
    )
    assert send(admin_browser, "lon.pdf", bytes(200_000)).status_code == 422


def test_it_is_taken_off_again(admin_browser, circular, data, read):
    send(admin_browser, "a.docx", circular)
    words = read(admin_browser.post(f"{PAGE}go/", follow=True))
    assert "Đã gỡ nguyên văn" in words
    assert "Chưa gắn Thông tư 57/2026/TT-BGDĐT" in words
    assert not list((data / "official").iterdir())
    assert (
        "Tóm tắt của Cải Tiến</h3>"
        not in admin_browser.get(reverse("frameworks:criterion", args=[NEW, "1.3"])).content.decode()
    )


def test_one_that_came_by_the_command_line_is_known(admin_browser, data, read):
    from caitien.standards import attach, save_official

    official, _ = attach(NEW, of_2026(), "bia.txt")
    save_official(official, data)
    words = read(admin_browser.get(PAGE))
    assert "Đang gắn bia.txt" in words
    assert "bằng dòng lệnh" in words


def test_a_damaged_one_costs_its_words_and_not_the_page(admin_browser, data, read):
    (data / "official").mkdir()
    (data / "official" / f"{NEW}.json").write_text("{", encoding="utf-8")
    assert admin_browser.get(PAGE).status_code == 200
    assert admin_browser.get(reverse("frameworks:criterion", args=[NEW, "1.1"])).status_code == 200
    assert admin_browser.get(reverse("frameworks:checklist", args=[NEW, "docx"])).content.startswith(b"PK")


def test_a_form_of_another_site_is_refused(admin_browser, circular):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = admin_browser.cookies
    assert send(strict, "a.docx", circular).status_code == 403


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}go/"])
def test_only_administrators_may(browser, data, path, read):
    response = browser.post(path)
    assert response.status_code == 403
    assert "người quản trị hệ thống" in read(response)
    assert "Gắn nguyên văn" not in read(browser.get(reverse("frameworks:framework", args=[NEW])))
