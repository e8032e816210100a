"""The list of evidence: what there is, what waits, what is lacking."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability


@school_view(Capability.VIEW_EVIDENCE)
def evidence_list(request: SchoolRequest) -> HttpResponse:
    return render(request, "evidence/list.html", {})
