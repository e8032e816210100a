"""The page from which the package of all evidence is asked for."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from caitien.web.assessments.models import Assessment
from caitien.web.evidence.jobs_of_packages import WHOLE
from caitien.web.evidence.packages import Wanted, size_of
from caitien.web.jobs.asking import enqueue, wait_a_moment
from caitien.web.jobs.views import ready_or_page
from caitien.web.plans.frameworks import framework
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may

YEAR, EVERYTHING, SENSITIVE, PAPERS = "nam", "tat-ca", "giu-kin", "van-ban"


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_EVIDENCE, post=Capability.EDIT_EVIDENCE)
def package(request: SchoolRequest) -> HttpResponse:
    """What the package of a year would hold; POST makes it in the background."""
    years = list(Assessment.objects.for_school(request.school).select_related("year"))
    found = chosen_year(years, (request.POST if request.method == "POST" else request.GET).get(YEAR, ""))
    may_open = may(request.membership.role, Capability.OPEN_SENSITIVE)
    if found is None:
        return render(request, "evidence/package.html", {"years": [], "tab": "package"})
    found.school = request.school
    if request.method == "POST":
        arguments = {
            "assessment": str(found.pk),
            "everything": EVERYTHING in request.POST,
            "papers": PAPERS in request.POST,
        }
        job = enqueue(
            request.school,
            request.user,
            WHOLE if may_open and SENSITIVE in request.POST else "evidence-package",
            gettext_noop("Gói minh chứng để nộp hoặc mang đi"),
            arguments,
        )
        return redirect(ready_or_page(wait_a_moment(job)))
    of = framework(found.framework)
    context = {
        "tab": "package",
        "years": years,
        "found": found,
        "size": size_of(found, of, Wanted()) if of else None,
        "may_open": may_open,
        "may_pack": may(request.membership.role, Capability.EDIT_EVIDENCE),
        "names": {"year": YEAR, "everything": EVERYTHING, "sensitive": SENSITIVE, "papers": PAPERS},
    }
    return render(request, "evidence/package.html", context)


def chosen_year(years: list[Assessment], key: str) -> Assessment | None:
    """The assessment that was asked for, or the newest. Http404 for a key that is none of the school's."""
    if not key:
        return years[0] if years else None
    try:
        wanted = UUID(key)
    except ValueError:
        raise Http404 from None
    found = next((one for one in years if one.pk == wanted), None)
    if found is None:
        raise Http404
    return found
