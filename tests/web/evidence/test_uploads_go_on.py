"""A file that is sent in pieces arrives whole, whatever happens on the way: cut lines, two at once, a full disk, other schools."""

from __future__ import annotations

import errno
import hashlib
import threading
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from caitien.web.evidence import partial_files, uploads
from caitien.web.evidence.models import Attachment, Evidence, StoredFile, Upload
from web.evidence import files
from web.evidence.sending import PIECE, TUS, Sender
from web.invented import make_user

MB = 1024 * 1024
FRAMEWORK = "tt57-2026-pho-thong"
pytestmark = pytest.mark.usefixtures("words_unread")


@pytest.fixture
def sender(browser, school) -> Sender:
    return Sender(browser, school)


def big_pdf(size: int = 3 * MB) -> bytes:
    body = files.pdf()
    return body[:-6] + b"%" + b"x" * (size - len(body) - 1) + body[-6:]


def test_a_file_in_pieces_becomes_an_evidence_with_exactly_its_bytes(sender, school, secretary, kept_in):
    content = big_pdf()
    answer = sender.whole("Quyết_định_12.pdf", content, piece=700_000)
    assert answer.status_code == 200
    told = answer.json()
    assert told["state"] == "done"
    evidence = Evidence.objects.for_school(school).get()
    assert told["evidence"]["name"] == evidence.name == "Quyết định 12"
    assert evidence.state == Evidence.State.SUBMITTED
    assert evidence.created_by == secretary
    attachment = evidence.attachments.get()
    assert attachment.name == "Quyết_định_12.pdf"
    stored = attachment.file
    assert (stored.kind, stored.content_type, stored.size) == ("pdf", "application/pdf", len(content))
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    with stored.content.open("rb") as stream:
        assert stream.read() == content
    assert not list((uploads.path_of(Upload.objects.get()).parent).glob("*"))  # nothing is left on the way


def test_a_small_file_arrives_with_the_first_request(sender, school):
    content = files.pdf()
    answer = sender.begin_with("a.pdf", content, content)
    assert answer.status_code == 200
    assert answer.json()["evidence"]["name"] == "a"
    assert answer.headers["Upload-Offset"] == str(len(content))


def test_other_programs_that_speak_tus_are_answered_as_the_protocol_has_it(browser, school, sender):
    answer = browser.options(f"/truong/{school.slug}/minh-chung/tai-len/tep/")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert "creation" in answer.headers["Tus-Extension"]
    answer = sender.begin("a.pdf", 10)
    assert answer.status_code == 201
    assert answer.headers["Upload-Expires"].endswith("GMT")
    address = answer.headers["Location"]
    assert browser.head(address, headers=TUS).headers["Upload-Length"] == "10"
    assert browser.head(address, headers=TUS).headers["Cache-Control"] == "no-store"
    assert sender.send(address, 0, b"%PDF-").headers["Upload-Offset"] == "5"
    answer = sender.send(address, 5, b"1.4 x", Accept="*/*")
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "10")


def test_requests_that_are_none_of_the_protocol_get_a_sentence(browser, sender, school):
    address = sender.begin("a.pdf", 10).headers["Location"]
    wrong = [
        browser.post(f"/truong/{school.slug}/minh-chung/tai-len/tep/", headers={"Upload-Length": "5"}),
        sender.begin("a.pdf", "-1"),
        sender.begin("a.pdf", "1" * 30),
        sender.begin("a.pdf", ""),
        browser.post(f"/truong/{school.slug}/minh-chung/tai-len/tep/", headers={**TUS, "Upload-Length": "5", "Upload-Metadata": "filename ???"}),
        browser.generic("PATCH", address, b"x", content_type="text/plain", headers={**TUS, "Upload-Offset": "0"}),
        sender.send(address, 0, b"x", **{"Tus-Resumable": "0.2"}),
        browser.generic("PATCH", address, b"x", content_type=PIECE, headers=TUS),
    ]  # fmt: skip
    assert [one.status_code for one in wrong] == [412, 400, 400, 400, 400, 415, 412, 400]
    assert all("ãy " in one.content.decode() for one in wrong)
    assert browser.put(address, headers=TUS).status_code == 405


def test_an_upload_cut_in_the_middle_keeps_what_arrived_and_goes_on(sender, school):
    content = big_pdf()
    address = sender.begin("a.pdf", len(content)).headers["Location"]
    upload = Upload.objects.get()
    cut = Cut(content[: MB + 12_345])
    with pytest.raises(ConnectionResetError):
        uploads.add(upload, 0, cut, len(content), seconds=10)
    assert sender.offset(address) == MB + 12_345
    answer = sender.send(address, MB + 12_345, content[MB + 12_345 :])
    assert answer.status_code == 200
    assert StoredFile.objects.get().sha256 == hashlib.sha256(content).hexdigest()


def test_a_piece_from_the_wrong_place_is_told_where_to_go_on(sender):
    content = big_pdf(MB)
    address = sender.begin("a.pdf", len(content)).headers["Location"]
    sender.send(address, 0, content[:5000])
    for offset in (0, 4999, 6000, 900_000):
        answer = sender.send(address, offset, b"x" * 100)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "5000")
    assert sender.send(address, 5000, content[5000:]).status_code == 200


def test_more_than_was_said_is_not_taken(sender):
    content = files.pdf()
    address = sender.begin("a.pdf", len(content)).headers["Location"]
    assert sender.send(address, 0, content + b"<script>" * 1000).status_code == 200
    assert StoredFile.objects.get().size == len(content)


def test_a_slow_sender_gives_its_place_back_and_keeps_what_it_sent(sender):
    content = big_pdf()
    sender.begin("a.pdf", len(content))
    upload = Upload.objects.get()
    began = time.monotonic()
    there = uploads.add(upload, 0, Slow(content), len(content), seconds=0.3)
    assert time.monotonic() - began < 2
    assert 0 < there < len(content)
    assert uploads.arrived(upload) == there


@pytest.mark.django_db(transaction=True)
def test_two_pieces_at_once_for_one_upload_one_wins_and_the_file_is_whole(sender, school):
    content = big_pdf()
    address = sender.begin("a.pdf", len(content)).headers["Location"]
    upload = Upload.objects.get()
    slow = threading.Thread(target=_add, args=(upload, Slow(content[:MB]), MB))
    slow.start()
    time.sleep(0.2)
    assert sender.send(address, 0, b"\0" * 1000).status_code == 423
    assert sender.client.delete(address, headers=TUS).status_code == 423
    slow.join()
    offset = sender.offset(address)
    assert sender.send(address, offset, content[offset:]).status_code == 200
    assert StoredFile.objects.get().sha256 == hashlib.sha256(content).hexdigest()


def test_the_answer_that_was_lost_is_asked_again_and_makes_no_second_evidence(sender):
    content = files.pdf()
    key = uuid4().hex
    for _ in range(3):
        answer = sender.begin_with("a.pdf", content, content, key=key)
        assert answer.json()["evidence"]["name"] == "a"
    assert Upload.objects.count() == Evidence.objects.count() == StoredFile.objects.count() == 1


def test_the_page_that_was_loaded_again_goes_on_where_it_stopped(sender):
    content = big_pdf()
    key = uuid4().hex
    address = sender.begin("a.pdf", len(content), key=key).headers["Location"]
    sender.send(address, 0, content[:MB])
    again = sender.begin("a.pdf", len(content), key=key)
    assert again.headers["Location"] == address
    assert again.headers["Upload-Offset"] == str(MB)


def test_a_whole_file_that_could_not_be_kept_is_kept_when_asked_again(sender, monkeypatch, kept_in):
    """The database failed after the last byte had arrived: nothing is sent again."""
    content = files.pdf()
    address = sender.begin("a.pdf", len(content)).headers["Location"]
    with monkeypatch.context() as broken:
        broken.setattr(StoredFile, "save", _busy)
        sender.client.raise_request_exception = False
        assert sender.send(address, 0, content).status_code >= 500
    assert sender.offset(address) == len(content)
    assert sender.send(address, len(content), b"").json()["state"] == "done"
    with StoredFile.objects.get().content.open("rb") as stream:
        assert stream.read() == content


def test_a_full_disk_is_said_in_a_sentence_and_what_arrived_stays(sender, monkeypatch):
    content = big_pdf()
    address = sender.begin("a.pdf", len(content)).headers["Location"]
    sender.send(address, 0, content[:MB])
    sender.client.raise_request_exception = False
    with monkeypatch.context() as full:
        full.setattr(partial_files, "append", _no_space)
        answer = sender.send(address, MB, content[MB:])
    assert answer.status_code == 507
    assert "đầy" in answer.content.decode()
    assert sender.offset(address) == MB
    assert sender.send(address, MB, content[MB:]).status_code == 200


def test_a_disk_that_would_be_full_is_said_before_anything_is_sent(sender, monkeypatch):
    monkeypatch.setattr(partial_files, "room_for", lambda size: False)
    sender.client.raise_request_exception = False
    assert sender.begin("a.pdf", 1000).status_code == 507
    assert not Upload.objects.exists()


def test_a_file_of_300_mb_is_refused_before_it_is_sent(sender):
    for name in ("ho-so.pdf", "le-khai-giang.mp4"):
        answer = sender.begin(name, 300 * MB)
        assert answer.status_code == 413
        assert "300 MB" in answer.content.decode()
    assert not Upload.objects.exists()


def test_what_is_not_what_it_says_is_refused_with_its_first_piece(sender):
    """90 MB of a page named .pdf: the first piece tells, the other 89 MB are never sent."""
    address = sender.begin("quyet-dinh.pdf", 90 * MB).headers["Location"]
    answer = sender.send(address, 0, b"<!DOCTYPE html><script>x()</script>".ljust(100_000))
    assert answer.status_code == 422
    assert "trang web" in answer.content.decode()
    upload = Upload.objects.get()
    assert upload.state == Upload.State.REFUSED
    assert "trang web" in upload.refusal
    assert not uploads.path_of(upload).exists()
    answer = sender.send(address, 100_000, b"x")
    assert answer.status_code == 409  # it has ended
    assert "chọn lại tệp" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("quyet-dinh.pdf", b"<html><body>x</body></html>", "trang web"),
        ("tat-ca.zip", files.archive({"trong.zip": files.archive({"a.csv": b"a,b"})}), "tệp nén “trong.zip”"),
        ("diem.xlsm", files.macro_workbook(), "macro"),
        ("anh.jpg", b"MZ\x90\x00" + bytes(100), "chương trình"),
        ("mat.pdf", files.written("co-mat-khau.pdf"), "mật khẩu"),
    ],
)
def test_what_can_harm_is_refused_and_leaves_nothing(sender, name, content, words):
    answer = sender.whole(name, content)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not StoredFile.objects.exists()
    assert not Evidence.objects.exists()
    assert not list(uploads.path_of(Upload.objects.get()).parent.glob("*"))


def test_a_file_that_is_harmless_and_something_else_is_taken_as_what_it_is(sender):
    told = sender.whole("quyet-dinh.pdf", files.docx()).json()
    assert Attachment.objects.get().name == "quyet-dinh.docx"
    assert StoredFile.objects.get().kind == "docx"
    assert "quyet-dinh.docx" in told["notes"][0]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../../etc/cron.d/x.pdf", "x.pdf"),
        ("C:\\fakepath\\Biên bản.pdf", "Biên bản.pdf"),
        ("danh-sach\u202efdp.pdf", "danh-sachfdp.pdf"),
        ("\u200b\u202e", "tệp không tên.pdf"),
        ("a\r\nX-Evil: 1.pdf", "a X-Evil- 1.pdf"),
        ("đ" * 5000 + ".pdf", None),
    ],
)
def test_names_with_path_parts_and_hidden_marks_are_cleaned(sender, settings, sent, kept):
    assert sender.whole(sent, files.pdf()).status_code == 200
    attachment = Attachment.objects.get()
    assert kept is None or attachment.name == kept
    assert len(attachment.name) <= 150
    assert attachment.name.endswith(".pdf")
    stored = settings.MEDIA_ROOT / attachment.file.content.name
    assert stored.is_file()
    assert str(stored.resolve()).startswith(str(settings.MEDIA_ROOT.resolve()))


def test_nobody_else_touches_an_upload(sender, school, other_school):
    content = big_pdf()
    address = sender.begin("a.pdf", len(content)).headers["Location"]
    colleague, stranger, viewer = Client(), Client(), Client()
    colleague.force_login(make_user("dong-nghiep", "Lù Văn Páo", school, "secretary"))
    stranger.force_login(make_user("nguoi-la", "Đèo Thị Nga", other_school, "chair"))
    viewer.force_login(make_user("xem", "Quàng Văn Ít", school, "viewer"))
    for client, status in ((colleague, 404), (stranger, 404), (viewer, 403), (Client(), 401)):
        assert Sender(client, school).send(address, 0, content).status_code == status
        assert client.delete(address, headers=TUS).status_code == status
    assert sender.offset(address) == 0


def test_a_request_without_the_token_of_the_page_is_refused(school, secretary):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(secretary)
    assert Sender(strict, school).begin("a.pdf", 10).status_code == 403
    assert (
        Sender(strict, school).send(f"/truong/{school.slug}/minh-chung/tai-len/tep/{uuid4()}/", 0, b"x").status_code
        == 403
    )


def test_who_has_too_much_unfinished_is_told_what_to_do(sender, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UNFINISHED", 3)
    for number in range(3):
        assert sender.begin(f"{number}.pdf", 1000).status_code == 201
    answer = sender.begin("3.pdf", 1000)
    assert answer.status_code == 409
    assert "Đang gửi dở" in answer.content.decode()
    monkeypatch.setattr(uploads, "MOST_UNFINISHED", 60)
    monkeypatch.setattr(uploads, "MOST_UNFINISHED_BYTES", 3500)
    assert sender.begin("3.pdf", 1000).status_code == 409


def test_what_was_left_for_a_week_is_cleared_and_what_grows_is_not(sender, settings):
    import os

    old = sender.begin("cu.pdf", 1000).headers["Location"]
    sender.send(old, 0, b"%PDF-")
    before = time.time() - 8 * 24 * 3600
    os.utime(uploads.path_of(Upload.objects.get()), (before, before))
    Upload.objects.update(changed_at=timezone.now() - timedelta(days=8))
    new = sender.begin("moi.pdf", 1000).headers["Location"]
    sender.send(new, 0, b"%PDF-")
    done = sender.whole("xong.pdf", files.pdf())
    assert uploads.sweep() == 1
    assert [one.name for one in Upload.objects.order_by("name")] == ["moi.pdf", "xong.pdf"]
    assert sender.offset(new) == 5
    assert done.json()["state"] == "done"
    assert StoredFile.objects.count() == 1


def test_an_upload_that_is_not_wanted_is_taken_back(sender):
    address = sender.begin("a.pdf", 1000).headers["Location"]
    sender.send(address, 0, b"%PDF-")
    path = uploads.path_of(Upload.objects.get())
    assert path.exists()
    assert sender.client.delete(address, headers=TUS).status_code == 204
    assert not path.exists()
    assert sender.client.head(address, headers=TUS).status_code == 404


def test_a_file_with_a_virus_is_refused_by_a_small_clamd_and_leaves_nothing(sender, settings):
    from web.evidence.scanners import EICAR, SmallClamd

    server = SmallClamd()
    server.start()
    settings.CLAMD = server.address
    answer = sender.whole("ghi-chu.txt", EICAR)
    assert answer.status_code == 422
    assert "Eicar-Test-Signature" in answer.content.decode()
    assert not StoredFile.objects.exists()
    assert sender.whole("sach.pdf", files.pdf()).status_code == 200
    assert StoredFile.objects.get().scan == StoredFile.Scan.CLEAN
    server.close()


def test_a_scanner_that_is_down_keeps_the_file_and_says_so(sender, settings):
    settings.CLAMD = "/khong/co/clamd.sock"
    told = sender.whole("a.pdf", files.pdf()).json()
    assert told["state"] == "done"
    assert "chưa quét vi-rút xong" in told["notes"][0]
    assert StoredFile.objects.get().scan == StoredFile.Scan.WAITING


class Cut:
    """A body whose line breaks after what it has."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def read(self, length: int) -> bytes:
        if not self.content:
            raise ConnectionResetError
        given, self.content = self.content[:length], self.content[length:]
        return given


class Slow(Cut):
    """A body that comes in small pieces, far apart."""

    def read(self, length: int) -> bytes:
        time.sleep(0.05)
        return super().read(min(length, 60_000)) if self.content else b""


def _add(upload, body, length) -> None:
    try:
        uploads.add(upload, 0, body, length, seconds=1)
    finally:
        connection.close()


def _busy(*_args, **_options) -> None:
    from django.db import OperationalError

    raise OperationalError("database is locked")


def _no_space(*_args) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
