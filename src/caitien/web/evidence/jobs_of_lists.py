"""The jobs of lists of evidence: writing one out, taking one in."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from caitien.web.jobs.kinds import Result, job_kind
from caitien.web.jobs.models import Job
from caitien.web.jobs.progress import Progress
from caitien.web.schools.roles import Capability

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@job_kind("evidence-list", capability=Capability.VIEW_EVIDENCE)
def evidence_list(job: Job, progress: Progress) -> Result:
    """The list of five columns (six of 2018) as a file: of what the report uses, or of all evidence of the school."""
    from caitien.web.assessments.models import Assessment
    from caitien.web.assessments.values import entries, evidence_of_school, to_value
    from caitien.web.evidence.kept_apart import as_index_entries
    from caitien.web.plans.frameworks import framework
    from caitien.web.schools.not_now import NotNow
    from caitien.writing import assessment as papers

    found = Assessment.objects.for_school(job.school).select_related("year").get(pk=job.arguments["assessment"])
    found.school = job.school
    of = framework(found.framework)
    if of is None:
        raise NotNow(_("Máy chủ không còn khung tiêu chuẩn của bản tự đánh giá này."))
    everything = bool(job.arguments.get("everything"))
    value = to_value(found, evidence=not everything)
    if everything:
        value.evidence = entries(evidence_of_school(found, of), of)
    format = job.arguments["format"]
    out = progress.folder / f"danh-muc.{format}"
    out.write_bytes(papers.write(as_index_entries(value), "evidence-list", format))
    name = f"danh-muc-minh-chung-{found.year.name}.{format}"
    words = _("Danh mục có %(count)s minh chứng.") % {"count": len(value.evidence)}
    return Result(file=out, name=name, content_type=CONTENT_TYPES[format], words=words)


@job_kind("evidence-list-import", capability=Capability.EDIT_EVIDENCE)
def evidence_list_import(job: Job, progress: Progress) -> Result:
    """A list that was looked at is taken in; leads to what came."""
    from caitien.web.evidence.list_import import take_in
    from caitien.web.evidence.models import ListImport

    found = ListImport.objects.for_school(job.school).get(pk=job.arguments["list"])
    found.school = job.school
    counts = take_in(
        found, job.arguments["chosen"], job.created_by, lambda done, of: progress(done, of, _("Đang đưa vào"))
    )
    words = _("Đã thêm %(new)s minh chứng, điền thêm %(fills)s, %(same)s không đổi.") % counts
    address = reverse("evidence:list_read", kwargs={"school": job.school.slug, "list": found.pk})
    return Result(address=address, words=words)


@job_kind("evidence-renumber", capability=Capability.EDIT_EVIDENCE)
def evidence_renumber(job: Job, progress: Progress) -> Result:
    """New codes for evidence of an old framework; leads to the table of old and new codes."""
    from uuid import UUID

    from caitien.web.evidence.renumbering import renumber
    from caitien.web.plans.frameworks import framework
    from caitien.web.schools.not_now import NotNow

    of = framework(job.arguments["framework"])
    if of is None:
        raise NotNow(_("Máy chủ không còn khung tiêu chuẩn này."))
    wanted = {UUID(key): criterion for key, criterion in job.arguments["wanted"].items()}
    done = renumber(job.school, of, wanted, job.created_by, lambda at, count: progress(at, count, _("Đang cấp mã mới")))
    address = reverse("evidence:renumber", kwargs={"school": job.school.slug})
    return Result(address=address, words=_("Đã cấp mã mới cho %(count)s minh chứng.") % {"count": len(done)})
