"""An administrator uploads a province's own set as one file; a file with mistakes is refused with their lines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from caitien import standards
from caitien.web.frameworks.views import own

PAGE = "/khung-tieu-chuan/khung-rieng/"
EXAMPLE = Path(standards.__file__).parent / "examples" / "mau-chuyen-doi-so.yaml"


def send(browser: Client, content: bytes, **more):
    return browser.post(PAGE, {"file": SimpleUploadedFile("khung.yaml", content)}, **more)


def test_it_is_there_for_everybody_at_once_and_searched_too(admin_browser, browser, read):
    response = send(admin_browser, EXAMPLE.read_bytes(), follow=True)
    assert "Đã thêm khung" in read(response)
    title = standards.load("mau-chuyen-doi-so").short_title
    page = read(browser.get("/khung-tieu-chuan/"))
    assert title in page
    assert "bộ bổ sung" in page
    assert title in read(admin_browser.get(PAGE))
    words = standards.load("mau-chuyen-doi-so").criteria[0].title
    assert title in read(browser.get("/khung-tieu-chuan/tim/", {"chu": words}))


def test_a_new_version_of_it_stands_instead_also_in_searching(admin_browser, browser, read):
    content = EXAMPLE.read_text(encoding="utf-8")
    send(admin_browser, content.encode())
    old = standards.load("mau-chuyen-doi-so").criteria[0].title
    browser.get("/khung-tieu-chuan/tim/", {"chu": old})
    send(admin_browser, content.replace(old, "Thuyền độc mộc trên sông", 1).encode())
    assert "1 chỗ có" in read(browser.get("/khung-tieu-chuan/tim/", {"chu": "thuyen doc moc"}))


def test_every_mistake_is_said_with_its_line_and_nothing_is_kept(admin_browser, data, read):
    content = EXAMPLE.read_text(encoding="utf-8").replace("max_points:", "most_points:", 1)
    response = send(admin_browser, content.encode())
    assert response.status_code == 422
    line = next(n for n, text in enumerate(content.splitlines(), 1) if "most_points" in text)
    assert f"{line}" in read(response).split("Chưa dùng được tệp này")[1]
    assert not list(data.rglob("*.yaml"))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a: &a [*a]", b"[" * 5000, "kế hoạch".encode()])
def test_what_is_no_framework_is_refused(admin_browser, data, content):
    assert send(admin_browser, content).status_code == 422
    assert not list(data.rglob("*.yaml"))


def test_a_framework_of_the_package_cannot_be_replaced_or_taken_out(admin_browser, read):
    packaged = Path(standards.available()[0].path)
    assert "mã của một khung có sẵn" in read(send(admin_browser, packaged.read_bytes()))
    assert admin_browser.post(f"{PAGE}{packaged.stem}/bo/").status_code == 404


def test_a_file_that_is_too_large_is_refused(admin_browser, read):
    assert "lớn hơn 2 MB" in read(send(admin_browser, b"#" * (own.MOST_BYTES + 1)))


def test_it_is_taken_out_again(admin_browser, browser):
    send(admin_browser, EXAMPLE.read_bytes())
    admin_browser.post(f"{PAGE}mau-chuyen-doi-so/bo/")
    assert browser.get("/khung-tieu-chuan/mau-chuyen-doi-so/").status_code == 404


def test_what_another_worker_put_in_is_seen(admin_browser, browser, data):
    assert browser.get("/khung-tieu-chuan/mau-chuyen-doi-so/").status_code == 404
    (data / "frameworks").mkdir()
    (data / "frameworks" / EXAMPLE.name).write_bytes(EXAMPLE.read_bytes())
    os.utime(data / "frameworks", ns=(1, 1))
    assert browser.get("/khung-tieu-chuan/mau-chuyen-doi-so/").status_code == 200


def test_only_administrators_may(browser, data, read):
    assert browser.get(PAGE).status_code == 403
    assert send(browser, EXAMPLE.read_bytes()).status_code == 403
    assert "Khung riêng" not in read(browser.get("/khung-tieu-chuan/"))
