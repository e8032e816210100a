"""A job is asked for, done, and what came of it is kept: a file, a page to go to, or a sentence of what went wrong."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from caitien.web.jobs.asking import again, cancel, enqueue, wait_a_moment
from caitien.web.jobs.kinds import kind_of
from caitien.web.jobs.models import Job
from caitien.web.jobs.performing import FAULT, file_name
from caitien.web.schools.not_now import NotNow


def test_a_file_is_made_stored_and_named(school, secretary):
    job = enqueue(school, secretary, "sample-file", "Gói minh chứng", {"size": 5000})
    assert (job.state, job.size, job.file_name) == ("done", 5000, "Gói minh chứng.zip")
    with default_storage.open(job.stored) as stored:
        assert stored.read() == b"0123456789" * 500
    assert job.finished_at >= job.started_at


def test_the_folder_of_the_job_is_gone_afterwards(school, secretary, settings):
    enqueue(school, secretary, "sample-file", "Gói", {})
    assert list((settings.DATA / "work").iterdir()) == []


def test_a_page_to_go_to_and_a_value(school, secretary):
    job = enqueue(school, secretary, "sample-page", "Kiểm tra liên kết", {"address": "/truong/"})
    assert (job.address, job.result, job.words) == ("/truong/", {"dead": 3}, "Đã kiểm tra 12 liên kết: 3 hỏng")


def test_what_the_library_refuses_is_told_in_its_sentence(school, secretary):
    job = enqueue(school, secretary, "sample-refused", "Gói", {})
    assert (job.state, job.error) == ("failed", "Chưa có minh chứng nào. Hãy thêm minh chứng rồi gói lại.")


def test_a_fault_of_ours_is_told_without_its_details(school, secretary, caplog):
    job = enqueue(school, secretary, "sample-fault", "Gói", {})
    assert (job.state, job.error) == ("failed", FAULT)
    assert "secret detail" in caplog.text


def test_a_kind_that_does_not_exist_is_a_mistake_of_the_program(school, secretary):
    with pytest.raises(ValueError, match="khong-co"):
        enqueue(school, secretary, "khong-co", "Gói")


def test_a_job_of_a_kind_that_a_new_version_dropped_says_so(school, secretary, settings):
    job = Job.objects.create(school=school, kind="ngay-xua", label="Việc cũ", state="failed")
    assert again(job)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "Phiên bản này" in job.error


def test_a_button_pressed_twice_is_one_job(school, secretary, settings):
    settings.JOBS_AT_ONCE = False
    first, second = (enqueue(school, secretary, "sample-file", "Gói", {"b": 1, "a": 2}) for _ in range(2))
    assert first.pk == second.pk
    assert enqueue(school, secretary, "sample-file", "Gói", {"b": 2, "a": 2}).pk != first.pk


def test_what_has_ended_is_asked_for_anew(school, secretary):
    first, second = (enqueue(school, secretary, "sample-file", "Gói") for _ in range(2))
    assert first.pk != second.pk


def test_nobody_has_too_many_waiting(school, secretary, settings):
    settings.JOBS_AT_ONCE = False
    for number in range(20):
        enqueue(school, secretary, "sample-file", "Gói", {"number": number})
    with pytest.raises(NotNow, match="20 việc chờ máy làm"):
        enqueue(school, secretary, "sample-file", "Gói", {"number": 20})
    assert enqueue(school, None, "sample-file", "Gói", {"number": 20})
    assert enqueue(school, secretary, "sample-behind", "Đọc chữ", {"number": 20})


def test_waiting_a_moment_gives_the_job_as_it_is_then(school, secretary, settings):
    settings.JOBS_AT_ONCE = False
    job = enqueue(school, secretary, "sample-file", "Gói")
    assert wait_a_moment(job, 0.1).state == "waiting"
    Job.objects.update(state="done")
    assert wait_a_moment(job, 60).state == "done"


def test_a_cancelled_job_is_not_begun(school, secretary, settings):
    settings.JOBS_AT_ONCE = False
    job = enqueue(school, secretary, "sample-file", "Gói")
    assert cancel(job)
    assert not cancel(job)
    from caitien.web.jobs.taking import take

    assert take("may/1/1") is None


def test_a_kind_knows_who_may_have_its_file():
    assert kind_of("sample-file").capability == "plan.edit"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\Báo cáo.docx", "Báo cáo.docx"),
        ("hoa\u202egpj.exe", "hoagpj.exe"),
        ("..", "ket-qua"),
    ],
)
def test_a_strange_name_becomes_one_that_every_computer_can_write(given, kept):
    assert file_name(given) == kept
