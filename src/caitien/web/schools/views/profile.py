"""Who the school is: its facts and the head of its documents."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from caitien.web.schools import changes
from caitien.web.schools.forms import SchoolForm
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.letterhead import letterhead
from caitien.web.schools.models import Membership, Person, School, SchoolYear, Site
from caitien.web.schools.provinces import provinces
from caitien.web.schools.roles import Capability, Role
from caitien.web.schools.views.offered import allowed
from caitien.web.schools.views.years import terms_of
from caitien.web.schools.workload import with_work

PARTS = (
    ("who", ("name", "code", "level")),
    ("where", ("province", "commune", "address", "phone", "email", "website")),
    ("letterhead", ("parent_body", "place", "abbreviation", "head_role", "head_name")),
)
NEEDED = ("level", "province", "commune", "parent_body", "place", "abbreviation", "head_name")
"""What official documents and the choice of framework need; the page says which are not there."""


@school_view(Capability.VIEW_SCHOOL)
def profile(request: SchoolRequest) -> HttpResponse:
    """Who are we? First what is missing, then everything there is."""
    school = request.school
    sites = list(Site.objects.for_school(school))
    roles = list(Membership.objects.for_school(school).values_list("role", flat=True))
    labels = _labels()
    return render(
        request,
        "schools/profile.html",
        {
            "allowed": allowed(request),
            "people": _counted(school),
            "members": len(roles),
            "roles": [(role.label, roles.count(role)) for role in Role if role in roles],
            "sites": [site for site in sites if site.removed_at is None],
            "removed_sites": [site for site in sites if site.removed_at is not None],
            "years": [(year, terms_of(year)) for year in SchoolYear.objects.for_school(school)],
            "head": letterhead(school),
            "missing": [labels[name] for name in NEEDED if not getattr(school, name)],
            "lines": changes.lines(school.history.all(), labels, most=6),
        },
    )


def _counted(school: School) -> dict[str, int]:
    rows = with_work(Person.objects.for_school(school).filter(left_on=None, merged_into=None), school)
    found = list(rows.order_by().values("kind", "owns", "helps", "by_group", "user_id"))
    people = [row for row in found if row["kind"] == Person.Kind.PERSON]
    return {
        "people": len(people),
        "groups": len(found) - len(people),
        "without_task": sum(not (row["owns"] or row["helps"] or row["by_group"]) for row in people),
        "without_account": sum(row["user_id"] is None for row in people),
    }


@school_view(Capability.EDIT_SCHOOL)
def profile_edit(request: SchoolRequest) -> HttpResponse:
    """The facts and the letterhead in one form, with the letterhead as it will look beside it."""
    form = SchoolForm(request.POST or None, instance=School.objects.get(pk=request.school.pk))
    if request.method == "POST":
        valid = form.is_valid()
        if request.htmx or "preview" in request.POST:  # nothing is saved: how would it look?
            template = "schools/_letterhead.html" if request.htmx else "schools/profile_edit.html"
            return render(request, template, _edit_context(form, keep_errors=not request.htmx))
        if valid:
            form.instance._change_reason = ""
            form.save()
            messages.success(request, _("Đã lưu thông tin trường."))
            return redirect("schools:profile", school=request.school.slug)
    return render(request, "schools/profile_edit.html", _edit_context(form), status=422 if form.errors else 200)


def _edit_context(form: SchoolForm, *, keep_errors: bool = True) -> dict[str, Any]:
    return {
        "form": form,
        "parts": {name: [form[field] for field in fields] for name, fields in PARTS},
        "provinces": provinces(),
        "head": letterhead(form.instance),
        "invalid": keep_errors and bool(form.errors),
    }


def _labels() -> dict[str, str]:
    return {name: str(label) for name, label in SchoolForm.Meta.labels.items()}
