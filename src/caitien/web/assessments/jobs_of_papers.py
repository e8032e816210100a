"""The job that writes a long paper of a self-assessment: the report, all sheets, the evidence list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caitien.web.jobs.kinds import Result, job_kind
from caitien.web.schools.roles import Capability

if TYPE_CHECKING:
    from caitien.web.jobs.models import Job
    from caitien.web.jobs.progress import Progress

KIND = "assessment-paper"
LONGEST = 300  # seconds


@job_kind(KIND, capability=Capability.VIEW_ASSESSMENT, longest=LONGEST)
def assessment_paper(job: Job, progress: Progress) -> Result:
    """Arguments: `assessment` (key), `form`, `format`, `criterion` ("" for the whole)."""
    from caitien.web.assessments.models import Assessment
    from caitien.web.assessments.papers import file_name, written
    from caitien.web.plans.forms_of_documents import FORMATS
    from caitien.web.schools.not_now import NotNow

    said = job.arguments
    found = Assessment.objects.for_school(job.school_id).select_related("year", "school").filter(pk=said["assessment"]).first()  # fmt: skip
    if found is None:
        raise NotNow("Bản tự đánh giá này không còn nữa.")
    progress(words="Đang viết văn bản")
    made = progress.folder / "paper"
    made.write_bytes(written(found, said["form"], said["format"], said.get("criterion", "")))
    name = file_name(found, said["form"], said["format"], said.get("criterion", ""))
    return Result(file=made, name=name, content_type=FORMATS[said["format"]])
