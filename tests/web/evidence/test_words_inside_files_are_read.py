"""The words inside files: read by a job after an upload, kept, found; scans wait for Tesseract and are read when it comes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from caitien.reading import tesseract
from caitien.web.evidence import indexing, services
from caitien.web.evidence.indexing import read_words, words_wanted
from caitien.web.evidence.models import SearchPiece, StoredFile
from caitien.web.evidence.search import find
from caitien.web.jobs.models import Job
from web.evidence import files

SAMPLES = Path(__file__).parents[3] / "samples"
State = StoredFile.Words


def kept(school, user, content, kind="docx", name="Biên bản.docx", **columns):
    """An evidence with a file whose words nobody has read yet."""
    file = StoredFile(
        school=school,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        kind=kind,
        content_type="x",
        **columns,
    )
    file.content.save("x", ContentFile(content), save=False)
    file.save()
    row = services.create(school, user, f"Minh chứng {name}")
    services.attach_file(row, file, name, user)
    return file


@pytest.fixture
def no_tesseract(monkeypatch):
    monkeypatch.setenv("CAITIEN_TESSERACT", "there-is-no-such-program")


def test_every_file_that_waits_is_read_by_one_job(school, secretary):
    for number in range(3):
        kept(school, secretary, files.docx(f"Họp phụ huynh lần {number}"), name=f"{number}.docx")
    kept(school, secretary, files.xlsx("Danh sách bán trú"), kind="xlsx")
    job = words_wanted(school, secretary)
    assert job.state == Job.State.DONE
    assert job.words == "Đã đọc chữ trong 4 tệp"
    assert [row.name for row in find(school, "phụ huynh lần 2", sensitive=True)] == ["Minh chứng 2.docx"]
    assert find(school, "danh sách bán trú", sensitive=True).count() == 1
    assert words_wanted(school, secretary) is None


def test_a_job_that_waits_already_is_not_asked_for_again(school, secretary, settings, monkeypatch):
    settings.JOBS_AT_ONCE = False
    kept(school, secretary, files.docx())
    assert words_wanted(school, secretary) is not None
    assert words_wanted(school, secretary) is None
    assert Job.objects.count() == 1
    Job.objects.update(state=Job.State.RUNNING)
    assert words_wanted(school, secretary) is not None  # it may be at its end


def test_files_of_another_school_are_left_alone(school, other_school, secretary):
    other = kept(other_school, secretary, files.docx("khác"))
    kept(school, secretary, files.docx())
    words_wanted(school, secretary)
    other.refresh_from_db()
    assert other.text_state == State.WAITING


@pytest.mark.parametrize(
    ("content", "kind", "state", "note"),
    [
        (files.docx("Nghị quyết"), "docx", State.READ, ""),
        (files.docx(""), "docx", State.NONE, ""),
        (files.pdf(), "pdf", State.READ, ""),
        (b"%PDF-1.4 cut off", "pdf", State.FAILED, "hỏng"),
        (files.written("bien-ban.doc"), "doc", State.FAILED, ".docx"),
        (files.written("co-mat-khau.pdf"), "pdf", State.FAILED, "mật khẩu"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(50), "mp4", State.NONE, ""),
    ],
    ids=["docx", "docx-empty", "pdf", "pdf-broken", "doc", "pdf-locked", "film"],
)
def test_each_file_has_its_state_and_its_note(school, secretary, content, kind, state, note):
    file = read_words(kept(school, secretary, content, kind))
    file.refresh_from_db()
    assert file.text_state == state
    assert note in file.text_note
    assert bool(file.text_note) == bool(note)


def test_the_pages_of_a_pdf_are_counted(school, secretary):
    file = read_words(kept(school, secretary, (SAMPLES / "thpt-nam-hai-2025-2026.pdf").read_bytes(), "pdf"))
    assert file.pages == 3


def test_a_file_that_is_not_where_it_was_has_a_note(school, secretary):
    file = kept(school, secretary, files.docx())
    file.content.storage.delete(file.content.name)
    assert read_words(file).text_state == State.FAILED
    assert "người quản lý máy chủ" in file.text_note


def test_what_is_said_to_have_a_virus_is_not_opened(school, secretary):
    file = read_words(kept(school, secretary, files.docx("lừa đảo"), scan=StoredFile.Scan.INFECTED))
    assert (file.text, file.text_code) == ("", "infected")


def test_scans_wait_for_tesseract_with_a_note_on_how_to_install_it(school, secretary, no_tesseract):
    file = read_words(kept(school, secretary, files.picture(), "jpg"))
    assert file.text_state == State.FAILED
    assert "tesseract-ocr-vie" in file.text_note
    assert words_wanted(school, secretary) is None  # nothing has changed


def test_scans_are_read_when_tesseract_has_come(school, secretary, no_tesseract, monkeypatch):
    file = read_words(kept(school, secretary, files.picture(), "jpg"))
    monkeypatch.setattr(tesseract, "state", lambda: "ready")
    monkeypatch.setattr(
        indexing, "file_words", lambda *a, **k: indexing.FileWords("picture", 1, "Bảng phân công", recognised=1)
    )
    assert words_wanted(school, secretary).state == Job.State.DONE
    file.refresh_from_db()
    assert (file.text_state, file.text_note, file.text_code) == (State.RECOGNISED, "", "")
    assert find(school, "phan cong", sensitive=True).count() == 1


def test_a_file_of_two_evidences_makes_both_found(school, secretary):
    file = kept(school, secretary, files.docx("Quy chế chi tiêu nội bộ"))
    other = services.create(school, secretary, "Quy chế")
    services.attach_file(other, file, "b.docx", secretary)
    read_words(file)
    assert find(school, "chi tiêu nội bộ", sensitive=True).count() == 2


def test_the_index_can_be_made_anew(school, secretary, capsys):
    file = kept(school, secretary, files.docx("Sổ theo dõi"))
    SearchPiece.objects.all().delete()
    assert find(school, "minh chứng", sensitive=True).count() == 0
    call_command("index_evidence")
    assert find(school, "sổ theo dõi", sensitive=True).count() == 1
    assert "1 minh chứng, đọc 1 tệp" in capsys.readouterr().out
    StoredFile.objects.filter(pk=file.pk).update(text="")
    call_command("index_evidence", "--words", "--school", school.slug)
    assert find(school, "sổ theo dõi", sensitive=True).count() == 1


def test_an_unknown_school_is_told(db):
    from django.core.management.base import CommandError

    with pytest.raises(CommandError, match="khong-co"):
        call_command("index_evidence", "--school", "khong-co")
