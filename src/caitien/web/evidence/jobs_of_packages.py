"""The jobs that write what leaves the school: the package of all evidence, the list of evidence."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from caitien.web.jobs.kinds import Result, job_kind
from caitien.web.jobs.models import Job
from caitien.web.jobs.progress import Progress
from caitien.web.schools.models import Membership
from caitien.web.schools.roles import Capability, may

MB = 1_000_000
WHOLE = "evidence-package-whole"


LONGEST = 3 * 3600  # seconds


@job_kind(WHOLE, capability=Capability.OPEN_SENSITIVE, only_own=True, longest=LONGEST)
def evidence_package_whole(job: Job, progress: Progress) -> Result:
    """The package with what is kept apart: a kind of its own, so that its file is for those who may open that today."""
    return _packed(job, progress)


@job_kind("evidence-package", capability=Capability.EDIT_EVIDENCE, only_own=True, longest=LONGEST)
def evidence_package(job: Job, progress: Progress) -> Result:
    """The ZIP of an assessment, with what is kept apart as entries of the list alone."""
    return _packed(job, progress)


def _packed(job: Job, progress: Progress) -> Result:
    """The ZIP. Files marked sensitive go along only if they were asked for, and who asked may open them now."""
    from caitien.web.assessments.models import Assessment
    from caitien.web.evidence.packages import Wanted, pack
    from caitien.web.plans.frameworks import framework
    from caitien.web.schools.not_now import NotNow

    arguments = job.arguments
    found = Assessment.objects.for_school(job.school).select_related("year").get(pk=arguments["assessment"])
    found.school = job.school
    of = framework(found.framework)
    if of is None:
        raise NotNow(_("Máy chủ không còn khung tiêu chuẩn của bản tự đánh giá này."))
    role = Membership.objects.filter(school=job.school, user=job.created_by).values_list("role", flat=True).first()
    sensitive = job.kind == WHOLE and role is not None and may(role, Capability.OPEN_SENSITIVE)
    wanted = Wanted(bool(arguments.get("everything")), sensitive, bool(arguments.get("papers", True)))
    out = progress.folder / "goi.zip"
    made = pack(
        out, found, of, wanted, job.created_by,
        lambda done, total, words: progress(done // MB, max(1, total // MB), words),
    )  # fmt: skip
    words = _("Đã gói %(evidence)s minh chứng, %(files)s tệp.") % {
        "evidence": len(made.contents.evidence),
        "files": made.files,
    }
    if made.missing:
        words += " " + _("Thiếu %(count)s tệp mà kho không đưa ra được: %(names)s.") % {
            "count": len(made.missing),
            "names": ", ".join(made.missing[:5]),
        }
    name = f"minh-chung-{found.year.name}-{timezone.localdate():%Y%m%d}.zip"
    return Result(file=out, name=name, content_type="application/zip", words=words)
