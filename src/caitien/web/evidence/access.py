"""Who may open what: files marked sensitive only by those who have the capability, and each opening is logged."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from caitien.web.evidence.models import Attachment, Evidence, Opening
from caitien.web.schools.guard import SchoolRequest, who_may
from caitien.web.schools.roles import Capability, may


def may_open(request: SchoolRequest, evidence: Evidence) -> bool:
    """Whether who asks may open the files of an evidence; the entry in the list is for everybody who sees the list."""
    return not evidence.sensitive or may(request.membership.role, Capability.OPEN_SENSITIVE)


def open_or_refuse(request: SchoolRequest, evidence: Evidence, what: str, attachment: Attachment | None = None) -> None:
    """Before a file, its words or its picture is given: PermissionDenied (403, with who may), or a line in the log."""
    if not may_open(request, evidence):
        raise PermissionDenied(who_may(Capability.OPEN_SENSITIVE))
    log_opening(request, evidence, what, attachment)


def log_opening(request: SchoolRequest, evidence: Evidence, what: str, attachment: Attachment | None = None) -> None:
    """A line in the log when the evidence is sensitive. `what`: of `Opening.What`."""
    if evidence.sensitive:
        address = str(request.META.get("REMOTE_ADDR", ""))[:60]
        Opening.objects.create(
            school=request.school, evidence=evidence, attachment=attachment, what=what, by=request.user, address=address
        )
