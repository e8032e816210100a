"""Scans what waits: files that came while clamd did not answer, or before this installation had one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from caitien.web.jobs.kinds import Result, job_kind
from caitien.web.schools.roles import Capability

if TYPE_CHECKING:
    from caitien.web.jobs.models import Job
    from caitien.web.jobs.progress import Progress


@job_kind("evidence-scan", capability=Capability.VIEW_EVIDENCE, behind=True)
def evidence_scan(job: Job, progress: Progress) -> Result:
    """One file after the other; it ends at the first that clamd does not answer for: the others would wait in vain."""
    from caitien.web.evidence.models import StoredFile
    from caitien.web.evidence.scanning import NO_SCANNER, scan_again, unscanned

    files = list(unscanned(job.school).only("content", "scan", "scan_note", "school_id"))
    found = scanned = 0
    for number, file in enumerate(files, 1):
        progress(number, len(files), _("Đang quét vi-rút"))
        before = file.scan
        verdict = scan_again(file)
        if verdict.state == StoredFile.Scan.WAITING and before == StoredFile.Scan.NOT_ASKED:
            file.scan, file.scan_note = before, ""  # it was given to people all along
            file.save(update_fields=["scan", "scan_note"])
        if verdict.state == StoredFile.Scan.WAITING and verdict.note == NO_SCANNER:
            break
        scanned += verdict.state != StoredFile.Scan.WAITING
        found += verdict.state == StoredFile.Scan.INFECTED
    return Result(words=_("Đã quét %(count)s tệp, %(found)s tệp có mã độc.") % {"count": scanned, "found": found})
