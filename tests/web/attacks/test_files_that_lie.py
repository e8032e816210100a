"""Files that say of themselves what is not so: refused with a sentence or kept inert, never a fault, never shown as a page."""

from __future__ import annotations

import struct

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from caitien.web.evidence.models import Attachment, Upload
from web.evidence.sending import Sender
from web.invented import make_user

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def big_zip(place: int) -> bytes:
    """A ZIP of more than 4 GB, as it says; its list of parts is at `place`."""
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, 46, 0, 0)
    return b"PK\x03\x04" + bytes(100) + b"PK\x06\x07" + struct.pack("<IQI", 0, place, 1) + end


LIES = {
    "a-zip-whose-list-is-nowhere.docx": big_zip(2**64 - 1),
    "a-zip-whose-list-is-behind-its-end.xlsx": big_zip(2**40),
    "a-cut-word-file.doc": OLE + b"\xff" * 3000,
    "a-word-file-of-which-half-is-missing.doc": OLE + bytes(40) + b"\xff\xff\xff\x7f" * 20,
    "empty-sectors.xls": OLE + bytes(3000),
    "short.doc": OLE,
    "page.pdf": b"%PDF-1.4\n<html><script>alert(1)</script></html>",
    "late.pdf": b"\n\n <script>alert(1)</script>%PDF-1.4",
    "script.gif": b"GIF89a/*\x00*/=1;alert(1)//<script>alert(1)</script>",
    "wide.txt": "<script>alert(1)</script>".encode("utf-16"),
    "huge.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x02" + bytes(100),
    "ring.pdf": b"%PDF-1.7\ntrailer<</Prev 0 /Encrypt 1 0 R>>startxref\n9\n%%EOF",
    "far.pdf": b"%PDF-1.7\n<</Encrypt " + b"9" * 5000 + b" 0 R>>startxref\n99999999999999999999\n%%EOF",
    "formula.csv": b'=cmd|"/c calc"!A1,<script>alert(1)</script>,"' + b"x" * 9000,
}


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA, settings.CLAMD = tmp_path / "files", tmp_path, ""


@pytest.fixture
def chair(school):
    client = Client(raise_request_exception=False)
    client.force_login(make_user("hieu-truong", "Nông Thị Mơ", school, "chair"))
    return client


@pytest.mark.parametrize("name", LIES)
def test_it_is_taken_or_refused_and_shown_as_nothing_that_runs(chair, school, name):
    sent = SimpleUploadedFile(name, LIES[name])
    assert chair.post(reverse("evidence:upload", args=[school.slug]), {"files": sent}).status_code in (302, 422)
    for one in Attachment.objects.for_school(school):
        at = lambda page, *keys: reverse(f"evidence:{page}", args=[school.slug, one.pk, *keys])  # noqa: E731, B023
        for url in (at("file_view"), at("file_view") + "?xem=chu", at("file_page", 1)):
            answer = chair.get(url)
            assert answer.status_code in (200, 404), url
            assert b"<script>alert" not in answer.content
        taken = chair.get(at("file"))
        assert taken.headers["Content-Disposition"].startswith("attachment")
        assert taken.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in taken.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", list(LIES)[:6])
def test_a_script_that_sends_it_hears_a_sentence_and_does_not_send_it_for_ever(chair, school, name):
    sender = Sender(chair, school)
    where = sender.begin(name, len(LIES[name])).headers["Location"]
    answer = sender.send(where, 0, LIES[name])
    assert answer.status_code == 422
    assert answer.content.decode().strip()
    assert Upload.objects.for_school(school).get().state == Upload.State.REFUSED
