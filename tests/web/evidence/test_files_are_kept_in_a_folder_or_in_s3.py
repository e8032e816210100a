"""The same files, the same answers: kept in the data folder, or in an S3 bucket (a server process on this machine)."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage as storage
from django.urls import reverse

from caitien.web.documents import intake
from caitien.web.evidence.models import StoredFile
from caitien.web.file_storage import FOLDER, StorageSettingsError, default_storage
from web.evidence import files

MB = 1024 * 1024
GIVEN = {"CAITIEN_S3_BUCKET": "minh-chung", "CAITIEN_S3_KEY": "k", "CAITIEN_S3_SECRET": "s"}


def test_what_is_kept_comes_back(kept_in):
    path = storage.save("evidence/a/ab/ab12", ContentFile(b"noi dung"))
    assert path == "evidence/a/ab/ab12"
    assert storage.exists(path)
    assert storage.size(path) == 8
    with storage.open(path) as stream:
        assert stream.read() == b"noi dung"
        stream.seek(4)
        assert stream.read() == b"dung"


def test_a_name_that_is_taken_is_not_written_over(kept_in):
    first = storage.save("imports/x.pdf", ContentFile(b"mot"))
    second = storage.save("imports/x.pdf", ContentFile(b"hai"))
    assert first != second
    assert storage.open(first).read() == b"mot"
    assert storage.open(second).read() == b"hai"


def test_what_is_deleted_is_gone_and_may_be_deleted_again(kept_in):
    path = storage.save("x/y", ContentFile(b"1"))
    storage.delete(path)
    storage.delete(path)
    assert not storage.exists(path)


def test_what_is_not_there_says_so(kept_in):
    with pytest.raises(FileNotFoundError):
        storage.open("khong/co").read()


def test_a_large_file_goes_there_and_back_in_pieces(kept_in, tmp_path):
    """Larger than the pieces of a multipart upload, so that S3 gets several."""
    file = tmp_path / "lon.mp4"
    block = os.urandom(MB)
    with file.open("wb") as target:
        for _ in range(20):
            target.write(block)
    with file.open("rb") as stream:
        path = storage.save("evidence/lon", File(stream))
    digest = hashlib.sha256()
    with storage.open(path) as stream:
        while piece := stream.read(MB):
            digest.update(piece)
    assert digest.hexdigest() == hashlib.sha256(block * 20).hexdigest()


def test_a_stored_file_of_evidence_is_read_where_it_is_kept(school, kept_in):
    content = files.pdf()
    file = StoredFile(
        school=school,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        kind="pdf",
        content_type="application/pdf",
    )
    file.content.save("ten-gi-cung-duoc.exe", ContentFile(content), save=False)
    file.save()
    again = StoredFile.objects.for_school(school).get(pk=file.pk)
    assert again.content.name == f"evidence/{school.pk}/{file.sha256[:2]}/{file.sha256}"
    with again.content.open("rb") as stream:
        assert stream.read() == content


def test_an_imported_plan_is_kept_there_too(school, secretary, browser, kept_in):
    """Everything that comes in goes the same way, also what was there before evidence was."""
    content = files.docx("Kế hoạch cải tiến")
    imported = intake.keep(school, secretary, "ke-hoach.docx", content, {"source": {"format": "docx"}, "plan": {}})
    answer = browser.get(reverse("documents:original", args=[school.slug, imported.pk]))
    assert b"".join(answer.streaming_content) == content


def test_without_its_settings_files_are_in_the_folder():
    assert default_storage({}) is FOLDER
    assert default_storage({"CAITIEN_S3_BUCKET": "  "}) is FOLDER


def test_half_of_its_settings_are_told_when_the_server_starts():
    with pytest.raises(StorageSettingsError, match="CAITIEN_S3_SECRET"):
        default_storage({"CAITIEN_S3_BUCKET": "minh-chung", "CAITIEN_S3_KEY": "k"})
    with pytest.raises(StorageSettingsError, match="CAITIEN_S3_BUCKET"):
        default_storage({"CAITIEN_S3_ENDPOINT": "https://s3.example.edu.vn"})
    with pytest.raises(StorageSettingsError, match="https://"):
        default_storage({**GIVEN, "CAITIEN_S3_ENDPOINT": "s3.example.edu.vn"})


def test_what_s3_needs_and_is_not_installed_is_told(monkeypatch):
    monkeypatch.setattr("caitien.web.file_storage.find_spec", lambda name: None)
    with pytest.raises(StorageSettingsError, match=r"requirements/s3\.txt"):
        default_storage(GIVEN)


def test_nothing_of_s3_is_imported_when_files_are_in_the_folder(tmp_path):
    code = (
        "import django, sys; django.setup(); from django.core.files.storage import default_storage as s; s.exists('x');"
        "import caitien.web.urls; print([m for m in sys.modules if m.split('.')[0] in ('boto3', 'botocore', 'storages')])"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CAITIEN_S3_")}
    environment |= {"DJANGO_SETTINGS_MODULE": "caitien.web.settings", "CAITIEN_DATA": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["manage", "check"]])
def test_half_written_settings_are_one_sentence_of_the_command_line(tmp_path, command):
    environment = os.environ | {"CAITIEN_DATA": str(tmp_path), "CAITIEN_S3_BUCKET": "minh-chung", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "caitien.cli", *command], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "còn thiếu" in done.stderr
    assert "Traceback" not in done.stderr
