"""Asks of every link of a school whether it opens."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from caitien.web.jobs.kinds import Result, job_kind
from caitien.web.schools.roles import Capability

if TYPE_CHECKING:
    from caitien.web.jobs.models import Job
    from caitien.web.jobs.progress import Progress


@job_kind("evidence-links", capability=Capability.VIEW_EVIDENCE)
def evidence_links(job: Job, progress: Progress) -> Result:
    """One after the other, each within its time; links of evidence that is off the list are left alone."""
    from caitien.web.evidence.models import Attachment
    from caitien.web.evidence.views.links import looked

    links = list(
        Attachment.objects.for_school(job.school)
        .filter(superseded_at=None, evidence__removed_at=None)
        .exclude(url="")
        .order_by("reach_checked_at", "pk")
    )
    found: Counter[str] = Counter()
    for number, link in enumerate(links, 1):
        progress(number, len(links), link.name[:80])
        looked(link)
        found[link.reach] += 1
    words = _("Đã kiểm tra %(all)s đường dẫn: %(open)s mở được, %(rest)s cần xem lại.") % {
        "all": len(links),
        "open": found[Attachment.Reach.OPEN],
        "rest": len(links) - found[Attachment.Reach.OPEN],
    }
    return Result(address=_page(job), words=words)


def _page(job: Job) -> str:
    from django.urls import NoReverseMatch

    try:
        return reverse("evidence:health", args=[job.school.slug])
    except NoReverseMatch:
        return reverse("evidence:list", args=[job.school.slug])
