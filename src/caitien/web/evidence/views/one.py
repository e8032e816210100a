"""One evidence: what it is, its files, what it is used for, its life."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from caitien.web.evidence.models import Evidence
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability


@school_view(Capability.VIEW_EVIDENCE)
def evidence(request: SchoolRequest, evidence: UUID) -> HttpResponse:
    row = own(Evidence.everything.select_related("created_by"), request, evidence)
    return render(request, "evidence/evidence.html", {"evidence": row})
