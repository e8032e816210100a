"""A file is read in a process of its own, kept with what was read, and becomes a plan once; a bad one leaves no trace."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from caitien.errors import ReadingError
from caitien.reading import guarded
from caitien.reading.limits import DEFAULT_LIMITS
from caitien.web.documents import intake
from caitien.web.documents.models import Import, ImportedFile
from caitien.web.plans.models import Plan
from caitien.web.plans.values import to_value

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "th-suoi-lim-2026-2027.docx"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def imported(school, secretary):
    return intake.receive(school, secretary, "C:\\Kế hoạch\\năm trước.docx", SAMPLE.read_bytes())


def nothing_stored() -> bool:
    return not (Import.objects.exists() or ImportedFile.objects.exists() or any(default_storage.listdir("")))


def test_what_was_read_is_kept_with_the_file(imported, school):
    assert imported.state == Import.State.REVIEW
    assert imported.file.name == "năm trước.docx"
    assert imported.file.format == "docx"
    assert imported.file.content.read() == SAMPLE.read_bytes()
    assert imported.plan_value["actions"]
    assert imported.source["blocks"]


def test_the_stored_name_tells_nothing_and_lies_in_the_schools_folder(imported, school):
    assert imported.file.content.name == f"imports/{school.pk}/{imported.file.sha256}.docx"


def test_the_web_process_never_loads_the_readers_libraries(imported):
    import subprocess

    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'caitien.web.settings'\n"
        "from caitien.web.wsgi import application\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "print([m for m in ('pdfplumber', 'pypdfium2', 'typst', 'openpyxl', 'docx', 'PIL') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_it_becomes_a_plan_once(imported, secretary):
    plan = intake.accept(imported, secretary)
    again = intake.accept(imported, secretary)
    assert plan == again
    assert Plan.objects.count() == 1
    assert imported.state == Import.State.ACCEPTED
    assert len(to_value(plan).actions) == len(imported.plan_value["actions"])


def test_the_same_content_is_kept_once_a_school(imported, school, other_school, secretary):
    second = intake.receive(school, secretary, "bản sao.docx", SAMPLE.read_bytes())
    assert second.file == imported.file
    assert intake.same_file(school, imported.file.sha256) == imported.file
    assert intake.same_file(other_school, imported.file.sha256) is None


def test_throwing_away_leaves_nothing(imported, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        intake.discard(imported)
    assert not Import.objects.exists()
    assert not ImportedFile.objects.exists()
    assert not default_storage.exists(f"imports/{imported.school_id}/{imported.file.sha256}.docx")


def test_throwing_one_import_away_leaves_the_file_to_the_other(imported, school, secretary):
    second = intake.receive(school, secretary, "lần hai.docx", SAMPLE.read_bytes())
    intake.discard(second)
    assert imported.file.content.read()


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b"\xff\xd8\xff\xe0 a picture", "picture"), (b"MZ\x90\x00" * 50, None), (b"%PDF-1.7 cut", None)],
)
def test_a_bad_file_says_one_sentence_and_leaves_no_trace(school, secretary, content, code):
    with pytest.raises(ReadingError) as refused:
        intake.receive(school, secretary, "x.docx", content)
    assert str(refused.value).endswith(".")
    if code:
        assert refused.value.code == code
    assert nothing_stored()


def test_a_file_that_takes_too_long_is_given_up(school, secretary, monkeypatch):
    monkeypatch.setattr(guarded, "SECONDS_TO_START", 0.05 - DEFAULT_LIMITS.seconds)  # 0.05 s for all of it
    with pytest.raises(ReadingError) as refused:
        intake.receive(school, secretary, "x.docx", SAMPLE.read_bytes())
    assert refused.value.code == "too_slow"
    assert nothing_stored()


def test_a_reader_that_dies_takes_only_itself(school, secretary, monkeypatch, tmp_path_factory):
    dead = tmp_path_factory.mktemp("programs") / "dead"
    dead.write_text("#!/bin/sh\nexit 139\n")
    dead.chmod(0o755)
    monkeypatch.setattr(guarded.sys, "executable", str(dead))
    with pytest.raises(ReadingError) as refused:
        intake.receive(school, secretary, "x.docx", SAMPLE.read_bytes())
    assert refused.value.code == "crashed"
    assert nothing_stored()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\kế hoạch.docx", "kế hoạch.docx"),
        ("a\r\nSet-Cookie: x.docx", "aSet-Cookie: x.docx"),
        ("", "tệp không tên"),
        (None, "tệp không tên"),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
    ],
)
def test_a_file_name_is_only_a_name(given, shown):
    assert intake.clean_name(given) == shown
