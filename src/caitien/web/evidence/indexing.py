"""The words inside files: read in the background after an upload, kept beside the file, put into the search."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from caitien.reading import tesseract
from caitien.reading.limits import Progress
from caitien.reading.words import FileWords, file_words
from caitien.web.evidence.kinds import KINDS, Family
from caitien.web.evidence.models import Attachment, StoredFile
from caitien.web.evidence.search import reindexed
from caitien.web.jobs.asking import enqueue
from caitien.web.jobs.models import Job
from caitien.web.schools.models import School

log = logging.getLogger(__name__)

JOB = "evidence-words"
LABEL = gettext_noop("Đọc chữ trong các tệp minh chứng")
WITHOUT_WORDS = (Family.FILM, Family.SOUND, Family.ARCHIVE)
NOT_READ = "Chương trình không lấy được tệp từ nơi lưu nên chữ bên trong chưa đọc được; hãy báo người quản lý máy chủ."
INFECTED = "Tệp bị báo có mã độc nên chữ bên trong không được đọc."


def words_wanted(school: School, user: Any) -> Job | None:
    """Asks for the words of every file of a school that waits to be read; None when none waits, or it is asked already.

    Where Tesseract was installed meanwhile, scans that were waiting for it are read too.
    """
    if tesseract_came(school):
        read_again(waiting_for_tesseract(school))
    if not waiting(school).exists():
        return None
    if Job.objects.for_school(school).filter(kind=JOB, state=Job.State.WAITING).exists():
        return None
    # A job that runs may be at its end just now: so no two of them are the same.
    return enqueue(school, user, JOB, LABEL, {"asked": timezone.now().isoformat()})


def waiting(school: Any) -> QuerySet[StoredFile]:
    """The files of a school whose words were not read yet."""
    return StoredFile.objects.for_school(school).filter(text_state=StoredFile.Words.WAITING)  # type: ignore[no-any-return]


def waiting_for_tesseract(school: Any) -> QuerySet[StoredFile]:
    """The files of a school with scans that Tesseract could read if it were installed, with its Vietnamese data."""
    return StoredFile.objects.for_school(school).filter(text_code__in=tesseract.ADVICE)  # type: ignore[no-any-return]


def tesseract_came(school: Any) -> bool:
    """Whether scans wait for Tesseract, and it is there."""
    return waiting_for_tesseract(school).exists() and tesseract.state() == "ready"


def read_again(files: QuerySet[StoredFile]) -> int:
    """Has the words of these files read once more, by the next job. Returns how many they are."""
    return files.exclude(text_state=StoredFile.Words.WAITING).update(text_state=StoredFile.Words.WAITING, text_code="")


def read_words(file: StoredFile, on_progress: Progress | None = None) -> StoredFile:
    """Reads the words of a file, keeps them, and makes its evidence found by them. Raises nothing that a file can cause."""
    found = _words_of(file, on_progress)
    file.text, file.text_note, file.text_code = found.text, found.note, found.code
    file.text_state = _state(found)
    file.pages = found.pages
    with transaction.atomic():
        file.save(update_fields=["text", "text_note", "text_code", "text_state", "pages"])
        reindexed(file.school_id, list(_evidence_of(file)))
    return file


def _words_of(file: StoredFile, on_progress: Progress | None) -> FileWords:
    kind = KINDS.get(file.kind)
    if kind is None or kind.family in WITHOUT_WORDS:
        return FileWords("other")
    if file.scan == StoredFile.Scan.INFECTED:
        return FileWords("other", note=INFECTED, code="infected")
    try:
        with file.content.open("rb") as stream:
            content = stream.read()
    except (
        Exception
    ) as error:  # a folder that is gone, a storage that does not answer: each storage says it its own way
        log.error("file %s of school %s cannot be opened: %s", file.pk, file.school_id, error)
        return FileWords("other", note=NOT_READ, code="not_there")
    return file_words(content, f"{file.sha256[:12]}.{file.kind}", on_progress=on_progress)


def _state(found: FileWords) -> str:
    if found.text:
        return StoredFile.Words.RECOGNISED if found.recognised else StoredFile.Words.READ
    return StoredFile.Words.FAILED if found.code else StoredFile.Words.NONE


def _evidence_of(file: StoredFile) -> Any:
    return Attachment.objects.for_school(file.school_id).filter(file=file).values_list("evidence", flat=True).distinct()
