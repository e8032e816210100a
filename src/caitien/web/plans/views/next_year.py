"""Lập kế hoạch năm sau: what would be carried, finished, decided; then the draft is made. And taking back a whole request."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from caitien.errors import CaiTienError
from caitien.planning import NextYear
from caitien.web.plans import next_year as service
from caitien.web.plans.deciding import entries_of, kinds_in_order
from caitien.web.plans.models import Issue
from caitien.web.plans.twice import made_meanwhile
from caitien.web.plans.undoing_all import undo_all as take_back
from caitien.web.plans.values import shape_rows
from caitien.web.plans.views.context import link, plan_of, rows_of_plan
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.models import SchoolYear
from caitien.web.schools.roles import Capability


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.START_PLAN)
def next_year(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """GET shows what the draft would be, and stores nothing; POST makes it."""
    found = plan_of(request, plan)
    asked = request.POST if request.method == "POST" else request.GET
    level = (found.head.get("school") or {}).get("level") or request.school.level or None
    years = service.years_after(found.head.get("school_year"))
    to_year = asked.get("nam") if asked.get("nam") in years else (years[0] if years else "")
    frameworks = service.framework_choices(level, to_year, found.framework) if to_year else []
    framework = next((f for f in frameworks if f.id == asked.get("khung")), frameworks[0] if frameworks else None)
    new_year = SchoolYear.objects.for_school(request.school).filter(name=to_year).first() if to_year else None
    rows = rows_of_plan(found)
    issues = list(Issue.objects.for_school(request.school).filter(plan=found))
    made: NextYear | None = None
    problem = (
        "" if years else _("Kế hoạch này chưa ghi năm học, nên chưa biết lập cho năm nào; hãy điền năm học trước.")
    )
    if years and not found.framework and any(row.criteria for row in rows):
        problem = _(
            "Kế hoạch này chưa ghi khung tiêu chuẩn, nên chưa biết mã tiêu chí là của khung nào; hãy chọn khung trước."
        )
    try:
        if not problem:
            made = service.proposed(
                found,
                rows,
                issues,
                to_year=to_year,
                framework=framework.id if framework else None,
                today=timezone.localdate(),
                new_year=new_year,
            )
    except CaiTienError as error:
        problem = str(error)
    there = service.plans_of_year(request.school, to_year) if to_year else []
    wanted = "them" in request.POST or not there
    if request.method == "POST" and made is not None and wanted:
        with transaction.atomic():
            other = made_meanwhile(request.school, to_year, request.POST)
            new = other or service.make(found, made, request.user)
        if other is not None:
            messages.info(request, _("Kế hoạch năm học %s vừa được lập rồi; đây là bản đó.") % to_year)
            return redirect(link("plan", other))
        said = {"year": to_year, "n": len(made.carried)}
        messages.success(request, _("Đã lập bản nháp kế hoạch năm học %(year)s: %(n)s mục được chuyển sang.") % said)
        return redirect(link("decisions" if new.to_decide else "plan", new))
    context = {
        "plan": found,
        "years": years,
        "to_year": to_year,
        "frameworks": frameworks,
        "framework": framework,
        "terms": service.term_days(new_year, to_year),
        "terms_are_usual": new_year is None or new_year.first_term_start is None,
        "new_year": new_year,
        "there": there,
        "problem": problem,
        "not_wanted": request.method == "POST" and not wanted,
        **(_preview(made, rows) if made is not None else {}),
    }
    return render(request, "plans/next_year.html", context, status=422 if request.method == "POST" else 200)


def _preview(made: NextYear, rows: list[Any]) -> dict[str, Any]:
    """What the page says of the draft: counts, the rows by what becomes of them, the decisions by kind."""
    entries = entries_of(made, *shape_rows(made.plan))
    return {
        "made": made,
        "carried": [rows[one.old] for one in made.carried],
        "finished": [rows[one.old] for one in made.finished],
        "dropped": [rows[one.old] for one in made.dropped],
        "kinds": [(word, len(group)) for _kind, word, group in kinds_in_order(entries)],
        "decisions": len(entries),
    }


@require_POST
@school_view(Capability.EDIT_PLAN)
def undo_all(request: SchoolRequest, plan: UUID, batch: UUID) -> HttpResponse:
    """Takes back everything that one request did to the plan: rows, issues, head, decisions."""
    found = plan_of(request, plan)
    done = take_back(found, batch, user=request.user, reason=gettext_noop("Hoàn tác"))
    if done is None:
        raise Http404
    if done.kept:
        said = _("Đã hoàn tác; %s chỗ đã có người sửa tiếp sau đó nên được giữ nguyên.") % done.kept
        messages.warning(request, said)
    else:
        messages.success(request, _("Đã hoàn tác."))
    to = request.POST.get("next", "")
    safe = to and url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
    return redirect(to if safe else link("plan", found))
