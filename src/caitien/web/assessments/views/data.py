"""Số liệu: the tables of the school's level and framework, how far each is filled in, what is doubtful in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from caitien.web.assessments.editing import address, save
from caitien.web.assessments.models import Assessment
from caitien.web.assessments.school_data import (
    SchoolData,
    completeness,
    levels_of,
    number_of,
    of,
    own_files_problems,
    previous,
)
from caitien.web.assessments.school_data_writing import why_locked
from caitien.web.assessments.views.context import assessment_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.models import School
from caitien.web.schools.roles import Capability, may


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def data(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """Every table, how complete it is; what can be done when the form of this level is not known."""
    found = assessment_of(request, assessment)
    known = of(found)
    before_year, before = previous(found)
    tables = _tables(known)
    done, wanted = (sum(getattr(one["complete"], name) for one in tables) for name in ("done", "wanted"))
    context = {
        "assessment": found,
        "data": known,
        "tables": tables,
        "done": done,
        "wanted": wanted,
        "warnings": sum(one["warnings"] for one in tables),
        "strangers": [one for one in known.findings if one.rule == "not-in-form"],
        "levels": [(level, School.Level(level).label) for level in levels_of(found)],
        "has_levels": request.school.level in (School.Level.TH_THCS, School.Level.THCS_THPT, School.Level.NHIEU_CAP),
        "level_name": School.Level(known.level).label if known.level else "",
        "before_year": before_year if any(one.cells or one.texts for one in before) else "",
        "problems": own_files_problems(),
        "can_write": may(request.membership.role, Capability.WRITE_ASSESSMENT),
        "locked": why_locked(found),
    }
    return render(request, "assessments/data.html", context)


@require_POST
@school_view(Capability.WRITE_ASSESSMENT)
def level(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """The tables of which level are filled in. Numbers of the other level's tables stay, and come back with it."""
    found = assessment_of(request, assessment)
    wanted = request.POST.get("cap", "")
    if wanted not in levels_of(found):
        messages.error(request, _("Hãy chọn một cấp học trong danh sách."))
        return redirect(address(found, "data"))
    if locked := why_locked(found):
        raise locked
    kept = "" if wanted == request.school.level else wanted
    save(
        found,
        {"tables_level": kept},
        seen=found.version,
        user=request.user,
        reason=gettext_noop("Đổi bảng số liệu"),
        whatever_it_was=True,
    )
    said = _("Đang dùng bảng số liệu của cấp: %(level)s. Số đã ghi ở các bảng khác vẫn được giữ.")
    messages.success(request, said % {"level": School.Level(wanted).label})
    return redirect(address(found, "data"))


def _tables(known: SchoolData) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    sheet = known.filled
    if known.form is None or sheet is None:
        return made
    for table in known.form.tables:
        own = known.findings_of(table.id)
        row = known.rows.get(table.id)
        made.append(
            {
                "table": table,
                "complete": completeness(sheet, table),
                "errors": number_of(own, ("error",)),
                "warnings": number_of(own),
                "hints": number_of([one for one in own if one.rule != "table-empty"], ("hint",)),
                "row": row,
                "address": table_address(known.assessment, table.id),
            }
        )
    return made


def table_address(assessment: Assessment, table: str, name: str = "data_table", **more: Any) -> str:
    """The address of a page of one table."""
    return address(assessment, name, table=table, **more)


def table_of(request: SchoolRequest, known: SchoolData, table: str) -> Any:
    """The form of a table. Http404 when the school's tables have none of this name."""
    found = known.table(table)
    if found is None:
        raise Http404
    return found
