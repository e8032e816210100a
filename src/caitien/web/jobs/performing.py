"""Doing a job: its kind is run, its file is stored, what goes wrong becomes a sentence."""

from __future__ import annotations

import logging
import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation

from caitien.errors import CaiTienError
from caitien.web.jobs.kinds import Kind, Result, kind_of
from caitien.web.jobs.models import Job
from caitien.web.jobs.progress import Cancelled, Progress, held_by
from caitien.web.no_room import trouble_of
from caitien.web.schools.not_now import NotNow

log = logging.getLogger("caitien.jobs")
FAULT = "Chương trình gặp lỗi khi làm việc này. Hãy bấm “Làm lại”; nếu vẫn vậy, báo người quản trị, kèm giờ xảy ra lỗi."
NO_SUCH_KIND = "Phiên bản này của chương trình không làm được việc này nữa. Hãy mở lại trang và chọn việc cần làm."
NO_MEMORY = "Máy chủ không đủ bộ nhớ để làm việc này. Hãy chia thành việc nhỏ hơn, hoặc nhờ người quản trị."
LONGEST_NAME = 150
WORK = "work"
"""Folder below the data folder in which jobs make their files; on the disk of the storage, so that they are only moved."""


def perform_one(key: str) -> None:
    """Does the job with this key here and now, if it still waits (a backend with workers; JOBS_AT_ONCE)."""
    name = f"{socket.gethostname()[:60]}/at-once"
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(pk=key, state=Job.State.WAITING).first()
        if job is None:
            return
        begin(job, name)
    carry_out(job, Progress(job, work_folder(job)))


def begin(job: Job, runner: str) -> None:
    """The job is this runner's from now on. The row must be held."""
    job.state, job.runner, job.attempts = Job.State.RUNNING, runner, job.attempts + 1
    job.started_at = job.heartbeat = timezone.now()
    job.save(update_fields=["state", "runner", "attempts", "started_at", "heartbeat"])


def carry_out(job: Job, progress: Progress) -> None:
    """Runs the job to its end, whatever that is. Raises nothing but what ends the process."""
    kind = kind_of(job.kind)
    if kind is None:
        fail(job, NO_SUCH_KIND)
        return
    with _empty(progress.folder), translation.override("vi"):
        try:
            finish(job, _done(kind, job, progress))
        except Cancelled:
            log.info("%s: not wanted any more", job.pk)
        except Exception as error:
            fail(job, sentence_of(error, job))


def sentence_of(error: Exception, job: Job) -> str:
    """What the person is told. A fault of ours is told in general words here, and in full in the log."""
    if isinstance(error, CaiTienError | NotNow):
        return str(error)
    if isinstance(error, MemoryError):
        return NO_MEMORY
    log.error("job %s (%s) failed", job.pk, job.kind, exc_info=error)
    if (trouble := trouble_of(error)) is not None:
        return str(trouble.sentence)
    return FAULT


def finish(job: Job, result: Result) -> None:
    """Stores what came of it. When nobody wants it any more, nothing is kept."""
    columns: dict[str, Any] = {"result": result.value, "address": result.address, "words": result.words[:200]}
    if result.file is not None:
        columns |= _store(job, result)
    now = timezone.now()
    columns |= {"state": Job.State.DONE, "finished_at": now, "heartbeat": now, "error": ""}
    if not held_by(job).update(**columns) and result.file is not None:
        default_storage.delete(columns["stored"])


def fail(job: Job, sentence: str) -> None:
    held_by(job).update(state=Job.State.FAILED, error=sentence, words="", finished_at=timezone.now())


def path_of(job: Job, attempt: int) -> str:
    """Where the file of a job stands in the storage."""
    return f"jobs/{job.school_id}/{job.pk}-{attempt}"


def work_folder(job: Job) -> Path:
    """Where the job makes its files."""
    return Path(settings.DATA) / WORK / f"{job.pk}-{job.attempts}"


def file_name(name: str) -> str:
    """A name that every computer can write: no path, no letter that is not seen or turns the text round."""
    last = re.split(r"[\\/]", name)[-1]
    seen = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*')
    return " ".join(seen.split())[-LONGEST_NAME:].strip(" .") or "ket-qua"


class _Movable(File):
    """A finished file in our own folder: the storage of folders moves it instead of reading and writing it anew."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def _done(kind: Kind, job: Job, progress: Progress) -> Result:
    progress(words="")
    result = kind.run(job, progress)
    if progress.unwanted:
        raise Cancelled
    return result if result is not None else Result()


def _store(job: Job, result: Result) -> dict[str, Any]:
    """The file goes into the storage in pieces, or is moved there; it is never held whole."""
    wanted = path_of(job, job.attempts)
    default_storage.delete(wanted)
    if isinstance(result.file, Path):
        with result.file.open("rb") as handle:
            size = result.file.stat().st_size
            stored = default_storage.save(wanted, _Movable(handle, name=str(result.file)))
    else:
        assert result.file is not None
        result.file.seek(0, 2)
        size = result.file.tell()
        result.file.seek(0)
        stored = default_storage.save(wanted, File(result.file, name=wanted))
    return {
        "stored": stored,
        "size": size,
        "file_name": file_name(result.name or str(job.pk)),
        "content_type": result.content_type,
    }


@contextmanager
def _empty(folder: Path) -> Iterator[None]:
    """The folder, empty; and gone afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
