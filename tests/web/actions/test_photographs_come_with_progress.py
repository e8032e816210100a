"""Photographs of a report: looked at by content, made small, without their place; a bad one costs a sentence, not a word."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from caitien.web.ids import new_id
from caitien.web.plans import photos
from caitien.web.plans.models import ProgressEntry, ProgressPhoto

GPS = 0x8825


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def stored() -> list[Path]:
    return [path for path in Path(default_storage.location).rglob("*") if path.is_file()]


def picture(width=400, height=300, format="JPEG", mode="RGB", **how) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((width, height), 50).convert(mode).save(written, format, **how)
    return written.getvalue()


def with_place(width=400, height=300) -> bytes:
    """A photograph as a phone writes it: turned by a quarter, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Điện thoại"
    exif[GPS] = {1: "N", 2: (21.0, 20.0, 10.0)}
    return picture(width, height, exif=exif)


def send(client, at, *files: bytes, name="anh.jpg", **more):
    uploads = [SimpleUploadedFile(name, content) for content in files]
    return client.post(
        at("progress"), {"status": "in_progress", "text": "Đã họp", "on": "20/11/2025", "photos": uploads, **more}
    )


def test_photographs_are_kept_with_the_report_and_shown(teacher, browser, at):
    assert send(teacher, at, picture(), picture(300, 400)).status_code == 302
    assert ProgressPhoto.objects.count() == 2
    page = browser.get(at("action")).content.decode()
    assert page.count("/nho/") == 2


def test_a_large_photograph_is_made_smaller_and_stands_upright_without_its_place(teacher, at):
    send(teacher, at, with_place(2400, 1800))
    row = ProgressPhoto.objects.get()
    assert (row.width, row.height) == (1200, 1600)
    kept = Image.open(default_storage.open(row.content.name))
    assert kept.size == (1200, 1600)
    assert dict(kept.getexif()) == {}
    assert b"Exif" not in default_storage.open(row.content.name).read()
    assert max(Image.open(default_storage.open(photos.small_path(row.content.name))).size) == 320


@pytest.mark.parametrize(
    ("format", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("WEBP", "RGB")],
)
def test_every_kind_of_picture_that_phones_and_screens_make_becomes_a_jpeg(teacher, at, format, mode):
    mode_made = "RGB" if mode == "I;16" else mode
    content = picture(format=format, mode=mode_made) if mode != "I;16" else _sixteen_bits()
    assert send(teacher, at, content, name="a.dat").status_code == 302
    assert Image.open(default_storage.open(ProgressPhoto.objects.get().content.name)).format == "JPEG"


def _sixteen_bits() -> bytes:
    written = io.BytesIO()
    Image.new("I;16", (40, 30), 30_000).save(written, "PNG")
    return written.getvalue()


def test_the_same_photograph_is_kept_once(teacher, at):
    content = picture()
    send(teacher, at, content, content)
    assert ProgressPhoto.objects.count() == 1
    send(teacher, at, content)
    assert ProgressPhoto.objects.count() == 2  # a report of another day shows it too
    assert len(stored()) == 2  # the picture and its small one, once


def bomb() -> bytes:
    """A PNG of 30,000 × 30,000 pixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 64


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (HEIC, "HEIC của iPhone"),
        (FILM, "Tệp là phim"),
        (b"%PDF-1.7 x", "Tệp là PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "không phải là ảnh JPEG, PNG hay WebP"),
        (b"GIF89a" + b"\0" * 40, "không phải là ảnh"),
        (picture(800, 600)[:2_000], "bị cắt giữa chừng"),
        (bomb(), "triệu điểm ảnh"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 100, "Hãy chọn"),
    ],
    ids=["heic", "film", "pdf", "svg", "gif", "cut off", "bomb", "broken"],
)
def test_what_is_no_photograph_gets_a_sentence_and_the_words_stay(teacher, at, content, sentence):
    response = send(teacher, at, content, text="Tôi đã viết dài")
    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert "Tôi đã viết dài" in html
    assert "ảnh thì chọn lại" in html
    assert not ProgressEntry.objects.exists()
    assert stored() == []


def test_a_photograph_that_weighs_too_much_is_refused(teacher, at, monkeypatch):
    monkeypatch.setattr(photos, "MOST_BYTES", 1_000)
    assert "vượt mức" in send(teacher, at, picture()).content.decode()


def test_too_many_photographs_are_refused(teacher, at):
    response = send(teacher, at, *[picture(20, 20)] * 11)
    assert "nhiều nhất 10 ảnh" in response.content.decode()


def test_a_report_too_heavy_is_refused_before_it_is_read(teacher, at):
    response = teacher.post(at("progress"), {"status": "done"}, CONTENT_LENGTH=str(photos.MOST_ALL_BYTES + 1))
    assert response.status_code == 413
    assert "Các ảnh nặng tất cả" in response.content.decode()
    assert not ProgressEntry.objects.exists()


def test_a_forged_form_is_refused_although_its_check_comes_after_its_size(school, plan, at):
    from web.invented import make_user

    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("gv2", "Giàng A Páo", school, "staff"))
    assert client.post(at("progress"), {"status": "done"}).status_code == 403


def test_a_full_disk_leaves_no_row_and_no_file_and_gives_the_words_back(teacher, action, at, monkeypatch):
    save, kept = default_storage.save, []

    def full(name, content, **more):
        if kept:
            raise OSError(28, "No space left on device")
        kept.append(save(name, content, **more))
        return kept[0]

    monkeypatch.setattr(default_storage, "save", full)
    response = send(teacher, at, picture(), text="Tôi đã viết dài")
    html = response.content.decode()
    assert response.status_code == 507
    assert "hết chỗ trên đĩa" in html
    assert "Tôi đã viết dài" in html
    assert not ProgressEntry.objects.exists()
    assert not ProgressPhoto.objects.exists()
    assert stored() == []
    action.refresh_from_db()
    assert action.progress_text == "Đang làm"


def test_a_file_left_half_written_by_a_server_that_was_stopped_is_written_anew(teacher, at):
    send(teacher, at, picture())
    path = Path(default_storage.path(ProgressPhoto.objects.get().content.name))
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    send(teacher, at, picture_again := picture())
    assert picture_again
    written = photos.prepare([SimpleUploadedFile("a.jpg", whole)])[0]
    assert written.content  # the same bytes, read again


def test_a_report_sent_twice_over_a_weak_network_is_kept_once(teacher, at):
    key = str(new_id())
    content = picture()
    for _ in range(2):
        assert send(teacher, at, content, key=key).status_code == 302
    assert ProgressEntry.objects.count() == 1
    assert ProgressPhoto.objects.count() == 1


def test_a_photograph_is_given_as_a_picture_and_nothing_else(teacher, browser, at):
    send(teacher, at, picture())
    for name in ("photo", "photo_small"):
        response = browser.get(at(name, photo=ProgressPhoto.objects.get().pk))
        assert response["Content-Type"] == "image/jpeg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["Cache-Control"].startswith("private")
        assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"


def test_a_photograph_whose_file_is_gone_is_not_found(teacher, browser, at):
    send(teacher, at, picture())
    row = ProgressPhoto.objects.get()
    default_storage.delete(row.content.name)
    assert browser.get(at("photo", photo=row.pk)).status_code == 404


def test_who_sent_a_photograph_takes_it_away_with_its_file(teacher, at, django_capture_on_commit_callbacks):
    send(teacher, at, picture())
    with django_capture_on_commit_callbacks(execute=True):
        teacher.post(at("photo_remove", photo=ProgressPhoto.objects.get().pk))
    assert not ProgressPhoto.objects.exists()
    assert stored() == []
    assert ProgressEntry.objects.count() == 1


def test_a_file_that_another_report_shows_stays(teacher, at, django_capture_on_commit_callbacks):
    content = picture()
    send(teacher, at, content)
    send(teacher, at, content)
    with django_capture_on_commit_callbacks(execute=True):
        teacher.post(at("photo_remove", photo=ProgressPhoto.objects.first().pk))
    assert len(stored()) == 2


def test_a_colleague_who_only_reports_does_not_take_away_what_another_sent(teacher, school, at):
    from web.invented import make_user

    send(teacher, at, picture())
    other = Client()
    other.force_login(make_user("gv2", "Giàng A Páo", school, "staff"))
    response = other.post(at("photo_remove", photo=ProgressPhoto.objects.get().pk))
    assert response.status_code == 409
    assert "Chỉ người gửi ảnh" in response.content.decode()
    assert ProgressPhoto.objects.exists()
