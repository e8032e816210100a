"""The job that reads the words inside the files of a school, one file after the other until none waits."""

from __future__ import annotations

from typing import Any

from caitien.web.evidence.indexing import JOB
from caitien.web.jobs.kinds import Result, job_kind
from caitien.web.schools.roles import Capability

LONGEST = 12 * 3600  # seconds: 500 scans of 20 pages; what is read stays read


@job_kind(JOB, capability=Capability.VIEW_EVIDENCE, behind=True, longest=LONGEST)
def words_of_files(job: Any, progress: Any) -> Result:
    """Reads what waits when it begins and what comes meanwhile. Stopped half way it goes on where it was."""
    from caitien.web.evidence.indexing import read_words, waiting
    from caitien.web.evidence.models import Attachment

    done = 0
    tried: set[Any] = set()
    while (file := waiting(job.school).exclude(pk__in=tried).order_by("size", "id").first()) is not None:
        tried.add(file.pk)
        left = waiting(job.school).exclude(pk__in=tried).count() + 1
        name = Attachment.objects.for_school(job.school).filter(file=file).values_list("name", flat=True).first() or ""
        progress(done, done + left, f"Đang đọc “{name[:80]}”")

        def told(_share: float, phrase: str, done: int = done, left: int = left, name: str = name) -> None:
            progress(done, done + left, f"{phrase}: “{name[:80]}”")

        read_words(file, told)
        done += 1
    return Result(words=f"Đã đọc chữ trong {done} tệp")
