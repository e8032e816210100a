"""Sites (điểm trường): added, edited, taken away and brought back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caitien.web.schools.forms import SiteForm
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.models import Site
from caitien.web.schools.roles import Capability


@school_view(Capability.EDIT_SCHOOL)
def site_add(request: SchoolRequest) -> HttpResponse:
    return _form(request, Site(school=request.school, position=Site.objects.for_school(request.school).count()))


@school_view(Capability.EDIT_SCHOOL)
def site_edit(request: SchoolRequest, site: UUID) -> HttpResponse:
    return _form(request, own(Site.objects.filter(removed_at=None), request, site))


def _form(request: SchoolRequest, site: Site) -> HttpResponse:
    form = SiteForm(request.POST or None, instance=site)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
            if saved.is_main:  # there is one main site
                for other in Site.objects.for_school(request.school).filter(is_main=True).exclude(pk=saved.pk):
                    other.is_main = False
                    other.save(update_fields=["is_main"])
        messages.success(request, _("Đã lưu điểm trường “%s”.") % saved.name)
        return redirect("schools:profile", school=request.school.slug)
    return render(request, "schools/site_edit.html", {"form": form, "site": site}, status=422 if form.errors else 200)


@require_POST
@school_view(Capability.EDIT_SCHOOL)
def site_remove(request: SchoolRequest, site: UUID) -> HttpResponse:
    row = own(Site.objects.all(), request, site)
    row.removed_at = row.removed_at or timezone.now()
    row.save(update_fields=["removed_at"])
    undo = reverse("schools:site_restore", args=[request.school.slug, row.pk])
    messages.success(request, _("Đã bỏ điểm trường “%s”.") % row.name, extra_tags=f"undo {undo}")
    return redirect("schools:profile", school=request.school.slug)


@require_POST
@school_view(Capability.EDIT_SCHOOL)
def site_restore(request: SchoolRequest, site: UUID) -> HttpResponse:
    row = own(Site.objects.all(), request, site)
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    messages.success(request, _("Đã lấy lại điểm trường “%s”.") % row.name)
    return redirect("schools:profile", school=request.school.slug)
